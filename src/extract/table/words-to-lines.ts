import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'
import type { TextLine, Word } from '../../model/page.ts'
import { needsSpace } from './join-text.ts'

/** Words share a line when their middles are nearer than this share of the smaller word's height. */
const SAME_LINE = 0.5

/** Words on one baseline, left to right. */
export interface WordLine<W extends Word = Word> {
  readonly words: readonly W[]
  readonly bbox: BoundingBox
}

/** Groups words to lines, top to bottom, each left to right. Digits may stand a little off the Han text's baseline. */
export function groupLines<W extends Word>(words: readonly W[]): WordLine<W>[] {
  const lines: { words: W[]; middle: number; height: number }[] = []
  for (const word of words.toSorted((a, b) => middleOf(a) - middleOf(b))) {
    const height = boxHeight(word.bbox)
    const line = lines.findLast((other) => {
      return Math.abs(middleOf(word) - other.middle) < SAME_LINE * Math.min(height, other.height)
    })
    if (line === undefined) lines.push({ words: [word], middle: middleOf(word), height })
    else {
      line.words.push(word)
      // The tallest word speaks for the line: notes and exponents do not drag it along.
      if (height > line.height) Object.assign(line, { middle: middleOf(word), height })
    }
  }
  return lines
    .map(({ words: members }) => toWordLine(members.toSorted((a, b) => a.bbox.x0 - b.bbox.x0)))
    .toSorted((a, b) => middleOf(a) - middleOf(b))
}

function toWordLine<W extends Word>(words: readonly W[]): WordLine<W> {
  return { words, bbox: unionOfBoxes(words.map((word) => word.bbox)) ?? { x0: 0, top: 0, x1: 0, bottom: 0 } }
}

function middleOf({ bbox }: { readonly bbox: BoundingBox }): number {
  return (bbox.top + bbox.bottom) / 2
}

/** The text of words on one line; a wide gap gives one space. */
export function lineText(words: readonly Word[]): string {
  return words.reduce((text, word, index) => {
    const before = words[index - 1]
    if (before === undefined) return word.text
    const em = Math.max(Math.min(boxHeight(word.bbox), boxHeight(before.bbox)), 1)
    const gapEm = (word.bbox.x0 - before.bbox.x1) / em
    return `${text}${needsSpace(before.text, word.text, gapEm) ? ' ' : ''}${word.text}`
  }, '')
}

/** Lines of text in reading order. */
export function wordsToTextLines(words: readonly Word[]): TextLine[] {
  return groupLines(words).map((line) => ({
    text: lineText(line.words),
    bbox: line.bbox,
    origin: line.words[0]?.origin ?? 'text',
  }))
}
