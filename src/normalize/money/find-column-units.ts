import { Decimal } from 'decimal.js'
import type { ColumnAssignment } from '../forms/assign-columns.ts'
import { type BodyRow, columnKey } from '../forms/classify-rows.ts'
import type { HeaderRows, TableSegment } from '../forms/continue-table.ts'
import { headerPath } from '../forms/find-header.ts'
import { compactText } from '../forms/table-view.ts'
import { figuresOf, findFittingUnits, type StatedTotal } from './doubt-units.ts'
import { findHeaderUnit, findNamedUnit, findPageUnit, type MoneyUnit } from './find-money-unit.ts'

/** What the units of a table are told from. */
export interface HeadedTable {
  readonly header: HeaderRows & { readonly assignments: readonly ColumnAssignment[] }
  readonly segments: readonly TableSegment[]
}

/**
 * The unit of every money column: its own heading, else what is stated over the table, else `fallback` (another table
 * of the document), else assumed 万元 (what most departments print) and flagged.
 */
export function findColumnUnits(table: HeadedTable, fallback: MoneyUnit): ReadonlyMap<string, MoneyUnit> {
  const { header, segments } = table
  const view = segments[0]?.view
  const page = findTablesUnit(table)
  const named = ({ column }: ColumnAssignment) =>
    column?.column === 'unit_price' ? findNamedUnit('单价', textsOver(table)) : null
  const units = new Map<string, MoneyUnit>()
  for (const assignment of header.assignments) {
    if (assignment.role !== 'fund' && assignment.column?.kind !== 'money') continue
    const path =
      view === undefined ? [] : headerPath(view, assignment.columnIndex, header.headerStart, header.headerEnd)
    const unit = findHeaderUnit(path.flat()) ?? named(assignment) ?? page ?? fallback
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

/** Whether the heading over the unit prices itself says in what unit they are. */
export function priceHeadingNamesUnit({ header, segments }: HeadedTable): boolean {
  const view = segments[0]?.view
  const price = header.assignments.find(({ column }) => column?.column === 'unit_price')
  if (view === undefined || price === undefined) return false
  return findHeaderUnit(headerPath(view, price.columnIndex, header.headerStart, header.headerEnd).flat()) !== null
}

/** A line of more printed units than this is in 元, hardly in 万元. */
const LARGEST_USUAL_WAN = 2000

/**
 * The unit of a table that states none. Proven where only one unit makes its printed total, or the sum of its lines,
 * what the prose states; else that of another table of the document, else by the size of the figures: both assumed.
 */
export function assumeUnit(
  rows: readonly BodyRow[],
  prose: readonly StatedTotal[],
  elsewhere: MoneyUnit | null,
): MoneyUnit {
  const proven = findFittingUnits(rows, prose).map(({ word, yuanPerUnit, stated }) => {
    const evidence = `only in ${word} the table's total is what the text states: "${stated.quote}"`
    return { yuanPerUnit, word, evidence, isAssumed: false }
  })
  const [only, ...others] = proven
  if (only !== undefined && others.length === 0) return only
  if (elsewhere !== null) return { ...elsewhere, evidence: `another table: ${elsewhere.evidence}`, isAssumed: true }
  const sorted = figuresOf(rows, 'data').toSorted((a, b) => a.comparedTo(b))
  const median = sorted[Math.floor(sorted.length / 2)] ?? new Decimal(0)
  const [word, yuanPerUnit] = median.greaterThan(LARGEST_USUAL_WAN) ? (['元', 1] as const) : (['万元', 1e4] as const)
  return { yuanPerUnit, word, evidence: `no unit is printed; the figures have the size of ${word}`, isAssumed: true }
}

function textsOver({ header, segments }: HeadedTable): readonly string[] {
  return segments.flatMap(({ view, linesOver }) => [
    ...view.table.cells.filter((cell) => cell.row < header.headerStart).map(compactText),
    ...linesOver.map((line) => line.text),
  ])
}

/** The unit stated over the table's first page, in its title rows or lines; null when none is. */
export function findTablesUnit(table: HeadedTable): MoneyUnit | null {
  for (const { view, linesOver } of table.segments) {
    const titleRows = view.table.cells.filter((cell) => cell.row < table.header.headerStart).map(compactText)
    const unit = findPageUnit(titleRows, linesOver)
    if (unit !== null) return unit
  }
  return null
}
