import type { LineImage } from '../raster/image.ts'

const DIRT_SIZE = 0.22
const FLAT_HEIGHT = 0.3
const FLAT_ASPECT = 1.8
const SOLID_SHARE = 0.55

function inkSize(line: LineImage): { readonly width: number; readonly height: number } {
  const { x0, x1, top, bottom } = line.inkInCrop
  return { width: x1 - x0, height: bottom - top }
}

/** Whether the ink is no larger than a full stop: alone in its line it is dirt, no text. */
export function isDirt(line: LineImage): boolean {
  const { width, height } = inkSize(line)
  return Math.max(width, height) < DIRT_SIZE * line.glyphHeightPx
}

/**
 * Whether the ink is one flat solid stroke: a dash or 一, never a digit. Solidity keeps whole words out even when the
 * page's glyph height is misjudged.
 */
export function isFlatStroke(line: LineImage): boolean {
  const { width, height } = inkSize(line)
  if (height > FLAT_HEIGHT * line.glyphHeightPx || width < FLAT_ASPECT * height) return false
  return darkShare(line) >= SOLID_SHARE
}

/** How far a slash leans at least, in widths for its height (11 degrees; an italic 1 leans as far, but has a flag at its top). */
const LEAN = 0.2
/** How high it is at least, in glyphs, in how many of its rows there is one stretch of ink, and how wide that may get, against the usual. */
const SLASH_HEIGHT = 0.45
const SINGLE_ROWS = 0.95
const EVEN_WIDTH = 1.5
/** How far its rows lie from a straight line on the mean, in widths of the stroke. */
const CROOKED = 0.25

/**
 * Whether the ink is one straight stroke that leans to the right: a slash, which says that nothing belongs there, never a 1,
 * which stands upright or has a flag at its top.
 */
export function isSlantedStroke(line: LineImage): boolean {
  const { height } = inkSize(line)
  if (height < SLASH_HEIGHT * line.glyphHeightPx || height < 6) return false
  const rows = rowsOfInk(line)
  const single = rows.filter(({ count }) => count === 1)
  if (rows.length === 0 || single.length < SINGLE_ROWS * rows.length) return false
  const widths = single.map(({ width }) => width).toSorted((a, b) => a - b)
  const usual = widths[widths.length >> 1] ?? 1
  if ((widths.at(-1) ?? 0) > EVEN_WIDTH * usual + 0.5) return false
  const { slope, miss } = fitLine(single)
  return -slope >= LEAN && miss <= Math.max(0.5, CROOKED * usual)
}

/** The stretches of ink of a row: how many, where the middle of their whole lies, and how wide that is, in pixels. */
interface RowOfInk {
  readonly y: number
  readonly count: number
  readonly middle: number
  readonly width: number
}

function rowsOfInk(line: LineImage): readonly RowOfInk[] {
  return inkRuns(line).map(({ y, runs }) => {
    const [start, end] = [runs[0]?.from ?? 0, runs.at(-1)?.to ?? 0]
    return { y, count: runs.length, middle: (start + end - 1) / 2, width: end - start }
  })
}

/** A stretch of ink in a row: where it begins, and the pixel after its end. */
export interface InkRun {
  readonly from: number
  readonly to: number
}

/** The stretches of ink of each row that has any, top to bottom; of ink is what is nearer to the darkest grey than to paper. */
export function inkRuns({
  grey,
  inkInCrop,
  paper,
}: LineImage): readonly { readonly y: number; readonly runs: readonly InkRun[] }[] {
  const { x0, x1, top, bottom } = inkInCrop
  const limit = (grey.data.reduce((least, level) => Math.min(least, level), 255) + paper) / 2
  const rows: { y: number; runs: InkRun[] }[] = []
  for (let y = Math.floor(top); y < Math.ceil(bottom); y++) {
    const runs: InkRun[] = []
    for (let x = Math.floor(x0); x < Math.ceil(x1); x++) {
      if ((grey.data[y * grey.width + x] ?? paper) > limit) continue
      const last = runs.at(-1)
      if (last !== undefined && last.to === x) runs[runs.length - 1] = { from: last.from, to: x + 1 }
      else runs.push({ from: x, to: x + 1 })
    }
    if (runs.length > 0) rows.push({ y, runs })
  }
  return rows
}

/** By how much the middles of rows move a row, and how far they lie from that line on the mean, in pixels. */
function fitLine(rows: readonly RowOfInk[]): { readonly slope: number; readonly miss: number } {
  const meanOf = (measured: (row: RowOfInk) => number): number =>
    rows.reduce((sum, row) => sum + measured(row), 0) / rows.length
  const [y, x] = [meanOf((row) => row.y), meanOf((row) => row.middle)]
  const spread = meanOf((row) => (row.y - y) ** 2)
  const slope = spread === 0 ? 0 : meanOf((row) => (row.y - y) * (row.middle - x)) / spread
  return { slope, miss: meanOf((row) => Math.abs(row.middle - x - slope * (row.y - y))) }
}

/** The share of pixels in the ink box that are nearer to its darkest grey than to the paper. */
function darkShare({ grey, inkInCrop, paper }: LineImage): number {
  const pixels: number[] = []
  for (let y = Math.floor(inkInCrop.top); y < Math.ceil(inkInCrop.bottom); y++) {
    for (let x = Math.floor(inkInCrop.x0); x < Math.ceil(inkInCrop.x1); x++) {
      pixels.push(grey.data[y * grey.width + x] ?? paper)
    }
  }
  const darkest = pixels.reduce((least, value) => Math.min(least, value), 255)
  const threshold = (darkest + paper) / 2
  return pixels.filter((value) => value <= threshold).length / Math.max(1, pixels.length)
}
