import { foldRadicals } from '../../model/fold-radicals.ts'
import type { Cell } from '../../model/table.ts'
import type { TextReading } from '../match/code-match.ts'

/** The text with ordinary characters for radicals and for 戶, which some fonts draw as 户. */
export function foldHan(text: string): string {
  return foldRadicals(text).replaceAll('戶', '户')
}

/** Lines of a cell as one text: no blanks beside Han characters, one between other words. */
export function cleanText(text: string): string {
  return foldHan(text)
    .trim()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ (?=[\p{Script=Han}\p{P}])|(?<=[\p{Script=Han}\p{P}]) /gu, '')
}

const CLOSING: Readonly<Record<string, string>> = { '（': '）', '(': ')', '［': '］', '[': ']' }

/** The text with brackets that were read in two widths closed as they were opened: （本级) is （本级）. */
export function closeAsOpened(text: string): string {
  return text.replaceAll(/([（([［])([^（()）[\]［］]*)[)）\]］]/g, (whole, open: string, inner: string) => {
    const closed = `${open}${inner}${CLOSING[open] ?? ''}`
    return closed.normalize('NFKC') === whole.normalize('NFKC') ? closed : whole
  })
}

/** The mark of a directory's edition behind a name: （省级第二版）, with brackets of any kind or read as l, 1 or I. */
const EDITION_MARK =
  /[（(［[{｛〔1lI|i!]?(?:中央|本|省|市|区|县)*级?(?:第|弟)?[一二三四五六七八九十\d]{1,2}版[)）\]］}｝〕1lI|i!]?$|[（(][^（()）]*版[)）]$/u

/** A name of a directory without the mark of its edition. */
export function withoutEditionMark(text: string): string {
  return text.replace(EDITION_MARK, '')
}

/** What each reader saw in a cell, the best first, lines joined and cleaned; `change` is laid over each text. */
export function readingsOf(cell: Cell, change: (text: string) => string = (text) => text): readonly TextReading[] {
  const readings = cell.readings.map((reading): TextReading => {
    const whole = cleanText(reading.lines.join(''))
    const text = change(whole)
    const spelled = reading.characters.map((character) => character.text).join('')
    // What is cut off at the end stands in the pixels all the same.
    const hasAll = reading.posteriors !== undefined && whole.startsWith(text)
    return {
      reader: reading.reader,
      text,
      ...(spelled === text ? { characters: reading.characters } : {}),
      ...(hasAll ? { posteriors: reading.posteriors, tail: whole.slice(text.length) } : {}),
    }
  })
  if (readings.length > 0) return readings.filter(({ text }) => text !== '')
  const text = change(cleanText(cell.text))
  return text === '' ? [] : [{ reader: cell.origin === 'text' ? 'text-layer' : 'untrusted-text-layer', text }]
}

/** Whether all that stands in a cell is a stroke, which says that nothing belongs there. */
export function meansNothing(text: string): boolean {
  return /^[-－—–―一_/／~～]+$/.test(text.replaceAll(/\s/g, ''))
}

/** Whether a reading comes from an OCR engine of ours. */
export function isReader({ reader }: { readonly reader: string }): boolean {
  return reader === 'paddle' || reader === 'tesseract'
}
