import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { RECORD_TYPES } from '../../src/model/record.ts'

interface Expected {
  readonly file_name: string
  readonly publisher: string
  readonly fiscal_year: number
  readonly record_type: string
  readonly page_number: number
  readonly table_index: number
  readonly row_index: number
  readonly fields: Readonly<Record<string, string | null>>
}

const MONEY = ['unit_price', 'amount', 'amount_sme', 'amount_micro']
const MIB = 1024 * 1024

const documents = readdirSync('samples').filter((name) => name.endsWith('.pdf'))
const readme = readFileSync('samples/README.md', 'utf8')

function expectedOf(file: string): Expected[] {
  return readFileSync(`samples/expected/${file.replace('.pdf', '.jsonl')}`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Expected)
}

function sum(records: readonly Expected[], recordType: string, field: string): string {
  const fen = records
    .filter((record) => record.record_type === recordType)
    .reduce((total, record) => total + Math.round(Number(record.fields[field] ?? 0) * 100), 0)
  return (fen / 100).toFixed(2)
}

test('there are samples, and all of them together are small', () => {
  expect(documents.length).toBeGreaterThanOrEqual(4)
  const sizes = documents.map((name) => statSync(`samples/${name}`).size)
  for (const size of sizes) expect(size).toBeLessThan(MIB)
  expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(4 * MIB)
})

test('every document has a truth and every truth a document', () => {
  const truths = readdirSync('samples/expected').map((name) => name.replace('.jsonl', '.pdf'))
  expect(truths.sort()).toEqual([...documents].sort())
})

describe.each(documents)('%s', (file) => {
  const records = expectedOf(file)

  test('is in the register', () => expect(readme).toContain(`\`${file}\``))

  test('has well-formed records', () => {
    for (const record of records) {
      expect(record.file_name).toBe(file)
      expect(RECORD_TYPES).toContain(record.record_type)
      for (const [name, value] of Object.entries(record.fields)) {
        if (value === null) continue
        if (MONEY.includes(name)) expect(value, name).toMatch(/^\d+\.\d\d$/)
        else expect(value.trim(), name).not.toBe('')
      }
    }
  })

  test('counts its data lines without gaps, table by table', () => {
    // The records of a performance sheet share their places: its projects, cost lines and indicators are counted together.
    const groupOf = ({ record_type }: Expected) => record_type.replace(/^performance_.*/, 'performance')
    for (const group of new Set(records.map(groupOf))) {
      const indices = records.filter((record) => groupOf(record) === group).map((record) => record.row_index)
      // Every sheet counts anew.
      const wanted = indices.map((own, at) => (own === 1 && group === 'performance' ? 1 : (indices[at - 1] ?? 0) + 1))
      expect(indices).toEqual(wanted)
    }
  })

  test('multiplies quantity by unit price to the amount in every procurement row', () => {
    for (const { record_type, row_index, fields } of records) {
      if (record_type !== 'procurement_line') continue
      const product = Math.round(Number(fields.quantity) * Number(fields.unit_price) * 100)
      expect(product, `row ${row_index}`).toBe(Math.round(Number(fields.amount) * 100))
    }
  })
})

describe('the printed totals', () => {
  test.each([
    ['jianghan-finance-2024-twin.pdf', 'procurement_line', 'amount', '2894500.00'],
    ['jianghan-finance-2024-twin.pdf', 'procurement_line', 'unit_price', '2894500.00'],
    ['jianghan-finance-2024-twin.pdf', 'procurement_line', 'amount_sme', '2894500.00'],
    ['jianghan-finance-2024-twin.pdf', 'procurement_line', 'amount_micro', '1744700.00'],
    ['jianghan-finance-2024-twin.pdf', 'service_purchase_line', 'amount', '3614700.00'],
    ['jianghan-finance-2024-twin.pdf', 'performance_cost_line', 'amount', '3794700.00'],
    ['fancheng-education-2025-digital.pdf', 'procurement_line', 'amount', '3759300.00'],
    ['fancheng-education-2025-digital.pdf', 'procurement_line', 'amount_sme', '3322000.00'],
    ['fancheng-education-2025-digital.pdf', 'procurement_line', 'amount_micro', '1860600.00'],
    ['shashi-culture-2024-sealed-scan.pdf', 'procurement_line', 'amount', '1378014.38'],
    ['yiling-health-2024-two-level-header.pdf', 'procurement_line', 'amount', '4434846.54'],
    ['yiling-health-2024-two-level-header.pdf', 'service_purchase_line', 'amount', '1137533.74'],
  ])('of %s, %s, %s is %s', (file, recordType, field, total) => {
    expect(sum(expectedOf(file), recordType, field)).toBe(total)
  })
})

test('the founding table keeps the unit of measure that it prints', () => {
  const units = expectedOf('jianghan-finance-2024-twin.pdf')
    .filter((record) => record.record_type === 'procurement_line')
    .map((record) => record.fields.unit_of_measure)
  expect(units.join(' ')).toBe('1 1 批 批 次 1 1 1 批 1 批 批 批 批')
})
