import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readLineName } from '../../src/normalize/forms/line-names.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { buildPage, type PageSketch } from '../support/factory.ts'
import { normalizePages, type Rows, type Values, valuesOf } from '../support/normalize-pages.ts'

const dictionaries = readDictionaries()

const COVER: PageSketch = { lines: ['某市某区教育局2024年部门预算公开'] }

/** What every budget line of one table says. */
function linesOf(title: string, rows: Rows, unit = '单位：万元') {
  const { records } = normalizePages(COVER, { lines: [title, unit], tables: [{ rows }] })
  return records.filter(({ recordType }) => recordType === 'budget_line').map(valuesOf)
}

/** Tables as districts print them: title, rows, how many lines they have, and what some of them say. */
const LAYOUTS: readonly (readonly [string, string, Rows, number, Readonly<Record<number, Values>>])[] = [
  [
    'Wuhan: income beside expenditure, sums at the end',
    '表1 部门收支总体情况表',
    [
      ['收入', '<', '支出', '<'],
      ['项目', '预算数', '项目', '预算数'],
      ['一、一般公共预算拨款收入', '2,819.79', '一、一般公共服务支出', '1,988.68'],
      ['二、政府性基金预算拨款收入', '', '二、社会保障和就业支出', '317.13'],
      ['三、事业收入', '0.00', '三、住房保障支出', '513.98'],
      ['本年收入合计', '2,819.79', '本年支出合计', '2,819.79'],
      ['上年结转', '', '结转下年', ''],
      ['收入总计', '2,819.79', '支出总计', '2,819.79'],
    ],
    12,
    {
      0: {
        table: 'balance',
        side: 'income',
        classification: 'source',
        line_name: '一般公共预算拨款收入',
        total: '28197900.00',
      },
      1: { line_name: '政府性基金预算拨款收入', total: null },
      2: { line_name: '事业收入', total: '0.00' },
      3: { line_kind: 'total', level: '0', line_name: '本年收入合计' },
      6: { side: 'expenditure', classification: 'function', line_name: '一般公共服务支出', level: '1' },
    },
  ],
  [
    'Wuhan: income by unit and by source, this year and carried over',
    '部门收入总体情况表',
    [
      ['部门（单位）代码', '部门（单位）名称', '合计', '本年收入', '<', '<', '<', '上年结转结余', '<', '<'],
      ['^', '^', '^', '小计', '一般公共预算', '政府性基金预算', '单位资金', '小计', '一般公共预算', '单位资金'],
      ['合计', '<', '300.00', '280.00', '250.00', '20.00', '10.00', '20.00', '15.00', '5.00'],
      ['205', '某区教育局', '300.00', '280.00', '250.00', '20.00', '10.00', '20.00', '15.00', '5.00'],
      ['205001', '某区教育局本级', '300.00', '280.00', '250.00', '20.00', '10.00', '20.00', '15.00', '5.00'],
    ],
    3,
    {
      0: { line_kind: 'total', total: '3000000.00' },
      2: {
        table: 'income',
        classification: 'none',
        line_code: '205001',
        line_name: '某区教育局本级',
        total: '3000000.00',
        income: '2800000.00',
        general_public_budget: '2500000.00',
        government_fund: '200000.00',
        unit_funds: '100000.00',
        carryover: '200000.00',
        carryover_general_public_budget: '150000.00',
        carryover_unit_funds: '50000.00',
      },
    },
  ],
  [
    'Beijing: last year, this year and the change with its share',
    '一般公共预算支出表',
    [
      ['功能分类科目', '<', '2023年执行数', '2024年预算数', '<', '<', '2024年预算数比2023年执行数', '<'],
      ['科目编码', '科目名称', '^', '小计', '基本支出', '项目支出', '增减额', '增减%'],
      ['205', '教育支出', '90.00', '100.00', '60.00', '40.00', '10.00', '11.11%'],
      ['20502', '普通教育', '90.00', '100.00', '60.00', '40.00', '10.00', '11.11%'],
      ['2050202', '小学教育', '90.00', '100.00', '60.00', '40.00', '10.00', '11.11%'],
      ['合计', '<', '90.00', '100.00', '60.00', '40.00', '10.00', '11.11%'],
    ],
    4,
    {
      2: {
        table: 'general_public_budget',
        classification: 'function',
        line_code: '2050202',
        line_name: '小学教育',
        level: '3',
        prior_year: '900000.00',
        total: '1000000.00',
        basic: '600000.00',
        project: '400000.00',
        change: '100000.00',
        change_percent: '11.11',
      },
    },
  ],
  [
    'a heading of two rows whose lower one is joined to the first blank cells',
    '收支预算总表',
    [
      ['收入', '<', '支出', '<'],
      ['项目', '预算数', '项目（按功能分类）', '预算数'],
      ['一、一般公共预算拨款收入', '^', '一、外交支出', '^'],
      ['二、政府性基金预算拨款收入', '13.17', '二、住房保障支出', '0.44'],
      ['三、事业收入', '', '三、债务还本支出', '12.73'],
      ['本年收入合计', '13.17', '本年支出合计', '13.17'],
    ],
    8,
    {
      0: { line_name: '一般公共预算拨款收入', level: '1', total: null },
      1: { line_name: '政府性基金预算拨款收入', level: '1', total: '131700.00' },
      4: { side: 'expenditure', line_name: '外交支出', level: '1', total: null },
    },
  ],
  [
    'Guangdong: code and name in one cell, an indent for the level',
    '一般公共预算支出情况表（按功能分类科目）',
    [
      ['功能科目名称', '总计', '基本支出', '项目支出'],
      ['合计', '100.00', '60.00', '40.00'],
      ['[205]教育支出', '100.00', '60.00', '40.00'],
      ['  [20502]普通教育', '100.00', '60.00', '40.00'],
      ['    [2050202]小学教育', '100.00', '60.00', '40.00'],
    ],
    4,
    { 3: { line_code: '2050202', line_name: '小学教育', level: '3', total: '1000000.00' } },
  ],
  [
    'Guangdong: the three public expenses as lines',
    '一般公共预算安排的行政经费及“三公”经费预算表',
    [
      ['项目', '上年预算', '本年预算'],
      ['行政经费', '50.00', '48.00'],
      ['“三公”经费', '6.00', '5.00'],
      ['其中：（一）因公出国（境）支出', '0.00', '0.00'],
      ['（二）公务用车购置及运行维护支出', '4.00', '3.50'],
      ['1.公务用车购置', '', ''],
      ['2.公务用车运行维护费', '4.00', '3.50'],
      ['（三）公务接待费支出', '2.00', '1.50'],
    ],
    7,
    {
      0: { table: 'three_public', line_name: '行政经费', prior_year: '500000.00', total: '480000.00' },
      2: { line_kind: 'of_which', line_name: '因公出国（境）支出', total: '0.00' },
      6: { line_name: '公务接待费支出', total: '15000.00', prior_year: '20000.00' },
    },
  ],
  [
    'the national form of accounts: line numbers, a row that numbers the columns, the total first',
    '公开03表 支出决算表',
    [
      ['项目', '<', '本年支出合计', '基本支出', '项目支出', '上缴上级支出', '经营支出', '对附属单位补助支出'],
      ['功能分类科目编码', '科目名称', '^', '^', '^', '^', '^', '^'],
      ['栏次', '<', '1', '2', '3', '4', '5', '6'],
      ['合计', '<', '2,940.05', '2,336.91', '603.14', '', '', ''],
      ['201', '一般公共服务支出', '2,940.05', '2,336.91', '603.14', '', '', ''],
      ['20106', '财政事务', '2,940.05', '2,336.91', '603.14', '', '', ''],
      ['2010601', '行政运行', '2,940.05', '2,336.91', '603.14', '', '', ''],
    ],
    4,
    {
      0: { table: 'expenditure', stage: 'final_accounts', line_kind: 'total', total: '29400500.00' },
      3: { line_code: '2010601', project: '6031400.00', turned_over: null },
    },
  ],
  [
    'the national form of accounts: line numbers on both sides',
    '收入支出决算总表',
    [
      ['收入', '<', '<', '支出', '<', '<'],
      ['项目', '行次', '金额', '项目(按功能分类)', '行次', '金额'],
      ['栏次', '', '1', '栏次', '', '2'],
      ['一、一般公共预算财政拨款收入', '1', '90.00', '一、一般公共服务支出', '31', '80.00'],
      ['八、其他收入', '8', '10.00', '八、社会保障和就业支出', '38', '15.00'],
      ['本年收入合计', '27', '100.00', '本年支出合计', '57', '95.00'],
      ['年初结转和结余', '29', '5.00', '年末结转和结余', '59', '10.00'],
      ['总计', '31', '105.00', '总计', '61', '105.00'],
    ],
    10,
    {
      1: { side: 'income', line_name: '其他收入', total: '100000.00' },
      9: { side: 'expenditure', line_kind: 'total', line_name: '总计', total: '1050000.00' },
    },
  ],
  [
    'the national form of accounts: economic classes in three blocks',
    '一般公共预算财政拨款基本支出决算表',
    [
      ['人员经费', '<', '<', '公用经费', '<', '<', '<', '<', '<'],
      ['科目编码', '科目名称', '决算数', '科目编码', '科目名称', '决算数', '科目编码', '科目名称', '决算数'],
      ['301', '工资福利支出', '30.00', '302', '商品和服务支出', '9.00', '310', '资本性支出', '1.00'],
      ['30101', '基本工资', '30.00', '30201', '办公费', '9.00', '31002', '办公设备购置', '1.00'],
      ['人员经费合计', '<', '30.00', '公用经费合计', '<', '<', '<', '<', '10.00'],
    ],
    8,
    {
      1: { table: 'basic_expenditure', classification: 'economic', line_code: '30101', level: '2', total: '300000.00' },
      7: { line_kind: 'total', total: '100000.00' },
    },
  ],
  [
    'three public expenses, budget beside account',
    '财政拨款“三公”经费支出决算表',
    [
      ['预算数', '<', '<', '<', '<', '<', '决算数', '<', '<', '<', '<', '<'],
      [
        '合计',
        '因公出国（境）费',
        '公务用车购置及运行维护费',
        '<',
        '<',
        '公务接待费',
        '合计',
        '因公出国（境）费',
        '公务用车购置及运行维护费',
        '<',
        '<',
        '公务接待费',
      ],
      [
        '^',
        '^',
        '小计',
        '公务用车购置费',
        '公务用车运行维护费',
        '^',
        '^',
        '^',
        '小计',
        '公务用车购置费',
        '公务用车运行维护费',
        '^',
      ],
      ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12'],
      ['3.95', '', '3.00', '', '3.00', '0.95', '2.50', '', '2.00', '', '2.00', '0.50'],
    ],
    1,
    {
      0: {
        budget: '39500.00',
        budget_vehicle: '30000.00',
        budget_vehicle_purchase: null,
        budget_reception: '9500.00',
        final: '25000.00',
        final_vehicle_running: '20000.00',
        final_reception: '5000.00',
      },
    },
  ],
  [
    'projects with their unit and sources',
    '表10 部门项目支出表',
    [
      ['项目类别', '项目名称', '项目单位', '合计', '本年拨款', '<', '<', '单位资金'],
      ['^', '^', '^', '^', '一般公共预算', '政府性基金预算', '国有资本经营预算', '^'],
      ['合计', '<', '<', '56.00', '56.00', '', '', ''],
      ['特定目标类', '校园安全经费', '某区教育局', '42.00', '42.00', '', '', ''],
      ['特定目标类', '课后服务经费', '某区教育局', '14.00', '14.00', '', '', ''],
    ],
    3,
    {
      1: {
        table: 'project',
        line_name: '校园安全经费',
        unit_name: '某区教育局',
        category: '特定目标类',
        total: '420000.00',
        general_public_budget: '420000.00',
      },
    },
  ],
  [
    'codes split over three columns, printed only where they change, without their zeros',
    '部门支出预算总表',
    [
      ['科目编码', '<', '<', '科目名称', '合计', '基本支出', '项目支出'],
      ['类', '款', '项', '^', '^', '^', '^'],
      ['205', '', '', '教育支出', '100.00', '60.00', '40.00'],
      ['', '2', '', '普通教育', '100.00', '60.00', '40.00'],
      ['', '', '2', '小学教育', '100.00', '60.00', '40.00'],
    ],
    3,
    { 1: { line_code: '20502', level: '2' }, 2: { line_code: '2050202', level: '3', line_name: '小学教育' } },
  ],
  [
    'government economic classes',
    '一般公共预算支出表（按政府预算经济分类）',
    [
      ['政府预算支出经济分类科目编码', '政府预算支出经济分类科目名称', '合计'],
      ['501', '机关工资福利支出', '30.00'],
      ['50101', '工资奖金津补贴', '30.00'],
      ['合计', '<', '30.00'],
    ],
    3,
    { 1: { table: 'general_public_budget_economic', classification: 'economic', line_code: '50101', level: '2' } },
  ],
]

