import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { extractPage } from '../../src/extract/extract-page.ts'
import type { ScanPicture } from '../../src/extract/ocr/read-scan-page.ts'
import { openPdf } from '../../src/extract/pdf/open-pdf.ts'
import type { ColorImage } from '../../src/extract/raster/image.ts'
import { encodeFax } from '../support/codecs/encode-fax.ts'
import { encodeJbig2 } from '../support/codecs/encode-jbig2.ts'
import { packSamples } from '../support/codecs/pack-samples.ts'
import { fakeEngine, reading } from './ocr/ocr-fixtures.ts'
import { type MadePage, makePdf } from './pdf/make-pdf.ts'
import { AS_BITS, BITS, imageObject, meanDifference, PAGE, pictureFile, rowsOf } from './pdf/test-pictures.ts'

const { width: W, height: H } = PAGE
const [WIDE, HIGH] = [2 * W, 2 * H]
const readers = { first: fakeEngine('paddle', () => reading('字')), second: null }

/** What of a page the readers were shown, and the page painted with two pixels for each of the picture's. */
async function readMade(page: MadePage): Promise<{ readonly taken: ScanPicture; readonly painted: ColorImage }> {
  const pdf = await openPdf(makePdf([page]))
  const read = await pdf.readPage(1)
  const pictures: ScanPicture[] = []
  await extractPage(read, readers, new AbortController().signal, ({ picture }) => pictures.push(picture))
  expect(pictures).toHaveLength(1)
  return { taken: pictures[0] as ScanPicture, painted: await read.render(72) }
}

/** One pixel of `painted` for each of `grid`, from the middle of its place. */
function sampledLike(painted: ColorImage, { width, height }: ColorImage): ColorImage {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = Math.floor(((x + 0.5) / width) * painted.width)
      const row = Math.floor(((y + 0.5) / height) * painted.height)
      data.set(painted.data.subarray((row * painted.width + column) * 3).subarray(0, 3), (y * width + x) * 3)
    }
  }
  return { width, height, data }
}

const jpeg = imageObject('/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode', pictureFile('color.jpg'))
const fax = imageObject(`/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns ${W} /Rows ${H} >>`, encodeFax(BITS, { k: -1 })) // biome-ignore format: a line
const jbig2 = imageObject('/ImageMask true /BitsPerComponent 1 /Filter /JBIG2Decode', encodeJbig2(BITS, 'arithmetic'))

describe('the picture that is the page is taken as it is, the way round that it is displayed', () => {
  const ways = [
    ['upright', `${WIDE} 0 0 ${HIGH} 0 0`],
    ['mirrored', `-${WIDE} 0 0 ${HIGH} ${WIDE} 0`],
    ['upside down', `${WIDE} 0 0 -${HIGH} 0 ${HIGH}`],
    ['half a turn', `-${WIDE} 0 0 -${HIGH} ${WIDE} ${HIGH}`],
    ['a quarter to the left', `0 ${WIDE} -${HIGH} 0 ${HIGH} 0`],
    ['a quarter to the right', `0 -${WIDE} ${HIGH} 0 0 ${WIDE}`],
    ['transposed', `0 -${WIDE} -${HIGH} 0 ${HIGH} ${WIDE}`],
    ['transposed the other way', `0 ${WIDE} ${HIGH} 0 0 0`],
  ] as const
  const turns = [0, 90, 180, 270]
  const images = { JPEG: jpeg, fax, 'a JBIG2 stencil': jbig2 }
  const cases = Object.entries(images).flatMap(([name, image]) =>
    ways.flatMap(([way, matrix]) => turns.map((turn) => ({ name, image, way, matrix, turn }))),
  )

  test.each(cases)('$name, $way, /Rotate $turn', async ({ image, matrix, turn }) => {
    const mediaBox = matrix.startsWith('0') ? `0 0 ${HIGH} ${WIDE}` : `0 0 ${WIDE} ${HIGH}`
    const keys = `/Rotate ${turn}`
    const { taken, painted } = await readMade({
      content: `q ${matrix} cm /I Do Q`,
      mediaBox,
      keys,
      xObjects: { I: image },
    })
    expect(taken.isPainted).toBe(false)
    expect([taken.image.width, taken.image.height].toSorted()).toEqual([W, H].toSorted())
    expect([painted.width, painted.height]).toEqual([2 * taken.image.width, 2 * taken.image.height])
    // Painting smooths a little; the page turned or mirrored differs by more than 20.
    expect(meanDifference(taken.image, sampledLike(painted, taken.image))).toBeLessThan(4)
  })
})

describe('where the picture alone is not what is seen, the page is painted', () => {
  const mediaBox = `0 0 ${WIDE} ${HIGH}`
  const whole = `${WIDE} 0 0 ${HIGH} 0 0 cm`

  test('layers of a compact scan: paper, and print as stencils over it', async () => {
    const paper = imageObject('/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode', deflateSync(new Uint8Array(20 * 14).fill(235)), {}, { width: 20, height: 14 }) // biome-ignore format: a line
    const half = rowsOf(BITS, 0, 60)
    const rest = rowsOf(BITS, 60, H)
    const mask = (part: typeof BITS) =>
      imageObject('/ImageMask true /BitsPerComponent 1 /Filter /FlateDecode', deflateSync(packSamples(Array.from(part.data, (bit) => 1 - bit), part.width, 1)), {}, part) // biome-ignore format: a line
    const content = `q ${whole} /P Do Q q ${WIDE} 0 0 120 0 ${HIGH - 120} cm /A Do Q 0 0 0.4 rg q ${WIDE} 0 0 ${HIGH - 120} 0 0 cm /B Do Q`
    const { taken } = await readMade({ content, mediaBox, xObjects: { P: paper, A: mask(half), B: mask(rest) } })
    expect(taken.isPainted).toBe(true)
    const seen = sampledLike(taken.image, PAGE)
    const isDark = (i: number): boolean => (seen.data[i * 3] ?? 255) < 128
    const wrong = BITS.data.filter((bit, i) => isDark(i) !== (bit === 1)).length
    expect(wrong).toBeLessThan(0.02 * BITS.data.length)
  })

  test('a fax with pixels twice as high as wide', async () => {
    const flat = { width: W, height: 71, data: Uint8Array.from({ length: W * 71 }, (_, i) => BITS.data[Math.floor(i / W) * 2 * W + (i % W)] ?? 0) } // biome-ignore format: a line
    const image = imageObject(`/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K 0 /Columns ${W} /Rows 71 >>`, encodeFax(flat, { k: 0 }), {}, flat) // biome-ignore format: a line
    const { taken } = await readMade({ content: `q ${whole} /I Do Q`, mediaBox, xObjects: { I: image } })
    expect(taken.isPainted).toBe(true)
    expect(taken.image.width / taken.image.height).toBeCloseTo(W / H, 1)
    expect(meanDifference(sampledLike(taken.image, AS_BITS), AS_BITS)).toBeLessThan(20)
  })

  test('a picture that a scanner set straight by turning it a little', async () => {
    const content = `q ${WIDE} 6 -4 ${HIGH} 2 -3 cm /I Do Q`
    const { taken } = await readMade({ content, mediaBox, xObjects: { I: jpeg } })
    expect(taken.isPainted).toBe(true)
  })
})
