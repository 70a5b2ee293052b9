import type { LineImage } from '../raster/image.ts'
import { type CellReading, chooseReading, type ReaderAnswer } from './choose-reading.ts'
import { foldText, isNumber } from './fold-text.ts'
import { isDirt } from './line-shape.ts'
import { type OcrEngine, type ReadingHint, weakestConfidence } from './ocr-engine.ts'
import { readLines } from './read-lines.ts'

/** A cell with its lines of ink, top to bottom. */
export interface InkCell {
  readonly row: number
  readonly column: number
  readonly columnSpan: number
  readonly lines: readonly LineImage[]
}

/** The first engine reads everything; the second, where there is one, what the first alone should not settle. */
export interface ReaderPair {
  readonly first: OcrEngine
  readonly second: OcrEngine | null
}

/** What was spent: lines given to the first and to the second reader (repeats at other sizes not counted). */
export interface ReadCounts {
  readonly first: number
  readonly second: number
}

/**
 * From here on a reading needs no second reader. Of some 4,000 worn lines none that reads as surely as 0.95 was wrong;
 * a digit, which no neighbour vouches for, must be surer.
 */
const NEAR_CERTAIN_WORDS = 0.95
const NEAR_CERTAIN_DIGITS = 0.98
/** Of the numbers that need no second reader every so many is shown to it all the same … */
const SAMPLE_STEP = 12
/** … and where it reads so many of them otherwise, the first reader's sureness is worth nothing on this page. */
const SUSPICIOUS = 2
const NUMERIC_SHARE = 0.6
const MIN_NUMERIC_CELLS = 2

/**
 * Reads the cells of one table (or loose lines as cells of one line each). The second reader is asked about whatever
 * the first is not sure of, and about a sample of the numbers it is sure of; where they differ, about everything. In a column of numbers, a cell that does not read
 * as a number is read again as digits: one more reading beside the others, which wins only over a weak one.
 */
export async function readCells(
  cells: readonly InkCell[],
  readers: ReaderPair,
  signal: AbortSignal,
): Promise<{ readonly readings: readonly CellReading[]; readonly counts: ReadCounts }> {
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
  const needs = answers.map((given, index) => isOdd(index) || needsSecondReader(given[0]))
  const isDigits = (index: number) => isOdd(index) || isNumber(firstText(answers[index]))
  const askSecond = async (engine: OcrEngine, wanted: (index: number) => boolean): Promise<number> =>
    (await ask(engine, 'digits', (index) => wanted(index) && isDigits(index))) +
    (await ask(engine, 'any', (index) => wanted(index) && !isNumber(firstText(answers[index]))))
  let second = 0
  if (readers.second !== null) {
    const sample = sampleNumbers(answers, needs)
    second += await askSecond(readers.second, (index) => needs[index] === true || sample.has(index))
    const isSuspicious = [...sample].filter((index) => readersDiffer(answers[index])).length >= SUSPICIOUS
    if (isSuspicious) second += await askSecond(readers.second, (index) => needs[index] !== true && !sample.has(index))
  }
  const readings = cells.map((_, index) =>
    chooseReading(answers[index] ?? [], {
      lines: inkLines[index] ?? [],
      expectsNumber: places.has(index),
      needsSecondReader: needs[index] ?? true,
    }),
  )
  return { readings, counts: { first, second } }
}

function firstLines(answers: readonly ReaderAnswer[] | undefined): readonly string[] {
  return answers?.[0]?.lines.map((line) => line.text) ?? []
}

function firstText(answers: readonly ReaderAnswer[] | undefined): string {
  return firstLines(answers).join('')
}

function needsSecondReader(answer: ReaderAnswer | undefined): boolean {
  // Tesseract is sure of Han glyphs that it misreads: its word alone never does.
  if (answer === undefined || answer.reader === 'tesseract') return true
  const text = answer.lines.map((line) => line.text).join('')
  const enough = /[^\p{Script=Han}\p{P}\s]/u.test(text) ? NEAR_CERTAIN_DIGITS : NEAR_CERTAIN_WORDS
  return answer.lines.some((line) => weakestConfidence(line.characters) < enough)
}

/** Some of the numbers that the first reader settles alone, spread over the table. */
function sampleNumbers(answers: readonly (readonly ReaderAnswer[])[], needs: readonly boolean[]): Set<number> {
  const settled = answers.flatMap((given, index) =>
    needs[index] === false && isNumber(firstText(given)) ? [index] : [],
  )
  return new Set(settled.filter((_, place) => place % SAMPLE_STEP === SAMPLE_STEP - 1))
}

function readersDiffer(answers: readonly ReaderAnswer[] | undefined): boolean {
  const texts = answers?.map((answer) => foldText(answer.lines.map((line) => line.text).join(''))) ?? []
  return new Set(texts).size > 1
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
