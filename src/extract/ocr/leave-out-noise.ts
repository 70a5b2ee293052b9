import type { LineImage } from '../raster/image.ts'
import { isDirt } from './line-shape.ts'
import type { LineReading, OcrEngine } from './ocr-engine.ts'
import { saysSomething } from './says-something.ts'

/** So many lines in which next to nothing can be read are no chance: the grain of a picture, blots, halftone. */
const LEAST_LINES = 24
/**
 * Of noise and blots the first reader makes 0 to 0.5 % two letters or figures that it is this sure of, and is 0.05 to 0.5 sure of the
 * rest; of worn print it reads most lines so.
 */
const SURE = 0.7
const MOST_SURE_SHARE = 0.02
const MOST_CONFIDENCE = 0.6

/** Lines outside the tables: those that are print, by their place in the list, and how many are left out. */
export interface PartedNoise {
  readonly print: readonly number[]
  readonly noise: number
}

/**
 * Tells lines outside the tables from marks that are no print, by one look of the first reader. Where next to none of many lines
 * says anything all others are left out: what stands on them is nothing, and to read them in other looks and by another reader
 * took half a minute a page. @throws the signal's reason when aborted
 */
export async function leaveOutNoise(
  lines: readonly LineImage[],
  engine: OcrEngine,
  signal: AbortSignal,
): Promise<PartedNoise> {
  const all = { print: lines.map((_, index) => index), noise: 0 }
  const inked = all.print.filter((index) => !isDirt(lines[index] as LineImage))
  // tesseract is half sure of noise, too.
  if (inked.length < LEAST_LINES || engine.name === 'tesseract') return all
  const readings = await engine.recognize(
    inked.map((index) => lines[index] as LineImage),
    'any',
    signal,
  )
  const isSure = ({ text, confidence }: LineReading) => confidence >= SURE && saysSomething(text)
  const sure = inked.filter((_, position) => isSure(readings[position] as LineReading))
  const confidence = readings.reduce((sum, reading) => sum + reading.confidence, 0) / readings.length
  const isNoise = sure.length <= MOST_SURE_SHARE * inked.length && confidence < MOST_CONFIDENCE
  return isNoise ? { print: sure, noise: lines.length - sure.length } : all
}
