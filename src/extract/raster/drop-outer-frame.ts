import type { EdgeScores } from './edge-evidence.ts'
import { EDGE_STANDS } from './merge-units.ts'
import type { RulingGroup } from './ruling-lines.ts'

/** Between the two lines of a frame no print fits: they are closer than this many glyphs. */
const CLOSEST = 1.1
/** Where at most this share of the rulings inside reaches the outer line, they end at the inner one. */
const FEW_REACH = 0.34

/**
 * Leaves out the outer line of a frame of two (thick and thin) on each side that has one: the rulings inside end at the inner line, so
 * that the cells do, and a table of a row or two would lose them all to the outer one. `glyph` is the height of print in pixels.
 */
export function dropOuterFrame(group: RulingGroup, scores: EdgeScores, glyph: number): RulingGroup {
  const { rows, columns } = group
  const [rowCount, columnCount] = [rows.length, columns.length]
  const columnAt = (row: number, column: number): number => scores.columnEdge[row * columnCount + column] ?? 0
  const rowAt = (row: number, column: number): number => scores.rowEdge[row * (columnCount - 1) + column] ?? 0
  return {
    rows: trimFrame(rows, columnCount, columnAt, CLOSEST * glyph),
    columns: trimFrame(columns, rowCount, (unit, line) => rowAt(line, unit), CLOSEST * glyph),
  }
}

/** `scoreAt` tells how surely a crossing line runs from one of the lines to the next; the frame's own sides are not asked. */
function trimFrame<L extends { readonly position: number; readonly isVirtual: boolean }>(
  lines: readonly L[],
  crossingCount: number,
  scoreAt: (unit: number, crossing: number) => number,
  closest: number,
): readonly L[] {
  const isFrame = (outer: number, inner: number): boolean => {
    const [one, other] = [lines[outer], lines[inner]]
    if (one === undefined || other === undefined || one.isVirtual || other.isVirtual) return false
    if (Math.abs(one.position - other.position) >= closest) return false
    const inside = Array.from({ length: crossingCount - 2 }, (_, k) => scoreAt(Math.min(outer, inner), k + 1))
    const reaching = inside.filter((score) => score >= EDGE_STANDS).length
    return inside.length > 0 && reaching <= FEW_REACH * inside.length
  }
  if (lines.length < 4) return lines
  const from = isFrame(0, 1) ? 1 : 0
  const to = isFrame(lines.length - 1, lines.length - 2) ? lines.length - 1 : lines.length
  return lines.slice(from, to)
}
