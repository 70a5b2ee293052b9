import { Decimal } from 'decimal.js'
import { type BodyRow, columnKey } from '../forms/classify-rows.ts'
import type { FormTable } from '../forms/find-form-tables.ts'
import { headerPath } from '../forms/find-header.ts'
import { compactText } from '../forms/table-view.ts'
import { findHeaderUnit, findPageUnit, type MoneyUnit } from './find-money-unit.ts'
import { parseAmount } from './parse-amount.ts'

/**
 * The unit of every money column: its own heading, else what is stated over the table, else `fallback` (another table
 * of the document), else assumed 万元 (what most departments print) and flagged.
 */
export function findColumnUnits(table: FormTable, fallback: MoneyUnit): ReadonlyMap<string, MoneyUnit> {
  const { header, segments } = table
  const view = segments[0]?.view
  const page = findTablesUnit(table)
  const units = new Map<string, MoneyUnit>()
  for (const assignment of header.assignments) {
    if (assignment.role !== 'fund' && assignment.column?.kind !== 'money') continue
    const path =
      view === undefined ? [] : headerPath(view, assignment.columnIndex, header.headerStart, header.headerEnd)
    const unit = findHeaderUnit(path.flat()) ?? page ?? fallback
    units.set(columnKey(assignment), unit)
  }
  const heads = [...units.values()].filter(({ isAssumed }) => !isAssumed)
  const words = new Set(heads.map(({ word }) => word))
  // One heading that names its unit speaks for its neighbours, too, unless the headings differ.
  const [shared] = heads
  if (page === null && shared !== undefined && words.size === 1) {
    for (const [key, unit] of units)
      if (unit.isAssumed) units.set(key, { ...shared, evidence: `another heading says ${shared.word}` })
  }
  return units
}

/** A table of lines above this many printed units a line is in 元, hardly in 万元. */
const LARGEST_USUAL_WAN = 2000

/**
 * The likeliest unit of a table that states none: the one with which its amounts add up to what the prose states, else
 * by the size of its figures. Always marked as assumed.
 */
export function assumeUnit(
  rows: readonly BodyRow[],
  prose: readonly { readonly fen: number; readonly quote: string }[],
): MoneyUnit {
  const figures = rows.flatMap(({ kind, uses }) => {
    const parsed = parseAmount(uses.get('amount/whole')?.cell.text ?? '')
    return kind === 'data' && parsed.kind === 'amount' ? [parsed.amount] : []
  })
  const sum = figures.reduce((total, figure) => total.plus(figure), new Decimal(0))
  for (const [word, factor] of [
    ['万元', 1e4],
    ['元', 1],
  ] as const) {
    const stated = prose.find(({ fen }) => sum.times(factor).times(100).equals(fen))
    if (stated !== undefined)
      return {
        yuanPerUnit: factor,
        word,
        evidence: `only in ${word} the lines add up to "${stated.quote}"`,
        isAssumed: true,
      }
  }
  const sorted = figures.toSorted((a, b) => a.comparedTo(b))
  const median = sorted[Math.floor(sorted.length / 2)] ?? new Decimal(0)
  const isYuan = median.greaterThan(LARGEST_USUAL_WAN)
  const word = isYuan ? '元' : '万元'
  return {
    yuanPerUnit: isYuan ? 1 : 1e4,
    word,
    evidence: `no unit is printed; the figures have the size of ${word}`,
    isAssumed: true,
  }
}

/** The unit stated over the table's first page, in its title rows or lines; null when none is. */
export function findTablesUnit(table: FormTable): MoneyUnit | null {
  for (const { view, linesOver } of table.segments) {
    const titleRows = view.table.cells.filter((cell) => cell.row < table.header.headerStart).map(compactText)
    const unit = findPageUnit(titleRows, linesOver)
    if (unit !== null) return unit
  }
  return null
}
