import { describe, expect, test } from 'vitest'
import { parseChoice, parseEarlierYears } from '../../src/normalize/performance/parse-form-values.ts'
import { parseTarget } from '../../src/normalize/performance/parse-target.ts'
import type { CellSketch, PageSketch } from '../support/factory.ts'
import { normalizePages, type Rows, type Values, valuesOf } from '../support/normalize-pages.ts'

function normalize(...pages: readonly PageSketch[]) {
  const { records, checks } = normalizePages(...pages)
  const told = records.map((record): Values => ({ recordType: record.recordType, ...valuesOf(record) }))
  return { told, records, checks }
}

const COVER: PageSketch = {
  lines: [
    '某市某区财政局2024年部门预算公开',
    '九、项目支出安排情况',
    '2024年项目支出62万元，具体如下：',
    '1.预算编审工作经费14万元，主要用于培训。',
    '2.一体化建设经费48万元，主要用于系统。',
  ],
}

/** A sheet of six columns as Wuhan prints it: labels beside values, sources and cost lines under merged headings. */
const sheet = (name: string, budget: string, costs: Rows): Rows => [
  ['项目名称', name, '<', '项目代码', '', '<'],
  ['项目主管部门', '某区财政局', '<', '项目执行单位', '预算科', '<'],
  ['项目负责人', '刘某', '<', '联系电话', '85790000', '<'],
  ['项目类别', '1.运转类 □ 2.特定目标类本级支出 ☑ 3.特定目标类上级转移支出 □', '<', '<', '<', '<'],
  ['项目安排频度', '1.一次性项目 □  2.常年项目 ☑  3.延续性项目 □', '<', '<', '<', '<'],
  ['立项依据', '依据预算法。', '<', '<', '<', '<'],
  [
    '项目前两年预算及当年预算变动情况',
    '1.2022年初预算安排30万，执行30万，无变动；\n2.2023年年初预算安排28万；\n3.2023年1-7月执行2.46万。',
    '<',
    '<',
    '<',
    '<',
  ],
  ['项目总预算', '（延续性项目填写）', '<', '项目当年预算', budget, '<'],
  ['2024年预算申报项目资金来源', '来源项目', '<', '<', '2024年预算申报数', '<'],
  ['^', '当年预算合计', '<', '<', budget, '<'],
  ['^', '1.财政拨款收入（区级安排数）', '<', '<', budget, '<'],
  ['^', '2.财政拨款收入（上级转移支付）', '<', '<', '', '<'],
  ['2024年项目支出明细及依据', '项目内容', '测算依据及说明', '本级财政拨款金额', '上级转移支付金额', '其他资金'],
  ...costs,
]

const FIRST = sheet('预算编审工作经费', '140,000.00', [
  ['^', '印刷费', '部门预算编制手册1.2万元', '40,000.00', '', ''],
  ['^', '辅助记账服务费', '对账、统计', '90,000.00', '10,000.00', ''],
])
const REST: Rows = [
  ['项目资产配置计划及采购计划', '<', '<', '<', '<', '<'],
  ['品名', '<', '数量', '<', '金额', '<'],
  ['印刷服务', '<', '多批次', '<', '40,000.00', '<'],
  ['项目绩效总目标', '<', '<', '<', '<', '<'],
  ['长期绩效目标1', '部门预算管理水平提升', '<', '<', '<', '<'],
  ['年度绩效目标1', '全年组织至少1次培训', '<', '<', '<', '<'],
]
const LONG_TERM: Rows = [
  ['长期绩效目标表', '<', '<', '<', '<', '<'],
  ['目标名称', '一级指标', '二级指标', '三级指标', '指标值', '指标值确定依据'],
  ['长期绩效目标1', '成本指标', '经济成本指标', '预算执行控制率', '≥95%', '计划数据'],
  ['^', '产出指标', '数量指标', '预算培训人次', '≥120人次', '计划数据'],
  ['^', '^', '质量指标', '数据规范性', '提高', '计划数据'],
]
const ANNUAL: Rows = [
  ['年度绩效目标表', '<', '<', '<', '<', '<', '<', '<', '<', '<'],
  ['目标名称', '指标权重比例(%）', '一级指标', '二级指标', '三级指标', '指标值', '<', '<', '<', '指标值确定依据'],
  ['^', '^', '^', '^', '^', '前年', '上年', '预计当年实现', '指标分值权重', '^'],
  ['年度绩效目标1', '100%', '成本指标', '经济成本指标', '系统服务费', '-', '-', '≤1万', '6', '计划数据'],
  ['^', '^', '产出指标', '数量指标', '编审单位户数', '201家', '≥182家', '≥182家', '6', '计划数据'],
]
const ANNUAL_REST: Rows = [
  ['年度绩效目标1', '100%', '产出指标', '时效指标', '完成的及时性', '=100%', '=100%', '=100%', '5', '计划数据'],
]
const TITLE = '2024年某区项目支出(绩效目标）申报表'

