import { looksLikeMoney } from '../money/parse-amount.ts'
import { assignColumns, type ColumnAssignment, type HeaderPath } from './assign-columns.ts'
import { fitsContent, holdsItems, holdsPlain, holdsSums, isDamagedHeading, type PlainContent } from './fits-content.ts'
import type { Form, FormColumn } from './form.ts'
import { cellsOfRow, compactReadings, compactText, isLoneTextRow, type TableView } from './table-view.ts'

/**
 * Where a table's header stands and what its columns are: rows `headerStart` to before `headerEnd` (0-based);
 * `bodyStart` is the first row under it and under a row that numbers the columns.
 */
export interface FormHeader {
  readonly form: Form
  readonly headerStart: number
  readonly headerEnd: number
  readonly bodyStart: number
  readonly assignments: readonly ColumnAssignment[]
  /** Sum of the similarities of the columns that were recognised. */
  readonly strength: number
}

const MAX_HEADER_ROWS = 5
const MAX_TITLE_ROWS = 4

/**
 * Reads the top of a table as the header of `form`, with as many header rows as explain it best; null when nothing of
 * the form is there. Title and unit rows inside the grid come before the header.
 */
export function findHeader(view: TableView, form: Form): FormHeader | null {
  const headerStart = skipTitleRows(view)
  const structural = structuralHeaderEnd(view, headerStart)
  let best: FormHeader | null = null
  let bestValue = 0
  const last = Math.min(headerStart + MAX_HEADER_ROWS, view.rowCount)
  for (let end = headerStart + 1; end <= last; end += 1) {
    if (end > headerStart + 1 && isDataLike(view, end - 1)) break
    if (cutsMergedHeader(view, headerStart, end)) continue
    const header = readHeader(view, form, headerStart, end)
    // The spans say how deep the header is; only a clearly better reading overrules them.
    const value = header.strength + (end === structural ? 1 : 0)
    if (value > bestValue) {
      best = header
      bestValue = value
    }
  }
  return best === null ? null : { ...best, bodyStart: skipColumnNumbers(view, best.bodyStart) }
}

function readHeader(view: TableView, form: Form, start: number, end: number): FormHeader {
  const assignments = assignHeadings(view, form, start, end)
  const strength = assignments.reduce((sum, { role, similarity }) => sum + (role === 'field' ? similarity : 0), 0)
  return { form, headerStart: start, headerEnd: end, bodyStart: end, assignments, strength }
}

/**
 * What the columns under the header rows `start` to before `end` (0-based) are. `again` gives the headings over a column where they are
 * printed once more: what readers saw there counts as well.
 */
export function assignHeadings(
  view: TableView,
  form: Form,
  start: number,
  end: number,
  again: (column: number) => readonly HeaderPath[] = () => [],
): readonly ColumnAssignment[] {
  const own = Array.from({ length: view.columnCount }, (_, column) => {
    return mergePaths(headerPath(view, column, start, end), again(column))
  })
  const paths = own.map((path, column) => withNeighboursParent(path, own[column + 1]))
  const content = {
    fits: (column: number, formColumn: FormColumn) => fitsContent(view, end, column, formColumn),
    holdsItems: (column: number, part: 'code' | 'whole') => holdsItems(view, end, column, part),
    holdsSums: (column: number) => holdsSums(view, end, column),
    holdsPlain: (column: number, what: PlainContent) => holdsPlain(view, end, column, what),
    isDamaged: (column: number) => isDamagedHeading(view, column, start, end),
  }
  return assignColumns(paths, form, content, leastSimilarity(view))
}

/** The headings over a column with what was read of them elsewhere, level by level; others of another depth say nothing. */
function mergePaths(path: HeaderPath, others: readonly HeaderPath[]): HeaderPath {
  const alike = others.filter(({ length }) => length === path.length)
  return path.map((texts, level) => [...new Set([...texts, ...alike.flatMap((other) => other[level] ?? [])])])
}

/** A trusted heading says what it says; on a scan half of its glyphs may be lost. */
function leastSimilarity({ table }: TableView): number {
  return table.cells.some(({ origin }) => origin === 'ocr') ? 0.5 : 0.75
}

/**
 * A heading over 编码 and 名称 that is centred without rulings lands over 名称 alone: a bare 编码 beside it shares it.
 */
