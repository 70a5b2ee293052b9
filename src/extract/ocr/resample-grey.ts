import type { GreyImage } from '../raster/image.ts'

/** Catmull-Rom: sharp enough for strokes of one or two pixels, and it does not ring as much as Lanczos. */
function cubicWeight(distance: number): number {
  const x = Math.abs(distance)
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2
  return 0
}

interface Taps {
  readonly first: Int32Array
  readonly weights: Float32Array
  readonly count: number
}

/** For each output position the source positions that it is made of; the kernel widens when the image shrinks. */
function findTaps(sourceLength: number, targetLength: number): Taps {
  const step = sourceLength / targetLength
  const stretch = Math.max(1, step)
  const count = Math.ceil(4 * stretch) + 1
  const first = new Int32Array(targetLength)
  const weights = new Float32Array(targetLength * count)
  for (let i = 0; i < targetLength; i++) {
    const centre = (i + 0.5) * step - 0.5
    const start = Math.ceil(centre - 2 * stretch)
    first[i] = start
    let sum = 0
    for (let k = 0; k < count; k++) sum += cubicWeight((start + k - centre) / stretch)
    for (let k = 0; k < count; k++) weights[i * count + k] = cubicWeight((start + k - centre) / stretch) / sum
  }
  return { first, weights, count }
}

/** Scales `image` to `width` x `height` pixels (bicubic, widened when shrinking; edges repeat). Pure and exact. */
export function resampleGrey(image: GreyImage, width: number, height: number): GreyImage {
  if (width === image.width && height === image.height) return image
  const across = findTaps(image.width, width)
  const rows = new Float32Array(width * image.height)
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++)
      rows[y * width + x] = gatherTaps(image.data, y * image.width, 1, image.width, across, x)
  }
  const down = findTaps(image.height, height)
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = gatherTaps(rows, x, width, image.height, down, y)
      data[y * width + x] = Math.max(0, Math.min(255, Math.round(value)))
    }
  }
  return { width, height, data }
}

function gatherTaps(
  source: Uint8Array | Float32Array,
  origin: number,
  stride: number,
  length: number,
  taps: Taps,
  target: number,
): number {
  const start = taps.first[target] ?? 0
  let value = 0
  for (let k = 0; k < taps.count; k++) {
    const weight = taps.weights[target * taps.count + k] ?? 0
    if (weight === 0) continue
    const position = Math.max(0, Math.min(length - 1, start + k))
    value += weight * (source[origin + position * stride] ?? 0)
  }
  return value
}
