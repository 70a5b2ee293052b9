import { Decimal } from 'decimal.js'
import type { Reading } from '../../model/table.ts'
import { createTextGlyphs } from '../match/text-glyphs.ts'

/** What a reader's posteriors say of the figures that a cell may hold. */
export interface AmountGlyphs {
  /**
   * Nats that a figure, in fen, printed in the likeliest way, is less probable than the reader's best path. What stands
   * around the figure (元, a stroke) costs each figure the same.
   */
  costOf(fen: number): number
}

const GROUPS = /\B(?=(?:\d{3})+(?!\d))/g

/** The glyphs of a money cell; null where no reader gives posteriors. `decimals`: the places that its column prints. */
export function createAmountGlyphs(
  readings: readonly Reading[],
  yuanPerUnit: number,
  decimals: number | null,
): AmountGlyphs | null {
  const glyphs = createTextGlyphs(readings)
  if (glyphs === null) return null
  const known = new Map<number, number>()
  return {
    costOf(fen) {
      const cost = known.get(fen) ?? Math.min(...printedForms(fen, yuanPerUnit, decimals).map(glyphs.costOf))
      known.set(fen, cost)
      return cost
    },
  }
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
