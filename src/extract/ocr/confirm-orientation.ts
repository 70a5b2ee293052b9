import { type CroppedPage, cropPageLines } from '../raster/crop-lines.ts'
import { findScanTables } from '../raster/find-scan-tables.ts'
import type { ScanTable } from '../raster/grid.ts'
import type { ColorImage, GreyImage, LineImage, QuarterTurns, UprightPage } from '../raster/image.ts'
import { toUprightPage } from '../raster/to-upright-page.ts'
import type { LineReading, OcrEngine } from './ocr-engine.ts'
import { saysSomething } from './says-something.ts'
import { samplePage } from './vote-look.ts'

const SAMPLE_SIZE = 6
/** Reads this surely: no other way round needs to be tried. */
const READS_WELL = 0.85
/** Han glyphs upside down are never read as surely as this; digits may be. */
const SURE_HAN = 0.95
const ENOUGH_HAN = 8
const MARGIN = 0.05
const HAN = /\p{Script=Han}/u
const QUARTERS: readonly QuarterTurns[] = [0, 1, 2, 3]

/** A page the right way round, with its tables and lines found. */
export interface PreparedPage {
  readonly page: UprightPage
  readonly tables: readonly ScanTable[]
  readonly crops: CroppedPage
}

interface Attempt {
  readonly prepared: PreparedPage
  readonly confidence: number
  readonly confidenceUpsideDown: number
}

/**
 * Makes a page upright, and has the reader confirm it on a few lines: also upside down, then on its sides. Where `known` tells how it must
 * be turned, nothing is tried.
 */
export async function confirmOrientation(
  image: ColorImage,
  engine: OcrEngine,
  signal: AbortSignal,
  known?: QuarterTurns,
): Promise<PreparedPage> {
  if (known !== undefined) return prepare(toUprightPage(image, { quarterTurns: known }))
  const first = await attempt(toUprightPage(image), engine, signal)
  if (first.confidence >= READS_WELL && first.confidence >= first.confidenceUpsideDown) return first.prepared
  const attempts = [first]
  if (Math.max(first.confidence, first.confidenceUpsideDown) < READS_WELL) {
    const sideways = turned(first.prepared.page.quarterTurns, 1)
    attempts.push(await attempt(toUprightPage(image, { quarterTurns: sideways }), engine, signal))
  }
  let best = { from: first.prepared, quartersMore: 0, confidence: first.confidence + MARGIN }
  for (const { prepared, confidence, confidenceUpsideDown } of attempts) {
    if (confidence > best.confidence) best = { from: prepared, quartersMore: 0, confidence }
    if (confidenceUpsideDown > best.confidence) {
      best = { from: prepared, quartersMore: 2, confidence: confidenceUpsideDown }
    }
  }
  if (best.quartersMore === 0) return best.from
  return prepare(toUprightPage(image, { quarterTurns: turned(best.from.page.quarterTurns, best.quartersMore) }))
}

function prepare(page: UprightPage): PreparedPage {
  const tables = findScanTables(page)
  return { page, tables, crops: cropPageLines(page, tables) }
}

async function attempt(page: UprightPage, engine: OcrEngine, signal: AbortSignal): Promise<Attempt> {
  const prepared = prepare(page)
  const sample = samplePage(prepared.crops, SAMPLE_SIZE)
  const upright = sample.length === 0 ? [] : await engine.recognize(sample, 'any', signal)
  const confidence = meanConfidence(upright)
  if (sample.length === 0 || readsSureHan(upright)) return { prepared, confidence, confidenceUpsideDown: 0 }
  const upsideDown = await engine.recognize(sample.map(turnUpsideDown), 'any', signal)
  return { prepared, confidence, confidenceUpsideDown: meanConfidence(upsideDown) }
}

function readsSureHan(readings: readonly LineReading[]): boolean {
  const characters = readings.flatMap((reading) => reading.characters)
  const sure = characters.filter(({ text, confidence }) => HAN.test(text) && confidence >= SURE_HAN)
  return sure.length >= ENOUGH_HAN && 2 * sure.length >= characters.length
}

/** How surely the readings that say something were read; 0 where none does. */
function meanConfidence(readings: readonly LineReading[]): number {
  const telling = readings.filter(({ text }) => saysSomething(text))
  return telling.reduce((sum, reading) => sum + reading.confidence, 0) / Math.max(1, telling.length)
}

function turned(turns: QuarterTurns, more: number): QuarterTurns {
  return QUARTERS[(turns + more) % 4] ?? 0
}

function turnUpsideDown(line: LineImage): LineImage {
  const { width, height, data } = line.grey
  const grey: GreyImage = { width, height, data: data.toReversed() }
  const { x0, x1, top, bottom } = line.inkInCrop
  return { ...line, grey, inkInCrop: { x0: width - x1, x1: width - x0, top: height - bottom, bottom: height - top } }
}
