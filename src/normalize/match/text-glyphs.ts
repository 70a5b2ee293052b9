import type { Reading } from '../../model/table.ts'
import { ctcForwardLogProbability } from './ctc-forward.ts'
import { createGlyphLattice, FAITHFUL_READER, type GlyphLattice } from './glyph-lattice.ts'

/** What a reader's posteriors say of the texts that a cell may hold. */
export interface TextGlyphs {
  /**
   * Nats that a text is less probable than the reader's best path. What stands around it (元, a stroke) costs every text
   * the same.
   */
  costOf(text: string): number
}

/** A network that cannot tell which glyph it sees says none. */
const READER = { ...FAITHFUL_READER, noneOverInk: 0.03 }
const IMPOSSIBLE = 700

/** The glyphs of a cell; null where no reader gives posteriors. */
export function createTextGlyphs(readings: readonly Reading[]): TextGlyphs | null {
  const posteriors = readings.find((reading) => (reading.posteriors?.length ?? 0) > 0)?.posteriors
  if (posteriors === undefined) return null
  let lattice: GlyphLattice | null = null
  return {
    costOf(text) {
      lattice ??= createGlyphLattice(posteriors, READER)
      return Math.min(IMPOSSIBLE, lattice.logScale - ctcForwardLogProbability(lattice, text))
    },
  }
}
