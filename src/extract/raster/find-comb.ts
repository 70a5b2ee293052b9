import { EDGE_STANDS } from './merge-units.ts'
import type { RulingLine } from './ruling-lines.ts'

/** A row so many glyphs high is not filled by a stroke of print from its upper to its lower ruling. */
const LEAST_HEIGHT = 1.5
/** A vertical that stands in one row only is ink for this share of its height there. */
const WHOLE = 0.95
/** So many verticals that stand in one row and not beyond it are no chance; the ring of a seal gives two. */
const LEAST_TEETH = 3

/**
 * The verticals that stand whole in a row in which several do: its cells, between rows that are merged all the way (a
 * sub-total, what is carried over). `scores` (0 to 1) has for each vertical its edges in each row; `rows` are the rulings
 * between those, `glyph` the height of a full glyph in pixels.
 */
export function findComb(
  scores: readonly (readonly number[])[],
  rows: readonly RulingLine[],
  glyph: number,
): readonly boolean[] {
  const scoreAt = (column: number, row: number): number => scores[column]?.[row] ?? 0
  const isTooth = (column: number, row: number): boolean =>
    scoreAt(column, row) >= WHOLE && Math.max(scoreAt(column, row - 1), scoreAt(column, row + 1)) < EDGE_STANDS
  const combs = rows.slice(1).flatMap((line, row) => {
    const height = line.position - (rows[row]?.position ?? line.position)
    const teeth = scores.filter((_, column) => isTooth(column, row)).length
    return height >= LEAST_HEIGHT * glyph && teeth >= LEAST_TEETH ? [row] : []
  })
  return scores.map((_, column) => combs.some((row) => isTooth(column, row)))
}
