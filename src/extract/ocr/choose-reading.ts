import type { FlagCode } from '../../model/flag.ts'
import type { ReaderName, Reading } from '../../model/table.ts'
import type { LineImage } from '../raster/image.ts'
import { joinBrokenLines } from '../table/join-text.ts'
import { dropDust } from './drop-dust.ts'
import { foldText, isNumber, isWellFormed, withoutEdgeSpecks, withoutPunctuation } from './fold-text.ts'
import { type LineReading, type ReadingHint, weakestConfidence } from './ocr-engine.ts'

/** What one engine said of one cell, line by line. */
export interface ReaderAnswer {
  readonly reader: ReaderName
  readonly hint: ReadingHint
  readonly lines: readonly LineReading[]
}

/** The readings of one cell, the chosen one first; `text` is the chosen one, lines joined; `why` it was, in words. */
export interface CellReading {
  readonly text: string
  readonly confidence: number | null
  readonly readings: readonly Reading[]
  readonly flags: readonly FlagCode[]
  readonly why: string
}

/** A reading and why it stands before the others. */
interface Choice {
  readonly reading: Reading
  readonly why: string
}

const NOTHING_PRINTED: CellReading = { text: '', confidence: null, readings: [], flags: [], why: 'there is no ink' }
const BLOT: CellReading = { ...NOTHING_PRINTED, why: 'the ink is a blot, too small for a digit or a letter' }

export interface ChoiceContext {
  readonly lines: readonly LineImage[]
  /** The cell stands where its column holds numbers. */
  readonly expectsNumber: boolean
  /** Whether the first reading alone would not do. */
  readonly needsSecondReader: boolean
}

/** Print below this many pixels a glyph is beyond the readers. */
const MIN_GLYPH_PX = 14
const WEAK_CHARACTER = 0.8
/** A reading this sure is not pushed aside by a forced one. */
const CLEAR_CHARACTER = 0.9
const HOPELESS_CHARACTER = 0.5
const HAN = /\p{Script=Han}{2}/u
/** A line of a wrapped name that is one stroke: a tick or a pen mark more often than print. */
const LONE_STROKE = /^[1Il|/\\\-一丨.,·]$/

/**
 * Orders the answers for one cell, best first, and notes every doubt: a text that two readers give, else in a column
 * of numbers a number before a weak misfit, else the first reader's, unless the other is much surer.
 */
export function chooseReading(answers: readonly ReaderAnswer[], context: ChoiceContext): CellReading {
  if (context.lines.length === 0) return NOTHING_PRINTED
  const readings = answers.map(toReading)
  const choice = withoutDust(pickBest(readings, context.expectsNumber), readings)
  const chosen = choice?.reading
  const text = chosen === undefined ? '' : joinBrokenLines(chosen.lines)
  if (chosen !== undefined && isBlot(text, context.lines)) return BLOT
  const isSame = (reading: Reading) => sameText(reading, chosen)
  const rest = readings.filter((reading) => reading !== chosen)
  const ordered = [...(chosen ? [chosen] : []), ...rest.filter(isSame), ...rest.filter((reading) => !isSame(reading))]
  const [confidence, why] = [chosen?.confidence ?? 0, choice?.why ?? 'nobody read it']
  return { text, confidence, readings: ordered, flags: findDoubts(ordered, context), why }
}

