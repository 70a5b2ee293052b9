import type { BitImage, Darkness, GreyImage } from './image.ts'

/** Takes shadows, gradients and dark page borders out of `grey`: what is dark over a wide area becomes paper. */
export function flattenLight(grey: GreyImage): Darkness {
  const { width, height, data } = grey
  const block = Math.max(16, Math.round(Math.max(width, height) / 80))
  const columns = Math.ceil(width / block)
  const rows = Math.ceil(height / block)
  const paper = smoothBlocks(paperOfBlocks(grey, block, columns, rows), columns, rows)
  const flat = new Uint8Array(width * height)
  const levels = new Uint32Array(256)
  const strip: Strip = { local: new Float32Array(width), scale: new Float32Array(width) }
  const places = blocksAlong(width, block, columns)
  for (let y = 0; y < height; y++) {
    if (y % STRIP_PX === 0) lightStrip(paper, rows, columns, (y + STRIP_PX / 2) / block - 0.5, places, strip)
    flattenRow(data, y * width, strip, flat, levels)
  }
  const noise = measureNoise(flat, width)
  return { width, height, data: flat, noise, ink: measureInk(levels, flat.length, noise) }
}

/** Over so many rows the light is taken for the same; blocks are four times as high at least. */
const STRIP_PX = 4
/** Paper darker than this is taken for as bright as this: it is a lid or a desk, and shows little print. */
const DARKEST_PAPER = 40

/** The grey of the paper at each pixel of a strip of rows, and by how much a lack of light there is multiplied. */
interface Strip {
  readonly local: Float32Array
  readonly scale: Float32Array
}

/** `place` is how far down the blocks the strip's middle lies, in blocks from the middle of the first. */
function lightStrip(
  paper: Float32Array,
  rows: number,
  columns: number,
  place: number,
  { leftOf, shareOf }: BlocksAlong,
  { local, scale }: Strip,
): void {
  const v = Math.min(rows - 1, Math.max(0, place))
  const upper = Math.floor(v) * columns
  const lower = Math.min(rows - 1, Math.floor(v) + 1) * columns
  // One more than there are columns, so that the last one has a right neighbour: its share is 0.
  const paperOfRow = new Float32Array(columns + 1)
  for (let c = 0; c < columns; c++) {
    const a = paper[upper + c] as number
    paperOfRow[c] = a + ((paper[lower + c] as number) - a) * (v - Math.floor(v))
  }
  for (let x = 0; x < local.length; x++) {
    const left = leftOf[x] as number
    const a = paperOfRow[left] as number
    const level = a + ((paperOfRow[left + 1] as number) - a) * (shareOf[x] as number)
    local[x] = level
    scale[x] = 255 / Math.max(DARKEST_PAPER, level)
  }
}

/** Writes the darkness of a row, and counts its levels above 0. */
function flattenRow(
  data: Uint8Array,
  base: number,
  { local, scale }: Strip,
  flat: Uint8Array,
  levels: Uint32Array,
): void {
  for (let x = 0, i = base; x < local.length; x++, i++) {
    const lack = (local[x] as number) - (data[i] as number)
    if (lack <= 0) continue
    const level = (lack * (scale[x] as number)) | 0
    flat[i] = level
    levels[level] = (levels[level] as number) + 1
  }
}

/** For each pixel of a row the block whose middle lies left of it, and how far it is on to the next one (0 to 1). */
interface BlocksAlong {
  readonly leftOf: Int32Array
  readonly shareOf: Float64Array
}

function blocksAlong(width: number, block: number, columns: number): BlocksAlong {
  const places = Array.from({ length: width }, (_, x) => Math.min(columns - 1, Math.max(0, (x + 0.5) / block - 0.5)))
  return {
    leftOf: Int32Array.from(places, (place) => Math.floor(place)),
    shareOf: Float64Array.from(places, (place) => place - Math.floor(place)),
  }
}

