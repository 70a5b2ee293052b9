import type { PageExtract } from '../../model/page.ts'
import type { LeftTable } from '../../model/record.ts'
import type { Table } from '../../model/table.ts'
import { parseAmount } from '../money/parse-amount.ts'
import type { ColumnAssignment } from './assign-columns.ts'
import { completeColumns } from './complete-columns.ts'
import {
  endsWithTotal,
  findRepeatedHeader,
  followsOn,
  hasItsColumns,
  isTableTitle,
  type PlacedTable,
  placeTables,
  type TableSegment,
} from './continue-table.ts'
import { type FormHeader, findHeader } from './find-header.ts'
import type { Form } from './form.ts'
import { readHeadingsAgain } from './read-headings-again.ts'
import { namesForm, recognizeTable } from './recognize-table.ts'
import { cellsOfRow, createTableView, type TableView } from './table-view.ts'

/** A form's table, over as many pages as it takes; the header is the first segment's. */
export interface FormTable {
  readonly header: FormHeader
  readonly hasTitle: boolean
  readonly segments: readonly TableSegment[]
}

export interface FormTables {
  readonly tables: readonly FormTable[]
  readonly unused: readonly LeftTable[]
}

/** Finds every table that is a form, joined over page breaks; the others are named with a reason. */
export function findFormTables(pages: readonly PageExtract[], forms: readonly Form[]): FormTables {
  const tables: { header: FormHeader; hasTitle: boolean; segments: TableSegment[] }[] = []
  const unused: LeftTable[] = []
  let previous: PlacedTable | null = null
  let isOpen = false
  for (const placed of pages.flatMap(placeTables)) {
    const current = tables.at(-1)
    const goesOn = isOpen && current !== undefined && previous !== null && followsOn(previous, placed)
    const rows: SegmentRows | null =
      goesOn && current !== undefined ? continuationRows(current.header, current.segments, placed) : null
    previous = placed
    if (rows !== null && current !== undefined) {
      current.segments.push({ view: placed.view, ...rows, linesOver: placed.over })
      continue
    }
    const recognition = recognizeTable(placed.view, placed.titles, forms)
    const rest = goesOn && recognition.kind !== 'form' ? restOf(current, placed) : null
    if (rest !== null) {
      current?.segments.push(rest)
      continue
    }
    if (goesOn && recognition.kind !== 'form' && looksLikeBody(placed)) doubtLastRow(current?.segments)
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
  return { tables: tables.map(readHeadingsAgain), unused }
}

function placeOf(table: Table): { pageNumber: number; tableIndex: number } {
  return { pageNumber: table.pageNumber, tableIndex: table.tableIndex }
}

type SegmentRows = Pick<TableSegment, 'headingStart' | 'bodyStart'>

/**
 * The rows of a table that continues `header`'s on the next page; null when it is another table: other columns, another title, or a
 * header that is not the same.
 */
function continuationRows(
  header: FormHeader,
  segments: readonly TableSegment[],
  next: PlacedTable,
): SegmentRows | null {
  const first = segments[0]?.view
  if (first === undefined || !hasItsColumns(first, header, next.view)) return null
  const repeated = findRepeatedHeader(first, header, next.view, columnsOfFigures(header))
  if (repeated !== null) return endsWithTotal(segments) && hasOwnTitle(next, header.form) ? null : repeated
  const isAnotherTable = next.titles.some((title) => isTableTitle(title) && !namesForm(title, header.form))
  return isAnotherTable || startsLikeAnyHeader(next.view, header.form) ? null : { bodyStart: 0 }
}

function columnsOfFigures({ assignments }: FormHeader): readonly number[] {
  const holdsFigures = ({ role, column }: ColumnAssignment) =>
    role === 'fund' || (role === 'field' && ['money', 'quantity'].includes(column?.kind ?? ''))
  return assignments.filter(holdsFigures).map(({ columnIndex }) => columnIndex)
}

/** The rest of a table that lost columns on its next page; null when it is another table. */
function restOf({ header, segments }: Pick<FormTable, 'header' | 'segments'>, next: PlacedTable): TableSegment | null {
  const above = segments.at(-1)
  const completed = above === undefined ? null : completeColumns(above, next)
  const rows = completed === null ? null : continuationRows(header, segments, completed)
  return completed === null || rows === null ? null : { view: completed.view, ...rows, linesOver: next.over }
}

/** Whether a table begins with figures, under no heading and no title: rows of the table before, in columns that are not its own. */
function looksLikeBody({ view, titles }: PlacedTable): boolean {
  const first = cellsOfRow(view, 0).map((cell) => parseAmount(cell.text).kind)
  return first.includes('amount') && !titles.some(isTableTitle)
}

/** Rows that follow a table and fit none of its columns are lost: who looks at its last row sees that it goes on. */
function doubtLastRow(segments: TableSegment[] = []): void {
  const last = segments.pop()
  if (last === undefined) return
  const { table, rowCount } = last.view
  const cells = table.cells.map((cell) =>
    cell.row + cell.rowSpan === rowCount ? { ...cell, flags: [...cell.flags, 'structure-uncertain' as const] } : cell,
  )
  segments.push({ ...last, view: createTableView({ ...table, cells }) })
}

function startsLikeAnyHeader(view: TableView, form: Form): boolean {
  const header = findHeader(view, form)
  const clear = header?.assignments.filter(({ role, similarity }) => role === 'field' && similarity >= 0.9).length ?? 0
  return clear >= 3
}

function hasOwnTitle(placed: PlacedTable, form: Form): boolean {
  return placed.titles.some((title) => namesForm(title, form))
}