describe('standard tables as districts print them', () => {
  test.each(LAYOUTS)('%s', (_name, title, rows, count, expected) => {
    const lines = linesOf(title, rows)
    expect(lines).toHaveLength(count)
    for (const [index, values] of Object.entries(expected)) expect(lines[Number(index)]).toMatchObject(values)
  })
})

describe('what is no line', () => {
  const NONE: readonly (readonly [string, string, Rows])[] = [
    [
      'a contents page',
      '目录',
      [['1. 2024年部门收支预算总表'], ['2. 2024年部门收入预算总表'], ['3. 2024年部门支出预算总表']],
    ],
    [
      'a performance form with money in it',
      '2024年部门整体绩效目标申报表',
      [
        ['项目', '类别', '总预算', '本年预算', '用途'],
        ['校园安全经费', '经常性项目', '42', '42', '安保'],
      ],
    ],
    [
      'the list of units',
      '部门预算单位构成',
      [
        ['序号', '单位名称', '备注'],
        ['1', '某区教育局（本级）', ''],
      ],
    ],
    [
      'a table of staff',
      '人员情况表',
      [
        ['项目', '编制数', '实有数'],
        ['行政人员', '33', '31'],
      ],
    ],
    [
      'figures under a title that names no standard table',
      '2024年重点工作安排表',
      [
        ['项目', '合计'],
        ['校园安全', '42.00'],
      ],
    ],
  ]
  test.each(NONE)('%s', (_name, title, rows) => expect(linesOf(title, rows)).toEqual([]))

  const HEADER: Rows = [['功能分类科目编码', '功能分类科目名称', '合计', '基本支出', '项目支出']]
  test.each([
    ['nothing is printed', [...HEADER, ['合计', '<', '', '', '']], [], 'no figure is printed'],
    ['only zeros are printed', [...HEADER, ['合计', '<', '0.00', '0.00', '0.00']], [], 'only zeros are printed'],
    [
      'a note under the table says so',
      [...HEADER, ['', '', '', '', '']],
      ['注：本部门无政府性基金预算支出，故本表为空表。'],
      'it says "注：本部门无政府性基金预算支出，故本表为空表。"',
    ],
  ] as const)('an empty table gives none and says why: %s', (_name, rows, after, because) => {
    const page = { lines: ['政府性基金预算支出表', '单位：万元'], tables: [{ rows }], after }
    const { records, unusedTables } = normalizePages(COVER, page)
    expect(records).toEqual([])
    expect(unusedTables.map(({ reason }) => reason)).toEqual([`政府性基金预算支出表 is empty: ${because}`])
  })
})

