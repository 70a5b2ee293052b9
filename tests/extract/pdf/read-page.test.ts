import { describe, expect, test } from 'vitest'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import type { PdfPage } from '../../../src/extract/pdf/pdf-page.ts'
import type { BoundingBox } from '../../../src/model/bounding-box.ts'
import { hanString, type MadePage, makePdf, rgbImage } from './make-pdf.ts'

async function readMade(page: MadePage): Promise<PdfPage> {
  const pdf = await openPdf(makePdf([page]))
  return await pdf.readPage(1)
}

function textsOf(page: PdfPage): string[] {
  return page.words.map((word) => word.text)
}

function rounded(box: BoundingBox | undefined): number[] {
  return box === undefined ? [] : [box.x0, box.top, box.x1, box.bottom].map(Math.round)
}

/** Han glyphs are one em wide each: two of 20 points at x = 100, on the baseline y = 200. */
const hanPair = `BT /G1 20 Tf 100 200 Td ${hanString('预算')} Tj ET`
const black = rgbImage(1, [[0, 0, 0]])

describe('a word stands where the page shows it', () => {
  test.each([
    ['upright', '', [100, 83, 140, 103], 0],
    ['turned by 90', '/Rotate 90', [197, 100, 217, 140], 90],
    ['turned by 180', '/Rotate 180', [260, 197, 300, 217], 180],
    ['turned by 270', '/Rotate 270', [83, 260, 103, 300], 270],
    ['cropped', '/CropBox [50 20 350 250]', [50, 33, 90, 53], 0],
    ['cropped and turned', '/CropBox [50 20 350 250] /Rotate 90', [177, 50, 197, 90], 90],
    ['in units of two points', '/UserUnit 2', [200, 166, 280, 206], 0],
  ] as const)('%s', async (_name, keys, box, angle) => {
    const page = await readMade({ content: hanPair, keys })
    expect(textsOf(page)).toEqual(['预算'])
    expect(rounded(page.words[0]?.bbox)).toEqual(box)
    expect(page.words[0]?.angle).toBe(angle)
  })

  test('the size of a turned page is the size as displayed', async () => {
    expect(await readMade({ content: '', keys: '/Rotate 90' })).toMatchObject({ width: 300, height: 400 })
  })

  test('vertical writing runs down', async () => {
    const page = await readMade({ content: `BT /G2 20 Tf 100 200 Td ${hanString('预算')} Tj ET` })
    expect(textsOf(page)).toEqual(['预算'])
    expect(rounded(page.words[0]?.bbox)).toEqual([90, 100, 110, 140])
    expect(page.words[0]).toMatchObject({ isVertical: true, angle: 90 })
  })
})

describe('words', () => {
  test.each([
    ['a wide move inside one run parts words', 'BT /F1 10 Tf 20 20 Td [(12.50) -3000 (7.00)] TJ ET', ['12.50', '7.00']],
    ['a kern does not', 'BT /F1 10 Tf 20 20 Td [(12) 40 (.50)] TJ ET', ['12.50']],
    ['a space parts words', 'BT /F1 10 Tf 20 20 Td (a b) Tj ET', ['a', 'b']],
    ['digits drawn one by one are one word', 'BT /F1 10 Tf 20 20 Td (1) Tj 5.56 0 Td (2) Tj ET', ['12']],
    ['the same drawn backwards', 'BT /F1 10 Tf 25.56 20 Td (2) Tj -5.56 0 Td (1) Tj ET', ['12']],
    [
      'text printed twice for boldness is there once',
      `${hanPair} BT /G1 20 Tf 100.4 200 Td ${hanString('预算')} Tj ET`,
      ['预算'],
    ],
    ['equal neighbours are kept', 'BT /F1 10 Tf 20 20 Td (1111) Tj ET', ['1111']],
    [
      'a ruling between two glyphs parts words',
      'BT /F1 10 Tf 20 20 Td (12) Tj 11.12 0 Td (34) Tj ET 31.12 10 m 31.12 40 l S',
      ['12', '34'],
    ],
    [
      'a run that overflows its cell stays whole',
      'BT /F1 10 Tf 20 20 Td (1234) Tj ET 31.12 10 m 31.12 40 l S',
      ['1234'],
    ],
    ['wide spacing between characters parts words', 'BT /F1 10 Tf 8 Tc 20 20 Td (ab) Tj ET', ['a', 'b']],
    ['narrow horizontal scaling is followed', 'BT /F1 10 Tf 50 Tz 20 20 Td (ab) Tj 5.56 0 Td (c) Tj ET', ['abc']],
    ['text off the page is not there', 'BT /F1 10 Tf -200 20 Td (gone) Tj ET', []],
    ['text that a clip cuts away is not there', '0 0 10 10 re W n BT /F1 10 Tf 100 100 Td (gone) Tj ET', []],
  ] as const)('%s', async (_name, content, texts) => {
    expect(textsOf(await readMade({ content }))).toEqual(texts)
  })

  test.each([
    ['painted without ink', `3 Tr ${hanPair}`, true],
    ['under an image', `${hanPair} q 400 0 0 300 0 0 cm /I Do Q`, true],
    ['over an image', `q 400 0 0 300 0 0 cm /I Do Q ${hanPair}`, false],
    ['beside an image', `${hanPair} q 40 0 0 30 0 0 cm /I Do Q`, false],
    ['under a transparent image', `${hanPair} q 400 0 0 300 0 0 cm /M Do Q`, false],
  ] as const)('text %s', async (_name, content, invisible) => {
    const stencil = {
      dictionary: '/Type /XObject /Subtype /Image /Width 2 /Height 2 /ImageMask true /BitsPerComponent 1',
      bytes: Uint8Array.of(0x40, 0x80),
    }
    const page = await readMade({ content, xObjects: { I: black, M: stencil } })
    expect(page.words.map((word) => word.invisible)).toEqual([invisible])
  })
})

