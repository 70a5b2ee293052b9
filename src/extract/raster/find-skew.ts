import type { BitImage } from './image.ts'
import { nextSet, nextUnset, toMaskBytes } from './scan-mask.ts'

const MAX_DEGREES = 8
const MAX_POINTS = 160_000
/** Fewer say nothing about a slope. */
const FEWEST_POINTS = 100

/** A slope and how sharply the page stands out in lines along it (1 = not at all). */
export interface SkewVote {
  readonly degrees: number
  readonly sharpness: number
}

/**
 * The slope of the page in degrees (clockwise positive, within 8 degrees), from rulings and from lines of text alike:
 * upper edges of ink, projected along each slope, heap up in few rows at the right one. Rows and columns both vote.
 */
export function findSkew(ink: BitImage): SkewVote {
  const along = roughSlope(edgePoints(ink, 'rows'), ink.height, ink.width)
  const across = roughSlope(edgePoints(ink, 'columns'), ink.width, ink.height)
  if (along.sharpness >= across.sharpness) return refineSlope(along)
  // Columns lean the other way: going down a page that is turned clockwise, a column moves left.
  const turned = refineSlope(across)
  return { degrees: -turned.degrees, sharpness: turned.sharpness }
}

/** Points about their common middle. */
interface Points {
  readonly along: Float32Array
  readonly across: Float32Array
}

/** Pixels of ink with paper before them (above, or to the left), thinned evenly to a bearable number. */
function edgePoints(ink: BitImage, by: 'rows' | 'columns'): Points {
  const edges = by === 'rows' ? upperEdges(ink) : leftEdges(ink)
  const every = Math.max(1, Math.ceil(edges.length / MAX_POINTS))
  const along = new Float32Array(Math.ceil(edges.length / every))
  const across = new Float32Array(along.length)
  for (let kept = 0; kept < along.length; kept++) {
    const i = edges[kept * every] as number
    const x = i % ink.width
    const y = (i - x) / ink.width
    along[kept] = by === 'rows' ? x : y
    across[kept] = by === 'rows' ? y : x
  }
  return { along: centred(along), across: centred(across) }
}

/** Indexes of pixels of ink below paper, in reading order, without the first row and column. */
function upperEdges({ width, height, data }: BitImage): readonly number[] {
  const ink = toMaskBytes(data)
  const edges: number[] = []
  for (let y = 1; y < height; y++) {
    const limit = (y + 1) * width
    for (let i = nextSet(ink, y * width + 1, limit); i < limit; i = nextSet(ink, i + 1, limit)) {
      if (data[i - width] === 0) edges.push(i)
    }
  }
  return edges
}

/** Indexes of pixels of ink right of paper, in reading order, without the first row and column. */
function leftEdges({ width, height, data }: BitImage): readonly number[] {
  const ink = toMaskBytes(data)
  const edges: number[] = []
  for (let y = 1; y < height; y++) {
    const limit = (y + 1) * width
    for (let i = nextSet(ink, y * width, limit); i < limit; i = nextSet(ink, nextUnset(ink, i, limit), limit)) {
      if (i > y * width) edges.push(i)
    }
  }
  return edges
}

/** A slope to a tenth of a degree or so, and what it was found from. */
interface RoughSlope extends SkewVote {
  readonly points: Points
  readonly heap: Float64Array
}

function roughSlope(points: Points, acrossLength: number, alongLength: number): RoughSlope {
  const heap = new Float64Array(acrossLength + 2 * Math.ceil(alongLength * Math.tan((9 * Math.PI) / 180)) + 8)
  if (points.along.length < FEWEST_POINTS) return { degrees: 0, sharpness: 0, points, heap }
  const every = Math.max(1, Math.floor(points.along.length / 40_000))
  let best = { degrees: 0, score: -1 }
  let sum = 0
  let tried = 0
  for (let degrees = -MAX_DEGREES; degrees <= MAX_DEGREES + 1e-9; degrees += 0.2) {
    const score = heapScore(points, degrees, heap, every)
    sum += score
    tried++
    if (score > best.score) best = { degrees, score }
  }
  return { degrees: best.degrees, sharpness: best.score / (sum / tried), points, heap }
}

function refineSlope({ degrees, sharpness, points, heap }: RoughSlope): SkewVote {
  if (points.along.length < FEWEST_POINTS) return { degrees, sharpness }
  let best = { degrees, score: 0 }
  for (const step of [0.05, 0.0125]) {
    const centre = best.degrees
    best = { degrees: centre, score: heapScore(points, centre, heap, 1) }
    for (let k = -4; k <= 4; k++) {
      const score = k === 0 ? best.score : heapScore(points, centre + k * step, heap, 1)
      if (score > best.score) best = { degrees: centre + k * step, score }
    }
  }
  return { degrees: best.degrees, sharpness }
}

/** Sum of squares of the heap heights when the points are projected along the slope. */
function heapScore({ along, across }: Points, degrees: number, heap: Float64Array, every: number): number {
  heap.fill(0)
  const slope = Math.tan((degrees * Math.PI) / 180)
  const middle = (heap.length - 1) / 2
  for (let i = 0; i < along.length; i += every) {
    const position = (across[i] as number) - slope * (along[i] as number) + middle
    const low = Math.floor(position)
    if (low < 0 || low + 1 >= heap.length) continue
    // Shared between two rows, so that the score does not jump as rows fall over pixel edges.
    const share = position - low
    heap[low] = (heap[low] as number) + 1 - share
    heap[low + 1] = (heap[low + 1] as number) + share
  }
  let score = 0
  for (const height of heap) score += height * height
  return score
}

function centred(values: Float32Array): Float32Array {
  let sum = 0
  for (const value of values) sum += value
  const mean = values.length === 0 ? 0 : sum / values.length
  return values.map((value) => value - mean)
}
