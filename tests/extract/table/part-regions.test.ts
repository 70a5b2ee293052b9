import { expect, test } from 'vitest'
import type { Word } from '../../../src/model/page.ts'
import { line, rule, tablesOf } from './draw-lines.ts'

/** Three lines from `top` on, and the same as cells. */
function table(top: number, figure: string): Word[] {
  return [
    ...line(top, [50, '科目名称'], [200, '合计'], [300, '项目支出']),
    ...line(top + 20, [50, '其他支出'], [195, figure], [305, figure]),
    ...line(top + 40, [50, '彩票公益金'], [195, figure], [305, figure]),
  ]
}

function cells(figure: string): string[][] {
  return [
    ['科目名称', '合计', '项目支出'],
    ['其他支出', figure, figure],
    ['彩票公益金', figure, figure],
  ]
}

const caption = (top: number): Word[] => [
  ...line(top, [150, '政府性基金预算支出表']),
  ...line(top + 20, [50, '单位名称：第三小学'], [340, '金额单位：元']),
]

test.each([
  [
    'each has three rules',
    [...table(100, '12.00'), ...caption(170), ...table(210, '3.00')],
    [95, 115, 155, 205, 225, 265],
    [cells('12.00'), cells('3.00')],
  ],
  [
    'each has a rule at its end alone',
    [...table(100, '12.00'), ...caption(170), ...table(210, '3.00')],
    [155, 265],
    [cells('12.00'), cells('3.00')],
  ],
  [
    'each has a rule under every row',
    [...table(100, '12.00'), ...caption(170), ...table(210, '3.00')],
    [95, 115, 135, 155, 205, 225, 245, 265],
    [cells('12.00'), cells('3.00')],
  ],
  [
    'the second one is empty',
    [...table(100, '12.00'), ...caption(170), ...line(210, [50, '科目名称'], [200, '合计'], [300, '项目支出'])],
    [95, 115, 155, 205, 225, 265],
    [cells('12.00')],
  ],
] as const)('tables under each other with rules of one width are parted where %s', (_, words, levels, expected) => {
  expect(
    tablesOf(
      words,
      levels.map((level) => rule(level)),
    ),
  ).toEqual(expected)
})

test('a unit that stands in a heading parts nothing', () => {
  const words = [
    ...line(100, [50, '科目名称'], [200, '合计'], [300, '项目支出']),
    ...line(114, [290, '单位：元']),
    ...line(130, [50, '其他支出'], [195, '12.00'], [305, '3.00']),
    ...line(150, [50, '彩票公益金'], [195, '12.00'], [305, '3.00']),
  ]
  const tables = tablesOf(
    words,
    [95, 125, 145, 165].map((level) => rule(level)),
  )
  expect(tables.map((rows) => rows.slice(1))).toEqual([
    [
      ['其他支出', '12.00', '3.00'],
      ['彩票公益金', '12.00', '3.00'],
    ],
  ])
})

test('a heading stands over the columns that the line under it covers, though it ends a little before they do', () => {
  const words = [
    ...line(100, [140, '预算数'], [315, '决算数']),
    ...line(125, [50, '合计'], [255, '合计']),
    ...line(118, [140, '公务用车'], [315, '公务用车']),
    ...line(136, [110, '小计'], [175, '购置'], [295, '小计'], [360, '运行']),
    ...line(154, [50, '8.61'], [110, '4.36'], [175, '2.00'], [255, '4.43'], [295, '3.06'], [360, '3.00']),
  ]
  const rules = [rule(95), rule(150), rule(168), rule(114, 44, 218), rule(114, 248, 416)]
  const [rows, ...others] = tablesOf(words, [...rules, rule(132, 104, 214), rule(132, 290, 414)])
  expect(others).toEqual([])
  expect(rows?.[0]).toEqual(['预算数', '', '', '决算数', '', ''])
  expect(rows?.at(-1)).toEqual(['8.61', '4.36', '2.00', '4.43', '3.06', '3.00'])
})