const document = (): PageSketch[] => [
  COVER,
  { lines: [TITLE, '单位名称：（盖章）某区财政局'], tables: [{ rows: FIRST }] },
  { tables: [{ rows: [...REST, ...LONG_TERM] }] },
  { tables: [{ rows: ANNUAL }] },
  { tables: [{ rows: ANNUAL_REST }] },
  {
    lines: [TITLE],
    tables: [
      { rows: sheet('一体化建设经费', '480,000.00', [['^', '（实施费）政采贷系统', '预估', '480,000.00', '', '']]) },
    ],
  },
]

describe('a project sheet with labels beside values, over several pages', () => {
  const { told, checks, records } = normalize(...document())
  const ofType = (type: string) => told.filter(({ recordType }) => recordType === type)

  test('the project with its ticked options and earlier years', () => {
    expect(ofType('performance_project')).toHaveLength(2)
    expect(ofType('performance_project')[0]).toMatchObject({
      sheet: 'project',
      project_name: '预算编审工作经费',
      department: '某区财政局',
      executing_unit: '预算科',
      owner: '刘某',
      category: '特定目标类本级支出',
      frequency: '常年项目',
      basis: '依据预算法。',
      current_budget: '140000.00',
      source_fiscal: '140000.00',
      before_prior_budget: '300000.00',
      before_prior_execution: '300000.00',
      prior_year_budget: '280000.00',
      prior_year_execution: '24600.00',
      long_term_goal: '部门预算管理水平提升',
      annual_goal: '全年组织至少1次培训',
    })
  })

  test('its cost lines, and not what it plans to buy', () => {
    expect(ofType('performance_cost_line').map(({ content, amount, basis }) => [content, amount, basis])).toEqual([
      ['印刷费', '40000.00', '部门预算编制手册1.2万元'],
      ['辅助记账服务费', '100000.00', '对账、统计'],
      ['（实施费）政采贷系统', '480000.00', '预估'],
    ])
  })

  test('its indicators with term, levels, target and weight', () => {
    const indicators = ofType('performance_indicator')
    expect(indicators.map(({ term, level1, level2, level3 }) => [term, level1, level2, level3])).toEqual([
      ['long_term', '成本指标', '经济成本指标', '预算执行控制率'],
      ['long_term', '产出指标', '数量指标', '预算培训人次'],
      ['long_term', '产出指标', '质量指标', '数据规范性'],
      ['annual', '成本指标', '经济成本指标', '系统服务费'],
      ['annual', '产出指标', '数量指标', '编审单位户数'],
      ['annual', '产出指标', '时效指标', '完成的及时性'],
    ])
    expect(indicators[1]).toMatchObject({
      target: '≥120人次',
      operator: '>=',
      target_value: '120',
      target_unit: '人次',
    })
    expect(indicators[2]).toMatchObject({ target: '提高', operator: 'text' })
    expect(indicators[4]).toMatchObject({
      value_before_prior: '201家',
      value_prior_year: '≥182家',
      weight: '6',
      goal_weight: '100',
    })
  })

  test('cost lines, sources, the prose and all sheets together prove the budgets', () => {
    const agreements = checks.filter(({ kind }) => kind === 'project-agreement')
    expect(agreements.map(({ where }) => where)).toEqual([
      '预算编审工作经费: its cost lines',
      '预算编审工作经费: its sources',
      '一体化建设经费: its cost lines',
      '一体化建设经费: its sources',
      '预算编审工作经费: the text',
      '一体化建设经费: the text',
      'the sheets of all projects',
    ])
    expect(new Set(agreements.map(({ outcome }) => outcome))).toEqual(new Set(['holds']))
  })

  test('every record has a place of its own', () => {
    const places = records.map(({ pageNumber, tableIndex, rowIndex }) => `${pageNumber}/${tableIndex}/${rowIndex}`)
    expect(new Set(places).size).toBe(places.length)
  })
})

test('where the first column of money makes the budget alone, the others tell parts of it', () => {
  const costs: Rows = [
    ['^', '代收手续费', '按比例', '300,000.00', '30,000.00', ''],
    ['^', '培训', '按标准', '100,000.00', '20,000.00', ''],
  ]
  const { told, checks } = normalize(COVER, {
    lines: [TITLE],
    tables: [{ rows: sheet('国库业务经费', '400,000.00', costs) }],
  })
  const lines = told.filter(({ recordType }) => recordType === 'performance_cost_line')
  expect(lines.map(({ amount, transfer_amount }) => [amount, transfer_amount])).toEqual([
    ['300000.00', '30000.00'],
    ['100000.00', '20000.00'],
  ])
  expect(checks.find(({ where }) => where === '国库业务经费: its cost lines')?.outcome).toBe('holds')
})

