import type { BitImage } from './image.ts'
import { labelComponents } from './label-components.ts'

/**
 * The second way to see cells: white areas walled in by long runs of ink, found without any notion of lines or grids.
 * `labelAt` tells areas apart (0 on a wall, -1 outside the page's walled areas).
 */
export interface WhiteCells {
  labelAt(x: number, y: number): number
}

export function findWhiteCells(ink: BitImage, glyph: number): WhiteCells {
  const { width, height } = ink
  const walls = wallMask(ink, glyph)
  const open = new Uint8Array(walls.length)
  for (let i = 0; i < walls.length; i++) open[i] = walls[i] === 0 ? 1 : 0
  const areas = labelComponents({ width, height, data: open })
  // Runs are in reading order: the first run of a row is found by its row's start.
  const firstRun = new Int32Array(height + 1).fill(areas.runY.length)
  for (let i = areas.runY.length - 1; i >= 0; i--) firstRun[areas.runY[i] as number] = i
  for (let y = height - 1; y >= 0; y--) firstRun[y] = Math.min(firstRun[y] as number, firstRun[y + 1] as number)
  return {
    labelAt(x, y) {
      const column = Math.floor(x)
      const row = Math.floor(y)
      if (row < 0 || row >= height || column < 0 || column >= width) return -1
      let low = firstRun[row] as number
      let high = (firstRun[row + 1] as number) - 1
      while (low <= high) {
        const middle = (low + high) >> 1
        if (column < (areas.runStart[middle] as number)) high = middle - 1
        else if (column >= (areas.runEnd[middle] as number)) low = middle + 1
        else return (areas.runOf[middle] as number) + 1
      }
      return 0
    },
  }
}

function wallMask(ink: BitImage, glyph: number): Uint8Array {
  const { width, height, data } = ink
  const walls = new Uint8Array(width * height)
  const gap = Math.max(2, Math.round(0.15 * glyph))
  const reach = Math.round(0.35 * glyph)
  for (let y = 1; y < height - 1; y++) {
    const at = (x: number): boolean => {
      const i = y * width + x
      return data[i] !== 0 || data[i - width] !== 0 || data[i + width] !== 0
    }
    markRuns(at, width, 2.4 * glyph, gap, (from, to) => {
      walls.fill(1, y * width + Math.max(0, from - reach), y * width + Math.min(width, to + reach))
    })
  }
  for (let x = 1; x < width - 1; x++) {
    const at = (y: number): boolean => {
      const i = y * width + x
      return data[i] !== 0 || data[i - 1] !== 0 || data[i + 1] !== 0
    }
    markRuns(at, height, 1.6 * glyph, gap, (from, to) => {
      for (let y = Math.max(0, from - reach); y < Math.min(height, to + reach); y++) walls[y * width + x] = 1
    })
  }
  return walls
}

/** Calls `mark` for each run of at least `shortest`, gaps bridged, that is ink for nine tenths. */
function markRuns(
  at: (position: number) => boolean,
  length: number,
  shortest: number,
  gap: number,
  mark: (from: number, to: number) => void,
): void {
  let from = -1
  let last = -1
  let count = 0
  for (let i = 0; i <= length + gap; i++) {
    if (i < length && at(i)) {
      if (from < 0) {
        from = i
        count = 0
      }
      last = i
      count++
    } else if (from >= 0 && i - last > gap) {
      const size = last + 1 - from
      if (size >= shortest && count >= 0.9 * size) mark(from, last + 1)
      from = -1
    }
  }
}
