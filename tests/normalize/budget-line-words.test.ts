import { describe, expect, test } from 'vitest'
import type { PageSketch } from '../support/factory.ts'
import { normalizePages, type Rows, type Values, valuesOf } from '../support/normalize-pages.ts'

const COVER: PageSketch = { lines: ['某市某区教育局2024年部门预算公开'] }

function read(title: string, rows: Rows) {
  return normalizePages(COVER, { lines: [title, '单位：万元'], tables: [{ rows }] })
}

/** What every budget line of one table says. */
function linesOf(title: string, rows: Rows): readonly Values[] {
  return read(title, rows)
    .records.filter(({ recordType }) => recordType === 'budget_line')
    .map(valuesOf)
}

describe('a code and a name in one cell', () => {
  test.each<readonly [string, readonly [string, string, string]]>([
    ['square brackets', ['[316]某县人社局', '[316001]某县人社局机关', '[316002]某县就业中心']],
    ['black brackets', ['【316】某县人社局', '【316001】某县人社局机关', '【316002】某县就业中心']],
    ['a stroke', ['316-某县人社局', '316001-某县人社局机关', '316002-某县就业中心']],
    ['nothing between', ['316某县人社局', '316001某县人社局机关', '316002某县就业中心']],
  ])('is parted in a list of units: %s', (_how, [above, office, centre]) => {
    const lines = linesOf('部门收入总表', [
      ['部门（单位）', '合计', '一般公共预算'],
      ['合计', '70.00', '70.00'],
      [above, '70.00', '70.00'],
      [office, '40.00', '40.00'],
      [centre, '30.00', '30.00'],
    ])
    expect(
      lines.map(({ line_code, line_name, unit_code, unit_name, level }) => [
        line_code,
        line_name,
        unit_code,
        unit_name,
        level,
      ]),
    ).toEqual([
      [undefined, '合计', undefined, undefined, '0'],
      ['316', '某县人社局', '316', '某县人社局', '1'],
      ['316001', '某县人社局机关', '316001', '某县人社局机关', '2'],
      ['316002', '某县就业中心', '316002', '某县就业中心', '2'],
    ])
  })

  test('is parted beside the name of a project, and a name keeps the signs of the page', () => {
    const lines = linesOf('部门项目支出明细表', [
      ['单位', '项目编码', '项目名称', '功能科目', '部门预算经济科目', '合计'],
      ['合计', '', '', '', '', '70.00'],
      ['[316001]某县人社局机关', '5226T01', '考务费', '[2080199]其他支出', '[30213]维修（护）费', '40.00'],
      ['[316002]某县就业中心', '5226T02', '租房', '[2080106]就业管理事务', '[30214]租赁费', '30.00'],
    ])
    expect(lines[1]).toMatchObject({
      line_name: '考务费',
      project_code: '5226T01',
      unit_code: '316001',
      unit_name: '某县人社局机关',
      function_code: '2080199',
      economic_code: '30213',
      economic_name: '维修（护）费',
    })
  })

  test('is put together of 类, 款 and 项 beside the name of a project, too', () => {
    const lines = linesOf('一般公共预算项目支出情况表', [
      ['科目编码', '<', '<', '科目名称', '项目名称', '项目支出合计'],
      ['类', '款', '项', '^', '^', '^'],
      ['208', '21', '02', '农村特困人员救助供养支出', '特困人员供养', '40.00'],
      ['', '10', '2', '老年福利', '高龄津贴', '30.00'],
      ['', '', '', '合计', '', '70.00'],
    ])
    expect(lines[0]).toMatchObject({
      line_name: '特困人员供养',
      function_code: '2082102',
      function_name: '农村特困人员救助供养支出',
    })
    expect(lines[1]).toMatchObject({ line_name: '高龄津贴', function_code: '2081002', function_name: '老年福利' })
    expect(lines[2]).not.toHaveProperty('function_code')
  })

  test('is none where the name begins with a year', () => {
    const [line] = linesOf('项目支出表', [
      ['单位', '项目名称', '合计'],
      ['2024年机关', '维修', '40.00'],
      ['2023年机关', '租房', '30.00'],
    ])
    expect(line).toMatchObject({ unit_name: '2024年机关' })
    expect(line).not.toHaveProperty('unit_code')
  })
})

