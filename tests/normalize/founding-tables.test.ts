import { describe, expect, test } from 'vitest'
import { type FoundLine, readFacts } from '../../samples/facts/read-facts.ts'
import type { FieldDraft, RecordType } from '../../src/model/record.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch } from '../support/factory.ts'

/** The founding document's two tables with nothing but the scanner's garbled layer, and the sentences of its text. */
const weak = (text: string): CellSketch => ({ text, readings: { 'untrusted-text-layer': text } })
const procurement = readFacts<readonly FoundLine[]>('founding-procurement')
const service = readFacts<readonly FoundLine[]>('founding-service')
const rowsOf = (lines: readonly FoundLine[]) => lines.map(({ layer }) => layer.map((texts) => weak(texts.join(''))))
const row = (filled: Readonly<Record<number, string>>) =>
  Array.from({ length: 14 }, (_, column) => weak(filled[column] ?? ''))

const PROCUREMENT_HEADER =
  '单位代码 单位在称 项目 政府采购品目 功能科目 部门主出经济分类 资盘来语 资盘性质 菜购翻量 主购且价t丑元｝ 计量单位 采购盘额合计〈万元） 真申面向申小企业〈万元） 且申面向4、笛企业〈万元｝'
const SERVICE_HEADER =
  '单位代码 单位名称 是否包含政府采购 项目 政府购买服务内窑 购买勤量 购买金额 资金来源 资金性质 支出功能分类科目 部门支出经济分类 政府购买服务指导曰景'
const LEVELS = '－级自景 二！I\\目录 三级自景'
const department = row({ 0: '120', 1: '武汉市江汉区财政局' })

const pages = [
  buildPage({
    lines: [
      '武汉市江汉区财政局2024年部门预算',
      '2024年预算中纳入政府采购预算',
      '支出合计289.45万元，较2023年预算减少147.76万元。',
      '2024 年政府购买服务支出合',
      '计 361.47 万元，购买的服务内容主要有印刷等。',
    ],
  }),
  buildPage({
    pageNumber: 2,
    lines: ['2024年政府采购预算表'],
    tables: [
      {
        origin: 'ocr',
        rows: [
          PROCUREMENT_HEADER.split(' ').map(weak),
          row({ 1: '吉计', 9: '28945', 11: '289.45', 12: '289.45', 13: '17447' }),
          department,
          ...rowsOf(procurement),
        ],
      },
    ],
  }),
  buildPage({
    pageNumber: 3,
    lines: ['2024年政府向社会力量购买服务预算表'],
    tables: [
      {
        origin: 'ocr',
        rows: [
          [...SERVICE_HEADER.split(' ').map(weak), '<', '<'],
          [...Array.from({ length: 11 }, () => '^'), ...LEVELS.split(' ').map(weak)],
          row({ 1: '合计', 6: '361.47' }),
          department,
          ...rowsOf(service),
        ],
      },
    ],
  }),
]
const document = normalizeDocument(pages, readDictionaries(), { fileName: 'x.pdf' })

function fieldsWithTruth(names: RegExp): readonly { readonly field: FieldDraft | undefined; readonly truth: string }[] {
  const tables: readonly (readonly [RecordType, readonly FoundLine[]])[] = [
    ['procurement_line', procurement],
    ['service_purchase_line', service],
  ]
  return tables.flatMap(([recordType, lines]) =>
    lines.flatMap(({ fields }, index) => {
      const record = document.records.find((each) => each.recordType === recordType && each.rowIndex === index + 1)
      const named = Object.entries(fields).filter(([name]) => names.test(name))
      return named.map(([name, truth]) => ({
        field: record?.fields.find((each) => each.name === name),
        truth: truth ?? '',
      }))
    }),
  )
}

describe('the founding tables from their garbled layer alone', () => {
  test('give every line and no other', () => {
    expect(document.records.filter(({ recordType }) => recordType === 'procurement_line')).toHaveLength(14)
    expect(document.records.filter(({ recordType }) => recordType === 'service_purchase_line')).toHaveLength(10)
    expect(document.unusedTables).toEqual([])
  })

  test('give all 66 amounts right as first candidate', () => {
    const amounts = fieldsWithTruth(/^(?:unit_price|amount)/)
    expect(amounts).toHaveLength(66)
    expect(amounts.filter(({ field, truth }) => field?.value !== truth)).toEqual([])
  })

  test('prove what equations leave, and call the rest inferred', () => {
    for (const { field } of fieldsWithTruth(/^(?:unit_price|amount)/)) {
      const codes = field?.flags.map(({ code }) => code) ?? []
      expect(codes.includes('amount-repaired') && field?.support.pinned !== true).toBe(false)
      expect(codes.includes('amount-inferred') && field?.support.pinned === true).toBe(false)
    }
    expect(
      fieldsWithTruth(/^(?:unit_price|amount)/).filter(({ field }) => field?.support.pinned).length,
    ).toBeGreaterThanOrEqual(42)
  })

  test('the unreadable service amount is what its column leaves, not its namesake in the other table', () => {
    const field = document.records
      .find(({ recordType, rowIndex }) => recordType === 'service_purchase_line' && rowIndex === 3)
      ?.fields.find(({ name }) => name === 'amount')
    expect(field).toMatchObject({ raw: '咽皿', value: '480000.00' })
    expect(field?.support.pinned === true || field?.flags.some(({ code }) => code === 'amount-inferred')).toBe(true)
  })

  test('with its siblings read well, that amount is pinned by the column total', () => {
    const clean = service.map(({ fields, layer }, index) =>
      layer.map((texts, column): CellSketch => {
        if (column !== 6 || index === 2) return weak(texts.join(''))
        const text = (Number(fields.amount) / 10000).toFixed(2)
        return { text, readings: { paddle: text, tesseract: text } }
      }),
    )
    const header = [
      [...SERVICE_HEADER.split(' ').map(weak), '<', '<'],
      [...Array.from({ length: 11 }, () => '^'), ...LEVELS.split(' ').map(weak)],
    ]
    const total = row({ 1: '合计' }).with(6, { text: '361.47', readings: { paddle: '361.47', tesseract: '361.47' } })
    const page = buildPage({
      pageNumber: 2,
      lines: ['2024年政府向社会力量购买服务预算表'],
      tables: [{ origin: 'ocr', rows: [...header, total, ...clean] }],
    })
    const read = normalizeDocument([...pages.slice(0, 1), page], readDictionaries(), { fileName: 'x.pdf' })
    const field = read.records[2]?.fields.find(({ name }) => name === 'amount')
    expect(field).toMatchObject({ value: '480000.00', support: { pinned: true } })
    expect(field?.flags.map(({ code }) => code)).toContain('amount-repaired')
    expect(field?.evidence.join(' ')).toContain('leaves 480000.00')
  })

  test('publisher and year come from the cover', () => {
    expect(document).toMatchObject({ publisher: '武汉市江汉区财政局', fiscalYear: 2024 })
  })
})
