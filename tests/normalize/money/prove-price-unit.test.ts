import { describe, expect, test } from 'vitest'
import { normalizeDocument } from '../../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildPage } from '../../support/factory.ts'

const dictionaries = readDictionaries()
const HEADER = ['项目名称', '采购品目', '数量', '单价', '采购金额']

function pricesOf(header: readonly string[], ...rows: readonly (readonly [string, string, string])[]) {
  const body = rows.map(([quantity, price, amount]) => ['办公设备', '[A02010105]台式计算机', quantity, price, amount])
  const page = buildPage({ lines: ['2024年政府采购预算表', '单位：万元'], tables: [{ rows: [[...header], ...body] }] })
  const { records } = normalizeDocument([page], dictionaries, { fileName: 'x.pdf' })
  return records.map(({ fields }) => fields.find(({ name }) => name === 'unit_price')?.value)
}

describe('the unit of prices', () => {
  test('is 元 where every row multiplies only so, though the page says 万元', () => {
    const rows = [
      ['5', '4800.00', '2.40'],
      ['2', '1500.00', '0.30'],
      ['10', '620.00', '0.62'],
    ] as const
    expect(pricesOf(HEADER, ...rows)).toEqual(['4800.00', '1500.00', '620.00'])
  })

  test('stays as the page says where the rows multiply', () => {
    const rows = [
      ['5', '0.48', '2.40'],
      ['2', '0.15', '0.30'],
      ['10', '0.062', '0.62'],
    ] as const
    expect(pricesOf(HEADER, ...rows)).toEqual(['4800.00', '1500.00', '620.00'])
  })

  test('stays as the heading says, right or wrong', () => {
    const header = ['项目名称', '采购品目', '数量', '单价（万元）', '采购金额']
    const rows = [
      ['5', '4800.00', '2.40'],
      ['2', '1500.00', '0.30'],
      ['10', '620.00', '0.62'],
    ] as const
    expect(pricesOf(header, ...rows)).toEqual(['48000000.00', '15000000.00', '6200000.00'])
  })

  test('is not proved by two rows', () => {
    const rows = [
      ['5', '4800.00', '2.40'],
      ['2', '1500.00', '0.30'],
    ] as const
    expect(pricesOf(HEADER, ...rows)).toEqual(['48000000.00', '15000000.00'])
  })
})
