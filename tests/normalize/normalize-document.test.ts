import { describe, expect, test } from 'vitest'
import type { NormalizedDocument, RecordDraft } from '../../src/model/record.ts'
import { normalizeDocument } from '../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { buildPage, type CellSketch, type PageSketch, type TableSketch } from '../support/factory.ts'

const dictionaries = readDictionaries()

const build = (pages: readonly PageSketch[]) =>
  pages.map((page, index) => buildPage({ pageNumber: index + 1, ...page }))

function normalize(...pages: readonly PageSketch[]): NormalizedDocument {
  return normalizeDocument(build(pages), dictionaries, { fileName: 'x.pdf' })
}

function valuesOf(record: RecordDraft | undefined): Record<string, string | null> {
  return Object.fromEntries((record?.fields ?? []).map(({ name, value }) => [name, value]))
}

function flagsOf(record: RecordDraft | undefined, name: string): readonly string[] {
  return record?.fields.find((field) => field.name === name)?.flags.map(({ code }) => code) ?? []
}

const HEADER = [
  '单位代码',
  '单位名称',
  '项目名称',
  '采购品目',
  '数量',
  '单价',
  '计量单位',
  '采购金额',
  '面向中小企业',
  '面向小微企业',
]
const COMPUTER = [
  '120001',
  '某市财政局本级',
  '公用经费',
  '[A02010105]台式计算机',
  '4',
  '0.50',
  '台',
  '2.00',
  '2.00',
  '1.20',
]
const PRINTING = [
  '120001',
  '某市财政局本级',
  '预算编审',
  '[C23090199]其他印刷服务',
  '1',
  '4.00',
  '批',
  '4.00',
  '4.00',
  '2.40',
]
const total = (amount: string, sme: string, micro: string) => ['合计', '', '', '', '', '', '', amount, sme, micro]
/** A cell as two readers saw it. */
const cell = (paddle: string, tesseract: string): CellSketch => ({ text: paddle, readings: { paddle, tesseract } })
const TITLE = ['2024年政府采购预算表', '单位：万元']
const table = (...rows: readonly (readonly CellSketch[])[]): TableSketch => ({ rows: [HEADER, ...rows] })
const scan = (...rows: readonly (readonly CellSketch[])[]): TableSketch => ({ rows: [HEADER, ...rows], origin: 'ocr' })

describe('a clean page', () => {
  const document = normalize(
    { lines: ['某市财政局2024年部门预算公开'] },
    { lines: TITLE, tables: [table(total('6.00', '6.00', '3.60'), COMPUTER, PRINTING)] },
  )

  test('gives its lines with money in yuan', () => {
    expect(document).toMatchObject({
      title: '某市财政局2024年部门预算公开',
      publisher: '某市财政局',
      fiscalYear: 2024,
      unusedTables: [],
    })
    expect(document.records.map(({ pageNumber, tableIndex, rowIndex }) => [pageNumber, tableIndex, rowIndex])).toEqual([
      [2, 1, 1],
      [2, 1, 2],
    ])
    expect(valuesOf(document.records[0])).toEqual({
      unit_code: '120001',
      unit_name: '某市财政局本级',
      project_name: '公用经费',
      item_code: 'A02010105',
      item_name: '台式计算机',
      quantity: '4',
      unit_price: '5000.00',
      unit_of_measure: '台',
      amount: '20000.00',
      amount_sme: '20000.00',
      amount_micro: '12000.00',
    })
  })

  test('raises no doubt, and all its equations hold', () => {
    expect(document.records.flatMap(({ fields }) => fields.flatMap(({ flags }) => flags))).toEqual([])
    expect(document.checks.map(({ outcome }) => outcome)).toEqual(document.checks.map(() => 'holds'))
    expect(document.checks.filter(({ kind }) => kind === 'column-total')).toHaveLength(3)
  })

  test('claims no reader for what it printed', () => {
    const support = document.records[0]?.fields.map((field) => field.support)
    expect(support?.every(({ origin, readersAgreeing }) => origin === 'text' && readersAgreeing === 0)).toBe(true)
  })
})

