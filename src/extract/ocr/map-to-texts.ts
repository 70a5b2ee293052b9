import type { DetectedText } from '../raster/detected-text.ts'
import { type Components, labelComponents } from '../raster/label-components.ts'
import type { Tensor } from './network.ts'

/** From this probability on a pixel is text, and from that mean on an area of such pixels is a line. */
const TEXT = 0.3
const LINE = 0.5
/** Smaller areas, in pixels of the map, are no glyph. */
const LEAST_AREA = 10
/** The network was taught lines that are shrunk: what their areas lack on all sides, as a multiple of area by outline. */
const UNCLIP = 1.5

/**
 * The lines of text in a map of probabilities (1 x 1 x height x width, differentiable binarization: Liao et al., 2020), top to bottom.
 * A pixel of the map is `scaleX` by `scaleY` pixels of the picture.
 */
export function mapToTexts({ data, dims }: Tensor, scaleX: number, scaleY: number): readonly DetectedText[] {
  const [, , height = 0, width = 0] = dims
  const mask = Uint8Array.from(data, (probability) => (probability > TEXT ? 1 : 0))
  const areas = labelComponents({ width, height, data: mask })
  return measureAreas(areas, data, width)
    .filter(({ count, sum }) => count >= LEAST_AREA && sum >= LINE * count)
    .map((area) => toText(area, scaleX, scaleY))
    .toSorted((a, b) => a.middle - b.middle || a.x0 - b.x0)
}

/** Sums over the pixels of an area, from which its slope follows. */
interface Area {
  readonly x0: number
  readonly x1: number
  count: number
  sum: number
  x: number
  y: number
  xx: number
  xy: number
}

function measureAreas(areas: Components, data: Float32Array, width: number): readonly Area[] {
  const { count, runY, runStart, runEnd, runOf, x0, x1 } = areas
  const found = Array.from(
    { length: count },
    (_, k): Area => ({ x0: x0[k] as number, x1: x1[k] as number, count: 0, sum: 0, x: 0, y: 0, xx: 0, xy: 0 }),
  )
  for (const [run, k] of runOf.entries()) {
    const area = found[k]
    if (area === undefined) continue
    const y = (runY[run] as number) + 0.5
    for (let column = runStart[run] as number; column < (runEnd[run] as number); column++) {
      const x = column + 0.5 - area.x0
      area.count++
      area.sum += data[(y - 0.5) * width + column] as number
      area.x += x
      area.y += y
      area.xx += x * x
      area.xy += x * y
    }
  }
  return found
}

function toText({ x0, x1, count, x, y, xx, xy }: Area, scaleX: number, scaleY: number): DetectedText {
  const length = x1 - x0
  const height = count / length
  const spread = xx - (x * x) / count
  const slope = spread > 0 ? (xy - (x * y) / count) / spread : 0
  const margin = (UNCLIP * count) / (2 * (length + height))
  const middle = y / count + slope * (length / 2 - x / count)
  return {
    x0: (x0 - margin) * scaleX,
    x1: (x1 + margin) * scaleX,
    middle: middle * scaleY,
    slope: (slope * scaleY) / scaleX,
    height: (height + 2 * margin) * scaleY,
  }
}