describe('units in the columns of the codes and names of classes', () => {
  const rows: Rows = [
    ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
    ['', '合计', '70.00', '60.00', '10.00'],
    ['315001', '某区住建局本级', '40.00', '30.00', '10.00'],
    ['208', '社会保障和就业支出', '40.00', '30.00', '10.00'],
    ['20805', '行政事业单位养老支出', '40.00', '30.00', '10.00'],
    ['2080501', '行政单位离退休', '10.00', '', '10.00'],
    ['2080505', '机关事业单位基本养老保险缴费支出', '30.00', '30.00', ''],
    ['315002', '某区征收中心', '30.00', '30.00', ''],
    ['208', '社会保障和就业支出', '30.00', '30.00', ''],
    ['20805', '行政事业单位养老支出', '30.00', '30.00', ''],
    ['2080505', '机关事业单位基本养老保险缴费支出', '30.00', '30.00', ''],
  ]

  test('are units, and the classes below are none', () => {
    const lines = linesOf('支出总表', rows)
    expect(lines[1]).toMatchObject({ line_code: '315001', unit_code: '315001', unit_name: '某区住建局本级' })
    expect(lines[6]).toMatchObject({ unit_code: '315002', unit_name: '某区征收中心' })
    expect(lines[2]).toMatchObject({ classification: 'function', level: '1', line_code: '208' })
    for (const line of [lines[0], lines[2], lines[7]]) expect(line).not.toHaveProperty('unit_code')
  })

  test('are the sums of their own classes, and their sum is the total', () => {
    const { checks } = read('支出总表', rows)
    expect(checks.filter(({ outcome }) => outcome === 'contradicted')).toEqual([])
    const wholes = checks.filter(({ kind }) => kind === 'classification-total' || kind === 'column-total')
    expect(wholes.filter(({ members }) => members.some(({ field }) => field === 'total')).length).toBe(7)
  })

  test('that stand over their projects have their code, too', () => {
    const lines = linesOf('项目支出预算表', [
      ['单位代码', '单位名称', '项目名称', '合计', '一般公共预算'],
      ['', '合计', '', '70.00', '70.00'],
      ['315001', '某区住建局本级', '', '70.00', '70.00'],
      ['315001', '', '小区改造', '40.00', '40.00'],
      ['315001', '', '危房改造', '30.00', '30.00'],
    ])
    expect(lines[1]).toMatchObject({ line_code: '315001', line_name: '某区住建局本级', unit_name: '某区住建局本级' })
    expect(lines[2]).toMatchObject({ line_name: '小区改造', project_name: '小区改造', unit_code: '315001' })
    expect(lines[2]).not.toHaveProperty('line_code')
  })
})

test('a block that is headed by the manner alone in which it is parted begins under its headings', () => {
  const lines = linesOf('部门收支总表', [
    ['收入', '<', '支出', '<', '<', '<'],
    ['项目', '预算数', '按功能分类', '预算数', '按支出性质', '预算数'],
    ['一、一般公共预算拨款收入', '70.00', '[201]一般公共服务支出', '70.00', '一、基本支出', '60.00'],
    ['二、事业收入', '', '[205]教育支出', '', '二、项目支出', '10.00'],
    ['收入总计', '70.00', '支出总计', '70.00', '支出总计', '70.00'],
  ])
  expect(lines.map(({ line_name, level }) => [line_name, level])).toEqual([
    ['一般公共预算拨款收入', '1'],
    ['事业收入', '1'],
    ['收入总计', '0'],
    ['一般公共服务支出', '1'],
    ['教育支出', '1'],
    ['支出总计', '0'],
    ['基本支出', '1'],
    ['项目支出', '1'],
    ['支出总计', '0'],
  ])
})