describe('an error of the publisher stays as printed and is named', () => {
  test.each([
    [
      'a wrong total',
      [total('7.00', '6.00', '3.60'), COMPUTER, PRINTING],
      'column-total',
      'amount',
      ['20000.00', '40000.00'],
    ],
    [
      'a wrong product',
      [total('6.00', '6.00', '3.60'), COMPUTER.with(5, '0.60'), PRINTING],
      'row-product',
      'unit_price',
      ['6000.00', '40000.00'],
    ],
    [
      'a part above its whole',
      [COMPUTER.with(8, '2.50'), PRINTING],
      'part-not-above-whole',
      'amount_sme',
      ['25000.00', '40000.00'],
    ],
  ])('%s', (_name, rows, kind, field, values) => {
    const document = normalize({ lines: TITLE, tables: [table(...rows)] })
    expect(document.checks.filter(({ outcome }) => outcome === 'contradicted').map((check) => check.kind)).toEqual([
      kind,
    ])
    expect(document.records.map((record) => valuesOf(record)[field])).toEqual(values)
    const asked = document.records.filter((record) => flagsOf(record, field).includes('equation-contradicted'))
    expect(asked).toEqual([document.records[kind === 'column-total' ? 1 : 0]])
  })

  test('the wrong unit over the table, against the text', () => {
    const prose = '2024年政府采购预算支出合计6万元，比上年增加1万元。'
    const document = normalize(
      { lines: [prose] },
      { lines: ['2024年政府采购预算表', '单位：元'], tables: [table(COMPUTER, PRINTING)] },
    )
    const lines = document.records.filter(({ recordType }) => recordType === 'procurement_line')
    expect(lines.map((record) => valuesOf(record).amount)).toEqual(['2.00', '4.00'])
    expect(lines.map((record) => flagsOf(record, 'amount'))).toEqual([
      ['unit-contradicted', 'beside-contradiction'],
      ['unit-contradicted', 'equation-contradicted'],
    ])
  })
})

describe('what stands in one cell, or in one line, with something else', () => {
  const header = ['采购品目', '数量及单位', '单价', '采购金额']
  const lines = (...rows: readonly (readonly CellSketch[])[]): PageSketch => ({
    lines: TITLE,
    tables: [{ rows: [header, ...rows] }],
  })

  test('a unit of measure behind the quantity is the line’s', () => {
    const { records } = normalize(lines(['[A02010105]台式计算机', '6台', '0.50', '3.00']))
    expect(valuesOf(records[0])).toMatchObject({ quantity: '6', unit_of_measure: '台' })
  })

  test('the line of a class of items is none of them', () => {
    const { records, checks } = normalize(
      lines(['A货物类', '', '', '3.00'], ['[A02010105]台式计算机', '6', '0.50', '3.00'], ['合计', '', '', '3.00']),
    )
    expect(records.map((record) => valuesOf(record).item_name)).toEqual(['台式计算机'])
    expect(checks.every(({ outcome }) => outcome === 'holds')).toBe(true)
  })

  test('a point before a count on a scan is dirt, and the count is asked about', () => {
    const rows = [['[A02010105]台式计算机', cell('.3', '.3'), '', '3.00']]
    const { records } = normalize({ lines: TITLE, tables: [{ rows: [header, ...rows], origin: 'ocr' }] })
    expect(valuesOf(records[0]).quantity).toBe('3')
    expect(flagsOf(records[0], 'quantity')).toContain('reading-weak')
  })

  test('a figure without decimals in a column of trimmed zeros is exact', () => {
    const { checks } = normalize(
      lines(['[A02010105]台式计算机', '3', '0.345', '1'], ['[A02010105]台式计算机', '2', '0.198', '0.396']),
    )
    expect(checks.filter(({ kind }) => kind === 'row-product').map(({ outcome }) => outcome)).toEqual([
      'contradicted',
      'holds',
    ])
  })
})

describe('the unit of money', () => {
  const unitless = (...lines: readonly string[]) =>
    normalize(
      { lines: ['2024年部门预算', ...lines] },
      { lines: ['2024年政府采购预算表'], tables: [table(COMPUTER, PRINTING)] },
    )

  test('of a heading beats that of the page', () => {
    const header = HEADER.with(5, '单价（元）').with(7, '采购金额（万元）')
    const document = normalize({ lines: TITLE, tables: [{ rows: [header, COMPUTER.with(5, '5,000.00')] }] })
    expect(valuesOf(document.records[0])).toMatchObject({ unit_price: '5000.00', amount: '20000.00' })
  })

  test('that nobody states is assumed and flagged', () => {
    expect(flagsOf(unitless().records[0], 'amount')).toContain('unit-assumed')
  })

  test('that only the text proves is not assumed', () => {
    const document = unitless('2024年政府采购预算支出合计6万元。')
    expect(valuesOf(document.records[0]).amount).toBe('20000.00')
    expect(flagsOf(document.records[0], 'amount')).toEqual([])
  })
})

