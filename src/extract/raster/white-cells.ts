import type { BitImage } from './image.ts'
import { labelComponents, runLookup } from './label-components.ts'
import { nextSet, nextUnset, toMaskBytes } from './scan-mask.ts'

/**
 * The second way to see cells: white areas walled in by long runs of ink, found without any notion of lines or grids.
 * `labelAt` tells areas apart (0 on a wall, -1 outside the page's walled areas).
 */
export interface WhiteCells {
  labelAt(x: number, y: number): number
}

export function findWhiteCells(ink: BitImage, glyph: number): WhiteCells {
  const { width, height } = ink
  const areas = labelComponents(openMask(ink, glyph))
  const runAt = runLookup(areas)
  return {
    labelAt(x, y) {
      if (x < 0 || y < 0 || x >= width || y >= height) return -1
      const run = runAt(x, y)
      return run < 0 ? 0 : (areas.runOf[run] as number) + 1
    },
  }
}

/** All that no wall covers. Walls are long runs of ink, taken a pixel wider, with short gaps bridged. */
function openMask({ width, height, data }: BitImage, glyph: number): BitImage {
  const open = new Uint8Array(width * height).fill(1)
  const gap = Math.max(2, Math.round(0.15 * glyph))
  const reach = Math.round(0.35 * glyph)
  const along = new WallRuns(1, 2.4 * glyph, gap)
  const nearRow = toMaskBytes(new Uint8Array(width))
  for (let y = 1; y < height - 1; y++) {
    const wall = (from: number, to: number): void => {
      open.fill(0, y * width + Math.max(0, from - reach), y * width + Math.min(width, to + reach))
    }
    for (let x = 0, i = y * width; x < width; x++, i++) {
      nearRow.data[x] = (data[i - width] as number) | (data[i] as number) | (data[i + width] as number)
    }
    for (let x = nextSet(nearRow, 0, width); x < width; x = nextSet(nearRow, x + 1, width)) along.add(0, x, wall)
    along.close(0, wall)
  }
  const down = new WallRuns(width, 1.6 * glyph, gap)
  const ink = toMaskBytes(data)
  const wall = (from: number, to: number, x: number): void => {
    for (let y = Math.max(0, from - reach); y < Math.min(height, to + reach); y++) open[y * width + x] = 0
  }
  for (let y = 0; y < height; y++) {
    const [base, limit] = [y * width, (y + 1) * width]
    let done = 1
    for (let i = nextSet(ink, base, limit); i < limit; ) {
      const end = nextUnset(ink, i, limit)
      const to = Math.min(width - 1, end - base + 1)
      for (let x = Math.max(done, i - base - 1); x < to; x++) down.add(x, y, wall)
      done = Math.max(done, to)
      i = nextSet(ink, end, limit)
    }
  }
  for (let x = 1; x < width - 1; x++) down.close(x, wall)
  return { width, height, data: open }
}

type MarkWall = (from: number, to: number, line: number) => void

/** Gathers ink along parallel lines to runs, gaps bridged, and gives out those of at least `shortest` that are ink for nine tenths. */
class WallRuns {
  private readonly from: Int32Array
  private readonly last: Int32Array
  private readonly count: Int32Array
  private readonly shortest: number
  private readonly gap: number

  constructor(lines: number, shortest: number, gap: number) {
    this.from = new Int32Array(lines).fill(-1)
    this.last = new Int32Array(lines)
    this.count = new Int32Array(lines)
    this.shortest = shortest
    this.gap = gap
  }

  /** Adds ink at `position`, which lies beyond all that was added to its line. */
  add(line: number, position: number, mark: MarkWall): void {
    if ((this.from[line] as number) >= 0 && position - (this.last[line] as number) - 1 > this.gap)
      this.close(line, mark)
    if ((this.from[line] as number) < 0) {
      this.from[line] = position
      this.count[line] = 0
    }
    this.last[line] = position
    this.count[line] = (this.count[line] as number) + 1
  }

  /** Ends the run of a line, if there is one. */
  close(line: number, mark: MarkWall): void {
    const from = this.from[line] as number
    if (from < 0) return
    const to = (this.last[line] as number) + 1
    const size = to - from
    if (size >= this.shortest && (this.count[line] as number) >= 0.9 * size) mark(from, to, line)
    this.from[line] = -1
  }
}
