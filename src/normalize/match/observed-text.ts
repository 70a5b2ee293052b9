import type { TextReading } from './code-match.ts'
import { foldText, isHan } from './fold-text.ts'
import type { GlyphCosts, GlyphEdge } from './glyph-costs.ts'
import { createGlyphLattice } from './glyph-lattice.ts'
import { createPosteriorCosts, type PosteriorCosts, readerErrors } from './posterior-cost.ts'

/** A reading made ready for alignment. */
export interface ObservedText {
  readonly text: string
  readonly glyphs: readonly number[]
  readonly hanCount: number
  /** Per glyph, in nats: what the reader's own confidence adds to the cost of every explanation but "as read". */
  readonly assurance: readonly number[]
  /** Per glyph: what else may have been printed, by the confusion table and by the reader itself, in nats. */
  readonly known: readonly (ReadonlyMap<number, number> | null)[]
  /** Per glyph: the known runs of confusion that start there and fit the observed side. */
  readonly edges: readonly (readonly GlyphEdge[])[]
  /** How much this reader's errors tell, 0 to 1: errors of a scanner's layer are common and tell less. */
  readonly weight: number
  /** What the reader held for possible beyond its text; null where it does not say. */
  readonly posteriors: PosteriorCosts | null
}

/** The readings of one value, ready for alignment. */
export interface ObservedQuery {
  readonly code: readonly ObservedText[]
  readonly name: readonly ObservedText[]
  readonly combined: readonly ObservedText[]
}

const READER_WEIGHT = { 'text-layer': 1, paddle: 1, tesseract: 1, 'untrusted-text-layer': 0.75 } as const
/** Two readers of the same pixels err together more often than by chance. */
const SHARED_WEIGHT = 0.8
/** Where the print is so bad that readers differ, tesseract's errors tell even less. */
const DISPUTED_TESSERACT = 0.4

/** Folds one reading of a value; `others` are the other readings of it. */
export function observeText(
  reading: TextReading,
  costs: GlyphCosts,
  others: readonly TextReading[] = [],
): ObservedText {
  const text = foldText(reading.text)
  const glyphs = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  const sure = assuranceOf(reading, text)
  return {
    text,
    glyphs,
    hanCount: glyphs.filter(isHan).length,
    assurance: sure.assurance,
    known: glyphs.map((glyph, at) => mergeKnown(costs.pairsOf(glyph), sure.alternatives[at] ?? null)),
    edges: glyphs.map((glyph, at) => costs.edgesFrom(glyph).filter(({ observed }) => startsAt(glyphs, at, observed))),
    weight: READER_WEIGHT[reading.reader] * weightBeside(reading, others),
    posteriors: observePosteriors(reading, costs),
  }
}

function weightBeside({ reader, text }: TextReading, others: readonly TextReading[]): number {
  if (others.length === 0) return 1
  const ours = others.filter((other) => other.reader === 'paddle')
  const isDisputed = ours.length > 0 && ours.every((other) => foldText(other.text) !== foldText(text))
  return reader === 'tesseract' && isDisputed ? DISPUTED_TESSERACT : SHARED_WEIGHT
}

function observePosteriors({ posteriors, text, tail = '' }: TextReading, costs: GlyphCosts): PosteriorCosts | null {
  if (posteriors === undefined) return null
  const lattice = createGlyphLattice(posteriors, readerErrors(costs))
  return lattice.length === 0 ? null : createPosteriorCosts(lattice, foldText(text), foldText(tail))
}

function mergeKnown(
  table: ReadonlyMap<number, number> | null,
  alternatives: ReadonlyMap<number, number> | null,
): ReadonlyMap<number, number> | null {
  if (table === null || alternatives === null) return table ?? alternatives
  const merged = new Map(table)
  for (const [glyph, cost] of alternatives) merged.set(glyph, Math.min(cost, merged.get(glyph) ?? cost))
  return merged
}

function startsAt(glyphs: readonly number[], at: number, run: readonly number[]): boolean {
  return run.every((glyph, offset) => glyphs[at + offset] === glyph)
}

interface Assurance {
  readonly assurance: readonly number[]
  readonly alternatives: readonly (ReadonlyMap<number, number> | null)[]
}

/** Confidence counts only where the characters spell the folded text one for one. */
function assuranceOf({ characters = [] }: TextReading, text: string): Assurance {
  const spelled = characters
    .map((character) => ({ ...character, text: foldText(character.text) }))
    .filter((c) => c.text !== '')
  if (spelled.map((character) => character.text).join('') !== text || spelled.some((c) => c.text.length !== 1)) {
    return { assurance: Array.from(text, () => 0), alternatives: Array.from(text, () => null) }
  }
  return {
    assurance: spelled.map(({ confidence }) => assuranceAt(confidence)),
    alternatives: spelled.map(({ alternatives }) => {
      const costs = alternatives
        .map((other) => [foldText(other.text).charCodeAt(0), -Math.log(Math.max(other.confidence, 1e-4))] as const)
        .filter(([glyph]) => !Number.isNaN(glyph))
      return costs.length === 0 ? null : new Map(costs)
    }),
  }
}

function assuranceAt(confidence: number): number {
  if (confidence >= 0.99) return 1
  if (confidence >= 0.9) return 0
  return confidence >= 0.6 ? -0.7 : -1.4
}
