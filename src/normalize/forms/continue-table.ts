import { boxHeight, boxWidth } from '../../model/bounding-box.ts'
import { groupBy } from '../../model/group-by.ts'
import type { PageExtract, TextLine } from '../../model/page.ts'
import type { Cell, Table } from '../../model/table.ts'
import { headerPath, skipColumnNumbers } from './find-header.ts'
import { foldHeader, wordSimilarity } from './header-text.ts'
import { linesOverTable } from './lines-over-table.ts'
import { foldTitle } from './recognize-table.ts'
import { cellsOfRow, compactText, createTableView, type TableView } from './table-view.ts'

/** A table with what stands over it on its page. */
export interface PlacedTable {
  readonly view: TableView
  readonly over: readonly TextLine[]
  readonly titles: readonly string[]
  /** All lines of the page outside its tables. */
  readonly lines: readonly TextLine[]
  readonly isFirstOnPage: boolean
  readonly isLastOnPage: boolean
}

/**
 * The part of a form's table that stands on one page. `bodyStart` is the first row (0-based) under its header; `headingStart` is where
 * a later page prints the header again.
 */
export interface TableSegment {
  readonly view: TableView
  readonly bodyStart: number
  readonly headingStart?: number
  /** Lines over the table on its page, nearest first. */
  readonly linesOver: readonly TextLine[]
}

/** Header rows `headerStart` to before `headerEnd`, 0-based. */
export interface HeaderRows {
  readonly headerStart: number
  readonly headerEnd: number
}

/** The tables of a page, top to bottom, with the lines over each. */
export function placeTables(page: PageExtract): readonly PlacedTable[] {
  const tables = page.tables.toSorted((a, b) => a.tableIndex - b.tableIndex)
  return tables.map((table, index) => {
    const view = createTableView(table)
    const over = linesOverTable(table, tables.slice(0, index), page.lines, tables)
    const inside = titleRowsInside(view)
    const titles = [...inside, ...over.map((line) => line.text)]
    const place = { isFirstOnPage: index === 0, isLastOnPage: index === tables.length - 1 }
    return { view, over, titles, lines: page.lines, ...place }
  })
}

/** Titles in the first rows of a table, where nothing else stands but captions: its money's unit, the body's name. */
function titleRowsInside(view: TableView): readonly string[] {
  const titles: string[] = []
  for (let row = 0; row < Math.min(3, view.rowCount); row += 1) {
    const texts = cellsOfRow(view, row).map(compactText)
    const filled = texts.filter((text) => text !== '')
    const [title, ...others] = filled.map((text) => text.replace(CAPTION, '')).filter((text) => text !== '')
    if (filled.length === 0 || others.length > 0) break
    if (title !== undefined) titles.push(title)
  }
  return titles
}

