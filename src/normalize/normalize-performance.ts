import type { PageExtract } from '../model/page.ts'
import type { Check, LeftTable, RecordDraft } from '../model/record.ts'
import type { PerformanceForm } from './forms/performance-form.ts'
import { checkSheets } from './performance/check-sheets.ts'
import { draftSheet } from './performance/draft-sheet.ts'
import { findSheetUnit } from './performance/find-sheet-unit.ts'
import { readSheets } from './performance/read-sheets.ts'

export interface NormalizedPerformance {
  readonly records: readonly RecordDraft[]
  readonly checks: readonly Check[]
  readonly unused: readonly LeftTable[]
}

/**
 * The performance sheets among the tables that are `left`: projects, their cost lines and indicators. `others` are the
 * document's other records, which tell the same money.
 */
export function normalizePerformance(
  pages: readonly PageExtract[],
  form: PerformanceForm | null,
  left: readonly LeftTable[],
  fiscalYear: number | null,
  others: readonly RecordDraft[],
): NormalizedPerformance {
  if (form === null) return { records: [], checks: [], unused: left }
  const keyOf = (place: { pageNumber: number; tableIndex: number }) => `${place.pageNumber}/${place.tableIndex}`
  const open = new Set(left.map(keyOf))
  const sheets = readSheets(pages, form, fiscalYear, (place) => !open.has(keyOf(place)))
  const figures = others.filter(({ recordType }) => recordType === 'key_figure')
  const records = sheets.flatMap((sheet) => draftSheet(sheet, { fiscalYear, unit: findSheetUnit(sheet, figures) }))
  const used = new Set(records.map(keyOf))
  const inSheets = new Set(sheets.flatMap(({ tables }) => tables.map(({ view }) => keyOf(view.table))))
  return {
    records,
    checks: checkSheets(records, others),
    unused: left.filter((table) => !used.has(keyOf(table)) && !inSheets.has(keyOf(table))),
  }
}
