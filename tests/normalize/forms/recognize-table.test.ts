import { describe, expect, test } from 'vitest'
import { findFormTables } from '../../../src/normalize/forms/find-form-tables.ts'
import { readForms } from '../../../src/normalize/forms/read-forms.ts'
import { recognizeTable } from '../../../src/normalize/forms/recognize-table.ts'
import { createTableView } from '../../../src/normalize/forms/table-view.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildPage, buildTable, type CellSketch } from '../../support/factory.ts'

const forms = readForms(readDictionaries()).lineForms

/** What a table is recognised as: its record type and, by page column, "column" or "column/part". */
function recognise(
  rows: readonly (readonly CellSketch[])[],
  titles: readonly string[] = [],
  origin: 'text' | 'ocr' = 'text',
) {
  const found = recognizeTable(createTableView(buildTable({ rows, origin })), titles, forms)
  if (found.kind === 'none') return { type: null, columns: [], bodyStart: -1, reason: found.reason }
  const columns = found.header.assignments.map(({ role, column, part }) =>
    role === 'field' ? (part === 'whole' ? column?.column : `${column?.column}/${part}`) : role,
  )
  return { type: found.header.form.recordType, columns, bodyStart: found.header.bodyStart, reason: '' }
}

const line = (count: number, ...texts: string[]) => Array.from({ length: count }, (_, index) => texts[index] ?? '')

