import { describe, expect, test } from 'vitest'
import { readForms } from '../../../src/normalize/forms/read-forms.ts'
import { recognizeTable } from '../../../src/normalize/forms/recognize-table.ts'
import { createTableView } from '../../../src/normalize/forms/table-view.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildTable, type CellSketch } from '../../support/factory.ts'

const forms = readForms(readDictionaries()).lineForms

/** By page column "column" or "column/part" of the form that a table is; null where it is none. */
function columnsOf(
  rows: readonly (readonly CellSketch[])[],
  titles: readonly string[],
  origin: 'text' | 'ocr' = 'ocr',
): { type: string; columns: Readonly<Record<number, string>> } | null {
  const found = recognizeTable(createTableView(buildTable({ rows, origin })), titles, forms)
  if (found.kind === 'none') return null
  const fields = found.header.assignments.filter(({ role }) => role === 'field')
  const named = fields.map(({ columnIndex, column, part }) => [
    columnIndex,
    part === 'whole' ? column?.column : `${column?.column}/${part}`,
  ])
  return { type: found.header.form.recordType, columns: Object.fromEntries(named) }
}

/** A heading under a seal: no reader is sure of what is left of it. */
const sealed = (text: string): CellSketch => ({
  text,
  readings: { paddle: text, tesseract: `${text}人` },
  flags: ['readers-disagree', 'reading-weak'],
})

const TITLE = ['2021年政府采购预算表']

describe('a heading that a seal hides is told by what stands under it', () => {
  const items = [
    ['1', '办案经费', '[A02010104]台式计算机', '2', '台', '0.52', '1.04'],
    ['2', '办案经费', '[C0206]运行维护服务', '2', '项', '43.50', '87.00'],
    ['3', '办案经费', '执法车辆维修', '1', '项', '38.00', '38.00'],
    ['4', '办案经费', 'A0201060102 激光打印机', '20', '台', '0.18', '3.60'],
    ['5', '办案经费', '复印纸（A090101）', '40', '箱', '0.017', '0.68'],
    ['合计', '<', '', '', '', '', '130.32'],
  ]
  const header = (item: CellSketch, amount: CellSketch = '金额（万元）'): readonly CellSketch[] => {
    return ['序号', '项目名称', item, '数量', '计量单位', '单价（万元）', amount]
  }

  test('codes of items, each with its name, are the items', () => {
    const found = columnsOf([header(sealed('多人')), ...items], TITLE)
    expect(found?.columns[2]).toBe('item')
  })

  test('where nothing at all is left of the heading too', () => {
    expect(columnsOf([header(''), ...items], TITLE)?.columns[2]).toBe('item')
  })

  test('codes alone too, with the words beside them under another such heading', () => {
    const rows = items.map(([number = '', project = '', , ...rest], index) => {
      return [number, project, index === 5 ? '' : `A0201010${index}`, index === 5 ? '' : '计算机', ...rest]
    })
    const [number, project, , ...rest] = header('')
    const heads = [number, project, sealed('多人'), sealed('人名'), ...rest].flatMap((cell) => cell ?? [])
    expect(columnsOf([heads, ...rows], TITLE)?.columns).toMatchObject({ 2: 'item/code', 3: 'item/name' })
  })

  test('but a heading that can be read means what it says', () => {
    expect(columnsOf([header('存放要求'), ...items], TITLE)).toBeNull()
  })

  test('the one column of sums with a total is the amount', () => {
    const found = columnsOf([header('采购品目', sealed('#A全额心')), ...items], TITLE)
    expect(found?.columns).toMatchObject({ 5: 'unit_price', 6: 'amount' })
  })

  test('but not one without a total, as prices have none', () => {
    const found = columnsOf([header('采购品目', sealed('#A全额心')), ...items.slice(0, -1)], TITLE)
    expect(Object.values(found?.columns ?? {})).not.toContain('amount')
  })

  test('nor where another column of sums has no heading that we know', () => {
    const rows = [[...header('采购品目', sealed('#A全额心')), '已付数'], ...items.map((row) => [...row, row[6] ?? ''])]
    expect(Object.values(columnsOf(rows, TITLE)?.columns ?? {})).not.toContain('amount')
  })

  test('signs of currency before the sums, one of them misread, change nothing', () => {
    const signed = items.map((row) => [...row.slice(0, 6), `${row[0] === '2' ? 'Y' : '￥'}${row[6]}`])
    expect(columnsOf([header('采购品目', sealed('#A全额心')), ...signed], TITLE)?.columns[6]).toBe('amount')
  })

  test('half of a name of a column of words, that no reader is sure of, is that column for a person to look at', () => {
    const [, ...others] = header('采购品目')
    const damaged = columnsOf([['序号', sealed('青现目行称'), ...others.slice(1)], ...items], TITLE)
    expect(damaged?.columns[1]).toBe('project')
    const legible = columnsOf([['序号', '青现目行称', ...others.slice(1)], ...items], TITLE)
    expect(legible?.columns[1]).toBeUndefined()
  })
})