const CAPTION = /[（(]?(?:金额单位|(?:编制|填报)?(?:单位|部门)(?:名称)?)[:：].*$/

/** Whether a table can go on where another ended: on the next page, right under it, or beside it where a sheet holds two pages. */
export function followsOn(previous: PlacedTable, next: PlacedTable): boolean {
  const isNextPage = next.view.table.pageNumber === previous.view.table.pageNumber + 1
  if (isNextPage) return previous.isLastOnPage && next.isFirstOnPage
  // A header that was cut from its body stands right over it.
  const [above, below] = [previous.view.table, next.view.table]
  const isBelow = above.pageNumber === below.pageNumber && below.bbox.top >= above.bbox.bottom - 1
  return (isBelow && below.bbox.top - above.bbox.bottom < LARGEST_GAP) || isBeside(above, below)
}

function isBeside(left: Table, right: Table): boolean {
  const shared = Math.min(left.bbox.bottom, right.bbox.bottom) - Math.max(left.bbox.top, right.bbox.top)
  const lower = Math.min(boxHeight(left.bbox), boxHeight(right.bbox))
  return left.pageNumber === right.pageNumber && right.bbox.x0 >= left.bbox.x1 && shared > 0.5 * lower
}

/** Points between a header and a body that were found as two tables. */
const LARGEST_GAP = 60
const EDGE_TOLERANCE = 0.03
const REPEATED_HEADER = 0.7
/** Of a header that is damaged on both pages; rows of items have nothing in common with it. */
const DAMAGED_HEADER = 0.35
const FEWEST_WORDS = 2
/** Of a header whose columns another page sets wider or narrower: so many columns, alike to the letter. */
const FEWEST_SAME = 3
const SAME_HEADER = 0.98

/** Whether two tables have the same columns at the same share of their widths. */
export function hasSameColumns(a: TableView, b: TableView): boolean {
  if (a.columnCount !== b.columnCount) return false
  if (areAlike(relativeEdges(a), relativeEdges(b))) return true
  const [left, right] = [centresInRow(a), centresInRow(b)]
  return left !== null && right !== null && areAlike(left, right)
}

function areAlike(left: readonly (number | undefined)[], right: readonly (number | undefined)[]): boolean {
  return left.every((place, index) => {
    const other = right[index]
    return place === undefined || other === undefined || Math.abs(place - other) <= EDGE_TOLERANCE
  })
}

/**
 * Where the middle of each cell lies between those of the first and the last cell of one full row: on a sheet that lies
 * slanted the box around a table grows with its height, this does not. Null where no row has a cell in each column.
 */
function centresInRow({ table, columnCount }: TableView): readonly number[] | null {
  const rows = groupBy(
    table.cells.filter(({ rowSpan, columnSpan }) => rowSpan === 1 && columnSpan === 1),
    ({ row }) => row,
  )
  const full = [...rows.values()].findLast((cells) => cells.length === columnCount)
  const centres = full?.toSorted((one, other) => one.column - other.column).map(({ bbox }) => centreOf(bbox))
  const [first, last] = [centres?.[0], centres?.at(-1)]
  if (centres === undefined || first === undefined || last === undefined || columnCount < 2) return null
  const [dx, dy] = [last.x - first.x, last.y - first.y]
  return centres.map(({ x, y }) => ((x - first.x) * dx + (y - first.y) * dy) / Math.max(1, dx * dx + dy * dy))
}

function centreOf({ x0, top, x1, bottom }: Cell['bbox']): { readonly x: number; readonly y: number } {
  return { x: (x0 + x1) / 2, y: (top + bottom) / 2 }
}

/**
 * Where each column begins, as a share of the table's width; undefined where no single cell shows it. A table that was read
 * the right way round may lie on its page in any: the first column and the last one tell how.
 */
function relativeEdges(view: TableView): readonly (number | undefined)[] {
  const { bbox } = view.table
  const first = singleCell(view, 0)?.bbox
  const last = singleCell(view, view.columnCount - 1)?.bbox
  const [dx, dy] = first === undefined || last === undefined ? [1, 0] : [last.x0 - first.x0, last.top - first.top]
  const isAcross = Math.abs(dx) >= Math.abs(dy)
  const width = Math.max(1, isAcross ? boxWidth(bbox) : boxHeight(bbox))
  return Array.from({ length: view.columnCount }, (_, column) => {
    const cell = singleCell(view, column)?.bbox
    if (cell === undefined) return undefined
    const begin = isAcross ? cell.x0 - bbox.x0 : cell.top - bbox.top
    const end = isAcross ? bbox.x1 - cell.x1 : bbox.bottom - cell.bottom
    return ((isAcross ? dx : dy) >= 0 ? begin : end) / width
  })
}

function singleCell({ table }: TableView, column: number): Cell | undefined {
  return table.cells.find((each) => each.column === column && each.columnSpan === 1)
}

/** Where a page prints a table's header again, and its first row under it (0-based). */
export type RepeatedHeader = Required<Pick<TableSegment, 'headingStart' | 'bodyStart'>>

/**
 * The header that a page prints again; null when it does not. One that is damaged on both pages still resembles the first, and says no figure
 * where figures stand: `figures` are the columns that hold them.
 */
export function findRepeatedHeader(
  first: TableView,
  header: HeaderRows,
  next: TableView,
  figures: readonly number[] = [],
): RepeatedHeader | null {
  const depth = header.headerEnd - header.headerStart
  for (let start = 0; start <= Math.min(3, next.rowCount - depth); start += 1) {
    const alike = headingSimilarity(first, header, next, start)
    const isRepeated =
      alike >= REPEATED_HEADER || (alike >= DAMAGED_HEADER && saysNoFigure(next, start, depth, figures))
    if (isRepeated) return { headingStart: start, bodyStart: skipColumnNumbers(next, start + depth) }
  }
  return null
}

/** Whether a table has the columns of one before it: at the same places, or under the same headings. */
export function hasItsColumns(first: TableView, header: HeaderRows, next: TableView): boolean {
  return hasSameColumns(first, next) || printsSameHeader(first, header, next)
}

/** Whether a page prints all of a table's headings again, over as many columns, however wide they are there. */
function printsSameHeader(first: TableView, header: HeaderRows, next: TableView): boolean {
  const depth = header.headerEnd - header.headerStart
  if (first.columnCount !== next.columnCount || first.columnCount < FEWEST_SAME) return false
  const starts = Array.from({ length: Math.max(0, Math.min(3, next.rowCount - depth) + 1) }, (_, start) => start)
  return starts.some((start) => headingSimilarity(first, header, next, start) >= SAME_HEADER)
}

/** How alike the headings of columns are, on the whole, to the rows from `start`, 0 to 1: by whatever a reader saw of either. */
function headingSimilarity(first: TableView, header: HeaderRows, next: TableView, start: number): number {
  const depth = header.headerEnd - header.headerStart
  let alike = 0
  let counted = 0
  for (let column = 0; column < first.columnCount; column += 1) {
    const wanted = textsOver(first, column, header.headerStart, depth)
    if (wanted.every((text) => text === '')) continue
    counted += 1
    const found = textsOver(next, column, start, depth)
    alike += Math.max(0, ...wanted.flatMap((text) => found.map((other) => wordSimilarity(text, other))))
  }
  return counted === 0 ? 0 : alike / counted
}

/** The headings over a column as one word: as they were read best, and as each reader saw the lowest of them. */
function textsOver(view: TableView, column: number, start: number, depth: number): readonly string[] {
  const path = headerPath(view, column, start, start + depth).map((texts) => texts.map(foldHeader))
  const above = path.slice(0, -1).map((texts) => texts[0] ?? '')
  return (path.at(-1) ?? ['']).map((leaf) => [...above, leaf].join(''))
}

/** Whether words, and no figure, stand in these columns of the rows. */
function saysNoFigure(view: TableView, start: number, depth: number, columns: readonly number[]): boolean {
  const cells = new Set(
    columns.flatMap((column) => Array.from({ length: depth }, (_, row) => view.cellAt(start + row, column))),
  )
  const texts = [...cells].map(compactText).filter((text) => text !== '')
  const words = texts.filter((text) => /\p{Script=Han}{2}/u.test(text))
  return words.length >= FEWEST_WORDS && texts.every((text) => !/\d/.test(text.normalize('NFKC')))
}

/** Whether a line names a table of its own ("政府采购预算表"). */
export function isTableTitle(title: string): boolean {
  const folded = foldTitle(title)
  return /表$/.test(folded) && folded.length >= 5 && folded.length <= 30
}

/** Whether the last row so far is the total. */
export function endsWithTotal(segments: readonly TableSegment[]): boolean {
  const view = segments.at(-1)?.view
  if (view === undefined) return false
  const texts = view.table.cells.filter((cell) => cell.row === view.rowCount - 1).map(compactText)
  return texts.some((text) => /^(?:合计|总计|合计[:：]?|总合计)$/.test(text))
}
