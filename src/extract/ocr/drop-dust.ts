import { charactersToReading, type LineReading } from './ocr-engine.ts'

/** Points and ticks that no Chinese text sets before a name, inside it, or at the end of one of its lines. */
const BEFORE_NAME = /^[.．,·'`‘’:;]+(?=\p{Script=Han}{2}|[[(（【〔])/u
const INSIDE_NAME = /(?<=\p{Script=Han})[.．](?=\p{Script=Han})/gu
const AFTER_NAME = /(?<=^\p{Script=Han}|\p{Script=Han}{2}|[\])）】〕])[.．·'`‘’]+$/u
/** At the end of the last line a comma is none either. */
const AFTER_LAST = /(?<=\p{Script=Han}{2})[.．,·'`‘’:;]+$|(?<=\d)[.．·'`‘’]+$/u
/** Nothing begins with these. */
const BEFORE_FIRST = /^[.．,，·'`‘’:：;；。、]+(?=\p{Script=Han}|[[(（【〔])/u
/** A name without any other punctuation is no sentence that would end in 。 */
const AFTER_SHORT_NAME = /(?<=^[\p{Script=Han}\p{L}\p{N}]{2,16})。$/u
const HOLDS_TEXT = /[\p{L}\p{N}—-]/u

/**
 * One reader's lines of a cell without what dust beside the print was read as: points before, inside and after Han
 * text, and whole lines of nothing but points over or under others. A point beside digits stays where it can count.
 */
export function dropDust<Line extends LineReading>(lines: readonly Line[]): readonly Line[] {
  const texts = lines.filter((line) => HOLDS_TEXT.test(line.text))
  const kept = texts.length > 0 ? texts : lines
  return kept.map((line, index) => withoutDust(line, index === 0, index + 1 === kept.length))
}

function withoutDust<Line extends LineReading>(line: Line, isFirst: boolean, isLast: boolean): Line {
  const patterns = [
    BEFORE_NAME,
    INSIDE_NAME,
    AFTER_NAME,
    ...(isFirst ? [BEFORE_FIRST] : []),
    ...(isLast ? [AFTER_LAST] : []),
    ...(isFirst && isLast ? [AFTER_SHORT_NAME] : []),
  ]
  const dropped = new Set<number>()
  for (const pattern of patterns) {
    const { source, flags } = pattern
    for (const match of line.text.matchAll(new RegExp(source, flags.includes('g') ? flags : `${flags}g`))) {
      for (let k = 0; k < match[0].length; k++) dropped.add(match.index + k)
    }
  }
  if (dropped.size === 0) return line
  const starts: number[] = []
  let length = 0
  for (const { text } of line.characters) {
    starts.push(length)
    length += text.length
  }
  if (length !== line.text.length) {
    return { ...line, text: [...line.text].filter((_, i) => !dropped.has(i)).join('') }
  }
  const characters = line.characters.filter((_, i) => !dropped.has(starts[i] ?? -1))
  return { ...line, ...charactersToReading(characters) }
}
