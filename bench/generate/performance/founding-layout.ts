import { cell, type FormCell, type FormLine, type FormSheet } from '../form-sheet.ts'
import { printMoney, yuanToFen } from '../money.ts'
import type { LineFields } from '../sheet.ts'
import type { ProjectFacts } from './project-facts.ts'
import { targetTruth } from './target-truth.ts'

/** Units of the form's width; a label takes 10, of two labels beside each other each 10. */
const WIDTH = 60
const CATEGORY = ['1.运转类 □ 2.特定目标类本级支出 ☑ 3.特定目标类上级转移支出 □', '特定目标类本级支出'] as const
const FREQUENCY = ['1.一次性项目 □  2.常年项目 ☑  3.延续性项目 □', '常年项目'] as const
const BASIS = '依据预算法和本区项目支出管理规定，按部门职能设立。'
const PLAN = '一是按进度组织实施；二是按合同付款；三是年终自评。'
const EVALUATION = '自评良好，评价结果用于今年的目标。'
const GOALS = { long: '项目长期目标按规划完成。', annual: '本年任务按期完成，资金规范使用。' } as const

/** A project's sheet as Wuhan prints it: labels beside values, sources, cost lines, and two tables of indicators. */
export function foundingLayout(facts: ProjectFacts, title: string, unitName: string): FormSheet {
  const year = title.slice(0, 4)
  const lines = [
    ...headLines(facts, title),
    ...sourceLines(facts, year),
    ...costLines(facts, year),
    ...purchaseLines(facts),
  ]
  return {
    title,
    above: { left: `单位名称：（盖章）${unitName}`, right: '' },
    units: WIDTH,
    lines: [...lines, ...goalLines(), ...longTermLines(facts), ...annualLines(facts)],
  }
}

const grouped = (yuan: string | null | undefined): string =>
  yuan == null ? '' : printMoney(yuanToFen(yuan), { unit: '元', decimals: 2, grouped: true })
const left = (text: string, units: number, lines = 1): FormCell => cell(text, units, { align: 'left', lines })

function headLines(facts: ProjectFacts, title: string): FormLine[] {
  const pair = (a: string, b: string, c: string, d: string): FormLine => ({
    cells: [cell(a, 10), left(b, 24), cell(c, 10), left(d, 16)],
  })
  const wide = (label: string, text: string): FormLine => ({ cells: [cell(label, 10), left(text, 50)] })
  return [
    {
      ...pair('项目名称', facts.name, '项目代码', ''),
      records: [{ recordType: 'performance_project', fields: projectTruth(facts, title) }],
    },
    pair('项目主管部门', facts.department, '项目执行单位', facts.executingUnit),
    wide('项目年度', facts.year ?? ''),
    wide('项目类别', CATEGORY[0]),
    wide('项目安排频度', FREQUENCY[0]),
    wide('立项依据', BASIS),
    wide('项目实施方案', PLAN),
    wide('上年绩效评价结果、整改及应用（必填）', EVALUATION),
    wide('项目前两年预算及当年预算变动情况', facts.earlier.join('\n')),
    pair('项目总预算', '（延续性项目填写）', '项目当年预算', grouped(facts.currentBudget)),
  ]
}

function projectTruth(facts: ProjectFacts, title: string): LineFields {
  const { before_prior_budget, before_prior_execution, prior_year_budget, prior_year_execution, sources } = facts
  return {
    sheet: 'project',
    project_name: facts.name,
    department: facts.department,
    executing_unit: facts.executingUnit,
    // A sheet that leaves its year blank has it in its title.
    year: facts.year ?? title.slice(0, 4),
    category: CATEGORY[1],
    frequency: FREQUENCY[1],
    basis: BASIS,
    plan: PLAN,
    prior_evaluation: EVALUATION,
    prior_budget: facts.earlier.join(''),
    ...definedOnly({ before_prior_budget, before_prior_execution, prior_year_budget, prior_year_execution }),
    current_budget: facts.currentBudget,
    source_fiscal: sources.local,
    ...definedOnly({ source_transfer: sources.transfer }),
    long_term_goal: GOALS.long,
    annual_goal: GOALS.annual,
  }
}

function definedOnly(fields: Readonly<Record<string, string | undefined>>): LineFields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function sourceLines({ currentBudget, sources }: ProjectFacts, year: string): FormLine[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['来源项目', undefined],
    ['当年预算合计', currentBudget],
    ['1.财政拨款收入（区级安排数）', sources.local],
    ['2.财政拨款收入（上级转移支付）', sources.transfer],
    ['3.专户管理的非税收入拨款', undefined],
    ['4.其他资金（含事业基金及上年结转或结余等）', undefined],
  ]
  return rows.map(([label, yuan], index) => ({
    cells: [
      ...(index === 0 ? [cell(`${year}年预算申报项目资金来源`, 10, { lines: rows.length })] : []),
      index === 0 ? cell(label, 30) : left(label, 30),
      index === 0 ? cell(`${year}年预算申报数`, 20) : cell(grouped(yuan), 20, { align: 'right' }),
    ],
  }))
}

