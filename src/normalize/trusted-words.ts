import type { PageExtract } from '../model/page.ts'
import { cleanText } from './draft/text-of-cell.ts'

/** What the document's own characters (never a reading of pixels) say, to hold readings against. */
export interface TrustedWords {
  /** Short texts that stand whole in a cell, or between two marks of punctuation inside one line. */
  readonly words: ReadonlySet<string>
  /** Every pair of neighbouring Han characters. */
  readonly pairs: ReadonlySet<string>
}

const LONGEST_WORD = 30
const SHORTEST_WORD = 4
const BETWEEN = /[，。；：、“”‘’《》"':;,\s]+/u
const IS_WORD = /^[\p{Script=Han}\p{P}\p{L}\p{N}]+$/u

/** Gathers the words of the trusted cells and lines: names of projects come back in the performance sheets. */
export function trustedWords(pages: readonly PageExtract[]): TrustedWords {
  const cells = pages
    .flatMap(({ tables }) => tables.flatMap((table) => table.cells))
    .filter(({ origin }) => origin === 'text')
    .map(({ text }) => cleanText(text))
  const lines = pages.flatMap(({ lines }) => lines.filter(({ origin }) => origin === 'text').map(({ text }) => text))
  const words = [...cells, ...lines.flatMap(innerParts)].filter(isWord)
  return { words: new Set(words), pairs: hanPairs([...cells, ...lines]) }
}

/** The first and the last part of a line may go on in the next: only parts between two marks are whole. */
function innerParts(line: string): readonly string[] {
  return line.split(BETWEEN).slice(1, -1)
}

function isWord(text: string): boolean {
  return text.length >= SHORTEST_WORD && text.length <= LONGEST_WORD && IS_WORD.test(text) && /\p{L}/u.test(text)
}

/** Every pair of neighbouring Han characters of some texts; once more with ^ before it where a text begins with it, with $ behind it where one ends. */
export function hanPairs(texts: Iterable<string>): ReadonlySet<string> {
  const pairs = new Set<string>()
  for (const text of texts) {
    for (const run of text.match(/\p{Script=Han}{2,}/gu) ?? [])
      for (let at = 0; at + 1 < run.length; at += 1) pairs.add(run.slice(at, at + 2))
    for (const [beginning] of text.matchAll(/^\p{Script=Han}{2}/gu)) pairs.add(`^${beginning}`)
    for (const [end] of text.matchAll(/\p{Script=Han}{2}$/gu)) pairs.add(`${end}$`)
  }
  return pairs
}
