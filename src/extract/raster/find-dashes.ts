import type { Components } from './label-components.ts'

/** A mark as a piece of a dashed ruling; `isCross` where two of them meet. */
export interface Dash {
  readonly from: number
  readonly to: number
  readonly middle: number
  readonly thickness: number
  readonly isCross: boolean
}

/** Marks thin enough for a ruling: flat ones, upright ones, dots as both, and crossings as both. */
export function findDashes(components: Components, glyph: number): { rows: Dash[]; columns: Dash[] } {
  const { count, x0, x1, top, bottom, area } = components
  const rows: Dash[] = []
  const columns: Dash[] = []
  const thickest = Math.max(4, 0.25 * glyph)
  const crossings: number[] = []
  for (let k = 0; k < count; k++) {
    const [left, right, up, down] = [x0[k] as number, x1[k] as number, top[k] as number, bottom[k] as number]
    const w = right - left
    const h = down - up
    if (Math.max(w, h) > 1.8 * glyph || (area[k] as number) < 2) continue
    // A blurred dot is a rhomb.
    const isFilled = (area[k] as number) >= 0.5 * w * h
    if (isFilled && h <= thickest && w >= 0.8 * h) {
      rows.push({ from: left, to: right, middle: (up + down) / 2, thickness: h, isCross: false })
    }
    if (isFilled && w <= thickest && h >= 0.8 * w) {
      columns.push({ from: up, to: down, middle: (left + right) / 2, thickness: w, isCross: false })
    }
    if (Math.min(w, h) >= 3 && (area[k] as number) <= thickest * (w + h)) crossings.push(k)
  }
  for (const { row, column } of measureCrossings(components, crossings)) {
    rows.push(row)
    columns.push(column)
  }
  return { rows: rows.toSorted((a, b) => a.from - b.from), columns: columns.toSorted((a, b) => a.from - b.from) }
}

/** Which of the candidates have one full row and one full column of ink: crosses, tees and corners. */
function measureCrossings(components: Components, candidates: readonly number[]): { row: Dash; column: Dash }[] {
  const { count, runY, runStart, runEnd, runOf, x0, x1, top, bottom, area } = components
  const slot = new Int32Array(count).fill(-1)
  const heaps = candidates.map((k, i) => {
    slot[k] = i
    return {
      rows: new Int32Array((bottom[k] as number) - (top[k] as number)),
      columns: new Int32Array((x1[k] as number) - (x0[k] as number)),
    }
  })
  for (let i = 0; i < runY.length; i++) {
    const k = runOf[i] as number
    const heap = heaps[slot[k] as number]
    if (heap === undefined) continue
    const y = (runY[i] as number) - (top[k] as number)
    heap.rows[y] = (heap.rows[y] as number) + (runEnd[i] as number) - (runStart[i] as number)
    for (let x = runStart[i] as number; x < (runEnd[i] as number); x++) {
      const column = x - (x0[k] as number)
      heap.columns[column] = (heap.columns[column] as number) + 1
    }
  }
  return candidates.flatMap((k, i) => {
    const heap = heaps[i]
    const y = heap === undefined ? null : fullPlace(heap.rows, heap.columns.length)
    const x = heap === undefined ? null : fullPlace(heap.columns, heap.rows.length)
    if (x === null || y === null || heap === undefined) return []
    const thickness = Math.max(1, (area[k] as number) / (heap.rows.length + heap.columns.length))
    const [left, up] = [x0[k] as number, top[k] as number]
    return [
      {
        row: { from: left, to: x1[k] as number, middle: up + y, thickness, isCross: true },
        column: { from: up, to: bottom[k] as number, middle: left + x, thickness, isCross: true },
      },
    ]
  })
}

/** The middle of the lines that are inked nearly from side to side; null where there are none. */
function fullPlace(heap: Int32Array, length: number): number | null {
  let sum = 0
  let count = 0
  for (const [i, ink] of heap.entries()) {
    if (ink < 0.75 * length) continue
    sum += i + 0.5
    count++
  }
  return count === 0 ? null : sum / count
}
