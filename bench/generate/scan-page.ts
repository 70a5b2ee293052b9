import sharp, { type Sharp } from 'sharp'
import type { PrintedLine } from './browser.ts'
import type { Random } from './random.ts'
import { agePaper, exposeToSensor, type Pixels, placeOnGlass, printToScan, turnQuarters, type Wear } from './wear.ts'

const CSS_PX_PER_INCH = 96

/** A page image as a scanner stores it. `ccitt` is one Group 4 strip with 1 for black. */
export interface ScannedImage {
  readonly encoding: 'jpeg' | 'ccitt'
  readonly isGrey: boolean
  readonly width: number
  readonly height: number
  readonly bytes: Uint8Array
}

/** A scanned page with the lines of text that it shows, in pixels of the page before any quarter turn. */
export interface ScannedPage {
  readonly image: ScannedImage
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
  const worn = await wearPixels(print, wear, random)
  const image = await storeImage(turnQuarters(worn, wear.quarterTurns), wear)
  return { image, wear, lines: moveLines(photo.lines, wear, print.width, print.height) }
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
  if (wear.mode === 'bilevel') return { encoding: 'ccitt', isGrey: true, width, height, bytes: await toGroup4(image) }
  const isGrey = wear.mode === 'grey'
  const source = isGrey ? sharpOf(image).toColourspace('b-w') : sharpOf(image)
  const bytes = await source.jpeg({ quality: wear.jpegQuality, chromaSubsampling: '4:2:0' }).toBuffer()
  return { encoding: 'jpeg', isGrey, width, height, bytes: new Uint8Array(bytes) }
}

/** Group 4 data of a thresholded page, taken out of a TIFF of one strip. */
async function toGroup4(image: Pixels): Promise<Uint8Array> {
  const tiff = await sharpOf(image)
    .greyscale()
    .threshold(150)
    .tiff({ compression: 'ccittfax4', bitdepth: 1, tile: false })
    .toBuffer()
  return readOnlyStrip(tiff)
}

const TAG_STRIP_OFFSETS = 273
const TAG_STRIP_BYTE_COUNTS = 279

function readOnlyStrip(tiff: Buffer): Uint8Array {
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
  const offset = entries.get(TAG_STRIP_OFFSETS)
  const size = entries.get(TAG_STRIP_BYTE_COUNTS)
  if (offset?.count !== 1 || size === undefined) throw new Error(`expected a TIFF of one strip, got ${offset?.count}`)
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