test('the name of a part over the whole width is no label of what stands below it', () => {
  const rest: Rows = [
    ['项目绩效总目标', '<', '<', '<', '<', '<'],
    ['名称', '目标说明', '<', '<', '<', '<'],
    ['长期绩效目标1', '部门预算管理水平提升', '<', '<', '<', '<'],
  ]
  const { told } = normalize(COVER, { lines: [TITLE], tables: [{ rows: [...FIRST, ...rest] }] })
  expect(told.find(({ recordType }) => recordType === 'performance_project')).toMatchObject({
    long_term_goal: '部门预算管理水平提升',
  })
})

test('a page that begins with the name of a part goes on with the sheet before it', () => {
  const { told } = normalize(COVER, { lines: [TITLE], tables: [{ rows: FIRST }] }, { tables: [{ rows: ANNUAL }] })
  const indicators = told.filter(({ recordType }) => recordType === 'performance_indicator')
  expect(indicators.map(({ project_name, term }) => [project_name, term])).toEqual([
    ['预算编审工作经费', 'annual'],
    ['预算编审工作经费', 'annual'],
  ])
})

test('the term stands over the indicators, across the sheet, whatever it is called', () => {
  const { told } = normalize({
    lines: ['项目支出绩效目标申报表', '（2024年度）'],
    tables: [
      {
        rows: [
          ['项目名称', '公益性岗位补贴', '<', '年度预算', '33.60'],
          ['实施期绩效目标', '长期稳定安置就业困难人员。', '<', '<', '<'],
          ['年度绩效目标', '2024年安置就业困难人员不少于180人。', '<', '<', '<'],
          ['实施周期绩效指标', '<', '<', '<', '<'],
          ['一级指标', '二级指标', '三级指标', '<', '指标值'],
          ['产出指标', '数量指标', '累计安置人员', '<', '≥540人'],
          ['年度绩效指标', '<', '<', '<', '<'],
          ['一级指标', '二级指标', '三级指标', '<', '指标值'],
          ['产出指标', '数量指标', '安置人员', '<', '≥180人'],
        ],
      },
    ],
  })
  const indicators = told.filter(({ recordType }) => recordType === 'performance_indicator')
  expect(indicators.map(({ term, level3 }) => [term, level3])).toEqual([
    ['long_term', '累计安置人员'],
    ['annual', '安置人员'],
  ])
})

test('the term stands beside the indicators, in the row of their headings', () => {
  const { told } = normalize(COVER, {
    lines: ['2024年部门整体绩效目标申报表', '单位：万元'],
    tables: [
      {
        rows: [
          ['部门名称', '某区财政局', '<', '<', '<', '<'],
          ['长期绩效指标', '一级指标', '二级指标', '三级指标', '指标值', '指标值确定依据'],
          ['^', '产出指标', '数量指标', '非税收入增长率', '≥5%', '计划数据'],
          ['年度绩效指标', '一级指标', '二级指标', '三级指标', '预期当年实现值', '指标值确定依据'],
          ['^', '产出指标', '数量指标', '编制培训次数', '≥2次', '计划数据'],
        ],
      },
    ],
  })
  const indicators = told.filter(({ recordType }) => recordType === 'performance_indicator')
  expect(indicators.map(({ term, target }) => [term, target])).toEqual([
    ['long_term', '≥5%'],
    ['annual', '≥2次'],
  ])
})

test.each([
  ['within its budget', '14.00', 'holds'],
  ['above its budget', '14.50', 'contradicted'],
])('what is bought for a project, %s', (_name, amount, outcome) => {
  const { checks } = normalize(
    COVER,
    {
      lines: ['2024年政府采购预算表', '单位：万元'],
      tables: [
        {
          rows: [
            ['单位名称', '项目名称', '采购品目', '采购数量', '采购单价', '采购金额'],
            ['某区财政局', '预算编审工作经费', '[C23090199]其他印刷服务', '1', amount, amount],
          ],
        },
      ],
    },
    { lines: [TITLE], tables: [{ rows: FIRST }] },
  )
  expect(checks.find(({ kind, where }) => kind === 'part-not-above-whole' && /procurement/.test(where))).toMatchObject({
    expected: '140000.00',
    outcome,
  })
})