describe('a header is read as a form', () => {
  test('with few columns under its own title: the thing bought, its sum and where the money comes from', () => {
    const rows = [
      ['采购类别', '采购项目', '备注', '总计', '一般公共预算拨款收入', '政府性基金预算拨款收入', '其他资金'],
      ['货物类', '办公设备', '', '14.00', '14.00', '', ''],
    ]
    const { type, columns } = recognise(rows, ['政府采购预算明细表'])
    expect([type, columns]).toEqual([
      'procurement_line',
      ['ignored', 'item', 'ignored', 'amount', 'fund', 'fund', 'fund'],
    ])
    expect(recognise(rows).type).toBeNull()
  })

  test('in one row, code and name in one cell', () => {
    const header = [
      '序号',
      '预算单位',
      '项目名称',
      '采购品目',
      '资金来源',
      '数量',
      '单位',
      '单价（元）',
      '预算金额（元）',
      '备注',
    ]
    const row = [
      '1',
      '120001 某区财政局',
      '办公设备购置',
      'A02010105 台式计算机',
      '财政拨款',
      '4',
      '台',
      '5000.00',
      '20000.00',
      '',
    ]
    const found = recognise([header, row], ['2025年政府采购预算表'])
    expect(found.type).toBe('procurement_line')
    expect(found.columns).toEqual([
      'ignored',
      'unit',
      'project',
      'item',
      'fund_source',
      'quantity',
      'unit_of_measure',
      'unit_price',
      'amount',
      'ignored',
    ])
  })

  test.each([
    [
      ['编码', '名称'],
      ['A02021004', 'A4彩色打印机'],
      ['item/code', 'item/name'],
    ],
    [
      ['名称', '代码'],
      ['网络接入服务', 'C17010200'],
      ['item/name', 'item/code'],
    ],
    [['编码', '名称'], ['318001', '某局本级'], null],
  ])('and bare headings over codes of items are those of items: %s', (headings, cells, wanted) => {
    const rows = [1, 2, 3].map((line) => [String(line), ...cells, '1台', '3,000.00', '3,000.00'])
    const found = recognise([['序号', ...headings, '数量', '单价', '金额'], ...rows], ['某局2026年政府采购预算表'])
    expect(found.type).toBe(wanted === null ? null : 'procurement_line')
    if (wanted !== null) expect(found.columns).toEqual(['ignored', ...wanted, 'quantity', 'unit_price', 'amount'])
  })

  test.each([
    ['实施月份', ['3月', '5月', '12月']],
    ['实施日期', ['2024年3月', '2024年上半年', '第二季度']],
    ['执行周期', ['3-6月', '2024.5', '10月底前']],
  ])('and a column of dates under %s is no unit, even where a scan leaves doubt', (heading, dates) => {
    const header = ['采购项目', '数量', '计量单位', '单价', '预算金额', '资金来源', heading]
    const rows = dates.map((date) => ['台式计算机', '4', '台', '5000.00', '20000.00', '财政拨款', date])
    const { columns } = recognise([header, ...rows], ['政府采购预算表'], 'ocr')
    expect(columns.slice(0, 6)).toEqual(['item', 'quantity', 'unit_of_measure', 'unit_price', 'amount', 'fund_source'])
    expect(columns[6] ?? 'ignored').toBe('ignored')
  })

  test.each(['三级目录（末级）', '三级目录（必填）', '三级目录(请按目录填写)'])(
    'though its heading says how to fill it in: %s',
    (heading) => {
      const { type, columns } = recognise(
        [
          ['项目名称', heading, '购买服务内容', '预算金额', '资金来源'],
          ['大院运行', '物业管理服务', '保洁保安', '109,000.00', '一般公共预算'],
        ],
        ['政府购买服务预算表'],
      )
      expect([type, columns[1]]).toEqual(['service_purchase_line', 'directory_level3'])
    },
  )

  test('in two rows with merged parents, codes split over 类 款 项', () => {
    const found = recognise([
      ['单位', '<', '功能分类科目编码', '<', '<', '科目名称', '采购品目', '<', '采购金额', '<', '<'],
      ['编码', '名称', '类', '款', '项', '^', '编码', '名称', '合计', '其中：面向中小企业', '其中：小微企业'],
      ['301', '某局', '208', '01', '02', '一般行政管理事务', 'C21040000', '物业管理服务', '12.00', '12.00', '6.00'],
    ])
    expect(found.columns).toEqual([
      'unit/code',
      'unit/name',
      'function/class',
      'function/group',
      'function/item',
      'function/name',
      'item/code',
      'item/name',
      'amount',
      'amount_sme',
      'amount_micro',
    ])
    expect(found.bodyStart).toBe(2)
  })

  test('under a title row, a unit row and a row that numbers the columns', () => {
    const found = recognise([
      ['政府采购预算明细表', '<', '<', '<', '<'],
      ['部门：某局', '', '', '', '单位：万元'],
      ['单位名称', '采购项目', '采购目录', '采购数量', '采购预算'],
      ['1', '2', '3', '4', '5'],
      ['某局', '电脑', '台式计算机', '4', '2.00'],
    ])
    expect(found).toMatchObject({
      type: 'procurement_line',
      bodyStart: 4,
      columns: ['unit/name', 'project', 'item', 'quantity', 'amount'],
    })
  })

  test('with money by source of funds and no other amount', () => {
    const found = recognise(
      [
        ['采购项目名称', '品目名称', '数量', '资金来源', '<', '<'],
        ['^', '^', '^', '合计', '一般公共预算', '政府性基金'],
        ['设备', '服务器', '1', '20.00', '20.00', ''],
      ],
      ['部门政府采购情况表'],
    )
    expect(found.columns).toEqual(['project', 'item/name', 'quantity', 'amount', 'fund', 'fund'])
  })

  test('of services, three levels of the directory under one heading', () => {
    const found = recognise([
      ['单位名称', '购买内容', '数量', '购买金额', '政府购买服务指导性目录', '<', '<'],
      ['^', '^', '^', '^', '一级目录', '二级目录', '三级目录'],
      ['某局', '审计', '1', '20.00', '政府履职辅助性服务', '会计审计服务', '审计服务'],
    ])
    expect(found.type).toBe('service_purchase_line')
    expect(found.columns.slice(-3)).toEqual(['directory_level1', 'directory_level2', 'directory_level3'])
  })

  test('on a scan whose headings lost some glyphs', () => {
    const header = [
      '单位代码',
      '单位在称',
      '项目',
      '政府采购品目',
      '功能科目',
      '部门主出经济分类',
      '菜购数量',
      '主购单价',
      '采购盘额合计〈万元｝',
    ]
    const row = [
      '120001',
      '某区财政局',
      '公用',
      '[A02010105]台式计算机',
      '[2010601]行政运行',
      '[30201]办公费',
      '1',
      '2.00',
      '2.00',
    ]
    const found = recognise([header, row], ['2024年政府采购预算表'], 'ocr')
    expect(found.columns).toEqual([
      'unit/code',
      'unit/name',
      'project',
      'item',
      'function',
      'economic',
      'quantity',
      'unit_price',
      'amount',
    ])
  })
})