describe('rows', () => {
  test('inherit what a merged cell says, and say so', () => {
    const document = normalize({ lines: TITLE, tables: [table(COMPUTER, ['^', '^', '^', ...PRINTING.slice(3)])] })
    expect(valuesOf(document.records[1])).toMatchObject({
      unit_code: '120001',
      project_name: '公用经费',
      item_code: 'C23090199',
    })
    expect(flagsOf(document.records[1], 'unit_name')).toEqual(['value-inherited'])
  })

  test('take their unit from the group line over them, whose sub-total is checked', () => {
    const group = (code: string, name: string, amount: string) => [code, name, '', '', '', '', '', amount, '', '']
    const bare = (row: readonly string[]) => ['', '', ...row.slice(2)]
    const document = normalize({
      lines: TITLE,
      tables: [
        table(
          total('12.00', '', ''),
          group('120001', '本级', '6.00'),
          bare(COMPUTER),
          bare(PRINTING),
          group('120002', '国库中心', '6.00'),
          bare(COMPUTER),
          bare(PRINTING),
        ),
      ],
    })
    expect(document.records.map((record) => valuesOf(record).unit_code)).toEqual([
      '120001',
      '120001',
      '120002',
      '120002',
    ])
    expect(document.checks.filter(({ kind }) => kind === 'group-total').map(({ outcome }) => outcome)).toEqual([
      'holds',
      'holds',
    ])
    expect(document.checks.find(({ kind }) => kind === 'column-total')?.outcome).toBe('holds')
  })

  test('go on over the page, where the sum does, too', () => {
    const document = normalize(
      { lines: TITLE, tables: [table(COMPUTER, PRINTING)] },
      { tables: [{ rows: [HEADER, COMPUTER, total('8.00', '8.00', '4.80')] }] },
    )
    expect(document.records.map(({ pageNumber, rowIndex }) => [pageNumber, rowIndex])).toEqual([
      [1, 1],
      [1, 2],
      [2, 3],
    ])
    expect(
      document.checks.filter(({ kind }) => kind === 'column-total').every(({ outcome }) => outcome === 'holds'),
    ).toBe(true)
  })

  test('cut by the page break are joined', () => {
    const rest = ['', '', '', '印刷服务', '', '', '', '', '', '']
    const document = normalize(
      { lines: TITLE, tables: [table(COMPUTER, PRINTING.with(3, '[C23090199]其他'))] },
      { tables: [{ rows: [rest, COMPUTER] }] },
    )
    expect(document.records).toHaveLength(3)
    expect(valuesOf(document.records[1])).toMatchObject({ item_name: '其他印刷服务', amount: '40000.00' })
  })

  test('that say nothing, number columns, repeat the header or note something are none', () => {
    const blank = HEADER.map(() => '')
    const numbers = HEADER.map((_, index) => String(index + 1))
    const note = ['注：本表数据为年初预算。', ...blank.slice(1)]
    const document = normalize({ lines: TITLE, tables: [table(numbers, COMPUTER, blank, HEADER, PRINTING, note)] })
    expect(document.records.map(({ rowIndex }) => rowIndex)).toEqual([1, 2])
  })
})

describe('a form without lines gives none and a reason', () => {
  const blank = HEADER.map(() => '')
  test.each([
    ['blank', [blank]],
    ['无', [['无', ...blank.slice(1)]]],
    ['only zeros', [total('0.00', '0.00', '0.00'), ['', '', '', '', '0', '0.00', '', '0.00', '0.00', '0.00']]],
    ['a sentence', [['本部门2024年无政府采购预算，此表为空', ...blank.slice(1).map(() => '<')]]],
  ])('%s', (_name, rows) => {
    const document = normalize({ lines: TITLE, tables: [table(...rows)] })
    expect(document.records).toEqual([])
    expect(document.unusedTables).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('without any line'), amounts: 0 }),
    ])
  })
})

