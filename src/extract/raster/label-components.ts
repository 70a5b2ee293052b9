import type { BitImage } from './image.ts'
import { nextSet, nextUnset, toMaskBytes } from './scan-mask.ts'

/**
 * Connected areas of a mask (8 neighbours), as runs: run i covers x = runStart[i]..runEnd[i] (half-open) on row runY[i]
 * and belongs to component runOf[i]. Boxes are half-open, indexed by component; `area` counts pixels.
 */
export interface Components {
  readonly count: number
  readonly runY: Int32Array
  readonly runStart: Int32Array
  readonly runEnd: Int32Array
  readonly runOf: Int32Array
  readonly x0: Int32Array
  readonly top: Int32Array
  readonly x1: Int32Array
  readonly bottom: Int32Array
  readonly area: Int32Array
}

interface Runs {
  readonly y: Int32Array
  readonly start: Int32Array
  readonly end: Int32Array
}

/** Labels the set pixels of `mask`; `gap` more unset pixels (default 0) between two runs of a row do not part them. */
export function labelComponents(mask: BitImage, gap = 0): Components {
  const runs = findRuns(mask, gap)
  const parent = joinRuns(runs)
  return measure(runs, parent)
}

function findRuns({ width, height, data }: BitImage, gap: number): Runs {
  const bytes = toMaskBytes(data)
  let capacity = 4096
  let y = new Int32Array(capacity)
  let start = new Int32Array(capacity)
  let end = new Int32Array(capacity)
  let count = 0
  for (let row = 0; row < height; row++) {
    const base = row * width
    const limit = base + width
    const firstOfRow = count
    for (let i = nextSet(bytes, base, limit); i < limit; ) {
      const from = i - base
      const to = nextUnset(bytes, i, limit)
      i = nextSet(bytes, to, limit)
      if (count > firstOfRow && from - (end[count - 1] as number) <= gap) {
        end[count - 1] = to - base
        continue
      }
      if (count === capacity) {
        capacity *= 2
        y = grow(y, capacity)
        start = grow(start, capacity)
        end = grow(end, capacity)
      }
      y[count] = row
      start[count] = from
      end[count] = to - base
      count++
    }
  }
  return { y: y.subarray(0, count), start: start.subarray(0, count), end: end.subarray(0, count) }
}

function grow(old: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(capacity)
  bigger.set(old)
  return bigger
}

function joinRuns({ y, start, end }: Runs): Int32Array {
  const parent = Int32Array.from({ length: y.length }, (_, i) => i)
  let above = 0
  for (let i = 0; i < y.length; i++) {
    const row = y[i] as number
    while (above < i && (y[above] as number) < row - 1) above++
    // Runs of the row above are sorted: skip those that end before this one starts, but keep them for the next run.
    let j = above
    while (j < i && y[j] === row - 1 && (end[j] as number) < (start[i] as number)) j++
    if (y[j] === row - 1) above = j
    while (j < i && y[j] === row - 1 && (start[j] as number) <= (end[i] as number)) {
      const a = rootOf(parent, i)
      const b = rootOf(parent, j)
      if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
      j++
    }
  }
  return parent
}

/** The root of `i` in a union-find forest, halving the path on the way. */
export function rootOf(parent: Int32Array, i: number): number {
  let node = i
  while (parent[node] !== node) {
    parent[node] = parent[parent[node] as number] as number
    node = parent[node] as number
  }
  return node
}

function measure({ y, start, end }: Runs, parent: Int32Array): Components {
  const runOf = new Int32Array(y.length)
  let count = 0
  for (let i = 0; i < y.length; i++) {
    const root = rootOf(parent, i)
    runOf[i] = root === i ? count++ : (runOf[root] as number)
  }
  const x0 = new Int32Array(count).fill(0x7fffffff)
  const top = new Int32Array(count).fill(0x7fffffff)
  const x1 = new Int32Array(count)
  const bottom = new Int32Array(count)
  const area = new Int32Array(count)
  for (let i = 0; i < y.length; i++) {
    const k = runOf[i] as number
    const from = start[i] as number
    const to = end[i] as number
    const row = y[i] as number
    if (from < (x0[k] as number)) x0[k] = from
    if (to > (x1[k] as number)) x1[k] = to
    if (row < (top[k] as number)) top[k] = row
    if (row + 1 > (bottom[k] as number)) bottom[k] = row + 1
    area[k] = (area[k] as number) + to - from
  }
  return { count, runY: y, runStart: start, runEnd: end, runOf, x0, top, x1, bottom, area }
}

/** The index of the run at a pixel, whose place may be broken; -1 where there is none. */
export function runLookup({ runY, runStart, runEnd }: Components): (x: number, y: number) => number {
  const firstRun = firstRuns(runY)
  return (x, y) => {
    const [column, row] = [Math.floor(x), Math.floor(y)]
    let low = firstRun[row] ?? 0
    let high = (firstRun[row + 1] ?? 0) - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      if (column < (runStart[middle] as number)) high = middle - 1
      else if (column >= (runEnd[middle] as number)) low = middle + 1
      else return middle
    }
    return -1
  }
}

/** For each row the index of its first run or, where it has none, of the next one; one more for the end of the last row. */
export function firstRuns(runY: Int32Array): Int32Array {
  const rows = (runY.at(-1) ?? -1) + 1
  const first = new Int32Array(rows + 1)
  for (let row = 0, i = 0; row <= rows; row++) {
    while (i < runY.length && (runY[i] as number) < row) i++
    first[row] = i
  }
  return first
}