describe('a sheet of a whole department', () => {
  const rows: Rows = [
    ['（2024年度）', '<', '<', '<', '<', '<'],
    ['部门名称', '<', '某县文化广播电视和旅游局', '<', '<', '<'],
    ['年度主要任务', '任务名称', '主要内容', '预算金额（万元）', '<', '<'],
    ['^', '^', '^', '总额', '财政拨款', '其他资金'],
    ['^', '基本支出保障', '保障在职人员工资福利', '1,052.12', '1,050.12', '2.00'],
    ['^', '公共文化服务', '免费开放、群众文化活动', '57.36', '57.36', ''],
    ['^', '金额合计', '<', '1,109.48', '1,107.48', '2.00'],
    ['年度总体目标', '保障机关及下属单位正常运转。', '<', '<', '<', '<'],
    ['年度绩效指标', '一级指标', '二级指标', '三级指标', '绩效指标值（包含数字及文字描述）', '<'],
    ['^', '产出指标', '数量指标', '送文化下乡场次', '≥120场次', '<'],
  ]
  const { told } = normalize(COVER, { lines: ['表7', '部门整体支出绩效目标表'], tables: [{ rows }] })

  test('its tasks with their money, whole and by source', () => {
    const projects = told.filter(({ recordType }) => recordType === 'performance_project')
    expect(projects).toMatchObject([
      { department_name: '某县文化广播电视和旅游局', year: '2024', annual_goal: '保障机关及下属单位正常运转。' },
      {
        project_name: '基本支出保障',
        plan: '保障在职人员工资福利',
        current_budget: '10521200.00',
        source_fiscal: '10501200.00',
        source_other: '20000.00',
      },
      { project_name: '公共文化服务', current_budget: '573600.00' },
    ])
    expect(projects).toHaveLength(3)
    expect(projects[0]).not.toHaveProperty('source_fiscal')
  })

  test('a heading with an explanation in brackets is the heading', () => {
    const [indicator] = told.filter(({ recordType }) => recordType === 'performance_indicator')
    expect(indicator).toMatchObject({ target: '≥120场次', operator: '>=', target_value: '120', target_unit: '场次' })
  })
})

test('the unit of a sheet stands in brackets behind what its money is called, wherever that is', () => {
  const { told, records } = normalize(COVER, {
    lines: ['部门整体支出绩效目标表（2024年度）'],
    tables: [
      {
        rows: [
          ['部门名称', '<', '某县商务局', '<'],
          ['部门预算资金（元）', '预算总额', '13,011', '<'],
          ['年度总体目标', '<', '保障运转。', '<'],
          ['一级指标', '二级指标', '三级指标', '指标值'],
          ['产出指标', '数量指标', '新增企业', '≥5户'],
        ],
      },
    ],
  })
  expect(told.find(({ recordType }) => recordType === 'performance_project')).toMatchObject({
    current_budget: '13011.00',
  })
  const flags = records.flatMap(({ fields }) => fields.flatMap((field) => field.flags.map(({ code }) => code)))
  expect(flags).not.toContain('unit-assumed')
})

test('of targets for half a year and for the whole, the whole year counts', () => {
  const { told } = normalize(COVER, {
    lines: ['2024年度市级项目支出绩效目标表'],
    tables: [
      {
        rows: [
          ['项目名称', '规划编制', '<', '项目编码', '3206', '<'],
          ['一级指标', '二级指标', '三级指标', '指标值', '<', '分值'],
          ['^', '^', '^', '半年', '全年', '^'],
          ['产出', '数量指标', '详细规划数量', '1项', '3项', '20'],
        ],
      },
    ],
  })
  expect(told.find(({ recordType }) => recordType === 'performance_indicator')).toMatchObject({
    target: '3项',
    weight: '20',
  })
})

test('indicators by term under headings that end in 表', () => {
  const header = ['一级指标', '二级指标', '指标名称', '指标值', '指标值确定依据']
  const { told } = normalize(COVER, {
    lines: ['某市项目申报表（含绩效目标）'],
    tables: [
      {
        rows: [
          ['专项（项目）名称', '监管执法', '<', '<', '<'],
          ['长期目标', '健全体系', '<', '<', '<'],
          ['年度目标', '完成检查', '<', '<', '<'],
          ['长期绩效指标表', '<', '<', '<', '<'],
          header,
          ['产出指标', '数量指标', '检查家次', '≥1000家次', '要点'],
          ['年度绩效指标表', '<', '<', '<', '<'],
          header,
          ['产出指标', '数量指标', '检查家次', '≥320家次', '计划'],
        ],
      },
    ],
  })
  const indicators = told.filter(({ recordType }) => recordType === 'performance_indicator')
  expect(indicators.map(({ project_name, term, target }) => [project_name, term, target])).toEqual([
    ['监管执法', 'long_term', '≥1000家次'],
    ['监管执法', 'annual', '≥320家次'],
  ])
})

