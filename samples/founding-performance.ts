import type { FormPlan } from '../bench/generate/build-document.ts'
import { cell, FORM_STYLE, type FormCell, type FormLine, type FormSheet } from '../bench/generate/form-sheet.ts'
import { foundingLayout } from '../bench/generate/performance/founding-layout.ts'
import type { ProjectFacts } from '../bench/generate/performance/project-facts.ts'
import { targetTruth } from '../bench/generate/performance/target-truth.ts'
import { readFacts } from './facts/read-facts.ts'

const PUBLISHER = '武汉市江汉区财政局'
/** The projects as the department lists them: category, budget as printed and in yuan, and what it is for. */
const LISTED = [
  ['国库业务、改革性工作经费', '42', '420000.00', '票据、手续费、决算培训'],
  ['党建、文明创建工作经费', '3', '30000.00', '党员学习与共建'],
  ['财政业务管理工作经费', '129.5', '1295000.00', '绩效、造价、监督检查'],
  ['信息化建设运行维护经费', '139.47', '1394700.00', '系统运维与设备'],
  ['预算编审等工作经费', '14', '140000.00', '预算编制与记账服务'],
  ['预算一体化建设相关经费', '51.5', '515000.00', '新模块上线'],
] as const

const PLAN = '计划数据'
const LONG_TERM = [
  ['产出指标', '数量指标', '民生支出占一般公共财政预算支出的比重', '≥70%', '历史数据'],
  ['产出指标', '数量指标', '非税收入增长率', '≥5%', PLAN],
  ['产出指标', '质量指标', '国库资金支付资金安全率', '=100%', PLAN],
  ['产出指标', '时效指标', '计划工作完成及时率', '=100%', PLAN],
  ['效益指标', '社会效益指标', '满足政府职能履行的社会效益显著', '是', PLAN],
  ['满意度指标', '服务对象满意度指标', '预算单位满意度', '≥95%', PLAN],
] as const
const ANNUAL = [
  ['产出指标', '数量指标', '民生支出占一般公共财政预算支出的比重', '=75%', '=70%', '=75%'],
  ['产出指标', '质量指标', '非税代理银行手续费支付率', '=100%', '=100%', '=100%'],
  ['产出指标', '质量指标', '国库集中支付资金安全率', '=100%', '=100%', '=100%'],
  ['产出指标', '质量指标', '财政票据的规范领用', '≥95%', '≥95%', '≥96%'],
  ['产出指标', '时效指标', '预算资金拨付及时性', '及时', '及时', '及时'],
  ['产出指标', '质量指标', '预算评审综合审减率', '12%', '≥7%', '≥7%'],
  ['效益指标', '社会效益指标', '非税收入入库率', '/', '较上年提高', '较上年提高'],
  ['满意度指标', '服务对象满意度指标', '预算单位满意率', '=100%', '=100%', '=100%'],
] as const

/** The department's own sheet: its money (which gives no records), its projects, and its goals. */
function departmentSheet(): FormSheet {
  return {
    title: '2024年部门整体绩效目标申报表',
    above: { left: '', right: '单位：万元' },
    units: 60,
    lines: [...moneyLines(), ...listLines(), ...longTermLines(), ...annualLines()],
  }
}

function moneyLines(): FormLine[] {
  const row = (cells: readonly string[]): FormCell[] =>
    cells.map((text, index) => cell(text, [16, 10, 8, 8, 8][index] ?? 8))
  return [
    {
      cells: [cell('部门（单位）名称', 10), cell(PUBLISHER, 50)],
      records: [
        {
          recordType: 'performance_project',
          fields: { sheet: 'department', department_name: PUBLISHER, year: '2024', source_fiscal: '28197900.00' },
        },
      ],
    },
    { cells: [cell('部门总体资金情况', 10, { lines: 8 }), ...row(['', '当年金额', '占比', '2022年', '2023年'])] },
    { cells: row(['财政拨款', '2819.79', '100%', '3425.13', '3139.45']) },
    { cells: row(['单位资金', '', '', '', '']) },
    { cells: row(['合计', '2819.79', '100%', '3425.13', '3139.45']) },
    { cells: row(['人员类项目支出', '2160.76', '77%', '2433.11', '2333.9']) },
    { cells: row(['运转类项目支出', '279.56', '10%', '293.26', '305.52']) },
    { cells: row(['特定目标类项目支出', '379.47', '13%', '698.76', '500.03']) },
    { cells: row(['合计', '2819.79', '100%', '3425.13', '3139.45']) },
  ]
}

