import { describe, expect, test } from 'vitest'
import { normalizePages, valuesOf } from '../support/normalize-pages.ts'

const TITLE = '某市某区教育局2024年部门预算公开'
const FINAL_TITLE = '某市某区教育局2024年度部门决算'

/** key = value unit year, one for each figure. */
function figuresIn(lines: readonly string[], title = TITLE): string[] {
  return normalizePages({ lines: [title, ...lines] })
    .records.filter(({ recordType }) => recordType === 'key_figure')
    .map((record) => {
      const told = valuesOf(record)
      const direction = told.direction === undefined ? '' : ` ${told.direction}`
      return `${told.key} ${told.value} ${told.unit} ${told.year}${direction}`
    })
}

const SENTENCES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'a total with its change in amount and per cent',
    ['2024年收支总预算2819.79万元，比2023年预算减少319.66万元，下降10.18%。'],
    [
      'total_budget 28197900.00 yuan 2024',
      'total_budget_change 3196600.00 yuan 2024 decrease',
      'total_budget_change_percent 10.18 percent 2024 decrease',
    ],
  ],
  [
    'a change of both sides, against what both were',
    ['2024年度收入总计20万元，支出总计20万元。收支较上年决算数增加2万元，增长11.11%。'],
    [
      'total_income 200000.00 yuan 2024',
      'total_expenditure 200000.00 yuan 2024',
      'total_budget_change 20000.00 yuan 2024 increase',
      'total_budget_change_percent 11.11 percent 2024 increase',
    ],
  ],
  [
    'a change against what was spent last year',
    ['2024年“三公”经费支出共计3.43万元，较上年支出数减少0.31万元，下降8.29%。'],
    [
      'three_public 34300.00 yuan 2024',
      'three_public_change 3100.00 yuan 2024 decrease',
      'three_public_change_percent 8.29 percent 2024 decrease',
    ],
  ],
  [
    'what was spent of a fund, in its sentence',
    ['2024年政府性基金预算财政拨款收入73.50万元，本年支出73.50万元。'],
    ['government_fund 735000.00 yuan 2024', 'government_fund 735000.00 yuan 2024'],
  ],
  [
    'words of change in another order',
    ['本年支出合计1,234.5万元，较上年增长45.6万元，增幅3.84%。'],
    [
      'total_expenditure 12345000.00 yuan 2024',
      'total_expenditure_change 456000.00 yuan 2024 increase',
      'total_expenditure_change_percent 3.84 percent 2024 increase',
    ],
  ],
  [
    'parts with their shares',
    ['2024年支出预算100万元，其中：基本支出60万元，占60%；项目支出40万元，占40%。'],
    [
      'total_expenditure 1000000.00 yuan 2024',
      'basic_expenditure 600000.00 yuan 2024',
      'basic_expenditure_share 60 percent 2024',
      'project_expenditure 400000.00 yuan 2024',
      'project_expenditure_share 40 percent 2024',
    ],
  ],
  [
    'classes of function and of economic use',
    ['一般公共服务支出1988.68万元，主要用于机关运行；社会保障和就业支出（类）317.13万元。工资福利支出20万元。'],
    [
      'function_class 19886800.00 yuan 2024',
      'function_class 3171300.00 yuan 2024',
      'economic_class 200000.00 yuan 2024',
    ],
  ],
  [
    'procurement and what of it is for small firms',
    [
      '2024年政府采购预算38.20万元，其中：政府采购货物预算7.80万元、政府采购工程预算0万元、政府采购服务预算30.40万元。',
      '面向中小企业预留政府采购项目预算金额30.40万元，面向小微企业预留政府采购项目预算金额0万元。',
    ],
    [
      'procurement 382000.00 yuan 2024',
      'procurement_goods 78000.00 yuan 2024',
      'procurement_works 0.00 yuan 2024',
      'procurement_services 304000.00 yuan 2024',
      'procurement_sme 304000.00 yuan 2024',
      'procurement_micro 0.00 yuan 2024',
    ],
  ],
  [
    'the three public expenses, level with last year',
    ['2024年“三公”经费预算0.48万元，与上年持平。其中：公务接待费0.48万元，因公出国（境）费和公务用车费为零。'],
    [
      'three_public 4800.00 yuan 2024',
      'three_public_change 0.00 yuan 2024 flat',
      'reception 4800.00 yuan 2024',
      'vehicle 0.00 yuan 2024',
    ],
  ],
  [
    'staff by kind, of the year in which they were counted',
    ['本部门共有编制89人。其中：行政编制33人、事业编制56人。2023年12月在职人员实有数78人，退休人员48人。'],
    [
      'staff_quota 89 person 2024',
      'staff_quota_administrative 33 person 2024',
      'staff_quota_public_institution 56 person 2024',
      'staff_employed 78 person 2023',
      'staff_retired 48 person 2023',
    ],
  ],
  [
    'floor area and cars',
    ['截至2023年12月31日，房屋面积共有6334.6平方米，共有车辆3辆，其中：机要通信用车1辆、其他用车2辆。'],
    [
      'floor_area 6334.6 square_metre 2023',
      'vehicles 3 vehicle 2023',
      'vehicles_confidential 1 vehicle 2023',
      'vehicles_other 2 vehicle 2023',
    ],
  ],
  [
    'projects under a heading that speaks of them, over the end of a line',
    [
      '九、项目支出安排情况',
      '1.党建、文明创建工作经费3万元，主要用于培训。',
      '2.信息化建设运行维护经费139.47万',
      '元，用于系统。',
    ],
    ['project 30000.00 yuan 2024', 'project 1394700.00 yuan 2024'],
  ],
  [
    'what was carried over from last year is money of this one',
    ['2025年收入预算100万元，其中：上年结转20万元，占20%；一般公共预算拨款收入80万元。'.replace('2025', '2024')],
    [
      'total_income 1000000.00 yuan 2024',
      'carryover 200000.00 yuan 2024',
      'carryover_share 20 percent 2024',
      'general_public_budget 800000.00 yuan 2024',
    ],
  ],
  [
    'a class by its path, with the year between path and figure',
    ['2.教育支出（类）普通教育（款）小学教育（项）2024年预算数为26.85万元，主要用于教学。'],
    ['function_class 268500.00 yuan 2024'],
  ],
  [
    'income and expenditure in one word, however it is joined',
    ['某局2024年度收入、支出预算总计323万元，与上年相比收、支预算总计各减少13万元，下降4.12%。'],
    [
      'total_budget 3230000.00 yuan 2024',
      'total_budget_change 130000.00 yuan 2024 decrease',
      'total_budget_change_percent 4.12 percent 2024 decrease',
    ],
  ],
  [
    'a bare word that is all of its clause',
    ['2024年部门预算收入100万元，其中，上年结转结余20万元。收入较去年增加43万元，主要是新增队伍建设经费。'],
    [
      'total_income 1000000.00 yuan 2024',
      'carryover 200000.00 yuan 2024',
      'total_income_change 430000.00 yuan 2024 increase',
    ],
  ],
  [
    'a comparison that begins its sentence is of what the sentence before was about',
    ['2024年“三公”经费预算安排15万元。其中公务接待费15万元。与2023年相比减少1万元，下降6.25%。'],
    [
      'three_public 150000.00 yuan 2024',
      'reception 150000.00 yuan 2024',
      'three_public_change 10000.00 yuan 2024 decrease',
      'three_public_change_percent 6.25 percent 2024 decrease',
    ],
  ],
  [
    'the source behind the subject is no other subject',
    ['2024年本部门机关运行经费当年一般公共预算拨款96.01万元，比上年预算增加4万元。'],
    ['operating_expenses 960100.00 yuan 2024', 'operating_expenses_change 40000.00 yuan 2024 increase'],
  ],
  [
    'projects in a list of the parts of project expenditure',
    ['2024年项目支出年初预算数为100万元。其中：安全生产整治60万元，森林防灭火40万元，其他资金0万元。'],
    [
      'project_expenditure 1000000.00 yuan 2024',
      'project 600000.00 yuan 2024',
      'project 400000.00 yuan 2024',
      'other_income 0.00 yuan 2024',
    ],
  ],
  [
    'the sum behind a list of the parts of a project is the project again',
    [
      '商业创新专项经费情况说明',
      '2024年度项目总预算460.00万，其中支持品牌集聚340.00万，支持示范地标120.00万，合计460.00万。',
    ],
    [
      'project 4600000.00 yuan 2024',
      'project_part 3400000.00 yuan 2024',
      'project_part 1200000.00 yuan 2024',
      'project 4600000.00 yuan 2024',
    ],
  ],
  [
    'words behind the figure',
    ['本部门共7个项目纳入绩效目标管理，涉及财政性资金合计508.48万元。'],
    ['performance_projects 7 item 2024', 'performance_amount 5084800.00 yuan 2024'],
  ],
  [
    'a short sentence says what the next is about',
    [
      '（一）公务接待费。2024年预算安排3.34万元，比上年减少0.60万元，下降15.23%。（二）公务用车购置及运行费。2024年预算安排44万元。',
    ],
    [
      'reception 33400.00 yuan 2024',
      'reception_change 6000.00 yuan 2024 decrease',
      'reception_change_percent 15.23 percent 2024 decrease',
      'vehicle 440000.00 yuan 2024',
    ],
  ],
  [
    'the end of a name in the next sentence is that name',
    ['1、机关运行经费。2024年一般公共预算财政拨款运行经费71.14万元，比上年增加0.77万元。'],
    ['operating_expenses 711400.00 yuan 2024', 'operating_expenses_change 7700.00 yuan 2024 increase'],
  ],
  [
    'a part of the budget is a share, what was spent of it is not',
    ['2024年支出预算100万元，其中：基本支出47万元，占支出预算的47%。支出决算90万元，完成年初预算的90%。'],
    [
      'total_expenditure 1000000.00 yuan 2024',
      'basic_expenditure 470000.00 yuan 2024',
      'basic_expenditure_share 47 percent 2024',
      'total_expenditure 900000.00 yuan 2024',
      'total_expenditure_execution_percent 90 percent 2024',
    ],
  ],
  [
    'numbered projects of any name under a heading of projects',
    [
      '四、项目支出安排情况',
      '1.图书馆免费开放30万元，主要用于保障。',
      '2.非遗传承保护（中央转移支付）21.60万元，主要用于保障。',
    ],
    ['project 300000.00 yuan 2024', 'project 216000.00 yuan 2024'],
  ],
  [
    'a year in the name of a project is not the year of its figure',
    ['四、项目支出安排情况', '1.图书馆保障经费（2023年结转）30万元，主要用于保障。'],
    ['project 300000.00 yuan 2024'],
  ],
  [
    'cars that are there, beside money for buying some',
    ['公务用车购置支出0万元，公务用车运行支出32万元，公务用车保有量为9辆。2024年拟新增配置公务用车2辆。'],
    [
      'vehicle_purchase 0.00 yuan 2024',
      'vehicle_running 320000.00 yuan 2024',
      'vehicles 9 vehicle 2024',
      'vehicles_purchased 2 vehicle 2024',
    ],
  ],
  [
    'a comparison behind brackets is of what stands before them',
    [
      '公务用车购置及运行费7.71万元（其中公务用车购置费0.00万元，公务用车运行费7.71万元），与上年持平；公务接待费1万元。',
      '公务用车购置及运行费4万元（含公务用车运行费4万元），比上年减少1万元。',
    ],
    [
      'vehicle 77100.00 yuan 2024',
      'vehicle_purchase 0.00 yuan 2024',
      'vehicle_running 77100.00 yuan 2024',
      'vehicle_change 0.00 yuan 2024 flat',
      'reception 10000.00 yuan 2024',
      'vehicle 40000.00 yuan 2024',
      'vehicle_running 40000.00 yuan 2024',
      'vehicle_change 10000.00 yuan 2024 decrease',
    ],
  ],
  [
    'classes with the word for their level inside their name',
    ['主要用于：社会保障和就业（类）支出3017.55万元，占93.07%；卫生健康（类）支出83.27万元。'],
    [
      'function_class 30175500.00 yuan 2024',
      'function_class_share 93.07 percent 2024',
      'function_class 832700.00 yuan 2024',
    ],
  ],
  [
    'the income of this year out of a part is no income of the whole',
    ['2024年财政拨款收入103万元，其中：本年收入99万元，上年结转4万元。2024年总收入120万元，其中：本年收入116万元。'],
    [
      'fiscal_income 1030000.00 yuan 2024',
      'fiscal_income 990000.00 yuan 2024',
      'carryover 40000.00 yuan 2024',
      'total_income 1200000.00 yuan 2024',
      'total_income 1160000.00 yuan 2024',
    ],
  ],
  [
    'cars of one kind are not all cars',
    ['本部门共有车辆5辆，其中，一般公务用车2辆、执法执勤用车3辆。'],
    ['vehicles 5 vehicle 2024', 'vehicles_general 2 vehicle 2024', 'vehicles_enforcement 3 vehicle 2024'],
  ],
  [
    'a line that begins with a code in brackets goes on',
    ['（5）行政单位医疗（2101101）35.53万元；（6）公务员医疗补助', '（2101103）15.88万元。'],
    ['function_class 355300.00 yuan 2024', 'function_class 158800.00 yuan 2024'],
  ],
  [
    'projects with goals, whatever is done with them',
    ['2024年本局开展绩效目标管理的项目6个，涉及预算180.71万元。'],
    ['performance_projects 6 item 2024', 'performance_amount 1807100.00 yuan 2024'],
  ],
  [
    'a figure whose subject is in the heading',
    ['（一）因公出国（境）费用', '预算控制数为0万元，与上年预算持平。'],
    ['overseas_travel 0.00 yuan 2024', 'overseas_travel_change 0.00 yuan 2024 flat'],
  ],
]

