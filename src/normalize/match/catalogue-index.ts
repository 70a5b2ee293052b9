import type { CatalogueEntry } from '../../model/catalogue.ts'
import { foldText, isDigit, isHan, isLatinLetter } from './fold-text.ts'
import type { GlyphCosts } from './glyph-costs.ts'
import type { ObservedText } from './observed-text.ts'

/** Entry numbers, the likeliest first. */
export interface Proposals {
  /** By code, by name, and by both: at most twice the limit. */
  readonly all: readonly number[]
  /** The few whose code resembles the text, whatever their name. */
  readonly byCode: readonly number[]
}

/** Finds the entries that could stand behind damaged text; it proposes and never decides. */
export interface CatalogueIndex {
  propose(codes: readonly ObservedText[], names: readonly ObservedText[], limit: number): Proposals
}

const LOOK_ALIKE_SHARE = 0.5
/** A glyph of damage may hide up to four digits: code characters may stand this far right of where they were read. */
const SHIFTS = [0, 1, -1, 2, -2, 3, 4, 5, 6] as const
const CODE_GLYPHS = 16
const CODE_SUSPECTS = 5

/** Builds an inverted index over the characters of names and over pairs of code characters by position. */
export function createCatalogueIndex(entries: readonly CatalogueEntry[], costs: GlyphCosts): CatalogueIndex {
  const byNameGlyph = new Map<number, number[]>()
  const byCodePair = new Map<number, number[]>()
  for (const [number, { code, name }] of entries.entries()) {
    const folded = foldText(name)
    for (const glyph of new Set(Array.from(folded, (character) => character.charCodeAt(0))))
      post(byNameGlyph, glyph, number)
    for (let at = 0; at + 1 < code.length; at += 1) post(byCodePair, pairKey(at, code, at), number)
  }
  const lengths = entries.map(({ name }) => Math.sqrt(foldText(name).length + 2))
  const rarity = (posted: readonly number[]) => Math.log(1 + entries.length / posted.length)

  function scoreNames(names: readonly ObservedText[], scores: Float32Array): void {
    for (const { glyphs } of names) {
      const shares = new Map<number, number>()
      for (const glyph of glyphs) {
        shares.set(glyph, 1)
        for (const truth of costs.pairsOf(glyph)?.keys() ?? [])
          if (!shares.has(truth)) shares.set(truth, LOOK_ALIKE_SHARE)
      }
      for (const [glyph, share] of shares) {
        if (!isHan(glyph) && !isLatinLetter(glyph)) continue
        const posted = byNameGlyph.get(glyph)
        if (posted === undefined) continue
        const gain = share * rarity(posted)
        for (const number of posted) scores[number] = (scores[number] ?? 0) + gain
      }
    }
    for (let number = 0; number < scores.length; number += 1)
      scores[number] = (scores[number] ?? 0) / (lengths[number] ?? 1)
  }

  function scoreCodes(codes: readonly ObservedText[], scores: Float32Array): void {
    for (const { text } of codes) {
      const read = text.slice(0, CODE_GLYPHS).replace(/^[[(]/, '')
      for (let at = 0; at + 1 < read.length; at += 1) {
        if (!isCodeGlyph(read.charCodeAt(at)) || !isCodeGlyph(read.charCodeAt(at + 1))) continue
        for (const [rank, shift] of SHIFTS.entries()) {
          const posted = byCodePair.get(pairKey(at + shift, read, at))
          if (posted === undefined) continue
          const gain = rarity(posted) / (1 + 0.35 * rank)
          for (const number of posted) scores[number] = (scores[number] ?? 0) + gain
        }
      }
    }
  }

  function propose(codes: readonly ObservedText[], names: readonly ObservedText[], limit: number): Proposals {
    const byName = new Float32Array(entries.length)
    const byCode = new Float32Array(entries.length)
    scoreNames(names, byName)
    scoreCodes(codes, byCode)
    const both = new Float32Array(entries.length)
    for (let number = 0; number < both.length; number += 1)
      both[number] = (byName[number] ?? 0) * 2 + (byCode[number] ?? 0)
    const found = new Set<number>(best(both, limit))
    for (const number of best(byName, limit >> 1)) found.add(number)
    const likeCodes = best(byCode, limit >> 1)
    for (const number of likeCodes) found.add(number)
    return { all: [...found], byCode: likeCodes.slice(0, CODE_SUSPECTS) }
  }

  return { propose }
}

/** The numbers of the highest scores above 0, best first; ties keep catalogue order. */
function best(scores: Float32Array, limit: number): number[] {
  const numbers: number[] = []
  let least = 0
  for (let number = 0; number < scores.length; number += 1) {
    const score = scores[number] ?? 0
    if (score <= least) continue
    let at = numbers.length
    while (at > 0 && (scores[numbers[at - 1] ?? 0] ?? 0) < score) at -= 1
    numbers.splice(at, 0, number)
    if (numbers.length > limit) numbers.pop()
    if (numbers.length === limit) least = scores[numbers[limit - 1] ?? 0] ?? 0
  }
  return numbers
}

/** A number for the two glyphs of `text` at `at` as they would stand at `position` of a code; none for a negative one. */
function pairKey(position: number, text: string, at: number): number {
  return (position * 0x80 + text.charCodeAt(at)) * 0x80 + text.charCodeAt(at + 1)
}

function isCodeGlyph(glyph: number): boolean {
  return isDigit(glyph) || (glyph >= 0x41 && glyph <= 0x5a)
}

function post<Key>(index: Map<Key, number[]>, key: Key, number: number): void {
  const posted = index.get(key)
  if (posted === undefined) index.set(key, [number])
  else posted.push(number)
}
