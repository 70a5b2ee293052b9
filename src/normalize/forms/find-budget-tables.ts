import type { PageExtract } from '../../model/page.ts'
import type { LeftTable } from '../../model/record.ts'
import { parseAmount } from '../money/parse-amount.ts'
import type { ColumnAssignment } from './assign-columns.ts'
import type { BudgetForm, BudgetTableKind } from './budget-form.ts'
import { completeColumns } from './complete-columns.ts'
import {
  findRepeatedHeader,
  followsOn,
  hasItsColumns,
  isTableTitle,
  type PlacedTable,
  placeTables,
  type TableSegment,
} from './continue-table.ts'
import { isTotalName } from './line-names.ts'
import { nameBudgetTable } from './name-budget-table.ts'
import { type BudgetBlock, type BudgetHeader, readBudgetHeader } from './read-budget-header.ts'
import { cellsOfRow, compactText } from './table-view.ts'

/** One of the standard tables, over as many pages as it takes. `isTitled`: its title says which it is. */
export interface BudgetTable {
  readonly kind: BudgetTableKind
  readonly title: string
  readonly isTitled: boolean
  readonly stage: 'budget' | 'final_accounts'
  readonly header: BudgetHeader
  readonly segments: readonly TableSegment[]
}

export interface BudgetTables {
  readonly tables: readonly BudgetTable[]
  readonly unused: readonly LeftTable[]
}

type Recognition =
  | { readonly kind: 'table'; readonly table: BudgetTable }
  | { readonly kind: 'none'; readonly reason: string | null }

const MOST_AMOUNTS = 0.6

/**
 * Finds the standard tables among those that are no other form; `isTaken` tells the others. A table under a title that
 * names another one, or without columns of money under known headings, gives nothing and a reason.
 */
export function findBudgetTables(
  pages: readonly PageExtract[],
  form: BudgetForm,
  fiscalYear: number | null,
  isTaken: (place: { readonly pageNumber: number; readonly tableIndex: number }) => boolean,
): BudgetTables {
  const tables: (BudgetTable & { segments: TableSegment[] })[] = []
  const unused: LeftTable[] = []
  let previous: PlacedTable | null = null
  let isOpen = false
  for (const placed of pages.flatMap(placeTables)) {
    const { table } = placed.view
    if (isTaken(table)) {
      isOpen = false
      previous = placed
      continue
    }
    const current = tables.at(-1)
    const mayGoOn = isOpen && current !== undefined && previous !== null && followsOn(previous, placed)
    const bodyStart = mayGoOn && current !== undefined ? continuationBody(current, placed, form) : null
    previous = placed
    if (bodyStart !== null && current !== undefined) {
      current.segments.push({ view: placed.view, bodyStart, linesOver: placed.over })
      continue
    }
    const found = recognize(placed, form, fiscalYear)
    const rest = mayGoOn && found.kind === 'none' ? restOf(current, placed, form) : null
    if (rest !== null) {
      current?.segments.push(rest)
      continue
    }
    isOpen = found.kind === 'table'
    if (found.kind === 'table') tables.push({ ...found.table, segments: [...found.table.segments] })
    else if (found.reason !== null)
      unused.push({ pageNumber: table.pageNumber, tableIndex: table.tableIndex, reason: found.reason })
  }
  return { tables, unused }
}

function continuationBody(current: BudgetTable, next: PlacedTable, form: BudgetForm): number | null {
  const { header, segments } = current
  const first = segments[0]?.view
  if (first === undefined || !hasItsColumns(first, header, next.view)) return null
  const named = nameBudgetTable(next.titles, form, isRead(next))
  const repeated = findRepeatedHeader(first, header, next.view)?.bodyStart ?? null
  if (repeated !== null) return named.kind === 'none' || isReprinted(current, next, named, repeated) ? repeated : null
  return named.kind !== 'none' || next.titles.some(isTableTitle) ? null : 0
}

/** The rest of a table that lost columns on its next page; null when it is another table. */
function restOf(current: BudgetTable, next: PlacedTable, form: BudgetForm): TableSegment | null {
  const above = current.segments.at(-1)
  const completed = above === undefined ? null : completeColumns(above, next)
  const bodyStart = completed === null ? null : continuationBody(current, completed, form)
  return completed === null || bodyStart === null ? null : { view: completed.view, bodyStart, linesOver: next.over }
}

