import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { readIcdarTruth } from './read-icdar-truth.ts'

const TruthRecord = z.object({
  record_type: z.string(),
  page_number: z.number(),
  table_index: z.number().optional(),
  row_index: z.number().optional(),
  fields: z.record(z.string(), z.string().nullable()),
})
export type TruthRecord = z.infer<typeof TruthRecord>

const TruthRows = z.array(z.array(z.string().nullable()))
const TablesOfPages = z.object({
  pages: z.array(z.object({ page: z.number(), tables: z.array(TruthRows) })),
})
const TablesOfOnePage = z.object({ tables: z.array(TruthRows) })

export interface TruthTable {
  readonly pageNumber: number
  readonly rows: readonly (readonly (string | null)[])[]
}

/** A document with its truth: records, tables, or both; no truth at all means that no record may come out. */
export interface Case {
  readonly path: string
  readonly name: string
  readonly records: readonly TruthRecord[] | null
  readonly tables: readonly TruthTable[] | null
}

/**
 * Every PDF below `folder` that has truth: `expected/NAME.jsonl` or `NAME.jsonl` or `NAME.truth.json` (records), or
 * tables as rows of strings in `NAME.truth.json`, `NAME.gold.json` or `cells/NAME.json`, or as ICDAR 2013 has them in
 * `NAME-str.xml`.
 */
export function findCases(folder: string): readonly Case[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.pdf'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => {
      const found = readCase(path)
      return found === null ? [] : [found]
    })
}

function readCase(path: string): Case | null {
  const name = basename(path).replace(/\.pdf$/i, '')
  const folder = dirname(path)
  const lines = [join(folder, 'expected', `${name}.jsonl`), join(folder, `${name}.jsonl`)].find(existsSync)
  const cells = join(folder, 'cells', `${name}.json`)
  const printed = existsSync(cells) ? readTables(JSON.parse(readFileSync(cells, 'utf8'))) : null
  const structure = join(folder, `${name}-str.xml`)
  if (existsSync(structure))
    return { path, name, records: null, tables: readIcdarTruth(readFileSync(structure, 'utf8')) }
  if (lines !== undefined) return { path, name, records: readRecordLines(lines), tables: printed }
  const json = [join(folder, `${name}.truth.json`), join(folder, `${name}.gold.json`)].find(existsSync)
  if (json === undefined) return null
  const content: unknown = JSON.parse(readFileSync(json, 'utf8'))
  const asRecords = z.union([z.array(TruthRecord), z.object({ records: z.array(TruthRecord) })]).safeParse(content)
  if (asRecords.success) {
    const records = Array.isArray(asRecords.data) ? asRecords.data : asRecords.data.records
    return { path, name, records, tables: null }
  }
  return { path, name, records: [], tables: readTables(content) }
}

function readRecordLines(path: string): readonly TruthRecord[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => TruthRecord.parse(JSON.parse(line)))
}

function readTables(content: unknown): readonly TruthTable[] {
  const whole = TablesOfPages.safeParse(content)
  if (whole.success) {
    return whole.data.pages.flatMap((page) => page.tables.map((rows) => ({ pageNumber: page.page, rows })))
  }
  return TablesOfOnePage.parse(content).tables.map((rows) => ({ pageNumber: 1, rows }))
}
