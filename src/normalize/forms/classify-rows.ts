import type { Cell } from '../../model/table.ts'
import { parseAmount } from '../money/parse-amount.ts'
import type { ColumnAssignment } from './assign-columns.ts'
import type { TableSegment } from './continue-table.ts'
import type { FormTable } from './find-form-tables.ts'
import { foldHeader, wordSimilarity } from './header-text.ts'
import { compactReadings, compactText } from './table-view.ts'
import { kindOfDamagedLabel, kindOfLabel, lettersOf, type TotalKind } from './total-labels.ts'
import { findUnitLine, findUnitName, NAME_OF_LINE, UNIT_OF_LINE } from './unit-lines.ts'

/**
 * What one column holds in one row. `isInherited`: the cell starts in an earlier row; `isEnded`: beyond what ended its run;
 * `isSpread`: on a scan the cell reaches over columns of other things, so that a ruling may have been missed.
 */
export interface CellUse {
  readonly assignment: ColumnAssignment
  readonly cell: Cell
  readonly isInherited: boolean
  readonly isEnded?: boolean
  readonly isSpread?: boolean
}

/**
 * data: an item. group: a unit's line over its items, with or without money. Every other row (blank, repeated header,
 * notes) is dropped.
 */
export type RowKind = 'data' | 'group' | TotalKind

/** A body row by its columns; keys are `columnKey`s. `gridRow` is 0-based in its page's table. */
export interface BodyRow {
  readonly kind: RowKind
  readonly pageNumber: number
  readonly tableIndex: number
  readonly gridRow: number
  readonly label: string
  readonly uses: ReadonlyMap<string, CellUse>
}

/** The key of a page column: `item/code`, `amount/whole`; a fund column adds its index. */
export function columnKey(assignment: ColumnAssignment): string {
  if (assignment.role === 'fund') return `fund/${assignment.columnIndex}`
  if (assignment.column === null) return `ignored/${assignment.columnIndex}`
  return `${assignment.column.column}/${assignment.part}`
}

/** Reads every body row of a form's table in order and says what it is. */
export function classifyRows(table: FormTable): readonly BodyRow[] {
  const places = table.segments.flatMap((segment) =>
    Array.from({ length: Math.max(0, segment.view.rowCount - segment.bodyStart) }, (_, row) => {
      const gridRow = segment.bodyStart + row
      return { segment, gridRow, uses: readRow(table.header.assignments, segment, gridRow) }
    }),
  )
  const doItemsNameProjects = nameTheirProjects(places.map(({ uses }) => uses))
  return places.flatMap(
    ({ segment, gridRow, uses }) => classifyRow(table, segment, gridRow, uses, doItemsNameProjects) ?? [],
  )
}

const FEWEST_ITEMS = 2
const NEARLY_ALL = 0.9

/** Whether nearly each row with an item has its project's name beside it. */
function nameTheirProjects(rows: readonly ReadonlyMap<string, CellUse>[]): boolean {
  const holds = (uses: ReadonlyMap<string, CellUse>, name: string) =>
    [...uses.values()].some(
      ({ assignment, cell, isInherited }) =>
        !isInherited && assignment.column?.column === name && compactText(cell) !== '',
    )
  const items = rows.filter((uses) => holds(uses, 'item'))
  const named = items.filter((uses) => holds(uses, 'project'))
  return items.length >= FEWEST_ITEMS && named.length >= NEARLY_ALL * items.length
}

function classifyRow(
  table: FormTable,
  segment: TableSegment,
  gridRow: number,
  uses: ReadonlyMap<string, CellUse>,
  doItemsNameProjects: boolean,
): BodyRow | null {
  const own = [...uses.values()].filter(({ cell, isInherited }) => !isInherited && compactText(cell) !== '')
  const { pageNumber, tableIndex } = segment.view.table
  const place = { pageNumber, tableIndex, gridRow, uses }
  const unit = unitOfLine(table, own, doItemsNameProjects)
  if (unit !== null) return { ...place, kind: 'group', label: compactText(unit.cell), uses: withUnit(uses, unit) }
  if (own.length === 0 || isRepeatedHeader(own) || isNote(own)) return null
  const label = totalLabel(own)
  if (label !== null) return { ...place, kind: label.kind, label: label.text }
  const kind = kindByContent(table, uses, own)
  const name = kind === 'group' ? findUnitName(table.header.form, uses) : null
  const known = name === null ? uses : withName(uses, name)
  return kind === null ? null : { ...place, uses: known, kind, label: compactText(own[0]?.cell ?? null) }
}