describe('what sentences state', () => {
  test.each(SENTENCES)('%s', (_name, lines, expected) => expect(figuresIn(lines)).toEqual(expected))

  test('accounts state what was planned and what was spent', () => {
    const { records } = normalizePages({
      lines: [
        FINAL_TITLE,
        '1、教育支出（类）普通教育（款）小学教育（项）。主要用于教学。年初预算为10.00万元，支出决算为9.50万元。',
      ],
    })
    const told = records.map(valuesOf)
    expect(told).toMatchObject([
      { key: 'function_class', line_code: '2050202', value: '100000.00', stage: 'budget' },
      { key: 'function_class', line_code: '2050202', value: '95000.00', stage: 'final_accounts' },
    ])
  })

  test.each([
    ['1．2050202 小学教育 2,953,006.64 元，主要用于教学。', '2050202', '小学教育'],
    ['（一）2050202-小学教育45.65万元。主要用于教学。', '2050202', '小学教育'],
    ['（1）小学教育（2050202）45.65万元。', '2050202', '小学教育'],
    ['按功能科目分类：小学教育2050202，1,453,648.64元。', '2050202', '小学教育'],
    ['按功能科目分类：小学教育2050202，453,648.64元。', '2050202', '小学教育'],
  ])('a class that is told by its code: %s', (line, code, name) => {
    const [record] = normalizePages({ lines: [TITLE, line] }).records
    const told = record === undefined ? {} : valuesOf(record)
    expect(told).toMatchObject({ key: 'function_class', line_code: code, name })
    expect(told.value).toMatch(/453648\.64$|45\d{4}\.00$|2953006\.64$/)
  })

  test('a class of economic use that is told by its code', () => {
    const [record] = normalizePages({ lines: [TITLE, '按经济科目分类：商品和服务支出（302）798.71万元。'] }).records
    expect(record === undefined ? null : valuesOf(record)).toMatchObject({ key: 'economic_class', line_code: '302' })
  })

  test.each([
    ['1.社会保障和就业（类）行政事业单位养老支出（款）事业单位离退休（项）：2024年预算数为14.64万元。', '2080502'],
    ['社会保障和就业（类）支出112.52万元。', '208'],
  ])('a class whose name leaves 支出 out has its code: %s', (line, code) => {
    const [record] = normalizePages({ lines: [TITLE, line] }).records
    expect(record === undefined ? null : valuesOf(record)).toMatchObject({ key: 'function_class', line_code: code })
  })

  test.each([
    ['（2080505）机关事业单位基本养老保险缴费支出188.11万元。', 'function_class', '2080505'],
    ['主要支出项目（按项级科目分类统计）包括：（2210201）住房公积金142.81万元。', 'function_class', '2210201'],
    ['2024年国有资本经营预算支出0万元。', 'state_capital', undefined],
  ])('a class with its code in brackets before it, and a source that is called like a class: %s', (line, key, code) => {
    const [record] = normalizePages({ lines: [TITLE, line] }).records
    const told = record === undefined ? {} : valuesOf(record)
    expect([told.key, told.line_code]).toEqual([key, code])
  })

  test('a source that is called like a class is one in a list of classes', () =>
    expect(figuresIn(['支出预算包括：住房保障支出2万元、国有资本经营预算支出1万元。'])).toEqual([
      'function_class 20000.00 yuan 2024',
      'function_class 10000.00 yuan 2024',
    ]))

  const projectsIn = (...lines: readonly string[]) =>
    normalizePages({ lines: [TITLE, ...lines] })
      .records.map(valuesOf)
      .filter(({ key }) => key === 'project')
      .map(({ name, value }) => [name, value])

  test('what is spent on projects, in a list of the parts of project expenditure', () =>
    expect(
      projectsIn(
        '项目支出：2024年项目支出预算数567.10万元，其中：小区改造配套支出344.50万元，教育支出72万元，特定目标类项目支出9万元，商品服务支出8万元，上级专项支出7万元，个人家庭补助支出6万元，危房改造补助支出138.60万元。',
      ),
    ).toEqual([
      ['小区改造配套', '3445000.00'],
      ['危房改造补助', '1386000.00'],
    ]))

  test('a word about the names of projects names none', () =>
    expect(projectsIn('项目名称及金额详见附表。预算安排规模：10万元。')).toEqual([]))

  test('a project that is named as such, then its money', () =>
    expect(
      projectsIn(
        '五、关于项目支出情况说明',
        '（一）项目名称：困难人员供养补助。预算安排规模：486.20万元。',
        '（二）项目名称：高龄津贴',
        '立项依据：某办法。',
        '预算安排规模：215.76万元。',
        '六、关于“三公”经费情况说明',
        '“三公”经费预算总额1万元。',
      ),
    ).toEqual([
      ['困难人员供养补助', '4862000.00'],
      ['高龄津贴', '2157600.00'],
    ]))

  test('projects that goals were set for, behind their number', () =>
    expect(figuresIn(['2024年度共设置7个项目绩效目标，涉及财政拨款资金4132.86万元。'])).toEqual([
      'performance_projects 7 item 2024',
      'performance_amount 41328600.00 yuan 2024',
    ]))

  test('what accounts call a budget was planned', () => {
    const { records } = normalizePages({
      lines: [FINAL_TITLE, '2024年度“三公”经费财政拨款支出预算为41万元，支出决算为38万元，完成预算的92.68%。'],
    })
    const stages = records.map(({ fields }) => fields.find(({ name }) => name === 'stage')?.value)
    expect(stages).toEqual(['budget', 'final_accounts', 'final_accounts'])
    const bare = normalizePages({ lines: [FINAL_TITLE, '2024年“三公”经费财政拨款支出预算8万元，支出决算7万元。'] })
    expect(bare.records.map((record) => valuesOf(record).stage)).toEqual(['budget', 'final_accounts'])
  })

  test('a subject keeps the spelling of the text', () => {
    const [record] = normalizePages({ lines: [TITLE, '2024年收入支出总计30万元。'] }).records
    expect(record === undefined ? null : valuesOf(record).name).toBe('收入支出总计')
  })

  test('a figure points to its line, and keeps its sentence', () => {
    const { records } = normalizePages({ lines: [TITLE, '第一句话。2024年机关运行经费279.56万元。'] })
    const value = records[0]?.fields.find(({ name }) => name === 'value')
    expect(value).toMatchObject({ raw: '279.56万元', pageNumber: 1, bbox: { top: 36 } })
    expect(records[0]?.fields.find(({ name }) => name === 'sentence')?.value).toBe('2024年机关运行经费279.56万元。')
  })
})

