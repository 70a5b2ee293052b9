import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foldText, isNumber } from '../../../src/extract/ocr/fold-text.ts'
import { loadWasmNetwork } from '../../../src/extract/ocr/load-wasm-network.ts'
import type { OcrEngine, ReadingHint } from '../../../src/extract/ocr/ocr-engine.ts'
import { openPaddle } from '../../../src/extract/ocr/open-paddle.ts'
import { openPaddleDetector } from '../../../src/extract/ocr/open-paddle-detector.ts'
import { openTesseract } from '../../../src/extract/ocr/open-tesseract.ts'
import { cropPageLines } from '../../../src/extract/raster/crop-lines.ts'
import type { LineImage } from '../../../src/extract/raster/image.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { ctcForwardLogProbability } from '../../../src/normalize/match/ctc-forward.ts'
import { createGlyphLattice } from '../../../src/normalize/match/glyph-lattice.ts'
import { drawLine, loadLines, loadSmallScan } from './ocr-fixtures.ts'

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

  test('its detector finds the lines of a scan, whatever was detected before, on either runtime', async () => {
    const { image } = await loadSmallScan()
    const page = toUprightPage(image, { quarterTurns: 0 })
    const glyph = cropPageLines(page, []).glyphHeightPx
    const opened = await openPaddle()
    const onWasm = await openPaddle([loadWasmNetwork])
    if (opened === null || onWasm === null) throw new Error('paddle does not open')
    try {
      const texts = await opened.detector.detect(page.grey, glyph, signal)
      expect(texts?.length).toBeGreaterThan(10)
      const half = { ...page.grey, height: page.grey.height >> 1 }
      await opened.detector.detect({ ...half, data: page.grey.data.slice(0, half.width * half.height) }, glyph, signal)
      expect(await opened.detector.detect(page.grey, glyph, signal)).toEqual(texts)
      expect((await onWasm.detector.detect(page.grey, glyph, signal))?.length).toBe(texts?.length)
      await expect(opened.detector.detect(page.grey, glyph, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
        'enough',
      )
    } finally {
      await Promise.all([opened.close(), onWasm.close()])
    }
  })

  test('a detector without its network says that it sees nothing, not that nothing is there', async () => {
    const detector = openPaddleDetector('no-such-file.onnx', [loadWasmNetwork])
    const white = { width: 64, height: 64, data: new Uint8Array(64 * 64).fill(255) }
    expect(await detector.detect(white, 12, signal)).toBeNull()
    await detector.close()
  })

  test('stops between lines when told to', async () => {
    await expect(paddle.recognize(images, 'any', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
  })
})

const wasmIsInstalled = (await import('onnxruntime-web').catch(() => null)) !== null

describe('paddle on WebAssembly', () => {
  test.skipIf(!wasmIsInstalled)('reads what it reads natively', async () => {
    const missing = async () => null
    const paddle = await openPaddle([missing, loadWasmNetwork])
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
    expect(await loadWasmNetwork(Uint8Array.of(1, 2, 3))).toBeNull()
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