test('the rest of a table whose beginning is not there gives no figure of unknown meaning, and says why', () => {
  const rows: Rows = [
    ['208', '05', '06', '机关事业单位职业年金缴费支出', '705,443.00', '705,443.00', ''],
    ['210', '', '', '卫生健康支出', '881,803.00', '881,803.00', ''],
    ['210', '11', '01', '行政单位医疗', '631,941.00', '631,941.00', ''],
  ]
  const { records, unusedTables } = normalizePages({ tables: [{ rows }] })
  expect(records).toEqual([])
  expect(unusedTables.map(({ reason }) => reason)).toEqual([expect.stringContaining('no title or heading')])
  // Codes are no amounts.
  expect(unusedTables[0]?.amounts).toBe(6)
})

test('of two notes on a page the one under the table says why it is empty', () => {
  const rows: Rows = [
    ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
    ['', '', '', '', ''],
  ]
  const { unusedTables } = normalizePages(COVER, {
    lines: ['注：本局无购买服务预算，此表为空表。', '国有资本经营预算支出表', '单位：万元'],
    tables: [{ rows }],
    after: ['注：本局无国有资本经营预算支出，此表为空表。'],
  })
  expect(unusedTables.map(({ reason }) => reason)).toEqual([expect.stringContaining('本局无国有资本')])
})

describe('what the lines prove', () => {
  const HEADER = ['科目编码', '科目名称', '合计', '基本支出', '项目支出']
  const sound: Rows = [
    HEADER,
    ['205', '教育支出', '100.00', '60.00', '40.00'],
    ['20502', '普通教育', '100.00', '60.00', '40.00'],
    ['2050201', '学前教育', '30.00', '20.00', '10.00'],
    ['2050202', '小学教育', '70.00', '40.00', '30.00'],
    ['合计', '<', '100.00', '60.00', '40.00'],
  ]
  const outcomes = (rows: Rows, unit = '单位：万元', origin: 'text' | 'ocr' = 'text') =>
    normalizePages(COVER, { lines: ['支出总表', unit], tables: [{ rows, origin }] })

  test('classes add up, down and across', () => {
    const { checks } = outcomes(sound)
    expect(new Set(checks.map(({ outcome }) => outcome))).toEqual(new Set(['holds']))
    const kinds = checks.map(({ kind }) => kind)
    for (const kind of ['classification-total', 'column-total', 'column-parts'] as const) expect(kinds).toContain(kind)
  })

  test("a publisher's error is named, points to its cells and is left as printed", () => {
    const wrong = sound.map((row) => (row[0] === '2050202' ? ['2050202', '小学教育', '71.00', '41.00', '30.00'] : row))
    const { checks, records } = outcomes(wrong)
    const broken = checks.filter(({ outcome }) => outcome === 'contradicted')
    expect(broken.map(({ kind, difference }) => [kind, difference])).toEqual([
      ['classification-total', '10000.00'],
      ['classification-total', '10000.00'],
    ])
    expect(broken[0]?.members).toHaveLength(3)
    const school = records.find((record) => record.fields.some(({ value }) => value === '2050202'))
    expect(school?.fields.find(({ name }) => name === 'total')?.value).toBe('710000.00')
    const codes = school?.fields.flatMap(({ flags }) => flags.map(({ code }) => code))
    expect(codes).toEqual(['beside-contradiction', 'beside-contradiction'])
  })

  test('rounding to 0.01万元 is no error, and the difference is told', () => {
    const rounded = sound.map((row) =>
      row[0] === '2050202' ? ['2050202', '小学教育', '70.01', '40.01', '30.00'] : row,
    )
    const { checks } = outcomes(rounded)
    expect(checks.every(({ outcome }) => outcome === 'holds')).toBe(true)
    expect(checks.some(({ difference }) => difference === '100.00')).toBe(true)
  })

  test('figures in yuan must fit to the fen', () => {
    const odd = sound.map((row) => (row[0] === '2050202' ? ['2050202', '小学教育', '70.01', '40.01', '30.00'] : row))
    const { checks } = outcomes(odd, '单位：元')
    expect(checks.some(({ outcome }) => outcome === 'contradicted')).toBe(true)
  })

  test('a digit that readers of a scan dispute is settled by its sums', () => {
    const split = { text: '30.00', readings: { paddle: '30.00', tesseract: '80.00' } }
    const rows = sound.map((row) => (row[0] === '2050201' ? ['2050201', '学前教育', split, '20.00', '10.00'] : row))
    const { records } = outcomes(rows, '单位：万元', 'ocr')
    const line = records.find((record) => record.fields.some(({ value }) => value === '2050201'))
    expect(line?.fields.find(({ name }) => name === 'total')?.value).toBe('300000.00')
  })

  test('tables of one document agree, in whatever unit each is printed', () => {
    const balance: Rows = [
      ['收入', '预算数', '支出', '预算数'],
      ['一、财政拨款收入', '1000000.00', '一、教育支出', '1000000.00'],
      ['收入总计', '1000000.00', '支出总计', '1000000.00'],
    ]
    const { checks } = normalizePages(
      COVER,
      { lines: ['收支总表', '单位：元'], tables: [{ rows: balance }] },
      { lines: ['支出总表', '单位：万元'], tables: [{ rows: sound }] },
    )
    const agreements = checks.filter(({ kind }) => kind === 'table-agreement')
    expect(agreements.map(({ outcome }) => outcome)).toEqual(['holds', 'holds'])
    expect(agreements[0]?.members.map(({ pageNumber }) => pageNumber)).toEqual([2, 3])
  })
})

