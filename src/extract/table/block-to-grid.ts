import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'
import type { Grid, GridCell } from './grid.ts'

/** A line of text, cut at its wide gaps. */
export interface TextRow {
  readonly bbox: BoundingBox
  readonly segments: readonly TextPiece[]
  /** The same cut finer: where a table is certain, cells may stand near each other. */
  readonly pieces: readonly TextPiece[]
}

export interface TextPiece {
  readonly text: string
  readonly bbox: BoundingBox
}

/** Rules above, below and between the rows, in points. */
export interface Rules {
  readonly box: BoundingBox
  readonly levels: readonly number[]
}

/** A gutter between columns is at least this wide, in points, and crossed by few lines (headings over columns). */
const NARROWEST_GUTTER = 5
const CROSSING_SHARE = 0.15
/** A line nearer to the one above than this share of the usual pitch goes on with it. */
const WRAPPED_PITCH = 0.8
/** Lines that overlap by more than this share of their height are one row. */
const OVERLAP = 0.2
/** With a rule for most lines, rules are the rows. */
const RULED_ROWS_SHARE = 0.6
const MARGIN = 2
const MOST_HEADING_ROWS = 3

/** The grid of lines that stand in columns; null where fewer than two columns or two rows appear. */
export function blockToGrid(rows: readonly TextRow[], rules: Rules | null): Grid | null {
  const around = unionOfBoxes(rows.map((row) => row.bbox))
  if (around === null) return null
  const box = rules?.box ?? {
    x0: around.x0 - MARGIN,
    top: around.top - MARGIN,
    x1: around.x1 + MARGIN,
    bottom: around.bottom + MARGIN,
  }
  const wide = { ...box, x0: Math.min(box.x0, around.x0 - MARGIN), x1: Math.max(box.x1, around.x1 + MARGIN) }
  const columnEdges = [wide.x0, ...guttersOf(rows), wide.x1]
  const rowEdges = [wide.top, ...(rules === null ? [] : ruledRowEdges(rows, rules)), wide.bottom]
  const edges = rowEdges.length > 2 ? rowEdges : [wide.top, ...lineEdges(rows, columnEdges), wide.bottom]
  if (columnEdges.length < 3 || edges.length < 3) return null
  return { bbox: wide, columnEdges, rowEdges: edges, cells: toCells(rows, columnEdges, edges) }
}

/** The middles of the vertical bands that almost no line crosses. */
function guttersOf(rows: readonly TextRow[]): number[] {
  const split = withoutHeadings(rows).filter((row) => row.segments.length >= 2)
  const boxes = split.flatMap((row) => row.pieces.map((piece) => piece.bbox))
  const from = Math.floor(Math.min(...boxes.map((box) => box.x0)))
  const to = Math.ceil(Math.max(...boxes.map((box) => box.x1)))
  const counts = new Uint16Array(Math.max(0, to - from) + 1)
  for (const box of boxes) {
    for (let x = Math.floor(box.x0) - from; x <= Math.ceil(box.x1) - from; x += 1) counts[x] = (counts[x] ?? 0) + 1
  }
  const limit = CROSSING_SHARE * split.length
  const gutters: number[] = []
  let start: number | null = null
  counts.forEach((count, index) => {
    if (count <= limit) start ??= index
    else {
      if (start !== null && start > 0 && index - start >= NARROWEST_GUTTER)
        gutters.push(from + emptiestMiddle(counts, start, index))
      start = null
    }
  })
  return gutters
}

/** How many pieces a full row has. Wrapped lines and totals have fewer, so the fuller rows are asked. */
export function usualPieces(rows: readonly TextRow[]): number {
  const counts = rows.map((row) => row.pieces.length).toSorted((a, b) => a - b)
  return counts[Math.floor(counts.length * 0.75)] ?? 0
}

/** Without the first rows that span columns: their text lies over the gutters. */
function withoutHeadings(rows: readonly TextRow[]): readonly TextRow[] {
  const usual = usualPieces(rows)
  const first = rows.findIndex((row) => row.pieces.length >= usual)
  return first > 0 && first <= MOST_HEADING_ROWS && rows.length - first >= 2 ? rows.slice(first) : rows
}

/** The middle of the longest stretch with the least text: a heading may reach into its gutter. */
function emptiestMiddle(counts: Uint16Array, start: number, end: number): number {
  const least = Math.min(...counts.slice(start, end))
  let best = { from: start, to: start }
  for (let from = start; from < end; from += 1) {
    let to = from
    while (to < end && counts[to] === least) to += 1
    if (to - from > best.to - best.from) best = { from, to }
    from = Math.max(from, to)
  }
  return (best.from + best.to) / 2
}

function ruledRowEdges(rows: readonly TextRow[], rules: Rules): number[] {
  const inner = rules.levels.slice(1, -1)
  return inner.length + 1 >= RULED_ROWS_SHARE * rows.length ? [...inner] : []
}

/** Edges halfway between lines; a line that only continues the one above (nearer, and in fewer columns) gets none. */
function lineEdges(rows: readonly TextRow[], columnEdges: readonly number[]): number[] {
  const pitches = rows.slice(1).map((row, index) => row.bbox.top - (rows[index]?.bbox.top ?? 0))
  const usual = pitches.toSorted((a, b) => a - b)[Math.floor(pitches.length / 2)] ?? 0
  return rows.slice(1).flatMap((row, index) => {
    const above = rows[index]
    if (above === undefined) return []
    // Cells of one row that wrap differently overlap line by line.
    if (row.bbox.top < above.bbox.bottom - OVERLAP * boxHeight(row.bbox)) return []
    const isNear = (pitches[index] ?? 0) < WRAPPED_PITCH * usual
    const startsRow = row.segments.some((segment) => segment.bbox.x0 < (columnEdges[1] ?? 0))
    const isContinuation = isNear && !startsRow && row.segments.length < above.segments.length
    if (isContinuation) return []
    return [
      (above.bbox.bottom + row.bbox.top) / 2 + (above.bbox.bottom > row.bbox.top ? 0.01 * boxHeight(row.bbox) : 0),
    ]
  })
}

function toCells(rows: readonly TextRow[], columnEdges: readonly number[], rowEdges: readonly number[]): GridCell[] {
  return rowEdges.slice(1).flatMap((bottom, row) => {
    const top = rowEdges[row] ?? bottom
    const members = rows.filter((line) => {
      const middle = (line.bbox.top + line.bbox.bottom) / 2
      return middle > top && middle <= bottom
    })
    const cells: GridCell[] = []
    let column = 0
    while (column < columnEdges.length - 1) {
      const columnSpan = spanAt(members, columnEdges, column)
      const [x0, x1] = [columnEdges[column] ?? 0, columnEdges[column + columnSpan] ?? 0]
      cells.push({ row, column, rowSpan: 1, columnSpan, bbox: { x0, top, x1, bottom } })
      column += columnSpan
    }
    return cells
  })
}

/** How many columns the widest piece of text that begins in a column reaches over. */
function spanAt(rows: readonly TextRow[], columnEdges: readonly number[], column: number): number {
  const [left, right] = [columnEdges[column] ?? 0, columnEdges[column + 1] ?? 0]
  const beginning = rows.flatMap((row) => row.pieces).filter(({ bbox }) => bbox.x0 >= left && bbox.x0 < right)
  const reach = Math.max(right, ...beginning.map(({ bbox }) => bbox.x1))
  let span = 1
  while (column + span < columnEdges.length - 1 && (columnEdges[column + span] ?? 0) < reach - NARROWEST_GUTTER)
    span += 1
  return span
}
