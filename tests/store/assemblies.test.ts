import { expect, test } from 'vitest'
import { packText, unpackText } from '../../src/store/artefacts.ts'
import { type DocumentOutcome, packOutcome, unpackOutcome } from '../../src/store/assemblies.ts'
import { fakeField } from '../queue/support/fake-field.ts'

const record = (rowIndex: number, value: string): DocumentOutcome['records'][number] => ({
  recordType: 'procurement_line',
  pageNumber: 1,
  tableIndex: 1,
  rowIndex,
  status: 'accepted',
  fields: [fakeField('item_name', value)],
})

test.each([
  ['without records', []],
  ['with one', [record(1, '台式计算机')]],
  ['with some, of strange letters', [record(1, '𠮷"\\,'), record(2, ']}'), record(3, '\u2028')]],
])('an outcome %s is kept record by record and comes back whole', (_name, records) => {
  const outcome: DocumentOutcome = {
    title: '预算"公开"',
    publisher: null,
    fiscalYear: 2024,
    records,
    checks: [],
    unusedTables: [{ pageNumber: 1, tableIndex: 1, reason: '{}', amounts: 3 }],
    pageWarnings: [],
  }
  const packed = packOutcome(outcome)
  expect(unpackOutcome(packed)).toEqual(outcome)
  expect(packed.counts).toMatchObject({ records: records.length, unread: 1 })
  // Its name is that of the text, however it was given.
  expect(packText(unpackText(packed.packed)).hash).toBe(packed.packed.hash)
})
