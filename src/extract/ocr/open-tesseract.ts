import type { GreyImage } from '../raster/image.ts'
import { lineToStrip, type StripShape } from './line-to-strip.ts'
import { charactersToReading, type LineReading, type OcrEngine } from './ocr-engine.ts'
import { pairBrackets } from './pair-brackets.ts'
import { type TesseractSymbol, TesseractWorker } from './tesseract-worker.ts'

/** Accuracy is flat between 28 and 44 px a glyph; the rest is paper, which page segmentation needs. */
const STRIP: StripShape = { glyphPx: 30, heightPx: 60, sidePx: 16, minWidthPx: 0, widthStepPx: 1 }
const HAN = /\p{Script=Han}/u
/** A code in front of a name has at least this many glyphs. */
const MIN_CODE_LENGTH = 4
const SHORT_LENGTH = 2
const SURE_HAN = 0.95
const SURE_DIGITS = 0.95
const STROKE = '|'

/**
 * Opens tesseract (WebAssembly, data from the installed packages, no network). Simplified Chinese reads any text, and
 * English, which is far better at them, the digits and the codes in it. @throws PipelineError reader/unavailable
 */
export async function openTesseract(): Promise<OcrEngine> {
  const chinese = new TesseractWorker('chi_sim')
  const english = new TesseractWorker('eng')
  await chinese.start()
  return {
    name: 'tesseract',
    async recognize(lines, hint, signal) {
      const readings = []
      for (const line of lines) {
        signal.throwIfAborted()
        const strip = lineToStrip(line, STRIP)
        const symbols = hint === 'any' ? await readAnyText(strip, chinese, english) : await english.read(strip)
        readings.push(symbolsToReading(symbols))
      }
      return readings
    },
    async close() {
      await Promise.all([chinese.stop(), english.stop()])
    },
  }
}

/** Strokes at the ends are what is left of rulings: no text of a table begins or ends with one. */
function symbolsToReading(symbols: readonly TesseractSymbol[]): LineReading {
  const first = symbols.findIndex(({ text }) => text !== STROKE)
  const inner = first < 0 ? symbols : symbols.slice(first, symbols.findLastIndex(({ text }) => text !== STROKE) + 1)
  const texts = pairBrackets(inner.map(({ text }) => text))
  return charactersToReading(
    inner.map(({ confidence }, index) => ({ text: texts[index] ?? '', confidence, alternatives: [] })),
  )
}

/** Chinese first; what of it carries no Han glyph, all of it or a code in front, is read again in English. */
async function readAnyText(
  strip: GreyImage,
  chinese: TesseractWorker,
  english: TesseractWorker,
): Promise<readonly TesseractSymbol[]> {
  const symbols = await chinese.read(strip)
  const firstHan = symbols.findIndex((symbol) => HAN.test(symbol.text))
  if (symbols.length > 0 && firstHan < 0) return surer(await english.read(strip), symbols)
  if (symbols.length <= SHORT_LENGTH && meanConfidence(symbols) < SURE_HAN) {
    // Chinese sees a Han glyph in a lone digit (了 for 7); English is sure of digits and never of Han glyphs.
    const digits = await english.read(strip)
    const isNumber = digits.length > 0 && digits.every((symbol) => /[\d.,]/.test(symbol.text))
    return isNumber && meanConfidence(digits) >= SURE_DIGITS ? digits : symbols
  }
  if (firstHan < MIN_CODE_LENGTH) return symbols
  const code = symbols.slice(0, firstHan)
  const cut = findGap(strip, code.at(-1)?.x1 ?? 0, symbols[firstHan]?.x0 ?? 0)
  const left = dropAfterBracket(await english.read(cropRight(strip, cut)))
  return [...(Math.abs(left.length - code.length) <= 2 ? left : code), ...symbols.slice(firstHan)]
}

/** The cut may take a stroke of the first Han glyph along; a code in brackets ends with its bracket. */
function dropAfterBracket(symbols: readonly TesseractSymbol[]): readonly TesseractSymbol[] {
  const end = symbols.findIndex((symbol) => symbol.text === ']')
  return end < 0 ? symbols : symbols.slice(0, end + 1)
}

function surer(a: readonly TesseractSymbol[], b: readonly TesseractSymbol[]): readonly TesseractSymbol[] {
  return meanConfidence(a) >= meanConfidence(b) - 0.1 ? a : b
}

function meanConfidence(symbols: readonly TesseractSymbol[]): number {
  return symbols.reduce((sum, symbol) => sum + symbol.confidence, 0) / Math.max(1, symbols.length)
}

/** The lightest column about the place where two glyphs meet; tesseract's own glyph boxes are only roughly right. */
function findGap(strip: GreyImage, left: number, right: number): number {
  const middle = (left + right) / 2
  let best = { x: Math.round(middle), lightness: -1 }
  for (let x = Math.round(middle - STRIP.glyphPx / 3); x <= middle + STRIP.glyphPx / 3; x++) {
    if (x < 0 || x >= strip.width) continue
    let lightness = 0
    for (let y = 0; y < strip.height; y++) lightness += strip.data[y * strip.width + x] ?? 0
    if (lightness > best.lightness) best = { x, lightness }
  }
  return best.x
}

/** The part of the strip left of `cut`, with a margin of its own paper. */
function cropRight(strip: GreyImage, cut: number): GreyImage {
  const width = cut + STRIP.sidePx
  const data = new Uint8Array(width * strip.height).fill(strip.data[0] ?? 255)
  for (let y = 0; y < strip.height; y++) {
    data.set(strip.data.subarray(y * strip.width, y * strip.width + cut), y * width)
  }
  return { width, height: strip.height, data }
}