test('words that change nothing of what a heading names are left out of it', () => {
  const [line] = linesOf('支出总表', [
    ['科目编码', '科目名称', '合计', '基本支出安排', '项目支出金额', '上年结余、结转', '退休金补差'],
    ['205', '教育支出', '100.00', '60.00', '30.00', '10.00', '1.00'],
  ])
  expect(line).toMatchObject({ basic: '600000.00', project: '300000.00', carryover: '100000.00', other_1: '10000.00' })
})

test.each([
  [
    'a project',
    '项目支出表',
    [
      ['项目编码', '项目名称', '合计'],
      ['合计', '<', '42.00'],
      ['42000024228T', '校园安全经费', '42.00'],
    ],
    {
      line_code: '42000024228T',
      line_name: '校园安全经费',
      project_code: '42000024228T',
      project_name: '校园安全经费',
    },
  ],
  [
    'a unit',
    '部门收入总表',
    [
      ['单位代码', '单位名称', '合计', '一般公共预算'],
      ['合计', '<', '42.00', '42.00'],
      ['105001', '某区教育局（本级）', '42.00', '42.00'],
    ],
    { line_code: '105001', line_name: '某区教育局（本级）', unit_code: '105001', unit_name: '某区教育局（本级）' },
  ],
  [
    'a unit in a column of units and their classes',
    '部门收入总表',
    [
      ['单位代码', '单位名称（科目）', '合计', '一般公共预算拨款收入'],
      ['合计', '<', '42.00', '42.00'],
      ['207601', '某县文化馆', '42.00', '42.00'],
    ],
    { line_name: '某县文化馆', unit_code: '207601', unit_name: '某县文化馆' },
  ],
  [
    'one of two classes',
    '基本支出预算表',
    [
      ['功能科目编码', '功能科目名称', '经济科目编码', '经济科目名称', '合计'],
      ['合计', '<', '<', '<', '42.00'],
      ['2080201', '行政运行', '30101', '基本工资', '42.00'],
    ],
    { line_code: '30101', economic_code: '30101', economic_name: '基本工资', function_code: '2080201' },
  ],
] as const)('a line that is %s says so under that name, too; its total does not', (_what, title, rows, expected) => {
  const lines = linesOf(title, rows)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatchObject(expected)
  for (const name of ['project_name', 'unit_name', 'economic_name']) expect(lines[0]).not.toHaveProperty(name)
})

test.each(['支出项目类别（资金使用单位）', '单位（项目）名称'])(
  'under %s the units are told from their projects',
  (heading) => {
    const lines = linesOf('部门预算项目支出预算表', [
      [heading, '总计', '一般公共预算', '绩效目标'],
      ['合计', '42.00', '42.00', ''],
      ['某市生态环境局', '42.00', '42.00', ''],
      ['  自动监测站运维', '42.00', '42.00', '保障数据获取率'],
    ])
    expect(
      lines.map(({ table, line_name, unit_name, project_name }) => [table, line_name, unit_name, project_name]),
    ).toEqual([
      ['project', '合计', undefined, undefined],
      ['project', '某市生态环境局', '某市生态环境局', undefined],
      ['project', '自动监测站运维', undefined, '自动监测站运维'],
    ])
  },
)

test('under the title of a standard table the first column of words names the lines, whatever stands over it', () => {
  const lines = linesOf('部门支出预算总表', [
    ['款别划分', '合计', '基本支出', '项目支出'],
    ['教育支出', '100.00', '60.00', '40.00'],
    ['合计', '100.00', '60.00', '40.00'],
  ])
  expect(lines).toMatchObject([{ line_name: '教育支出', total: '1000000.00' }, { line_kind: 'total' }])
})

test('headings of a block in a second row, with the manner in which it is parted', () => {
  const lines = linesOf('部门综合预算收支总表', [
    ['收入', '<', '支出', '<', '<', '<', '<', '<'],
    [
      '项目',
      '预算数',
      '支出功能分科目（按大类）',
      '预算数',
      '部门预算支出经济科目（按大类）',
      '预算数',
      '政府预算支出经济分类科目（按大类）',
      '预算数',
    ],
    ['一、部门预算', '100.00', '一、部门预算', '100.00', '一、部门预算', '100.00', '一、部门预算', '100.00'],
    [
      '1、财政拨款',
      '100.00',
      '1、教育支出',
      '100.00',
      '1、人员经费和公用经费支出',
      '60.00',
      '1、机关工资福利支出',
      '60.00',
    ],
    ['', '', '2、外交支出', '', '（1）工资福利支出', '60.00', '2、机关商品和服务支出', '40.00'],
    ['收入总计', '100.00', '支出总计', '100.00', '支出总计', '100.00', '支出总计', '100.00'],
  ])
  expect(lines[0]).toMatchObject({ side: 'income', line_name: '部门预算', level: '1', total: '1000000.00' })
  expect(lines.at(-2)).toMatchObject({
    classification: 'economic',
    line_name: '机关商品和服务支出',
    total: '400000.00',
  })
  expect(lines.map(({ line_name }) => line_name)).not.toContain('项目')
})

