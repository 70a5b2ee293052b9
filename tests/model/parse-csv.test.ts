import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv, parseCsvRecords } from '../../src/model/parse-csv.ts'

const quote = (value: string) => `"${value.replaceAll('"', '""')}"`

describe('parseCsv', () => {
  test.each([
    [
      'plain values',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['no line end at the end', 'a,b', [['a', 'b']]],
    [
      'CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a comma inside quotes', '"a,b",c', [['a,b', 'c']]],
    ['a doubled quote', '"a""b"', [['a"b']]],
    ['a line end inside quotes', '"a\nb",c', [['a\nb', 'c']]],
    ['empty values', ',a,\n', [['', 'a', '']]],
    ['a comma as the last character', 'a,', [['a', '']]],
    ['empty lines', 'a\n\nb\n', [['a'], ['b']]],
    ['a byte order mark', '\uFEFFa,b', [['a', 'b']]],
    ['nothing', '', []],
  ])('reads %s', (_name, text, rows) => expect(parseCsv(text)).toEqual(rows))

  test.each([
    ['a quote that never closes', 'a\n"b', /line 2.*never closed/],
    ['text after a closing quote', '"a"b', /after a closing quote/],
    ['a quote inside a bare value', 'a"b', /not quoted/],
  ])('refuses %s', (_name, text, message) => expect(() => parseCsv(text)).toThrow(message))

  test('gives back whatever was written with quotes', () => {
    const rows = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(rows, (written) => {
        const text = written.map((row) => row.map(quote).join(',')).join('\n')
        expect(parseCsv(text)).toEqual(written)
      }),
    )
  })
})

describe('parseCsvRecords', () => {
  test('takes columns by name, whatever their order', () => {
    expect(parseCsvRecords('b,a,c\n1,2,3\n', ['a', 'b'])).toEqual([{ a: '2', b: '1' }])
  })
  test('names a missing column', () => expect(() => parseCsvRecords('a\n1\n', ['a', 'b'])).toThrow('lacks b'))
  test('names a row of another width', () => expect(() => parseCsvRecords('a,b\n1,2,3\n', ['a'])).toThrow('data row 1'))
})
