import { describe, expect, test } from 'vitest'
import { normalizePages, type Rows, valuesOf } from '../support/normalize-pages.ts'

const rowsWith = (codeOf: (code: string, name: string) => string): Rows => [
  ['预算单位', '功能分类科目', '合计', '基本支出', '项目支出'],
  ['合计', '<', '60.00', '35.00', '25.00'],
  ['401001某县水利局机关', '小计', '40.00', '25.00', '15.00'],
  ['^', codeOf('2130301', '行政运行'), '30.00', '25.00', '5.00'],
  ['^', codeOf('2130305', '水利工程建设'), '10.00', '', '10.00'],
  ['401002某县水库管理所', '小计', '20.00', '10.00', '10.00'],
  ['^', codeOf('2130306', '水利工程运行与维护'), '12.00', '2.00', '10.00'],
  ['^', codeOf('2210201', '住房公积金'), '8.00', '8.00', ''],
]

function normalize(rows: Rows) {
  const { records, checks } = normalizePages(
    { lines: ['某县水利局2025年部门预算公开'] },
    { lines: ['一般公共预算支出表', '单位：万元'], tables: [{ rows }] },
  )
  return { lines: records.map(valuesOf), checks }
}

describe('classes beside the units that they are listed under, with a total that is merged over both', () => {
  test.each([
    ['in square brackets before the name', (code: string, name: string) => `[${code}]${name}`],
    ['in round brackets before the name', (code: string, name: string) => `（${code}）${name}`],
    ['before the name', (code: string, name: string) => `${code}${name}`],
    ['in brackets behind the name', (code: string, name: string) => `${name}（${code}）`],
  ])('codes %s are split off, and tell the level and the classification', (_where, codeOf) => {
    const { lines } = normalize(rowsWith(codeOf))
    expect(lines).toHaveLength(7)
    expect(new Set(lines.map(({ classification }) => classification))).toEqual(new Set(['function']))
    expect(lines[2]).toMatchObject({ line_code: '2130301', line_name: '行政运行', level: '3', unit_code: '401001' })
    expect(lines[6]).toMatchObject({ line_code: '2210201', line_name: '住房公积金', level: '3', unit_code: '401002' })
  })

  test('a sub-total over its classes is their sum', () => {
    const { checks } = normalize(rowsWith((code, name) => `[${code}]${name}`))
    const sums = checks.filter(({ kind }) => kind === 'column-total')
    expect(sums).toHaveLength(9)
    expect(sums.filter(({ outcome }) => outcome !== 'holds')).toEqual([])
  })
})
