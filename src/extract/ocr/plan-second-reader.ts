import type { ReaderAnswer } from './choose-reading.ts'
import { foldText, isNumber, withoutEdgeSpecks } from './fold-text.ts'
import { weakestConfidence } from './ocr-engine.ts'

type Answers = readonly (readonly ReaderAnswer[])[]

/** Which cells the second reader is shown, by their place in the list of cells. */
export interface SecondReaderPlan {
  readonly asked: ReadonlySet<number>
  /** What else to show it, once it has answered for `asked`. */
  readonly findMore: (answers: Answers) => ReadonlySet<number>
  /** Whether the first reader's word alone leaves the cell open, in the light of all answers. */
  readonly isOpen: (index: number, answers: Answers) => boolean
}

/**
 * From here on a reading needs no second reader. Chosen on 3,967 worn lines of even seeds: of 3,198 that read as surely as
 * 0.95 one was wrong, and that was neither words nor an amount (31:50). A digit, which no neighbour vouches for, must be surer. A code is always shown to both: no sum vouches for it, and one
 * digit more or less is another code.
 */
const NEAR_CERTAIN_WORDS = 0.95
const NEAR_CERTAIN_NUMBERS = 0.98
const DIGITS_OR_LETTERS = /[^\p{Script=Han}\p{P}\s]/u
/** So many digits without a point or a comma may be a code. */
const LONG_DIGITS = /^\d{5,}$/
/** A letter and digits, in brackets or not. */
const CODE_ALONE = /^[[(【（]?[A-Z]\d{4,}[\])】）]?$/
/** Of the numbers that need no second reader every so many of a column, and so many at least, are shown to it all the same … */
const SAMPLE_STEP = 12
const LEAST_SAMPLE = 2
/** Fewer sure numbers than this in a column are no column. */
const LEAST_COLUMN = 4
/** … where it reads one otherwise, it is shown the whole column (a point can be lost on every row), where so many, everything. */
const SUSPICIOUS = 2
/** Han words without digits or letters, and not so short that chance repeats them. */
const REPEATED_WORDS = /^[\p{Script=Han}\p{P}]{3,}$/u
const NOT_WEAK = 0.8
const MANY_REPEATS = 4
const ASKED_REPEATS = 2

/**
 * The second reader is shown what the first is not sure of and a sample of the numbers that it is sure of; where it
 * differs on these, everything. `isOdd` tells cells that do not read as their column demands.
 */
export function planSecondReader(
  cells: readonly { readonly column: number }[],
  answers: Answers,
  isOdd: (index: number) => boolean,
): SecondReaderPlan {
  const needs = answers.map((given, index) => isOdd(index) || needsSecondReader(given[0]))
  const sample = sampleNumbers(cells, answers, needs)
  const repeats = findRepeats(cells, answers, needs)
  const waiting = new Set(repeats.flatMap(({ others }) => others))
  const all = answers.map((_, index) => index)
  const asked = new Set(all.filter((index) => (needs[index] === true && !waiting.has(index)) || sample.has(index)))
  return {
    asked,
    isOpen: (index, given) => {
      const repeat = repeats.find(({ others }) => others.includes(index))
      const isConfirmed = repeat?.asked.every((each) => readersAgree(given[each])) ?? false
      return needs[index] === true && !isConfirmed
    },
    findMore: (given) => {
      const differs = (index: number) => readersDiffer(given[index])
      const unlike = [...sample].filter(differs)
      if (unlike.length >= SUSPICIOUS) return new Set(all.filter((index) => !asked.has(index)))
      const columns = new Set(unlike.map((index) => cells[index]?.column))
      const inColumns = all.filter((index) => !asked.has(index) && columns.has(cells[index]?.column))
      const repeated = repeats.filter((repeat) => repeat.asked.some(differs)).flatMap(({ others }) => others)
      return new Set([...inColumns, ...repeated])
    },
  }
}

/** The lines of the first answer for a cell. */
export function firstLines(answers: readonly ReaderAnswer[] | undefined): readonly string[] {
  return answers?.[0]?.lines.map((line) => line.text) ?? []
}