describe('what is left under a heading that nobody can read is no column lost', () => {
  const rows = [
    ['1', '办案（业务）经费', 'A02010104', '台式计算机', '2', '台', '0.52', '1.04', '自行采购方式'],
    ['2', '装备购置经费', 'A02061504', '不间断电源', '20', '台', '0.95', '19.00', '自行采购方式'],
    ['3', '机关运行经费', 'A090101', '复印纸', '40', '箱', '0.017', '0.68', '自行采购方式'],
  ]
  const heads = ['序号', '项目名称', '品目编码', '品目名称', '数量', '计量单位', '单价', '金额', '采购方式']
  const without = (...columns: readonly number[]) => [
    heads.map((text, column) => (columns.includes(column) ? sealed('部AN') : text)),
    ...rows,
  ]

  test.each([
    ['words before the items are the project', [1], { 1: 'project' }],
    ['units of measure are what they are', [5], { 5: 'unit_of_measure' }],
    ['numbers are the quantities where only these are missing', [4], { 4: 'quantity' }],
    ['or the prices', [6], { 6: 'unit_price' }],
  ])('%s', (_name, columns, expected) => {
    expect(columnsOf(without(...columns), TITLE)?.columns).toMatchObject(expected)
  })

  test('two readers that have no glyph in common have not read the heading, though one is sure of it', () => {
    const unlike = {
      text: '部AN',
      readings: { tesseract: '部AN', paddle: '青现目亿称' },
      flags: ['readers-disagree' as const],
    }
    const alike = { ...unlike, text: '片区AN', readings: { tesseract: '片区AN', paddle: '片区' } }
    const first = (heading: CellSketch) => [[heads[0] ?? '', heading, ...heads.slice(2)], ...rows]
    expect(columnsOf(first(unlike), TITLE)?.columns[1]).toBe('project')
    expect(columnsOf(first(alike), TITLE)?.columns[1]).toBeUndefined()
  })

  test.each([
    ['numbers that can be one or the other are neither', [4, 6], 4],
    ['words behind the items can be much', [1, 8], 8],
  ])('%s', (_name, columns, column) => {
    expect(columnsOf(without(...columns), TITLE)?.columns[column]).toBeUndefined()
  })

  test('a heading that can be read and that no form has stays without a meaning', () => {
    const legible = [heads.map((text, column) => (column === 1 ? '所在片区' : text)), ...rows]
    expect(columnsOf(legible, TITLE)?.columns[1]).toBeUndefined()
  })
})

describe('answers are no figures', () => {
  test.each([
    ['是', '否'],
    ['√', '×'],
  ])('%s and %s under a heading like that of a share for small firms', (yes, no) => {
    const rows = [
      ['项目名称', '采购品目', '数量', '采购预算（元）', '量否中小企业'],
      ['实训基地建设', 'A02102100 教学仪器', '4', '504,000.00', yes],
      ['后勤保障', 'C21040000 物业管理服务', '1', '2,986,000.00', no],
    ]
    expect(Object.values(columnsOf(rows, TITLE)?.columns ?? {})).not.toContain('amount_sme')
  })
})

describe('codes of items are no codes of functions', () => {
  const rows = [
    ['所属项目', '服务内容', '品目编码', '品目名称', '金额（万元）', '其中：授予中小企业（万元）', '资金来源'],
    ['公共文化', '群众文化活动承办', 'C06030700', '群众文化活动服务', '88.60', '88.60', '一般公共预算财政拨款'],
    ['机关运转', '物业管理', 'C21040000', '物业管理服务', '46.20', '46.20', '一般公共预算财政拨款'],
  ]

  test.each([
    ['under a title of procurement', ['服务类政府采购支出明细表']],
    ['under no title, since the heading and its codes say it all', []],
  ])('a table of services with their codes is procurement %s', (_name, titles) => {
    const found = columnsOf(rows, titles, 'text')
    expect(found?.type).toBe('procurement_line')
    expect(found?.columns).toMatchObject({ 0: 'project', 2: 'item/code', 3: 'item/name', 4: 'amount', 5: 'amount_sme' })
  })

  test('under a title of services that are bought they are nothing', () => {
    const found = columnsOf(rows, ['政府购买服务预算表'], 'text')
    expect(found?.type).toBe('service_purchase_line')
    expect(Object.values(found?.columns ?? {}).filter((name) => name.startsWith('function'))).toEqual([])
  })

  test('nor under a damaged heading of functions', () => {
    const damaged = [
      ['所属项目', '服务内容', '功能斗目编码', '品目名称', '金额（万元）', '', '资金来源'],
      ...rows.slice(1),
    ]
    const found = columnsOf(damaged, ['政府购买服务预算表'])
    expect(Object.values(found?.columns ?? {})).not.toContain('function/code')
  })
})
