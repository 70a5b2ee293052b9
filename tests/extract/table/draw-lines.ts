import { findAlignedGrids } from '../../../src/extract/table/find-aligned-grids.ts'
import { wordsToTable } from '../../../src/extract/table/words-to-table.ts'
import type { Ruling, Word } from '../../../src/model/page.ts'
import { tableToRows } from '../../../src/model/table.ts'

/** The height of what is drawn here; digits are half as wide as Han glyphs. */
export const size = 10
export const identity = { pageNumber: 1, tableIndex: 1, structure: 'alignment', structureConfidence: 1 } as const

/** Words of a line: where each begins, or ends where it says so, and its text. */
export function line(top: number, ...words: readonly (readonly [x: number, text: string, side?: 'right'])[]): Word[] {
  return words.map(([x, text, side]) => {
    const width = [...text].reduce((sum, character) => sum + (character < '\u0100' ? size / 2 : size), 0)
    const x0 = side === 'right' ? x - width : x
    return { text, bbox: { x0, top, x1: x0 + width, bottom: top + size }, origin: 'text' }
  })
}

export function rule(position: number, start = 40, end = 420): Ruling {
  return { orientation: 'horizontal', position, start, end, thickness: 1 }
}

/** The tables without grids among words and rules, top to bottom, by their texts. */
export function tablesOf(words: readonly Word[], rulings: readonly Ruling[] = []): string[][][] {
  return findAlignedGrids(words, rulings, { taken: [], headings: [] })
    .toSorted((a, b) => a.bbox.top - b.bbox.top)
    .map((grid) => tableToRows(wordsToTable(grid, words, identity)))
}