/** The first answer for a cell, lines joined. */
export function firstText(answers: readonly ReaderAnswer[] | undefined): string {
  return firstLines(answers).join('')
}

/** Whether the first reader plainly sees a code that stands alone: no name beside it, nothing weak in it. */
export function isPlainCode(answer: ReaderAnswer | undefined): boolean {
  const text = answer?.lines.map((line) => line.text).join('') ?? ''
  return CODE_ALONE.test(text) && weakestOf(answer) >= NOT_WEAK
}

function needsSecondReader(answer: ReaderAnswer | undefined): boolean {
  // Tesseract is sure of Han glyphs that it misreads: its word alone never does.
  if (answer === undefined || answer.reader === 'tesseract') return true
  const text = answer.lines.map((line) => line.text).join('')
  const isAmount = isNumber(text) && !LONG_DIGITS.test(text)
  if (DIGITS_OR_LETTERS.test(text) && !isAmount) return true
  // A point at the end of a name is dust more often than print.
  if (withoutEdgeSpecks(text) !== text) return true
  return weakestOf(answer) < (isAmount ? NEAR_CERTAIN_NUMBERS : NEAR_CERTAIN_WORDS)
}

/** Some of the numbers that the first reader settles alone, spread over each column. */
function sampleNumbers(
  cells: readonly { readonly column: number }[],
  answers: Answers,
  needs: readonly boolean[],
): Set<number> {
  const columns = new Map<number, number[]>()
  for (const [index, given] of answers.entries()) {
    if (needs[index] !== false || !isNumber(firstText(given))) continue
    const column = cells[index]?.column ?? 0
    columns.set(column, [...(columns.get(column) ?? []), index])
  }
  return new Set(
    [...columns.values()].flatMap((settled) => {
      if (settled.length < LEAST_COLUMN) return []
      const count = Math.min(settled.length, Math.max(LEAST_SAMPLE, Math.round(settled.length / SAMPLE_STEP)))
      return Array.from({ length: count }, (_, k) => settled[Math.floor(((k + 0.5) * settled.length) / count)] ?? 0)
    }),
  )
}

/**
 * Words that the first reader gives alike, and not weakly, in many cells of a column (the unit on every row): the second
 * reader is shown those it is least sure of, and `others` only where it reads these otherwise.
 */
function findRepeats(
  cells: readonly { readonly column: number }[],
  answers: Answers,
  needs: readonly boolean[],
): { readonly asked: readonly number[]; readonly others: readonly number[] }[] {
  const groups = new Map<string, number[]>()
  for (const [index, cell] of cells.entries()) {
    const text = foldText(firstText(answers[index]))
    if (needs[index] !== true || !REPEATED_WORDS.test(text) || weakestOf(answers[index]?.[0]) < NOT_WEAK) continue
    const key = `${cell.column} ${text}`
    groups.set(key, [...(groups.get(key) ?? []), index])
  }
  return [...groups.values()]
    .filter((indexes) => indexes.length >= MANY_REPEATS)
    .map((indexes) => indexes.toSorted((a, b) => weakestOf(answers[a]?.[0]) - weakestOf(answers[b]?.[0])))
    .map((indexes) => ({ asked: indexes.slice(0, ASKED_REPEATS), others: indexes.slice(ASKED_REPEATS) }))
}

function weakestOf(answer: ReaderAnswer | undefined): number {
  return Math.min(...(answer?.lines.map((line) => weakestConfidence(line.characters)) ?? [0]))
}

function readersAgree(answers: readonly ReaderAnswer[] | undefined): boolean {
  return new Set(answers?.map(({ reader }) => reader)).size > 1 && !readersDiffer(answers)
}

function readersDiffer(answers: readonly ReaderAnswer[] | undefined): boolean {
  const texts = answers?.map((answer) => foldText(answer.lines.map((line) => line.text).join(''))) ?? []
  return new Set(texts).size > 1
}
