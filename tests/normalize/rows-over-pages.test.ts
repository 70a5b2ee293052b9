import { describe, expect, test } from 'vitest'
import type { NormalizedDocument, RecordDraft } from '../../src/model/record.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch, type PageSketch } from '../support/factory.ts'

const dictionaries = readDictionaries()

function normalize(...pages: readonly PageSketch[]): NormalizedDocument {
  const built = pages.map((page, index) => buildPage({ pageNumber: index + 1, ...page }))
  return normalizeDocument(built, dictionaries, { fileName: 'x.pdf' })
}

const valuesOf = (record: RecordDraft) => Object.fromEntries(record.fields.map(({ name, value }) => [name, value]))
const flagsOf = (record: RecordDraft, field: string) =>
  record.fields.find(({ name }) => name === field)?.flags.map(({ code }) => code) ?? []

const LINES = ['2024年政府采购预算表', '单位：万元']
const HEADER = ['项目名称', '采购品目', '数量', '单价', '采购金额']

describe('what is carried over a page break', () => {
  const read = (origin: 'text' | 'ocr', from: string, to: string, carried = '6.00') =>
    normalize(
      {
        lines: LINES,
        tables: [
          {
            origin,
            rows: [
              HEADER,
              ['公用经费', '[A02010105]台式计算机', '4', '0.50', '2.00'],
              ['预算编审', '[C23090199]其他印刷服务', '1', '4.00', '4.00'],
              ['', from, '', '', carried],
            ],
          },
        ],
      },
      {
        lines: LINES,
        tables: [
          {
            origin,
            rows: [
              HEADER,
              ['', to, '', '', carried],
              ['', '[A02010105]台式计算机', '2', '0.50', '1.00'],
              ['合计', '', '', '', '7.00'],
            ],
          },
        ],
      },
    )

  test.each([
    ['text', '过次页', '承前页'],
    ['text', '转下页', '接上页'],
    ['text', '结转下页', '上页结转'],
    ['text', '本页累计', '前页累计'],
    ['ocr', '过次页', '承前页'],
    ['ocr', '过坎页', '承前贝'],
  ] as const)('(%s: %s, %s) is no item, and is the sum of all rows so far', (origin, from, to) => {
    const { records, checks } = read(origin, from, to)
    expect(records.map((record) => valuesOf(record).amount)).toEqual(['20000.00', '40000.00', '10000.00'])
    // The word of the row above goes on behind the break.
    expect(valuesOf(records[2] as RecordDraft).project_name).toBe('预算编审')
    expect(checks.filter(({ kind }) => kind === 'group-total').map(({ outcome }) => outcome)).toEqual([
      'holds',
      'holds',
    ])
    expect(checks.filter(({ kind }) => kind === 'column-total').map(({ outcome }) => outcome)).toEqual(['holds'])
  })

  test('is a contradiction where it is not the sum of them', () => {
    const { records, checks } = read('text', '过次页', '承前页', '6.10')
    expect(records).toHaveLength(3)
    const totals = checks.filter(({ kind }) => kind === 'group-total')
    expect(totals.map(({ outcome }) => outcome)).toEqual(['contradicted', 'contradicted'])
  })

  test.each(['页岩砖', '累计器具维修', '下页印刷'])('an item that only sounds like it stays one: %s', (item) => {
    const { records } = read('text', item, '承前页', '0.50')
    expect(records.map((record) => valuesOf(record).item_name)).toContain(item)
  })
})

describe('words that stand in the middle of their rows, with no rules between', () => {
  const row = (project: CellSketch): readonly CellSketch[] => [project, '[A02010105]台式计算机', '4', '0.50', '2.00']
  const read = (structure: 'alignment' | 'pixel-rulings', ...projects: readonly string[]) => {
    const page = buildPage({ lines: LINES, tables: [{ origin: 'ocr', rows: [HEADER, ...projects.map(row)] }] })
    const tables = page.tables.map((table) => ({ ...table, structure }))
    return normalizeDocument([{ ...page, tables }], dictionaries, { fileName: 'x.pdf' }).records
  }

  test('may be those of any blank row around them: a person is asked', () => {
    const records = read('alignment', '', '公用经费', '', '', '预算编审', '')
    expect([2, 3, 5].map((index) => flagsOf(records[index] as RecordDraft, 'project_name'))).toEqual(
      [2, 3, 5].map(() => expect.arrayContaining(['value-inherited', 'structure-uncertain'])),
    )
  })

  test.each([
    ['rules part the rows', 'pixel-rulings', ['', '公用经费', '', '预算编审']],
    ['the first row has its word', 'alignment', ['公用经费', '', '预算编审', '']],
  ] as const)('are those of the rows below them where %s', (_, structure, projects) => {
    const flags = read(structure, ...projects).flatMap((record) => flagsOf(record, 'project_name'))
    expect(flags).toContain('value-inherited')
    expect(flags).not.toContain('structure-uncertain')
  })
})

describe('a cell that reaches over the columns of two things', () => {
  const header = ['单位名称', '采购品目', '数量', '单价', '采购金额']
  const rows: readonly (readonly CellSketch[])[] = [
    ['某市财政局', '[A02010105]台式计算机', '4', '0.50', '2.00'],
    ['法律咨询服务', '<', '1', '4.00', '4.00'],
    ['合计', '<', '', '', '6.00'],
  ]
  const read = (origin: 'text' | 'ocr') =>
    normalize({ lines: LINES, tables: [{ origin, rows: [header, ...rows] }] }).records

  test.each([
    ['ocr', ['structure-uncertain']],
    ['text', []],
  ] as const)('(%s) is in doubt on a scan, where a ruling may have been missed', (origin, doubts) => {
    const records = read(origin)
    expect(records).toHaveLength(2)
    const flags = records.map((record) => flagsOf(record, 'unit_name').filter((code) => code === 'structure-uncertain'))
    expect(flags).toEqual([[], doubts])
  })
})

describe('a table whose columns the next page sets wider or narrower', () => {
  const first = {
    lines: LINES,
    tables: [{ rows: [HEADER, ['公用经费', '[A02010105]台式计算机', '4', '0.50', '2.00']] }],
  }
  const places = (...header: readonly string[]) => {
    const rows = [header, ['预算编审', '[C23090199]其他印刷服务', '1', '4.00', '4.00']]
    const { records } = normalize(first, { tables: [{ rows, columnWidths: [300, 60, 60, 60, 320] }] })
    return records.map(({ pageNumber, tableIndex, rowIndex }) => [pageNumber, tableIndex, rowIndex])
  }

  test('goes on there under the same headings', () => {
    expect(places(...HEADER)).toEqual([
      [1, 1, 1],
      [2, 1, 2],
    ])
  })

  test('and is another under others', () => {
    expect(places('项目名称', '采购品目', '采购数量', '预算单价', '金额')).not.toContainEqual([2, 1, 2])
  })
})
