import { Decimal } from 'decimal.js'
import type { GlyphConfusion } from '../../model/glyph-confusion.ts'
import type { CheckMember } from '../../model/record.ts'
import type { Cell } from '../../model/table.ts'
import { isHeadingOfFigures } from '../forms/header-text.ts'
import { type AmountGlyphs, createAmountGlyphs } from '../money/amount-glyphs.ts'
import { amountHypotheses, type FigureHabit } from '../money/amount-hypotheses.ts'
import { parseAmount, plainToFen, withoutMisreadSign, yuanToFen } from '../money/parse-amount.ts'
import type { AmountOption, MoneyCell } from './money-cell.ts'

/** What `readMoneyCell` needs to know beside the cell. */
export interface MoneyContext {
  readonly key: string
  readonly member: CheckMember | null
  readonly pageNumber: number
  readonly field: string
  readonly yuanPerUnit: number
  readonly habit: FigureHabit
  readonly confusions: ReadonlyMap<string, readonly GlyphConfusion[]>
}

interface WitnessText {
  readonly text: string
  /** Whether an OCR engine read it; the scanner's old layer is a weaker witness. */
  readonly isReader: boolean
}

const MAX_NEIGHBOURS = 50
const LAYER_WEIGHT = 0.3
/** Digits that readers take for each other; on thresholded scans 3 and 5 are one shape. */
const DIGIT_CONFUSIONS: Readonly<Record<string, string>> = {
  '0': '869',
  '1': '74',
  '2': '7',
  '3': '895',
  '4': '19',
  '5': '693',
  '6': '580',
  '7': '12',
  '8': '30695',
  '9': '45083',
}

/** Reads a money cell: what its text says, and, on scans, everything that its glyphs may stand for. */
export function readMoneyCell(cell: Cell, context: MoneyContext): MoneyCell {
  const base = {
    key: context.key,
    member: context.member,
    field: context.field,
    raw: cell.text,
    isSigned: context.habit.isSigned ?? false,
    bbox: cell.bbox,
    pageNumber: context.pageNumber,
    readings: cell.readings,
    neighbours: [],
    isOpen: false,
    glyphs:
      cell.origin === 'ocr' ? createAmountGlyphs(cell.readings, context.yuanPerUnit, context.habit.decimals) : null,
    ceilingFen: 0,
  }
  const own = parseAmount(cell.text)
  const decimals = own.kind === 'amount' ? own.decimals : (context.habit.decimals ?? 2)
  const roundingFen = new Decimal(context.yuanPerUnit).times(50).times(new Decimal(10).pow(-decimals)).toNumber()
  if (cell.origin === 'text') {
    if (own.kind === 'empty' || own.kind === 'nil' || isHeadingOfFigures(cell.text))
      return { ...base, roundingFen, state: 'empty', options: [zero()] }
    const option = own.kind === 'amount' ? toOption(cell.text, 1, 0, 'printed', context) : null
    return { ...base, roundingFen, state: 'printed', options: option === null ? [] : [option] }
  }
  const witnesses = witnessTexts(cell, context.habit)
  if (isNothing(witnesses, context) || isHeading(witnesses)) {
    return { ...base, roundingFen, state: 'empty', options: [zero()] }
  }
  const clean = cleanOptions(witnesses, context)
  if (clean.length > 0) {
    const [first] = clean
    const state = clean.length > 1 ? 'split' : (first?.readers ?? 0) >= 2 ? 'firm' : 'lone'
    return { ...base, roundingFen, state, options: clean, neighbours: neighboursOf(witnesses, clean, context) }
  }
  const guessed = amountHypotheses(
    witnesses.map(({ text }) => text),
    context.habit,
    context.confusions,
  )
  const options = guessed.hypotheses.flatMap(({ text, weight, how }): readonly AmountOption[] => {
    const fen = plainToFen(text, context.yuanPerUnit)
    return fen === null ? [] : [{ fen, weight, readers: 0, how }]
  })
  const ceilingFen = Math.min(Number.MAX_SAFE_INTEGER, guessed.ceiling * context.yuanPerUnit * 100)
  const weighed = weighByGlyphs(distinct(options), base.glyphs)
  return { ...base, roundingFen, state: 'damaged', options: weighed, isOpen: !guessed.isBounded, ceilingFen }
}

/**
 * Whether the cell holds no figure: every witness saw nothing or a dash, or a reader saw a dash and the others no more
 * than one stroke that is no figure of this column (a slash read as 1 among figures with decimals).
 */
function isNothing(witnesses: readonly WitnessText[], context: MoneyContext): boolean {
  const isNil = ({ text }: WitnessText) => ['empty', 'nil'].includes(parseAmount(text).kind)
  if (witnesses.every(isNil)) return true
  const isStroke = ({ text }: WitnessText) => text.trim().length === 1 && !isWellFormed(text, context.habit)
  return (
    witnesses.some((witness) => witness.isReader && witness.text.trim() !== '' && isNil(witness)) &&
    witnesses.every((witness) => isNil(witness) || isStroke(witness))
  )
}

/** Whether every reader saw the words of a heading: a cell that was joined to the one above holds no figure of its own. */
function isHeading(witnesses: readonly WitnessText[]): boolean {
  const read = witnesses.filter(({ isReader }) => isReader)
  return read.length > 0 && read.every(({ text }) => isHeadingOfFigures(text))
}

/** What the reader held for possible weighs at most so much, in nats: its posteriors of garble are coarse. */
const MOST_AGAINST = 12
/** The likeliest so many are looked at in the pixels; what is left is one glyph for three or four digits, and worth little. */
const MOST_WEIGHED = 600

