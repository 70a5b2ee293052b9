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

/** Where rulings reach from row to row without a gap, one reaches so far; ink that reaches less far in each of its rows is none. */
const WHOLE = 0.95
const MOST_BROKEN = 0.9
/** Of the rows in which it does not stand so many show so much of it. */
const PARTLY = 0.2
const PARTLY_ROWS = 2
/** So many of the other edges beside it are whole. */
const NEARLY_ALL = 0.9

/**
 * Whether a vertical line is made of strokes of a few rows' words: it is broken in every row in which it stands, a few of many, and shows in
 * part in others, while the other vertical lines of those rows (`others`, edge by edge) are whole.
 */
export function isBrokenAmidWhole(scores: readonly number[], others: readonly (readonly number[])[]): boolean {
  const standing = [...scores.keys()].filter((row) => (scores[row] ?? 0) >= EDGE_STANDS)
  const partly = scores.filter((score) => score >= PARTLY && score < EDGE_STANDS)
  const isFew = standing.length < FEW_ROWS * scores.length && scores.length - standing.length >= OTHER_ROWS
  if (!isFew || partly.length < PARTLY_ROWS || Math.max(...scores) >= MOST_BROKEN) return false
  const beside = standing.flatMap((row) => others.map((edge) => edge[row] ?? 0))
  return beside.length > 0 && beside.filter((score) => score >= WHOLE).length >= NEARLY_ALL * beside.length
}

/** Whether a vertical line is print by one sign or the other. */
export function isStrokes(scores: readonly number[], others: readonly (readonly number[])[]): boolean {
  return repeatsStrokes(scores) || isBrokenAmidWhole(scores, others)
}
