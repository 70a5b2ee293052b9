import { expect, test } from 'vitest'
import { findAlignedGrids } from '../../../src/extract/table/find-aligned-grids.ts'
import { wordsToTable } from '../../../src/extract/table/words-to-table.ts'
import type { Ruling, Word } from '../../../src/model/page.ts'
import { tableToRows } from '../../../src/model/table.ts'

const size = 10
const left = 40
const right = 330
const names = ['台式计算机', '打印设备', '物业管理服务', '复印纸', '合计']
const printed = [['项目', '数量', '金额'], ...names.map((name, index) => [name, `${index + 2}`, `${index + 2}8.00`])]

function word(top: number, x0: number, text: string): Word {
  const width = [...text].reduce((sum, character) => sum + (character < '\u0100' ? size / 2 : size), 0)
  return { text, bbox: { x0, top, x1: x0 + width, bottom: top + size }, origin: 'ocr' }
}

const topOf = (row: number): number => 100 + 20 * row
const words = printed.flatMap((row, index) => row.map((text, column) => word(topOf(index), 50 + 125 * column, text)))
const rulings: readonly Ruling[] = [95, 115, topOf(printed.length) - 3].map((position) => ({
  orientation: 'horizontal',
  position,
  start: left,
  end: right,
  thickness: 1,
}))

function tablesOf(aside: readonly Word[]): string[][][] {
  const all = [...words, ...aside]
  return findAlignedGrids(all, rulings, { taken: [], headings: [] }).map((grid) =>
    tableToRows(
      wordsToTable(grid, all, { pageNumber: 1, tableIndex: 1, structure: 'alignment', structureConfidence: 1 }),
    ),
  )
}

test.each([
  ['ticks beside every second row', [1, 3, 5].map((row) => word(topOf(row), 350, '✓'))],
  ['ticks that are read as letters, beside every row', [1, 2, 3, 4, 5].map((row) => word(topOf(row), 350, 'V'))],
  ['a word by hand left of one row', [word(topOf(2), 10, '已核')]],
  ['a note by hand right of one row', [word(topOf(4), 345, '同意李四')]],
])('%s take no row out of the table between the rules', (_sentence, aside) => {
  expect(tablesOf(aside)).toEqual([printed])
})

test.each([
  ['a column of words that the rules do not reach', [0, 1, 2, 3, 4, 5].map((row) => word(topOf(row), 345, '财政拨款'))],
  ['a figure right of the rules', [word(topOf(2), 345, '7.00')]],
])('%s is never cut off a row', (_sentence, aside) => {
  // The row would look whole without it, and what was cut off would be lost.
  expect(tablesOf(aside)).not.toEqual([printed])
})