/** The unit that a line over its rows names, in a table that has no column of units. */
function unitOfLine({ header }: FormTable, own: readonly CellUse[], doItemsNameProjects: boolean): CellUse | null {
  if (header.assignments.some(({ column }) => column?.column === 'unit')) return null
  return findUnitLine(
    header.form,
    own.filter((use) => !isFigure(use)),
    doItemsNameProjects,
  )
}

/** Its figures and its unit; the words of the line are no project. */
function withUnit(uses: ReadonlyMap<string, CellUse>, unit: CellUse): ReadonlyMap<string, CellUse> {
  return new Map([...[...uses].filter(([, use]) => isFigure(use)), [UNIT_OF_LINE, unit]])
}

/** What stands in the column of projects is the unit's name, and no project. */
function withName(uses: ReadonlyMap<string, CellUse>, name: CellUse): ReadonlyMap<string, CellUse> {
  return new Map([...[...uses].filter(([key]) => key !== 'project/whole'), [NAME_OF_LINE, name]])
}

/** What the assigned columns hold in one row of the grid (0-based). */
export function readRow(
  assignments: readonly ColumnAssignment[],
  segment: TableSegment,
  gridRow: number,
): ReadonlyMap<string, CellUse> {
  const uses = new Map<string, CellUse>()
  for (const assignment of assignments) {
    const cell = segment.view.cellAt(gridRow, assignment.columnIndex)
    // A cell merged over several columns belongs to the first of them.
    if (cell === null || cell.column !== assignment.columnIndex || cell.row < segment.bodyStart) continue
    const isSpread =
      cell.origin === 'ocr' && kindOfLabel(compactText(cell)) === null && columnsUnder(assignments, cell).size > 1
    const use = { assignment, cell, isInherited: cell.row < gridRow }
    uses.set(columnKey(assignment), isSpread ? { ...use, isSpread } : use)
  }
  return uses
}

/** The columns of a form that a cell reaches over. */
function columnsUnder(assignments: readonly ColumnAssignment[], { column, columnSpan }: Cell): ReadonlySet<string> {
  const own = assignments.filter((each) => each.columnIndex >= column && each.columnIndex < column + columnSpan)
  return new Set(own.flatMap((each) => (each.role === 'field' ? (each.column?.column ?? []) : [])))
}

const isMoney = ({ assignment }: CellUse) => assignment.role === 'fund' || assignment.column?.kind === 'money'
const isFigure = (use: CellUse) => isMoney(use) || use.assignment.column?.kind === 'quantity'

function isRepeatedHeader(own: readonly CellUse[]): boolean {
  const alike = own.filter(
    ({ assignment, cell }) => wordSimilarity(foldHeader(cell.text), assignment.headerText) >= 0.75,
  )
  return alike.length >= 3 && alike.length > own.length / 2
}

/** A line under the table ("注：…") or a statement in place of rows ("本部门无政府采购预算"). */
function isNote(own: readonly CellUse[]): boolean {
  const [only] = own
  if (only === undefined || own.length > 1) return false
  const text = compactText(only.cell)
  const isStatement =
    /^(?:注|备注|说明|填表说明)[:：]|没有|未安排|无此项|此表为空|空表|本(?:部门|单位|表).*(?:无|不涉及)|^无.{0,20}$/.test(
      text,
    )
  return isStatement || (only.cell.columnSpan > 3 && [...text].length > 12)
}