/**
 * Whether a table under the title and header of the one before is its rest, as spreadsheets print them on every page: the one before has
 * not come to its total, this one does not begin with one, and both are of the same unit.
 */
function isReprinted(
  { title, segments }: BudgetTable,
  next: PlacedTable,
  named: ReturnType<typeof nameBudgetTable>,
  bodyStart: number,
): boolean {
  if (named.kind !== 'named' || named.title !== title) return false
  const [first, last] = [segments[0], segments.at(-1)?.view]
  if (first === undefined || last === undefined) return false
  const unitOver = (lines: TableSegment['linesOver']) =>
    lines
      .map(({ text }) => text.replaceAll(/\s/g, ''))
      .filter((text) => UNIT_OVER.test(text))
      .join(' ')
  return (
    !namesTotal(last, last.rowCount - 1, isWholeTotal) &&
    !namesTotal(next.view, bodyStart, isTotalName) &&
    unitOver(first.linesOver) === unitOver(next.over)
  )
}

const UNIT_OVER = /^(?:编制|填报|公开)?(?:单位|部门)(?:名称)?[:：]/

function namesTotal(view: PlacedTable['view'], row: number, isMeant: (text: string) => boolean): boolean {
  return cellsOfRow(view, row).some((cell) => isMeant(compactText(cell)))
}

/** A total behind which nothing follows; behind 本年收入合计 the balances do. */
function isWholeTotal(text: string): boolean {
  return isTotalName(text) && !/^本年/.test(text)
}

function isRead({ view }: PlacedTable): boolean {
  return view.table.cells.some(({ origin }) => origin === 'ocr')
}

function recognize(placed: PlacedTable, form: BudgetForm, fiscalYear: number | null): Recognition {
  const named = nameBudgetTable(placed.titles, form, isRead(placed))
  if (named.kind === 'excluded') return { kind: 'none', reason: null }
  const candidates = named.kind === 'named' ? named.tables : form.tables
  let best: BudgetTable | null = null
  for (const kind of candidates) {
    const read = readBudgetHeader(placed.view, form, kind.table, fiscalYear, named.kind === 'named')
    const header = read === null || named.kind === 'none' ? read : withSides(read, kind)
    if (header === null || objectionTo(header, placed, kind) !== null) continue
    if (named.kind === 'none' && !isUnmistakable(header, kind, placed)) continue
    if (header.strength <= (best?.header.strength ?? 0)) continue
    best = {
      kind,
      title: named.kind === 'named' ? named.title : kind.title,
      isTitled: named.kind === 'named',
      stage:
        /决算/.test(named.kind === 'named' ? named.title : headingsOf(placed, header)) || tellsFinal(header)
          ? 'final_accounts'
          : 'budget',
      header,
      segments: [{ view: placed.view, bodyStart: header.bodyStart, linesOver: placed.over }],
    }
  }
  if (best !== null) return { kind: 'table', table: best }
  if (named.kind === 'none') return { kind: 'none', reason: beginsWithClass(placed) ? NO_HEADINGS : null }
  const [kind] = named.tables
  const header = kind === undefined ? null : readBudgetHeader(placed.view, form, kind.table, fiscalYear, true)
  const objection = header === null || kind === undefined ? null : objectionTo(header, placed, kind)
  const why = objection ?? 'no column of money stands under a heading that we know'
  return { kind: 'none', reason: `titled like ${kind?.title ?? 'a budget table'}, but ${why}` }
}

const NO_HEADINGS =
  'its lines are classes by code, but no title or heading says what its money is: the page before has them'

/** Whether a table begins with a line of a classification and goes on so: the rest of one that began on a page that is not here. */
function beginsWithClass({ view }: PlacedTable): boolean {
  const codes = Array.from({ length: view.rowCount }, (_, row) =>
    cellsOfRow(view, row)
      .map(compactText)
      .find((text) => text !== ''),
  )
  const isClass = (text: string | undefined) => text !== undefined && /^[23]\d{2}(?:\d{2}){0,2}$/.test(text)
  return codes.length > 2 && isClass(codes[0]) && codes.filter(isClass).length > codes.length / 2
}

