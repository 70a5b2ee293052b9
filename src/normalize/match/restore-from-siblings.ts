import { foldText, isDigit, isHan } from './fold-text.ts'
import type { GlyphCosts } from './glyph-costs.ts'

/** One value of a column with the document's own vocabulary (units, projects), after comparing it with the others. */
export interface SiblingResult {
  /**
   * kept: stands as read. restored: taken from its siblings. ambiguous: two of them fit; `value` stays as read. unlike:
   * stays as read, but is all but one glyph what is frequent beside it: a misreading rather than another word.
   */
  readonly kind: 'kept' | 'restored' | 'ambiguous' | 'unlike'
  readonly value: string
  /** Other values of the document that this could be, the likeliest first, with how often each was read. */
  readonly alternatives: readonly { readonly value: string; readonly count: number }[]
  readonly evidence: string
}

/** A value read this often is a value of its own, however much it resembles another. */
const FREQUENT = 3
/** A value known from clean text counts like so many readings. */
const KNOWN_WORTH = 5
const RUN = { base: 2.2, perDigit: 0.4, longest: 4 }
const SPECK = 1.2
/** Cost per glyph of the value that may at most lie between a reading and its sibling, in nats. */
const TOLERANCE = 1.1
const CLEAR_LEAD = 2.5
const HAN_NUMERALS = '一二三四五六七八九十百千零〇'

/**
 * Restores damaged values of one column from the cleaner ones beside them and from `known` (values of the same kind from
 * clean text of the document). Two values are one only when nothing but confusable glyphs lies between them: one digit is
 * never taken for another, and a value that is frequent itself is never changed. `costs` comes from
 * createGlyphCosts. Results in the order of `values`.
 */
export function restoreFromSiblings(
  values: readonly string[],
  costs: GlyphCosts,
  known: readonly string[] = [],
): readonly SiblingResult[] {
  const counts = new Map<string, number>()
  const spelling = new Map<string, string>()
  for (const [value, worth] of [
    ...known.map((v) => [v, KNOWN_WORTH] as const),
    ...values.map((v) => [v, 1] as const),
  ]) {
    const folded = foldText(value)
    counts.set(folded, (counts.get(folded) ?? 0) + worth)
    if (!spelling.has(folded)) spelling.set(folded, value)
  }
  const judged = new Map<string, SiblingResult>()
  return values.map((value) => {
    const folded = foldText(value)
    const known = judged.get(folded) ?? judge(folded, value, counts, spelling, costs)
    judged.set(folded, known)
    return known.kind === 'restored' ? known : { ...known, value }
  })
}

function judge(
  folded: string,
  value: string,
  counts: ReadonlyMap<string, number>,
  spelling: ReadonlyMap<string, string>,
  costs: GlyphCosts,
): SiblingResult {
  const own = counts.get(folded) ?? 0
  const kept = (evidence: string): SiblingResult => ({ kind: 'kept', value, alternatives: [], evidence })
  if (folded === '') return kept('empty')
  if (own >= FREQUENT) return kept(`read ${own} times`)
  const fitting = [...counts]
    .filter(([other, count]) => other !== folded && count >= 2 && count > own)
    .map(([other, count]) => ({ other, count, cost: confusableCost(folded, other, costs) }))
    .filter(({ other, cost }) => cost <= TOLERANCE * other.length)
    .map((sibling) => ({ ...sibling, weight: Math.log(sibling.count) - sibling.cost }))
    .sort((a, b) => b.weight - a.weight)
  const [best, second] = fitting
  if (best === undefined) {
    const near = nearSiblings(folded, own, counts)
    if (near.length === 0) return kept('no sibling differs from it by confusable glyphs alone')
    const alternatives = near.map(([other, count]) => ({ value: spelling.get(other) ?? other, count }))
    return {
      kind: 'unlike',
      value,
      alternatives,
      evidence: `one glyph differs from what was read ${near[0]?.[1]} times`,
    }
  }
  const alternatives = fitting.map(({ other, count }) => ({ value: spelling.get(other) ?? other, count }))
  if (second !== undefined && best.weight - second.weight < CLEAR_LEAD) {
    return {
      kind: 'ambiguous',
      value,
      alternatives,
      evidence: `${fitting.length} siblings differ by confusable glyphs alone`,
    }
  }
  const restored = spelling.get(best.other) ?? best.other
  return {
    kind: 'restored',
    value: restored,
    alternatives,
    evidence: `${restored} was read ${best.count} times beside it`,
  }
}

