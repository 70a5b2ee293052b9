import type { BoundingBox } from '../../model/bounding-box.ts'
import type { AffineMap, GreyImage, QuarterTurns } from './image.ts'

/** The point (x, y) under `map`. */
export function mapPoint(map: AffineMap, x: number, y: number): { readonly x: number; readonly y: number } {
  return { x: map.a * x + map.c * y + map.e, y: map.b * x + map.d * y + map.f }
}

/** First `inner`, then `outer`. */
export function composeMaps(outer: AffineMap, inner: AffineMap): AffineMap {
  const origin = mapPoint(outer, inner.e, inner.f)
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e: origin.x,
    f: origin.y,
  }
}

/** The map from an image turned clockwise by `turns` quarters back to the image of `width` x `height` it came from. */
/** The map that undoes `map`, which must not flatten. */
export function inverseOf({ a, b, c, d, e, f }: AffineMap): AffineMap {
  const area = a * d - b * c
  return {
    a: d / area,
    b: -b / area,
    c: -c / area,
    d: a / area,
    e: (c * f - d * e) / area,
    f: (b * e - a * f) / area,
  }
}

/** The box around a mapped box. */
export function mapBox(map: AffineMap, { x0, top, x1, bottom }: BoundingBox): BoundingBox {
  const corners = [mapPoint(map, x0, top), mapPoint(map, x1, top), mapPoint(map, x0, bottom), mapPoint(map, x1, bottom)]
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)]
  return { x0: Math.min(...xs), top: Math.min(...ys), x1: Math.max(...xs), bottom: Math.max(...ys) }
}

export function mapOfQuarterTurns(turns: QuarterTurns, width: number, height: number): AffineMap {
  if (turns === 1) return { a: 0, b: -1, c: 1, d: 0, e: 0, f: height }
  if (turns === 2) return { a: -1, b: 0, c: 0, d: -1, e: width, f: height }
  if (turns === 3) return { a: 0, b: 1, c: -1, d: 0, e: width, f: 0 }
  return { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }
}

/** Turns an image clockwise by quarters, pixel for pixel. */
export function turnByQuarters(image: GreyImage, turns: QuarterTurns): GreyImage {
  if (turns === 0) return image
  const { width, height, data } = image
  const turned = new Uint8Array(data.length)
  if (turns === 2) {
    for (let i = 0, j = data.length - 1; j >= 0; i++, j--) turned[i] = data[j] as number
    return { width, height, data: turned }
  }
  for (let y = 0; y < height; y++) {
    // Row y becomes column height-1-y (clockwise) or column y read upwards (anticlockwise).
    let target = turns === 1 ? height - 1 - y : (width - 1) * height + y
    const step = turns === 1 ? height : -height
    for (let i = y * width; i < (y + 1) * width; i++, target += step) turned[target] = data[i] as number
  }
  return { width: height, height: width, data: turned }
}

/** The map from a page turned by -`degrees` about its middle (on a canvas grown to hold it all) to the crooked page. */
export function mapOfDeskew(
  degrees: number,
  width: number,
  height: number,
): { map: AffineMap; width: number; height: number } {
  const angle = (degrees * Math.PI) / 180
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const newWidth = Math.ceil(width * cos + height * Math.abs(sin))
  const newHeight = Math.ceil(height * cos + width * Math.abs(sin))
  return {
    width: newWidth,
    height: newHeight,
    map: {
      a: cos,
      b: sin,
      c: -sin,
      d: cos,
      e: width / 2 - (cos * newWidth) / 2 + (sin * newHeight) / 2,
      f: height / 2 - (sin * newWidth) / 2 - (cos * newHeight) / 2,
    },
  }
}

const PHASES = 64

/** Weights of the Catmull-Rom kernel for each 64th of a pixel, scaled to sum to 256. */
const CUBIC = Int32Array.from({ length: PHASES * 4 }, (_, i) => {
  const t = Math.floor(i / 4) / PHASES
  const d = Math.abs((i % 4) - 1 - t)
  const weight = d < 1 ? 1.5 * d ** 3 - 2.5 * d ** 2 + 1 : -0.5 * d ** 3 + 2.5 * d ** 2 - 4 * d + 2
  return Math.round(weight * 256)
})

/**
 * Draws `source` on a canvas of `width` x `height` whose pixels lie at `map` in the source (bicubic), which leans less
 * than half a quarter. Outside the source the canvas takes the grey of the nearest source pixel, so that no edge appears
 * that was not there. Each row of the canvas is a slanting line in the source: the line is drawn first at the columns of
 * the source's pixels, then between them, which takes half of what sixteen weights a pixel take.
 */
export function resample(source: GreyImage, map: AffineMap, width: number, height: number): GreyImage {
  const target = new Uint8Array(width * height)
  const line = new Int32Array(source.width + 2 * BESIDE)
  for (let y = 0; y < height; y++) {
    const x0 = map.a * 0.5 + map.c * (y + 0.5) + map.e - 0.5
    const y0 = map.b * 0.5 + map.d * (y + 0.5) + map.f - 0.5
    const slope = map.b / map.a
    drawLine(source, y0 - x0 * slope, slope, line)
    readLine(line, x0, map.a, target.subarray(y * width, (y + 1) * width))
  }
  return { width, height, data: target }
}

/** A line has so many places before and behind the source's columns. */
const BESIDE = 2

/** The greys, times 256, where a line that is at `start` in column 0 and falls by `slope` a column crosses the columns of the source. */
function drawLine({ width, height, data }: GreyImage, start: number, slope: number, line: Int32Array): void {
  const lastRow = height - 3
  let y = start
  for (let x = 0; x < width; x++, y += slope) {
    const row = Math.floor(y)
    if (row < 1 || row > lastRow) {
      line[x + BESIDE] = (data[Math.min(height - 1, Math.max(0, Math.round(y))) * width + x] as number) << 8
      continue
    }
    const phase = (((y - row) * PHASES) | 0) * 4
    const i = row * width + x
    line[x + BESIDE] =
      Math.imul(CUBIC[phase] as number, data[i - width] as number) +
      Math.imul(CUBIC[phase + 1] as number, data[i] as number) +
      Math.imul(CUBIC[phase + 2] as number, data[i + width] as number) +
      Math.imul(CUBIC[phase + 3] as number, data[i + 2 * width] as number)
  }
  line.fill(line[BESIDE] as number, 0, BESIDE)
  line.fill(line[width + BESIDE - 1] as number, width + BESIDE)
}

/** The greys along a line from column `start` of the source on, a pixel every `step` columns. */
function readLine(line: Int32Array, start: number, step: number, target: Uint8Array): void {
  const last = line.length - 3
  let place = start + BESIDE
  for (let i = 0; i < target.length; i++, place += step) {
    const x = place < 1 ? 1 : place > last ? last : Math.floor(place)
    const phase = place < 1 || place > last ? 0 : (((place - x) * PHASES) | 0) * 4
    const sum =
      Math.imul(CUBIC[phase] as number, line[x - 1] as number) +
      Math.imul(CUBIC[phase + 1] as number, line[x] as number) +
      Math.imul(CUBIC[phase + 2] as number, line[x + 1] as number) +
      Math.imul(CUBIC[phase + 3] as number, line[x + 2] as number)
    const value = (sum + 32768) >> 16
    target[i] = value < 0 ? 0 : value > 255 ? 255 : value
  }
}