function withNeighboursParent(path: HeaderPath, next: HeaderPath | undefined): HeaderPath {
  const filled = path.filter((texts) => texts.length > 0)
  const isBareCode = filled.length === 1 && (filled[0] ?? []).some((text) => /^(?:编码|代码)$/.test(text))
  const parents = (next ?? []).slice(0, -1).filter((texts) => texts.length > 0)
  const isBesideName = (next?.at(-1) ?? []).some((text) => text === '名称')
  return isBareCode && isBesideName && parents.length > 0 ? [...parents, ...filled] : path
}

/** Texts above a column's body, top to bottom; a merged cell counts once. */
export function headerPath(view: TableView, column: number, start: number, end: number): HeaderPath {
  const path: string[][] = []
  let above = null
  for (let row = start; row < end; row += 1) {
    const cell = view.cellAt(row, column)
    if (cell === null || cell === above) continue
    above = cell
    path.push([...compactReadings(cell)])
  }
  return path
}

/** The first row (0-based) under the rows of title and unit inside a grid. */
export function skipTitleRows(view: TableView): number {
  let row = 0
  while (row < Math.min(MAX_TITLE_ROWS, view.rowCount - 1) && isTitleRow(view, row)) row += 1
  return row
}

/** A row of one or two texts (title; "部门：…" beside "单位：万元") over a table of many columns. */
function isTitleRow(view: TableView, row: number): boolean {
  const texts = cellsOfRow(view, row)
    .map(compactText)
    .filter((text) => text !== '')
  if (texts.length === 0 || isLoneTextRow(view, row)) return view.columnCount > 1
  return (
    texts.length <= 3 &&
    texts.some((text) =>
      /单位[:：](?:人民币)?[亿万千百]*元|^(?:部门|单位|填报单位|公开表|附表|表)[^:：]*[:：]/.test(text),
    )
  )
}

function structuralHeaderEnd(view: TableView, start: number): number {
  return Math.max(start + 1, ...cellsOfRow(view, start).map((cell) => cell.row + cell.rowSpan))
}

/** Whether a cell that starts in the header goes on below `end`. */
export function cutsMergedHeader(view: TableView, start: number, end: number): boolean {
  if (end >= view.rowCount) return false
  return cellsOfRow(view, end - 1).some(
    (cell) => cell.row >= start && cell.row + cell.rowSpan > end && compactText(cell) !== '',
  )
}

/** Whether a row holds figures with decimals or codes, as no header does. */
function isDataLike(view: TableView, row: number): boolean {
  const texts = cellsOfRow(view, row).map(compactText)
  return texts.filter((text) => looksLikeMoney(text) || /\d{5,}/.test(text)).length > 0
}

/** A row like "栏次 1 2 3 4" under the header numbers the columns. */
export function skipColumnNumbers(view: TableView, row: number): number {
  if (row >= view.rowCount) return row
  const texts = cellsOfRow(view, row)
    .map(compactText)
    .filter((text) => text !== '')
  const numbers = texts.map((text) =>
    Number(/^\(?(\d{1,2})(?:=.*)?\)?$/.exec(text.normalize('NFKC'))?.[1] ?? Number.NaN),
  )
  const plain = numbers.filter((number) => !Number.isNaN(number))
  const isRising = plain.every((number, index) => index === 0 || number === (plain[index - 1] ?? 0) + 1)
  const isNumbering =
    (plain.length >= 3 && isRising && plain.length >= texts.length - 4 && plain.length > texts.length / 2) ||
    areMostlyCounted(numbers)
  const isMarked = texts.length > 0 && texts.every((text) => /^\*+$/.test(text))
  return isNumbering || isMarked ? row + 1 : row
}

/** On a scan a few of the numbers can be misread (１2 for 2): nearly all stand at their place all the same. */
function areMostlyCounted(numbers: readonly number[]): boolean {
  const inPlace = [0, 1, 2].map((words) => numbers.filter((number, index) => number === index + 1 - words).length)
  return Math.max(...inPlace) >= Math.max(FEWEST_COUNTED, MOSTLY_COUNTED * numbers.length)
}

const FEWEST_COUNTED = 5
const MOSTLY_COUNTED = 0.75
