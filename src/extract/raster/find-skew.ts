import { inkOf, inkThreshold } from './flatten-light.ts'
import type { BitImage, Darkness } from './image.ts'
import { nextSet, nextUnset, toMaskBytes } from './scan-mask.ts'

const MAX_DEGREES = 8
const MAX_POINTS = 160_000
/** Fewer say nothing about a slope. */
const FEWEST_POINTS = 100
/** Steps of the search in degrees, and how many of them to both sides are looked at. */
const COARSE_STEP = 0.05
const FINE_STEP = 0.0125
const WINDOW = [-4, -3, -2, -1, 0, 1, 2, 3, 4]
/** A peak whose neighbours score this much of it is a plateau. */
const PLATEAU_SHARE = 0.95

/** A slope and how sharply the page stands out in lines along it (1 = not at all). */
export interface SkewVote {
  readonly degrees: number
  readonly sharpness: number
}

/**
 * The slope of the page in degrees (clockwise positive, within 8 degrees), from rulings and from lines of text alike:
 * edges of ink, projected along each slope, heap up in few rows at the right one. Rows and columns both vote.
 * `ink` is the print of `darkness`.
 */
export function findSkew(darkness: Darkness, ink: BitImage = inkOf(darkness)): SkewVote {
  const { width, height } = darkness
  const along = roughSlope(edgePoints(darkness, ink, 'rows', ['before']), height, width)
  const across = roughSlope(edgePoints(darkness, ink, 'columns', ['before']), width, height)
  const precise = (by: Direction) => edgePoints(darkness, ink, by, ['before', 'behind'])
  if (along.sharpness >= across.sharpness) return refineSlope({ ...along, points: precise('rows') })
  // Columns lean the other way: going down a page that is turned clockwise, a column moves left.
  const turned = refineSlope({ ...across, points: precise('columns') })
  return { degrees: -turned.degrees, sharpness: turned.sharpness }
}

/** Points about their common middle. */
interface Points {
  readonly along: Float32Array
  readonly across: Float32Array
}

/** Edges that run along the rows of a page, or along its columns; towards its beginning or its end. */
type Direction = 'rows' | 'columns'
type Side = 'before' | 'behind'

/**
 * Where ink meets paper, thinned evenly to a bearable number. Places between two pixels are told from how dark they are:
 * a slope of one pixel over the page would else hide in its steps.
 */
function edgePoints(darkness: Darkness, ink: BitImage, by: Direction, sides: readonly Side[]): Points {
  const { width, data } = darkness
  const limit = inkThreshold(darkness)
  const found = sides.map((side) => ({ side, edges: by === 'rows' ? rowEdges(ink, side) : columnEdges(ink, side) }))
  const every = Math.max(1, Math.ceil(found.reduce((sum, { edges }) => sum + edges.length, 0) / MAX_POINTS))
  const count = found.reduce((sum, { edges }) => sum + Math.ceil(edges.length / every), 0)
  const along = new Float32Array(count)
  const across = new Float32Array(count)
  let kept = 0
  for (const { side, edges } of found) {
    const outward = side === 'before' ? -1 : 1
    const paper = outward * (by === 'rows' ? width : 1)
    for (let k = 0; k < edges.length; k += every, kept++) {
      const i = edges[k] as number
      const x = i % width
      const y = (i - x) / width
      const level = data[i] as number
      along[kept] = by === 'rows' ? x : y
      across[kept] = (by === 'rows' ? y : x) + (outward * (level - limit)) / (level - (data[i + paper] as number))
    }
  }
  return { along: centred(along), across: centred(across) }
}

/** Indexes of pixels of ink with paper above or below them, in reading order, without the page's own edges. */
function rowEdges({ width, height, data }: BitImage, side: Side): Uint32Array {
  const ink = toMaskBytes(data)
  const paper = side === 'before' ? -width : width
  const edges = new Indexes()
  for (let y = 1; y < height - 1; y++) {
    const limit = (y + 1) * width
    for (let i = nextSet(ink, y * width + 1, limit); i < limit; i = nextSet(ink, i + 1, limit)) {
      if (data[i + paper] === 0) edges.add(i)
    }
  }
  return edges.all()
}

/** Indexes of pixels of ink with paper left or right of them, in reading order, without the page's own edges. */
function columnEdges({ width, height, data }: BitImage, side: Side): Uint32Array {
  const ink = toMaskBytes(data)
  const edges = new Indexes()
  for (let y = 1; y < height; y++) {
    const [start, limit] = [y * width, (y + 1) * width]
    for (let i = nextSet(ink, start, limit); i < limit; ) {
      const end = nextUnset(ink, i, limit)
      if (side === 'before' && i > start) edges.add(i)
      if (side === 'behind' && end < limit) edges.add(end - 1)
      i = nextSet(ink, end, limit)
    }
  }
  return edges.all()
}

/** A list of indexes of pixels that takes 4 bytes for each: a page has a million edges. */
class Indexes {
  private values = new Uint32Array(65_536)
  private count = 0

