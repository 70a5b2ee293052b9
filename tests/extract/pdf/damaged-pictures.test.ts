import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { extractPage } from '../../../src/extract/extract-page.ts'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import { ERROR_KINDS } from '../../../src/model/pipeline-error.ts'
import { encodeJbig2 } from '../../support/codecs/encode-jbig2.ts'
import { fakeEngine, reading } from '../ocr/ocr-fixtures.ts'
import { type MadePage, type MadeStream, makePdf } from './make-pdf.ts'
import { BITS, GREY, imageObject, PAGE, pictureFile } from './test-pictures.ts'

const { width: W, height: H } = PAGE
const WHOLE = `q ${2 * W} 0 0 ${2 * H} 0 0 cm /I Do Q`
const readers = { first: fakeEngine('paddle', () => reading('字')), second: null }

async function extract(page: Partial<MadePage>) {
  const pdf = await openPdf(makePdf([{ content: WHOLE, mediaBox: `0 0 ${2 * W} ${2 * H}`, ...page }]))
  return await extractPage(await pdf.readPage(1), readers, new AbortController().signal)
}

const upTo = (bytes: Uint8Array, share: number): Uint8Array => bytes.slice(0, Math.floor(share * bytes.length))
const nonsense = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919 + 13 * i * i) & 255)
const overwritten = (bytes: Uint8Array, from: number): Uint8Array =>
  bytes.map((byte, i) => (i < from * bytes.length ? byte : (i * 31) & 255))
const GREY_8 = '/ColorSpace /DeviceGray /BitsPerComponent 8'
const GREY_1 = '/ColorSpace /DeviceGray /BitsPerComponent 1'
const flate = deflateSync(GREY.data)

describe('a page whose picture is damaged fails, and is not taken for an empty one', () => {
  const damaged: readonly (readonly [string, MadeStream, RegExp])[] = [
    ['JPEG that ends early', imageObject(`${GREY_8} /Filter /DCTDecode`, upTo(pictureFile('grey.jpg'), 0.6)), /203 x 141 pixels: its data end early: the lower \d+ % of it are missing/],
    ['JPEG in colour that ends early', imageObject('/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode', upTo(pictureFile('subsampled.jpg'), 0.5)), /end early/],
    ['JPEG with a hole', imageObject(`${GREY_8} /Filter /DCTDecode`, overwritten(pictureFile('grey.jpg'), 0.5)), /JpegError/],
    ['no JPEG at all', imageObject(`${GREY_8} /Filter /DCTDecode`, nonsense), /SOI not found/],
    ['an empty JPEG', imageObject(`${GREY_8} /Filter /DCTDecode`, new Uint8Array(0)), /empty or broken/],
    ['JPEG 2000 that ends early', imageObject(`${GREY_8} /Filter /JPXDecode`, upTo(pictureFile('grey.jp2'), 0.5)), /JpxError/],
    ['no JPEG 2000 at all', imageObject(`${GREY_8} /Filter /JPXDecode`, nonsense), /JpxError/],
    ['no JBIG2 at all', imageObject(`${GREY_1} /Filter /JBIG2Decode`, nonsense), /Jbig2Error/],
    ['Flate that ends early', imageObject(`${GREY_8} /Filter /FlateDecode`, upTo(flate, 0.5)), /flate/],
    ['no Flate at all', imageObject(`${GREY_8} /Filter /FlateDecode`, nonsense), /empty or broken/],
    ['a filter that nobody knows', imageObject(`${GREY_8} /Filter /FooDecode`, GREY.data), /its filter FooDecode is not known/],
    ['no colour space', imageObject('/BitsPerComponent 8', GREY.data), /undefined color components/],
    ['a broken soft mask', imageObject(`${GREY_8} /Filter /FlateDecode /SMask @M`, flate, { M: imageObject(`${GREY_8} /Filter /DCTDecode`, nonsense) }), /SOI not found/],
    ['no size', { dictionary: `/Type /XObject /Subtype /Image ${GREY_8}`, bytes: GREY.data }, /dimensions/],
  ] // biome-ignore format: a table

  test.each(damaged)('%s', async (_name, image, told) => {
    const attempt = extract({ xObjects: { I: image } })
    await expect(attempt).rejects.toMatchObject({ code: 'page/picture-damaged', pageNumber: 1 })
    await expect(attempt).rejects.toThrow(told)
  })

  test('one that is painted with others, where the page must be rendered', async () => {
    const good = imageObject(`${GREY_8} /Filter /FlateDecode`, flate)
    const bad = imageObject(`${GREY_8} /Filter /JPXDecode`, nonsense)
    const content = `${WHOLE} q ${W} 0 0 ${H} 0 0 cm /B Do Q`
    await expect(extract({ content, xObjects: { I: good, B: bad } })).rejects.toMatchObject({
      code: 'page/picture-damaged',
    })
  })

  test('what to do is said', () => {
    expect(ERROR_KINDS['page/picture-damaged'].remedy).toMatch(/Download .* again/)
  })
})

describe('what is no damage', () => {
  test('a JPEG without its end mark, all of whose rows are there', async () => {
    const image = imageObject(`${GREY_8} /Filter /DCTDecode`, pictureFile('grey.jpg').slice(0, -2))
    expect((await extract({ xObjects: { I: image } })).kind).toBe('scan')
  })

  test('a blank sheet that was scanned', async () => {
    const image = imageObject(`${GREY_8} /Filter /FlateDecode`, deflateSync(new Uint8Array(W * H).fill(255)))
    expect(await extract({ xObjects: { I: image } })).toMatchObject({ kind: 'scan', tables: [], lines: [] })
  })

  test('a broken ornament on a page of text', async () => {
    const text = Array.from(
      { length: 6 },
      (_, i) => `BT /F1 12 Tf 20 ${240 - 20 * i} Td (Budget of the year 2024 in yuan) Tj ET`,
    )
    const bad = imageObject(`${GREY_8} /Filter /DCTDecode`, nonsense)
    const content = `${text.join('\n')} q 30 0 0 20 300 10 cm /I Do Q`
    expect((await extract({ content, xObjects: { I: bad } })).kind).toBe('text')
  })

  test('a JBIG2 picture after a page with a damaged one', async () => {
    const bad = imageObject(`${GREY_8} /Filter /FooDecode`, GREY.data)
    const good = imageObject(`${GREY_1} /Filter /JBIG2Decode`, encodeJbig2(BITS, 'arithmetic'))
    const mediaBox = `0 0 ${2 * W} ${2 * H}`
    const pages = [bad, good].map((I) => ({ content: WHOLE, mediaBox, xObjects: { I } }))
    const pdf = await openPdf(makePdf(pages))
    await expect((await pdf.readPage(1)).readImagePixels(0)).rejects.toMatchObject({ code: 'page/picture-damaged' })
    expect(await (await pdf.readPage(2)).readImagePixels(0)).toMatchObject({ width: W, height: H })
  })
})
