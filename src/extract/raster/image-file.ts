import sharp, { type Sharp } from 'sharp'
import { PipelineError } from '../../model/pipeline-error.ts'
import type { ColorImage, GreyImage } from './image.ts'

/** No page is worth more than this: 60 megapixels are A3 at 450 dpi. */
const MAX_PIXELS = 60_000_000

/**
 * Decodes a PNG, JPEG, TIFF (all its pages) or WebP file to RGB, upright by its EXIF note, transparent areas white.
 * @throws PipelineError document/unreadable for other bytes, page/too-large above 60 megapixels a page
 */
export async function decodeImageFile(bytes: Uint8Array): Promise<ColorImage[]> {
  const pageCount = await readPageCount(bytes)
  const images: ColorImage[] = []
  for (let page = 0; page < pageCount; page++) images.push(await decodePage(bytes, page))
  return images
}

async function readPageCount(bytes: Uint8Array): Promise<number> {
  try {
    const { pages, format } = await sharp(bytes).metadata()
    return format === 'tiff' ? (pages ?? 1) : 1
  } catch (cause) {
    throw new PipelineError('document/unreadable', 'not an image that can be decoded', { cause })
  }
}

async function decodePage(bytes: Uint8Array, page: number): Promise<ColorImage> {
  const pageNumber = page + 1
  try {
    const picture = sharp(bytes, { page, limitInputPixels: false })
    const { width, height } = await picture.metadata()
    if (width * height > MAX_PIXELS) {
      throw new PipelineError('page/too-large', `${width} x ${height} pixels`, { pageNumber })
    }
    const { data, info } = await picture
      .rotate()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return { width: info.width, height: info.height, data: toThreeChannels(data, info.channels) }
  } catch (cause) {
    if (cause instanceof PipelineError) throw cause
    throw new PipelineError('page/unreadable', 'the image is damaged', { pageNumber, cause })
  }
}

function toThreeChannels(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return new Uint8Array(data.buffer, data.byteOffset, data.length)
  const pixelCount = data.length / channels
  const rgb = new Uint8Array(pixelCount * 3)
  for (let i = 0; i < pixelCount; i++) {
    for (let k = 0; k < 3; k++) rgb[i * 3 + k] = data[i * channels + (channels >= 3 ? k : 0)] ?? 255
  }
  return rgb
}

/** Encodes an image as PNG (lossless, deterministic). */
export async function encodePng(image: ColorImage | GreyImage): Promise<Uint8Array> {
  return new Uint8Array(await fromPixels(image).png({ compressionLevel: 6 }).toBuffer())
}

/** Encodes an image as baseline JPEG; `quality` is 1 to 100. */
export async function encodeJpeg(
  image: ColorImage | GreyImage,
  quality: number,
  quarterTurns = 0,
): Promise<Uint8Array> {
  const picture = quarterTurns === 0 ? fromPixels(image) : fromPixels(image).rotate(quarterTurns * DEGREES_PER_TURN)
  return new Uint8Array(await picture.jpeg({ quality }).toBuffer())
}

const DEGREES_PER_TURN = 90

function fromPixels(image: ColorImage | GreyImage): Sharp {
  const channels = image.data.length === image.width * image.height ? 1 : 3
  const { width, height } = image
  const picture = sharp(image.data, { raw: { width, height, channels } })
  return channels === 1 ? picture.toColourspace('b-w') : picture
}

/** The image made smaller (area means) until no side is longer than `longestSidePx`; as it is where none is. */
export async function shrinkImage<Image extends ColorImage | GreyImage>(
  image: Image,
  longestSidePx: number,
): Promise<Image> {
  const longest = Math.max(image.width, image.height)
  if (longest <= longestSidePx) return image
  const width = Math.max(1, Math.round((image.width * longestSidePx) / longest))
  const height = Math.max(1, Math.round((image.height * longestSidePx) / longest))
  const { data } = await fromPixels(image)
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { ...image, width, height, data: new Uint8Array(data) }
}
