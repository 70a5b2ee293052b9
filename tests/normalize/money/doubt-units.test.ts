import { describe, expect, test } from 'vitest'
import { normalizeDocument } from '../../../src/normalize/normalize-document.ts'
import { gradeRecords } from '../../../src/review/grade-records.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildPage } from '../../support/factory.ts'

const dictionaries = readDictionaries()

/** The first amount of a table of two lines (2.40 and 3.60) whose unit the page states. */
function amountIn(unit: string, sentence: string) {
  const rows = [
    ['项目名称', '采购品目', '采购金额'],
    ['办公设备', '[A02010105]台式计算机', '2.40'],
    ['办公设备', '[A02010105]台式计算机', '3.60'],
  ]
  const page = buildPage({ lines: [sentence, '2024年政府采购预算表', unit], tables: [{ rows }] })
  const { records } = normalizeDocument([page], dictionaries, { fileName: 'x.pdf' })
  const amount = gradeRecords(records)[0]?.fields.find(({ name }) => name === 'amount')
  return {
    value: amount?.value,
    grade: amount?.grade,
    isDoubted: amount?.flags.some(({ code }) => code === 'unit-contradicted'),
  }
}

describe('a printed unit', () => {
  test.each([
    ['is doubted where only another unit makes the total what the text states', '单位：元', '6.00', true],
    ['is doubted where the text rounds', '单位：元', '6', true],
    ['stands where it makes the total', '单位：万元', '6.00', false],
    ['stands where no unit makes the total', '单位：元', '8.00', false],
  ])('%s', (_name, unit, stated, isDoubted) => {
    expect(amountIn(unit, `2024年政府采购预算的支出合计${stated}万元。`).isDoubted).toBe(isDoubted)
  })

  test('that is doubted stays as printed, for a person', () => {
    const amount = amountIn('单位：元', '2024年政府采购预算总额6.00万元。')
    expect(amount).toMatchObject({ value: '2.40', grade: 'review' })
  })
})