test('an empty standard table behind a list of projects is no part of it', () => {
  const { told } = normalize(
    COVER,
    {
      lines: ['2024年部门项目支出绩效目标表', '单位：万元'],
      tables: [
        {
          rows: [
            ['项目名称', '主管部门', '预算金额', '项目绩效目标', '一级指标', '二级指标', '三级指标', '指标值'],
            ['水库加固', '某县水利局', '895.00', '加固6座水库', '产出指标', '数量指标', '加固座数', '≥6座'],
            ['^', '^', '^', '^', '效益指标', '经济效益指标', '恢复灌溉面积', '≥3200亩'],
          ],
        },
      ],
    },
    {
      lines: ['预算06表', '2024年政府性基金预算支出预算表', '单位：元'],
      tables: [
        {
          rows: [
            ['功能科目编码', '功能科目名称', '本年政府性基金预算支出', '<', '<'],
            ['^', '^', '合计', '基本支出', '项目支出'],
            ['', '', '', '', ''],
          ],
        },
      ],
      after: ['注：本部门2024年无政府性基金预算支出，此表为空表。'],
    },
  )
  const performance = told.filter(({ recordType }) => recordType?.startsWith('performance'))
  expect(performance.map(({ project_name, department }) => [project_name, department])).toEqual([
    ['水库加固', '某县水利局'],
    ['水库加固', undefined],
    ['水库加固', undefined],
  ])
})

test('a long list of several projects with their indicators, merged and over a page', () => {
  const header = [
    '单位名称',
    '项目名称',
    '预算数',
    '年度目标',
    '一级指标',
    '二级指标',
    '三级指标',
    '绩效指标性质',
    '绩效指标值',
    '绩效度量单位',
    '权重',
  ]
  const { told } = normalize(
    COVER,
    {
      lines: ['部门预算项目绩效目标表（2024年度）', '金额单位：万元'],
      tables: [
        {
          rows: [
            header,
            ['某局', '农田建设', '812.40', '建设农田', '产出指标', '数量指标', '农田面积', '≥', '0.8', '万亩', '20'],
            ['^', '^', '^', '^', '^', '^', '渠系长度', '≥', '12.6', '公里', '10'],
            ['^', '^', '^', '^', '效益指标', '经济效益指标', '亩均增产', '≥', '40', '公斤', '15'],
          ],
        },
      ],
    },
    {
      tables: [
        {
          rows: [
            ['', '', '', '', '', '', '农户满意度', '≥', '90', '%', '10'],
            ['某局', '疫病防控', '58.66', '防止疫情', '产出指标', '数量指标', '免疫密度', '≥', '90', '%', '50'],
          ],
        },
      ],
    },
  )
  expect(told.filter(({ recordType }) => recordType === 'performance_project')).toMatchObject([
    {
      project_name: '农田建设',
      current_budget: '8124000.00',
      annual_goal: '建设农田',
      executing_unit: '某局',
      year: '2024',
    },
    { project_name: '疫病防控', current_budget: '586600.00', annual_goal: '防止疫情', year: '2024' },
  ])
  const indicators = told.filter(({ recordType }) => recordType === 'performance_indicator')
  expect(
    indicators.map(({ project_name, level1, level2, level3, term }) => [project_name, level1, level2, level3, term]),
  ).toEqual([
    ['农田建设', '产出指标', '数量指标', '农田面积', 'annual'],
    ['农田建设', '产出指标', '数量指标', '渠系长度', 'annual'],
    ['农田建设', '效益指标', '经济效益指标', '亩均增产', 'annual'],
    ['农田建设', '效益指标', '经济效益指标', '农户满意度', 'annual'],
    ['疫病防控', '产出指标', '数量指标', '免疫密度', 'annual'],
  ])
})

