import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import type { PdfPage } from '../../../src/extract/pdf/pdf-page.ts'
import type { ColorImage } from '../../../src/extract/raster/image.ts'
import { encodeFax } from '../../support/codecs/encode-fax.ts'
import { encodeJbig2 } from '../../support/codecs/encode-jbig2.ts'
import { encodeLzw } from '../../support/codecs/encode-lzw.ts'
import {
  encodeAscii85,
  encodeRunLength,
  packSamples,
  predictPng,
  predictTiff,
} from '../../support/codecs/pack-samples.ts'
import { type MadePage, type MadeStream, makePdf } from './make-pdf.ts'
import {
  AS_BITS,
  AS_COLOR,
  AS_GREY,
  asDepth,
  BITS,
  fromLevels,
  GREY,
  imageObject,
  meanDifference,
  PAGE,
  pictureFile,
  rowsOf,
} from './test-pictures.ts'

const { width: W, height: H } = PAGE
const WHOLE = `q ${2 * W} 0 0 ${2 * H} 0 0 cm /I Do Q`
const MEDIA_BOX = `0 0 ${2 * W} ${2 * H}`

async function readMade(page: MadePage): Promise<PdfPage> {
  const pdf = await openPdf(makePdf([{ mediaBox: MEDIA_BOX, ...page }]))
  return await pdf.readPage(1)
}

async function pixelsOf(image: MadeStream): Promise<ColorImage | null> {
  const page = await readMade({ content: WHOLE, xObjects: { I: image } })
  expect(page.images).toHaveLength(1)
  return await page.readImagePixels(0)
}

const samples = (levels: ArrayLike<number>): number[] => Array.from(levels, (level) => level / 255)
const greyBytes = (bits: number): Uint8Array => packSamples(samples(GREY.data), W, bits)
const colorBytes = (bits: number): Uint8Array => packSamples(samples(PAGE.data), 3 * W, bits)
const printBits = (isInkZero: boolean): Uint8Array =>
  packSamples(
    Array.from(BITS.data, (bit) => (isInkZero ? 1 - bit : bit)),
    W,
    1,
  )
const deflated = (keys: string, bytes: Uint8Array, references: Readonly<Record<string, MadeStream>> = {}): MadeStream =>
  imageObject(`${keys} /Filter /FlateDecode`, deflateSync(bytes), references)

/** Inks (0 to 1) of each pixel: black for what is grey, the rest for colour. */
const inks: readonly number[] = Array.from({ length: W * H }, (_, i) => {
  const cmy = [0, 1, 2].map((channel) => 1 - (PAGE.data[i * 3 + channel] ?? 0) / 255)
  const black = Math.min(...cmy)
  return [...cmy.map((ink) => ink - black), black]
}).flat()

/** Each grey level as an index into a palette that runs backwards. */
const PALETTE = Array.from({ length: 16 }, (_, i) => (255 - 17 * i).toString(16).padStart(2, '0').repeat(3)).join('')
const indexes = Array.from(GREY.data, (level) => (15 - Math.round(level / 17)) / 15)

const fax = (k: number, keys = '', options: Parameters<typeof encodeFax>[1] = { k }): MadeStream =>
  imageObject(
    `/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K ${k} /Columns ${W} /Rows ${H} ${keys} >>`,
    encodeFax(BITS, options),
  )
const file = (keys: string, name: string): MadeStream => imageObject(keys, pictureFile(name))

