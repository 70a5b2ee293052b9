import type { BoundingBox } from '../../model/bounding-box.ts'
import type { TextLine } from '../../model/page.ts'
import type { Cell, Table } from '../../model/table.ts'

const TITLE_LINES = 8
/** A line may reach this far into the first row's box, in points: boxes of a skewed page are a little too large. */
const SLACK = 2

/**
 * The lines that stand over a table, nearest first, at most eight: above its first row, below the tables before it, and over no other of
 * `tablesBeside` alone, where a sheet holds two pages. The page may be displayed skewed, on its side or upside down: what is above is told by the table's own rows.
 */
export function linesOverTable(
  table: Table,
  tablesBefore: readonly Table[],
  lines: readonly TextLine[],
  tablesBeside: readonly Table[] = [],
): readonly TextLine[] {
  const toReading = readingFrame(table)
  const firstRow = table.cells.filter((cell) => cell.row === 0).map((cell) => toReading(cell.bbox))
  const top = Math.min(...firstRow.map((box) => box.top))
  const floor = tablesBefore
    .filter((before) => readingTurn(before) === readingTurn(table))
    .map((before) => toReading(before.bbox).bottom)
    .filter((bottom) => bottom <= top + SLACK)
    .reduce((lowest, bottom) => Math.max(lowest, bottom), Number.NEGATIVE_INFINITY)
  const own = toReading(table.bbox)
  const beside = tablesBeside.map(({ bbox }) => toReading(bbox)).filter((box) => standBeside(own, box))
  const isOfAnother = (box: BoundingBox): boolean => !isOver(box, own) && beside.some((other) => isOver(box, other))
  return lines
    .map((line) => ({ line, box: toReading(line.bbox) }))
    .filter(({ box }) => !isOfAnother(box))
    .filter(({ box }) => middleOf(box) < topAt(firstRow, box, top) + SLACK && box.top >= floor - SLACK)
    .toSorted((a, b) => b.box.top - a.box.top)
    .slice(0, TITLE_LINES)
    .map(({ line }) => line)
}

/** The top of the first row where a line stands over it: on a skewed page it is lower at one side. */
function topAt(firstRow: readonly BoundingBox[], line: BoundingBox, fallback: number): number {
  const under = firstRow.filter((cell) => cell.x0 < line.x1 && cell.x1 > line.x0)
  return under.length === 0 ? fallback : Math.max(...under.map((cell) => cell.top))
}

function isOver(line: BoundingBox, table: BoundingBox): boolean {
  return line.x0 < table.x1 && line.x1 > table.x0
}

/** Whether two tables stand side by side, as those of two pages on one sheet do. */
function standBeside(a: BoundingBox, b: BoundingBox): boolean {
  return !isOver(a, b) && a.top < b.bottom && b.top < a.bottom
}

function middleOf(box: BoundingBox): number {
  return (box.top + box.bottom) / 2
}

type Turn = 0 | 90 | 180 | 270

/** How the table's text runs on the page as displayed, in degrees clockwise, from where its rows and columns lie. */
function readingTurn(table: Table): Turn {
  const { down, across } = directions(table.cells)
  if (Math.abs(down.y) >= Math.abs(down.x) && Math.abs(across.x) >= Math.abs(across.y)) {
    return down.y < 0 && across.x <= 0 ? 180 : 0
  }
  return across.y >= 0 ? 90 : 270
}

interface Direction {
  readonly x: number
  readonly y: number
}

/**
 * Where the centres of cells move on the page from row to row, and from column to column: least squares in both, because
 * a merged cell changes its row's mean column.
 */
function directions(cells: readonly Cell[]): { readonly down: Direction; readonly across: Direction } {
  const rowOf = ({ row, rowSpan }: Cell) => row + rowSpan / 2
  const columnOf = ({ column, columnSpan }: Cell) => column + columnSpan / 2
  const rows = covariance(cells, rowOf, rowOf)
  const columns = covariance(cells, columnOf, columnOf)
  const both = covariance(cells, rowOf, columnOf)
  const slopes = (measure: (cell: Cell) => number): readonly [number, number] => {
    const [byRow, byColumn] = [covariance(cells, rowOf, measure), covariance(cells, columnOf, measure)]
    const determinant = rows * columns - both * both
    if (determinant <= 1e-9) return [byRow, byColumn]
    return [(byRow * columns - byColumn * both) / determinant, (byColumn * rows - byRow * both) / determinant]
  }
  const [x, y] = [slopes(centreX), slopes(centreY)]
  return { down: { x: x[0], y: y[0] }, across: { x: x[1], y: y[1] } }
}

function covariance(cells: readonly Cell[], a: (cell: Cell) => number, b: (cell: Cell) => number): number {
  const mean = (measure: (cell: Cell) => number): number =>
    cells.reduce((sum, cell) => sum + measure(cell), 0) / Math.max(1, cells.length)
  const [meanA, meanB] = [mean(a), mean(b)]
  return mean((cell) => (a(cell) - meanA) * (b(cell) - meanB))
}

function centreX({ bbox }: Cell): number {
  return (bbox.x0 + bbox.x1) / 2
}

function centreY({ bbox }: Cell): number {
  return (bbox.top + bbox.bottom) / 2
}

/** Turns boxes so that the table reads from left to right and from top to bottom; only order and distance matter. */
function readingFrame(table: Table): (box: BoundingBox) => BoundingBox {
  const turn = readingTurn(table)
  return (box) => {
    if (turn === 90) return { x0: box.top, x1: box.bottom, top: -box.x1, bottom: -box.x0 }
    if (turn === 180) return { x0: -box.x1, x1: -box.x0, top: -box.bottom, bottom: -box.top }
    if (turn === 270) return { x0: -box.bottom, x1: -box.top, top: box.x0, bottom: box.x1 }
    return box
  }
}