test('income that is listed by itself is classified by its sources', () => {
  const lines = linesOf('收入总体情况表', [
    ['项目', '2024年预算'],
    ['一、财政拨款收入', '100.00'],
    ['（一）一般公共预算', '100.00'],
    ['二、其他资金收入', '0.00'],
    ['收入总计', '100.00'],
  ])
  expect(lines.map(({ classification }) => classification)).toEqual(['source', 'source', 'source', 'source'])
})

test('a heading that tells out of which money first, and special business as a project', () => {
  const [line] = linesOf('一般公共预算拨款“三公”经费及会议费、培训费支出预算表（上年与本年对比）', [
    ['单位编码', '单位名称', '2023年', '<', '<', '2024年', '<', '<'],
    [
      '^',
      '^',
      '合计',
      '一般公共预算拨款安排的“三公”经费预算',
      '<',
      '合计',
      '一般公共预算拨款安排的“三公”经费预算',
      '<',
    ],
    ['^', '^', '^', '小计', '公务接待费', '^', '小计', '公务接待费'],
    ['217', '某县农业农村局', '8.94', '5.96', '1.10', '8.64', '5.78', '0.92'],
  ])
  expect(line).toMatchObject({
    prior_year: '89400.00',
    prior_year_three_public: '59600.00',
    prior_year_reception: '11000.00',
    total: '86400.00',
    three_public: '57800.00',
    reception: '9200.00',
  })
  const [other] = linesOf('一般公共预算支出明细表', [
    ['功能科目编码', '功能科目名称', '合计', '人员经费支出', '公用经费支出', '专项业务经费支出'],
    ['205', '教育支出', '100.00', '50.00', '10.00', '40.00'],
  ])
  expect(other).toMatchObject({ personnel: '500000.00', project: '400000.00' })
  expect(
    linesOf('部门综合预算专项业务经费支出表', [
      ['单位（项目）名称', '项目金额'],
      ['甲项目', '1.00'],
    ])[0],
  ).toMatchObject({ table: 'project' })
})

test('the table of operating expenses is one of its own: its column is its total', () => {
  const lines = linesOf('一般公共预算机关运行经费支出预算表', [
    ['科目编码', '科目名称', '机关运行经费支出'],
    ['合计', '<', '100.00'],
    ['30201', '办公费', '100.00'],
  ])
  expect(lines).toMatchObject([
    { table: 'operating_expenses', total: '1000000.00' },
    { table: 'operating_expenses', line_code: '30201', total: '1000000.00' },
  ])
})

test('government funds by their short name are no fiscal expenditure', () => {
  const [line] = linesOf('部门预算政府基金预算财政拨款支出表', [
    ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
    ['21208', '国有土地使用权出让收入安排的支出', '100.00', '', '100.00'],
  ])
  expect(line).toMatchObject({ table: 'government_fund' })
})

test('where a line has two classes, the one that the table is about names it and the other is told beside it', () => {
  const rows: Rows = [
    ['功能科目编码', '功能科目名称', '部门经济科目编码', '部门经济科目名称', '合计'],
    ['2080201', '行政运行', '30101', '基本工资', '10.00'],
    ['2080201', '行政运行', '30102', '津贴补贴', '5.00'],
    ['2080505', '机关事业单位基本养老保险缴费支出', '30108', '机关事业单位基本养老保险缴费', '3.00'],
  ]
  expect(linesOf('基本支出预算表', rows)[0]).toMatchObject({
    classification: 'economic',
    line_code: '30101',
    line_name: '基本工资',
    function_code: '2080201',
    function_name: '行政运行',
  })
  expect(linesOf('支出预算总表', rows)[0]).toMatchObject({
    classification: 'function',
    line_code: '2080201',
    economic_code: '30101',
    economic_name: '基本工资',
  })
})

test('expenditure parted in two manners beside income: three panels', () => {
  const lines = linesOf('部门收支总表', [
    ['收入', '<', '支出（按功能分类）', '<', '支出（按用途分类）', '<'],
    ['项目', '预算数', '项目', '预算数', '项目', '预算数'],
    ['一、一般公共预算拨款收入', '100.00', '一、一般公共服务支出', '60.00', '一、基本支出', '70.00'],
    ['二、事业收入', '', '二、教育支出', '40.00', '二、项目支出', '30.00'],
    ['收入总计', '100.00', '支出总计', '100.00', '支出总计', '100.00'],
  ])
  expect(lines.map(({ side, line_name, classification }) => [side, line_name, classification])).toEqual([
    ['income', '一般公共预算拨款收入', 'source'],
    ['income', '事业收入', 'source'],
    ['income', '收入总计', 'source'],
    ['expenditure', '一般公共服务支出', 'function'],
    ['expenditure', '教育支出', 'function'],
    ['expenditure', '支出总计', 'function'],
    ['expenditure', '基本支出', 'none'],
    ['expenditure', '项目支出', 'none'],
    ['expenditure', '支出总计', 'none'],
  ])
})

test('funds of the special account are no table of all expenditure', () => {
  const [line] = linesOf('2024年度财政专户管理资金支出预算表', [
    ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
    ['211', '节能环保支出', '45.50', '', '45.50'],
  ])
  expect(line).toMatchObject({ table: 'special_account' })
})

test('personnel and public use are no parts of a total that has projects in it', () => {
  const { checks } = normalizePages(COVER, {
    lines: ['一般公共预算支出表', '单位：万元'],
    tables: [
      {
        rows: [
          ['科目编码', '科目名称', '合计', '基本支出', '<', '<', '项目支出'],
          ['^', '^', '^', '小计', '人员经费', '公用经费', '^'],
          ['2080501', '行政单位离退休', '10.00', '10.00', '10.00', '0.00', '0.00'],
          ['2080505', '机关事业单位基本养老保险缴费支出', '20.00', '20.00', '20.00', '0.00', '0.00'],
          ['2110301', '大气', '30.00', '0.00', '0.00', '0.00', '30.00'],
        ],
      },
    ],
  })
  expect(checks.filter(({ outcome }) => outcome === 'contradicted')).toEqual([])
})

