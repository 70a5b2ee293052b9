import type { GreyImage } from '../raster/image.ts'

/** Catmull-Rom: sharp enough for strokes of one or two pixels, and it does not ring as much as Lanczos. */
function cubicWeight(distance: number): number {
  const x = Math.abs(distance)
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2
  return 0
}

/** What each target position is made of: `count` source positions, within the source, and their weights, which sum to 1. */
interface Taps {
  readonly positions: Int32Array
  readonly weights: Float32Array
  readonly count: number
}

/** For each output position the source positions that it is made of; the kernel widens when the image shrinks. */
function findTaps(sourceLength: number, targetLength: number): Taps {
  const step = sourceLength / targetLength
  const stretch = Math.max(1, step)
  const count = Math.ceil(4 * stretch) + 1
  const positions = new Int32Array(targetLength * count)
  const weights = new Float32Array(targetLength * count)
  const kernel = new Float64Array(count)
  for (let i = 0; i < targetLength; i++) {
    const centre = (i + 0.5) * step - 0.5
    const start = Math.ceil(centre - 2 * stretch)
    let sum = 0
    for (let k = 0; k < count; k++) {
      kernel[k] = cubicWeight((start + k - centre) / stretch)
      sum += kernel[k] as number
    }
    for (let k = 0; k < count; k++) {
      positions[i * count + k] = Math.max(0, Math.min(sourceLength - 1, start + k))
      weights[i * count + k] = (kernel[k] as number) / sum
    }
  }
  return { positions, weights, count }
}

/** Scales `image` to `width` x `height` pixels (bicubic, widened when shrinking; edges repeat). Pure and exact. */
export function resampleGrey(image: GreyImage, width: number, height: number): GreyImage {
  if (width === image.width && height === image.height) return image
  return scaleDown(scaleAcross(image, width), width, height, image.height)
}

/** Scales each row to `width` pixels. */
function scaleAcross(image: GreyImage, width: number): Float32Array {
  const { positions, weights, count } = findTaps(image.width, width)
  const rows = new Float32Array(width * image.height)
  for (let y = 0; y < image.height; y++) {
    const source = y * image.width
    for (let x = 0, tap = 0; x < width; x++) {
      let value = 0
      for (const end = tap + count; tap < end; tap++) {
        value += (weights[tap] as number) * (image.data[source + (positions[tap] as number)] as number)
      }
      rows[y * width + x] = value
    }
  }
  return rows
}

/** Scales the columns of `rows` from `sourceHeight` to `height` pixels, a row at a time. */
function scaleDown(rows: Float32Array, width: number, height: number, sourceHeight: number): GreyImage {
  const { positions, weights, count } = findTaps(sourceHeight, height)
  const data = new Uint8Array(width * height)
  const sums = new Float64Array(width)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let tap = y * count; tap < (y + 1) * count; tap++) {
      const weight = weights[tap] as number
      if (weight === 0) continue
      const source = (positions[tap] as number) * width
      for (let x = 0; x < width; x++) sums[x] = (sums[x] as number) + weight * (rows[source + x] as number)
    }
    for (let x = 0; x < width; x++) {
      const value = sums[x] as number
      data[y * width + x] = value <= 0 ? 0 : value >= 255 ? 255 : Math.floor(value + 0.5)
    }
  }
  return { width, height, data }
}
