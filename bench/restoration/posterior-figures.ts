import { openReaders } from '../../src/extract/ocr/open-readers.ts'
import { readCells } from '../../src/extract/ocr/read-cells.ts'
import type { Catalogue, CatalogueEntry } from '../../src/model/catalogue.ts'
import type { Dictionaries } from '../../src/model/dictionaries.ts'
import type { Reading } from '../../src/model/table.ts'
import { readingsOf } from '../../src/normalize/draft/text-of-cell.ts'
import type { TextReading } from '../../src/normalize/match/code-match.ts'
import { type CatalogueMatcher, createCatalogueMatcher } from '../../src/normalize/match/create-catalogue-matcher.ts'
import { createRandom } from '../generate/random.ts'
import { cellsPerSecond } from './compare-matchers.ts'
import { CELL_WEARS, drawCells } from './draw-cells.ts'
import { itemCatalogue } from './matcher-figures.ts'

/** A drawn cell with what the readers made of it. */
export interface ReadCell {
  readonly truth: CatalogueEntry
  readonly readings: readonly Reading[]
}

/** How candidates are ranked for cells of one wear, by one set of witnesses. */
export interface RankingFigures {
  readonly witnesses: string
  readonly cells: number
  /** The truth is the first candidate. */
  readonly first: number
  readonly taken: number
  readonly takenWrong: number
  /** Mean over the cells of the truth's probability less that of the likeliest other candidate, -1 to 1. */
  readonly margin: number
  readonly cellsPerSecond: number
}

export interface RankedSet {
  readonly name: string
  readonly rankings: readonly RankingFigures[]
  /** Posteriors in bytes for each glyph read. */
  readonly bytesPerGlyph: number
}

type Witnesses = (reading: Reading) => Reading | null

const withoutPosteriors = ({ posteriors: _kept, ...reading }: Reading): Reading => reading
const isPaddle = ({ reader }: Reading) => reader === 'paddle'
const WITNESSES: readonly (readonly [string, Witnesses])[] = [
  ['both readers, strings', withoutPosteriors],
  ['both readers, posteriors', (reading) => reading],
  ['PP-OCR, strings', (reading) => (isPaddle(reading) ? withoutPosteriors(reading) : null)],
  ['PP-OCR, posteriors', (reading) => (isPaddle(reading) ? reading : null)],
]

/** Draws `count` cells of each wear, lets both readers read them, and ranks candidates with and without posteriors. */
export async function rankByPosteriors(
  dictionaries: Dictionaries,
  seed: number,
  count: number,
): Promise<readonly RankedSet[]> {
  const catalogue = itemCatalogue(dictionaries)
  const matcher = createCatalogueMatcher([catalogue], dictionaries.glyphConfusions)
  const sets = await readDrawnCells(catalogue, seed, count)
  return sets.map(([name, cells]) => ({
    name,
    rankings: WITNESSES.map(([witnesses, see]) => rank(witnesses, see, cells, matcher)),
    bytesPerGlyph: bytesPerGlyph(cells),
  }))
}

async function readDrawnCells(
  catalogue: Catalogue,
  seed: number,
  count: number,
): Promise<readonly (readonly [string, readonly ReadCell[]])[]> {
  const readers = await openReaders('both')
  const sets: (readonly [string, readonly ReadCell[]])[] = []
  try {
    for (const wear of CELL_WEARS) {
      const drawn = drawCells(catalogue.entries, wear, count, createRandom(seed).fork(wear.name))
      const cells = drawn.map(({ line }, row) => ({ row, column: 0, columnSpan: 1, lines: [line] }))
      const { readings } = await readCells(cells, readers, new AbortController().signal)
      const read = drawn.map(({ truth }, index) => ({ truth, readings: readings[index]?.readings ?? [] }))
      sets.push([wear.name, read])
    }
  } finally {
    await readers.close()
  }
  return sets
}

function rank(
  witnesses: string,
  see: Witnesses,
  cells: readonly ReadCell[],
  matcher: CatalogueMatcher,
): RankingFigures {
  const seen = cells.map(({ readings }) => toTexts(readings.flatMap((reading) => see(reading) ?? [])))
  const figures = { first: 0, taken: 0, takenWrong: 0, margins: 0 }
  for (const [index, { truth }] of cells.entries()) {
    const combined = seen[index] ?? []
    // What nobody could read at all is asked about; it has no candidates.
    if (combined.length === 0) continue
    const match = matcher.match({ combined }, { fiscalYear: null, origin: 'ocr' })
    const isTaken = match.kind === 'exact' || match.kind === 'restored'
    const own = match.candidates.find(({ entry }) => entry === truth)?.probability ?? 0
    const other = match.candidates.find(({ entry }) => entry !== truth)?.probability ?? 0
    figures.first += match.candidates[0]?.entry === truth ? 1 : 0
    figures.taken += isTaken ? 1 : 0
    figures.takenWrong += isTaken && match.entry !== truth ? 1 : 0
    figures.margins += own - other
  }
  const { margins, ...counts } = figures
  const filled = seen.filter((combined) => combined.length > 0)
  const speed = cellsPerSecond(filled, (combined) => {
    matcher.match({ combined }, { fiscalYear: null, origin: 'ocr' })
  })
  return { witnesses, cells: cells.length, ...counts, margin: margins / cells.length, cellsPerSecond: speed }
}

function toTexts(readings: readonly Reading[]): readonly TextReading[] {
  if (readings.length === 0) return []
  const [{ lines }] = readings as readonly [Reading]
  const place = { row: 0, column: 0, rowSpan: 1, columnSpan: 1, bbox: { x0: 0, top: 0, x1: 1, bottom: 1 } }
  return readingsOf({ ...place, text: lines.join(''), origin: 'ocr', confidence: null, readings, flags: [] })
}

function bytesPerGlyph(cells: readonly ReadCell[]): number {
  const readings = cells.flatMap((cell) => cell.readings).filter(({ posteriors }) => posteriors !== undefined)
  const bytes = readings.reduce((sum, { posteriors }) => sum + Buffer.byteLength(JSON.stringify(posteriors)), 0)
  return bytes / readings.reduce((sum, { characters }) => sum + characters.length, 0)
}
