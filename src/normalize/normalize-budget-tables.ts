import type { PageExtract } from '../model/page.ts'
import type { Check, LeftTable, RecordDraft } from '../model/record.ts'
import type { BudgetForm } from './forms/budget-form.ts'
import { findBudgetTables } from './forms/find-budget-tables.ts'
import { type BudgetContext, normalizeBudgetTable } from './normalize-budget-table.ts'
import { compareTables } from './reconcile/compare-tables.ts'

export interface NormalizedBudget {
  readonly records: readonly RecordDraft[]
  readonly checks: readonly Check[]
  /** Standard tables that say nothing, with what makes them empty. */
  readonly empty: readonly LeftTable[]
  readonly unused: readonly LeftTable[]
}

/**
 * The budget lines of a document: of every table that no other form uses (`left`, with the reasons why not), those that
 * are standard tables are read and held against one another.
 */
export function normalizeBudgetTables(
  pages: readonly PageExtract[],
  form: BudgetForm | null,
  left: readonly LeftTable[],
  shared: Omit<BudgetContext, 'form' | 'linesOf'>,
): NormalizedBudget {
  if (form === null) return { records: [], checks: [], empty: [], unused: left }
  const places = new Map(left.map((unused) => [placeKey(unused), unused]))
  const found = findBudgetTables(pages, form, shared.fiscalYear, (place) => !places.has(placeKey(place)))
  const linesOf = (pageNumber: number) => pages.find((page) => page.pageNumber === pageNumber)?.lines ?? []
  const context = { ...shared, form, linesOf }
  const records: RecordDraft[] = []
  const checks: Check[] = []
  const empty: LeftTable[] = []
  for (const { pageNumber, tableIndex, reason } of found.unused) {
    places.set(placeKey({ pageNumber, tableIndex }), { pageNumber, tableIndex, reason })
  }
  for (const table of found.tables) {
    const normalized = normalizeBudgetTable(table, context)
    const own = table.segments.map(({ view }) => placeKey(view.table))
    for (const key of own) places.delete(key)
    if (normalized.kind === 'empty') {
      const { pageNumber, tableIndex } = table.segments[0]?.view.table ?? { pageNumber: 1, tableIndex: 1 }
      empty.push({ pageNumber, tableIndex, reason: normalized.reason })
    } else {
      records.push(...normalized.records)
      checks.push(...normalized.checks)
    }
  }
  return { records, checks: [...checks, ...compareTables(records, form)], empty, unused: [...places.values()] }
}

function placeKey({ pageNumber, tableIndex }: { readonly pageNumber: number; readonly tableIndex: number }): string {
  return `${pageNumber}/${tableIndex}`
}
