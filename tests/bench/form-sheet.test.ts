import { describe, expect, test } from 'vitest'
import { cell, cutForm, type FormSheet, formCells } from '../../bench/generate/form-sheet.ts'
import { targetTruth } from '../../bench/generate/performance/target-truth.ts'

const FORM: FormSheet = {
  title: '申报表',
  above: { left: '', right: '' },
  units: 6,
  lines: [
    { cells: [cell('名称', 2), cell('甲', 4)] },
    { cells: [cell('目标', 2, { lines: 3 }), cell('产出', 2, { lines: 2 }), cell('次数', 2)] },
    { cells: [cell('人数', 2)], records: [{ recordType: 'performance_indicator', fields: { level3: '人数' } }] },
    { cells: [cell('效益', 2), cell('满意', 2)] },
  ],
}

describe('a form', () => {
  test('has its merged cells once, in the columns that its edges make', () => {
    expect(formCells(FORM)).toEqual([
      ['名称', '甲', ''],
      ['目标', '产出', '次数'],
      ['', '', '人数'],
      ['', '效益', '满意'],
    ])
  })

  test('prints tall cells again where it is cut', () => {
    const rest = cutForm(FORM, 2, 4)
    expect(formCells(rest)).toEqual([
      ['目标', '产出', '人数'],
      ['', '效益', '满意'],
    ])
    expect(rest.lines[0]?.records).toHaveLength(1)
  })

  test.each([
    ['too wide', [cell('a', 4), cell('b', 4)]],
    ['with a gap', [cell('a', 4)]],
  ])('with a line that is %s is refused', (_name, cells) => {
    expect(() => formCells({ ...FORM, lines: [{ cells }] })).toThrow(RangeError)
  })
})

test.each([
  ['≥98%', { operator: '>=', target_value: '98', target_unit: '%' }],
  ['90%-100%', { operator: 'range', target_value: '90-100', target_unit: '%' }],
  ['18个（套）', { operator: '=', target_value: '18', target_unit: '个(套)' }],
  ['0', { operator: '=', target_value: '0' }],
  ['年内完成', { operator: 'text' }],
])('the truth of the target %s', (printed, told) => expect(targetTruth(printed)).toEqual({ target: printed, ...told }))