test.each([
  ['2024年预算数比2023年执行数增减%', 'change_percent'],
  ['2024年预算数比2023年执行数增减率', 'change_percent'],
  ['2024年预算数比2023年执行数增减额', 'change'],
])('%s over a column says how the year changed against the last', (heading, field) => {
  const [, line] = linesOf('一般公共预算支出表', [
    ['科目编码', '科目名称', '2023年执行数', '2024年预算数', heading],
    ['', '合计', '50.00', '51.00', field === 'change' ? '1.00' : '2.00'],
    ['201', '一般公共服务支出', '50.00', '51.00', field === 'change' ? '1.00' : '2.00'],
  ])
  expect(line?.[field]).toBe(field === 'change' ? '10000.00' : '2')
  expect(line).not.toHaveProperty('other_1')
})

test('the form that tells of “三公” expenses beside statistics gives its money, with levels, and nothing that is counted', () => {
  const lines = linesOf('机构运行信息表', [
    ['项目', '预算数', '决算数', '项目', '决算数'],
    ['一、“三公”经费支出', '4.20', '3.43', '二、机关运行经费', '46.51'],
    ['（一）支出合计', '4.20', '3.43', '三、国有资产占用情况', ''],
    ['1．因公出国（境）费', '0.00', '0.00', '（一）车辆数合计（辆）', '2'],
    ['2．公务接待费', '4.20', '3.43', '（二）单价100万元（含）以上设备（台，套）', '0'],
  ])
  expect(lines.map(({ line_name, level, budget, final }) => [line_name, level, budget, final])).toEqual([
    ['“三公”经费支出', '1', '42000.00', '34300.00'],
    ['支出合计', '2', '42000.00', '34300.00'],
    ['因公出国（境）费', '3', '0.00', '0.00'],
    ['公务接待费', '3', '42000.00', '34300.00'],
    ['机关运行经费', '1', undefined, '465100.00'],
    ['国有资产占用情况', '1', undefined, null],
  ])
  expect(lines[0]).toMatchObject({ table: 'three_public', stage: 'final_accounts' })
})

describe('no contradiction between tables', () => {
  const contradicted = (...tables: readonly (readonly [string, Rows])[]) =>
    normalizePages(
      COVER,
      ...tables.map(([title, rows]): PageSketch => ({ lines: [title, '单位：万元'], tables: [{ rows }] })),
    ).checks.filter(({ outcome }) => outcome === 'contradicted')

  const byUnit: Rows = [
    ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
    ['', '合计', '70.00', '60.00', '10.00'],
    ['315001', '某区住建局本级', '40.00', '30.00', '10.00'],
    ['208', '社会保障和就业支出', '40.00', '30.00', '10.00'],
    ['315002', '某区征收中心', '30.00', '30.00', ''],
    ['208', '社会保障和就业支出', '30.00', '30.00', ''],
  ]

  test('a class that is listed unit by unit', () =>
    expect(
      contradicted(
        [
          '收支总表',
          [
            ['收入', '<', '支出', '<'],
            ['项目', '预算数', '项目', '预算数'],
            ['一、一般公共预算拨款收入', '70.00', '一、社会保障和就业支出', '70.00'],
            ['收入总计', '70.00', '支出总计', '70.00'],
          ],
        ],
        ['支出总表', byUnit],
      ),
    ).toEqual([]))

  const projects: Rows = [
    ['项目名称', '合计'],
    ['小区改造', '7.00'],
    ['合计', '7.00'],
  ]
  test('projects of one source of money beside all project expenditure', () =>
    expect(contradicted(['支出总表', byUnit], ['一般公共预算项目支出情况表', projects])).toEqual([]))
  test('but projects of all sources are held against it', () =>
    expect(contradicted(['支出总表', byUnit], ['项目支出情况表', projects])).toHaveLength(1))

  test('a project with a line for each class that its money is for', () => {
    const sheet: Rows = [
      ['项目名称', '小区改造', '年度预算', '10.00'],
      ['一级指标', '二级指标', '三级指标', '指标值'],
      ['产出指标', '数量指标', '改造小区', '≥2个'],
    ]
    const lines: Rows = [
      ['项目名称', '部门预算经济科目', '合计'],
      ['合计', '', '10.00'],
      ['小区改造', '[30201]办公费', '4.00'],
      ['小区改造', '[30227]委托业务费', '6.00'],
    ]
    expect(contradicted(['部门项目支出明细表', lines], ['项目支出绩效目标申报表', sheet])).toEqual([])
  })
})