describe('a picture is read at 1:1 whatever its coding', () => {
  /** Name, image, what must be seen, mean difference that the coding may make. */
  const codings: readonly (readonly [string, MadeStream, ColorImage, number])[] = [
    ['JPEG, grey', file('/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode', 'grey.jpg'), AS_GREY, 1.5],
    ['JPEG, colour', file('/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode', 'color.jpg'), AS_COLOR, 1.5],
    ['JPEG, colour subsampled, with restarts', file('/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode', 'subsampled.jpg'), AS_COLOR, 4],
    ['JPEG, progressive', file('/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode', 'progressive.jpg'), AS_COLOR, 1.5],
    ['JPEG, inverted by /Decode', file('/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Decode [1 0]', 'grey.jpg'), fromLevels((i) => 255 - (GREY.data[i] ?? 0)), 1.5],
    ['JPEG in ASCII 85', imageObject('/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/ASCII85Decode /DCTDecode]', encodeAscii85(pictureFile('grey.jpg'))), AS_GREY, 1.5],
    ['JPEG, CMYK as Adobe inverts it', file('/ColorSpace /DeviceCMYK /BitsPerComponent 8 /Filter /DCTDecode /Decode [1 0 1 0 1 0 1 0]', 'cmyk-adobe.jpg'), AS_COLOR, 12],
    ['JPEG, YCCK as Adobe inverts it', file('/ColorSpace /DeviceCMYK /BitsPerComponent 8 /Filter /DCTDecode /Decode [1 0 1 0 1 0 1 0]', 'ycck-adobe.jpg'), AS_COLOR, 12],
    ['JPEG 2000, grey', file('/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /JPXDecode', 'grey.jp2'), AS_GREY, 0.1],
    ['JPEG 2000, in tiles', file('/Filter /JPXDecode', 'grey-tiled.jp2'), AS_GREY, 0.1],
    ['JPEG 2000, colour, its own colour space', file('/Filter /JPXDecode', 'color.jp2'), AS_COLOR, 0.1],
    ['JPEG 2000, a lossy code stream', file('/ColorSpace /DeviceRGB /Filter /JPXDecode', 'color-lossy.j2k'), AS_COLOR, 4],
    ['fax, group 4', fax(-1), AS_BITS, 0],
    ['fax, group 4 without an end, in whole bytes', fax(-1, '/EndOfBlock false /EncodedByteAlign true', { k: -1, endOfBlock: false, byteAlign: true }), AS_BITS, 0],
    ['fax, group 3', fax(0), AS_BITS, 0],
    ['fax, group 3 with ends of line', fax(0, '/EndOfLine true', { k: 0, endOfLine: true }), AS_BITS, 0],
    ['fax, group 3 in two dimensions', fax(4, '/EndOfLine true', { k: 4, endOfLine: true }), AS_BITS, 0],
    ['fax, black is 1', fax(-1, '/BlackIs1 true'), fromLevels((i) => (BITS.data[i] === 1 ? 255 : 0)), 0],
    ['JBIG2, as fax', imageObject('/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode', encodeJbig2(BITS, 'mmr')), AS_BITS, 0],
    ['JBIG2, arithmetic', imageObject('/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode', encodeJbig2(BITS, 'arithmetic')), AS_BITS, 0],
    ['JBIG2 inside Flate', imageObject('/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter [/FlateDecode /JBIG2Decode]', deflateSync(encodeJbig2(BITS, 'arithmetic'))), AS_BITS, 0],
    ['Flate, 1 bit', deflated('/ColorSpace /DeviceGray /BitsPerComponent 1', printBits(true)), AS_BITS, 0],
    ['Flate, 1 bit, inverted', deflated('/ColorSpace /DeviceGray /BitsPerComponent 1 /Decode [1 0]', printBits(false)), AS_BITS, 0],
    ['Flate, 2 bits', deflated('/ColorSpace /DeviceGray /BitsPerComponent 2', greyBytes(2)), asDepth(2), 0],
    ['Flate, 4 bits', deflated('/ColorSpace /DeviceGray /BitsPerComponent 4', greyBytes(4)), asDepth(4), 0],
    ['Flate, 8 bits', deflated('/ColorSpace /DeviceGray /BitsPerComponent 8', greyBytes(8)), AS_GREY, 0],
    ['Flate, 16 bits', deflated('/ColorSpace /DeviceGray /BitsPerComponent 16', greyBytes(16)), AS_GREY, 0.5],
    ['Flate, colour, 4 bits', deflated('/ColorSpace /DeviceRGB /BitsPerComponent 4', colorBytes(4)), AS_COLOR, 4],
    ['Flate, colour, 16 bits', deflated('/ColorSpace /DeviceRGB /BitsPerComponent 16', colorBytes(16)), AS_COLOR, 0.5],
    ['Flate, CMYK', deflated('/ColorSpace /DeviceCMYK /BitsPerComponent 8', packSamples(inks, 4 * W, 8)), AS_COLOR, 12],
    ['Flate, a palette of 16', deflated(`/ColorSpace [/Indexed /DeviceRGB 15 <${PALETTE}>] /BitsPerComponent 4`, packSamples(indexes, W, 4)), asDepth(4), 0],
    ['Flate, a palette of 2 in reverse', deflated('/ColorSpace [/Indexed /DeviceGray 1 <ff00>] /BitsPerComponent 1', printBits(false)), AS_BITS, 0],
    ['Flate, a palette in a stream', deflated('/ColorSpace [/Indexed /DeviceRGB 15 @P] /BitsPerComponent 4', packSamples(indexes, W, 4), { P: { dictionary: '', bytes: Buffer.from(PALETTE, 'hex') } }), asDepth(4), 0],
    ['Flate, calibrated grey', deflated('/ColorSpace [/CalGray << /WhitePoint [0.9505 1 1.089] /Gamma 1 >>] /BitsPerComponent 1', printBits(true)), AS_BITS, 0],
    ['Flate, a black separation', deflated('/ColorSpace [/Separation /Black /DeviceGray << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [0] /N 1 >>] /BitsPerComponent 8', greyBytes(8).map((level) => 255 - level)), AS_GREY, 1],
    ['Flate with PNG predictors', deflated(`/ColorSpace /DeviceRGB /BitsPerComponent 8 /DecodeParms << /Predictor 15 /Colors 3 /Columns ${W} >>`, predictPng(colorBytes(8), 3 * W, 3, (row) => row % 5)), AS_COLOR, 0],
    ['Flate, 1 bit with PNG predictors', deflated(`/ColorSpace /DeviceGray /BitsPerComponent 1 /DecodeParms << /Predictor 12 /Colors 1 /BitsPerComponent 1 /Columns ${W} >>`, predictPng(printBits(true), Math.ceil(W / 8), 1, () => 2)), AS_BITS, 0],
    ["Flate with TIFF's predictor", deflated(`/ColorSpace /DeviceRGB /BitsPerComponent 8 /DecodeParms << /Predictor 2 /Colors 3 /Columns ${W} >>`, predictTiff(colorBytes(8), 3 * W, 3)), AS_COLOR, 0],
    ['LZW', imageObject('/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /LZWDecode', encodeLzw(colorBytes(8))), AS_COLOR, 0],
    ['run lengths', imageObject('/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /RunLengthDecode', encodeRunLength(greyBytes(8))), AS_GREY, 0],
    ['no coding at all', imageObject('/ColorSpace /DeviceRGB /BitsPerComponent 8', colorBytes(8)), AS_COLOR, 0],
    ['a stencil', deflated('/ImageMask true /BitsPerComponent 1', printBits(true)), AS_BITS, 0],
    ['a stencil in JBIG2', imageObject('/ImageMask true /BitsPerComponent 1 /Filter /JBIG2Decode', encodeJbig2(BITS, 'arithmetic')), AS_BITS, 0],
    ['a stencil in fax, inverted', imageObject(`/ImageMask true /BitsPerComponent 1 /Decode [1 0] /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns ${W} /Rows ${H} /BlackIs1 true >>`, encodeFax(BITS, { k: -1 })), AS_BITS, 0],
    ['a soft mask that is the print', deflated('/ColorSpace /DeviceGray /BitsPerComponent 8 /SMask @M', new Uint8Array(W * H), { M: deflated('/ColorSpace /DeviceGray /BitsPerComponent 8', greyBytes(8).map((level) => 255 - level)) }), AS_GREY, 1],
    ['a soft mask in fewer bits', deflated('/ColorSpace /DeviceRGB /BitsPerComponent 8 /SMask @M', new Uint8Array(3 * W * H), { M: deflated('/ColorSpace /DeviceGray /BitsPerComponent 1', printBits(false)) }), AS_BITS, 0],
    ['a mask that cuts the paper away', deflated('/ColorSpace /DeviceGray /BitsPerComponent 8 /Mask @M', new Uint8Array(W * H), { M: deflated('/ImageMask true /BitsPerComponent 1', printBits(true)) }), AS_BITS, 0],
    ['a colour that is no paint', deflated('/ColorSpace /DeviceGray /BitsPerComponent 8 /Mask [0 40]', new Uint8Array(W * H).map((_, i) => (BITS.data[i] === 1 ? 0 : 180))), fromLevels((i) => (BITS.data[i] === 1 ? 255 : 180)), 0],
  ] // biome-ignore format: a table

  test.each(codings)('%s', async (_name, image, wanted, tolerance) => {
    const difference = meanDifference(await pixelsOf(image), wanted)
    expect(difference).toBeLessThanOrEqual(tolerance)
  })
})

