import { expect, test } from 'vitest'
import type { PageSketch } from '../support/factory.ts'
import { normalizePages, type Rows, valuesOf } from '../support/normalize-pages.ts'

const COVER: PageSketch = { lines: ['某市某区教育局2024年部门预算公开'] }

const HEADER: Rows = [['科目编码', '科目名称', '合计', '基本支出', '项目支出']]

const GENERAL: Rows = [
  ...HEADER,
  ['205', '教育支出', '30.00', '20.00', '10.00'],
  ['20502', '普通教育', '30.00', '20.00', '10.00'],
]

const FUND: Rows = [
  ...HEADER,
  ['229', '其他支出', '12.00', '', '12.00'],
  ['22960', '彩票公益金安排的支出', '12.00', '', '12.00'],
]

test.each<readonly [string, Rows]>([
  ['alone', [['2024年政府性基金预算支出表', '<', '<', '<', '<']]],
  ['beside the unit of its money', [['2024年政府性基金预算支出表', '<', '<', '单位：万元', '<']]],
  [
    'run together with the name of the body',
    [['2024年政府性基金预算支出表单位名称：某区教育局', '<', '<', '金额单位：万元', '<']],
  ],
  [
    'over the name of the body and the unit',
    [
      ['2024年政府性基金预算支出表', '<', '<', '<', '<'],
      ['单位名称：某区教育局', '<', '<', '金额单位：万元', '<'],
    ],
  ],
])('a title that was drawn into its table names it, %s: it is no rest of the table before', (_, titles) => {
  const rows: Rows = [...titles, ...FUND]
  const tables = [{ rows: GENERAL }, { rows }]
  const { records } = normalizePages(COVER, { lines: ['2024年一般公共预算支出表', '单位：万元'], tables })
  const lines = records.filter(({ recordType }) => recordType === 'budget_line').map(valuesOf)
  expect(lines.map(({ table, line_name, total }) => [table, line_name, total])).toEqual([
    ['general_public_budget', '教育支出', '300000.00'],
    ['general_public_budget', '普通教育', '300000.00'],
    ['government_fund', '其他支出', '120000.00'],
    ['government_fund', '彩票公益金安排的支出', '120000.00'],
  ])
})
