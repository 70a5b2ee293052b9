import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BitImage, ColorImage, GreyImage } from '../../../src/extract/raster/image.ts'
import { decodeImageFile } from '../../../src/extract/raster/image-file.ts'
import type { MadeStream } from './make-pdf.ts'

const FOLDER = join(import.meta.dirname, '../../fixtures/pictures')

/** The bytes of a picture of the test page. */
export function pictureFile(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FOLDER, name)))
}

async function loadPage(): Promise<ColorImage> {
  const [image] = await decodeImageFile(pictureFile('page.png'))
  if (image === undefined) throw new Error('there is no picture of the page')
  return image
}

/** A small page that looks like itself in one of its eight ways round only. */
export const PAGE = await loadPage()
export const GREY: GreyImage = { ...PAGE, data: toLevels(PAGE.data) }
/** 1 is print. */
export const BITS: BitImage = { ...GREY, data: GREY.data.map((level) => (level < 128 ? 1 : 0)) }

function toLevels(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, i) => {
    const [r, g, b] = [rgb[i * 3] ?? 0, rgb[i * 3 + 1] ?? 0, rgb[i * 3 + 2] ?? 0]
    return Math.round(0.299 * r + 0.587 * g + 0.114 * b)
  })
}

/** Grey levels (0 to 255) as a picture. */
export function fromLevels(level: (index: number) => number): ColorImage {
  const data = Uint8Array.from({ length: PAGE.data.length }, (_, i) => level(Math.floor(i / 3)))
  return { width: PAGE.width, height: PAGE.height, data }
}

export const AS_COLOR = PAGE
export const AS_GREY = fromLevels((i) => GREY.data[i] ?? 0)
export const AS_BITS = fromLevels((i) => (BITS.data[i] === 1 ? 0 : 255))
/** Grey rounded to so many bits. */
export const asDepth = (bits: number): ColorImage => {
  const steps = 2 ** bits - 1
  return fromLevels((i) => Math.round((Math.round(((GREY.data[i] ?? 0) / 255) * steps) * 255) / steps))
}

/** An image XObject of the page's size (or of another) in a coding. */
export function imageObject(
  keys: string,
  bytes: Uint8Array,
  references: Readonly<Record<string, MadeStream>> = {},
  { width, height }: { readonly width: number; readonly height: number } = PAGE,
): MadeStream {
  const dictionary = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} ${keys}`
  return { dictionary, bytes, references }
}

/** The mean difference of two pictures in levels a channel; infinite where they are of different size or missing. */
export function meanDifference(found: ColorImage | null, wanted: ColorImage): number {
  if (found === null || found.width !== wanted.width || found.height !== wanted.height) return Infinity
  return wanted.data.reduce((sum, level, i) => sum + Math.abs(level - (found.data[i] ?? 0)), 0) / wanted.data.length
}

/** The rows `from` (included) to `to` of a mask or of levels. */
export function rowsOf<Image extends GreyImage>(image: Image, from: number, to: number): Image {
  return { ...image, height: to - from, data: image.data.slice(from * image.width, to * image.width) }
}
