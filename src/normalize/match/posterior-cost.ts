import {
  backwardColumn,
  forwardColumn,
  type ScoredGlyph,
  spellBackward,
  spellForward,
  toScored,
} from './ctc-forward.ts'
import { isDigit, isHan, isLatinLetter } from './fold-text.ts'
import type { GlyphCosts } from './glyph-costs.ts'
import type { GlyphLattice, ReaderErrors } from './glyph-lattice.ts'

/** What a reader's posteriors cost, in nats, under any code with any name. */
export interface PosteriorCosts {
  /** Code and name in one cell; '' for a part that is not printed. */
  cost(code: string, foldedName: string): number
}

/*
 * Nats, as in align-text.ts, but for what a reader holds for certain: its posteriors say the rest. Chosen on 1,200 drawn
 * cells of even seeds (`bench:restoration -- --part posteriors`); half or twice of any changes little, but NONE_OVER_INK.
 */
const SURE = 2
const DIGIT_FOR_DIGIT = 5.5
const OTHER_FOR_DIGIT = 3.2
const HAN_FOR_HAN = 8
const OTHER_FOR_HAN = 6.5
const LOST = 6
/** A network that cannot tell which glyph it sees says none: what it leaves out is seldom nothing. */
const NONE_OVER_INK = 0.03
/** PP-OCR writes # for a glyph that it cannot make out: some glyph stands there. */
const UNREADABLE = '#'
const UNREADABLE_COST = { forGlyph: 4, forNothing: 5 }
const STRAY = { han: 8, digit: 5, letter: 3.5, other: 1.6 }
const BRACKET_LOST = Math.exp(-0.6)
const IMPOSSIBLE = 700

const OPENERS = /^[([{〈<「『《1lI|f丨∣]$/
const CLOSERS = /^[)\]}〉>」』》1lI|t丨∣Jji!一.,:;·'"-]$/

const known = new WeakMap<GlyphCosts, ReaderErrors>()

/** How readers err where they are certain, by the confusion table; the same object for the same table. */
export function readerErrors(costs: GlyphCosts): ReaderErrors {
  const ready = known.get(costs) ?? createReaderErrors(costs)
  known.set(costs, ready)
  return ready
}

function createReaderErrors(costs: GlyphCosts): ReaderErrors {
  const misreadings = new Map<string, (printed: number) => number>()
  const unreadable = Math.exp(-UNREADABLE_COST.forGlyph)
  return {
    misreadingsOf: (read) => {
      const ready =
        misreadings.get(read) ?? (read === UNREADABLE ? () => unreadable : misreadingsOf(read.charCodeAt(0), costs))
      misreadings.set(read, ready)
      return ready
    },
    lost: Math.exp(-LOST),
    noneOverInk: NONE_OVER_INK,
    madeUp: (read) =>
      read === UNREADABLE ? Math.exp(-UNREADABLE_COST.forNothing) : Math.exp(-SURE - strayCost(read.charCodeAt(0))),
  }
}

/** Scoring asks for the same pairs again and again: their exponentials are taken once. */
function misreadingsOf(read: number, costs: GlyphCosts): (printed: number) => number {
  const forDigit = isDigit(read) ? DIGIT_FOR_DIGIT : OTHER_FOR_DIGIT
  const forHan = isHan(read) ? HAN_FOR_HAN : OTHER_FOR_HAN
  const leastFor = (printed: number) => (isDigit(printed) ? forDigit : isHan(printed) ? forHan : OTHER_FOR_HAN)
  const probability = (cost: number) => Math.exp(-SURE - cost)
  const known = new Map(
    Array.from(costs.pairsOf(read) ?? [], ([printed, cost]) => [
      printed,
      probability(Math.min(cost, leastFor(printed))),
    ]),
  )
  const [digit, han, other] = [forDigit, forHan, OTHER_FOR_HAN].map(probability)
  return (printed) => known.get(printed) ?? (isDigit(printed) ? digit : isHan(printed) ? han : other) ?? 0
}

function strayCost(glyph: number): number {
  if (isHan(glyph)) return STRAY.han
  if (isDigit(glyph)) return STRAY.digit
  return isLatinLetter(glyph) ? STRAY.letter : STRAY.other
}

/** A remark in brackets behind a name; what stands in brackets alone is a code. */
const REMARK = /(?<=[\u3400-\u9fff].*)\([^()]*\)$/

/**
 * Scores codes and names on a lattice; each code and each name is looked at once. `text` is what was read there (folded),
 * `tail` what was read behind it: a remark that a name does not have, and the tail, stand behind every name.
 */
export function createPosteriorCosts(lattice: GlyphLattice, text: string, tail: string): PosteriorCosts {
  const remark = REMARK.exec(text)?.[0] ?? ''
  const codes = new Map<string, Float64Array>()
  const names = new Map<string, Float64Array>()
  const glyphs = new Map<number, ScoredGlyph>()
  const [forward, backward] = [spellForward(lattice), spellBackward(lattice)]
  const scoredGlyph = (unit: number): ScoredGlyph => {
    const ready = glyphs.get(unit) ?? toScored(lattice, unit)
    glyphs.set(unit, ready)
    return ready
  }
  const scored = (part: string): ScoredGlyph[] => {
    const parts: ScoredGlyph[] = []
    for (let at = 0; at < part.length; at += 1) parts.push(scoredGlyph(part.charCodeAt(at)))
    return parts
  }
  const printedName = (name: string) => (name === '' ? '' : (name.endsWith(')') ? name : name + remark) + tail)
  const bracket = (pattern: RegExp): ScoredGlyph => {
    const emission = lattice.emissionLike((read) => (pattern.test(read) ? 1 : 0))
    return { glyph: pattern === OPENERS ? -1 : -2, emission, omission: BRACKET_LOST }
  }
  const [open, close] = [bracket(OPENERS), bracket(CLOSERS)]
  const columnOf = (known: Map<string, Float64Array>, text: string, make: () => Float64Array) => {
    const column = known.get(text) ?? make()
    known.set(text, column)
    return column
  }
  return {
    cost(code, name) {
      const before = columnOf(codes, code, () =>
        forwardColumn(forward, code === '' ? [] : [open, ...scored(code), close]),
      )
      const after = columnOf(names, name, () => backwardColumn(backward, scored(printedName(name))))
      let sum = 0
      for (let border = 0; border < before.length; border += 1) sum += (before[border] ?? 0) * (after[border] ?? 0)
      return Math.min(IMPOSSIBLE, -Math.log(sum))
    },
  }
}
