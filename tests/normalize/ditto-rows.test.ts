import { describe, expect, test } from 'vitest'
import type { RecordDraft } from '../../src/model/record.ts'
import { normalizePages, type Rows, valuesOf } from '../support/normalize-pages.ts'

const HEADER = ['预算单位', '项目名称', '品目编码', '品目名称', '数量', '计量单位', '单价', '金额']
const TITLE = ['2018年政府采购预算明细表', '单位：元']

/** The records of a table under the usual title and headings. */
const recordsOf = (rows: Rows, origin: 'text' | 'ocr' = 'text') =>
  normalizePages({ lines: TITLE, tables: [{ origin, rows: [HEADER, ...rows] }] }).records

const FIRST = ['兰西县民政局', '设备更新', 'A02021101', '碎纸机', '7', '台', '750.00', '5250.00']

const flagsOf = (record: RecordDraft | undefined, name: string) =>
  record?.fields.find((field) => field.name === name)?.flags.map(({ code }) => code)

describe('a cell that says "the same as above" has what stands above', () => {
  test.each(['〃', '″', '"', '”', '＂', "''", '同上', '（同上）', '、、'])('%s', (mark) => {
    const records = recordsOf([
      ['兰西县民政局机关', '办公设备更新', 'A02021101', '碎纸机', '7', '台', '750.00', '5250.00'],
      [mark, mark, 'A02020100', '复印机', '6', mark, '22800.00', '136800.00'],
      [mark, '社会救助经费', mark, mark, '1', '台', '20000.00', '20000.00'],
      ['合计', '', '', '', '', '', '', '162050.00'],
    ])
    expect(records.map(valuesOf)).toMatchObject([
      { unit_name: '兰西县民政局机关', project_name: '办公设备更新', item_name: '碎纸机' },
      { unit_name: '兰西县民政局机关', project_name: '办公设备更新', item_name: '复印机', unit_of_measure: '台' },
      { unit_name: '兰西县民政局机关', project_name: '社会救助经费', item_code: 'A02020100', item_name: '复印机' },
    ])
    expect(flagsOf(records[1], 'project_name')).toEqual(['value-inherited'])
  })

  test('over the end of a page, and past a sub-total', () => {
    const next = ['〃', '〃', 'A02020100', '复印机', '6', '台', '22800.00', '136800.00']
    const { records } = normalizePages(
      { lines: TITLE, tables: [{ rows: [HEADER, FIRST, ['小计', '', '', '', '', '', '', '5250.00']] }] },
      { tables: [{ rows: [HEADER, next] }] },
    )
    expect(records.map(valuesOf)).toMatchObject([{}, { unit_name: '兰西县民政局', project_name: '设备更新' }])
  })

  test('a figure is not repeated: somebody looks', () => {
    const records = recordsOf([FIRST, ['〃', '〃', 'A02020100', '复印机', '〃', '台', '750.00', '5250.00']])
    expect(flagsOf(records[1], 'quantity')).toContain('quantity-unreadable')
  })

  test('one with nothing above it stays what it is', () => {
    expect(recordsOf([FIRST.with(0, '〃')]).map(valuesOf)).toMatchObject([{ unit_name: '〃' }])
  })
})

describe('a label of totals whose glyphs stand in a cell each', () => {
  const countWith = (label: readonly [string, string]) =>
    recordsOf([FIRST, ['', '', ...label, '', '', '', '5250.00']]).length

  test.each([['合', '计'] as const, ['总', '计'] as const, ['小', '计'] as const])('%s | %s is no item', (...label) => {
    expect(countWith(label)).toBe(1)
  })

  test('but 床 | 桌 is', () => {
    expect(countWith(['床', '桌'])).toBe(2)
  })
})

describe('on a scan one glyph is no name', () => {
  test.each([
    ['月', true],
    ['水利工程', false],
  ])('%s: asked about: %s', (name, isAsked) => {
    const others = ['兰西县民政局', '设备更新', 'A02020100', '复印机', '6', '台', '22800.00', '136800.00']
    const [record] = recordsOf([FIRST.with(1, name), others], 'ocr')
    expect(flagsOf(record, 'project_name')?.includes('reading-weak')).toBe(isAsked)
  })
})
