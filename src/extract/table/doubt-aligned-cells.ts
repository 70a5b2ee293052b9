import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, centreIsInside } from '../../model/bounding-box.ts'
import { groupBy } from '../../model/group-by.ts'
import type { Ruling, Word } from '../../model/page.ts'
import { isAmountText } from './amount-text.ts'
import type { Grid, GridCell } from './grid.ts'

/** White that parts two columns in all rows, in line heights. */
const CLEAR_GUTTER = 0.5
/** Less white will do where a column of figures, or of codes, stands beside one of another kind, line after line. */
const NARROW_GUTTER = 0.1
/** Sides of a column that line up do so within this part of a line's height. */
const ALIGNED = 0.4
const FEWEST_LINES = 3
/** Print may reach over the edge of its cell by so much of a line's height. */
const OVERHANG = 0.3
/** Pieces of one line of a cell this far apart (in line heights) may be two cells. */
const WIDE_GAP = 1.2
/** A rule parts two rows where it lies this near to their edge (in line heights) and along so much of it; along less than that rest it does not. */
const NEAR_EDGE = 0.5
const ALONG = 0.9
const HARDLY = 0.3
/** Lines of one cell stand this much nearer to each other than the rows do. */
const NEARER = 0.7

/**
 * Cells (by index) of a table without lines that may be cut wrongly. A cell is sure where white parts its column from both
 * neighbours through all rows, a heading stands over the column, its print is one piece a line and inside it, and the lines of
 * its row are plainly nearer to each other than to the next row's, or rules part the rows. None is where heading and body run into each other.
 * `words` are the pieces of print on the page, `rules` its horizontal rules, in the grid's unit.
 */
export function doubtAlignedCells(
  grid: Grid,
  words: readonly Word[],
  rules: readonly Ruling[] = [],
): readonly number[] {
  const placed = grid.cells.map((cell) => words.filter(({ bbox }) => centreIsInside(bbox, cell.bbox)))
  const height = usualHeight(words.filter(({ bbox }) => centreIsInside(bbox, grid.bbox)))
  const ruled = ruledShare(grid, rules, height)
  const rows = doubtfulRows(grid, placed, ruled)
  // A heading whose last line is taken for the first row's misnames every column.
  const first = firstRowOfFigures(grid, placed)
  const columns = doubtfulColumns(grid, placed, height, first ?? 1)
  const isParted = first !== null && ruled(first, grid.bbox) >= ALONG
  if (first === null || rows.has(first) || (!isParted && isHeadingIn(grid, placed, first)))
    return grid.cells.map((_, index) => index)
  return grid.cells.flatMap((cell, index) => {
    const own = placed[index] ?? []
    const isDoubtful =
      spanOf(cell.column, cell.columnSpan).some((column) => columns.has(column)) ||
      spanOf(cell.row, cell.rowSpan).some((row) => rows.has(row)) ||
      own.some((word) => overhangs(word.bbox, cell.bbox, height)) ||
      hasWideGap(own, height)
    return isDoubtful ? [index] : []
  })
}

/** What part (0 to 1) of the edge above a row rules lie on, between two places. */
type RuledShare = (row: number, between: Pick<BoundingBox, 'x0' | 'x1'>) => number

function ruledShare(grid: Grid, rules: readonly Ruling[], height: number): RuledShare {
  return (row, { x0, x1 }) => {
    const edge = grid.rowEdges[row] ?? 0
    const near = rules.filter(
      ({ orientation, position }) => orientation === 'horizontal' && Math.abs(position - edge) <= NEAR_EDGE * height,
    )
    const along = near.map(({ start, end }) => Math.max(0, Math.min(end, x1) - Math.max(start, x0)))
    return Math.min(1, along.reduce((sum, length) => sum + length, 0) / Math.max(1e-9, x1 - x0))
  }
}

/** Whether rules lie on the edges above and below a cell and on none of its inside. */
function isFramed({ row, rowSpan, bbox }: GridCell, ruled: RuledShare): boolean {
  const inner = spanOf(row + 1, rowSpan - 1)
  return (
    [row, row + rowSpan].every((edge) => ruled(edge, bbox) >= ALONG) &&
    inner.every((edge) => ruled(edge, bbox) <= HARDLY)
  )
}

