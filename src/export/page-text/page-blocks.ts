import type { BoundingBox } from '../../model/bounding-box.ts'
import type { PageExtract } from '../../model/page.ts'
import type { Cell, Reading } from '../../model/table.ts'

/** What a page's file says of where it comes from. */
export interface PageTextSource {
  readonly documentId: string
  readonly fileName: string
  readonly version: string
}

/** A run of text without a blank. `confidence` is the reader's own for its least sure glyph, 0 to 1; null on a text layer. */
export interface PageWord {
  readonly text: string
  readonly confidence: number | null
}

/** A line of print. Where several lines share a cell, nobody measured each: its box is then the cell's. */
export interface PageLine {
  readonly bbox: BoundingBox
  readonly words: readonly PageWord[]
}

export interface PageCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly bbox: BoundingBox
  readonly lines: readonly PageLine[]
}

export type PageBlock =
  | { readonly kind: 'line'; readonly bbox: BoundingBox; readonly line: PageLine }
  | { readonly kind: 'table'; readonly bbox: BoundingBox; readonly rows: readonly (readonly PageCell[])[] }

/** What was read on a page, top to bottom: lines of prose, and tables with their cells by row. */
export function toPageBlocks({ lines, tables }: PageExtract): readonly PageBlock[] {
  const prose = lines.flatMap(({ text, bbox }): readonly PageBlock[] => {
    const words = toWords(text, null)
    return words.length === 0 ? [] : [{ kind: 'line', bbox, line: { bbox, words } }]
  })
  const grids = tables.map(({ bbox, rowCount, cells }): PageBlock => {
    const rows = Array.from({ length: rowCount }, (_, row) =>
      cells
        .filter((cell) => cell.row === row)
        .toSorted((a, b) => a.column - b.column)
        .map(toPageCell),
    )
    return { kind: 'table', bbox, rows }
  })
  return [...prose, ...grids].toSorted((a, b) => a.bbox.top - b.bbox.top || a.bbox.x0 - b.bbox.x0)
}

function toPageCell({ row, column, rowSpan, columnSpan, bbox, text, readings }: Cell): PageCell {
  const [best] = readings
  const isBest = best !== undefined && best.lines.join('') === text.replaceAll('\n', '')
  const lines = isBest ? wordsOfReading(best) : text.split('\n').map((line) => toWords(line, best?.confidence ?? null))
  const place = { row, column, rowSpan, columnSpan, bbox }
  return { ...place, lines: lines.flatMap((words) => (words.length === 0 ? [] : [{ bbox, words }])) }
}

/** Words with their own confidence where the reader told of each glyph, else with that of the whole. */
function wordsOfReading({ lines, characters, confidence }: Reading): readonly (readonly PageWord[])[] {
  if (characters.map(({ text }) => text).join('') !== lines.join('')) {
    return lines.map((line) => toWords(line, confidence))
  }
  const glyphs = characters.flatMap((character) => [...character.text].map(() => character.confidence))
  let at = 0
  return lines.map((line) => {
    const words = partWords(line).map(({ text, start }) => {
      const from = at + [...line.slice(0, start)].length
      return { text: cleanText(text), confidence: Math.min(...glyphs.slice(from, from + [...text].length)) }
    })
    at += [...line].length
    return words
  })
}

function toWords(line: string, confidence: number | null): readonly PageWord[] {
  return partWords(line).map(({ text }) => ({ text: cleanText(text), confidence }))
}

function partWords(line: string): readonly { readonly text: string; readonly start: number }[] {
  return [...line.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: match.index }))
}

/** XML has no place for most control characters, for lone surrogates and for two more. */
export function cleanText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is to be taken out
  return text.replaceAll(/[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '\ufffd')
}
