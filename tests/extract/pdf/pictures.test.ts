import { describe, expect, test } from 'vitest'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import type { PdfPage } from '../../../src/extract/pdf/pdf-page.ts'
import type { ColorImage } from '../../../src/extract/raster/image.ts'
import { type MadePage, type MadeStream, makePdf, rgbImage } from './make-pdf.ts'

async function readMade(page: MadePage): Promise<PdfPage> {
  const pdf = await openPdf(makePdf([page]))
  return await pdf.readPage(1)
}

/** The image as letters, row by row: R, G, B, K black, W white, ? anything else. */
function lettersOf(image: ColorImage | null): string[] {
  if (image === null) return []
  const names: Record<string, string> = {
    '255,0,0': 'R',
    '0,255,0': 'G',
    '0,0,255': 'B',
    '0,0,0': 'K',
    '255,255,255': 'W',
  }
  return Array.from({ length: image.height }, (_, y) =>
    Array.from({ length: image.width }, (_unused, x) => {
      const at = (y * image.width + x) * 3
      return names[image.data.slice(at, at + 3).join(',')] ?? '?'
    }).join(''),
  )
}

const [red, green, blue, dark] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [0, 0, 0],
] as const
/** RG over BK over RR: no two of its eight ways round look the same. */
const picture = rgbImage(2, [red, green, blue, dark, red, red])

describe('an image is read upright as displayed', () => {
  const ways = [
    ['upright', '200 0 0 300 0 0', ['RG', 'BK', 'RR']],
    ['mirrored', '-200 0 0 300 200 0', ['GR', 'KB', 'RR']],
    ['upside down', '200 0 0 -300 0 300', ['RR', 'BK', 'RG']],
    ['half a turn', '-200 0 0 -300 200 300', ['RR', 'KB', 'GR']],
    ['a quarter to the left', '0 200 -300 0 300 0', ['GKR', 'RBR']],
    ['a quarter to the right', '0 -200 300 0 0 200', ['RBR', 'RKG']],
    ['transposed', '0 -200 -300 0 300 200', ['RBR', 'RKG'].map((row) => [...row].toReversed().join(''))],
  ] as const
  test.each(ways)('%s', async (_name, matrix, letters) => {
    const page = await readMade({ content: `q ${matrix} cm /I Do Q`, xObjects: { I: picture } })
    expect(lettersOf(await page.readImagePixels(0))).toEqual(letters)
  })

  test.each(['', '/Rotate 90', '/Rotate 180', '/Rotate 270'])(
    'the same as the painted page, with "%s"',
    async (keys) => {
      for (const [, matrix] of ways) {
        const mediaBox = matrix.startsWith('0') ? '0 0 300 200' : '0 0 200 300'
        const page = await readMade({ content: `q ${matrix} cm /I Do Q`, mediaBox, keys, xObjects: { I: picture } })
        const pixels = await page.readImagePixels(0)
        const painted = await page.render(72)
        expect([painted.width, painted.height]).toEqual([page.width, page.height])
        expect(lettersOf(sampleCentres(painted, pixels))).toEqual(lettersOf(pixels))
      }
    },
  )
})

/** One pixel of `painted` at the centre of each pixel of `grid`. */
function sampleCentres(painted: ColorImage, grid: ColorImage | null): ColorImage | null {
  if (grid === null) return null
  const data = new Uint8Array(grid.width * grid.height * 3)
  for (let y = 0; y < grid.height; y += 1) {
    for (let x = 0; x < grid.width; x += 1) {
      const column = Math.floor(((x + 0.5) / grid.width) * painted.width)
      const row = Math.floor(((y + 0.5) / grid.height) * painted.height)
      const at = (row * painted.width + column) * 3
      data.set(painted.data.slice(at, at + 3), (y * grid.width + x) * 3)
    }
  }
  return { width: grid.width, height: grid.height, data }
}

describe('pictures', () => {
  const bits = (keys: string, ...bytes: readonly number[]): MadeStream => ({
    dictionary: `/Type /XObject /Subtype /Image /Width 3 /Height 2 /BitsPerComponent 1 ${keys}`,
    bytes: Uint8Array.from(bytes),
  })

  test.each([
    ['one bit a pixel', bits('/ColorSpace /DeviceGray', 0xa0, 0x40), ['WKW', 'KWK']],
    ['one bit a pixel, inverted', bits('/ColorSpace /DeviceGray /Decode [1 0]', 0xa0, 0x40), ['KWK', 'WKW']],
    ['a stencil', bits('/ImageMask true', 0xa0, 0x40), ['WKW', 'KWK']],
    ['a stencil, inverted', bits('/ImageMask true /Decode [1 0]', 0xa0, 0x40), ['KWK', 'WKW']],
  ] as const)('%s', async (_name, image, letters) => {
    const page = await readMade({
      content: 'q 300 0 0 200 0 0 cm /I Do Q',
      mediaBox: '0 0 300 200',
      xObjects: { I: image },
    })
    expect(page.images).toMatchObject([{ widthPx: 3, heightPx: 2 }])
    expect(lettersOf(await page.readImagePixels(0))).toEqual(letters)
  })

  test('strips that tile the page are one picture', async () => {
    const xObjects = { A: rgbImage(2, [red, green]), B: rgbImage(2, [blue, dark, red, red]) }
    const content = 'q 200 0 0 100 0 200 cm /A Do Q q 200 0 0 200 0 0 cm /B Do Q'
    const page = await readMade({ content, mediaBox: '0 0 200 300', xObjects })
    expect(page.images).toMatchObject([{ bbox: { x0: 0, top: 0, x1: 200, bottom: 300 }, widthPx: 2, heightPx: 3 }])
    expect(lettersOf(await page.readImagePixels(0))).toEqual(['RG', 'BK', 'RR'])
  })

  test('a picture that a clip cuts is read as far as it is seen', async () => {
    const content = '0 200 200 100 re W n q 200 0 0 300 0 0 cm /I Do Q'
    const page = await readMade({ content, mediaBox: '0 0 200 300', xObjects: { I: picture } })
    expect(lettersOf(await page.readImagePixels(0))).toEqual(['RG'])
  })

  test.each([
    ['tilted', 'q 200 20 -20 300 0 0 cm /I Do Q'],
    ['under another picture', 'q 200 0 0 300 0 0 cm /I Do Q q 100 0 0 100 0 0 cm /I Do Q'],
  ])('a picture that is %s gives no pixels of its own: the page must be painted', async (_name, content) => {
    const page = await readMade({ content, xObjects: { I: picture } })
    expect(await page.readImagePixels(0)).toBeNull()
  })

  test('the share of the page under pictures counts overlaps once', async () => {
    const content = 'q 200 0 0 300 0 0 cm /I Do Q q 200 0 0 300 0 0 cm /I Do Q'
    expect((await readMade({ content, xObjects: { I: picture } })).imageCoverage).toBeCloseTo(0.5, 2)
  })

  test('an image that does not exist gives null', async () => {
    expect(await (await readMade({ content: '' })).readImagePixels(0)).toBeNull()
  })
})
