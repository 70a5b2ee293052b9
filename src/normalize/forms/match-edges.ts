/** Which edges of a whole table those of a part are, in order, and how places of the part become places of the whole. */
export interface EdgeMatch {
  readonly indexes: readonly number[]
  /** A place of the whole is `scale` times that of the part, and `shift` more. */
  readonly scale: number
  readonly shift: number
}

/** Sheets of one document are scanned at one size within this share. */
const SIZE_TOLERANCE = 0.04
/** Edges are the same within this share of the whole width, and of the narrowest column. */
const EDGE_TOLERANCE = 0.01
const COLUMN_TOLERANCE = 0.35
/** A part with fewer columns says too little about where it belongs. */
const FEWEST_COLUMNS = 3
const FEWEST_SHARE = 0.5

/**
 * Finds the edges of a whole row of columns that the edges of a part of it are, where widths allow one way only. Null where the part has
 * as many columns or more, too few to tell, an edge of its own, or two ways. Edges are in order, in points.
 */
export function matchEdges(whole: readonly number[], part: readonly number[]): EdgeMatch | null {
  const columns = part.length - 1
  if (part.length >= whole.length || columns < Math.max(FEWEST_COLUMNS, FEWEST_SHARE * (whole.length - 1))) return null
  const matches = new Map<string, EdgeMatch>()
  for (let first = 0; first < whole.length; first += 1) {
    for (let last = first + columns; last < whole.length; last += 1) {
      const match = matchBetween(whole, part, first, last)
      if (match !== null) matches.set(match.indexes.join(), match)
    }
  }
  const [only, ...others] = matches.values()
  return only === undefined || others.length > 0 ? null : only
}

function matchBetween(
  whole: readonly number[],
  part: readonly number[],
  first: number,
  last: number,
): EdgeMatch | null {
  const [from, to] = [whole[first] ?? 0, whole[last] ?? 0]
  const [start, end] = [part[0] ?? 0, part.at(-1) ?? 0]
  const scale = (to - from) / (end - start)
  if (!(Math.abs(scale - 1) <= SIZE_TOLERANCE)) return null
  const shift = from - scale * start
  const narrowest = Math.min(...whole.slice(1).map((edge, index) => edge - (whole[index] ?? 0)))
  const width = (whole.at(-1) ?? 0) - (whole[0] ?? 0)
  const tolerance = Math.min(EDGE_TOLERANCE * width, COLUMN_TOLERANCE * narrowest)
  const indexes = part.map((edge) => whole.findIndex((other) => Math.abs(scale * edge + shift - other) <= tolerance))
  const isInOrder = indexes.every((index, k) => index > (indexes[k - 1] ?? -1))
  return isInOrder ? { indexes, scale, shift } : null
}