test('what the budgets pay stands below 财政拨款 where no line has a number', () => {
  const rows: Rows = [
    ['收入', '<', '支出', '<'],
    ['项目', '预算数', '功能分类', '预算数'],
    ['财政拨款（补助）', '60.00', '201一般公共服务支出', '70.00'],
    ['一般公共预算', '50.00', '205教育支出', ''],
    ['政府性基金预算', '10.00', '', ''],
    ['国有资本经营预算', '', '', ''],
    ['事业收入', '10.00', '', ''],
    ['收入总计', '70.00', '支出总计', '70.00'],
  ]
  expect(
    linesOf('部门收支总体情况表', rows)
      .map(({ line_name, level }) => [line_name, level])
      .slice(0, 6),
  ).toEqual([
    ['财政拨款（补助）', '1'],
    ['一般公共预算', '2'],
    ['政府性基金预算', '2'],
    ['国有资本经营预算', '2'],
    ['事业收入', '1'],
    ['收入总计', '0'],
  ])
  const { checks } = read('部门收支总体情况表', rows)
  expect(checks.filter(({ outcome }) => outcome !== 'holds')).toEqual([])
  expect(checks.map(({ kind }) => kind)).toContain('classification-total')
  // Beside each other they stand where the first of the parts is none of them.
  const [first, second] = linesOf('部门收入总表', [
    ['项目', '合计'],
    ['财政拨款收入', '60.00'],
    ['政府性基金预算', '10.00'],
    ['合计', '70.00'],
  ])
  expect([first?.level, second?.level]).toEqual(['1', '1'])
})

test('budgets that are listed once more right below what was carried over stand below it', () => {
  const rows = (first: readonly (readonly [string, string])[], carried: string): Rows => [
    ['收入', '<', '支出', '<'],
    ['项目', '决算数', '项目', '决算数'],
    ...[...first, ['本年收入合计', '100.00'], [carried, '12.00'], ['一般公共预算财政拨款', '10.00']].map(
      ([name = '', amount = '']) => [name, amount, '', ''],
    ),
    ['政府性基金预算财政拨款', '2.00', '', ''],
    ['总计', '112.00', '总计', '112.00'],
  ]
  const levels = (...given: Parameters<typeof rows>) =>
    linesOf('财政拨款收入支出决算总表', rows(...given))
      .filter(({ side }) => side === 'income')
      .map(({ level }) => level)
  const budgets = [
    ['一般公共预算财政拨款', '90.00'],
    ['政府性基金预算财政拨款', '10.00'],
  ] as const
  expect(levels(budgets, '年初财政拨款结转和结余')).toEqual(['1', '1', '0', '1', '2', '2', '0'])
  const numbered = budgets.map(([name, amount], index) => [`${'一二'[index]}、${name}`, amount] as const)
  expect(levels(numbered, '年初财政拨款结转和结余')).toEqual(['1', '1', '0', '1', '2', '2', '0'])
  expect(levels(budgets, '上年结转')).toEqual(['1', '1', '0', '1', '2', '2', '0'])
  // Where they are listed for the first time they are what this year brings.
  expect(levels([['事业收入', '100.00']], '上年结转')).toEqual(['1', '0', '1', '1', '1', '0'])
})

test.each(['p年支出', '木年支出'])('money under %s is of no year that anyone can tell', (heading) => {
  const [, line] = linesOf('政府性基金预算财政拨款收入支出决算表', [
    ['科目编码', '科目名称', '年初结转和结余', heading, '<'],
    ['^', '^', '^', '小计', '项目支出'],
    ['', '合计', '0.00', '73.50', '73.50'],
    ['229', '其他支出', '0.00', '73.50', '73.50'],
  ])
  expect(line).toMatchObject({ opening_balance: '0.00', other_1: '735000.00', other_2: '735000.00' })
  for (const name of ['prior_year', 'prior_year_project', 'total']) expect(line).not.toHaveProperty(name)
})