test('indicators of the medium term beside those of the year', () => {
  const { told } = normalize(COVER, {
    lines: ['项目支出绩效目标申报表', '（2024年度）'],
    tables: [
      {
        rows: [
          ['项目名称', '草原修复', '<', '<', '<', '<', '<', '<'],
          ['项目资金（万元）', '中期资金总额', '<', '1,261.50', '<', '年度资金总额', '<', '420.50'],
          ['^', '其中：财政拨款', '<', '1,261.50', '<', '其中：财政拨款', '<', '420.50'],
          ['总体目标', '中期目标（2024年—2026年）', '<', '<', '<', '年度目标', '<', '<'],
          ['^', '三年修复15万亩', '<', '<', '<', '当年修复5万亩', '<', '<'],
          ['绩效指标', '一级指标', '二级指标', '三级指标', '指标值', '二级指标', '三级指标', '指标值'],
          ['^', '产出指标', '数量指标', '修复面积', '≥15万亩', '数量指标', '修复面积', '≥5万亩'],
          ['^', '^', '质量指标', '成活率', '≥85%', '质量指标', '成活率', '≥80%'],
        ],
      },
    ],
  })
  expect(told.find(({ recordType }) => recordType === 'performance_project')).toMatchObject({
    current_budget: '4205000.00',
    source_fiscal: '4205000.00',
    long_term_goal: '三年修复15万亩',
    annual_goal: '当年修复5万亩',
  })
  const indicators = told.filter(({ recordType }) => recordType === 'performance_indicator')
  expect(indicators.map(({ term, level1, level3, target }) => [term, level1, level3, target])).toEqual([
    ['long_term', '产出指标', '修复面积', '≥15万亩'],
    ['annual', '产出指标', '修复面积', '≥5万亩'],
    ['long_term', '产出指标', '成活率', '≥85%'],
    ['annual', '产出指标', '成活率', '≥80%'],
  ])
})

test('a column of remarks is no second table, and a row over the whole width no indicator', () => {
  const { told } = normalize(COVER, {
    lines: ['项目支出绩效目标表', '（2024年度）'],
    tables: [
      {
        rows: [
          ['项目名称', '低保资金', '<', '<', '<', '<'],
          ['一级指标', '二级指标', '三级指标', '指标值', '分值', '指标内容'],
          ['产出指标', '数量指标', '保障人数', '5200人', '50', '反映保障人数情况。'],
          ['总分', '<', '<', '<', '100', ''],
        ],
      },
    ],
  })
  const indicators = told.filter(({ recordType }) => recordType === 'performance_indicator')
  expect(indicators.map(({ level3, target, weight }) => [level3, target, weight])).toEqual([
    ['保障人数', '5200人', '50'],
  ])
})

test('a second choice says how often, and 总体目标 alone is the goal of the year', () => {
  const { told } = normalize(COVER, {
    lines: ['2024年度项目绩效目标申报表'],
    tables: [
      {
        rows: [
          ['项目名称', '文化服务', '<', '项目负责人', '刘某', '<'],
          ['项目类型', '□其他运转类 ☑特定目标类', '<', '项目属性', '☑持续性项目 □新增性项目', '<'],
          ['总体目标', '群众文化获得感增强', '<', '<', '<', '<'],
          ['项目活动', '活动内容表述', '<', '支出经济分类', '金额', '测算依据及说明'],
          ['文化演出', '送戏下乡96场', '<', '委托业务费', '57.60', '96场×0.6万元/场'],
        ],
      },
    ],
  })
  expect(told).toContainEqual(
    expect.objectContaining({ category: '特定目标类', frequency: '持续性项目', annual_goal: '群众文化获得感增强' }),
  )
  expect(told).toContainEqual(
    expect.objectContaining({ recordType: 'performance_cost_line', content: '送戏下乡96场', amount: '576000.00' }),
  )
})

describe('what readers of pixels saw', () => {
  const scanned = (target: CellSketch, choice: CellSketch) =>
    normalize(COVER, {
      lines: ['2024年度项目绩效目标申报表'],
      tables: [
        {
          origin: 'ocr',
          rows: [
            ['项目名称', '河道治理', '<', '<', '<'],
            ['项目属性', choice, '<', '<', '<'],
            ['一级指标', '二级指标', '三级指标', '指标值', '分值'],
            ['产出指标', '数量指标', '新建污水管网', target, '10'],
          ],
        },
      ],
    }).records
  const disputed = { text: '之12公里', readings: { paddle: '之12公里', tesseract: '≥12公里' } }
  const boxes = {
    text: '口新增项目”回延续项目',
    readings: { paddle: '口新增项目”回延续项目', tesseract: '新增项目延续项目' },
  }
  const fieldOf = (records: ReturnType<typeof scanned>, name: string) =>
    records.flatMap(({ fields }) => fields).find((field) => field.name === name)

  test('a sign that one reader took for a glyph is a sign, and its parts are as disputed as it is', () => {
    const records = scanned(disputed, '延续项目')
    expect(fieldOf(records, 'target')?.value).toBe('≥12公里')
    expect(fieldOf(records, 'operator')).toMatchObject({
      value: '>=',
      support: { origin: 'ocr', readersDisagreeing: 1 },
    })
    expect(fieldOf(records, 'target_value')).toMatchObject({ value: '12', support: { origin: 'ocr' } })
  })

  test('boxes that were read as characters are boxes', () =>
    expect(fieldOf(scanned(disputed, boxes), 'category')?.value).toBe('延续项目'))
})

