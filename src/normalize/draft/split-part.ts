import { splitCodeAndName } from '../match/split-code-and-name.ts'
import { cleanText } from './text-of-cell.ts'

/** One of the two things that a cell with a code before its name holds. */
export type Part = 'code' | 'name'

/** The code or the name of a cell that holds both ("[316001]某县某局"); '' for what is not there. A name keeps the page's own signs. */
export function splitPart(text: string, part: Part): string {
  const clean = cleanText(text)
  const split = splitCodeAndName(clean)[0]
  if (split === undefined) return ''
  // Splitting folds widths and brackets; a name keeps the page's own.
  const isWholeText = part === 'name' && split.code === ''
  const tail = clean.slice(clean.length - split.name.length)
  const isTail = part === 'name' && tail.normalize('NFKC') === split.name
  return isWholeText ? clean : isTail ? tail : split[part]
}
