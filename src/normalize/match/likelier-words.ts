import type { GlyphCosts } from './glyph-costs.ts'

const HAN = /\p{Script=Han}/u
const MOST = 5
/** In nats, a look-alike that readers take for the other often. */
const CLOSE_LOOK_ALIKE = 4

/**
 * Words that `read` may be a misreading of: a character that no known text has beside these neighbours gives way to a
 * look-alike that known texts do have there (全城旅游 → 全域旅游). `isKnown` tells whether two characters stand side
 * by side in known texts. The likeliest first; none for a word that is sound. It proposes and never decides.
 */
export function findLikelierWords(
  read: string,
  costs: GlyphCosts,
  isKnown: (pair: string) => boolean,
): readonly string[] {
  const found: { readonly word: string; readonly cost: number }[] = []
  for (let at = 0; at < read.length; at += 1) {
    if (!HAN.test(read[at] ?? '')) continue
    const odd = isOdd(read, at, isKnown)
    if (!odd && !isHalfOdd(read, at, isKnown)) continue
    for (const [printed, cost] of costs.pairsOf(read.charCodeAt(at)) ?? []) {
      const word = read.slice(0, at) + String.fromCharCode(printed) + read.slice(at + 1)
      const isClose = cost <= CLOSE_LOOK_ALIKE && isWordBeside(read, word, at, isKnown)
      const makesSense = isClose || (odd && isSound(word, at, isKnown))
      if (HAN.test(word[at] ?? '') && makesSense) found.push({ word, cost })
    }
  }
  return found
    .toSorted((a, b) => a.cost - b.cost || (a.word < b.word ? -1 : 1))
    .slice(0, MOST)
    .map(({ word }) => word)
}

const NUMERAL = /[一二三四五六七八九十]/

/**
 * Whether a look-alike makes the pair known that was not, and known texts begin or end with it: a word of its own (教助 is none,
 * 救助 is). Numerals are told apart by no neighbour.
 */
function isWordBeside(read: string, word: string, at: number, isKnown: (pair: string) => boolean): boolean {
  if (NUMERAL.test(read[at] ?? '') || NUMERAL.test(word[at] ?? '')) return false
  const isAfter = !isKnown(read.slice(at, at + 2))
  // What is read makes a word with its other neighbour (宣传|制作): the unknown pair runs over a border.
  if (isKnown(isAfter ? `${read.slice(at - 1, at + 1)}$` : `^${read.slice(at, at + 2)}`)) return false
  const pair = isAfter ? word.slice(at, at + 2) : word.slice(at - 1, at + 1)
  return isKnown(pair) && isKnown(isAfter ? `^${pair}` : `${pair}$`)
}

/**
 * Whether known texts have one of the two pairs that the character is part of, and not the other: the known one may run over
 * the border of two words (昌江区|教助: 区教 of 区教育局), and a close look-alike makes both known (区救, 救助).
 */
function isHalfOdd(text: string, at: number, isKnown: (pair: string) => boolean): boolean {
  const known = pairsAround(text, at).map(isKnown)
  return known.length === 2 && known.includes(true) && known.includes(false)
}

/** The pairs of Han characters that the character at `at` is part of: one or two. */
function pairsAround(text: string, at: number): readonly string[] {
  return [text.slice(Math.max(0, at - 1), at + 1), text.slice(at, at + 2)].filter(
    (pair) => pair.length === 2 && [...pair].every((glyph) => HAN.test(glyph)),
  )
}

/** Whether no pair that the character is part of stands in known texts; false where it has no Han beside it. */
export function isOdd(text: string, at: number, isKnown: (pair: string) => boolean): boolean {
  const pairs = pairsAround(text, at)
  return pairs.length > 0 && pairs.every((pair) => !isKnown(pair))
}

/**
 * Whether known texts have every pair that the character is part of. At the edge of a word they must begin or end with it
 * (^全域, 项目$), or have the next pair, too.
 */
export function isSound(text: string, at: number, isKnown: (pair: string) => boolean): boolean {
  const pairs = pairsAround(text, at)
  if (!pairs.every(isKnown)) return false
  if (pairs.length === 2) return true
  const isFirst = pairs[0] === text.slice(at, at + 2)
  const isWhole = isFirst ? at === 0 : at === text.length - 1
  if (isWhole && isKnown(isFirst ? `^${pairs[0]}` : `${pairs[0]}$`)) return true
  const next = isFirst ? text.slice(at + 1, at + 3) : text.slice(Math.max(0, at - 2), at)
  return next.length === 2 && [...next].every((glyph) => HAN.test(glyph)) && isKnown(next)
}