test('what was carried over is a part of the total where the lines say so', () => {
  const { checks } = normalizePages(COVER, {
    lines: ['支出总表', '单位：万元'],
    tables: [
      {
        rows: [
          ['科目编码', '科目名称', '合计', '基本支出', '项目支出', '上年结转'],
          ['2080501', '行政单位离退休', '10.00', '10.00', '', ''],
          ['2110301', '大气', '35.00', '', '30.00', '5.00'],
        ],
      },
    ],
  })
  expect(checks.filter(({ kind }) => kind === 'column-parts').map(({ outcome }) => outcome)).toEqual(['holds', 'holds'])
})

test('a table that says 无 in its cells is empty', () => {
  const { records, unusedTables } = normalizePages(COVER, {
    lines: ['政府性基金预算支出表', '单位：万元'],
    tables: [
      {
        rows: [
          ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
          ['无', '无', '无', '', ''],
          ['合计', '<', '', '', ''],
        ],
      },
    ],
  })
  expect(records).toEqual([])
  expect(unusedTables.map(({ reason }) => reason)).toEqual([expect.stringContaining('is empty')])
})

test('a table goes on over the page, and so do its row numbers', () => {
  const header = ['科目编码', '科目名称', '合计', '基本支出', '项目支出']
  const { records } = normalizePages(
    COVER,
    {
      lines: ['支出总表', '单位：万元'],
      tables: [
        {
          rows: [
            header,
            ['205', '教育支出', '100.00', '60.00', '40.00'],
            ['20502', '普通', '100.00', '60.00', '40.00'],
          ],
        },
      ],
    },
    {
      tables: [
        {
          rows: [
            ['', '教育', '', '', ''],
            ['2050202', '小学教育', '100.00', '60.00', '40.00'],
            ['合计', '<', '100.00', '60.00', '40.00'],
          ],
        },
      ],
    },
  )
  const named = records.map(({ pageNumber, rowIndex, fields }) => [
    pageNumber,
    rowIndex,
    fields.find(({ name }) => name === 'line_name')?.value,
  ])
  expect(named).toEqual([
    [2, 1, '教育支出'],
    [2, 2, '普通教育'],
    [3, 3, '小学教育'],
    [3, 4, '合计'],
  ])
})

describe('a title and a header that every page prints again', () => {
  const header = ['科目编码', '科目名称', '合计', '基本支出', '项目支出']
  const page = (unit: string, ...rows: Rows): PageSketch => ({
    lines: ['支出总表', `部门：${unit}`, '单位：万元'],
    tables: [{ rows: [header, ...rows] }],
  })
  const numbers = (...pages: readonly PageSketch[]) =>
    normalizePages(COVER, ...pages).records.map(({ pageNumber, rowIndex }) => [pageNumber, rowIndex])
  const first: Rows = [['205', '教育支出', '100.00', '60.00', '40.00']]
  const rest: Rows = [['20502', '普通教育', '100.00', '60.00', '40.00']]
  const total: Rows = [['合计', '<', '100.00', '60.00', '40.00']]

  test('stand over the rest of the table', () =>
    expect(numbers(page('甲局', ...first), page('甲局', ...rest, ...total))).toEqual([
      [2, 1],
      [3, 2],
      [3, 3],
    ]))
  test('stand over the table of another unit', () =>
    expect(numbers(page('甲局', ...first), page('乙局', ...first))).toEqual([
      [2, 1],
      [3, 1],
    ]))
  test('stand over a new table where the one before came to its total', () =>
    expect(numbers(page('甲局', ...first, ...total), page('甲局', ...first))).toEqual([
      [2, 1],
      [2, 2],
      [3, 1],
    ]))
  test('stand over a new table that begins with its total', () =>
    expect(numbers(page('甲局', ...total, ...first), page('甲局', ...total, ...first))).toEqual([
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
    ]))
})

