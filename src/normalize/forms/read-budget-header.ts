import { looksLikeMoney } from '../money/parse-amount.ts'
import type { ColumnAssignment, ColumnPart } from './assign-columns.ts'
import type { BudgetForm } from './budget-form.ts'
import { cutsMergedHeader, skipColumnNumbers, skipTitleRows } from './find-header.ts'
import type { FormColumn } from './form.ts'
import { type HeadedColumn, type HeadingRows, headColumns, type LineRole, type MoneyColumn } from './head-columns.ts'
import { type HeadingLevels, haveSeveralPeriods, nameMoneyColumns } from './name-money-columns.ts'
import { cellsOfRow, compactText, type TableView } from './table-view.ts'

/** Columns of a table that belong together: words, then the money that stands behind them. */
export interface BudgetBlock {
  readonly side: 'income' | 'expenditure' | null
  readonly assignments: readonly ColumnAssignment[]
}

/** Where a budget table's header stands (rows `headerStart` to before `headerEnd`, 0-based) and its blocks. */
export interface BudgetHeader {
  readonly headerStart: number
  readonly headerEnd: number
  readonly bodyStart: number
  readonly blocks: readonly BudgetBlock[]
  /** Columns that were recognised; more is better. */
  readonly strength: number
}

/** A figure, a code or a numbered line; a year is none. */
const BODY_TEXT = /^\d+(?:\.\d+)?$|^[[(（]?\d{3,}(?!\d*年)|^[一二三四五六七八九十]+、/
const MAX_HEADER_ROWS = 6
const UNKNOWN_COST = 0.4

/**
 * Reads the top of a table as the header of a budget table: as many rows as explain most columns. `subject` is the
 * measure that the table is about, `isTitled` that its title says so. Null when no column of money stands under a heading that is known.
 */
export function readBudgetHeader(
  view: TableView,
  form: BudgetForm,
  subject: string,
  fiscalYear: number | null,
  isTitled: boolean,
): BudgetHeader | null {
  const headerStart = skipTitleRows(view)
  const least = view.table.cells.some(({ origin }) => origin === 'ocr') ? 0.6 : 0.75
  let best: BudgetHeader | null = null
  const last = Math.min(headerStart + MAX_HEADER_ROWS, view.rowCount)
  for (let end = headerStart + 1; end <= last; end += 1) {
    if (end > headerStart + 1 && beginsBody(view, end - 1)) break
    if (cutsMergedHeader(view, headerStart, end) && end < last) continue
    const header = readRows(view, form, subject, fiscalYear, { start: headerStart, end, least, isTitled })
    if (header.strength > (best?.strength ?? 0)) best = header
  }
  if (best === null) return null
  return { ...best, bodyStart: skipColumnNumbers(view, best.bodyStart) }
}

/** A row with figures, codes or a total is none of the header, whatever else stands in it. */
function beginsBody(view: TableView, row: number): boolean {
  const texts = cellsOfRow(view, row)
    .map(compactText)
    .filter((text) => text !== '')
  return texts.some((text) => looksLikeMoney(text) || BODY_TEXT.test(text))
}

function readRows(
  view: TableView,
  form: BudgetForm,
  subject: string,
  fiscalYear: number | null,
  rows: HeadingRows,
): BudgetHeader {
  const { start, end, least } = rows
  const columns = headColumns(view, form, fiscalYear, rows)
  const parted = splitBlocks(columns)
  const hasPeriods = parted.some((block) => tellsPeriods(block, form, least))
  const named = withSidesOfBoth(parted.map((block) => toBlock(block, form, subject, least, hasPeriods)))
  const strength = named.reduce((sum, block) => sum + block.strength, 0)
  const blocks = named.map((each) => each.block).filter(({ assignments }) => assignments.some(isMoneyColumn))
  const unknown = columns.filter(({ kind }) => kind === 'unknown').length + countMergedLeaves(view, end)
  return { headerStart: start, headerEnd: end, bodyStart: end, blocks, strength: strength - unknown * UNKNOWN_COST }
}

/** Columns whose last heading is merged with their neighbours': then the header goes on below. */
function countMergedLeaves(view: TableView, end: number): number {
  const merged = cellsOfRow(view, end - 1).filter(({ columnSpan }) => columnSpan > 1)
  return merged.filter((cell) => compactText(cell) !== '').reduce((sum, { columnSpan }) => sum + columnSpan - 1, 0)
}

const isMoneyColumn = ({ column }: ColumnAssignment) => column?.kind === 'money'

/** A block begins where words follow money. */
function splitBlocks(columns: readonly HeadedColumn[]): readonly (readonly HeadedColumn[])[] {
  const blocks: HeadedColumn[][] = [[]]
  let hasMoney = false
  for (const column of columns) {
    if (column.kind === 'words' && hasMoney) {
      blocks.push([])
      hasMoney = false
    }
    if (column.kind === 'money') hasMoney = true
    blocks.at(-1)?.push(column)
  }
  return blocks
}

function tellsPeriods(block: readonly HeadedColumn[], form: BudgetForm, least: number): boolean {
  const money = block.filter((column) => column.kind === 'money')
  return haveSeveralPeriods(
    money.map(({ levels }) => levels),
    form,
    least,
  )
}

function toBlock(
  columns: readonly HeadedColumn[],
  form: BudgetForm,
  subject: string,
  least: number,
  hasPeriods: boolean,
): NamedBlock {
  const words = withSecondSubject(
    columns.filter((column) => column.kind === 'words'),
    subject,
  )
  const money = columns.filter((column) => column.kind === 'money')
  const names = nameMoneyColumns(withoutCommonLevels(money, words, form), form, subject, least, hasPeriods)
  const taken = new Set<string>()
  const wordAssignments = words.flatMap((column): ColumnAssignment[] => {
    const key = `${column.role}/${column.part}`
    if (taken.has(key)) return []
    taken.add(key)
    return [
      toAssignment(column.columnIndex, wordsFormColumn(column.role), column.part, column.heading, column.similarity),
    ]
  })
  const moneyAssignments = money.map((column, index): ColumnAssignment => {
    const { field = 'other_1', similarity = 0 } = names[index] ?? {}
    return toAssignment(column.columnIndex, moneyFormColumn(field), 'whole', column.heading, similarity)
  })
  const known = names.filter(({ isKnown }) => isKnown).reduce((sum, { similarity }) => sum + similarity, 0)
  const lost = names.filter(({ isKnown }) => !isKnown).length * UNKNOWN_COST
  const parts = wordAssignments.reduce((sum, { similarity }) => sum + similarity, 0)
  return {
    block: { side: sideOf(columns, form), assignments: [...wordAssignments, ...moneyAssignments] },
    strength: known - lost + parts,
  }
}

type WordsColumn = Extract<HeadedColumn, { kind: 'words' }>

/** Tables whose lines are classes of economic use. */
const BY_ECONOMIC_USE = ['basic_expenditure', 'general_public_budget_economic', 'operating_expenses']

/** Where a line has a class of function and one of economic use, one of them names it by what the table is about; the other is told beside it. */
function withSecondSubject(words: readonly WordsColumn[], table: string): readonly WordsColumn[] {
  const saying = (word: RegExp) => (column: WordsColumn) =>
    column.role === 'subject' && column.levels.some((texts) => texts.some((text) => word.test(text)))
  const [isFunction, isEconomic] = [saying(/功能/), saying(/经济/)]
  if (!words.some(isFunction) || !words.some(isEconomic)) return words
  const isByUse = BY_ECONOMIC_USE.includes(table)
  return words.map((column) => {
    if (isByUse && isFunction(column)) return { ...column, role: 'function' as const }
    return !isByUse && isEconomic(column) ? { ...column, role: 'economic' as const } : column
  })
}

/** The side that the top heading over a block names. */
function sideOf(columns: readonly HeadedColumn[], { sides }: BudgetForm): BudgetBlock['side'] {
  const tops = columns.flatMap((column) =>
    column.kind === 'money' || column.kind === 'words' ? (column.levels[0] ?? []) : [],
  )
  const names = (list: readonly string[]) =>
    tops.some((text) => list.includes(text) || list.includes(withoutManner(text)))
  if (names(sides.income)) return 'income'
  return names(sides.expenditure) ? 'expenditure' : null
}

/** A side without the manner in which it is parted: 支出（按功能分类）. */
function withoutManner(text: string): string {
  return text.replace(/按.*$/, '')
}

interface NamedBlock {
  readonly block: BudgetBlock
  readonly strength: number
}

/** Only a table that shows income beside expenditure has sides. */
function withSidesOfBoth(named: readonly NamedBlock[]): readonly NamedBlock[] {
  const sides = new Set(named.map(({ block }) => block.side))
  if (sides.has('income') && sides.has('expenditure')) return named
  return named.map(({ block, strength }) => ({ block: { ...block, side: null }, strength }))
}

/** A heading over all money columns of a block says what the table is about, and a side what the block is: not what one column is. */
function withoutCommonLevels(
  money: readonly MoneyColumn[],
  words: readonly { readonly levels: HeadingLevels }[],
  { sides }: BudgetForm,
): readonly HeadingLevels[] {
  const isSide = (texts: readonly string[] | undefined) =>
    texts?.some((text) => sides.income.includes(text) || sides.expenditure.includes(text)) === true
  const isUnderSide = money.every(({ levels }) => levels.length > 1 && isSide(levels[0]))
  const all = [...words, ...money]
  const isUnderTitle =
    words.length > 0 && all.every(({ levels }) => levels.length > 1 && sameText(levels[0], all[0]?.levels[0] ?? []))
  const own = money.map(({ levels }) => (isUnderSide || isUnderTitle ? levels.slice(1) : levels))
  const [first, ...others] = own
  if (first === undefined || others.length === 0) return own
  const common = first.filter(
    (level, depth) => depth < first.length - 1 && others.every((levels) => sameText(levels[depth], level)),
  ).length
  return own.map((levels) => levels.slice(Math.min(common, levels.length - 1)))
}

function sameText(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && a[0] === b[0]
}

function toAssignment(
  columnIndex: number,
  column: FormColumn,
  part: ColumnPart,
  headerText: string,
  similarity: number,
): ColumnAssignment {
  return {
    columnIndex,
    role: 'field',
    column,
    part,
    headerText,
    fundField: null,
    similarity,
    isExact: similarity === 1,
  }
}

const FIELDS: Readonly<Record<LineRole, readonly string[]>> = {
  subject: ['line_code', 'line_name'],
  unit: ['unit_code', 'unit_name'],
  project: ['project_code', 'project_name'],
  category: ['category_code', 'category'],
  function: ['function_code', 'function_name'],
  economic: ['economic_code', 'economic_name'],
}

function wordsFormColumn(role: LineRole): FormColumn {
  return { column: `${role}-words`, kind: 'coded', fields: [...FIELDS[role]], isRequired: false, headers: [role] }
}

function moneyFormColumn(field: string): FormColumn {
  const kind = field.startsWith('change_percent') ? 'quantity' : 'money'
  return { column: field, kind, fields: [field], isRequired: false, headers: [field] }
}
