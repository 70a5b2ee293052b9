import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableFromIPC } from 'apache-arrow'
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet'
import { readParquet } from 'parquet-wasm/node'
import { beforeAll, describe, expect, test } from 'vitest'
import { toUnscaled } from '../../src/export/formats/to-parquet-columns.ts'
import { DATASET_TABLES } from '../../src/export/tables/dataset-tables.ts'
import type { ColumnType } from '../../src/export/tables/table-definition.ts'
import { DOCUMENT, exportFakes } from './support/fake-dataset.ts'

let folder = ''
beforeAll(async () => {
  folder = join(await exportFakes(['parquet']), 'parquet')
})

function fileOf(table: string): ArrayBuffer {
  const bytes = readFileSync(join(folder, `${table}.parquet`))
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
}

const read = (table: string) => parquetReadObjects({ file: fileOf(table) })

/** As the whole numbers that are stored: the reader would make binary fractions of decimals. */
async function storedIn(table: string, column: string): Promise<readonly unknown[]> {
  const metadata = parquetMetadata(fileOf(table))
  for (const element of metadata.schema) if (element.name === column) delete element.converted_type
  for (const element of metadata.schema) if (element.name === column) delete element.logical_type
  return (await parquetReadObjects({ file: fileOf(table), metadata })).map((row) => row[column])
}

describe('read back by hyparquet', () => {
  test.each(DATASET_TABLES.map(({ name }) => name))('%s has its columns', (name) => {
    const schema = parquetSchema(parquetMetadata(fileOf(name)))
    const columns = DATASET_TABLES.find((table) => table.name === name)?.columns ?? []
    expect(schema.children.map(({ element }) => element.name)).toEqual(columns.map((column) => column.name))
    for (const [index, { type }] of columns.entries()) {
      const { converted_type, scale } = schema.children[index]?.element ?? {}
      if (type === 'money') expect([converted_type, scale]).toEqual(['DECIMAL', 2])
    }
  })

  test('rows are there with texts, whole numbers, truth values and nulls', async () => {
    expect(await read('records')).toHaveLength(DOCUMENT.records.length)
    expect((await read('procurement_line'))[0]).toMatchObject({
      project_name: '=cmd|"/c calc"!A1',
      item_entry: 'procurement-2022:A02010105',
      fiscal_year: 2024n,
      quantity: 2.5,
      amount: 20_000,
      unit_name: null,
    })
    expect((await read('service_purchase_line'))[0]).toMatchObject({ includes_procurement: true, amount: -1.5 })
    expect((await read('cell_provenance'))[0]).toMatchObject({ x0: 10.13, confidence: 0.999 })
    expect(await read('catalogue_entries')).toHaveLength(5950)
  })

  test('amounts are stored with every digit', async () => {
    expect(await storedIn('procurement_line', 'amount')).toEqual([2_000_000n, 900_719_925_474_099_307n])
  })
})

describe('read back by the Parquet reader of Apache Arrow (Rust, as parquet-wasm)', () => {
  const open = (name: string) => tableFromIPC(readParquet(new Uint8Array(fileOf(name))).intoIPCStream())

  test.each(DATASET_TABLES)(
    '$name has every row, and its columns with type, scale and whether they may be empty',
    async ({ name, columns }) => {
      const table = open(name)
      expect(table.numRows).toBe((await read(name)).length)
      const fields = table.schema.fields.map((field) => [
        field.name,
        field.nullable,
        String(field.type).replace('38e+6', '38e+places'),
      ])
      expect(fields).toEqual(columns.map((column) => [column.name, !column.isRequired, ARROW_TYPES[column.type]]))
    },
  )

  test('amounts have every digit', () => {
    const amounts = [...open('procurement_line')].map((row) => row?.amount.toString())
    expect(amounts).toEqual(['2000000', '900719925474099307'])
    expect(open('service_purchase_line').get(0)?.amount.toString()).toBe('-150')
  })

  test('texts, truth values, whole numbers and nulls are what they were', () => {
    const row = open('procurement_line').get(0)?.toJSON()
    expect(row).toMatchObject({ project_name: '=cmd|"/c calc"!A1', fiscal_year: 2024n, unit_name: null })
    expect(open('service_purchase_line').get(0)?.toJSON()).toMatchObject({ includes_procurement: true })
    expect(open('cell_provenance').get(0)?.toJSON()).toMatchObject({ x0: 10.13, confidence: 0.999 })
  })
})

const ARROW_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'Utf8',
  json: 'Utf8',
  integer: 'Int64',
  money: 'Decimal[18e+2]',
  decimal: 'Decimal[38e+places]',
  measure: 'Float64',
  boolean: 'Bool',
}

test.each([
  ['20000.00', 2, 2_000_000n],
  ['-0.05', 2, -5n],
  ['-1.5', 6, -1_500_000n],
  ['7', 0, 7n],
])('%s at scale %i is %s', (text, scale, expected) => expect(toUnscaled(text, scale)).toBe(expected))

test('a figure too long for its column is refused, not cut', () => {
  expect(() => toUnscaled('12345678901234567.00', 2, 18)).toThrow('more digits')
})

test('the same input gives the same bytes', async () => {
  const again = join(await exportFakes(['parquet']), 'parquet')
  expect(readdirSync(again)).toEqual(readdirSync(folder))
  for (const name of readdirSync(folder))
    expect(readFileSync(join(again, name))).toEqual(readFileSync(join(folder, name)))
})
