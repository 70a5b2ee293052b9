import { describe, expect, test } from 'vitest'
import { normalizePages, type Rows, valuesOf } from '../support/normalize-pages.ts'

const balance = (heading: string, lastIncome: string): Rows => [
  ['收入', '<', '支出', '<'],
  [heading, '预算数', '项目', '预算数'],
  ['一、财政拨款', '500.00', '一、教育支出', '480.00'],
  ['1.公共预算财政拨款', '500.00', '二、卫生健康支出', '20.00'],
  ['2.政府性基金拨款', '', '三、住房保障支出', '30.00'],
  ['3.国有资本经营拨款', '', '', ''],
  [lastIncome, '30.00', '', ''],
  ['收入总计', '530.00', '支出总计', '530.00'],
]

function linesOf(rows: Rows, origin: 'text' | 'ocr') {
  const { records } = normalizePages(
    { lines: ['某县中学2021年部门预算公开'] },
    { lines: ['部门收支总表', '单位：万元'], tables: [{ rows, origin }] },
  )
  return records.map(valuesOf)
}

describe('names with their number in a list', () => {
  test.each(['项目', '科目编码'])('are no codes under %s', (heading) => {
    const lines = linesOf(balance(heading, '二、事业收入'), 'text')
    const income = lines.filter(({ side }) => side === 'income')
    expect(income.map(({ line_name: name }) => name)).toEqual([
      '财政拨款',
      '公共预算财政拨款',
      '政府性基金拨款',
      '国有资本经营拨款',
      '事业收入',
      '收入总计',
    ])
    expect(income.every((line) => line.line_code === undefined)).toBe(true)
    expect(new Set(income.map(({ classification }) => classification))).toEqual(new Set(['source']))
  })
})

test.each([
  ['ocr', '事业收入'],
  ['text', '事业收入-'],
] as const)('a dash at the end of a name is dust where pixels were read: %s', (origin, expected) => {
  const names = linesOf(balance('项目', '二、事业收入-'), origin).map(({ line_name: name }) => name)
  expect(names).toContain(expected)
})
