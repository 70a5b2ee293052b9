import type { LineImage } from '../raster/image.ts'
import { findComparisonSign } from './find-comparison-sign.ts'
import { isDittoMark } from './find-ditto-mark.ts'
import { foldText } from './fold-text.ts'
import { isFlatStroke, isSlantedStroke } from './line-shape.ts'
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

/** What a slash alone in its line is read as: recognisers of Chinese see a 1 in it, though not surely. */
const LONE_STROKES = /^[1Il|丨丿ノ!/／7-]?$/u
const A_SLASH = charactersToReading([{ text: '/', confidence: 0.95, alternatives: [] }])

/** Two short strokes alone in their line: the same as above. */
const A_DITTO = charactersToReading([{ text: '〃', confidence: 0.95, alternatives: [] }])

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
  const tries = new Map(weak.map((index) => [index, readings.slice(index, index + 1)]))
  for (const look of OTHER_LOOKS) {
    const open = weak.filter((index) => !hasAgreement(tries.get(index) ?? []))
    if (open.length === 0) break
    const changed = open.flatMap((index) => lines.slice(index, index + 1)).map(look)
    const again = await engine.recognize(changed, hint, signal)
    for (const [position, index] of open.entries()) tries.get(index)?.push(again[position] ?? NOTHING_READ)
  }
  for (const [index, given] of tries) readings[index] = bestSupported(given)
  return readings.map((reading, index) => {
    const line = lines[index]
    if (line === undefined) return reading
    if (isFlatStroke(line) && !FLAT_GLYPHS.test(reading.text)) return A_DASH
    if (isDittoMark(line)) return A_DITTO
    if (isStrokeInDoubt(reading) && isSlantedStroke(line)) return A_SLASH
    return withComparisonSign(reading, line)
  })
}

/** Whether a line was read as one stroke, and not surely. (A 1 in italics can have the shape of a slash, but is read surely.) */
function isStrokeInDoubt({ text, characters }: LineReading): boolean {
  return LONE_STROKES.test(text) && weakestConfidence(characters) < SURE_ENOUGH
}

/** Sure by its shape, whatever it was read as. */
const BY_SHAPE = 0.95
/** What a sign can have been read as: at most two characters before a figure, or alone. */
const MISREAD_SIGN = /^\D{0,2}(?=\d|$)/u

/** The reading with the ≥ or ≤ that stands before its figure, or alone, where the reader saw another character or none. */
function withComparisonSign(reading: LineReading, line: LineImage): LineReading {
  const misread = MISREAD_SIGN.exec(reading.text)?.[0]
  if (misread === undefined || /^[≥≤≧≦]/.test(misread)) return reading
  const sign = findComparisonSign(line)
  // A slanted 6 or 9 can have the shape of ≤.
  if (sign === null || (sign === '≤' && /^[69]/.test(reading.text))) return reading
  let [dropped, rest] = [0, reading.characters]
  while (dropped < misread.length && rest.length > 0) {
    dropped += rest[0]?.text.length ?? 0
    rest = rest.slice(1)
  }
  return charactersToReading([{ text: sign, confidence: BY_SHAPE, alternatives: [] }, ...rest])
}

/** Whether two looks gave the same text: a third could not outvote them. */
function hasAgreement(tries: readonly LineReading[]): boolean {
  const texts = tries.map((reading) => foldText(reading.text)).filter((text) => text !== '')
  return new Set(texts).size < texts.length
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
