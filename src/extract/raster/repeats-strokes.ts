import { EDGE_STANDS } from './merge-units.ts'

/** A line that parts so few rows, of so many others, most of which have so much ink on it, is print. */
const FEW_ROWS = 0.35
const OTHER_ROWS = 5
const INKED = 0.22

/**
 * Whether a vertical line is the stroke of a glyph that repeats row by row, from the scores (0 to 1) of its edges in each
 * row: in tight rows a few reach from ruling to ruling, and the others show it in part. Columns of a few rows have no ink
 * where they do not stand.
 */
export function repeatsStrokes(scores: readonly number[]): boolean {
  const others = scores.filter((score) => score < EDGE_STANDS)
  const isFew = scores.length - others.length < FEW_ROWS * scores.length && others.length >= OTHER_ROWS
  return isFew && others.reduce((sum, score) => sum + score, 0) > INKED * others.length
}
