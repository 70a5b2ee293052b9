import type { PageExtract, TextLine } from '../../model/page.ts'
import type { UnusedTable } from '../../model/record.ts'
import type { Table } from '../../model/table.ts'
import { type FormHeader, findHeader, headerPath, skipColumnNumbers } from './find-header.ts'
import type { Form } from './form.ts'
import { foldHeader, wordSimilarity } from './header-text.ts'
import { linesOverTable } from './lines-over-table.ts'
import { foldTitle, namesForm, recognizeTable } from './recognize-table.ts'
import { compactText, createTableView, isLoneTextRow, type TableView } from './table-view.ts'

/** The part of a form's table that stands on one page. `bodyStart` is the first row (0-based) under its header. */
export interface TableSegment {
  readonly view: TableView
  readonly bodyStart: number
  /** Lines over the table on its page, nearest first. */
  readonly linesOver: readonly TextLine[]
}

/** A form's table, over as many pages as it takes; the header is the first segment's. */
export interface FormTable {
  readonly header: FormHeader
  readonly hasTitle: boolean
  readonly segments: readonly TableSegment[]
}

export interface FormTables {
  readonly tables: readonly FormTable[]
  readonly unused: readonly UnusedTable[]
}

interface PlacedTable {
  readonly view: TableView
  readonly over: readonly TextLine[]
  readonly titles: readonly string[]
  readonly isFirstOnPage: boolean
  readonly isLastOnPage: boolean
}

/** Finds every table that is a form, joined over page breaks; the others are named with a reason. */
export function findFormTables(pages: readonly PageExtract[], forms: readonly Form[]): FormTables {
  const tables: { header: FormHeader; hasTitle: boolean; segments: TableSegment[] }[] = []
  const unused: UnusedTable[] = []
  let previous: PlacedTable | null = null
  let isOpen = false
  for (const placed of pages.flatMap(placeTables)) {
    const current = tables.at(-1)
    const goesOn = isOpen && current !== undefined && previous !== null && followsOn(previous, placed)
    const bodyStart: number | null =
      goesOn && current !== undefined ? continuationBody(current.header, current.segments, placed) : null
    previous = placed
    if (bodyStart !== null && current !== undefined) {
      current.segments.push({ view: placed.view, bodyStart, linesOver: placed.over })
      continue
    }
    const recognition = recognizeTable(placed.view, placed.titles, forms)
    isOpen = recognition.kind === 'form'
    if (recognition.kind === 'form') {
      const { header, hasTitle } = recognition
      tables.push({
        header,
        hasTitle,
        segments: [{ view: placed.view, bodyStart: header.bodyStart, linesOver: placed.over }],
      })
    } else {
      unused.push({ ...placeOf(placed.view.table), reason: recognition.reason })
    }
  }
  return { tables, unused }
}

function placeOf(table: Table): { pageNumber: number; tableIndex: number } {
  return { pageNumber: table.pageNumber, tableIndex: table.tableIndex }
}

function placeTables(page: PageExtract): readonly PlacedTable[] {
  const tables = page.tables.toSorted((a, b) => a.tableIndex - b.tableIndex)
  return tables.map((table, index) => {
    const view = createTableView(table)
    const over = linesOverTable(table, tables.slice(0, index), page.lines)
    const inside = titleRowsInside(view)
    const titles = [...inside, ...over.map((line) => line.text)]
    return { view, over, titles, isFirstOnPage: index === 0, isLastOnPage: index === tables.length - 1 }
  })
}

function titleRowsInside(view: TableView): readonly string[] {
  const titles: string[] = []
  for (let row = 0; row < Math.min(3, view.rowCount) && isLoneTextRow(view, row); row += 1) {
    titles.push(view.table.cells.find((cell) => cell.row === row && cell.text.trim() !== '')?.text ?? '')
  }
  return titles
}

