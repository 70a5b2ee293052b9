import { Decimal } from 'decimal.js'
import type { Reading } from '../../model/table.ts'
import { ctcForwardLogProbability } from '../match/ctc-forward.ts'
import { createGlyphLattice, FAITHFUL_READER, type GlyphLattice } from '../match/glyph-lattice.ts'

/** What a reader's posteriors say of the figures that a cell may hold. */
export interface AmountGlyphs {
  /**
   * Nats that a figure, in fen, printed in the likeliest way, is less probable than the reader's best path. What stands
   * around the figure (元, a stroke) costs each figure the same.
   */
  costOf(fen: number): number
}

/** A network that cannot tell which digit it sees says none. */
const DIGIT_READER = { ...FAITHFUL_READER, noneOverInk: 0.03 }
const GROUPS = /\B(?=(?:\d{3})+(?!\d))/g
const IMPOSSIBLE = 700

/** The glyphs of a money cell; null where no reader gives posteriors. `decimals`: the places that its column prints. */
export function createAmountGlyphs(
  readings: readonly Reading[],
  yuanPerUnit: number,
  decimals: number | null,
): AmountGlyphs | null {
  const posteriors = readings.find((reading) => (reading.posteriors?.length ?? 0) > 0)?.posteriors
  if (posteriors === undefined) return null
  let lattice: GlyphLattice | null = null
  const known = new Map<number, number>()
  return {
    costOf(fen) {
      lattice ??= createGlyphLattice(posteriors, DIGIT_READER)
      const cost = known.get(fen) ?? leastCost(lattice, printedForms(fen, yuanPerUnit, decimals))
      known.set(fen, cost)
      return cost
    },
  }
}

function leastCost(lattice: GlyphLattice, forms: readonly string[]): number {
  const costs = forms.map((form) => lattice.logScale - ctcForwardLogProbability(lattice, form))
  return costs.reduce((least, cost) => Math.min(least, cost), IMPOSSIBLE)
}

/** The ways to print a figure: with the column's places, with as many as it needs, with two; with and without commas. */
function printedForms(fen: number, yuanPerUnit: number, decimals: number | null): readonly string[] {
  const value = new Decimal(fen).dividedBy(100).dividedBy(yuanPerUnit)
  const least = value.decimalPlaces()
  const places = new Set([least, Math.max(least, 2), Math.max(least, decimals ?? 0)])
  return [...places].flatMap((each) => {
    const plain = value.toFixed(each)
    const [whole = '', ...fraction] = plain.split('.')
    const grouped = [whole.replaceAll(GROUPS, ','), ...fraction].join('.')
    return grouped === plain ? [plain] : [plain, grouped]
  })
}
