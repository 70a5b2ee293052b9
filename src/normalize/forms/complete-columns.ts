import { type BoundingBox, boxHeight, boxWidth, centreIsInside, unionOfBoxes } from '../../model/bounding-box.ts'
import { groupBy } from '../../model/group-by.ts'
import type { TextLine } from '../../model/page.ts'
import type { Cell, Table } from '../../model/table.ts'
import { parseAmount } from '../money/parse-amount.ts'
import type { PlacedTable, TableSegment } from './continue-table.ts'
import { matchEdges } from './match-edges.ts'
import { compactText, createTableView, type TableView } from './table-view.ts'

/** A column holds figures when this share of its filled cells are amounts, and none when fewer are. */
const MOSTLY_FIGURES = 0.6
const ALL_FIGURES = 0.8

/**
 * The rest of a table on its next page with the columns that it lost there (a ruling at its end, or between two columns, that the
 * scan has not): its columns are some of those of `above`, one like the other, and figures stand where figures stood. What is printed
 * beside it on the height of its rows stands in the columns that are missing, in doubt; so do cells over two columns. Null where it
 * has no such columns.
 */
export function completeColumns(above: Body, next: PlacedTable): PlacedTable | null {
  const [known, found] = [columnsOf(above.view), columnsOf(next.view)]
  if (known === null || found === null) return null
  const match = matchEdges(known.edges, found.edges)
  if (match === null) return null
  const places = known.edges.map((edge) => (edge - match.shift) / match.scale)
  const { table } = next.view
  const rows = rowsOf(table, found)
  const cells = [
    ...table.cells.map((cell) => placeCell(cell, match.indexes)),
    ...rows.flatMap((row, index) => cellsBeside(next, row, index, places, match.indexes, found)),
  ].toSorted((a, b) => a.row - b.row || a.column - b.column)
  const bbox = unionOfBoxes(cells.map((cell) => cell.bbox)) ?? table.bbox
  const view = createTableView({ ...table, bbox, columnCount: above.view.columnCount, cells })
  return hasFiguresWhere(above, { view, bodyStart: 0 }) ? { ...next, view } : null
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Columns along the direction in which rows run on the page, from the middle of the first cell of a row that has them all. */
interface Columns {
  readonly origin: Point
  /** Of length 1. */
  readonly along: Point
  readonly edges: readonly number[]
}

function columnsOf({ table, columnCount }: TableView): Columns | null {
  const rows = groupBy(
    table.cells.filter(({ rowSpan, columnSpan }) => rowSpan === 1 && columnSpan === 1),
    ({ row }) => row,
  )
  const full = [...rows.values()].findLast((cells) => cells.length === columnCount)
  const cells = full?.toSorted((one, other) => one.column - other.column) ?? []
  const [first, last] = [cells[0], cells.at(-1)]
  if (first === undefined || last === undefined || first === last) return null
  const [origin, end] = [centreOf(first.bbox), centreOf(last.bbox)]
  const length = Math.hypot(end.x - origin.x, end.y - origin.y)
  if (length === 0) return null
  const columns = { origin, along: { x: (end.x - origin.x) / length, y: (end.y - origin.y) / length } }
  const ends = cells.map(({ bbox }) => {
    const [middle, half] = [alongOf(columns, centreOf(bbox)), halfAlong(columns, bbox)]
    return { start: middle - half, end: middle + half }
  })
  const inner = ends.slice(1).map(({ start }, index) => (start + (ends[index]?.end ?? start)) / 2)
  return { ...columns, edges: [ends[0]?.start ?? 0, ...inner, ends.at(-1)?.end ?? 0] }
}

type Direction = Pick<Columns, 'origin' | 'along'>

function centreOf({ x0, top, x1, bottom }: BoundingBox): Point {
  return { x: (x0 + x1) / 2, y: (top + bottom) / 2 }
}

function alongOf({ origin, along }: Direction, { x, y }: Point): number {
  return (x - origin.x) * along.x + (y - origin.y) * along.y
}

/** How far down the table, square to its rows. */
function downOf({ origin, along }: Direction, { x, y }: Point): number {
  return (y - origin.y) * along.x - (x - origin.x) * along.y
}

function isAcross({ along }: Direction): boolean {
  return Math.abs(along.x) >= Math.abs(along.y)
}

function halfAlong(direction: Direction, bbox: BoundingBox): number {
  return (isAcross(direction) ? boxWidth(bbox) : boxHeight(bbox)) / 2
}

function halfDown(direction: Direction, bbox: BoundingBox): number {
  return (isAcross(direction) ? boxHeight(bbox) : boxWidth(bbox)) / 2
}

/** From where to where a row reaches down the table. */
interface RowBand {
  readonly top: number
  readonly bottom: number
}

function rowsOf({ cells, rowCount }: Table, direction: Direction): readonly RowBand[] {
  return Array.from({ length: rowCount }, (_, row) => {
    const own = cells.filter((cell) => cell.row === row && cell.rowSpan === 1)
    const middle = mean(own.map(({ bbox }) => downOf(direction, centreOf(bbox))))
    const half = Math.min(...own.map(({ bbox }) => halfDown(direction, bbox)))
    return own.length === 0 ? { top: 0, bottom: 0 } : { top: middle - half, bottom: middle + half }
  })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

/** The cell in the columns of the table before; `indexes` are those of its edges there. */
function placeCell(cell: Cell, indexes: readonly number[]): Cell {
  const column = indexes[cell.column] ?? 0
  const columnSpan = (indexes[cell.column + cell.columnSpan] ?? column + 1) - column
  const isWider = columnSpan > cell.columnSpan
  return { ...cell, column, columnSpan, flags: isWider ? doubted(cell.flags) : cell.flags }
}

function doubted(flags: Cell['flags']): Cell['flags'] {
  return [...new Set([...flags, 'structure-uncertain' as const])]
}

/** What stands beside a row in the columns that the table has not: an empty cell where nothing does. */
function cellsBeside(
  { lines, view }: PlacedTable,
  { top, bottom }: RowBand,
  row: number,
  edges: readonly number[],
  indexes: readonly number[],
  direction: Direction,
): readonly Cell[] {
  const [first, last] = [indexes[0] ?? 0, indexes.at(-1) ?? 0]
  const beside = lines.filter(({ bbox }) => {
    const down = downOf(direction, centreOf(bbox))
    return down > top && down < bottom && !view.table.cells.some((cell) => centreIsInside(bbox, cell.bbox))
  })
  return edges.slice(0, -1).flatMap((start, column): Cell[] => {
    const end = edges[column + 1] ?? start
    if (column >= first && column < last) return []
    const own = beside.filter(({ bbox }) => {
      const along = alongOf(direction, centreOf(bbox))
      return along >= start && along < end
    })
    return [cellOf(own, row, column, boxAt(direction, start, end, top, bottom), direction)]
  })
}

function cellOf(
  lines: readonly TextLine[],
  row: number,
  column: number,
  bbox: BoundingBox,
  direction: Direction,
): Cell {
  const down = (line: TextLine) => downOf(direction, centreOf(line.bbox))
  const texts = lines.toSorted((a, b) => down(a) - down(b)).map(({ text }) => text)
  const origin = lines.every((line) => line.origin === 'text') && lines.length > 0 ? 'text' : 'ocr'
  const place = { row, column, rowSpan: 1, columnSpan: 1, bbox }
  return { ...place, text: texts.join(''), origin, confidence: null, readings: [], flags: ['structure-uncertain'] }
}

/** The box on the page around a place of the table. */
function boxAt({ origin, along }: Direction, start: number, end: number, top: number, bottom: number): BoundingBox {
  const corners = [start, end].flatMap((t) =>
    [top, bottom].map((s) => ({ x: origin.x + t * along.x - s * along.y, y: origin.y + t * along.y + s * along.x })),
  )
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  return { x0: Math.min(...xs), top: Math.min(...ys), x1: Math.max(...xs), bottom: Math.max(...ys) }
}

type Body = Pick<TableSegment, 'view' | 'bodyStart'>

/** Whether figures stand where figures stand above: headings of another table would not. */
function hasFiguresWhere(above: Body, below: Body): boolean {
  const figures = Array.from({ length: above.view.columnCount }, (_, column) => column).filter(
    (column) => shareOfFigures(above, column) >= MOSTLY_FIGURES,
  )
  const shares = figures.map((column) => shareOfFigures(below, column)).filter((share) => !Number.isNaN(share))
  return shares.length > 0 && shares.every((share) => share >= ALL_FIGURES)
}

/** NaN where nothing stands in the column. */
function shareOfFigures({ view, bodyStart }: Body, column: number): number {
  const filled = view.table.cells.filter(
    (cell) => cell.row >= bodyStart && cell.column === column && cell.columnSpan === 1 && compactText(cell) !== '',
  )
  const figures = filled.filter((cell) => ['amount', 'nil'].includes(parseAmount(cell.text).kind))
  return figures.length / filled.length
}
