import type { CroppedPage } from '../raster/crop-lines.ts'
import type { LineImage } from '../raster/image.ts'
import type { OcrEngine } from './ocr-engine.ts'
import { rescaleLine } from './read-lines.ts'
import { smoothLine } from './smooth-line.ts'

const SAMPLE_SIZE = 8
/** What the page's glyph height may be wrong by: a part of the glyphs was measured, or lines that touch. */
const FACTORS = [0.5, 0.75, 1, 1.35, 2] as const
/** Another size must read this much surer than the measured one to be believed. */
const MARGIN = 0.04
const SMOOTHING_MARGIN = 0.01
const READS_CLEANLY = 0.985
/** From here on the measured size is right: glyphs drawn half as large again read far worse. */
const READS_WELL = 0.93

/** How the lines of a page are best shown to the reader. */
export interface LineLook {
  /** The measured glyph height is wrong by this factor; 1 when it reads well. */
  readonly factor: number
  readonly isSmoothed: boolean
}

/**
 * The reader votes on how to show it the lines of a page: a sample is read at several sizes, and without the scan's
 * grain; the mean confidence decides.
 */
export async function voteLook(engine: OcrEngine, page: CroppedPage, signal: AbortSignal): Promise<LineLook> {
  const sample = samplePage(page, SAMPLE_SIZE)
  if (sample.length < 3) return { factor: 1, isSmoothed: false }
  const measured = await meanConfidence(engine, sample, signal)
  let best = { factor: 1, confidence: measured + MARGIN }
  for (const factor of FACTORS) {
    if (factor === 1 || measured >= READS_WELL) continue
    const rescaled = sample.map((line) => rescaleLine(line, factor))
    const confidence = await meanConfidence(engine, rescaled, signal)
    if (confidence > best.confidence) best = { factor, confidence }
  }
  const { factor } = best
  const raw = factor === 1 ? measured : best.confidence
  if (raw >= READS_CLEANLY) return { factor, isSmoothed: false }
  const smoothed = sample.map((line) => smoothLine(rescaleLine(line, factor)))
  return { factor, isSmoothed: (await meanConfidence(engine, smoothed, signal)) > raw + SMOOTHING_MARGIN }
}

/** The line as the vote wants it shown. */
export function applyLook(line: LineImage, { factor, isSmoothed }: LineLook): LineImage {
  const rescaled = factor === 1 ? line : rescaleLine(line, factor)
  return isSmoothed ? smoothLine(rescaled) : rescaled
}

async function meanConfidence(engine: OcrEngine, lines: readonly LineImage[], signal: AbortSignal): Promise<number> {
  const readings = await engine.recognize(lines, 'any', signal)
  return readings.reduce((sum, reading) => sum + reading.confidence, 0) / Math.max(1, readings.length)
}

/** A line of print is between this and that many glyphs high. */
const PRINT_HEIGHT = { least: 0.5, most: 1.8 }

/**
 * Lines of a page that hold several glyphs, spread evenly over it: those of cells where there are enough. What lies
 * outside the tables can be the desk under a photographed page, or a scanner's edge.
 */
export function samplePage({ tables, textLines, glyphHeightPx }: CroppedPage, size: number): readonly LineImage[] {
  const inCells = tables.flatMap((table) => table.cells.flatMap((cell) => cell.lines)).filter(isLong)
  if (inCells.length >= size) return spread(inCells, size)
  const isPrint = ({ inkInCrop: { top, bottom } }: LineImage): boolean =>
    bottom - top >= PRINT_HEIGHT.least * glyphHeightPx && bottom - top <= PRINT_HEIGHT.most * glyphHeightPx
  const long = textLines.filter(isLong)
  const print = long.filter(isPrint)
  return spread([...(print.length + inCells.length > 0 ? print : long), ...inCells], size)
}

function spread(lines: readonly LineImage[], size: number): readonly LineImage[] {
  const step = Math.max(1, lines.length / size)
  return Array.from({ length: Math.min(size, lines.length) }, (_, index) => lines[Math.floor(index * step)]).filter(
    (line) => line !== undefined,
  )
}

function isLong(line: LineImage): boolean {
  return widthOf(line) >= 2.5 * (line.inkInCrop.bottom - line.inkInCrop.top)
}

function widthOf(line: LineImage): number {
  return line.inkInCrop.x1 - line.inkInCrop.x0
}
