import type { LineImage } from '../raster/image.ts'
import type { OcrEngine } from './ocr-engine.ts'
import { rescaleLine } from './read-lines.ts'

const SAMPLE_SIZE = 8
/** What the page's glyph height may be wrong by: a part of the glyphs was measured, or lines that touch. */
const FACTORS = [0.5, 0.75, 1, 1.35, 2] as const
/** Another size must read this much surer than the measured one to be believed. */
const MARGIN = 0.04

/**
 * The factor by which the page's measured glyph height is wrong, as the reader sees it: a sample of lines is read at
 * several sizes and the mean confidence decides. 1 when the measured height reads well.
 */
export async function voteScale(engine: OcrEngine, lines: readonly LineImage[], signal: AbortSignal): Promise<number> {
  const sample = sampleLines(lines, SAMPLE_SIZE)
  if (sample.length < 3) return 1
  const measured = await meanConfidence(engine, sample, signal)
  let best = { factor: 1, confidence: measured + MARGIN }
  if (best.confidence >= 1) return 1
  for (const factor of FACTORS) {
    if (factor === 1) continue
    const rescaled = sample.map((line) => rescaleLine(line, factor))
    const confidence = await meanConfidence(engine, rescaled, signal)
    if (confidence > best.confidence) best = { factor, confidence }
  }
  return best.factor
}

async function meanConfidence(engine: OcrEngine, lines: readonly LineImage[], signal: AbortSignal): Promise<number> {
  const readings = await engine.recognize(lines, 'any', signal)
  return readings.reduce((sum, reading) => sum + reading.confidence, 0) / Math.max(1, readings.length)
}

/** Lines that hold several glyphs, spread evenly over the page. */
export function sampleLines(lines: readonly LineImage[], size: number): readonly LineImage[] {
  const long = lines.filter((line) => widthOf(line) >= 2.5 * (line.inkInCrop.bottom - line.inkInCrop.top))
  const step = Math.max(1, long.length / size)
  return Array.from({ length: Math.min(size, long.length) }, (_, index) => long[Math.floor(index * step)]).filter(
    (line) => line !== undefined,
  )
}

function widthOf(line: LineImage): number {
  return line.inkInCrop.x1 - line.inkInCrop.x0
}
