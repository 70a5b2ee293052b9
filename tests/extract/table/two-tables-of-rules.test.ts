import { describe, expect, test } from 'vitest'
import { line, rule, tablesOf } from './draw-lines.ts'

const upper = [
  ...line(100, [50, '编码'], [150, '名称'], [300, '基本支出'], [400, '项目支出']),
  ...line(120, [50, '205'], [130, '教育支出'], [340, '8,400.00', 'right'], [435, '1.00', 'right']),
  ...line(140, [50, '20508'], [130, '进修及培训'], [340, '8,400.00', 'right'], [435, '1.00', 'right']),
]
const upperRows = [
  ['编码', '名称', '基本支出', '项目支出'],
  ['205', '教育支出', '8,400.00', '1.00'],
  ['20508', '进修及培训', '8,400.00', '1.00'],
]
/** Its heading is set apart over names that stand under neither of its letters. */
const lower = [
  ...line(240, [165, '项'], [190, '目'], [300, '预算数'], [390, '决算数']),
  ...line(260, [150, '合计'], [340, '57,000.00', 'right'], [435, '41,263.80', 'right']),
  ...line(280, [45, '1.出国费']),
  ...line(300, [45, '2.车辆费用'], [340, '45,000.00', 'right'], [435, '36,117.80', 'right']),
  ...line(320, [45, '（1）购置费']),
  ...line(340, [45, '（2）运行费'], [340, '45,000.00', 'right'], [435, '36,117.80', 'right']),
  ...line(360, [45, '3.接待费'], [340, '12,000.00', 'right'], [435, '5,146.00', 'right']),
]
const lowerRows = [
  ['项 目', '预算数', '决算数'],
  ['合计', '57,000.00', '41,263.80'],
  ['1.出国费', '', ''],
  ['2.车辆费用', '45,000.00', '36,117.80'],
  ['（1）购置费', '', ''],
  ['（2）运行费', '45,000.00', '36,117.80'],
  ['3.接待费', '12,000.00', '5,146.00'],
]
const upperRules = [95, 115, 155].map((position) => rule(position, 40, 440))
const lowerRules = [235, 255, 375].map((position) => rule(position, 40, 440))

describe('two tables between three rules each, of one width', () => {
  test.each([
    [
      'a title and a unit',
      [...line(200, [160, '“三公”经费支出决算表']), ...line(220, [45, '公开07表'], [370, '金额单位：元'])],
    ],
    ['a title alone', line(210, [160, '“三公”经费支出决算表'])],
    ['a unit alone', line(220, [370, '单位：元'])],
  ])('are two where %s stands between them', (_sentence, between) => {
    expect(tablesOf([...upper, ...between, ...lower], [...upperRules, ...lowerRules])).toEqual([upperRows, lowerRows])
  })

  test('rows between the rules part none', () => {
    const rules = [95, 115, 135, 155].map((position) => rule(position, 40, 440))
    expect(tablesOf(upper, rules)).toEqual([upperRows])
  })
})

test('items that begin with their number are rows of their own, also where they have no figure', () => {
  expect(tablesOf(lower, lowerRules)).toEqual([lowerRows])
})

test('over columns of 类, 款, 项 and 目 stand four headings', () => {
  const words = [
    ...line(100, [50, '类'], [90, '款'], [130, '项'], [170, '目'], [220, '名称'], [390, '金额']),
    ...line(120, [50, '205'], [90, '08'], [130, '03'], [170, '01'], [210, '培训'], [435, '8,400.00', 'right']),
    ...line(140, [50, '205'], [90, '08'], [130, '03'], [170, '02'], [210, '进修'], [435, '7,400.00', 'right']),
    ...line(160, [50, '205'], [90, '08'], [130, '03'], [170, '03'], [210, '其他'], [435, '6,400.00', 'right']),
  ]
  expect(
    tablesOf(
      words,
      [95, 115, 175].map((position) => rule(position, 40, 440)),
    )[0]?.[0],
  ).toEqual(['类', '款', '项', '目', '名称', '金额'])
})
