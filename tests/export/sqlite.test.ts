import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseSyncInstance, loadDatabaseClass } from '../../src/store/sqlite-library.ts'
import { DOCUMENT, exportFakes, LARGE_AMOUNT } from './support/fake-dataset.ts'

let folder = ''
let database: DatabaseSyncInstance
beforeAll(async () => {
  folder = await exportFakes(['sqlite'])
  const DatabaseClass = await loadDatabaseClass()
  database = new DatabaseClass(join(folder, 'dataset.sqlite'), { readOnly: true })
})
afterAll(() => database.close())

const rows = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[]
const column = (sql: string) => rows(sql).map((row) => Object.values(row)[0])

test('every table is there with its rows, and every key leads somewhere', () => {
  expect(column('pragma integrity_check')).toEqual(['ok'])
  expect(rows('pragma foreign_key_check')).toEqual([])
  expect(column('select count(*) from records')).toEqual([DOCUMENT.records.length])
  expect(column('select count(*) from cell_provenance')).toEqual([DOCUMENT.records.flatMap((r) => r.fields).length])
  expect(column('select count(*) from catalogue_entries')[0]).toBeGreaterThan(4000)
})

test('amounts are texts with every digit, and whole fen that add up exactly', () => {
  expect(column('select amount from procurement_line')).toEqual(['20000.00', LARGE_AMOUNT])
  expect(column('select typeof(amount) from procurement_line')).toEqual(['text', 'text'])
  expect(column('select cast(sum(amount_fen) as text) from procurement_line_view')).toEqual(['900719925476099307'])
  expect(column('select amount_fen from service_purchase_line_view')).toEqual([-150])
})

test('a code leads to its entry, and a flag and a judgement are told', () => {
  const entry = `select e.name from procurement_line join catalogue_entries e on entry_id = item_entry`
  expect(column(entry)).toEqual(['台式计算机'])
  expect(column(`select field from cells_for_review`)).toEqual(['item_code'])
  expect(column(`select judged_by from cell_provenance where verdict = 'corrected'`)).toEqual(['wang'])
  expect(column(`select file_name from procurement_line_view limit 1`)).toEqual([DOCUMENT.fileName])
})

test.each([
  ['procurement_line', '台式计', 1],
  ['procurement_line', '打印机', 0],
  ['budget_line', '基本工', 1],
])('the search of %s for %s finds %i', (table, words, expected) => {
  const sql = `select count(*) from "${table}" where rowid in (select rowid from "${table}_fts" where "${table}_fts" match ?)`
  expect(Object.values(database.prepare(sql).get(words) as object)).toEqual([expected])
})

test('the same input gives the same bytes, and nothing lies beside the file', async () => {
  const again = await exportFakes(['sqlite'])
  expect(readFileSync(join(again, 'dataset.sqlite'))).toEqual(readFileSync(join(folder, 'dataset.sqlite')))
  expect(readdirSync(again)).toEqual(['dataset.sqlite'])
})
