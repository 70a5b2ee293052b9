import type { LineImage } from '../raster/image.ts'
import { type CellReading, chooseReading, type ReaderAnswer } from './choose-reading.ts'
import { doubtConfusedDigits } from './doubt-confused-digits.ts'
import { isNumber } from './fold-text.ts'
import { isDirt } from './line-shape.ts'
import type { OcrEngine, ReadingHint } from './ocr-engine.ts'
import { firstLines, firstText, isPlainCode, planSecondReader } from './plan-second-reader.ts'
import { readLines } from './read-lines.ts'
import type { TextDetector } from './text-detector.ts'

/** A cell with its lines of ink, top to bottom. */
export interface InkCell {
  readonly row: number
  readonly column: number
  readonly columnSpan: number
  readonly lines: readonly LineImage[]
}

/** The first engine reads everything; the second, where there is one, what the first alone should not settle. `detector` finds print where no lines part cells. */
export interface ReaderPair {
  readonly first: OcrEngine
  readonly second: OcrEngine | null
  readonly detector?: TextDetector | null
}

/** What came of a list of cells, one reading and the answers behind it for each; `counts` is what it took. */
export interface CellsReading {
  readonly readings: readonly CellReading[]
  readonly answers: readonly (readonly ReaderAnswer[])[]
  readonly counts: ReadCounts
}

/** What was spent: lines given to the first and to the second reader (repeats at other sizes not counted). */
export interface ReadCounts {
  readonly first: number
  readonly second: number
}

const NUMERIC_SHARE = 0.6
const MIN_NUMERIC_CELLS = 2

/**
 * Reads the cells of one table (or loose lines as cells of one line each). The second reader is asked about whatever
 * the first is not sure of, and about a sample of the numbers it is sure of; where they differ, about everything. In a
 * column of numbers, a cell that does not read as a number is read again as digits: one more reading beside the others,
 * which wins only over a weak one.
 */
export async function readCells(
  cells: readonly InkCell[],
  readers: ReaderPair,
  signal: AbortSignal,
): Promise<CellsReading> {
  const inkLines = cells.map((cell) => cell.lines.filter((line) => !isDirt(line)))
  const answers = cells.map((): ReaderAnswer[] => [])
  const ask = async (engine: OcrEngine, hint: ReadingHint, wanted: (index: number) => boolean): Promise<number> => {
    const indexes = cells
      .map((_, index) => index)
      .filter((index) => (inkLines[index] ?? []).length > 0 && wanted(index))
    const lines = indexes.flatMap((index) => inkLines[index] ?? [])
    const expected = engine === readers.first ? null : indexes.flatMap((index) => firstLines(answers[index]))
    const readings = await readLines(engine, lines, hint, signal, expected)
    let start = 0
    for (const index of indexes) {
      const end = start + (inkLines[index] ?? []).length
      answers[index]?.push({ reader: engine.name, hint, lines: readings.slice(start, end) })
      start = end
    }
    return lines.length
  }

  const first = await ask(readers.first, 'any', () => true)
  const places = findNumberPlaces(cells, answers)
  const isOdd = (index: number) => places.has(index) && !isNumber(firstText(answers[index]))
  await ask(readers.first, 'digits', isOdd)
  const plan = planSecondReader(cells, answers, isOdd)
  const isDigits = (index: number) => isOdd(index) || isNumber(firstText(answers[index]))
  const isCode = (index: number) => !isDigits(index) && isPlainCode(answers[index]?.[0])
  const isText = (index: number) => !isNumber(firstText(answers[index])) && !isCode(index)
  const askSecond = async (engine: OcrEngine, wanted: ReadonlySet<number>): Promise<number> =>
    (await ask(engine, 'digits', (index) => wanted.has(index) && isDigits(index))) +
    (await ask(engine, 'code', (index) => wanted.has(index) && isCode(index))) +
    (await ask(engine, 'any', (index) => wanted.has(index) && isText(index)))
  let second = 0
  if (readers.second !== null) {
    second += await askSecond(readers.second, plan.asked)
    second += await askSecond(readers.second, plan.findMore(answers))
  }
  const readings = cells.map((_, index) =>
    chooseReading(answers[index] ?? [], {
      lines: inkLines[index] ?? [],
      expectsNumber: places.has(index),
      needsSecondReader: plan.isOpen(index, answers),
    }),
  )
  return { readings: doubtConfusedDigits(readings), answers, counts: { first, second } }
}

/**
 * Cells that stand where a number is expected: their column mostly reads as numbers, and they lie below its heading
 * (from the first number on).
 */
function findNumberPlaces(cells: readonly InkCell[], answers: readonly (readonly ReaderAnswer[])[]): Set<number> {
  const columns = new Map<number, number[]>()
  for (const [index, cell] of cells.entries()) {
    if (cell.columnSpan > 1 || answers[index]?.length === 0) continue
    columns.set(cell.column, [...(columns.get(cell.column) ?? []), index])
  }
  const places = new Set<number>()
  for (const indexes of columns.values()) {
    const isNumeric = (index: number) => isNumber(firstText(answers[index]))
    const firstRow = Math.min(...indexes.filter(isNumeric).map((index) => cells[index]?.row ?? 0))
    const below = indexes.filter((index) => (cells[index]?.row ?? 0) >= firstRow)
    const numbers = below.filter(isNumeric).length
    const read = below.filter((index) => firstText(answers[index]) !== '').length
    if (numbers < MIN_NUMERIC_CELLS || numbers < NUMERIC_SHARE * read) continue
    for (const index of below) places.add(index)
  }
  return places
}
