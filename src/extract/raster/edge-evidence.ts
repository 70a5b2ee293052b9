import { traceAt } from './find-rulings.ts'
import type { Darkness } from './image.ts'
import type { RulingGroup, RulingLine } from './ruling-lines.ts'
import type { Bend } from './straighten.ts'

export interface EdgeJudge {
  /** How surely (0 to 1) `line` runs between two crossing positions, in straightened coordinates. */
  score(line: RulingLine, isRow: boolean, from: number, to: number): number
}

/**
 * Judges single edges of cells on the pixels: walks along the line and asks at each step whether it is darker there
 * than on both sides. `darkness` is best without print; where print touches the line nothing is learnt; a stretch at either end without a ruling counts
 * most, because print never reaches from crossing to crossing.
 */
export function edgeJudge(darkness: Darkness, bend: Bend, glyph: number): EdgeJudge {
  const contrasts = new Map<RulingLine, number>()
  const known = new Map<RulingLine, Map<string, number>>()
  const judge = (line: RulingLine, isRow: boolean, from: number, to: number): number => {
    let contrast = contrasts.get(line)
    if (contrast === undefined) {
      contrast = usualContrast(darkness, line, isRow, glyph)
      contrasts.set(line, contrast)
    }
    const threshold = Math.min(0.4 * darkness.ink, Math.max(4, 2.2 * darkness.noise, 0.35 * contrast))
    const place = placeOf(line, isRow, bend)
    return walk(darkness, isRow, place, from, to, glyph, threshold, breadthOf(line, glyph))
  }
  return {
    score(line, isRow, from, to) {
      if (line.isVirtual) return 1
      // Lines are dropped round by round: what is left is asked about again.
      const scores = known.get(line) ?? new Map<string, number>()
      known.set(line, scores)
      const key = `${from},${to}`
      const score = scores.get(key) ?? judge(line, isRow, from, to)
      scores.set(key, score)
      return score
    },
  }
}

/** Where a line lies on the page, bent as it is. */
export interface Place {
  /** Real coordinates of the line at a straightened place along it. */
  across(along: number): number
  along(along: number): number
}

export function placeOf(line: RulingLine, isRow: boolean, bend: Bend): Place {
  const along = (t: number): number => t + (isRow ? bend.bendX(t, line.position) : bend.bendY(line.position, t))
  return {
    along,
    across(t) {
      const real = along(t)
      // The ruling itself, where it was traced, is better than the page's bend.
      const near = line.segments.find(({ start, end }) => t >= start && t <= end)
      if (near !== undefined) return traceAt(near.trace, real)
      return line.position + (isRow ? bend.bendY(real, line.position) : bend.bendX(line.position, real))
    },
  }
}

/** How far from its middle a ruling is looked for, and the paper beside it, in pixels. */
interface Breadth {
  readonly half: number
  readonly side: number
}

/** The middle of a double ruling is paper, and a thick one reaches further than paper is from others. */
function breadthOf({ segments }: RulingLine, glyph: number): Breadth {
  const length = segments.reduce((sum, { start, end }) => sum + end - start, 0)
  const thickness = segments.reduce((sum, { trace, start, end }) => sum + (trace.thickness * (end - start)) / length, 0)
  return {
    half: Math.max(1, Math.floor(thickness / 2) - 1),
    side: Math.max(3, Math.round(0.2 * glyph), Math.ceil(thickness / 2) + 1),
  }
}

function usualContrast(darkness: Darkness, line: RulingLine, isRow: boolean, glyph: number): number {
  const values: number[] = []
  const breadth = breadthOf(line, glyph)
  const { side } = breadth
  for (const { trace } of line.segments) {
    for (let along = trace.start + side; along < trace.end - side; along += 7) {
      const across = Math.floor(traceAt(trace, along))
      const contrast = contrastAt(darkness, isRow, Math.floor(along), across, breadth, 2)
      if (contrast !== null) values.push(contrast)
    }
  }
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}

/**
 * Darkness of the line less that of its lighter and darker side at one place; null where print touches it so that
 * nothing can be said.
 */