  add(index: number): void {
    if (this.count === this.values.length) {
      const wider = new Uint32Array(2 * this.count)
      wider.set(this.values)
      this.values = wider
    }
    this.values[this.count++] = index
  }

  all(): Uint32Array {
    return this.values.subarray(0, this.count)
  }
}

/** How many of the points are looked at, and how closely. */
interface Fineness {
  readonly every: number
  readonly rowsPerPixel: number
}

const FINE: Fineness = { every: 1, rowsPerPixel: 2 }

/** A slope to a tenth of a degree or so, and what it was found from. */
interface RoughSlope extends SkewVote {
  readonly points: Points
  readonly heap: Float64Array
}

function roughSlope(points: Points, acrossLength: number, alongLength: number): RoughSlope {
  const reach = Math.ceil(alongLength * Math.tan((9 * Math.PI) / 180))
  const heap = new Float64Array(FINE.rowsPerPixel * (acrossLength + 2 * reach + 8))
  if (points.along.length < FEWEST_POINTS) return { degrees: 0, sharpness: 0, points, heap }
  const every = Math.max(1, Math.floor(points.along.length / 40_000))
  let best = { degrees: 0, score: -1 }
  let sum = 0
  let tried = 0
  for (let degrees = -MAX_DEGREES; degrees <= MAX_DEGREES + 1e-9; degrees += 0.2) {
    const score = heapScore(points, degrees, heap, { every, rowsPerPixel: 1 })
    sum += score
    tried++
    if (score > best.score) best = { degrees, score }
  }
  return { degrees: best.degrees, sharpness: best.score / (sum / tried), points, heap }
}

/**
 * The slope to an eightieth of a degree. Rulings have a peak; a few lines of print have a plateau with bumps, and its
 * middle tells more than its highest bump.
 */
function refineSlope({ degrees, sharpness, points, heap }: RoughSlope): SkewVote {
  if (points.along.length < FEWEST_POINTS) return { degrees, sharpness }
  const known = new Map<number, number>()
  const score = (place: number): number => {
    const found = known.get(place) ?? heapScore(points, place * COARSE_STEP, heap, FINE)
    known.set(place, found)
    return found
  }
  let peak = Math.round(degrees / COARSE_STEP)
  for (let round = 0; round < 3; round++) {
    const best = WINDOW.reduce((top, k) => (score(peak + k) > score(top) ? peak + k : top), peak)
    if (best === peak) break
    peak = best
  }
  const isPlateau = Math.min(score(peak - 1), score(peak + 1)) >= PLATEAU_SHARE * score(peak)
  if (isPlateau) return { degrees: (peak + middleOf(WINDOW.map((k) => score(peak + k)))) * COARSE_STEP, sharpness }
  let best = { degrees: peak * COARSE_STEP, score: score(peak) }
  for (const k of WINDOW) {
    const fine = peak * COARSE_STEP + k * FINE_STEP
    const found = k === 0 ? best.score : heapScore(points, fine, heap, FINE)
    if (found > best.score) best = { degrees: fine, score: found }
  }
  return { degrees: best.degrees, sharpness }
}

/** Where the weight of a plateau lies in the window, in steps from its peak. */
function middleOf(scores: readonly number[]): number {
  const floor = Math.min(...scores)
  const weights = scores.map((score) => (score - floor) ** 2)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return WINDOW.reduce((sum, k, i) => sum + k * (weights[i] ?? 0), 0) / Math.max(1e-9, total)
}

/**
 * Sum of squares of the heap heights when the points are projected along the slope. Each point is spread over three rows
 * of the heap, so that the score is the same wherever between two rows a line of the page falls.
 */
function heapScore(
  { along, across }: Points,
  degrees: number,
  heap: Float64Array,
  { every, rowsPerPixel }: Fineness,
): number {
  heap.fill(0)
  const slope = rowsPerPixel * Math.tan((degrees * Math.PI) / 180)
  const middle = heap.length / 2
  const last = heap.length - 2
  for (let i = 0; i < along.length; i += every) {
    const position = rowsPerPixel * (across[i] as number) - slope * (along[i] as number) + middle
    const row = Math.floor(position)
    if (row < 1 || row > last) continue
    // Single names, not pairs: a pair is an object for each of millions of points.
    const right = position - row
    const left = 1 - right
    const before = 0.5 * left * left
    const behind = 0.5 * right * right
    heap[row - 1] = (heap[row - 1] as number) + before
    heap[row] = (heap[row] as number) + 1 - before - behind
    heap[row + 1] = (heap[row + 1] as number) + behind
  }
  let score = 0
  for (let row = 0; row < heap.length; row++) score += (heap[row] as number) ** 2
  return score
}

function centred(values: Float32Array): Float32Array {
  let sum = 0
  for (const value of values) sum += value
  const mean = values.length === 0 ? 0 : sum / values.length
  return values.map((value) => value - mean)
}
