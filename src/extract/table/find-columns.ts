import type { TextPiece, TextRow } from './text-rows.ts'

/** A gutter between columns is at least this wide, in points, and crossed by few lines (headings over columns). */
export const NARROWEST_GUTTER = 5
/** With many lines and none that crosses it, or where a ruling or a shaded cell ends, a gutter may be as narrow as this. */
const NARROWEST_EMPTY_GUTTER = 2
const MANY_LINES = 8
const NARROWEST_HINTED_GUTTER = 0.5
const HINTED_SHARE = 0.7
/** Text is counted in steps of this part of a point. */
const STEPS = 4
const CROSSING_SHARE = 0.15
/** A text that reaches over two cells of this share of the full rows is no cell of one column. */
const SPANNING_SHARE = 0.3
const MOST_HEADING_ROWS = 3

interface Gutter {
  readonly from: number
  readonly to: number
}

/**
 * The edges between the columns of lines, left to right, without the outer ones. `hints` are places where rulings or
 * shaded cells end (points): an edge stands there rather than anywhere in the gutter, and where no text crosses it;
 * `showsAll` where they come from rules between many rows.
 */
export function findColumnEdges(rows: readonly TextRow[], hints: readonly number[], showsAll: boolean): number[] {
  const body = withoutHeadings(rows)
  const split = body.filter((row) => row.segments.length >= 2)
  const pieces = withoutSpanning(
    body.flatMap((row) => row.pieces),
    split,
  )
  const from = Math.min(...pieces.map(({ bbox }) => bbox.x0))
  const to = Math.max(...pieces.map(({ bbox }) => bbox.x1))
  if (!(to > from)) return []
  const counts = countOver(pieces, from, to)
  const isHinted = ({ from: start, to: end }: Gutter): boolean => {
    return hints.some((hint) => hint >= from + start / STEPS - 1 && hint <= from + end / STEPS + 1)
  }
  const narrowest = split.length >= MANY_LINES ? NARROWEST_EMPTY_GUTTER : NARROWEST_GUTTER
  const open = runsUpTo(counts, 0).filter((run) => widthOf(run) >= narrowest || isHinted(run))
  const limit = Math.floor(CROSSING_SHARE * split.length)
  const narrow = runsUpTo(counts, limit).filter(
    (run) => widthOf(run) >= NARROWEST_GUTTER && !open.some((other) => other.from < run.to && other.to > run.from),
  )
  const gutters = [...open, ...narrow].toSorted((a, b) => a.from - b.from)
  const heading = countOver(rows[rows.length - body.length - 1]?.pieces ?? [], from, to)
  const usable = hints.filter(
    (hint) => hint > from && hint < to && (counts[Math.round((hint - from) * STEPS)] ?? 0) <= limit,
  )
  // Where rulings or shading show most edges, they show them all; figures of a heading leave gaps of their own.
  const showAll = showsAll && gutters.filter(isHinted).length >= HINTED_SHARE * gutters.length
  const edges = gutters.flatMap(({ from: start, to: end }) => {
    const inside = usable.filter((hint) => hint >= from + start / STEPS - 1 && hint <= from + end / STEPS + 1)
    if (inside.length === 0 && showAll) return []
    return inside.length > 0 ? inside : [from + emptiestMiddle(counts, heading, start, end) / STEPS]
  })
  // Where rulings or shading show the edges, they show those of empty columns too.
  if (usable.length >= edges.length) return [...new Set(edges)]
  return withEmptyColumns([...new Set(edges)], rows.slice(0, rows.length - body.length), pieces)
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

function withoutSpanning(pieces: readonly TextPiece[], split: readonly TextRow[]): TextPiece[] {
  return pieces.filter((piece) => {
    const spanned = split.filter((row) => {
      const under = row.pieces.filter(({ bbox }) => bbox.x0 < piece.bbox.x1 && bbox.x1 > piece.bbox.x0)
      return under.some(
        ({ bbox }, index) => index > 0 && bbox.x0 - (under[index - 1]?.bbox.x1 ?? 0) >= NARROWEST_GUTTER,
      )
    })
    return spanned.length <= SPANNING_SHARE * split.length
  })
}

function countOver(pieces: readonly TextPiece[], from: number, to: number): Uint16Array {
  const counts = new Uint16Array(Math.ceil((to - from) * STEPS) + 1)
  for (const { bbox } of pieces) {
    const end = Math.min(counts.length, Math.ceil((bbox.x1 - from) * STEPS))
    for (let x = Math.max(0, Math.floor((bbox.x0 - from) * STEPS)); x < end; x += 1) counts[x] = (counts[x] ?? 0) + 1
  }
  return counts
}

function widthOf({ from, to }: Gutter): number {
  return (to - from) / STEPS
}

/** The inner stretches with at most `limit` pieces that are wide enough. */
function runsUpTo(counts: Uint16Array, limit: number): Gutter[] {
  const runs: Gutter[] = []
  let start: number | null = null
  counts.forEach((count, index) => {
    if (count <= limit) start ??= index
    else {
      if (start !== null && start > 0 && index - start >= NARROWEST_HINTED_GUTTER * STEPS)
        runs.push({ from: start, to: index })
      start = null
    }
  })
  return runs
}

/** The middle of the longest stretch with the least text: a heading may reach into its gutter. */
function emptiestMiddle(counts: Uint16Array, heading: Uint16Array, start: number, end: number): number {
  const load = Array.from({ length: end - start }, (_, index) => {
    return (counts[start + index] ?? 0) + (heading[start + index] ?? 0)
  })
  const least = Math.min(...load)
  let best = { from: 0, to: 0 }
  for (let from = 0; from < load.length; from += 1) {
    let to = from
    while (to < load.length && load[to] === least) to += 1
    if (to - from > best.to - best.from) best = { from, to }
    from = Math.max(from, to)
  }
  return start + (best.from + best.to) / 2
}

/**
 * Parts a gutter in which a heading stands alone: its column is empty on this page. The columns beside it must have
 * headings of their own: one that is centred over figures at the right stands over no text either.
 */
function withEmptyColumns(
  edges: readonly number[],
  headings: readonly TextRow[],
  pieces: readonly TextPiece[],
): number[] {
  const titles = headings.flatMap((row) => row.pieces)
  const isHeaded = (column: readonly TextPiece[]): boolean => {
    return titles.some((title) => column.some((piece) => isOver(title, piece)))
  }
  const alone = (headings.at(-1)?.pieces ?? []).filter((title) => pieces.every((piece) => !isOver(title, piece)))
  return alone.reduce<number[]>(
    (all, { bbox }) => {
      const before = pieces.filter((piece) => piece.bbox.x1 <= bbox.x0)
      const after = pieces.filter((piece) => piece.bbox.x0 >= bbox.x1)
      const left = Math.max(...before.map((piece) => piece.bbox.x1))
      const right = Math.min(...after.map((piece) => piece.bbox.x0))
      const inside = all.filter((edge) => edge >= left && edge <= right)
      if (before.length === 0 || after.length === 0 || inside.length >= 2) return all
      const start = Math.max(Number.NEGATIVE_INFINITY, ...all.filter((edge) => edge < left))
      const end = Math.min(Number.POSITIVE_INFINITY, ...all.filter((edge) => edge > right))
      const neighbours = [
        before.filter((piece) => piece.bbox.x0 >= start),
        after.filter((piece) => piece.bbox.x1 <= end),
      ]
      if (!neighbours.every(isHeaded)) return all
      const around = [(left + bbox.x0) / 2, (bbox.x1 + right) / 2]
      return [...all.filter((edge) => !inside.includes(edge)), ...around].toSorted((a, b) => a - b)
    },
    [...edges],
  )
}

function isOver(a: TextPiece, b: TextPiece): boolean {
  return a.bbox.x0 < b.bbox.x1 && a.bbox.x1 > b.bbox.x0
}