describe('rulings', () => {
  const horizontal = { orientation: 'horizontal', position: 250, start: 50, end: 150 }
  const form = {
    dictionary: '/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Matrix [2 0 0 2 10 10]',
    bytes: '20 20 m 70 20 l S',
  }
  test.each([
    ['a stroke', '50 50 m 150 50 l S', [horizontal]],
    ['a thin filled rectangle', '50 49.5 100 1 re f', [horizontal]],
    ['a rectangle without height', '50 50 100 0 re f', [horizontal]],
    ['a line in a form with its own matrix', '/Fm Do', [horizontal]],
    ['a white line', '1 1 1 RG 50 50 m 150 50 l S', []],
    ['a line that a clip cuts away', '200 200 50 50 re W n 50 50 m 150 50 l S', []],
    ['a line that a clip shortens', '0 0 100 300 re W n 50 50 m 150 50 l S', [{ ...horizontal, end: 100 }]],
    ['a slanting line', '50 50 m 150 90 l S', []],
    ['a curve', '50 50 m 80 90 120 90 150 50 c S', []],
    ['a stencil of one pixel, stretched', 'q 100 0 0 1 50 49.5 cm /P Do Q', [horizontal]],
  ] as const)('%s', async (_name, content, expected) => {
    const pixel = {
      dictionary: '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ImageMask true /BitsPerComponent 1',
      bytes: Uint8Array.of(0),
    }
    const page = await readMade({ content, xObjects: { Fm: form, P: pixel } })
    expect(page.rulings).toHaveLength(expected.length)
    expect(page.rulings).toMatchObject(
      expected.map((ruling) => ({ ...ruling, position: expect.closeTo(ruling.position, 3) })),
    )
  })

  test.each([
    ['a white line over shading', '0.5 g 0 0 100 60 re f 1 G 50 50 m 150 50 l S', [{ ...horizontal, end: 100 }]],
    ['a thin white rectangle over shading', '0.5 g 0 0 200 60 re f 1 g 50 49.5 100 1 re f', [horizontal]],
    ['a white line between two shadings', '0.5 g 0 0 80 60 re 120 0 80 60 re f 1 G 50 50 m 150 50 l S', [horizontal]],
    ['a white line beside shading', '0.5 g 0 0 200 40 re f 1 G 50 50 m 150 50 l S', []],
  ] as const)('%s: only lines that are seen count', async (_name, content, expected) => {
    const { rulings } = await readMade({ content })
    expect(rulings.filter(({ thickness }) => thickness > 0)).toMatchObject(
      expected.map((ruling) => ({ ...ruling, position: expect.closeTo(ruling.position, 3) })),
    )
  })

  test('a stroked rectangle and a shaded one have four sides', async () => {
    expect((await readMade({ content: '50 50 100 80 re S' })).rulings).toHaveLength(4)
    expect((await readMade({ content: '0.8 g 50 50 100 80 re f' })).rulings).toHaveLength(4)
  })

  test('glyphs drawn as curves are counted as outlines, not as rulings', async () => {
    const shape = (x: number): string => `${x} 50 m ${x + 4} 60 ${x + 8} 60 ${x + 9} 50 c ${x} 40 l f`
    const page = await readMade({ content: [10, 20, 30].map(shape).join('\n') })
    expect(page).toMatchObject({ outlineCount: 3, rulings: [] })
  })
})