/** A sibling that is so much less likely than what was read, in nats, can be what the pixels show: misreadings cost up to 2. */
const SHOWN_NATS = 3
/** … and one this much less likely is not what they show, however alike: true siblings of bad print cost up to 6. */
const HIDDEN_NATS = 9

/**
 * Asks the pixels about what the siblings say: \`costOf\` tells by how many nats they make a value less likely than the one
 * that was read. The one sibling that they can show is taken, also where no table knows its glyphs as confusable; one that
 * they do not show is not.
 */
export function judgeByPixels(result: SiblingResult, read: string, costOf: (value: string) => number): SiblingResult {
  if (result.kind === 'kept') return result
  if (result.kind === 'restored') {
    if (costOf(result.value) <= HIDDEN_NATS) return result
    return { ...result, kind: 'unlike', value: read, evidence: `the pixels show no ${result.value}` }
  }
  const costs = result.alternatives.map(({ value }) => costOf(value))
  const [least = Number.POSITIVE_INFINITY, second = Number.POSITIVE_INFINITY] = costs.toSorted((a, b) => a - b)
  const shown = result.alternatives[costs.indexOf(least)]
  if (shown === undefined || least > SHOWN_NATS || second - least < CLEAR_LEAD) return result
  const evidence = `the pixels can show ${shown.value}, which was read ${shown.count} times beside it`
  return { ...result, kind: 'restored', value: shown.value, evidence }
}

/** A word of fewer glyphs has true neighbours that differ in one. */
const SHORTEST_ALIKE = 5
/** A value this many times as frequent makes its rare neighbour suspect. */
const FREQUENCY_RATIO = 3

/** Frequent values of the same length that differ in one Han glyph, no numeral; the most frequent first. */
function nearSiblings(
  folded: string,
  own: number,
  counts: ReadonlyMap<string, number>,
): readonly (readonly [string, number])[] {
  if (folded.length < SHORTEST_ALIKE) return []
  const isNear = (other: string): boolean => {
    if (other.length !== folded.length) return false
    const differing = [...folded].flatMap((glyph, i) => (glyph === other[i] ? [] : [[glyph, other[i] ?? ''] as const]))
    const isWord = (glyph: string): boolean => isHan(glyph.charCodeAt(0)) && !HAN_NUMERALS.includes(glyph)
    return differing.length === 1 && differing.every((pair) => pair.every(isWord))
  }
  return [...counts]
    .filter(([other, count]) => count >= Math.max(FREQUENT, FREQUENCY_RATIO * own) && isNear(other))
    .toSorted((a, b) => b[1] - a[1])
}

/** Cost in nats of reading `read` where `truth` was printed, by confusable glyphs alone; infinite when that cannot be. */
export function confusableCost(read: string, truth: string, costs: GlyphCosts): number {
  const width = truth.length + 1
  const table = new Float64Array((read.length + 1) * width).fill(Number.POSITIVE_INFINITY)
  const reach = (i: number, j: number, cost: number) => {
    const at = i * width + j
    if (i <= read.length && j < width && cost < (table[at] ?? 0)) table[at] = cost
  }
  table[0] = 0
  for (let i = 0; i < read.length; i += 1) {
    const seen = read.charCodeAt(i)
    for (let j = 0; j < width; j += 1) {
      const here = table[i * width + j] ?? 0
      if (here === Number.POSITIVE_INFINITY) continue
      if (!isDigit(seen) && !isHan(seen)) reach(i + 1, j, here + SPECK)
      if (j < truth.length) reach(i + 1, j + 1, here + swapCost(seen, truth.charCodeAt(j), costs))
      for (let run = 1; !isDigit(seen) && run <= RUN.longest && isDigit(truth.charCodeAt(j + run - 1)); run += 1) {
        reach(i + 1, j + run, here + RUN.base + RUN.perDigit * run)
      }
      for (const edge of costs.edgesFrom(seen)) {
        const observed = String.fromCharCode(...edge.observed)
        const printed = String.fromCharCode(...edge.truth)
        if (read.startsWith(observed, i) && truth.startsWith(printed, j)) {
          reach(i + observed.length, j + printed.length, here + edge.cost)
        }
      }
    }
  }
  return table[read.length * width + truth.length] ?? Number.POSITIVE_INFINITY
}

function swapCost(seen: number, printed: number, costs: GlyphCosts): number {
  if (seen === printed) return 0
  const bothCount = [seen, printed].every(
    (glyph) => isDigit(glyph) || HAN_NUMERALS.includes(String.fromCharCode(glyph)),
  )
  if (bothCount) return Number.POSITIVE_INFINITY
  return costs.pairsOf(seen)?.get(printed) ?? Number.POSITIVE_INFINITY
}