function followsOn(previous: PlacedTable, next: PlacedTable): boolean {
  const isNextPage = next.view.table.pageNumber === previous.view.table.pageNumber + 1
  if (isNextPage) return previous.isLastOnPage && next.isFirstOnPage
  // A header that was cut from its body stands right over it.
  const [above, below] = [previous.view.table, next.view.table]
  const isBelow = above.pageNumber === below.pageNumber && below.bbox.top >= above.bbox.bottom - 1
  return isBelow && below.bbox.top - above.bbox.bottom < LARGEST_GAP
}

/** Points between a header and a body that were found as two tables. */
const LARGEST_GAP = 60
const EDGE_TOLERANCE = 0.03
const REPEATED_HEADER = 0.7

/**
 * The first body row (0-based) of a table that continues `header`'s on the next page; null when it is another table:
 * other columns, another title, or a header that is not the same.
 */
function continuationBody(header: FormHeader, segments: readonly TableSegment[], next: PlacedTable): number | null {
  const first = segments[0]?.view
  if (first === undefined || !hasSameColumns(first, next.view)) return null
  const repeated = repeatedHeaderEnd(first, header, next.view)
  if (repeated !== null) return endsWithTotal(segments) && hasOwnTitle(next, header.form) ? null : repeated
  const isAnotherTable = next.titles.some((title) => isTableTitle(title) && !namesForm(title, header.form))
  return isAnotherTable || startsLikeAnyHeader(next.view, header.form) ? null : 0
}

function hasSameColumns(a: TableView, b: TableView): boolean {
  if (a.columnCount !== b.columnCount) return false
  const left = relativeEdges(a)
  const right = relativeEdges(b)
  return left.every((edge, index) => {
    const other = right[index]
    return edge === undefined || other === undefined || Math.abs(edge - other) <= EDGE_TOLERANCE
  })
}

/** The left edge of each column as a share of the table's width; undefined where no single cell shows it. */
function relativeEdges(view: TableView): readonly (number | undefined)[] {
  const { bbox, cells } = view.table
  const width = Math.max(1, bbox.x1 - bbox.x0)
  return Array.from({ length: view.columnCount }, (_, column) => {
    const cell = cells.find((each) => each.column === column && each.columnSpan === 1)
    return cell === undefined ? undefined : (cell.bbox.x0 - bbox.x0) / width
  })
}

/** Where the body starts when the page prints the header again; null when it does not. */
function repeatedHeaderEnd(first: TableView, header: FormHeader, next: TableView): number | null {
  const depth = header.headerEnd - header.headerStart
  const texts = (view: TableView, column: number, start: number, end: number) =>
    headerPath(view, column, start, end)
      .map((path) => foldHeader(path[0] ?? ''))
      .join('')
  for (let start = 0; start <= Math.min(3, next.rowCount - depth); start += 1) {
    let alike = 0
    let counted = 0
    for (let column = 0; column < first.columnCount; column += 1) {
      const wanted = texts(first, column, header.headerStart, header.headerEnd)
      if (wanted === '') continue
      counted += 1
      alike += wordSimilarity(wanted, texts(next, column, start, start + depth))
    }
    if (counted > 0 && alike / counted >= REPEATED_HEADER) return skipColumnNumbers(next, start + depth)
  }
  return null
}

function startsLikeAnyHeader(view: TableView, form: Form): boolean {
  const header = findHeader(view, form)
  const clear = header?.assignments.filter(({ role, similarity }) => role === 'field' && similarity >= 0.9).length ?? 0
  return clear >= 3
}

function isTableTitle(title: string): boolean {
  const folded = foldTitle(title)
  return /表$/.test(folded) && folded.length >= 5 && folded.length <= 30
}

function hasOwnTitle(placed: PlacedTable, form: Form): boolean {
  return placed.titles.some((title) => namesForm(title, form))
}

function endsWithTotal(segments: readonly TableSegment[]): boolean {
  const view = segments.at(-1)?.view
  if (view === undefined) return false
  const texts = view.table.cells.filter((cell) => cell.row === view.rowCount - 1).map(compactText)
  return texts.some((text) => /^(?:合计|总计|合计[:：]?|总合计)$/.test(text))
}
