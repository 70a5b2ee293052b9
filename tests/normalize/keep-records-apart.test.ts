import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldDraft, RecordDraft } from '../../src/model/record.ts'
import { keepRecordsApart } from '../../src/normalize/keep-records-apart.ts'
import { fakeField } from '../queue/support/fake-field.ts'

function record(rowIndex: number, fields: readonly FieldDraft[] = [], tableIndex = 1): RecordDraft {
  return { recordType: 'budget_line', pageNumber: 1, tableIndex, rowIndex, fields }
}

const rowsOf = (records: readonly RecordDraft[]) => records.map(({ rowIndex }) => rowIndex)
const told = ({ fields }: RecordDraft) =>
  fields.map(({ name, value, flags }) => [name, value, flags.map(({ code }) => code)])

describe('records that can be told apart', () => {
  test('stay as they are', () => {
    const records = [record(1, [fakeField('total', '1.00')]), record(2), record(1, [], 2)]
    expect(keepRecordsApart(records)).toEqual(records)
  })
})

describe('a second record at a place', () => {
  test('takes the next row that is free in its table', () => {
    expect(rowsOf(keepRecordsApart([record(1), record(1), record(2), record(1)]))).toEqual([1, 3, 2, 4])
  })
})

describe('of two fields of one name', () => {
  test.each([
    ['with the same value one stays', ['a', 'a'], [['unit_name', 'a', []]]],
    ['the one with a value stays', [null, 'a'], [['unit_name', 'a', []]]],
    ['without a value one stays', [null, null], [['unit_name', null, []]]],
    [
      'with different values both stay, in doubt',
      ['a', 'b'],
      [
        ['unit_name', 'a', ['header-uncertain']],
        ['unit_name_2', 'b', ['header-uncertain']],
      ],
    ],
  ] as const)('%s', (_, values, expected) => {
    const fields = values.map((value) => fakeField('unit_name', value))
    expect(keepRecordsApart([record(1, fields)]).map(told)).toEqual([expected])
  })
})

test('whatever comes, places and names are unique and no value is lost', () => {
  const field = fc.record({ name: fc.constantFrom('a', 'a_2', 'b'), value: fc.constantFrom(null, '1', '2', '3') })
  const drafts = fc.array(
    fc.record({ rowIndex: fc.integer({ min: 1, max: 4 }), fields: fc.array(field, { maxLength: 6 }) }),
  )
  fc.assert(
    fc.property(drafts, (given) => {
      const records = given.map(({ rowIndex, fields }) =>
        record(
          rowIndex,
          fields.map(({ name, value }) => fakeField(name, value)),
        ),
      )
      const kept = keepRecordsApart(records)
      expect(new Set(rowsOf(kept)).size).toBe(records.length)
      for (const [index, { fields }] of kept.entries()) {
        expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length)
        const valuesOf = (some: readonly FieldDraft[]) =>
          new Set(some.map(({ value }) => value).filter((value) => value !== null))
        expect(valuesOf(fields)).toEqual(valuesOf(records[index]?.fields ?? []))
      }
    }),
  )
})