/** A blot lower than this many glyphs can be no digit and no letter. */
const BLOT_SIZE = 0.45
const POINTS_ALONE = /^[.．,，·'`‘’:：;；。、]+$/u

/** Whether a cell holds nothing but blots, which a reader can only take for points. */
function isBlot(text: string, lines: readonly LineImage[]): boolean {
  const isSmall = ({ inkInCrop: { x0, x1, top, bottom }, glyphHeightPx }: LineImage): boolean =>
    Math.max(x1 - x0, bottom - top) < BLOT_SIZE * glyphHeightPx
  return POINTS_ALONE.test(text) && lines.every(isSmall)
}

/** A reading that differs from the chosen one only by less dust at its ends stands in its place. */
function withoutDust(choice: Choice | undefined, readings: readonly Reading[]): Choice | undefined {
  if (choice === undefined) return undefined
  const text = foldText(choice.reading.lines.join(''))
  const clean = withoutEdgeSpecks(text)
  if (clean === text) return choice
  const cleaner = readings.find((reading) => foldText(reading.lines.join('')) === clean)
  return cleaner === undefined ? choice : { reading: cleaner, why: `${choice.why}; this one has no dust at its ends` }
}

function toReading(answer: ReaderAnswer): Reading {
  const lines = dropDust(answer.lines)
  const posteriors = lines.flatMap((line) => line.posteriors ?? [])
  return {
    reader: answer.reader,
    lines: lines.map((line) => line.text),
    confidence: lines.reduce((least, line) => Math.min(least, line.confidence), 1),
    characters: lines.flatMap((line) => line.characters),
    ...(posteriors.length > 0 && posteriors.length === lines.length ? { posteriors } : {}),
  }
}

function pickBest(readings: readonly Reading[], expectsNumber: boolean): Choice | undefined {
  const [first, ...others] = readings
  if (first === undefined) return undefined
  const isConfirmed = (reading: Reading) =>
    textOf(reading) !== '' && readings.some((other) => other.reader !== reading.reader && sameText(other, reading))
  if (isConfirmed(first)) return { reading: first, why: 'two readers saw the same' }
  const confirmed = others.find(isConfirmed)
  const isClear = weakest(first) >= CLEAR_CHARACTER && textOf(first) !== ''
  if (confirmed !== undefined && !isClear)
    return { reading: confirmed, why: 'two readers saw the same, and the first look was not clear' }
  if (expectsNumber && !isClear && !isNumber(textOf(first))) {
    const numbers = others.filter((reading) => isNumber(textOf(reading)))
    const surest = numbers.toSorted((a, b) => weakest(b) - weakest(a))[0]
    if (surest !== undefined) return { reading: surest, why: 'its column holds numbers, and this is the surest number' }
  }
  const otherReader = others.find((reading) => reading.reader !== first.reader && textOf(reading) !== '')
  if (otherReader === undefined)
    return { reading: first, why: textOf(first) === '' ? 'nobody read anything' : 'no other reader read anything' }
  if (isWellFormed(textOf(otherReader)) && !isWellFormed(textOf(first))) {
    const differsInPoints = withoutPunctuation(textOf(otherReader)) === withoutPunctuation(textOf(first))
    if (differsInPoints || weakest(first) < WEAK_CHARACTER)
      return { reading: otherReader, why: 'readers differ, and only this reading is well formed' }
  }
  const isHopeless = textOf(first) === '' || weakest(first) < HOPELESS_CHARACTER
  return isHopeless && weakest(otherReader) >= CLEAR_CHARACTER
    ? { reading: otherReader, why: 'readers differ: the first is lost here, the other is sure' }
    : { reading: first, why: 'readers differ: nothing speaks more for another than for the first' }
}

function findDoubts(ordered: readonly Reading[], context: ChoiceContext): FlagCode[] {
  const flags: FlagCode[] = []
  const [chosen] = ordered
  const supporters = ordered.filter((reading) => chosen !== undefined && sameText(reading, chosen))
  const isRead = chosen !== undefined && textOf(chosen) !== ''
  const isConfirmed = isRead && new Set(supporters.map((reading) => reading.reader)).size > 1
  const opponents = ordered.filter(
    (reading) => textOf(reading) !== '' && !supporters.some((other) => other.reader === reading.reader),
  )
  if (opponents.length > 0) flags.push('readers-disagree')
  const hasStrokeLine =
    HAN.test(chosen?.lines.join('') ?? '') && chosen?.lines.some((line) => LONE_STROKE.test(line.trim()))
  if (!isRead || hasStrokeLine || Math.max(...supporters.map(weakest)) < WEAK_CHARACTER) flags.push('reading-weak')
  if (!isConfirmed && opponents.length === 0 && context.needsSecondReader) flags.push('reading-unconfirmed')
  if (context.lines.some((line) => line.glyphHeightPx < MIN_GLYPH_PX)) flags.push('line-too-small')
  return flags
}

function textOf(reading: Reading): string {
  return withoutEdgeSpecks(foldText(reading.lines.join('')))
}

function sameText(a: Reading, b: Reading | undefined): boolean {
  return b !== undefined && textOf(a) === textOf(b)
}

function weakest(reading: Reading): number {
  return reading.lines.some((line) => line === '') ? 0 : weakestConfidence(reading.characters)
}
