import { describe, expect, test } from 'vitest'
import { findHeaderUnit, findNamedUnit, findStatedUnit } from '../../../src/normalize/money/find-money-unit.ts'

describe('the unit of money', () => {
  test('of the price alone may stand beside that of the rest', () => {
    expect(findNamedUnit('单价', ['单位：万元（单价：元）'])?.word).toBe('元')
    expect(findStatedUnit('单位：万元（单价：元）', '')?.word).toBe('万元')
    expect(findNamedUnit('单价', ['单位：万元'])).toBeNull()
  })

  test.each([
    ['单位：万元', 1e4],
    ['金额单位:元', 1],
    ['单位：人民币万元', 1e4],
    ['（单位：元）', 1],
    ['部门：某某局  单位：万 元', 1e4],
    ['单位：千元', 1e3],
    // As readers of pixels see it.
    ['单立：万元', 1e4],
    ['金额单仕：元', 1],
    ['位：万元', 1e4],
    ['单位：方元', 1e4],
    ['(单拉:元)', 1],
  ])('is stated by "%s"', (line, yuan) => expect(findStatedUnit(line, '')?.yuanPerUnit).toBe(yuan))

  test.each([
    ['单位：某某区财政局'],
    ['单位名称'],
    ['2024年政府采购预算表'],
    ['预算单位：一元小学'],
    ['车位：20万元'],
    ['单价：元'],
    ['单位：方元小学'],
  ])('is not stated by "%s"', (line) => {
    expect(findStatedUnit(line, '')).toBeNull()
  })

  test.each([
    ['采购金额（万元）', 1e4],
    ['单价(元)', 1],
    ['采购盘额合计〈万元｝', 1e4],
    ['金额万元', 1e4],
  ])('stands in the heading "%s"', (heading, yuan) => expect(findHeaderUnit([heading])?.yuanPerUnit).toBe(yuan))

  test.each([['采购金额'], ['单位'], ['单元']])('does not stand in the heading "%s"', (heading) => {
    expect(findHeaderUnit([heading])).toBeNull()
  })
})
