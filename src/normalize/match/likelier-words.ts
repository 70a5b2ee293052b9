import type { GlyphCosts } from './glyph-costs.ts'

const HAN = /\p{Script=Han}/u
const MOST = 5

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
    if (!HAN.test(read[at] ?? '') || !isOdd(read, at, isKnown)) continue
    for (const [printed, cost] of costs.pairsOf(read.charCodeAt(at)) ?? []) {
      const word = read.slice(0, at) + String.fromCharCode(printed) + read.slice(at + 1)
      if (HAN.test(word[at] ?? '') && isSound(word, at, isKnown)) found.push({ word, cost })
    }
  }
  return found
    .toSorted((a, b) => a.cost - b.cost || (a.word < b.word ? -1 : 1))
    .slice(0, MOST)
    .map(({ word }) => word)
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