/** The first row in which figures stand; null where none do. */
function firstRowOfFigures(grid: Grid, placed: readonly (readonly Word[])[]): number | null {
  const rows = grid.cells.flatMap(({ row }, index) =>
    placed[index]?.some(({ text }) => isAmountText(text)) === true ? [row] : [],
  )
  return rows.length === 0 ? null : Math.min(...rows)
}

/** Whether a cell of a row has words over its figure. */
function isHeadingIn(grid: Grid, placed: readonly (readonly Word[])[], row: number): boolean {
  return grid.cells.some((cell, index) => {
    const lines = cell.row === row ? linesOf(placed[index] ?? []) : []
    const isFigure = lines.map((line) => line.every(({ text }) => isAmountText(text)))
    return lines.length > 1 && isFigure.includes(true) && isFigure.includes(false)
  })
}

function spanOf(first: number, span: number): readonly number[] {
  return Array.from({ length: span }, (_, at) => first + at)
}

function usualHeight(words: readonly Word[]): number {
  const heights = words.map(({ bbox }) => boxHeight(bbox)).toSorted((a, b) => a - b)
  return heights[Math.floor(heights.length / 2)] ?? 0
}

function overhangs(print: BoundingBox, cell: BoundingBox, height: number): boolean {
  return print.x0 < cell.x0 - OVERHANG * height || print.x1 > cell.x1 + OVERHANG * height
}

/** Lines of a cell: pieces whose heights overlap, left to right, top to bottom. */
function linesOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const lines: Word[][] = []
  for (const word of words.toSorted((a, b) => a.bbox.top - b.bbox.top)) {
    const middle = (word.bbox.top + word.bbox.bottom) / 2
    const line = lines.find((other) => other.some(({ bbox }) => bbox.top < middle && bbox.bottom > middle))
    if (line === undefined) lines.push([word])
    else line.push(word)
  }
  return lines.map((line) => line.toSorted((a, b) => a.bbox.x0 - b.bbox.x0))
}

function hasWideGap(words: readonly Word[], height: number): boolean {
  return linesOf(words).some((line) =>
    line.some((word, at) => at > 0 && word.bbox.x0 - (line[at - 1]?.bbox.x1 ?? word.bbox.x0) > WIDE_GAP * height),
  )
}

/** Columns that no heading in the rows before `bodyStart` names, or that no white parts from a neighbour. */
function doubtfulColumns(
  grid: Grid,
  placed: readonly (readonly Word[])[],
  height: number,
  bodyStart: number,
): ReadonlySet<number> {
  const count = grid.columnEdges.length - 1
  const extents = Array.from({ length: count }, () => ({ x0: Number.POSITIVE_INFINITY, x1: Number.NEGATIVE_INFINITY }))
  const headed = new Set<number>()
  for (const [index, cell] of grid.cells.entries()) {
    const own = placed[index] ?? []
    if (cell.row < Math.max(1, bodyStart) && own.length > 0)
      for (const column of spanOf(cell.column, cell.columnSpan)) headed.add(column)
    const extent = extents[cell.column]
    if (cell.columnSpan > 1 || extent === undefined) continue
    for (const { bbox } of own) {
      extent.x0 = Math.min(extent.x0, bbox.x0)
      extent.x1 = Math.max(extent.x1, bbox.x1)
    }
  }
  const doubtful = new Set(spanOf(0, count).filter((column) => !headed.has(column)))
  for (let column = 1; column < count; column += 1) {
    const gutter = (extents[column]?.x0 ?? 0) - (extents[column - 1]?.x1 ?? 0)
    const isParted = gutter >= NARROW_GUTTER * height && areOfTwoKinds(grid, placed, column, height, bodyStart)
    if (gutter >= CLEAR_GUTTER * height || isParted) continue
    doubtful.add(column - 1)
    doubtful.add(column)
  }
  return doubtful
}

/**
 * Whether the body of a column and of the one left of it are of two kinds in every row that has both, three at least, and the
 * figures of the left one line up at its right side, or the codes of the right one at its left side.
 */
