import { EDGE_STANDS, type InnerEdges, type UnitSpan } from './merge-units.ts'
import type { RulingGroup, RulingLine } from './ruling-lines.ts'

/** A stray line parts cells in at most this share of the rows or columns that it could run through. */
const FEW = 0.34
/** A ruling ends at others, within this many glyphs. */
const SAME_END = 0.6
/** Ends of traces are known no better than this, in pixels. */
const END_PX = 10

/**
 * Cells (by index) beside a line that parts few rows or columns of a table and ends in the middle of cells: the border of a stamp, or a box
 * drawn by hand, which cuts the text of a cell in two. `glyph` is the height of print in pixels.
 */
export function cellsBesideStrayLines(
  cells: readonly UnitSpan[],
  edges: InnerEdges,
  { rows, columns }: RulingGroup,
  glyph: number,
): readonly number[] {
  const slack = Math.max(SAME_END * glyph, END_PX)
  const upright = columns.flatMap((line, c) => {
    const standsIn = (r: number): boolean => c > 0 && c < edges.columns && edges.right(r, c - 1) >= EDGE_STANDS
    return strayRuns(line, rows, standsIn, slack).map((run) => ({ ...run, line: c }))
  })
  const level = rows.flatMap((line, r) => {
    const standsIn = (c: number): boolean => r > 0 && r < edges.rows && edges.below(r - 1, c) >= EDGE_STANDS
    return strayRuns(line, columns, standsIn, slack).map((run) => ({ ...run, line: r }))
  })
  return cells.flatMap((cell, index) => {
    const isBeside =
      upright.some(
        ({ line, from, to }) => touchesLine(cell.column, cell.columnEnd, line) && cell.row < to && cell.rowEnd > from,
      ) ||
      level.some(
        ({ line, from, to }) => touchesLine(cell.row, cell.rowEnd, line) && cell.column < to && cell.columnEnd > from,
      )
    return isBeside ? [index] : []
  })
}

function touchesLine(start: number, end: number, line: number): boolean {
  return start === line || end === line
}

/** Units in a row (half-open) in which a line stands though it ends far from the rulings that bound them. */
function strayRuns(
  { segments }: RulingLine,
  crossing: readonly RulingLine[],
  standsIn: (unit: number) => boolean,
  slack: number,
): readonly { readonly from: number; readonly to: number }[] {
  const units = crossing.length - 1
  const standing = Array.from({ length: units }, (_, unit) => standsIn(unit))
  if (standing.filter(Boolean).length > FEW * units) return []
  return standing.flatMap((stands, from) => {
    if (!stands || standing[from - 1] === true) return []
    const after = standing.indexOf(false, from)
    const to = after === -1 ? units : after
    const [top, bottom] = [crossing[from]?.position ?? 0, crossing[to]?.position ?? 0]
    const drawn = segments.filter(({ start, end }) => start < bottom && end > top)
    if (drawn.length === 0) return []
    const [start, end] = [Math.min(...drawn.map((each) => each.start)), Math.max(...drawn.map((each) => each.end))]
    return Math.abs(start - top) > slack || Math.abs(end - bottom) > slack ? [{ from, to }] : []
  })
}