/** The grey of the paper in each block: the level that 30 % of the block's pixels reach, print being the minority. */
function paperOfBlocks({ width, height, data }: GreyImage, block: number, columns: number, rows: number): Float32Array {
  const paper = new Float32Array(columns * rows)
  const histogram = new Uint32Array(256)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      histogram.fill(0)
      const x1 = Math.min(width, (c + 1) * block)
      const y1 = Math.min(height, (r + 1) * block)
      for (let y = r * block; y < y1; y++) {
        for (let i = y * width + c * block; i < y * width + x1; i++) {
          const level = data[i] as number
          histogram[level] = (histogram[level] as number) + 1
        }
      }
      const wanted = (x1 - c * block) * (y1 - r * block) * 0.3
      let seen = 0
      let level = 255
      while (level > 0 && seen < wanted) seen += histogram[level--] as number
      paper[r * columns + c] = level + 1
    }
  }
  return paper
}

/** Median of three by three blocks: one block full of print does not pass for a shadow. */
function smoothBlocks(paper: Float32Array, columns: number, rows: number): Float32Array {
  const smooth = new Float32Array(paper.length)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const around: number[] = []
      for (let y = Math.max(0, r - 1); y <= Math.min(rows - 1, r + 1); y++) {
        for (let x = Math.max(0, c - 1); x <= Math.min(columns - 1, c + 1); x++) {
          around.push(paper[y * columns + x] as number)
        }
      }
      around.sort((a, b) => a - b)
      smooth[r * columns + c] = around[around.length >> 1] as number
    }
  }
  return smooth
}

function measureNoise(flat: Uint8Array, width: number): number {
  let sum = 0
  let count = 0
  for (let i = 1; i < flat.length; i += 7) {
    const a = flat[i] as number
    const b = flat[i - 1] as number
    // The flat image is cut off at paper level: only pairs that both lie above it tell the grain.
    if ((a === 0 && b === 0) || a >= 30 || b >= 30 || i % width === 0) continue
    sum += Math.abs(a - b)
    count++
  }
  return count < flat.length / 200 ? 0.5 : Math.max(0.5, sum / count)
}

/** Mean darkness of what Otsu's threshold calls print, from how many of `pixels` pixels have each darkness above 0. */
function measureInk(histogram: Uint32Array, pixels: number, noise: number): number {
  const floor = Math.max(12, Math.ceil(4 * noise))
  let total = 0
  let sum = 0
  for (let v = floor; v < 256; v++) {
    total += histogram[v] as number
    sum += v * (histogram[v] as number)
  }
  if (total < pixels / 20_000) return 120
  let best = floor
  let bestSpread = -1
  let below = 0
  let sumBelow = 0
  for (let v = floor; v < 255; v++) {
    below += histogram[v] as number
    sumBelow += v * (histogram[v] as number)
    const above = total - below
    if (below === 0 || above === 0) continue
    const spread = below * above * ((sum - sumBelow) / above - sumBelow / below) ** 2
    if (spread > bestSpread) {
      bestSpread = spread
      best = v
    }
  }
  let inkSum = 0
  let inkCount = 0
  for (let v = best + 1; v < 256; v++) {
    inkSum += v * (histogram[v] as number)
    inkCount += histogram[v] as number
  }
  return inkCount > 0 ? Math.max(30, inkSum / inkCount) : 120
}

/** The pixels that are print: darker than a third of the page's usual ink and well above the grain. */
export function inkOf(darkness: Darkness): BitImage {
  const { width, height, data } = darkness
  const bits = new Uint8Array(data.length)
  // The sign of the difference, shifted down: no branch to guess for every pixel.
  const below = Math.ceil(inkThreshold(darkness)) - 1
  for (let i = 0; i < data.length; i++) bits[i] = (below - (data[i] as number)) >>> 31
  return { width, height, data: bits }
}

/** The darkness from which a pixel counts as print. */
export function inkThreshold({ noise, ink }: Darkness): number {
  return Math.min(110, Math.max(14, 0.33 * ink, 4 * noise))
}
