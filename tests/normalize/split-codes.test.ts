import { describe, expect, test } from 'vitest'
import type { FieldDraft } from '../../src/model/record.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch } from '../support/factory.ts'

const dictionaries = readDictionaries()

/** The function code of a scanned line whose code stands in three cells under 类, 款 and 项. */
function functionCode(...parts: readonly CellSketch[]): FieldDraft | undefined {
  const header: CellSketch[][] = [
    ['功能科目', '<', '<', '项目名称', '采购品目', '数量', '单价', '采购金额'],
    ['类', '款', '项', '^', '^', '^', '^', '^'],
  ]
  const row = [...parts, '公用经费', '[A02010105]台式计算机', '4', '0.50', '2.00']
  const page = buildPage({
    lines: ['2024年政府采购预算表', '单位：万元'],
    tables: [{ origin: 'ocr', rows: [...header, row, row] }],
  })
  const { records } = normalizeDocument([page], dictionaries, { fileName: 'x.pdf' })
  return records[0]?.fields.find(({ name }) => name === 'function_code')
}

const sure = (paddle: string): CellSketch => ({ text: paddle, readings: { paddle } })
const both = (paddle: string, tesseract = paddle): CellSketch => ({ text: paddle, readings: { paddle, tesseract } })
const codesOf = (field: FieldDraft | undefined) => field?.flags.map(({ code }) => code)

describe('a code in three cells', () => {
  test.each([
    ['the first part', [both('204'), sure('02'), sure('01')]],
    ['the second part', [sure('204'), both('02'), sure('01')]],
    ['the last two', [sure('204'), both('02'), both('01')]],
    ['all of them', [both('204'), both('02'), both('01')]],
  ])('is plain where the second reader was shown %s and saw the same', (_, parts) => {
    const field = functionCode(...parts)
    expect(field).toMatchObject({ value: '2040201', raw: '2040201' })
    expect(field?.support).toMatchObject({ readersAgreeing: 2, readersDisagreeing: 0 })
    expect(codesOf(field)).toEqual([])
  })

  test('is in doubt where it saw a part otherwise', () => {
    const field = functionCode(sure('204'), both('02'), both('01', '02'))
    expect(field?.support).toMatchObject({ readersAgreeing: 1, readersDisagreeing: 1 })
  })

  test("is one reader's word where only one was asked", () => {
    const field = functionCode(sure('204'), sure('02'), sure('01'))
    expect(field?.support).toMatchObject({ readersAgreeing: 1, readersDisagreeing: 0 })
  })
})