function contrastAt(
  darkness: Darkness,
  isRow: boolean,
  along: number,
  across: number,
  { half, side }: Breadth,
  reach: number,
): number | null {
  let line = 0
  for (let d = -half; d <= half; d++) line = Math.max(line, meanAlong(darkness, isRow, along, across + d, reach))
  const a = meanAlong(darkness, isRow, along, across - side, reach)
  const b = meanAlong(darkness, isRow, along, across + side, reach)
  const strict = line - Math.max(a, b)
  const loose = line - Math.min(a, b)
  if (strict < 0.3 * loose && loose > 0.3 * darkness.ink) return null
  return strict
}

function meanAlong(
  { width, height, data }: Darkness,
  isRow: boolean,
  along: number,
  across: number,
  reach: number,
): number {
  const length = isRow ? width : height
  if (across < 0 || across >= (isRow ? height : width)) return 0
  const from = Math.max(0, along - reach)
  const to = Math.min(length - 1, along + reach)
  const step = isRow ? 1 : width
  let i = isRow ? across * width + from : from * width + across
  let sum = 0
  for (let k = from; k <= to; k++, i += step) sum += data[i] as number
  return to < from ? 0 : sum / (to - from + 1)
}

function walk(
  darkness: Darkness,
  isRow: boolean,
  place: Place,
  from: number,
  to: number,
  glyph: number,
  threshold: number,
  breadth: Breadth,
): number {
  const { side } = breadth
  const reach = Math.max(2, Math.round(0.15 * glyph))
  const margin = Math.min(side + 1, (to - from) / 6)
  const drift = Math.max(2, Math.round(0.1 * glyph))
  const steps: { readonly along: number; readonly across: number; readonly quarter: number }[] = []
  for (let t = from + margin; t <= to - margin; t += 2) {
    const quarter = Math.min(3, Math.floor((4 * (t - from)) / (to - from)))
    steps.push({ along: Math.floor(place.along(t)), across: Math.floor(place.across(t)), quarter })
  }
  let best = 0
  // The middle first: nothing is better than a ruling that is there all along.
  for (let k = 0; k <= 2 * drift && best < 1; k++) {
    const offset = k % 2 === 0 ? k / 2 : -(k + 1) / 2
    const yes = [0, 0, 0, 0]
    const asked = [0, 0, 0, 0]
    for (const { along, across, quarter } of steps) {
      const contrast = contrastAt(darkness, isRow, along, across + offset, breadth, reach)
      if (contrast === null) continue
      asked[quarter] = (asked[quarter] ?? 0) + 1
      if (contrast >= threshold) yes[quarter] = (yes[quarter] ?? 0) + 1
    }
    best = Math.max(best, shareOfYes(yes, asked))
  }
  return best
}

/** The share over all quarters, but no better than what the two end quarters together allow. */
function shareOfYes(yes: readonly number[], asked: readonly number[]): number {
  const share = (quarters: readonly number[]): number => {
    const total = quarters.reduce((sum, q) => sum + (asked[q] ?? 0), 0)
    return total === 0 ? 0 : quarters.reduce((sum, q) => sum + (yes[q] ?? 0), 0) / total
  }
  return Math.min(share([0, 1, 2, 3]), 0.15 + share([0, 3]))
}

/** Scores of all unit edges of a group: `rowEdge[line * columns + column]`, `columnEdge[row * lines + line]`. */
export interface EdgeScores {
  readonly rowEdge: Float32Array
  readonly columnEdge: Float32Array
}

export function scoreEdges(judge: EdgeJudge, { rows, columns }: RulingGroup): EdgeScores {
  const unitColumns = columns.length - 1
  const rowEdge = new Float32Array(rows.length * unitColumns)
  const columnEdge = new Float32Array((rows.length - 1) * columns.length)
  for (const [r, row] of rows.entries()) {
    for (const [c, column] of columns.entries()) {
      const right = columns[c + 1]
      const below = rows[r + 1]
      if (right !== undefined) rowEdge[r * unitColumns + c] = judge.score(row, true, column.position, right.position)
      if (below !== undefined)
        columnEdge[r * columns.length + c] = judge.score(column, false, row.position, below.position)
    }
  }
  return { rowEdge, columnEdge }
}
