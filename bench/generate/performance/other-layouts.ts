import { cell, type FormCell, type FormLine, type FormRecord, type FormSheet } from '../form-sheet.ts'
import { printMoney, yuanToFen } from '../money.ts'
import type { LineFields } from '../sheet.ts'
import type { ProjectFacts } from './project-facts.ts'
import { targetTruth } from './target-truth.ts'

const wan = (yuan: string): string => printMoney(yuanToFen(yuan), { unit: '万元', decimals: null, grouped: false })
const GOAL = '完成年度任务，保障工作运转。'
const LONG_GOAL = '三年内全面完成规划任务。'

/** Whether the first `depth` words of a row are those of the row before; else how many rows share them. */
function tall(
  rows: readonly (readonly (string | null)[])[],
  at: number,
  depth: number,
  units: number,
): readonly FormCell[] {
  const key = (index: number) => rows[index]?.slice(0, depth).join('|')
  if (key(at) === key(at - 1)) return []
  let lines = 1
  while (at + lines < rows.length && key(at) === key(at + lines)) lines += 1
  return [cell(rows[at]?.[depth - 1] ?? '', units, { lines })]
}

const indicator = (fields: LineFields): FormRecord => ({
  recordType: 'performance_indicator',
  fields: { sheet: 'project', ...fields },
})
const project = (fields: LineFields): FormRecord => ({
  recordType: 'performance_project',
  fields: { sheet: 'project', ...fields },
})

/** All projects in one long table, a row an indicator: what Sichuan and Hunan print. */
export function longListLayout(projects: readonly ProjectFacts[], year: number): FormSheet {
  const heads = [
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
  const units = [7, 8, 5, 10, 6, 7, 8, 4, 5, 4, 3]
  const rows = projects.flatMap(({ name, executingUnit, currentBudget, annual }) =>
    annual.map((fact, at): FormLine => {
      const [level1, level2, level3, , , target, weight] = fact
      const { operator, target_value: value, target_unit: unit } = targetTruth(target)
      const sign = { '>=': '≥', '<=': '≤', '=': '＝' }[operator ?? ''] ?? '定性'
      const head = at === 0 ? [executingUnit, name, wan(currentBudget), GOAL] : []
      return {
        cells: [
          ...head.map((text, index) => cell(text, units[index] ?? 0, { lines: annual.length })),
          ...tall(annual, at, 1, 6),
          ...tall(annual, at, 2, 7),
          cell(level3, 8),
          cell(sign, 4),
          cell(value ?? target, 5),
          cell(unit ?? '', 4),
          cell(weight, 3),
        ],
        records: [
          ...(at === 0
            ? [
                project({
                  project_name: name,
                  executing_unit: executingUnit,
                  current_budget: currentBudget,
                  annual_goal: GOAL,
                  year: String(year),
                }),
              ]
            : []),
          indicator({
            project_name: name,
            term: 'annual',
            level1,
            level2,
            level3,
            target: value ?? target,
            operator: operator ?? 'text',
            ...(value == null ? {} : { target_value: value }),
            ...(unit == null ? {} : { target_unit: unit }),
            weight,
          }),
        ],
      }
    }),
  )
  return {
    title: `部门预算项目绩效目标表（${year}年度）`,
    above: { left: '', right: '金额单位：万元' },
    units: 67,
    lines: [{ cells: heads.map((text, index) => cell(text, units[index] ?? 0)) }, ...rows],
  }
}

/** The ministry's form: goals and indicators of the medium term beside those of the year. */
export function twoTermLayout(facts: ProjectFacts, year: number): FormSheet {
  const { name, department, executingUnit, currentBudget, longTerm, annual } = facts
  const fields = {
    project_name: name,
    department,
    executing_unit: executingUnit,
    category: '延续性项目',
    current_budget: currentBudget,
    source_fiscal: currentBudget,
    long_term_goal: LONG_GOAL,
    annual_goal: GOAL,
    year: String(year),
  }
  const rows = longTerm.map((fact, at): FormLine => {
    const [level1, level2, level3, target] = fact
    const yearly = annual[at]?.[5] ?? ''
    const row = { project_name: name, level1, level2, level3 }
    return {
      cells: [
        ...tall(longTerm, at, 1, 8),
        ...tall(longTerm, at, 2, 9),
        cell(level3, 10),
        cell(target, 5),
        ...tall(longTerm, at, 2, 9),
        cell(level3, 10),
        cell(yearly, 5),
      ],
      records: [
        indicator({ ...row, term: 'long_term', ...targetTruth(target) }),
        indicator({ ...row, term: 'annual', ...targetTruth(yearly) }),
      ],
    }
  })
  const heads = ['一级指标', '二级指标', '三级指标', '指标值', '二级指标', '三级指标', '指标值']
  const headed: FormLine = { cells: heads.map((text, index) => cell(text, [8, 9, 10, 5, 9, 10, 5][index] ?? 0)) }
  const label = cell('绩效指标', 6, { lines: rows.length + 1 })
  return {
    title: '项目支出绩效目标申报表',
    above: { left: `（${year}年度）`, right: '单位：万元' },
    units: 62,
    lines: [
      { cells: [cell('项目名称', 14), cell(name, 48)], records: [project(fields)] },
      { cells: [cell('主管部门', 14), cell(department, 19), cell('实施单位', 9), cell(executingUnit, 20)] },
      { cells: [cell('项目属性', 14), cell('□新增项目　☑延续性项目', 48)] },
      { cells: [cell('项目资金（万元）', 14, { lines: 2 }), cell('年度资金总额', 24), cell(wan(currentBudget), 24)] },
      { cells: [cell('其中：财政拨款', 24), cell(wan(currentBudget), 24)] },
      {
        cells: [
          cell('总体目标', 14, { lines: 2 }),
          cell(`中期目标（${year}年—${year + 2}年）`, 24),
          cell('年度目标', 24),
        ],
      },
      { cells: [cell(LONG_GOAL, 24), cell(GOAL, 24)] },
      { ...headed, cells: [label, ...headed.cells] },
      ...rows,
    ],
  }
}