/** Figures that damaged texts may stand for, by how likely they are, and by how likely the pixels show them. */
function weighByGlyphs(options: readonly AmountOption[], glyphs: AmountGlyphs | null): readonly AmountOption[] {
  if (glyphs === null || options.length === 0) return options
  const costs = options.slice(0, MOST_WEIGHED).map(({ fen }) => glyphs.costOf(fen))
  const least = costs.reduce((lowest, cost) => Math.min(lowest, cost))
  const weighed = options.map((option, index) => {
    const excess = Math.min(MOST_AGAINST, (costs[index] ?? Number.POSITIVE_INFINITY) - least)
    return { ...option, weight: option.weight * Math.exp(-excess) }
  })
  return weighed.toSorted((a, b) => b.weight - a.weight || a.fen - b.fen)
}

function zero(): AmountOption {
  return { fen: 0, weight: 1, readers: 0, how: 'nothing printed' }
}

function witnessTexts(cell: Cell, { isSigned = false }: FigureHabit): readonly WitnessText[] {
  const texts = cell.readings.map((reading) => ({
    text: withCommas(withoutSpeck(withoutSign(reading.lines.join(''), isSigned))),
    isReader: reading.reader === 'paddle' || reading.reader === 'tesseract',
  }))
  return texts.length === 0 ? [{ text: cell.text, isReader: false }] : texts
}

function withoutSign(text: string, isSigned: boolean): string {
  return isSigned ? withoutMisreadSign(text) : text
}

/** No figure with a decimal point of its own begins with another: that is dirt beside it (".3,400.00"). */
function withoutSpeck(text: string): string {
  return text.trim().replace(/^[.．,，·'‘’`](?=\d[\d,，]*[.．]\d{1,2}$)/u, '')
}

/** Two points in one figure: those between groups of three are commas ("36.000.00" is 36,000.00). */
function withCommas(text: string): string {
  const grouped = /^(\d{1,3}(?:[.,，]\d{3})+)([.．]\d{1,2})$/.exec(text.trim())
  if (grouped === null) return text
  return `${(grouped[1] ?? '').replaceAll(/[.，]/g, ',')}${(grouped[2] ?? '').replace('．', '.')}`
}

/** Distinct well-formed figures, the best supported first; a figure against the column's habit counts only where two agree. */
function cleanOptions(witnesses: readonly WitnessText[], context: MoneyContext): readonly AmountOption[] {
  const options = witnesses.flatMap(({ text, isReader }, index) => {
    if (!isWellFormed(text, context.habit) && !isAgreed(text, witnesses)) return []
    const weight = (isReader ? 1 : LAYER_WEIGHT) * (1 - index * 0.01)
    return toOption(text, weight, isReader ? 1 : 0, isReader ? 'read' : 'in the text layer', context) ?? []
  })
  const merged = distinct(options)
  return merged.some(({ readers }) => readers > 0) ? merged.filter(({ readers }) => readers > 0) : merged
}

/** Whether two readers see the same figure with its point: then it is printed so, whatever the column is used to. */
function isAgreed(text: string, witnesses: readonly WitnessText[]): boolean {
  const parsed = parseAmount(text)
  if (parsed.kind !== 'amount' || parsed.decimals === 0) return false
  return witnesses.filter((witness) => witness.isReader && witness.text === text).length > 1
}

function isWellFormed(text: string, habit: FigureHabit): boolean {
  const parsed = parseAmount(text)
  return parsed.kind === 'amount' && (habit.decimals === null || parsed.decimals === habit.decimals)
}

/** Figures one misread digit, one lost digit or one lost point away from a reading. */
function neighboursOf(
  witnesses: readonly WitnessText[],
  clean: readonly AmountOption[],
  context: MoneyContext,
): readonly AmountOption[] {
  const known = new Set(clean.map(({ fen }) => fen))
  const found: AmountOption[] = []
  for (const { text, isReader } of witnesses) {
    if (!isReader) continue
    const digits = text.normalize('NFKC').replaceAll(/[\s,]/g, '')
    if (!isWellFormed(text, context.habit)) {
      const guessed = amountHypotheses([text], context.habit, context.confusions)
      if (!guessed.isBounded) continue
      for (const each of guessed.hypotheses.slice(0, MAX_NEIGHBOURS)) {
        const option = toOption(each.text, each.weight, 0, each.how, context)
        if (option !== null) found.push(option)
      }
      continue
    }
    for (const [index, glyph] of [...digits].entries()) {
      for (const other of DIGIT_CONFUSIONS[glyph] ?? '') {
        const option = toOption(
          digits.slice(0, index) + other + digits.slice(index + 1),
          0.1,
          0,
          `${glyph} misread for ${other}`,
          context,
        )
        if (option !== null) found.push(option)
      }
    }
  }
  return distinct(found).filter(({ fen }) => !known.has(fen))
}

function distinct(options: readonly AmountOption[]): readonly AmountOption[] {
  const byFen = new Map<number, AmountOption>()
  for (const option of options) {
    const known = byFen.get(option.fen)
    const merged =
      known === undefined
        ? option
        : { ...known, weight: known.weight + option.weight, readers: known.readers + option.readers }
    byFen.set(option.fen, merged)
  }
  return [...byFen.values()].toSorted((a, b) => b.weight - a.weight || a.fen - b.fen)
}

function toOption(
  text: string,
  weight: number,
  readers: number,
  how: string,
  context: MoneyContext,
): AmountOption | null {
  const parsed = parseAmount(text)
  if (parsed.kind !== 'amount') return null
  const fen = yuanToFen(parsed.amount.times(parsed.suffix ?? context.yuanPerUnit))
  return fen === null ? null : { fen, weight, readers, how }
}