function listLines(): FormLine[] {
  const heads = ['项目名称', '支出项目类别', '项目总预算', '项目本年度预算', '项目主要支出方向和用途']
  const units = [16, 8, 8, 8, 10]
  const rows = LISTED.map(([name, printed, yuan, use]): FormLine => {
    const fields = {
      sheet: 'department',
      project_name: name,
      category: '经常性项目',
      total_budget: yuan,
      current_budget: yuan,
      plan: use,
    }
    const texts = [name, '经常性项目', printed, printed, use]
    return {
      cells: texts.map((text, index) => cell(text, units[index] ?? 8)),
      records: [{ recordType: 'performance_project', fields }],
    }
  })
  return [
    {
      cells: [
        cell('项目支出情况', 10, { lines: rows.length + 1 }),
        ...heads.map((text, index) => cell(text, units[index] ?? 8)),
      ],
    },
    ...rows,
  ]
}

function longTermLines(): FormLine[] {
  const heads = ['一级指标', '二级指标', '三级指标', '指标值', '指标值确定依据']
  const units = [8, 10, 16, 8, 8]
  const rows = LONG_TERM.map(([level1, level2, level3, target, basis]): FormLine => {
    const fields = { sheet: 'department', term: 'long_term', level1, level2, level3, ...targetTruth(target), basis }
    return {
      cells: [level1, level2, level3, target, basis].map((text, index) => cell(text, units[index] ?? 8)),
      records: [{ recordType: 'performance_indicator', fields }],
    }
  })
  return [
    {
      cells: [
        cell('长期绩效指标', 10, { lines: rows.length + 1 }),
        ...heads.map((text, index) => cell(text, units[index] ?? 8)),
      ],
    },
    ...rows,
  ]
}

function annualLines(): FormLine[] {
  const units = [8, 9, 11, 5, 5, 6, 6]
  const rows = ANNUAL.map(([level1, level2, level3, beforePrior, prior, target]): FormLine => {
    const fields = {
      sheet: 'department',
      term: 'annual',
      level1,
      level2,
      level3,
      value_before_prior: beforePrior,
      value_prior_year: prior,
      ...targetTruth(target),
      basis: PLAN,
    }
    return {
      cells: [level1, level2, level3, beforePrior, prior, target, PLAN].map((text, index) =>
        cell(text, units[index] ?? 8),
      ),
      records: [{ recordType: 'performance_indicator', fields }],
    }
  })
  const head = (text: string, index: number, lines = 2) => cell(text, units[index] ?? 0, { lines })
  return [
    {
      cells: [
        cell('年度绩效指标', 10, { lines: rows.length + 2 }),
        head('一级指标', 0),
        head('二级指标', 1),
        head('三级指标', 2),
        cell('近两年指标值', 10),
        head('预期当年实现值', 5),
        head('指标值确定依据', 6),
      ],
    },
    { cells: [head('2022年', 3, 1), head('2023年', 4, 1)] },
    ...rows,
  ]
}

/** The department's sheet and those of its six projects. */
export function foundingPerformance(): FormPlan {
  const projects = readFacts<readonly ProjectFacts[]>('founding-performance')
  const title = '2024年江汉区项目支出(绩效目标）申报表'
  const sheets = projects.map((facts) => foundingLayout(facts, title, PUBLISHER))
  return { forms: [departmentSheet(), ...sheets], style: FORM_STYLE }
}
