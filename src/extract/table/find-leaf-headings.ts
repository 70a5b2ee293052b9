import { boxHeight } from '../../model/bounding-box.ts'
import { middleY } from './heading-cells.ts'
import type { TextPiece } from './text-rows.ts'

/** Text is counted in steps of this part of a point. */
export const STEPS = 4
/** What stands in the middle of two others is no further from it than this share of their width. */
const CENTRED = 0.15

/** A text below the headings, and its line. */
export interface BodyPiece {
  readonly piece: TextPiece
  readonly line: number
  readonly isFigure: boolean
}

/** The headings that stand over one column each, left to right: those with no other heading below. */
export function findLeafHeadings(cells: readonly TextPiece[], body: readonly BodyPiece[]): TextPiece[] {
  const leaves = cells.filter((cell) => {
    return !cells.some((other) => isUnder(other, cell)) && !standsBetween(cell, cells, body)
  })
  return leaves.toSorted((a, b) => a.bbox.x0 - b.bbox.x0)
}

/** Whether a text stands over the gap between two others that have nothing else over them: in the middle of both. */
function standsBetween(cell: TextPiece, cells: readonly TextPiece[], body: readonly BodyPiece[]): boolean {
  const height = boxHeight(cell.bbox)
  const centre = (cell.bbox.x0 + cell.bbox.x1) / 2
  const lower = cells.filter((other) => other.bbox.top > cell.bbox.bottom - 0.3 * height)
  const free = lower.filter((other) => !cells.some((upper) => isUnder(other, upper)))
  const left = free.filter(({ bbox }) => bbox.x1 <= cell.bbox.x0 + 1).toSorted((a, b) => b.bbox.x1 - a.bbox.x1)[0]
  const right = free.filter(({ bbox }) => bbox.x0 >= cell.bbox.x1 - 1).toSorted((a, b) => a.bbox.x0 - b.bbox.x0)[0]
  if (left === undefined || right === undefined) return false
  const isLevel = Math.abs(middleY(left) - middleY(right)) < 0.5 * height
  const distance = Math.abs((left.bbox.x0 + right.bbox.x1) / 2 - centre)
  // Over columns of different widths the middle lies elsewhere; what stands over all other headings is over several.
  const isTopmost = cells.every((other) => middleY(other) >= middleY(cell) - 0.3 * height)
  const isCentred = distance <= CENTRED * (right.bbox.x1 - left.bbox.x0)
  if (!isLevel || !(isTopmost || isCentred)) return false
  // Texts of its own stand apart from those of both neighbours; short names at the left of a wide column stand beside its heading.
  const own = textsBetween(left.bbox.x0, right.bbox.x1, body).filter((run) => {
    const isNear = !isTopmost && nearestTo(run, [cell, left, right]) === cell
    return (isOver(run, cell) || isNear) && !isOver(run, left) && !isOver(run, right)
  })
  return own.length === 0 || (isCentred && own.every((run) => isAllOfNeighbour(run, lower, [left, right], body)))
}

/** A stretch of a line's width, in points. */
interface Stretch {
  readonly x0: number
  readonly x1: number
}

/** Where texts stand over each other without a gap, from one place to another. */
function textsBetween(from: number, to: number, body: readonly BodyPiece[]): Stretch[] {
  const isInk = countBetween(from, to, body).map((count) => (count > 0 ? 0 : 1))
  return runsAt(isInk, 0).map((run) => ({ x0: from + run.from / STEPS, x1: from + run.to / STEPS }))
}

function isOver(run: Stretch, { bbox }: TextPiece): boolean {
  return run.x0 < bbox.x1 && run.x1 > bbox.x0
}

/** The heading that texts stand over or beside. */
function nearestTo(run: Stretch, headings: readonly TextPiece[]): TextPiece | undefined {
  const gapTo = ({ bbox }: TextPiece): number => Math.max(0, bbox.x0 - run.x1, run.x0 - bbox.x1)
  return headings.toSorted((a, b) => gapTo(a) - gapTo(b))[0]
}

/** Whether texts are all that a neighbour has below it: figures at the right side of its column, beside a narrow heading in its middle. */
function isAllOfNeighbour(
  texts: Stretch,
  headings: readonly TextPiece[],
  neighbours: readonly TextPiece[],
  body: readonly BodyPiece[],
): boolean {
  const boxes = body.map(({ piece: { bbox } }) => bbox)
  const all = textsBetween(Math.min(...boxes.map(({ x0 }) => x0)), Math.max(...boxes.map(({ x1 }) => x1)), body)
  const neighbour = nearestTo(texts, headings)
  const isNeighbour = neighbour !== undefined && neighbours.includes(neighbour)
  return isNeighbour && all.filter((run) => nearestTo(run, headings) === neighbour).length === 1
}

function isUnder(lower: TextPiece, upper: TextPiece): boolean {
  const height = Math.min(boxHeight(upper.bbox), boxHeight(lower.bbox))
  const isBelow = lower.bbox.top > upper.bbox.bottom - 0.3 * height
  return isBelow && Math.min(lower.bbox.x1, upper.bbox.x1) - Math.max(lower.bbox.x0, upper.bbox.x0) > 0.1 * height
}

/** How many texts lie over each step from one place to another. */
export function countBetween(from: number, to: number, pieces: readonly BodyPiece[]): Uint16Array {
  const counts = new Uint16Array(Math.ceil((to - from) * STEPS) + 1)
  for (const { piece } of pieces) {
    const last = Math.min(counts.length, Math.ceil((piece.bbox.x1 - from) * STEPS))
    const first = Math.max(0, Math.floor((piece.bbox.x0 - from) * STEPS))
    for (let x = first; x < last; x += 1) counts[x] = (counts[x] ?? 0) + 1
  }
  return counts
}

/** Stretches of steps with no more than `limit` texts, and the most that lie over one of them. */
export function runsAt(counts: Uint16Array, limit: number): { from: number; to: number; most: number }[] {
  const runs: { from: number; to: number; most: number }[] = []
  let start = -1
  for (let index = 0; index <= counts.length; index += 1) {
    const isFree = index < counts.length && (counts[index] ?? 0) <= limit
    if (isFree && start < 0) start = index
    if (!isFree && start >= 0) {
      runs.push({ from: start, to: index, most: Math.max(...counts.subarray(start, index)) })
      start = -1
    }
  }
  return runs
}
