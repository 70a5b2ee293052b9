import { expect, test } from 'vitest'
import { partSheets } from '../../../src/extract/table/part-sheets.ts'
import type { Word } from '../../../src/model/page.ts'

const SIZE = 10

/** Words of a line: [x0, text] pairs; digits are half as wide as Han glyphs. */
function line(top: number, ...words: readonly (readonly [x0: number, text: string])[]): Word[] {
  return words.map(([x0, text]) => {
    const width = [...text].reduce((sum, glyph) => sum + (glyph < '\u0100' ? SIZE / 2 : SIZE), 0)
    return { text, bbox: { x0, top, x1: x0 + width, bottom: top + SIZE }, origin: 'text' }
  })
}

/** Rows of a table whose left side is at `x`, under headings that can be left out. */
function table(
  x: number,
  top: number,
  rows: number,
  headings: readonly string[] = ['项目', '编码', '名称', '数量', '金额'],
): Word[] {
  const places = [0, 70, 130, 200, 240].map((place) => place + x)
  return [
    ...line(top, ...headings.map((text, k) => [places[k] ?? 0, text] as const)),
    ...Array.from({ length: rows }, (_, k) =>
      line(
        top + 16 * (k + 1),
        [places[0] ?? 0, '机关经费'],
        [places[1] ?? 0, 'A0201'],
        [places[2] ?? 0, '计算机'],
        [places[3] ?? 0, `${k + 1}`],
        [places[4] ?? 0, '28.125'],
      ),
    ).flat(),
  ]
}

const SIDES = ['收入', '科目', '类别', '人数', '预算']
const left = table(40, 120, 6)
const right = table(440, 150, 9)

test.each([
  [
    'each has a title',
    [...line(60, [120, '甲县教育局采购预算表']), ...line(90, [520, '甲县教育局采购预算表（续）'])],
    2,
  ],
  ['each has its unit of money', line(80, [250, '单位：万元'], [650, '单位：万元']), 2],
  ['both have the same headings, in fives', [], 2],
  [
    'a title stands over both',
    [...line(60, [270, '甲县教育局二〇二三年政府采购项目预算表']), ...line(80, [250, '单位：万元'])],
    1,
  ],
  [
    'print runs over the fold',
    [...line(60, [120, '采购预算表'], [520, '采购预算表']), ...line(400, [300, '说明：本表按批复的预算编制公开'])],
    1,
  ],
] as const)('where %s the words are told apart as they must be', (_, over, pages) => {
  const words = [...over, ...left, ...right]
  const found = partSheets(words)
  expect(found).toHaveLength(pages)
  expect(found.flat().toSorted(byPlace)).toEqual(words.toSorted(byPlace))
})

test.each([
  [
    'the two sides of one table have other headings, and one title on the left',
    line(60, [60, '财政拨款收支预算表']),
    table(440, 120, 6, SIDES),
  ],
  [
    'the number of a form stands in the corner',
    [...line(60, [330, '支出决算表']), ...line(80, [660, '公开03表'])],
    table(440, 120, 6, SIDES),
  ],
  ['the other side is no table', line(60, [120, '采购预算表'], [520, '采购情况说明表']), line(200, [520, '没有采购'])],
  [
    'the other side is much narrower',
    line(60, [120, '采购预算表'], [440, '经费备注表']),
    line(150, [440, '一'], [470, '二']),
  ],
] as const)('a sheet is one page where %s', (_, over, other) => {
  const words = [...over, ...left, ...other]
  expect(partSheets(words)).toEqual([words])
})

test('ticks and staples in the fold are no print', () => {
  const marks = [...line(200, [352, '|']), ...line(260, [352, '<'])]
  const words = [...line(80, [250, '单位：元'], [650, '单位：元']), ...left, ...right, ...marks]
  expect(partSheets(words).map((page) => page.length)).toEqual([left.length + 3, right.length + 1])
})

function byPlace(a: Word, b: Word): number {
  return a.bbox.top - b.bbox.top || a.bbox.x0 - b.bbox.x0
}
