import type { Catalogue } from '../../model/catalogue.ts'
import { commonLength } from './fold-text.ts'

/** How surprising a code or a name is, in nats, that this catalogue does not have. */
export interface BackgroundCosts {
  codeCost(code: string): number
  nameCost(foldedName: string): number
  /** A name in the publisher's own wording, given the catalogue's: it hardly differs in a character that no name has. */
  wordingCost(foldedName: string, listedName: string): number
  /** Whether a text has the shape (letters and digits, length) of a code of this catalogue. */
  isCodeShaped(text: string): boolean
}

const ESCAPE = 3
const DIGIT = Math.log(10)
const UNSEEN_GLYPH = 8.5
const BIGRAM_SHARE = 0.7
const WORDING = { open: 2.5, perGlyph: 3 }

/**
 * Models texts outside the catalogue after the texts inside: an unknown code branches off a known prefix, an unknown
 * name is made of the same characters in similar order. Names are given folded.
 */
export function createBackgroundCosts(
  { entries, isComplete }: Pick<Catalogue, 'entries' | 'isComplete'>,
  names: readonly string[],
): BackgroundCosts {
  const prefixes = new Set<string>()
  const shapes = new Set<string>()
  for (const { code } of entries) {
    for (let length = 1; length <= code.length; length += 1) prefixes.add(code.slice(0, length))
    shapes.add(shapeOf(code))
  }
  shapes.delete('')
  if (!isComplete) for (const shape of upperShapes(shapes)) shapes.add(shape)
  const singles = new Map<string, number>()
  const doubles = new Map<string, number>()
  let total = 0
  for (const name of names) {
    let before = '^'
    count(singles, before)
    for (const glyph of [...name, '$']) {
      count(singles, glyph)
      count(doubles, before + glyph)
      before = glyph
      total += 1
    }
  }

  function wordingCost(name: string, listed: string): number {
    const left = [...listed]
    const own = [...name].filter((glyph) => {
      const at = left.indexOf(glyph)
      if (at !== -1) left.splice(at, 1)
      return at === -1
    })
    const changed = Math.max(name.length, listed.length) - commonLength(name, listed)
    const others = Math.max(0, changed - own.length)
    const ownCost = own.reduce((sum, glyph) => sum + (singles.has(glyph) ? WORDING.perGlyph : UNSEEN_GLYPH), 0)
    return WORDING.open + ownCost + WORDING.perGlyph * others
  }

  function nameCost(name: string): number {
    let cost = 0
    let before = '^'
    for (const glyph of [...name, '$']) {
      const double = (doubles.get(before + glyph) ?? 0) / ((singles.get(before) ?? 0) + 1)
      const single = ((singles.get(glyph) ?? 0) / total) * 0.9 + 0.1 * Math.exp(-UNSEEN_GLYPH)
      cost -= Math.log(BIGRAM_SHARE * double + (1 - BIGRAM_SHARE) * single)
      before = glyph
    }
    return cost
  }

  function codeCost(code: string): number {
    let known = code.length
    while (known > 0 && !prefixes.has(code.slice(0, known))) known -= 1
    return (Math.log(entries.length + 1) * known) / code.length + ESCAPE + DIGIT * (code.length - known)
  }

  return { codeCost, nameCost, wordingCost, isCodeShaped: (text) => shapes.has(shapeOf(text)) }
}

/** A list known in part shows few levels of its codes: those above go by the same step (B07 and C0801 beside A020101). */
function upperShapes(shapes: ReadonlySet<string>): readonly string[] {
  const lengths = [...shapes].map((shape) => shape.replaceAll(/\D/g, '').length)
  const step = lengths.reduce((a, b) => commonDivisor(a, b), 0)
  if (step < 2) return []
  return [...shapes].flatMap((shape) => {
    const letters = shape.replaceAll(/\d/g, '')
    const levels = (shape.length - letters.length) / step
    return Array.from({ length: levels - 1 }, (_, at) => letters + '9'.repeat(step * (at + 1)))
  })
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

function shapeOf(code: string): string {
  return code.replaceAll(/[A-Z]/g, 'A').replaceAll(/\d/g, '9')
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