describe('a picture in several pieces is one', () => {
  const cuts = [0, 37, 38, 90, H]
  const strips = cuts.slice(1).map((end, k) => rowsOf(BITS, cuts[k] ?? 0, end))
  const place = (k: number): string =>
    `${2 * W} 0 0 ${2 * ((cuts[k + 1] ?? 0) - (cuts[k] ?? 0))} 0 ${2 * (H - (cuts[k + 1] ?? 0))} cm`

  test.each([
    ['in order', [0, 1, 2, 3]],
    ['in another order', [2, 0, 3, 1]],
  ])('strips of fax %s', async (_name, order) => {
    const xObjects = Object.fromEntries(
      strips.map((strip, k) => [
        `S${k}`,
        imageObject(
          `/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns ${W} /Rows ${strip.height} >>`,
          encodeFax(strip, { k: -1 }),
          {},
          strip,
        ),
      ]),
    )
    const page = await readMade({ content: order.map((k) => `q ${place(k)} /S${k} Do Q`).join('\n'), xObjects })
    expect(page.images).toMatchObject([{ widthPx: W, heightPx: H }])
    expect(meanDifference(await page.readImagePixels(0), AS_BITS)).toBe(0)
  })

  test('strips inside the page’s content', async () => {
    const content = strips
      .map((strip, k) => {
        const hex = `${Buffer.from(encodeFax(strip, { k: -1 })).toString('hex')}>`
        const keys = `/W ${W} /H ${strip.height} /CS /G /BPC 1 /F [/AHx /CCF] /DP [null << /K -1 /Columns ${W} /Rows ${strip.height} >>]`
        return `q ${place(k)} BI ${keys} ID ${hex}\nEI Q`
      })
      .join('\n')
    const page = await readMade({ content })
    expect(page.images).toMatchObject([{ widthPx: W, heightPx: H }])
    expect(meanDifference(await page.readImagePixels(0), AS_BITS)).toBe(0)
  })

  test('many thin strips inside the page’s content', async () => {
    const content = Array.from({ length: H }, (_, y) => {
      const row = Buffer.from(GREY.data.subarray(y * W, (y + 1) * W)).toString('hex')
      return `q ${2 * W} 0 0 2 0 ${2 * (H - 1 - y)} cm BI /W ${W} /H 1 /CS /G /BPC 8 /F /AHx ID ${row}>\nEI Q`
    }).join('\n')
    const page = await readMade({ content })
    expect(page.images).toMatchObject([{ widthPx: W, heightPx: H }])
    expect(meanDifference(await page.readImagePixels(0), AS_GREY)).toBe(0)
  })
})

