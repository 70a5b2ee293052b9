import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Grid } from '../../../src/extract/table/grid.ts'
import { joinBrokenLines } from '../../../src/extract/table/join-text.ts'
import { wordsToTextLines } from '../../../src/extract/table/words-to-lines.ts'
import { wordsToTable } from '../../../src/extract/table/words-to-table.ts'
import type { Word } from '../../../src/model/page.ts'
import { tableToRows } from '../../../src/model/table.ts'

const identity = { pageNumber: 1, tableIndex: 1, structure: 'vector-rulings', structureConfidence: 1 } as const

function word(
  text: string,
  x0: number,
  top: number,
  size = 10,
  change: Partial<Word> & { isVertical?: boolean; angle?: number } = {},
) {
  return {
    text,
    bbox: { x0, top, x1: x0 + text.length * size, bottom: top + size },
    origin: 'text' as const,
    ...change,
  }
}

const grid: Grid = {
  bbox: { x0: 0, top: 0, x1: 200, bottom: 100 },
  columnEdges: [0, 100, 200],
  rowEdges: [0, 50, 100],
  cells: [
    { row: 0, column: 0, rowSpan: 1, columnSpan: 2, bbox: { x0: 0, top: 0, x1: 200, bottom: 50 } },
    { row: 1, column: 0, rowSpan: 1, columnSpan: 1, bbox: { x0: 0, top: 50, x1: 100, bottom: 100 } },
    { row: 1, column: 1, rowSpan: 1, columnSpan: 1, bbox: { x0: 100, top: 50, x1: 200, bottom: 100 } },
  ],
}

describe('a cell is read in its own order', () => {
  test.each([
    ['two lines of Han text', [word('采购', 10, 55), word('项目', 10, 70)], '采购项目'],
    ['the second line given first', [word('项目', 10, 70), word('采购', 10, 55)], '采购项目'],
    ['digits a little off the baseline', [word('年', 40, 55), word('2024', 10, 58, 7.5)], '2024年'],
    ['a number broken over two lines', [word('371,514,', 5, 55), word('655.00', 5, 70)], '371,514,655.00'],
    ['Latin words', [word('ab', 5, 55), word('cd', 5, 70)], 'ab cd'],
    [
      'text that runs down',
      ['单', '位'].map((text, index) => word(text, 30, 55 + 12 * index, 10, { isVertical: true, angle: 90 })),
      '单位',
    ],
    [
      'two columns that run down, the right one first',
      [
        word('名称', 20, 55, 10, { isVertical: true, angle: 90 }),
        word('单位', 40, 55, 10, { isVertical: true, angle: 90 }),
      ].map((item) => ({ ...item, bbox: { ...item.bbox, x1: item.bbox.x0 + 10, bottom: item.bbox.top + 20 } })),
      '单位名称',
    ],
    [
      'a word that reaches into the next cell stays with its middle',
      [word('很长的名称很长', 35, 55)],
      '很长的名称很长',
    ],
  ] as const)('%s', (_name, words, text) => {
    const table = wordsToTable(grid, words, identity)
    expect(tableToRows(table)).toEqual([
      ['', ''],
      [text, ''],
    ])
  })
})

test('an empty cell has no reading, a filled one its lines', () => {
  const table = wordsToTable(grid, [word('采购', 10, 5), word('项目', 10, 20)], identity)
  expect(table.cells.map((cell) => cell.readings)).toEqual([
    [{ reader: 'text-layer', lines: ['采购', '项目'], confidence: null, characters: [] }],
    [],
    [],
  ])
})

test('no character is lost or invented between words and cells', () => {
  const anyWord = fc.record({
    text: fc.stringMatching(/^[预算0-9.]{1,4}$/),
    x0: fc.integer({ min: -50, max: 230 }),
    top: fc.integer({ min: -30, max: 120 }),
  })
  fc.assert(
    fc.property(fc.array(anyWord, { maxLength: 30 }), (items) => {
      const words = items.map(({ text, x0, top }) => word(text, x0, top))
      const table = wordsToTable(grid, words, identity)
      const inside = words.filter(({ bbox }) => {
        const [x, y] = [(bbox.x0 + bbox.x1) / 2, (bbox.top + bbox.bottom) / 2]
        return x >= 0 && x <= 200 && y >= 0 && y <= 100
      })
      const letters = (texts: readonly string[]): string => [...texts.join('').replaceAll(' ', '')].toSorted().join('')
      expect(letters(table.cells.map((cell) => cell.text))).toBe(letters(inside.map(({ text }) => text)))
    }),
  )
})

describe('lines of text', () => {
  test.each([
    ['neighbours are joined', [word('预算', 10, 10), word('2024', 31, 12, 7)], ['预算2024']],
    ['a wide gap is a space', [word('公开', 10, 10), word('单位', 60, 10)], ['公开 单位']],
    ['two lines are two', [word('下', 10, 30), word('上', 10, 10)], ['上', '下']],
    ['tight lines stay apart', [word('一', 10, 10), word('二', 10, 20), word('三', 10, 30)], ['一', '二', '三']],
  ])('%s', (_name, words, texts) => expect(wordsToTextLines(words).map((line) => line.text)).toEqual(texts))
})

test.each([
  [['A0201', '0105'], 'A02010105'],
  [['12', '000.00'], '12000.00'],
  [['台式', '计算机'], '台式计算机'],
  [['(上级', '专项)'], '(上级专项)'],
  [['hello', 'world'], 'hello world'],
  [[], ''],
])('the lines %j are %s', (lines, text) => expect(joinBrokenLines(lines)).toBe(text))