test("a department's tasks are listed without their sum", () => {
  const { told } = normalize(COVER, {
    lines: ['部门整体支出绩效目标表', '单位：万元'],
    tables: [
      {
        rows: [
          ['部门名称', '某区财政局', '<', '<'],
          ['年度主要任务', '任务名称', '主要内容', '预算金额'],
          ['^', '保障运转', '日常公用支出', '14.00'],
          ['^', '金额合计', '', '14.00'],
        ],
      },
    ],
  })
  expect(told.map(({ project_name, plan, current_budget }) => [project_name, plan, current_budget])).toContainEqual([
    '保障运转',
    '日常公用支出',
    '140000.00',
  ])
  expect(told.filter(({ project_name }) => project_name === '金额合计')).toEqual([])
})

test('the national form: label and value in one cell, operator and unit in columns of their own', () => {
  const { told } = normalize(COVER, {
    lines: ['项目支出绩效目标表', '（2024年度）'],
    tables: [
      {
        rows: [
          ['项目名称', '校园安全经费', '<', '<', '<', '<'],
          ['主管部门及代码', '205 某区教育局', '<', '实施单位', '某区教育局本级', '<'],
          ['项目资金（万元）', '年度资金总额：', '<', '42.00', '<', '<'],
          ['^', '其中：财政拨款', '<', '42.00', '<', '<'],
          ['^', '其他资金', '<', '', '<', '<'],
          ['年度总体目标', '保障校园安全', '<', '<', '<', '<'],
          ['一级指标', '二级指标', '三级指标', '指标性质', '指标值', '度量单位'],
          ['产出指标', '数量指标', '配备保安人数', '≥', '120', '人'],
          ['^', '质量指标', '持证上岗率', '=', '100', '%'],
        ],
      },
    ],
  })
  expect(told.filter(({ recordType }) => recordType?.startsWith('performance') === true)).toMatchObject([
    {
      project_name: '校园安全经费',
      executing_unit: '某区教育局本级',
      current_budget: '420000.00',
      source_fiscal: '420000.00',
      annual_goal: '保障校园安全',
    },
    { level1: '产出指标', level3: '配备保安人数', operator: '>=', target_value: '120', target_unit: '人' },
    { level1: '产出指标', level3: '持证上岗率', operator: '=', target_value: '100', target_unit: '%' },
  ])
})

test('a sign that was read as something else on a scan is asked about, not taken for none', () => {
  const sheet = (sign: string) =>
    normalize(COVER, {
      lines: ['项目支出绩效目标表', '（2024年度）'],
      tables: [
        {
          origin: 'ocr',
          rows: [
            ['项目名称', '校园安全经费', '<', '<', '<', '<'],
            ['一级指标', '二级指标', '三级指标', '指标性质', '指标值', '度量单位'],
            ['产出指标', '数量指标', '配备保安人数', sign, '120', '人'],
          ],
        },
      ],
    })
  const operatorOf = (sign: string) =>
    sheet(sign)
      .records.flatMap(({ fields }) => fields)
      .find(({ name }) => name === 'operator')
  expect(operatorOf('V')?.flags).toEqual([{ code: 'reading-weak', detail: 'V is no sign of a comparison' }])
  expect(operatorOf('≥')).toMatchObject({ value: '>=', flags: [] })
  expect(operatorOf('')).toMatchObject({ value: '=', flags: [] })
})

test('a department sheet lists its projects and compares three years', () => {
  const { told, checks } = normalize(
    COVER,
    {
      lines: ['2024年部门整体绩效目标申报表', '单位：万元'],
      tables: [
        {
          rows: [
            ['部门名称', '某区财政局', '<', '<', '<'],
            ['项目名称', '支出项目类别', '项目总预算', '项目本年度预算', '项目主要支出方向和用途'],
            ['预算编审工作经费', '经常性项目', '14', '14', '培训'],
            ['一体化建设经费', '经常性项目', '48', '48', '系统'],
          ],
        },
      ],
    },
    {
      lines: ['年度绩效指标'],
      tables: [
        {
          rows: [
            ['一级', '二级', '三级指标', '2022年', '2023年', '2024年', '依据'],
            ['产出', '数量', '编制培训次数', '2次', '2次', '≥2次', '计划数据'],
          ],
        },
      ],
    },
  )
  expect(told.filter(({ sheet: kind }) => kind === 'department')).toMatchObject([
    { department_name: '某区财政局' },
    { project_name: '预算编审工作经费', category: '经常性项目', current_budget: '140000.00', plan: '培训' },
    { project_name: '一体化建设经费', total_budget: '480000.00' },
    { level3: '编制培训次数', value_before_prior: '2次', target: '≥2次', operator: '>=', term: 'annual' },
  ])
  expect(checks.find(({ where }) => where === "the department's list")).toMatchObject({
    expected: '620000.00',
    outcome: 'holds',
  })
})

