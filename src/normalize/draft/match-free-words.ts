import type { CellUse } from '../forms/classify-rows.ts'
import type { KnownLanguage } from '../match/is-garble-beside.ts'
import { findLikelierWords } from '../match/likelier-words.ts'
import { judgeByPixels, restoreFromSiblings, type SiblingResult } from '../match/restore-from-siblings.ts'
import type { TrustedWords } from '../trusted-words.ts'
import { costInPlace } from './cost-in-place.ts'
import type { Matchers } from './matchers.ts'
import { isReader } from './text-of-cell.ts'
import type { WordMatch } from './word-match.ts'
import { bestReading, isAgreed } from './word-readings.ts'

/** Words of a trusted page that differ more in length cannot be what was printed. */
const LENGTH_LEEWAY = 3

/**
 * What the column's other cells, the document's trusted pages and the look of the words say of each cell of a column
 * without a list of words; null where nothing speaks against the reading.
 */
export function matchFreeWords(
  cells: readonly { readonly use: CellUse }[],
  tidy: (text: string) => string,
  matchers: Matchers,
  trusted: TrustedWords,
): readonly (WordMatch | null)[] {
  // A cell that holds for several rows was read once.
  const distinct = [...new Set(cells.map(({ use }) => use.cell))]
  const others = distinct
    .flatMap((cell) => cell.readings.filter(isReader).slice(1))
    .map((reading) => tidy(reading.lines.join('')))
  const values = distinct.map((cell) => tidy(bestReading(cell)))
  const restored = restoreFromSiblings([...values, ...others], matchers.glyphCosts)
  const results = new Map(distinct.map((cell, index) => [cell, restored[index]]))
  return cells.map(({ use }) => {
    const value = tidy(bestReading(use.cell))
    if (value === '' || use.cell.origin === 'text' || trusted.words.has(value)) return null
    // A word of the trusted pages outweighs a misreading that happens to repeat.
    const known = [...trusted.words].filter((word) => Math.abs(word.length - value.length) <= LENGTH_LEEWAY)
    const [byKnown] = restoreFromSiblings([value], matchers.glyphCosts, known)
    if (byKnown?.kind === 'restored') return siblingMatch(byKnown)
    const bySiblings = isAgreed(use.cell) ? undefined : results.get(use.cell)
    const costOf = costInPlace(use.cell, value)
    const judged = bySiblings && costOf ? judgeByPixels(bySiblings, value, costOf) : bySiblings
    // A sibling that may itself be a misreading of what was read here draws nothing to it, however often it was read.
    const isOdd = judged?.kind === 'restored' && likelierWords(judged.value, matchers, trusted).includes(value)
    const result = isOdd ? undefined : judged
    return siblingMatch(result) ?? likelierMatch(value, matchers, trusted)
  })
}

export const LOOK_ALIKE = 'a look-alike makes known words of it'

/** Words that one with an odd character may be a misreading of; none for a sound word. */
export function likelierWords(value: string, matchers: Matchers, trusted: TrustedWords): readonly string[] {
  return findLikelierWords(value, matchers.glyphCosts, knownLanguage(matchers, trusted).isKnownPair)
}

/** What the dictionaries and the document's trusted pages know of words and places. */
export function knownLanguage(matchers: Matchers, trusted: TrustedWords): KnownLanguage {
  const isKnownPair = (pair: string) => trusted.pairs.has(pair) || matchers.knownPairs.has(pair)
  return { isKnownPair, placeOfBody: matchers.placeOfBody }
}

/** What the siblings say, in the terms of a catalogue. */
function siblingMatch(result: SiblingResult | undefined): WordMatch | null {
  if (result === undefined || result.kind === 'kept') return null
  const candidates = result.alternatives.map(({ value, count }) => ({
    value,
    label: value,
    probability: 0,
    evidence: `read ${count} times`,
  }))
  return {
    kind: result.kind === 'unlike' ? 'ambiguous' : result.kind,
    value: result.kind === 'restored' ? result.value : null,
    margin: null,
    evidence: [result.evidence],
    candidates,
  }
}

/** A word with an odd character for which a look-alike would make sense stands as read, and a person decides. */
function likelierMatch(value: string, matchers: Matchers, trusted: TrustedWords): WordMatch | null {
  const words = likelierWords(value, matchers, trusted)
  if (words.length === 0) return null
  const candidates = words.map((word) => ({
    value: word,
    label: word,
    probability: 0,
    evidence: LOOK_ALIKE,
  }))
  return {
    kind: 'ambiguous',
    value: null,
    margin: null,
    evidence: [`${value} may be ${words.join(' or ')}`],
    candidates,
  }
}
