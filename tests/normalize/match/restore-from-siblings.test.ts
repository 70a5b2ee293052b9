import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGlyphCosts } from '../../../src/normalize/match/glyph-costs.ts'
import { restoreFromSiblings } from '../../../src/normalize/match/restore-from-siblings.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'

const costs = createGlyphCosts(readDictionaries().glyphConfusions)
const restore = (values: readonly string[], known: readonly string[] = []) =>
  restoreFromSiblings(values, costs, known).map(({ kind, value }) => [kind, value])
const times = (count: number, value: string) => Array.from({ length: count }, () => value)

describe('restoreFromSiblings', () => {
  test.each([
    ['a Han glyph that hides digits of a unit code', [...times(5, '120001'), '120曲1'], '120001'],
    ['a letter in a unit code', [...times(5, '120001'), '12000l'], '120001'],
    [
      'a look-alike character',
      [...times(4, '武汉市江汉区财政局本级'), '武汉市江汉区财政局本组'],
      '武汉市江汉区财政局本级',
    ],
    ['a look-alike beside a speck', [...times(3, '预算改革业务'), '预算放革.业务'], '预算改革业务'],
  ])('restores %s', (_name, values, truth) => expect(restore(values).at(-1)).toEqual(['restored', truth]))

  test('a value that is known from clean text needs no second reading', () => {
    expect(restore(['倍息化建设经费', '业务费'], ['信息化建设经费'])).toEqual([
      ['restored', '信息化建设经费'],
      ['kept', '业务费'],
    ])
  })

  test.each([
    ['another digit is another unit', [...times(9, '120001'), '120007'], '120007'],
    ['a look-alike digit is another unit, too', [...times(9, '120008'), '120003'], '120003'],
    ['another numeral is another school', [...times(9, '第二小学'), '第三小学'], '第三小学'],
    ['a word more is another project', [...times(9, '印刷服务'), '其他印刷服务'], '其他印刷服务'],
    ['characters that nobody confuses', [...times(9, '办公费'), '印刷费'], '印刷费'],
    ['nothing', [...times(9, '办公费'), ''], ''],
  ])('keeps: %s', (_name, values, last) => expect(restore(values).at(-1)).toEqual(['kept', last]))

  test.each([
    [
      'no confusable, but one glyph beside a frequent name',
      [...times(6, '鸡西市梨树区公安局'), '鸿西市梨树区公安局'],
      'unlike',
    ],
    ['two glyphs beside it', [...times(6, '鸡西市梨树区公安局'), '鸿西市桃树区公安局'], 'kept'],
    ['not rare enough beside it', [...times(5, '城东区公安局'), ...times(2, '城西区公安局')], 'kept'],
    ['a short word', [...times(6, '办公费'), '办案费'], 'kept'],
  ])('a name with %s is told apart', (_name, values, kind) => {
    expect(restore(values).at(-1)).toEqual([kind, values.at(-1)])
  })

  test('two values that are both frequent stay two', () => {
    const values = [...times(8, '本级'), ...times(3, '本组')]
    expect(restore(values)).toEqual(values.map((value) => ['kept', value]))
  })

  test('two siblings that fit alike are both offered', () => {
    const results = restoreFromSiblings([...times(4, '120001'), ...times(4, '120601'), '120曲1'], costs)
    expect(results.at(-1)?.kind).toBe('ambiguous')
    expect(results.at(-1)?.value).toBe('120曲1')
    expect(
      results
        .at(-1)
        ?.alternatives.map(({ value }) => value)
        .sort(),
    ).toEqual(['120001', '120601'])
  })

  test('whatever the column, a result is a value of the column and equal values fare alike', () => {
    const glyphs = fc.constantFrom(...'本级组武汉120曲l部放改')
    const column = fc.array(
      fc.array(glyphs, { minLength: 1, maxLength: 5 }).map((text) => text.join('')),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(column, (values) => {
        const results = restoreFromSiblings(values, costs)
        expect(results).toHaveLength(values.length)
        for (const [at, { value, kind }] of results.entries()) {
          expect(values).toContain(value)
          expect(results[values.indexOf(values[at] ?? '')]?.kind).toBe(kind)
        }
      }),
      { numRuns: 300 },
    )
  })
})
