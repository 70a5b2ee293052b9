import { expect, test } from 'vitest'
import type { PdfPage, PdfWord, PlacedImage } from '../../../src/extract/pdf/pdf-page.ts'
import { triagePage } from '../../../src/extract/pdf/triage-page.ts'

const [width, height] = [842, 595]

function words(count: number, text: string, change: Partial<PdfWord> = {}): PdfWord[] {
  return Array.from({ length: count }, (_, index) => {
    const [x0, top] = [60 + (index % 8) * 90, 60 + Math.floor(index / 8) * 20]
    const bbox = { x0, top, x1: x0 + text.length * 10, bottom: top + 10 }
    return {
      text,
      bbox,
      origin: 'text',
      invisible: false,
      fontSize: 10,
      fontName: '',
      angle: 0,
      isVertical: false,
      ...change,
    }
  })
}

function image(x0: number, top: number, x1: number, bottom: number): PlacedImage {
  return { bbox: { x0, top, x1, bottom }, widthPx: (x1 - x0) * 3, heightPx: (bottom - top) * 3, isTransparent: false }
}

function page(parts: Partial<PdfPage>): PdfPage {
  const images = parts.images ?? []
  const covered = images.reduce((sum, { bbox }) => sum + (bbox.x1 - bbox.x0) * (bbox.bottom - bbox.top), 0)
  return {
    pageNumber: 1,
    width,
    height,
    words: [],
    whiteAreas: [],
    rulings: [],
    images,
    imageCoverage: Math.min(1, covered / (width * height)),
    outlineCount: 0,
    readImagePixels: async () => null,
    checkImage: async () => undefined,
    render: async () => ({ width: 0, height: 0, data: new Uint8Array() }),
    ...parts,
  }
}

const fullPage = image(0, 0, width, height)
const ruling = { orientation: 'horizontal', position: 90, start: 60, end: 700, thickness: 1 } as const
const typeset = words(60, '部门预算')

test.each([
  ['typeset text', { words: typeset }, 'text'],
  ['typeset text and rulings', { words: typeset, rulings: [ruling] }, 'text'],
  ['an empty page', {}, 'blank'],
  ['a page with only lines', { rulings: [ruling] }, 'blank'],
  ['a picture of the page', { images: [fullPage] }, 'scan'],
  ['a picture of the page under a page number', { images: [fullPage], words: words(1, '12') }, 'scan'],
  [
    'an invisible layer on a picture',
    { images: [fullPage], words: words(60, '部门预算', { invisible: true }) },
    'untrusted-text',
  ],
  [
    'an invisible layer on a picture, and a visible page number',
    { images: [fullPage], words: [...words(60, '部门预算', { invisible: true }), ...words(1, '12')] },
    'untrusted-text',
  ],
  ['typeset text over a background picture', { images: [fullPage], words: typeset }, 'text'],
  ['typeset text beside a letterhead', { images: [image(60, 10, 780, 50)], words: typeset }, 'text'],
  ['typeset text beside a seal', { images: [image(600, 450, 720, 570)], words: typeset }, 'text'],
  ['typeset text above a picture like a table', { images: [image(60, 260, 780, 500)], words: typeset }, 'mixed'],
  [
    'a visible layer of garbled codes',
    { images: [fullPage], words: [...words(40, '预算'), ...words(3, '[A田010105）')] },
    'untrusted-text',
  ],
  [
    'a visible layer of garbled amounts',
    { images: [fullPage], words: [...words(40, '预算'), ...words(3, '2回00')] },
    'untrusted-text',
  ],
  [
    'garbled words without a picture under them',
    { words: [...words(40, '预算'), ...words(4, '[A田010105）')] },
    'untrusted-text',
  ],
  [
    'a few odd words in a page of typeset figures',
    { words: [...words(400, '20.00'), ...words(4, '[A田010105）')] },
    'text',
  ],
  ['three odd words in a typeset page', { words: [...typeset, ...words(3, '[A田010105）')] }, 'text'],
  ['an invisible layer on nothing', { words: words(60, '部门预算', { invisible: true }) }, 'untrusted-text'],
  ['dates and counts, which are no garble', { images: [fullPage], words: words(40, '2024年12月') }, 'text'],
  [
    'a slanted layer on a picture',
    { images: [fullPage], words: words(60, '部门预算', { angle: 3 }) },
    'untrusted-text',
  ],
  ['text drawn as curves', { outlineCount: 900, rulings: [ruling] }, 'scan'],
  ['text drawn as curves with a typed page number', { outlineCount: 900, words: words(1, '12') }, 'scan'],
  ['typeset text beside an ornate logo', { outlineCount: 80, words: typeset }, 'text'],
  ['glyphs without characters', { words: words(60, '\ufffd\ue001部') }, 'untrusted-text'],
  [
    'words without characters among figures that have theirs',
    { words: [...words(60, '3732.05'), ...words(12, '\ufffd\ufffdUV')] },
    'untrusted-text',
  ],
  [
    'a few bullets among figures and words',
    { words: [...words(60, '3732.05'), ...words(6, '\uf06c基本支出')] },
    'text',
  ],
  ['glyphs under foreign letters', { words: [...typeset, ...words(3, 'Ð、政府性基金')] }, 'untrusted-text'],
  [
    'glyphs under a brace and small letters',
    { words: [...typeset, ...words(1, '办}用房'), ...words(3, '国有资p经营')] },
    'untrusted-text',
  ],
  ['a foreign name in every line', { words: words(60, '与André先生在Orléans签约') }, 'text'],
  ['letters that are meant', { words: words(60, 'C类|x光机|每m²造价') }, 'text'],
] as const)('%s', (_name, parts, kind) => {
  const triage = triagePage(page(parts))
  expect(triage.kind).toBe(kind)
  expect(triage.reason).not.toBe('')
})

test.each([
  ['garbled words without a picture', { words: [...words(40, '预算'), ...words(4, '[A田010105）')] }, true],
  ['an invisible layer on nothing', { words: words(60, '部门预算', { invisible: true }) }, true],
  ['an invisible layer on a picture', { images: [fullPage], words: words(60, '预算', { invisible: true }) }, false],
  ['glyphs without characters, which can be read from their rendering', { words: words(60, '\ufffd\ue001部') }, false],
  ['glyphs under foreign letters', { words: [...typeset, ...words(3, 'Ð、政府性基金')] }, false],
  ['typeset text', { words: typeset }, false],
] as const)('%s: the layer is all there is to read is %s', (_name, parts, isLayerAlone) => {
  expect(triagePage(page(parts)).isLayerAlone).toBe(isLayerAlone)
})
