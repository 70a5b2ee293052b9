import { expect, test } from 'vitest'
import type { Grid } from '../../../src/extract/table/grid.ts'
import { splitUnruledRows } from '../../../src/extract/table/split-unruled-rows.ts'
import { wordsToTable } from '../../../src/extract/table/words-to-table.ts'
import type { Word } from '../../../src/model/page.ts'
import { tableToRows } from '../../../src/model/table.ts'

/** One header row and one tall row with lines only between the columns. */
const grid: Grid = {
  bbox: { x0: 0, top: 0, x1: 300, bottom: 120 },
  columnEdges: [0, 100, 200, 300],
  rowEdges: [0, 20, 120],
  cells: [0, 1].flatMap((row) =>
    [0, 1, 2].map((column) => ({
      row,
      column,
      rowSpan: 1,
      columnSpan: 1,
      bbox: { x0: column * 100, top: row * 20, x1: column * 100 + 100, bottom: row === 0 ? 20 : 120 },
    })),
  ),
}

function word(text: string, x0: number, top: number): Word {
  return { text, bbox: { x0, top, x1: x0 + text.length * 8, bottom: top + 10 }, origin: 'text' }
}

function rowsOf(words: readonly Word[]): string[][] {
  const identity = { pageNumber: 1, tableIndex: 1, structure: 'vector-rulings', structureConfidence: 1 } as const
  return tableToRows(wordsToTable(splitUnruledRows(grid, words), words, identity))
}

const head = [word('名称', 10, 5), word('数量', 110, 5), word('金额', 210, 5)]

test.each([
  [
    'amounts on three lines are three rows',
    [30, 60, 90].flatMap((top) => [word('服务', 10, top), word('1', 110, top), word('2.00', 210, top)]),
    [
      ['服务', '1', '2.00'],
      ['服务', '1', '2.00'],
      ['服务', '1', '2.00'],
    ],
  ],
  [
    'wrapped text goes to the amount beside it',
    [word('物业', 10, 28), word('管理', 10, 40), word('28.00', 210, 34), word('印刷', 10, 80), word('4.00', 210, 80)],
    [
      ['物业管理', '', '28.00'],
      ['印刷', '', '4.00'],
    ],
  ],
  [
    'a text in the middle of all rows belongs to all of them',
    [word('全部', 10, 50), word('2', 110, 35), word('3', 110, 65), word('2.00', 210, 35), word('3.00', 210, 65)],
    [
      ['全部', '2', '2.00'],
      ['', '3', '3.00'],
    ],
  ],
  [
    'wrapped text alone makes no rows',
    [word('物业', 10, 30), word('管理', 10, 45), word('年初', 110, 30), word('预算', 110, 45)],
    [['物业管理', '年初预算', '']],
  ],
  [
    'a broken number makes no rows',
    [word('物业', 10, 30), word('管理', 10, 45), word('371,514,', 210, 30), word('655.00', 210, 45)],
    [['物业管理', '', '371,514,655.00']],
  ],
] as const)('%s', (_name, words, expected) => {
  expect(rowsOf([...head, ...words])).toEqual([['名称', '数量', '金额'], ...expected])
})