const plain = deflated('/ColorSpace /DeviceRGB /BitsPerComponent 8', colorBytes(8))

describe('a picture is found wherever it is painted from', () => {
  const form = (keys: string, content: string, references: Readonly<Record<string, MadeStream>>): MadeStream => ({
    dictionary: `/Type /XObject /Subtype /Form /Resources << /XObject << ${Object.keys(references)
      .map((name) => `/${name} @${name}`)
      .join(' ')} >> >> ${keys}`,
    bytes: content,
    references,
  })

  test.each([
    ['a form', form(`/BBox [0 0 ${2 * W} ${2 * H}]`, WHOLE, { I: plain })],
    [
      'a form with a matrix',
      form(`/BBox [0 0 ${W} ${H}] /Matrix [2 0 0 2 0 0]`, `q ${W} 0 0 ${H} 0 0 cm /I Do Q`, { I: plain }),
    ],
    [
      'a form in a form',
      form(`/BBox [0 0 ${2 * W} ${2 * H}]`, '/F Do', { F: form(`/BBox [0 0 ${2 * W} ${2 * H}]`, WHOLE, { I: plain }) }),
    ],
    [
      'a transparency group',
      form(`/BBox [0 0 ${2 * W} ${2 * H}] /Group << /S /Transparency /CS /DeviceRGB >>`, WHOLE, { I: plain }),
    ],
  ])('%s', async (_name, holder) => {
    const page = await readMade({ content: '/H Do', xObjects: { H: holder } })
    expect(page.images).toMatchObject([{ widthPx: W, heightPx: H }])
    expect(meanDifference(await page.readImagePixels(0), AS_COLOR)).toBe(0)
  })

  test.each([
    ['a crop box cuts its edges', `/CropBox [20 10 ${2 * W - 20} ${2 * H - 30}]`],
    ['a media box begins elsewhere', ''],
  ])('%s', async (name, keys) => {
    const isMoved = name.startsWith('a media')
    const mediaBox = isMoved ? `100 50 ${100 + 2 * W} ${50 + 2 * H}` : MEDIA_BOX
    const content = isMoved ? `q ${2 * W} 0 0 ${2 * H} 100 50 cm /I Do Q` : WHOLE
    const page = await readMade({ content, mediaBox, keys, xObjects: { I: plain } })
    const pixels = await page.readImagePixels(0)
    const wanted = isMoved ? AS_COLOR : cropped(AS_COLOR, 10, 15, W - 10, H - 5)
    expect(meanDifference(pixels, wanted)).toBe(0)
  })
})

function cropped({ width, data }: ColorImage, x0: number, top: number, x1: number, bottom: number): ColorImage {
  const rows = Array.from({ length: bottom - top }, (_, y) => [
    ...data.subarray(((top + y) * width + x0) * 3, ((top + y) * width + x1) * 3),
  ])
  return { width: x1 - x0, height: bottom - top, data: Uint8Array.from(rows.flat()) }
}