describe('what is no contradiction', () => {
  const contradicted = (...pages: readonly PageSketch[]) =>
    normalizePages(COVER, ...pages)
      .checks.filter(({ outcome }) => outcome === 'contradicted')
      .map(({ kind, where }) => `${kind}: ${where}`)
  const table = (title: string, rows: Rows, unit = '单位：万元'): PageSketch => ({
    lines: [title, unit],
    tables: [{ rows }],
  })

  test.each<readonly [string, readonly PageSketch[]]>([
    [
      'units over their own units, by the codes of units',
      [
        table('部门收入总表', [
          ['单位代码', '单位名称（科目）', '合计', '一般公共预算拨款收入'],
          ['合计', '<', '70.00', '70.00'],
          ['207', '某县文旅局', '70.00', '70.00'],
          ['207301', '某县文旅局机关', '40.00', '40.00'],
          ['207601', '某县文化馆', '30.00', '30.00'],
        ]),
      ],
    ],
    [
      'classes that are listed unit by unit',
      [
        table('一般公共预算基本支出预算表', [
          ['科目编码', '<', '单位代码', '单位名称（科目）', '合计', '人员经费', '公用经费'],
          ['类', '款', '^', '^', '^', '^', '^'],
          ['合计', '<', '<', '<', '70.00', '60.00', '10.00'],
          ['', '', '207301', '某县文旅局机关', '40.00', '35.00', '5.00'],
          ['301', '', '207301', '工资福利支出', '35.00', '35.00', ''],
          ['301', '01', '207301', '基本工资', '20.00', '20.00', ''],
          ['301', '02', '207301', '津贴补贴', '15.00', '15.00', ''],
          ['302', '', '207301', '商品和服务支出', '5.00', '', '5.00'],
          ['', '', '207601', '某县文化馆', '30.00', '25.00', '5.00'],
          ['301', '', '207601', '工资福利支出', '25.00', '25.00', ''],
          ['301', '01', '207601', '基本工资', '15.00', '15.00', ''],
          ['301', '02', '207601', '津贴补贴', '10.00', '10.00', ''],
          ['302', '', '207601', '商品和服务支出', '5.00', '', '5.00'],
        ]),
      ],
    ],
    [
      'a unit over its projects',
      [
        table('部门综合预算专项业务经费支出表', [
          ['单位（项目）名称', '项目金额'],
          ['合计', '70.00'],
          ['某县农业农村局', '70.00'],
          ['农田管护', '40.00'],
          ['苹果产业', '30.00'],
        ]),
      ],
    ],
    [
      'this year and all, as two totals of one list',
      [
        table('收支总表', [
          ['收入', '预算数', '支出', '预算数'],
          ['一、财政拨款收入', '70.00', '一、教育支出', '70.00'],
          ['收入总计', '70.00', '支出总计', '70.00'],
        ]),
        table('收入总表', [
          ['项目', '预算数'],
          ['一、财政拨款收入', '70.00'],
          ['本年收入合计', '70.00'],
          ['二、上年结转', '0.00'],
          ['收入总计', '70.00'],
        ]),
      ],
    ],
    [
      'a total under two blocks, over the end of the page',
      [
        table('一般公共预算财政拨款基本支出决算表', [
          ['人员经费', '<', '<', '公用经费', '<', '<', '<', '<', '<'],
          ['科目编码', '科目名称', '决算数', '科目编码', '科目名称', '决算数', '科目编码', '科目名称', '决算数'],
          ['301', '工资福利支出', '30.00', '302', '商品和服务支出', '9.00', '307', '债务利息及费用支出', ''],
          ['30101', '基本工资', '30.00', '30201', '办公费', '9.00', '310', '资本性支出', '1.00'],
        ]),
        table('一般公共预算财政拨款基本支出决算表', [
          ['人员经费', '<', '<', '公用经费', '<', '<', '<', '<', '<'],
          ['科目编码', '科目名称', '决算数', '科目编码', '科目名称', '决算数', '科目编码', '科目名称', '决算数'],
          ['30102', '津贴补贴', '', '', '', '', '31002', '办公设备购置', '1.00'],
          ['人员经费合计', '<', '30.00', '公用经费合计', '<', '<', '<', '<', '10.00'],
        ]),
      ],
    ],
    [
      'a class whose parts go on in the next block',
      [
        table('一般公共预算财政拨款基本支出决算表', [
          ['人员经费', '<', '<', '公用经费', '<', '<', '<', '<', '<'],
          ['科目编码', '科目名称', '决算数', '科目编码', '科目名称', '决算数', '科目编码', '科目名称', '决算数'],
          ['301', '工资福利支出', '30.00', '302', '商品和服务支出', '9.00', '30231', '公务用车运行维护费', '5.00'],
          ['30101', '基本工资', '30.00', '30201', '办公费', '4.00', '310', '资本性支出', '1.00'],
          ['', '', '', '', '', '', '31002', '办公设备购置', '1.00'],
          ['人员经费合计', '<', '30.00', '公用经费合计', '<', '<', '<', '<', '10.00'],
        ]),
      ],
    ],
    [
      'what was carried over by its source',
      [
        table('项目支出表', [
          ['项目名称', '合计', '本年拨款', '<', '财政拨款结转结余'],
          ['^', '^', '一般公共预算', '政府性基金预算', '一般公共预算'],
          ['合计', '12.00', '8.00', '', '4.00'],
          ['甲项目', '8.00', '8.00', '', ''],
          ['乙项目', '4.00', '', '', '4.00'],
        ]),
      ],
    ],
    [
      'public use that is more than operating expenses',
      [
        table('一般公共预算基本支出表', [
          ['科目编码', '科目名称', '合计', '人员经费', '公用经费'],
          ['301', '工资福利支出', '35.00', '35.00', ''],
          ['302', '商品和服务支出', '5.00', '', '5.00'],
          ['合计', '<', '40.00', '35.00', '5.00'],
        ]),
        table('机关运行经费支出预算表', [
          ['科目编码', '科目名称', '机关运行经费支出'],
          ['合计', '<', '4.00'],
          ['30201', '办公费', '4.00'],
        ]),
      ],
    ],
    [
      'basic and project expenditure out of one source of several',
      [
        table('部门支出预算表', [
          ['科目编码', '科目名称', '合计', '一般公共预算', '<', '<', '单位资金'],
          ['^', '^', '^', '小计', '基本支出', '项目支出', '^'],
          ['205', '教育支出', '100.00', '90.00', '60.00', '30.00', '10.00'],
          ['20502', '普通教育', '100.00', '90.00', '60.00', '30.00', '10.00'],
          ['2050202', '小学教育', '100.00', '90.00', '60.00', '30.00', '10.00'],
          ['208', '社会保障和就业支出', '5.00', '5.00', '5.00', '0.00', ''],
          ['20805', '行政事业单位养老支出', '5.00', '5.00', '5.00', '0.00', ''],
          ['2080505', '机关事业单位基本养老保险缴费支出', '5.00', '5.00', '5.00', '0.00', ''],
          ['210', '卫生健康支出', '5.00', '5.00', '5.00', '0.00', ''],
          ['合计', '<', '110.00', '100.00', '70.00', '30.00', '10.00'],
        ]),
      ],
    ],
    [
      'a class that the text tells of the whole and the table unit by unit',
      [
        {
          lines: [
            '社会保障和就业（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）：2024年预算数为8.00万元。',
            '2024年“三公”经费预算1.50万元。',
          ],
        },
        table('一般公共预算支出表', [
          ['科目编码', '单位代码', '单位名称（科目）', '合计', '基本支出', '项目支出'],
          ['合计', '<', '<', '8.00', '8.00', ''],
          ['', '207301', '某县文旅局机关', '5.00', '5.00', ''],
          ['2080505', '207301', '机关事业单位基本养老保险缴费支出', '5.00', '5.00', ''],
          ['', '207601', '某县文化馆', '3.00', '3.00', ''],
          ['2080505', '207601', '机关事业单位基本养老保险缴费支出', '3.00', '3.00', ''],
        ]),
        table('“三公”经费及会议费、培训费支出预算表', [
          ['单位名称', '合计', '“三公”经费', '<', '<', '<', '会议费', '培训费'],
          ['^', '^', '小计', '因公出国（境）费', '公务接待费', '公务用车购置及运行费', '^', '^'],
          ['某县文旅局', '2.00', '1.50', '0.00', '0.50', '1.00', '0.30', '0.20'],
        ]),
      ],
    ],
  ])('%s', (_what, pages) => {
    const { checks } = normalizePages(COVER, ...pages)
    expect(contradicted(...pages)).toEqual([])
    expect(checks.length).toBeGreaterThan(1)
  })
})