describe('what is no form gives no records', () => {
  test.each([
    [
      'the table of income and expenditure',
      [
        ['收入', '<', '支出', '<'],
        ['项目', '预算数', '项目', '预算数'],
        ['一般公共预算', '100.00', '教育支出', '90.00'],
      ],
    ],
    [
      'expenditure by function',
      [
        ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
        ['2010601', '行政运行', '100.00', '90.00', '10.00'],
      ],
    ],
    [
      'projects of a department',
      [
        ['单位编码', '单位名称', '项目名称', '资金来源', '<', '合计'],
        ['^', '^', '^', '一般公共预算', '政府性基金', '^'],
        ['120001', '某局', '运维', '20.00', '', '20.00'],
      ],
    ],
    [
      '三公经费',
      [
        ['项目', '本年预算数', '备注'],
        ['因公出国（境）费', '1.00', ''],
        ['公务接待费', '2.00', ''],
      ],
    ],
    [
      'a performance sheet',
      [
        ['项目名称', '政府采购监管', '<', '<'],
        ['一级指标', '二级指标', '三级指标', '指标值'],
        ['产出指标', '数量指标', '政府采购项目数', '≥20'],
      ],
    ],
    [
      'spent procurement by kind',
      [
        ['项目', '合计', '政府采购货物支出', '政府采购工程支出', '政府采购服务支出'],
        ['某局', '30.00', '10.00', '0.00', '20.00'],
      ],
    ],
    [
      'a table of contents',
      [
        ['表号', '名称', '页码'],
        ['表1', '收支总表', '3'],
        ['表9', '政府采购预算表', '11'],
      ],
    ],
    [
      'a list of assets',
      [
        ['资产名称', '数量', '单价', '金额'],
        ['台式计算机', '4', '0.50', '2.00'],
      ],
    ],
  ])('%s', (_name, rows) => {
    expect(recognise(rows).type).toBeNull()
  })

  test('a title alone makes no form, and the reason says so', () => {
    const found = recognise(
      [
        ['项目', '合计'],
        ['某局', '30.00'],
      ],
      ['政府采购预算表'],
    )
    expect(found.type).toBeNull()
    expect(found.reason).toContain('政府采购预算表')
  })
})

describe('a table goes on over the page', () => {
  const header = ['单位名称', '采购品目', '数量', '采购金额（元）']
  const rows = (first: number) => [0, 1].map((index) => ['某局', 'A02010105 台式计算机', '1', `${first + index}.00`])
  const pages = (second: readonly string[][], lines: readonly string[] = []) => [
    buildPage({ lines: ['政府采购预算表'], tables: [{ rows: [header, ...rows(1)] }] }),
    buildPage({ pageNumber: 2, lines, tables: [{ rows: second }] }),
  ]
  const segmentsOf = (built: ReturnType<typeof pages>) =>
    findFormTables(built, forms).tables.map(({ segments }) => segments.map(({ bodyStart }) => bodyStart))

  test.each([
    ['its header repeated', pages([header, ...rows(3)]), [[1, 1]]],
    ['no header', pages(rows(3)), [[1, 0]]],
    ['another table under its own title', pages(rows(3), ['政府购买服务预算表']), [[1]]],
    ['another number of columns', pages(rows(3).map((row) => row.slice(1))), [[1]]],
    [
      'its title again after a total',
      [
        buildPage({ lines: ['政府采购预算表'], tables: [{ rows: [header, ...rows(1), ['合计', '', '', '3.00']] }] }),
        buildPage({ pageNumber: 2, lines: ['政府采购预算表'], tables: [{ rows: [header, ...rows(3)] }] }),
      ],
      [[1], [1]],
    ],
  ])('with %s', (_name, built, expected) => expect(segmentsOf(built)).toEqual(expected))

  test('but not over a page between', () => {
    const built = [...pages(rows(3))]
    const late = {
      ...built[1],
      pageNumber: 3,
      tables: (built[1]?.tables ?? []).map((table) => ({ ...table, pageNumber: 3 })),
    }
    expect(findFormTables([built[0], late] as never, forms).tables[0]?.segments).toHaveLength(1)
  })
})

test('a lone row of words', () => expect(recognise([line(4, '无')]).type).toBeNull())
