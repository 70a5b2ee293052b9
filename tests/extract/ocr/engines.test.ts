import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foldText, isNumber } from '../../../src/extract/ocr/fold-text.ts'
import { loadWasmRecogniser } from '../../../src/extract/ocr/load-wasm-recogniser.ts'
import type { OcrEngine, ReadingHint } from '../../../src/extract/ocr/ocr-engine.ts'
import { openPaddle } from '../../../src/extract/ocr/open-paddle.ts'
import { openTesseract } from '../../../src/extract/ocr/open-tesseract.ts'
import type { LineImage } from '../../../src/extract/raster/image.ts'
import { ctcForwardLogProbability } from '../../../src/normalize/match/ctc-forward.ts'
import { createGlyphLattice } from '../../../src/normalize/match/glyph-lattice.ts'
import { drawLine, loadLines } from './ocr-fixtures.ts'

const signal = new AbortController().signal
const lines = await loadLines()
const images = lines.map(({ line }) => line)
const paddleIsInstalled = (await import('onnxruntime-node').catch(() => null)) !== null

const texts = async (engine: OcrEngine, of: readonly LineImage[], hint: ReadingHint = 'any') =>
  (await engine.recognize(of, hint, signal)).map((reading) => foldText(reading.text))

describe.skipIf(!paddleIsInstalled)('paddle', () => {
  let paddle: OcrEngine
  beforeAll(async () => {
    const opened = await openPaddle()
    if (opened === null) throw new Error('paddle is installed but does not open')
    paddle = opened
  })
  afterAll(() => paddle.close())

  test('reads worn lines of codes, names, amounts and lone digits', async () => {
    expect(await texts(paddle, images)).toEqual(lines.map(({ text }) => foldText(text)))
  })

  test('gives every character a confidence and, where it hesitates, alternatives', async () => {
    const readings = await paddle.recognize(images, 'any', signal)
    for (const reading of readings) {
      expect([...reading.text]).toEqual(reading.characters.map((character) => character.text))
      for (const { confidence } of reading.characters) expect(confidence).toBeGreaterThan(0.2)
    }
    expect(readings.some(({ characters }) => characters.some(({ alternatives }) => alternatives.length > 0))).toBe(true)
  })

  test('keeps what it held for possible: the text that it gives is likely, and likelier than its best path alone', async () => {
    const readings = await paddle.recognize(images, 'any', signal)
    for (const { text, characters, posteriors = '' } of readings) {
      const lattice = createGlyphLattice([posteriors])
      const path = characters.reduce((sum, { confidence }) => sum + Math.log(confidence), 0)
      // Half a nat for rounding: probabilities are kept in 64 steps.
      expect(ctcForwardLogProbability(lattice, text)).toBeGreaterThan(path - 0.5)
      expect(ctcForwardLogProbability(lattice, `${text}国`)).toBeLessThan(ctcForwardLogProbability(lattice, text) - 5)
    }
  })

  test('asked for digits, forces a word to digits but says how little it believes them', async () => {
    const word = images[lines.findIndex(({ text }) => text === '清障车')]
    if (word === undefined) throw new Error('fixture')
    const [forced] = await paddle.recognize([word], 'digits', signal)
    expect(forced?.text ?? '').toMatch(/^[\d.,-]*$/)
    for (const { confidence } of forced?.characters ?? []) expect(confidence).toBeLessThan(0.5)
  })

  test('reads a line the same whatever was read before it', async () => {
    const forwards = await paddle.recognize(images, 'any', signal)
    const backwards = await paddle.recognize(images.toReversed(), 'any', signal)
    expect(backwards.toReversed()).toEqual(forwards)
  })

  test('stops between lines when told to', async () => {
    await expect(paddle.recognize(images, 'any', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

const wasmIsInstalled = (await import('onnxruntime-web').catch(() => null)) !== null

describe('paddle on WebAssembly', () => {
  test.skipIf(!wasmIsInstalled)('reads what it reads natively', async () => {
    const missing = async () => null
    const paddle = await openPaddle([missing, loadWasmRecogniser])
    if (paddle === null) throw new Error('onnxruntime-web is installed but does not open')
    try {
      expect(paddle.runtime).toBe('wasm')
      expect(await texts(paddle, images)).toEqual(lines.map(({ text }) => foldText(text)))
    } finally {
      await paddle.close()
    }
  })

  test('is no reader where no runtime loads', async () => {
    expect(await openPaddle([async () => null])).toBeNull()
    expect(await loadWasmRecogniser(Uint8Array.of(1, 2, 3))).toBeNull()
  })
})

describe('tesseract', () => {
  let tesseract: OcrEngine
  beforeAll(async () => {
    tesseract = await openTesseract()
  })
  afterAll(() => tesseract.close())

  test('reads worn amounts and lone digits as digits', async () => {
    const numbers = lines.filter(({ text }) => isNumber(text))
    const read = await texts(
      tesseract,
      numbers.map(({ line }) => line),
      'digits',
    )
    expect(read).toEqual(numbers.map(({ text }) => text))
  })

  test('reads a code when it is told that it is one', async () => {
    const codes = lines.filter(({ text }) => text === 'A02080499').map(({ line }) => line)
    expect(await texts(tesseract, codes, 'code')).toEqual(['A02080499'])
  })

  test('reads most worn lines of any text', async () => {
    const read = await texts(tesseract, images)
    const right = read.filter((text, index) => text === foldText(lines[index]?.text ?? ''))
    expect(right.length).toBeGreaterThanOrEqual(6)
  })

  test('reads a line the same whatever was read before it', async () => {
    const forwards = await tesseract.recognize(images, 'any', signal)
    const backwards = await tesseract.recognize(images.toReversed(), 'any', signal)
    expect(backwards.toReversed()).toEqual(forwards)
  })

  test('takes a speck of a line and a very long one', async () => {
    const readings = await tesseract.recognize([drawLine(1, 1), drawLine(1500, 18)], 'any', signal)
    expect(readings).toHaveLength(2)
  })

  test('reads on after it was closed, on a fresh worker', async () => {
    const [line] = images
    if (line === undefined) throw new Error('fixture')
    const before = await tesseract.recognize([line], 'digits', signal)
    await tesseract.close()
    expect(await tesseract.recognize([line], 'digits', signal)).toEqual(before)
  })
})