test('a row that numbers the columns does not make money of a column of names', () => {
  const lines = linesOf('部门收入预算表', [
    ['部门（单位）代码', '部门（单位）名称', '合计', '一般公共预算'],
    ['1', '2', '3', '4'],
    ['131001', '某县民政局', '42.00', '42.00'],
    ['合计', '<', '42.00', '42.00'],
  ])
  expect(lines[0]).toMatchObject({ unit_code: '131001', unit_name: '某县民政局', total: '420000.00' })
  expect(lines[0]).not.toHaveProperty('other_1')
})

test('a table that nobody listed needs its title alone', () => {
  const form = {
    recordType: 'budget_line',
    title: '某省',
    tables: [{ table: 'transfers', title: '对下转移支付预算表', has: [['对下转移支付']] }],
  }
  const page = buildPage({
    lines: ['某市某区教育局2024年部门预算公开', '2024年对下转移支付预算表', '单位：元'],
    tables: [
      {
        rows: [
          ['单位名称（项目）', '合计', '一般公共预算', '城关镇'],
          ['校舍维修', '42.00', '42.00', '42.00'],
        ],
      },
    ],
  })
  const read = (forms: readonly unknown[]) =>
    normalizeDocument([page], { ...dictionaries, forms }, { fileName: 'x.pdf' }).records.map(valuesOf)
  expect(read(dictionaries.forms)).toEqual([])
  // Whatever the file is called: it may be read before the given ones or behind them.
  for (const forms of [
    [form, ...dictionaries.forms],
    [...dictionaries.forms, form],
  ])
    expect(read(forms)).toMatchObject([{ table: 'transfers', line_name: '校舍维修', total: '42.00', other_1: '42.00' }])
})

test('docs/forms.md teaches a new province by data alone', () => {
  const example = /```json\n([\s\S]+?)\n```/.exec(readFileSync('docs/forms.md', 'utf8'))?.[1] ?? ''
  const taught = { ...dictionaries, forms: [...dictionaries.forms, JSON.parse(example)] }
  const page = buildPage({
    lines: ['某市某区教育局2024年部门支出总表', '单位：万元'],
    tables: [
      {
        rows: [
          ['事项编码', '事项名称', '核定数', '保运转支出', '生态补偿资金', '上年批复数', '核定文号'],
          ['205', '教育支出', '100.00', '60.00', '40.00', '90.00', '1'],
        ],
      },
    ],
  })
  const fieldsBy = (known: typeof dictionaries) =>
    normalizeDocument([page], known, { fileName: 'x.pdf' }).records[0]?.fields.map(({ name }) => name) ?? []
  const money = ['total', 'basic', 'ecological_compensation', 'prior_year']
  expect(fieldsBy(dictionaries)).not.toEqual(expect.arrayContaining(money))
  expect(fieldsBy(taught)).toEqual(expect.arrayContaining(['line_code', 'line_name', ...money]))
})

test.each(['三、其他收入', '三丶其他收入', '十三·其他收入', '二～其他收入', '（三）其他收入', '3.其他收入'])(
  '%s is a numbered line',
  (printed) => expect(readLineName(printed)).toMatchObject({ name: '其他收入', kind: 'line' }),
)

test.each(['三公经费', '一般公共服务支出'])('%s is no numbered line', (printed) =>
  expect(readLineName(printed)).toMatchObject({ name: printed, numbering: null }),
)

describe('lines of a scan', () => {
  const read = (title: string, rows: Rows) =>
    normalizePages(COVER, { lines: [title, '单位：万元'], tables: [{ rows, origin: 'ocr' }] })

  test('a number that the readers lost is missed by its neighbours: the line keeps its depth', () => {
    const { records, checks } = read('收支总表', [
      ['收入', '预算数', '支出', '预算数'],
      ['一、财政拨款收入', '100.00', '一般公共服务支出', '60.00'],
      ['二、事业收入', '', '二、教育支出', '40.00'],
      ['收入总计', '100.00', '支出总计', '100.00'],
    ])
    expect(records.map(valuesOf).map(({ line_name, level }) => [line_name, level])).toContainEqual([
      '一般公共服务支出',
      '1',
    ])
    expect(checks.filter(({ outcome }) => outcome === 'contradicted')).toEqual([])
  })

  test('a number without its mark is no part of the name where the line before has the number before', () => {
    const { records } = read('收支总表', [
      ['收入', '预算数', '支出', '预算数'],
      ['一、财政拨款收入', '100.00', '一、一般公共服务支出', '60.00'],
      ['二事业收入', '', '二、教育支出', '40.00'],
      ['五保供养收入', '', '三、公共安全支出', ''],
      ['收入总计', '100.00', '支出总计', '100.00'],
    ])
    const named = records.map(valuesOf).map(({ line_name, level }) => [line_name, level])
    expect(named).toContainEqual(['事业收入', '1'])
    expect(named).toContainEqual(['五保供养收入', '2'])
  })

  test('of entries with the same name, the one under its class is meant', () => {
    const { records } = read('支出总表', [
      ['科目编码', '<', '<', '科目名称', '合计', '基本支出', '项目支出'],
      ['类', '款', '项', '^', '^', '^', '^'],
      ['201', '', '', '一般公共服务支出', '100.00', '100.00', ''],
      ['201', '06', '', '财政事务', '100.00', '100.00', ''],
      ['201', '06', '01', '行政运行', '100.00', '100.00', ''],
    ])
    const codes = records.map(({ fields }) => fields.find(({ name }) => name === 'line_code'))
    expect(codes.map((code) => [code?.value, code?.flags.map((flag) => flag.code)])).toEqual([
      ['201', []],
      ['20106', []],
      ['2010601', []],
    ])
  })

  test("a publisher's wrong sum is asked about at the sum, not at every part that its row vouches for", () => {
    const { records } = read('支出总表', [
      ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
      ['205', '教育支出', '101.00', '61.00', '40.00'],
      ['20502', '普通教育', '100.00', '60.00', '40.00'],
      ['2050201', '学前教育', '30.00', '20.00', '10.00'],
      ['2050202', '小学教育', '70.00', '40.00', '30.00'],
    ])
    const doubted = records
      .filter(({ fields }) => fields.some(({ flags }) => flags.some(({ code }) => code === 'equation-contradicted')))
      .map((record) => valuesOf(record).line_code)
    expect(doubted).toEqual(['205'])
  })
})