/** The label of a total row; on a scan a damaged one ("吉计") counts when the row holds nothing but figures beside. */
function totalLabel(own: readonly CellUse[]): { kind: TotalKind; text: string } | null {
  const words = own.filter((use) => !isFigure(use))
  for (const { cell } of words) {
    for (const reading of compactReadings(cell)) {
      const kind = kindOfLabel(reading)
      if (kind !== null) return { kind, text: lettersOf(reading) }
    }
  }
  // Spread so wide that each glyph got a cell of its own.
  const spread = words.map(({ cell }) => compactText(cell)).filter((text) => [...text].length === 1)
  const kindOfSpread = spread.length > 1 && spread.length === words.length ? kindOfLabel(spread.join('')) : null
  if (kindOfSpread !== null) return { kind: kindOfSpread, text: spread.join('') }
  const money = own.filter(isMoney)
  if (words.length === 0) return money.length >= 1 && own.length === money.length ? { kind: 'total', text: '' } : null
  const [word] = words
  const isAlone = words.length === 1 && money.length >= 1 && word?.cell.origin === 'ocr'
  const damaged = isAlone ? compactReadings(word?.cell ?? null) : []
  return damaged.map((text) => ({ kind: kindOfDamagedLabel(text), text })).find(isKnown) ?? null
}

function isKnown<T extends { readonly kind: TotalKind | null }>(label: T): label is T & { readonly kind: TotalKind } {
  return label.kind !== null
}

const IDENTITY_COLUMNS = ['item', 'service_content', 'directory_level1', 'directory_level2', 'directory_level3']

function kindByContent(
  table: FormTable,
  uses: ReadonlyMap<string, CellUse>,
  own: readonly CellUse[],
): 'data' | 'group' | null {
  const isFilled = (use: CellUse) => compactText(use.cell) !== '' && !isNothing(compactText(use.cell))
  const inColumns = (names: readonly string[]) =>
    [...uses.values()].some((use) => isFilled(use) && names.includes(use.assignment.column?.column ?? ''))
  const figures = own.filter(isFigure)
  const words = own.filter((use) => !isFigure(use) && use.assignment.role === 'field')
  if (isClassRow(uses, figures)) return 'group'
  if (inColumns(IDENTITY_COLUMNS)) return isZeroRow(figures, words) ? null : 'data'
  if (words.length === 0 || words.every((use) => !isFilled(use))) return null
  const beyondUnit = words.filter((use) => isFilled(use) && use.assignment.column?.column !== 'unit')
  const hasMoney = figures.some((use) => isMoney(use) && !isZero(use))
  // A row that names its project, subject and amount but not its item is an item whose name was lost.
  if (beyondUnit.length >= 2 && hasMoney) return 'data'
  // Only an item has a count, a price and an amount.
  if (hasMoney && ['quantity', 'unit_price'].every((name) => inColumns([name]))) return 'data'
  if (table.header.form.columns.some(({ column }) => column === 'unit') || beyondUnit.length <= 1) return 'group'
  return null
}

/** The line of a whole class over its items: A 货物类, 二、工程 … with nothing but money beside. */
const CLASS_OF_ITEMS = /^(?:[ABCabc]|[一二三]、?|\d[、.]?)?[、.:：\-—]?(?:货物|工程|服务)(?:类|项目|采购)?$/

function isClassRow(uses: ReadonlyMap<string, CellUse>, figures: readonly CellUse[]): boolean {
  const items = [...uses.values()].filter(
    ({ assignment, cell }) => assignment.column?.column === 'item' && compactText(cell) !== '',
  )
  const isCounted = figures.some(
    ({ assignment }) => assignment.column?.kind === 'quantity' || assignment.column?.column === 'unit_price',
  )
  return items.length > 0 && !isCounted && CLASS_OF_ITEMS.test(items.map(({ cell }) => compactText(cell)).join(''))
}

function isNothing(text: string): boolean {
  return /^(?:无|空|—+|-+|－+|\/|／)$/.test(text)
}

/** A row whose figures are all zero or missing and whose words say "none". */
function isZeroRow(figures: readonly CellUse[], words: readonly CellUse[]): boolean {
  return figures.every(isZero) && words.every(({ cell }) => isNothing(compactText(cell)))
}

function isZero({ cell }: CellUse): boolean {
  const parsed = parseAmount(cell.text)
  return parsed.kind === 'empty' || parsed.kind === 'nil' || (parsed.kind === 'amount' && parsed.amount.isZero())
}