test.each([
  ['a limit', '单笔支出不超过30万元的，由局长审批。单价100万元（含）以上设备的购置须报批。'],
  ['a duty', '负责编制2024年预算，服务30家单位。'],
  ['a number of visits', '国内公务接待20批次、150人次。'],
  ['a subject that nobody listed', '拨付企业奖励资金500万元。'],
  ['what small firms won', '由中小企业供应商中标或成交的，采购金额246.47万元。'],
  ['a reason', '主要原因是报废更新执法车辆1辆，退休人员增加3人。'],
  ['a policy in per cent', '支持外贸增长5%。'],
])('%s is no key figure', (_name, line) => expect(figuresIn([line])).toEqual([]))

describe('prose against tables', () => {
  const table = {
    rows: [
      ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
      ['205', '教育支出', '100.00', '60.00', '40.00'],
      ['合计', '<', '100.00', '60.00', '40.00'],
    ],
  }
  const outcomes = (sentence: string) =>
    normalizePages({ lines: [TITLE, sentence] }, { lines: ['支出总表', '单位：万元'], tables: [table] })
      .checks.filter(({ kind }) => kind === 'prose-agreement')
      .map(({ outcome, difference }) => [outcome, difference])

  test('a sentence that says what the table says holds', () =>
    expect(outcomes('2024年支出预算100万元。')).toEqual([['holds', '0.00']]))
  test('rounded in the sentence, it holds too', () =>
    expect(outcomes('2024年教育支出0.01亿元。')).toEqual([['holds', '0.00']]))
  test('another figure is named with its difference', () =>
    expect(outcomes('2024年支出预算110万元。')).toEqual([['contradicted', '-100000.00']]))
  test('and the sentence keeps its figure, flagged', () => {
    const { records } = normalizePages(
      { lines: [TITLE, '2024年支出预算110万元。'] },
      { lines: ['支出总表', '单位：万元'], tables: [table] },
    )
    const value = records
      .filter(({ recordType }) => recordType === 'key_figure')
      .flatMap(({ fields }) => fields.filter(({ name }) => name === 'value'))
    expect(value.map((field) => [field.value, field.flags.map(({ code }) => code)])).toEqual([
      ['1100000.00', ['equation-contradicted']],
    ])
  })
  test('what the sentence says of the general public budget is held against that, too', () => {
    const { checks } = normalizePages(
      { lines: [TITLE, '2024年项目支出预算数30万元。'] },
      { lines: ['支出总表', '单位：万元'], tables: [table] },
      {
        lines: ['一般公共预算支出表', '单位：万元'],
        tables: [
          {
            rows: [
              ['科目编码', '科目名称', '合计', '基本支出', '项目支出'],
              ['205', '教育支出', '90.00', '60.00', '30.00'],
              ['合计', '<', '90.00', '60.00', '30.00'],
            ],
          },
        ],
      },
    )
    expect(checks.filter(({ kind }) => kind === 'prose-agreement').map(({ outcome }) => outcome)).toEqual(['holds'])
  })
  test('this year alone and with what was carried over agree', () =>
    expect(outcomes('2024年支出预算90万元，上年结转10万元。')).toEqual([['holds', '0.00']]))
  test('parts that are not all told are held against no whole', () =>
    expect(outcomes('2024年“三公”经费预算6.17万元，其中：因公出国（境）费0万元，公务接待费0.93万元。')).toEqual([]))
  test('last year is not held against this table', () => expect(outcomes('2023年支出预算90万元。')).toEqual([]))
})
