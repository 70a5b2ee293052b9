import { boxHeight, boxWidth } from '../../model/bounding-box.ts'
import type { ColorImage } from '../raster/image.ts'
import type { PaintedImage } from './page-content.ts'
import { type DecodedImage, ImageKind } from './pdfjs-door.ts'
import type { ImageLayout, Picture } from './place-images.ts'

const WHITE = 255

/** Gives the decoded pixels of an image in colour. */
export type DecodeImage = (image: PaintedImage) => Promise<ColorImage>

/**
 * The pixels of a picture at 1:1, upright as displayed, strips joined, cut to what its clip shows. Transparent parts
 * are white. Null where the pixels are not what the page shows. Throws what `decode` throws.
 */
export async function readPicturePixels(picture: Picture, decode: DecodeImage): Promise<ColorImage | null> {
  const [first] = picture.strips
  if (first === undefined) return null
  const sizeX = boxWidth(first.fullBox) / first.widthPx
  const sizeY = boxHeight(first.fullBox) / first.heightPx
  const { bbox, widthPx: width, heightPx: height } = picture.placed
  const data = new Uint8Array(width * height * 3).fill(WHITE)
  for (const strip of picture.strips) {
    const decoded = await decode(strip.image)
    const left = Math.round((strip.fullBox.x0 - bbox.x0) / sizeX)
    const top = Math.round((strip.fullBox.top - bbox.top) / sizeY)
    placeStrip({ width, height, data }, decoded, strip, left, top)
  }
  return { width, height, data }
}

/** Copies a strip to its place, turned and flipped; a decoder that halved the image gets its pixels repeated. */
function placeStrip(target: ColorImage, source: ColorImage, strip: ImageLayout, left: number, top: number): void {
  const { widthPx, heightPx, isTransposed, flipsX, flipsY } = strip
  if (isCopiedAsIs(target, source, strip, left, top)) {
    target.data.set(source.data.subarray(0, target.data.length))
    return
  }
  for (let y = Math.max(0, -top); y < heightPx && y + top < target.height; y += 1) {
    const down = (flipsY ? heightPx - 1 - y : y) / heightPx
    for (let x = Math.max(0, -left); x < widthPx && x + left < target.width; x += 1) {
      const right = (flipsX ? widthPx - 1 - x : x) / widthPx
      const [u, v] = isTransposed ? [down, right] : [right, down]
      const from = (Math.floor(v * source.height + 1e-6) * source.width + Math.floor(u * source.width + 1e-6)) * 3
      const to = ((y + top) * target.width + x + left) * 3
      target.data[to] = source.data[from] ?? WHITE
      target.data[to + 1] = source.data[from + 1] ?? WHITE
      target.data[to + 2] = source.data[from + 2] ?? WHITE
    }
  }
}

/** Whether the strip is the whole picture, upright and of its own size. */
function isCopiedAsIs(target: ColorImage, source: ColorImage, strip: ImageLayout, left: number, top: number): boolean {
  const isUpright = !strip.isTransposed && !strip.flipsX && !strip.flipsY
  const isWhole = left === 0 && top === 0 && source.width === target.width && source.height === target.height
  return isUpright && isWhole && strip.widthPx === source.width && strip.heightPx === source.height
}

/** RGB bytes of whatever pdf.js decoded; null for a kind that is not known or too few bytes. */
export function toRgb(
  decoded: DecodedImage,
  image: Pick<PaintedImage, 'isStencil' | 'stencilColor'>,
): Uint8Array | null {
  const count = decoded.width * decoded.height
  if (image.isStencil) return bitsToRgb(decoded, colorToRgb(image.stencilColor))
  if (decoded.kind === ImageKind.GRAYSCALE_1BPP) return bitsToRgb(decoded, [0, 0, 0])
  if (decoded.kind === ImageKind.RGB_24BPP) return decoded.data.length >= count * 3 ? decoded.data : null
  if (decoded.kind === ImageKind.RGBA_32BPP) return rgbaToRgb(decoded.data, count)
  return null
}

/** One bit a pixel, rows padded to bytes: 0 is ink, 1 is paper. */
function bitsToRgb({ width, height, data }: DecodedImage, ink: readonly [number, number, number]): Uint8Array | null {
  const rowBytes = (width + 7) >> 3
  if (data.length < rowBytes * height) return null
  const rgb = new Uint8Array(width * height * 3).fill(WHITE)
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 3) {
      if ((((data[y * rowBytes + (x >> 3)] ?? WHITE) >> (7 - (x & 7))) & 1) === 0) rgb.set(ink, to)
    }
  }
  return rgb
}

/** Lays RGBA pixels on white paper. */
export function rgbaToRgb(data: Uint8Array | Uint8ClampedArray, count: number): Uint8Array | null {
  if (data.length < count * 4) return null
  const rgb = new Uint8Array(count * 3)
  for (let pixel = 0, from = 0, to = 0; pixel < count; pixel += 1, from += 4, to += 3) {
    const alpha = (data[from + 3] ?? WHITE) / WHITE
    for (let channel = 0; channel < 3; channel += 1) {
      rgb[to + channel] = Math.round((data[from + channel] ?? WHITE) * alpha + WHITE * (1 - alpha))
    }
  }
  return rgb
}

function colorToRgb(color: string): readonly [number, number, number] {
  const value = /^#[0-9a-f]{6}$/i.test(color) ? Number.parseInt(color.slice(1), 16) : 0
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}
