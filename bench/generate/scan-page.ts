import sharp, { type Sharp } from 'sharp'
import type { PrintedLine } from './browser.ts'
import type { Random } from './random.ts'
import { agePaper, exposeToSensor, type Pixels, placeOnGlass, printToScan, turnQuarters, type Wear } from './wear.ts'

const CSS_PX_PER_INCH = 96

/** An image as a scanner stores it. `ccitt` is Group 4 data, `flate` one bit a pixel (1 white), rows padded to bytes. */
export interface ScannedImage {
  readonly encoding: 'jpeg' | 'ccitt' | 'flate'
  readonly isGrey: boolean
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/** A scanned page with the lines of text that it shows, in pixels of the page before any quarter turn. */
export interface ScannedPage {
  /** One image, or the strips of the page from top to bottom. */
  readonly images: readonly ScannedImage[]
  readonly width: number
  readonly height: number
  readonly wear: Wear
  readonly lines: readonly PrintedLine[]
}

/** Wears a photographed page and stores it as a scanner would. */
export async function scanPage(
  photo: { readonly png: Uint8Array; readonly lines: readonly PrintedLine[] },
  wear: Wear,
  random: Random,
): Promise<ScannedPage> {
  const { data, info } = await sharp(photo.png)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const print: Pixels = { width: info.width, height: info.height, data: new Uint8Array(data) }
  const fitted = fitOnGlass(photo.lines, wear, print.width, print.height)
  const worn = await wearPixels(print, fitted, random)
  const padded = fitted.mode === 'bilevel' ? padToTiles(worn) : worn
  const stored = turnQuarters(padded, fitted.quarterTurns)
  const images = await Promise.all(cutStrips(stored, fitted.stripHeight).map((strip) => storeImage(strip, fitted)))
  const { width, height } = stored
  return { images, width, height, wear: fitted, lines: moveLines(photo.lines, fitted, print.width, print.height) }
}

/** The page in strips of the given height (0: in one piece). */
function cutStrips({ width, height, data }: Pixels, stripHeight: number): Pixels[] {
  if (stripHeight === 0) return [{ width, height, data }]
  const starts = Array.from({ length: Math.ceil(height / stripHeight) }, (_, index) => index * stripHeight)
  return starts.map((top) => {
    const bottom = Math.min(height, top + stripHeight)
    return { width, height: bottom - top, data: data.slice(top * width * 3, bottom * width * 3) }
  })
}

/** White added at the right and the bottom until both sides are multiples of 16, as tiles must be. */
function padToTiles({ width, height, data }: Pixels): Pixels {
  const [wide, high] = [Math.ceil(width / 16) * 16, Math.ceil(height / 16) * 16]
  const padded = new Uint8Array(wide * high * 3).fill(255)
  for (let y = 0; y < height; y += 1) padded.set(data.subarray(y * width * 3, (y + 1) * width * 3), y * wide * 3)
  return { width: wide, height: high, data: padded }
}

/** Lays the paper smaller on the glass until no text falls off it: a truth that is not on the page tests nothing. */
function fitOnGlass(lines: readonly PrintedLine[], wear: Wear, width: number, height: number): Wear {
  const isOff = ({ x0, x1, top, bottom }: PrintedLine): boolean =>
    x0 < 2 || top < 2 || x1 > width - 2 || bottom > height - 2
  let fitted = wear
  while (moveLines(lines, fitted, width, height).some(isOff)) {
    if (fitted.paperScale < 0.6) throw new Error(`text falls off the glass at ${wear.skewDegrees} degrees`)
    fitted = { ...fitted, paperScale: fitted.paperScale * 0.98 }
  }
  return fitted
}

/** Everything that happens to the pixels before they are stored. */
export async function wearPixels(print: Pixels, wear: Wear, random: Random): Promise<Pixels> {
  const placed = placeOnGlass(agePaper(print, wear), wear)
  return exposeToSensor(await blur(placed, wear.blurSigmaPx), wear, random)
}

async function blur(image: Pixels, sigma: number): Promise<Pixels> {
  if (sigma < 0.3) return image
  const data = await sharpOf(image).blur(sigma).raw().toBuffer()
  return { ...image, data: new Uint8Array(data) }
}

function sharpOf({ width, height, data }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } })
}

async function storeImage(image: Pixels, wear: Wear): Promise<ScannedImage> {
  const { width, height } = image
  if (wear.mode === 'bilevel' && wear.bilevelEncoding === 'flate') {
    return { encoding: 'flate', isGrey: true, width, height, bytes: toBits(image) }
  }
  if (wear.mode === 'bilevel') return { encoding: 'ccitt', isGrey: true, width, height, bytes: await toGroup4(image) }
  const isGrey = wear.mode === 'grey'
  const source = isGrey ? sharpOf(image).toColourspace('b-w') : sharpOf(image)
  const bytes = await source.jpeg({ quality: wear.jpegQuality, chromaSubsampling: '4:2:0' }).toBuffer()
  return { encoding: 'jpeg', isGrey, width, height, bytes: new Uint8Array(bytes) }
}

/** Group 4 data of a thresholded page, taken out of a TIFF of one tile (its sides are multiples of 16). */
async function toGroup4(image: Pixels): Promise<Uint8Array> {
  const tiff = await sharpOf(image)
    .greyscale()
    .threshold(BILEVEL_THRESHOLD)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, tile: true, tileWidth: image.width, tileHeight: image.height })
    .toBuffer()
  return readOnlyTile(tiff)
}

const BILEVEL_THRESHOLD = 185

function toBits({ width, height, data }: Pixels): Uint8Array {
  const stride = Math.ceil(width / 8)
  const bits = new Uint8Array(stride * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * stride + (x >> 3)
      if ((data[(y * width + x) * 3] ?? 255) >= BILEVEL_THRESHOLD) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return bits
}

const TAG_TILE_OFFSETS = 324
const TAG_TILE_BYTE_COUNTS = 325

function readOnlyTile(tiff: Buffer): Uint8Array {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II'
  const short = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const long = (at: number): number => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const directory = long(4)
  const entries = new Map<number, { count: number; value: number }>()
  for (let index = 0; index < short(directory); index += 1) {
    const at = directory + 2 + index * 12
    const value = short(at + 2) === 3 ? short(at + 8) : long(at + 8)
    entries.set(short(at), { count: long(at + 4), value })
  }
  const offset = entries.get(TAG_TILE_OFFSETS)
  const size = entries.get(TAG_TILE_BYTE_COUNTS)
  if (offset?.count !== 1 || size === undefined) throw new Error(`expected a TIFF of one tile, got ${offset?.count}`)
  return new Uint8Array(tiff.subarray(offset.value, offset.value + size.value))
}

function moveLines(lines: readonly PrintedLine[], wear: Wear, width: number, height: number): PrintedLine[] {
  const scale = wear.dpi / CSS_PX_PER_INCH
  const forward = printToScan(wear, width, height)
  return lines.map((line) => {
    const middle = ((line.top + line.bottom) / 2) * scale
    const [x0, leftY] = forward(line.x0 * scale, middle)
    const [x1, rightY] = forward(line.x1 * scale, middle)
    const half = ((line.bottom - line.top) / 2) * scale * wear.paperScale
    const centre = (leftY + rightY) / 2
    return { ...line, x0, x1, top: centre - half, bottom: centre + half }
  })
}