test.each([
  ['≥98%', { operator: '>=', value: '98', unit: '%' }],
  ['=100%', { operator: '=', value: '100', unit: '%' }],
  ['≤51.5万', { operator: '<=', value: '51.5', unit: '万' }],
  ['2次', { operator: '=', value: '2', unit: '次' }],
  ['≥120人次/年', { operator: '>=', value: '120', unit: '人次/年' }],
  ['90%-100%', { operator: 'range', value: '90-100', unit: '%' }],
  ['100--120人/年', { operator: 'range', value: '100-120', unit: '人/年' }],
  ['显著提升', { operator: 'text', value: null, unit: null }],
  ['4月底前', { operator: 'text', value: null, unit: null }],
  ['2025年9月底前', { operator: 'text', value: null, unit: null }],
  ['3个月', { operator: '=', value: '3', unit: '个月' }],
  ['2年', { operator: '=', value: '2', unit: '年' }],
  ['≦上级规定的各项工作完成时间', { operator: 'text', value: null, unit: null }],
  ['-', null],
  ['/', null],
  ['——', null],
] as const)('the target %s', (printed, expected) => expect(parseTarget(printed)).toEqual(expected))

test.each([
  ['1.运转类 □ 2.特定目标类本级支出 ☑ 3.上级转移支出 □', '特定目标类本级支出'],
  ['□ 一次性项目 ☑ 常年项目', '常年项目'],
  ['经常性项目', '经常性项目'],
  ['□经常性项目 ☑一次性项目', '一次性项目'],
  ['1.运转类 □ 2.特定目标类 □', null],
])('the ticked option of "%s"', (printed, expected) => expect(parseChoice(printed)).toBe(expected))

test('what was adjusted later is not the budget at the start of the year', () => {
  const { budgets, executions } = parseEarlierYears(
    '1.2022年年初预算安排70万，年中调整为50万；\n2.2022年实际预算执行4.46万；\n3.2023年年初预算安排70万，年中调整为47.3万；4.2023年1-7月执行17.3万',
  )
  expect([...budgets]).toEqual([
    [2022, '700000.00'],
    [2023, '700000.00'],
  ])
  expect([...executions]).toEqual([
    [2022, '44600.00'],
    [2023, '173000.00'],
  ])
})

describe('a sheet that a page break cuts in the row of its goal', () => {
  const head: Rows = [
    ['项目名称', '村道养护', '<', '<'],
    ['主管部门', '某县交通局', '实施单位', '公路站'],
  ]
  const indicators: Rows = [
    ['绩效指标', '二级指标', '三级指标', '指标值'],
    ['产出指标', '数量指标', '养护里程', '≥80公里'],
  ]
  const cut = (label: string, rest: string) => {
    const goal: Rows = [[label, '养护村道八十公里，', '<', '<']]
    const end: Rows = [
      [rest, '修补路面。', '<', '<'],
      ['一级指标', ...(indicators[0] ?? []).slice(1)],
      ...indicators.slice(1),
    ]
    return normalize(
      { lines: ['项目支出绩效目标表'], tables: [{ rows: [...head, ...goal] }] },
      { tables: [{ rows: end }] },
    )
  }

  test.each([
    ['年度', '绩效目标'],
    ['年度总', '体目标'],
    ['年度', '总体目标'],
  ])('%s | %s: the goal is whole and no year', (label, rest) => {
    const project = cut(label, rest).told.find(({ recordType }) => recordType === 'performance_project')
    expect(project).toMatchObject({ annual_goal: '养护村道八十公里，修补路面。' })
    expect(project).not.toHaveProperty('year')
  })

  test('words under 年度 alone are no year', () => {
    const rows: Rows = [...head, ['年度', '继续养护村道八十公里', '年度资金总额', '30'], ...indicators]
    const { told } = normalize({ lines: ['项目支出绩效目标表'], tables: [{ rows }] })
    expect(told.find(({ recordType }) => recordType === 'performance_project')).not.toHaveProperty('year')
  })

  test.each(['2024', '2024年', '2024-2026年'])('%s under 年度 is a year', (year) => {
    const rows: Rows = [...head, ['年度', year, '年度资金总额', '30'], ...indicators]
    const { told } = normalize({ lines: ['项目支出绩效目标表'], tables: [{ rows }] })
    expect(told.find(({ recordType }) => recordType === 'performance_project')).toMatchObject({ year })
  })
})