describe('on a scan', () => {
  const filled = (row: readonly CellSketch[], column: number, sketch: CellSketch) => row.with(column, sketch)

  test('an amount that no reader could read is what row and total leave', () => {
    const row = filled(filled(PRINTING, 7, cell('4曲', '4回')), 5, cell('4曲', '4.00'))
    const document = normalize({ lines: TITLE, tables: [scan(total('6.00', '6.00', '3.60'), COMPUTER, row)] })
    const amount = document.records[1]?.fields.find(({ name }) => name === 'amount')
    expect(amount).toMatchObject({ value: '40000.00', support: { pinned: true, readersAgreeing: 0 } })
    expect(amount?.flags.map(({ code }) => code)).toContain('amount-repaired')
    expect(amount?.evidence.join(' ')).toContain('40000.00')
  })

  test.each([
    ['as they are', ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']],
    ['one of them full-width', ['1', '２', '3', '4', '5', '6', '7', '8', '９', '10']],
    ['two of them misread', ['1', '2', '3', '4', 'S', '6', '7', 'B', '9', '10']],
  ])('the numbers of the columns below the heading are no row: %s', (_what, numbers) => {
    const document = normalize({ lines: TITLE, tables: [scan(numbers, COMPUTER, PRINTING)] })
    expect(document.records.map((record) => valuesOf(record).unit_code)).toEqual(['120001', '120001'])
  })

  test('of two readers the one that the equations confirm is right', () => {
    const document = normalize({
      lines: TITLE,
      tables: [scan(total('6.00', '6.00', '3.60'), COMPUTER, filled(PRINTING, 7, cell('9.00', '4.00')))],
    })
    const amount = document.records[1]?.fields.find(({ name }) => name === 'amount')
    expect(amount).toMatchObject({
      value: '40000.00',
      support: { pinned: true, readersAgreeing: 1, readersDisagreeing: 1 },
    })
  })

  test('a misreading of both readers is mended when it alone explains every equation', () => {
    const document = normalize({
      lines: TITLE,
      tables: [scan(total('6.00', '6.00', '3.60'), COMPUTER, filled(PRINTING, 7, '9.00'))],
    })
    expect(valuesOf(document.records[1]).amount).toBe('40000.00')
    expect(flagsOf(document.records[1], 'amount')).toContain('amount-repaired')
  })

  test('an error that no single glyph explains is left alone and flagged', () => {
    const document = normalize({ lines: TITLE, tables: [scan(total('16.00', '6.00', '3.60'), COMPUTER, PRINTING)] })
    expect(document.records.map((record) => valuesOf(record).amount)).toEqual(['20000.00', '40000.00'])
    expect(document.records.map((record) => flagsOf(record, 'amount'))).toEqual([
      ['beside-contradiction'],
      ['equation-contradicted'],
    ])
  })

  test('a figure that only a habit suggests is inferred, never pinned', () => {
    const document = normalize({
      lines: TITLE,
      tables: [scan(COMPUTER, PRINTING, COMPUTER, filled(PRINTING, 9, cell('2回', '2曲')))],
    })
    const micro = document.records[3]?.fields.find(({ name }) => name === 'amount_micro')
    expect(micro?.flags.map(({ code }) => code)).toContain('amount-inferred')
    expect(micro?.support.pinned).toBe(false)
  })

  test('what two readers saw alike counts two, a restored name none', () => {
    const document = normalize({
      lines: TITLE,
      tables: [scan(COMPUTER, filled(PRINTING, 3, cell('[C23090199]且他印刷服务', '[C23090199]具他印刷服务')))],
    })
    const field = (row: number, name: string) => document.records[row]?.fields.find((each) => each.name === name)
    expect(field(0, 'item_code')?.support).toMatchObject({
      readersAgreeing: 2,
      readersDisagreeing: 0,
      catalogue: 'agrees',
    })
    expect(field(1, 'item_name')).toMatchObject({
      value: '其他印刷服务',
      support: { readersAgreeing: 0, catalogue: 'restored' },
    })
  })
})

test('services: 是 is true, and the mark of the directory edition is no part of its name', () => {
  const header = [
    '单位名称',
    '是否包含政府采购',
    '项目',
    '购买内容',
    '购买金额（万元）',
    '一级目录',
    '二级目录',
    '三级目录',
  ]
  const row = [
    '某市财政局',
    '是',
    '运维',
    '系统维护',
    '10.00',
    '政府履职辅助性服务',
    '信息化服务',
    '数据处理服务（省级第二版）',
  ]
  const document = normalize({
    lines: ['2024年政府购买服务预算表'],
    tables: [{ rows: [header, row, row.with(1, '否')] }],
  })
  expect(document.records.map((record) => valuesOf(record).includes_procurement)).toEqual(['true', 'false'])
  const level = document.records[0]?.fields.find(({ name }) => name === 'directory_level3')
  expect(level).toMatchObject({ value: '数据处理服务', raw: '数据处理服务（省级第二版）' })
})

test('amounts by source of funds name the source and add up', () => {
  const header = [
    ['项目名称', '品目名称', '数量', '资金来源', '<', '<'],
    ['^', '^', '^', '合计', '一般公共预算', '政府性基金'],
  ]
  const rows = [
    ['设备', '服务器', '1', '20.00', '20.00', ''],
    ['网络', '交换机', '2', '8.00', '', '8.00'],
  ]
  const document = normalize({ lines: ['部门政府采购预算表', '单位：万元'], tables: [{ rows: [...header, ...rows] }] })
  expect(document.records.map(valuesOf)).toMatchObject([
    { amount: '200000.00', fund_source: '一般公共预算' },
    { amount: '80000.00', fund_source: '政府性基金' },
  ])
  expect(document.checks.filter(({ kind }) => kind === 'row-equality').map(({ outcome }) => outcome)).toEqual([
    'holds',
    'holds',
  ])
})

test('a sub-total that names its unit is no line, though dust stands in one of its cells', () => {
  const subtotal: CellSketch[] = ['120001', '小计：某市财政局本级', '', '', '好', '', '', '6.00', '6.00', '']
  const document = normalize({
    lines: TITLE,
    tables: [table(subtotal, COMPUTER, PRINTING, total('6.00', '6.00', '3.60'))],
  })
  expect(document.records.map((record) => valuesOf(record).item_code)).toEqual(['A02010105', 'C23090199'])
})

describe('code and name in one cell, under a heading of names or of codes', () => {
  const row = (unit: CellSketch, item: CellSketch, amount = '2.00') => [unit, '公用经费', item, '1', amount, amount]
  const read = (unitHeading: string, itemHeading: string, ...rows: readonly (readonly CellSketch[])[]) => {
    const header = [unitHeading, '项目名称', itemHeading, '数量', '单价', '采购金额']
    return normalize({ lines: TITLE, tables: [{ rows: [header, ...rows] }] }).records.map(valuesOf)
  }

  test.each([
    ['单位名称', '(036001)无锡市滨湖区机关事务管理中心', '036001', '无锡市滨湖区机关事务管理中心'],
    ['单位名称', '501001寻甸回族彝族自治县农业农村局', '501001', '寻甸回族彝族自治县农业农村局'],
    ['单位编码', '413006_宜宾市叙州区妇幼保健院', '413006', '宜宾市叙州区妇幼保健院'],
  ])('a unit under %s: %s', (heading, text, code, name) => {
    const records = read(heading, '采购品目', row(text, '[A02010105]台式计算机'), row(text, '[C23090199]其他印刷服务'))
    expect(records).toMatchObject([
      { unit_code: code, unit_name: name },
      { unit_code: code, unit_name: name },
    ])
  })

  test('a unit whose code is set in full-width figures has the code in ordinary ones', () => {
    const header = ['单位编码', '单位名称', '项目名称', '采购品目', '数量', '单价', '采购金额']
    const rows = [1, 2].map(() => ['４１３００６', ...row('宜宾市叙州区妇幼保健院', '[A02010105]台式计算机')])
    const [record] = normalize({ lines: TITLE, tables: [{ rows: [header, ...rows] }] }).records
    expect(record === undefined ? null : valuesOf(record)).toMatchObject({ unit_code: '413006' })
    expect(record?.fields.flatMap(({ flags }) => flags.map(({ code }) => code))).not.toContain('code-malformed')
  })

  test.each([
    ['采购品目名称', 'A02010105台式计算机'],
    ['采购品目编码', '台式计算机[A02010105]'],
  ])('an item under %s: %s', (heading, text) => {
    const [record] = read('单位名称', heading, row('某市财政局', text), row('某市财政局', text))
    expect(record).toMatchObject({ unit_name: '某市财政局', item_code: 'A02010105', item_name: '台式计算机' })
  })

  test('an item whose code stands behind its name is found though one reader spoils the code', () => {
    const spoilt = cell('抢险车【A02030623]', '抢险车[A020B06Z3]')
    const plain = cell('集线器[A02010203]', '集线器[A02010203]')
    const header = ['单位名称', '项目名称', '采购品目', '数量', '单价', '采购金额']
    const rows = [row('某市财政局', spoilt), row('某市财政局', plain)]
    const document = normalize({ lines: TITLE, tables: [{ rows: [header, ...rows], origin: 'ocr' }] })
    expect(document.records.map(valuesOf)).toMatchObject([
      { item_code: 'A02030623', item_name: '抢险车' },
      { item_code: 'A02010203', item_name: '集线器' },
    ])
  })

  test('names alone stay names', () => {
    const [record] = read('单位名称', '采购品目名称', row('某市财政局', '台式计算机'), row('某市财政局', '触控一体机'))
    expect(record).toMatchObject({ unit_name: '某市财政局', item_name: '台式计算机' })
    expect(Object.keys(record ?? {})).not.toContain('item_code')
  })

  test('a dash that readers take for 一 is no part of the name; 一般 is', () => {
    const header = ['采购品目', '功能科目', '数量', '单价', '采购金额']
    const rows = [
      [
        cell('A02010105一台式计算机', 'A02010105一台式计算机'),
        cell('2010302一般行政管理事务', '2010302一般行政管理事务'),
        '1',
        '2.00',
        '2.00',
      ],
    ]
    const document = normalize({ lines: TITLE, tables: [{ rows: [header, ...rows], origin: 'ocr' }] })
    expect(valuesOf(document.records[0])).toMatchObject({
      item_code: 'A02010105',
      item_name: '台式计算机',
      function_code: '2010302',
      function_name: '一般行政管理事务',
    })
  })
})

test('a code that no catalogue has, seen alike by two readers, stays as printed with its name', () => {
  const header = ['品目编码', '品目名称', '数量', '单价', '采购金额']
  const row = [cell('C9902', 'C9902'), cell('电商公共服务中心运营', '电商公共服条中心运营'), '1', '2.00', '2.00']
  const document = normalize({ lines: TITLE, tables: [{ rows: [header, row], origin: 'ocr' }] })
  expect(valuesOf(document.records[0])).toMatchObject({ item_code: 'C9902', item_name: '电商公共服务中心运营' })
})

describe('a column of prices that are not all printed alike', () => {
  test('is read as printed, though its neighbours always print two places', () => {
    const prices = ['0.018', '4.5', '0.095', '12']
    const amounts = ['1.80', '4.50', '9.50', '12.00']
    const counts = ['100', '1', '100', '1']
    const rows = prices.map((price, index) =>
      [
        COMPUTER[0],
        COMPUTER[1],
        COMPUTER[2],
        COMPUTER[3],
        counts[index],
        price,
        '台',
        amounts[index],
        amounts[index],
        '1.00',
      ].map((text) => cell(text ?? '', text ?? '')),
    )
    const document = normalize({ lines: TITLE, tables: [{ rows: [HEADER, ...rows], origin: 'ocr' }] })
    expect(document.records.map((record) => valuesOf(record).unit_price)).toEqual([
      '180.00',
      '45000.00',
      '950.00',
      '120000.00',
    ])
  })
})

describe('a form under its title whose column of money was lost', () => {
  const lost = (title: string, columns: number, origin: 'text' | 'ocr' = 'ocr') =>
    normalize({
      lines: [title],
      tables: [
        { rows: [HEADER, COMPUTER, PRINTING, total('6.00', '', '')].map((row) => row.slice(0, columns)), origin },
      ],
    })

  test('keeps its lines, each with a missing amount for a person', () => {
    const document = lost('2024年政府采购预算表', 5)
    expect(document.records.map((record) => valuesOf(record))).toMatchObject([
      { item_code: 'A02010105', quantity: '4', amount: null },
      { item_code: 'C23090199', quantity: '1', amount: null },
    ])
    for (const record of document.records)
      expect(flagsOf(record, 'amount')).toEqual(['value-missing', 'structure-uncertain'])
    const amount = document.records[0]?.fields.find(({ name }) => name === 'amount')
    expect(amount?.bbox).toMatchObject({ x0: 40 })
  })

  test.each([
    ['without the title', '2024年资产表', 5],
    ['with too few of its columns', '2024年政府采购预算表', 3],
  ])('is none %s', (_name, title, columns) => expect(lost(title, columns).records).toEqual([]))

  test('is none without the column that says what is bought', () => {
    const rows = [
      ['单位代码', '单位名称', '项目名称', '数量'],
      ['120001', '某局', '设备', '4'],
    ]
    expect(normalize({ lines: ['2024年政府采购预算表'], tables: [{ rows, origin: 'ocr' }] }).records).toEqual([])
  })
})

test.each(['/', '—', '－', '——'])('a stroke (%s) in a cell says that nothing belongs there', (stroke) => {
  for (const sheet of [table, scan]) {
    const row = PRINTING.with(2, stroke).with(4, stroke).with(6, stroke)
    const { records } = normalize(
      { lines: ['某市财政局2024年部门预算公开'] },
      { lines: TITLE, tables: [sheet(COMPUTER, row, PRINTING)] },
    )
    const values = valuesOf(records.find(({ rowIndex }) => rowIndex === 2))
    expect(values).toMatchObject({ item_code: 'C23090199', amount: '40000.00' })
    expect([values.project_name, values.quantity, values.unit_of_measure]).toEqual([null, null, null])
  }
})

test('a line that is longer than any page is wide costs no more than one', () => {
  const { records, publisher } = normalize({ lines: ['某市财政局2024年部门预算', '一'.repeat(500_000)] })
  expect([records, publisher]).toEqual([[], '某市财政局'])
})

test('a damaged name of a unit is drawn to another name of its publisher, where a list has that', () => {
  const rows = [['120001', cell('某市财玫与国资局本级', '某市财攻与国资局本级'), ...COMPUTER.slice(2)]]
  const pages: readonly PageSketch[] = [
    { lines: ['某市财政局2024年部门预算公开'] },
    { lines: TITLE, tables: [scan(...rows)] },
  ]
  const named = (publisherAliases: typeof dictionaries.publisherAliases) =>
    valuesOf(normalizeDocument(build(pages), { ...dictionaries, publisherAliases }, { fileName: 'x.pdf' }).records[0])
      .unit_name
  expect(named([])).toBe('某市财玫与国资局本级')
  const alias = { publisher: '某市财政局', alias: '某市财政与国资局', source: 'a test' }
  expect(named([alias])).toBe('某市财政与国资局本级')
})

describe('whose a row is', () => {
  const withoutUnit = (row: readonly CellSketch[]) => row.slice(2)
  const lone = (text: string): CellSketch[] => [text, ...Array.from({ length: HEADER.length - 3 }, () => '')]
  const lineTable = (origin: 'text' | 'ocr', ...rows: readonly (readonly CellSketch[])[]): TableSketch => ({
    rows: [withoutUnit(HEADER), ...rows],
    origin,
  })
  const unitsOf = (sketch: TableSketch) =>
    normalize({ lines: ['某市财政局2024年部门预算公开'] }, { lines: TITLE, tables: [sketch] }).records.map((record) => {
      const { unit_code, unit_name } = valuesOf(record)
      return [unit_code ?? null, unit_name ?? null]
    })
  const [computer, printing] = [withoutUnit(COMPUTER), withoutUnit(PRINTING)]

  test.each([
    [
      '预算单位：[120001]某市财政局本级',
      '预算单位：[120002]某市国库支付中心',
      ['120001', '某市财政局本级'],
      ['120002', '某市国库支付中心'],
    ],
    ['单位名称：某市财政局本级', '单位名称：某市国库支付中心', [null, '某市财政局本级'], [null, '某市国库支付中心']],
    [
      '[120001]某市财政局本级',
      '[120002]某市国库支付中心',
      ['120001', '某市财政局本级'],
      ['120002', '某市国库支付中心'],
    ],
    ['120001 某市财政局本级', '120002 某市国库支付中心', ['120001', '某市财政局本级'], ['120002', '某市国库支付中心']],
  ])('is told by the line over it where there is no column for it: %s', (first, second, unit, other) => {
    for (const origin of ['text', 'ocr'] as const) {
      expect(unitsOf(lineTable(origin, lone(first), computer, printing, lone(second), printing))).toEqual([
        unit,
        unit,
        other,
      ])
    }
  })

  test('is told by a body alone over items that name their projects, and by no project', () => {
    const wide = (text: string): CellSketch[] => [text, '<', ...lone('').slice(2)]
    const [unit, other] = [wide('某市财政局本级'), lone('某市国库支付中心')]
    expect(unitsOf(lineTable('text', unit, computer, printing, other, printing))).toEqual([
      [null, '某市财政局本级'],
      [null, '某市财政局本级'],
      [null, '某市国库支付中心'],
    ])
    expect(unitsOf(lineTable('text', wide('智慧财政建设运维'), computer, printing))).toEqual([
      [null, null],
      [null, null],
    ])
    // Its items have no project but this.
    const bare = [computer, printing].map((row) => row.with(0, ''))
    expect(unitsOf(lineTable('text', lone('区级养老服务指导中心'), ...bare))).toEqual([
      [null, null],
      [null, null],
    ])
  })

  describe('where names of units stand in the column of their projects', () => {
    const header = ['单位编码', '单位（项目）名称', ...HEADER.slice(3)]
    const [unit, other, itemA, itemB] = [
      ['120001', '某市财政局本级', '', '', '', '', '6.00', '6.00', '3.60'],
      ['120002', '某市国库支付中心', '', '', '', '', '4.00', '4.00', '2.40'],
      ['', ...COMPUTER.slice(2)],
      ['', ...PRINTING.slice(2)],
    ]
    const rowsOf = (...rows: readonly (readonly CellSketch[])[]) =>
      normalize(
        { lines: ['某市财政局2024年部门预算公开'] },
        { lines: TITLE, tables: [{ rows: [header, ...rows] }] },
      ).records.map((record) => {
        const { unit_code, unit_name, project_name } = valuesOf(record)
        return [unit_code ?? null, unit_name ?? null, project_name ?? null]
      })

    test('each row has the name over it', () => {
      expect(rowsOf(unit, itemA, itemB, other, itemB)).toEqual([
        ['120001', '某市财政局本级', '公用经费'],
        ['120001', '某市财政局本级', '预算编审'],
        ['120002', '某市国库支付中心', '预算编审'],
      ])
    })

    test('but not that of another code', () => {
      expect(rowsOf(unit, itemA, ['120002', ...PRINTING.slice(2)])).toEqual([
        ['120001', '某市财政局本级', '公用经费'],
        ['120002', null, '预算编审'],
      ])
    })
  })

  test('is not told by a line of a class of items or of a project', () => {
    for (const text of ['一、货物类', '办公设备购置', '2130301 行政运行']) {
      expect(unitsOf(lineTable('text', lone(text), computer, printing))).toEqual([
        [null, null],
        [null, null],
      ])
    }
  })

  test('a blank unit below the sub-total of another unit is asked about', () => {
    const subtotal = ['某市财政局本级小计', '', '', '', '', '', '', '2.00', '2.00', '1.20']
    const blank = PRINTING.with(0, '').with(1, '')
    const { records } = normalize(
      { lines: ['某市财政局2024年部门预算公开'] },
      { lines: TITLE, tables: [table(COMPUTER, blank, subtotal, blank)] },
    )
    expect(records.map((record) => flagsOf(record, 'unit_name'))).toEqual([
      [],
      ['value-inherited'],
      ['value-inherited', 'structure-uncertain'],
    ])
  })

  test('a blank unit with a border of its own is asked about where others are merged, unless it begins its page', () => {
    const merged = PRINTING.with(0, '^').with(1, '^')
    const blank = PRINTING.with(0, '').with(1, '')
    const pages = [COMPUTER, merged, blank].map((row) => row as readonly CellSketch[])
    const { records } = normalize(
      { lines: ['某市财政局2024年部门预算公开'] },
      { lines: TITLE, tables: [table(...pages)] },
      { tables: [{ rows: [blank, COMPUTER, merged] }] },
    )
    expect(records.map((record) => flagsOf(record, 'unit_name'))).toEqual([
      [],
      ['value-inherited'],
      ['value-inherited', 'structure-uncertain'],
      ['value-inherited'],
      [],
      ['value-inherited'],
    ])
  })

  test('a sub-total of a project leaves the unit as it was', () => {
    const subtotal = ['', '', '小计', '', '', '', '', '2.00', '2.00', '1.20']
    const blank = PRINTING.with(0, '').with(1, '')
    const { records } = normalize(
      { lines: ['某市财政局2024年部门预算公开'] },
      { lines: TITLE, tables: [table(COMPUTER, subtotal, blank)] },
    )
    expect(records.map((record) => flagsOf(record, 'unit_name'))).toEqual([[], ['value-inherited']])
  })
})
