import type { BitImage, Darkness, GreyImage } from './image.ts'
import { transposeMask } from './scan-mask.ts'

/** What counts as a ridge of darkness; lengths in pixels. */
export interface RidgeLook {
  /** The mean is taken over so many pixels before and behind, along the ridge. */
  readonly reach: number
  /** Beyond this darkness, darker is not more of a ruling. */
  readonly cap: number
  /** How far beside it its sides are looked at. */
  readonly side: number
  /** How much darker than either side it is. */
  readonly threshold: number
}

/**
 * Pixels that are darker than both their sides, on the mean along the direction. Vertical ridges are given lying: rows
 * of the mask are columns of the page.
 */
export function findRidges(darkness: Darkness, orientation: 'horizontal' | 'vertical', look: RidgeLook): BitImage {
  const { width } = darkness
  return orientation === 'horizontal'
    ? ridgeMask(averageAlong(darkness, look), look, width, 1)
    : transposeMask(ridgeMask(averageDown(darkness, look), look, 1, width))
}

/** Mean along the row. */
function averageAlong({ width, height, data }: Darkness, { reach, cap }: RidgeLook): GreyImage {
  const averaged = new Uint8Array(data.length)
  const length = 2 * reach + 1
  const limit = Math.round(cap)
  const meanOf = toMeans(length, limit)
  // A row with the paper beyond its ends, so that the window needs no case for them.
  const row = new Uint8Array(width + length)
  for (let y = 0; y < height; y++) {
    const base = y * width
    for (let x = 0; x < width; x++) {
      const value = data[base + x] as number
      row[x + reach] = value < limit ? value : limit
    }
    let sum = 0
    for (let i = 0; i < length - 1; i++) sum += row[i] as number
    for (let x = 0; x < width; x++) {
      sum += row[x + length - 1] as number
      averaged[base + x] = meanOf[sum] as number
      sum -= row[x] as number
    }
  }
  return { width, height, data: averaged }
}

/** Mean down the column, of all columns side by side: rows lie together in memory, columns do not. */
function averageDown({ width, height, data }: Darkness, { reach, cap }: RidgeLook): GreyImage {
  const averaged = new Uint8Array(data.length)
  const limit = Math.round(cap)
  const meanOf = toMeans(2 * reach + 1, limit)
  const sums = new Int32Array(width)
  const paper = new Uint8Array(width)
  const rowAt = (y: number): Uint8Array => (y < 0 || y >= height ? paper : data.subarray(y * width, (y + 1) * width))
  for (let y = -reach; y < height; y++) {
    const entering = rowAt(y + reach)
    const leaving = rowAt(y - reach - 1)
    for (let x = 0; x < width; x++) {
      const more = entering[x] as number
      const less = leaving[x] as number
      const sum = (sums[x] as number) + (more < limit ? more : limit) - (less < limit ? less : limit)
      sums[x] = sum
      if (y >= 0) averaged[y * width + x] = meanOf[sum] as number
    }
  }
  return { width, height, data: averaged }
}

/** Every sum of `length` values up to `limit`, divided. */
function toMeans(length: number, limit: number): Uint8Array {
  return Uint8Array.from({ length: limit * length + 1 }, (_, sum) => Math.floor(sum / length))
}

/**
 * Pixels darker by `threshold` than what lies `side` pixels before and behind, where a second ruling may lie.
 * `acrossStep` and `alongStep` are what one pixel across the ridge and along it adds to an index.
 */
function ridgeMask(
  { width, height, data }: GreyImage,
  { side, threshold }: RidgeLook,
  acrossStep: number,
  alongStep: number,
): BitImage {
  const mask = new Uint8Array(data.length)
  const away = side + Math.max(3, side >> 1)
  const near = side * acrossStep
  const far = away * acrossStep
  const across = alongStep === 1 ? height : width
  const least = Math.floor(threshold) + 1
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if ((data[i] as number) < least) continue
      const place = alongStep === 1 ? y : x
      if (place < 1 || place >= across - 1) continue
      const level = (data[i] as number) - threshold
      if (place >= away && level < (data[i - near] as number) && level < (data[i - far] as number)) continue
      if (place + away < across && level < (data[i + near] as number) && level < (data[i + far] as number)) continue
      mask[i] = 1
    }
  }
  return { width, height, data: mask }
}
