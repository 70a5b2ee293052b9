import { expect, test } from 'vitest'
import { extractPage } from '../../../src/extract/extract-page.ts'
import { confirmOrientation } from '../../../src/extract/ocr/confirm-orientation.ts'
import type { LineReading, OcrEngine } from '../../../src/extract/ocr/ocr-engine.ts'
import type { PdfPage, PdfWord } from '../../../src/extract/pdf/pdf-page.ts'
import { fakeEngine, loadSmallScan, reading } from './ocr-fixtures.ts'

const signal = new AbortController().signal
const { image } = await loadSmallScan()

/** An engine that gives the answers of the first call, then those of the second …, over and over within a call. */
function inTurn(...calls: readonly (readonly LineReading[])[]): OcrEngine & { readonly count: () => number } {
  let asked = 0
  return {
    name: 'paddle',
    count: () => asked,
    recognize: async (lines) => {
      const answers = calls[asked] ?? []
      asked += 1
      return lines.map((_, index) => answers[index % answers.length] ?? reading(''))
    },
    close: async () => {},
  }
}

test('strokes that read surely as brackets the other way round turn no page', async () => {
  const [stroke, words] = [reading('`', 0.35), reading('收入项目', 0.99)]
  const engine = inTurn([words, stroke], [stroke], [reading('（', 0.99)], [reading('）', 0.99)])
  const { page } = await confirmOrientation(image, engine, signal)
  expect(page.quarterTurns).toBe(0)
})

test('words that read well only the other way round turn it', async () => {
  const engine = inTurn([reading('日夂', 0.4)], [reading('收入项目', 0.99)])
  const { page } = await confirmOrientation(image, engine, signal)
  expect(page.quarterTurns).toBe(2)
})

test('a turn that is known is not looked for', async () => {
  const engine = inTurn()
  const { page } = await confirmOrientation(image, engine, signal, 1)
  expect([page.quarterTurns, engine.count()]).toEqual([1, 0])
})

test.each([
  [0, 0],
  [90, 3],
  [180, 2],
  [270, 1],
] as const)('glyphs without names that run at %i degrees tell the way round of their page', async (angle, turns) => {
  const word: PdfWord = {
    text: '\ufffd\ufffd\ufffd',
    bbox: { x0: 10, top: 10, x1: 40, bottom: 20 },
    origin: 'text',
    invisible: false,
    fontSize: 10,
    fontName: '',
    angle,
    isVertical: false,
  }
  const page: PdfPage = {
    pageNumber: 1,
    width: 425,
    height: 212,
    words: Array.from({ length: 30 }, () => word),
    rulings: [],
    whiteAreas: [],
    images: [],
    imageCoverage: 0,
    outlineCount: 0,
    readImagePixels: async () => null,
    checkImage: async () => undefined,
    render: async () => image,
  }
  const told: number[] = []
  const { kind } = await extractPage(
    page,
    { first: fakeEngine('paddle', () => reading('收入项目')), second: null },
    signal,
    ({ page: upright }) => {
      told.push(upright.quarterTurns)
    },
  )
  expect([kind, told]).toEqual(['untrusted-text', [turns]])
})