function areOfTwoKinds(
  grid: Grid,
  placed: readonly (readonly Word[])[],
  column: number,
  height: number,
  bodyStart: number,
): boolean {
  const printOf = (at: number) =>
    new Map(
      grid.cells.flatMap((cell, index) => {
        const own = placed[index] ?? []
        const isBody = cell.row >= bodyStart && cell.column === at && cell.columnSpan === 1 && own.length > 0
        return isBody ? [[cell.row, own] as const] : []
      }),
    )
  const right = printOf(column)
  const both = [...printOf(column - 1)].flatMap(([row, left]) => {
    const beside = right.get(row)
    return beside === undefined ? [] : [{ left, right: beside }]
  })
  if (both.length < FEWEST_LINES) return false
  const isEverywhere = (side: 'left' | 'right', kind: string) => both.every((each) => kindOf(each[side]) === kind)
  const linesUp = (edges: readonly number[]) => Math.max(...edges) - Math.min(...edges) <= ALIGNED * height
  const isFigures = isEverywhere('left', 'figure') && linesUp(both.map(({ left }) => rightOf(left)))
  const isCodes = isEverywhere('right', 'code') && linesUp(both.map(({ right: own }) => leftOf(own)))
  return (isFigures || isCodes) && both.every((each) => kindOf(each.left) !== kindOf(each.right))
}

function kindOf(words: readonly Word[]): 'figure' | 'code' | 'words' {
  const text = linesOf(words)
    .flat()
    .map((word) => word.text)
    .join('')
  if (isAmountText(text)) return 'figure'
  return /^[[【(（]?[A-C]?\d{3,}/.test(text) ? 'code' : 'words'
}

const leftOf = (words: readonly Word[]) => Math.min(...words.map(({ bbox }) => bbox.x0))
const rightOf = (words: readonly Word[]) => Math.max(...words.map(({ bbox }) => bbox.x1))

/** Rows one of whose lines may belong to the row above or below. */
function doubtfulRows(grid: Grid, placed: readonly (readonly Word[])[], ruled: RuledShare): ReadonlySet<number> {
  const cellsOfRow = groupBy(
    grid.cells.map((cell, index) => ({ cell, lines: linesOf(placed[index] ?? []).map(boxOfLine) })),
    ({ cell }) => cell.row,
  )
  const extents = new Map([...cellsOfRow].map(([row, cells]) => [row, extentOf(cells)] as const))
  const doubtful = new Set<number>()
  for (const [row, cells] of cellsOfRow) {
    const extent = extents.get(row)
    if (extent === undefined || extent === null) continue
    if (cells.some(({ cell, lines }) => cell.rowSpan > 1 && lines.length > 0 && !isFramed(cell, ruled)))
      doubtful.add(row)
    if (cells.every(({ cell, lines }) => lines.length === 0 || isFramed(cell, ruled))) continue
    const gaps = cells.flatMap(({ lines }) =>
      lines.slice(1).map((line, at) => line.top - (lines[at]?.bottom ?? line.top)),
    )
    if (gaps.length === 0) continue
    const above = extents.get(row - 1)
    const below = extents.get(row + 1)
    const apart = Math.min(
      above === undefined || above === null ? Number.POSITIVE_INFINITY : extent.top - above.bottom,
      below === undefined || below === null ? Number.POSITIVE_INFINITY : below.top - extent.bottom,
    )
    if (Math.max(...gaps) > NEARER * apart) doubtful.add(row)
  }
  return doubtful
}

function boxOfLine(line: readonly Word[]): Extent {
  return {
    top: Math.min(...line.map(({ bbox }) => bbox.top)),
    bottom: Math.max(...line.map(({ bbox }) => bbox.bottom)),
  }
}

type Extent = Pick<BoundingBox, 'top' | 'bottom'>

function extentOf(cells: readonly { readonly cell: GridCell; readonly lines: readonly Extent[] }[]): Extent | null {
  const lines = cells.filter(({ cell }) => cell.rowSpan === 1).flatMap((each) => each.lines)
  if (lines.length === 0) return null
  return { top: Math.min(...lines.map(({ top }) => top)), bottom: Math.max(...lines.map(({ bottom }) => bottom)) }
}