function costLines(facts: ProjectFacts, year: string): FormLine[] {
  const print = (yuan: string | null): string => (facts.plainAmounts === true ? (yuan ?? '') : grouped(yuan))
  const head: FormLine = {
    cells: [
      cell(`${year}年项目支出明细及依据`, 10, { lines: facts.costs.length + 1 }),
      cell('项目内容', 15),
      cell('测算依据及说明', 15),
      cell('本级财政拨款金额', 7),
      cell('上级转移支付金额', 7),
      cell('其他资金', 6),
    ],
  }
  const rows = facts.costs.map(([content, basis, local, transfer, other]): FormLine => {
    const fields = {
      project_name: facts.name,
      content,
      basis,
      // The first column of money is the whole line in this form; what the second prints is a part of it.
      amount: local,
      local_amount: local,
      ...(transfer === null ? {} : { transfer_amount: transfer }),
    }
    return {
      cells: [
        left(content, 15),
        left(basis, 15),
        cell(print(local), 7, { align: 'right' }),
        cell(print(transfer), 7, { align: 'right' }),
        cell(print(other), 6, { align: 'right' }),
      ],
      records: [{ recordType: 'performance_cost_line', fields }],
    }
  })
  return [head, ...rows]
}

function purchaseLines({ purchases }: ProjectFacts): FormLine[] {
  return [
    { cells: [cell('项目资产配置计划及采购计划', WIDTH)] },
    { cells: [cell('品名', 24), cell('数量', 16), cell('金额', 20)] },
    ...purchases.map(
      ([what, count, amount]): FormLine => ({ cells: [cell(what, 24), cell(count, 16), cell(amount, 20)] }),
    ),
  ]
}

function goalLines(): FormLine[] {
  return [
    { cells: [cell('项目绩效总目标', WIDTH)] },
    { cells: [cell('名称', 10), cell('目标说明', 50)] },
    { cells: [cell('长期绩效目标1', 10), left(GOALS.long, 50)] },
    { cells: [cell('年度绩效目标1', 10), left(GOALS.annual, 50)] },
  ]
}

/** How many of the next rows share the first `depth` words with this one; 0 when the row before does too. */
function shared(rows: readonly (readonly (string | null)[])[], at: number, depth: number): number {
  const isSame = (a: number, b: number) =>
    rows[a] !== undefined &&
    rows[b] !== undefined &&
    rows[a].slice(0, depth).join('|') === rows[b].slice(0, depth).join('|')
  if (isSame(at, at - 1)) return 0
  let count = 1
  while (isSame(at, at + count)) count += 1
  return count
}

function tall(
  rows: readonly (readonly (string | null)[])[],
  at: number,
  depth: number,
  units: number,
): readonly FormCell[] {
  const lines = shared(rows, at, depth)
  return lines === 0 ? [] : [cell(rows[at]?.[depth - 1] ?? '', units, { lines })]
}

function longTermLines({ name, longTerm }: ProjectFacts): FormLine[] {
  const rows = longTerm.map((fact, at): FormLine => {
    const [level1, level2, level3, target, basis] = fact
    const fields = {
      sheet: 'project',
      project_name: name,
      goal: '长期绩效目标1',
      term: 'long_term',
      level1,
      level2,
      level3,
      ...targetTruth(target),
      basis,
    }
    return {
      cells: [
        ...(at === 0 ? [cell('长期绩效目标1', 6, { lines: longTerm.length })] : []),
        ...tall(longTerm, at, 1, 8),
        ...tall(longTerm, at, 2, 10),
        cell(level3, 12),
        cell(target, 10),
        cell(basis, 14),
      ],
      records: [{ recordType: 'performance_indicator', fields }],
    }
  })
  const heads = ['目标名称', '一级指标', '二级指标', '三级指标', '指标值', '指标值确定依据']
  const units = [6, 8, 10, 12, 10, 14]
  return [
    { cells: [cell('长期绩效目标表', WIDTH)] },
    { cells: heads.map((text, index) => cell(text, units[index] ?? 0)) },
    ...rows,
  ]
}

function annualLines({ name, annual, goalWeight }: ProjectFacts): FormLine[] {
  const rows = annual.map((fact, at): FormLine => {
    const [level1, level2, level3, beforePrior, prior, target, weight, basis] = fact
    const fields = {
      sheet: 'project',
      project_name: name,
      goal: '年度绩效目标1',
      term: 'annual',
      level1,
      level2,
      level3,
      value_before_prior: beforePrior,
      value_prior_year: prior,
      ...targetTruth(target),
      weight,
      ...(goalWeight === null ? {} : { goal_weight: goalWeight }),
      basis,
    }
    return {
      cells: [
        ...(at === 0 ? [cell('年度绩效目标1', 6, { lines: annual.length })] : []),
        ...(at === 0 ? [cell(goalWeight === null ? '' : `${goalWeight}%`, 5, { lines: annual.length })] : []),
        ...tall(annual, at, 1, 5),
        ...tall(annual, at, 2, 8),
        cell(level3, 10),
        cell(beforePrior ?? '', 5),
        cell(prior ?? '', 5),
        cell(target, 5),
        cell(weight, 4),
        cell(basis ?? '', 7),
      ],
      records: [{ recordType: 'performance_indicator', fields }],
    }
  })
  const head = (text: string, units: number) => cell(text, units, { lines: 2 })
  return [
    { cells: [cell('年度绩效目标表', WIDTH)] },
    {
      cells: [
        head('目标名称', 6),
        head('指标权重比例(%）', 5),
        head('一级指标', 5),
        head('二级指标', 8),
        head('三级指标', 10),
        cell('指标值', 19),
        head('指标值确定依据', 7),
      ],
    },
    { cells: [cell('前年', 5), cell('上年', 5), cell('预计当年实现', 5), cell('指标分值权重', 4)] },
    ...rows,
  ]
}
