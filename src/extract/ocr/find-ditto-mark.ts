import type { LineImage } from '../raster/image.ts'
import { type InkRun, inkRuns } from './line-shape.ts'

/** The sizes of the mark, in glyphs. Upright it must be lower: so high, two strokes are an 11. */
const HEIGHT = { least: 0.12, most: 0.68, upright: 0.5 }
const WIDTH = { least: 0.12, most: 0.9 }
/** Rows in which there are just two stretches of ink, against all rows of the mark. */
const PAIRED_ROWS = 0.8
/** How far both strokes lean: to the right, or hardly, but alike; in widths for their height. */
const LEAN = { least: -0.3, upright: 0.12, most: 1, apart: 0.25 }
/** How much longer than wide a stroke is, and how alike the two are. */
const SLIM = 1.3
const ALIKE = 0.6
const FEWEST_ROWS = 3

/**
 * Whether all ink of a line is two short strokes side by side, as long and as slanted as each other: 〃, or a quotation mark that
 * stands for it, the same as above. Recognisers of Chinese do not know it (Ⅱ, 月, H).
 */
export function isDittoMark(line: LineImage): boolean {
  const { x0, x1, top, bottom } = line.inkInCrop
  const [width, height] = [(x1 - x0) / line.glyphHeightPx, (bottom - top) / line.glyphHeightPx]
  if (height < HEIGHT.least || height > HEIGHT.most || width < WIDTH.least || width > WIDTH.most) return false
  const rows = inkRuns(line).map(({ runs }) => runs)
  const pairs = rows.filter((runs) => runs.length === 2)
  if (pairs.length < FEWEST_ROWS || pairs.length < PAIRED_ROWS * rows.length) return false
  const [left, right] = [strokeOf(pairs, 0), strokeOf(pairs, 1)]
  const [thin, thick] = [Math.min(left.width, right.width), Math.max(left.width, right.width)]
  const isPair =
    (thin >= ALIKE * thick || thick - thin <= 1) &&
    Math.abs(left.lean - right.lean) <= LEAN.apart &&
    pairs.length >= SLIM * thick
  const lean = (left.lean + right.lean) / 2
  if (!isPair || lean < LEAN.least || lean > LEAN.most) return false
  return lean >= LEAN.upright || height <= HEIGHT.upright
}

/** The usual width of the left (0) or right (1) stroke, in pixels, and how far it leans to the right on its way up, a row. */
function strokeOf(
  pairs: readonly (readonly InkRun[])[],
  side: 0 | 1,
): { readonly width: number; readonly lean: number } {
  const runs = pairs.map((pair) => pair[side] ?? { from: 0, to: 0 })
  const widths = runs.map(({ from, to }) => to - from).toSorted((a, b) => a - b)
  const middles = runs.map(({ from, to }) => (from + to) / 2)
  const third = Math.max(1, Math.floor(middles.length / 3))
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const way = middles.length - third
  const lean = way === 0 ? 0 : (mean(middles.slice(0, third)) - mean(middles.slice(-third))) / way
  return { width: widths[widths.length >> 1] ?? 0, lean }
}
