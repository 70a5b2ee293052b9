import type { LineImage } from '../raster/image.ts'
import { foldText } from './fold-text.ts'
import { isFlatStroke } from './line-shape.ts'
import {
  charactersToReading,
  type LineReading,
  NOTHING_READ,
  type OcrEngine,
  type ReadingHint,
  weakestConfidence,
} from './ocr-engine.ts'
import { smoothLine } from './smooth-line.ts'

/** Below this a character is worth a second look at other sizes. */
const SURE_ENOUGH = 0.9
/** Other ways to show the reader a line: without its grain, and that a little larger. */
const OTHER_LOOKS: readonly ((line: LineImage) => LineImage)[] = [
  smoothLine,
  (line) => rescaleLine(smoothLine(line), 0.88),
]

/** What a single flat stroke can be. Readers see a digit or nothing at all in it, with some confidence. */
const FLAT_GLYPHS = /^[-—–―一_~=.·…]+$/
const A_DASH = charactersToReading([{ text: '-', confidence: 0.6, alternatives: [{ text: '一', confidence: 0.3 }] }])

/** The line as if the glyphs of its page were `factor` times as high: it will be drawn that much smaller. */
export function rescaleLine(line: LineImage, factor: number): LineImage {
  return { ...line, glyphHeightPx: line.glyphHeightPx * factor }
}

/**
 * Reads lines; what is read weakly or not at all is read again in two other looks, and the best-supported reading
 * stands: a text that two looks agree on, else the one whose weakest character is surest. What agrees with
 * `expected` (another reader's texts) needs no second look; a sure reading is never looked at again until it agrees.
 */
export async function readLines(
  engine: OcrEngine,
  lines: readonly LineImage[],
  hint: ReadingHint,
  signal: AbortSignal,
  expected: readonly string[] | null = null,
): Promise<readonly LineReading[]> {
  const first = await engine.recognize(lines, hint, signal)
  const readings = lines.map((_line, index) => first[index] ?? NOTHING_READ)
  const isSettled = (reading: LineReading, index: number) =>
    weakestConfidence(reading.characters) >= SURE_ENOUGH ||
    (expected !== null && foldText(reading.text) === foldText(expected[index] ?? ''))
  const weak = readings.flatMap((reading, index) => (isSettled(reading, index) ? [] : [index]))
  const again = []
  for (const look of weak.length > 0 ? OTHER_LOOKS : []) {
    const changed = weak.flatMap((index) => lines.slice(index, index + 1)).map(look)
    again.push(await engine.recognize(changed, hint, signal))
  }
  for (const [position, index] of weak.entries()) {
    const tries = [readings[index], ...again.map((pass) => pass[position])].filter((reading) => reading !== undefined)
    readings[index] = bestSupported(tries)
  }
  return readings.map((reading, index) => {
    const line = lines[index]
    return line !== undefined && isFlatStroke(line) && !FLAT_GLYPHS.test(reading.text) ? A_DASH : reading
  })
}

/** The reading whose text occurs most often among `tries`, then the surest. */
export function bestSupported(tries: readonly LineReading[]): LineReading {
  const supportOf = (reading: LineReading) =>
    reading.text === '' ? 0 : tries.filter((other) => foldText(other.text) === foldText(reading.text)).length
  const ranked = tries.toSorted(
    (a, b) => supportOf(b) - supportOf(a) || weakestConfidence(b.characters) - weakestConfidence(a.characters),
  )
  return ranked[0] ?? NOTHING_READ
}
