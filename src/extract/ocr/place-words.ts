import { type BoundingBox, centreIsInside } from '../../model/bounding-box.ts'
import type { Word } from '../../model/page.ts'
import type { Reading } from '../../model/table.ts'

/** Glyphs that a font does not name, or names by a code of its own: what they stand for nobody can tell. */
const NAMELESS = /^[\ufffd\p{Co}\s]*$/u

/**
 * What an untrusted text layer says of the area `bbox` (points): its words there, top to bottom, left to right.
 * Null when it has none whose characters have names.
 */
export function readUntrustedWords(words: readonly Word[], bbox: BoundingBox): Reading | null {
  const inside = words.filter((word) => !NAMELESS.test(word.text) && centreIsInside(word.bbox, bbox))
  if (inside.length === 0) return null
  return {
    reader: 'untrusted-text-layer',
    lines: wordsToLines(inside).map((line) => line.map((word) => word.text.trim()).join('')),
    confidence: null,
    characters: [],
  }
}

function wordsToLines(words: readonly Word[]): Word[][] {
  const lines: Word[][] = []
  for (const word of words.toSorted((a, b) => middleOf(a) - middleOf(b))) {
    const line = lines.at(-1)
    const first = line?.[0]
    const height = word.bbox.bottom - word.bbox.top
    if (line !== undefined && first !== undefined && middleOf(word) - middleOf(first) < 0.5 * height) line.push(word)
    else lines.push([word])
  }
  return lines.map((line) => line.toSorted((a, b) => a.bbox.x0 - b.bbox.x0))
}

function middleOf(word: Word): number {
  return (word.bbox.top + word.bbox.bottom) / 2
}
