import type { BitImage } from './image.ts'

const MAX_DEGREES = 8
const MAX_POINTS = 160_000

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
  const along = bestSlope(edgePoints(ink, 'rows'), ink.height, ink.width)
  const across = bestSlope(edgePoints(ink, 'columns'), ink.width, ink.height)
  // Columns lean the other way: going down a page that is turned clockwise, a column moves left.
  const turned = { degrees: -across.degrees, sharpness: across.sharpness }
  return along.sharpness >= turned.sharpness ? along : turned
}

/** Points about their common middle. */
interface Points {
  readonly along: Float32Array
  readonly across: Float32Array
}

/** Pixels of ink with paper before them (above, or to the left), thinned evenly to a bearable number. */
function edgePoints({ width, height, data }: BitImage, by: 'rows' | 'columns'): Points {
  const before = by === 'rows' ? width : 1
  let count = 0
  for (let i = width + 1; i < data.length; i++) if (data[i] !== 0 && data[i - before] === 0) count++
  const every = Math.max(1, Math.ceil(count / MAX_POINTS))
  const along = new Float32Array(Math.ceil(count / every))
  const across = new Float32Array(along.length)
  let seen = 0
  let kept = 0
  for (let y = 1; y < height; y++) {
    for (let x = 1; x < width; x++) {
      const i = y * width + x
      if (data[i] === 0 || data[i - before] !== 0) continue
      if (seen++ % every !== 0) continue
      along[kept] = by === 'rows' ? x : y
      across[kept] = by === 'rows' ? y : x
      kept++
    }
  }
  return { along: centred(along.subarray(0, kept)), across: centred(across.subarray(0, kept)) }
}

function bestSlope(points: Points, acrossLength: number, alongLength: number): SkewVote {
  if (points.along.length < 100) return { degrees: 0, sharpness: 0 }
  const heap = new Float64Array(acrossLength + 2 * Math.ceil(alongLength * Math.tan((9 * Math.PI) / 180)) + 8)
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
  const sharpness = best.score / (sum / tried)
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