/** Under the title of a two-sided table two blocks without headings of their own are income and expenditure. */
function withSides(header: BudgetHeader, kind: BudgetTableKind): BudgetHeader {
  const [left, right, ...others] = header.blocks
  const isPlain = kind.isTwoSided === true && others.length === 0 && left?.side === null && right?.side === null
  if (!isPlain || left === undefined || right === undefined) return header
  return {
    ...header,
    blocks: [
      { ...left, side: 'income' },
      { ...right, side: 'expenditure' },
    ],
  }
}

/** Whether a column of what was spent stands beside one of what was planned. */
function tellsFinal({ blocks }: BudgetHeader): boolean {
  return blocks.some(({ assignments }) => assignments.some((each) => /^final(?:_|$)/.test(fieldOf(each))))
}

function headingsOf({ view }: PlacedTable, { headerStart, headerEnd }: BudgetHeader): string {
  return view.table.cells
    .filter(({ row }) => row >= headerStart && row < headerEnd)
    .map(compactText)
    .join(' ')
}

const isMoney = ({ column }: ColumnAssignment) => column?.kind === 'money'
const isKnownMoney = (assignment: ColumnAssignment) => isMoney(assignment) && assignment.similarity > 0
const fieldOf = ({ column }: ColumnAssignment) => column?.column ?? ''

/** Why a table with this header is not of the kind; null when it is. */
function objectionTo({ blocks, bodyStart }: BudgetHeader, { view }: PlacedTable, kind: BudgetTableKind): string | null {
  const money = blocks.flatMap(({ assignments }) => assignments.filter(isMoney))
  if (!money.some(isKnownMoney)) return 'none of its columns of money is known'
  const hasLines = blocks.every(({ assignments }) => assignments.some((each) => !isMoney(each)))
  if (!hasLines && !(kind.isWide === true && money.filter(isKnownMoney).length >= 3)) return 'no column names its lines'
  const texts = money.flatMap(({ columnIndex }) => {
    const cells = view.table.cells.filter(({ row, column }) => row >= bodyStart && column === columnIndex)
    return cells
      .filter(({ columnSpan }) => columnSpan === 1)
      .map(compactText)
      .filter((text) => text !== '')
  })
  const amounts = texts.filter((text) => parseAmount(text.replace(/%$/, '')).kind !== 'unreadable')
  return amounts.length < texts.length * MOST_AMOUNTS ? 'its columns of money hold words' : null
}

const FUNCTION_CODE = /^\[?2[0-3]\d/
const ECONOMIC_CODE = /^\[?[35]\d\d/

/** Whether a table without a title can be nothing else than a table of the kind. */
function isUnmistakable({ blocks, bodyStart }: BudgetHeader, kind: BudgetTableKind, { view }: PlacedTable): boolean {
  const fields = new Set(blocks.flatMap(({ assignments }) => assignments.filter(isKnownMoney).map(fieldOf)))
  const has = (...names: readonly string[]) => names.every((name) => fields.has(name))
  if (kind.isTwoSided === true) {
    const sides = new Set(blocks.map(({ side }) => side))
    const isFiscal = has('general_public_budget', 'government_fund')
    return (
      sides.has('income') && sides.has('expenditure') && has('total') && isFiscal === (kind.table === 'fiscal_balance')
    )
  }
  const codes = blocks.flatMap((block) => codesOf(block, view, bodyStart))
  const isCoded = (pattern: RegExp) => codes.length >= 3 && codes.every((code) => pattern.test(code))
  if (kind.table === 'three_public') return has('overseas_travel', 'vehicle', 'reception')
  if (kind.table === 'basic_expenditure') return isCoded(ECONOMIC_CODE) && has('total', 'personnel', 'public_use')
  if (kind.table === 'income') return isCoded(FUNCTION_CODE) && has('total', 'fiscal_appropriation', 'business_income')
  return kind.table === 'expenditure' && isCoded(FUNCTION_CODE) && has('total', 'basic', 'project')
}

function codesOf({ assignments }: BudgetBlock, view: PlacedTable['view'], bodyStart: number): readonly string[] {
  const code = assignments.find(({ part }) => part === 'code' || part === 'class' || part === 'whole')
  if (code === undefined || isMoney(code)) return []
  return view.table.cells
    .filter(({ row, column }) => row >= bodyStart && column === code.columnIndex)
    .map(compactText)
    .filter((text) => /\d/.test(text))
}
