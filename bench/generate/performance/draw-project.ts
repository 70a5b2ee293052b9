import type { Publisher } from '../content/draw-lines.ts'
import { PROJECT_TAILS } from '../content/words.ts'
import { fenToYuan } from '../money.ts'
import type { Random } from '../random.ts'
import type { AnnualFact, CostFact, LongTermFact, ProjectFacts } from './project-facts.ts'

const LEVELS: readonly (readonly [level1: string, level2: string, tails: readonly string[]])[] = [
  ['成本指标', '经济成本指标', ['成本控制', '预算控制数', '单位成本']],
  ['产出指标', '数量指标', ['完成数量', '培训人次', '覆盖单位数', '检查次数', '维护数量']],
  ['产出指标', '质量指标', ['验收合格率', '数据准确率', '达标率']],
  ['产出指标', '时效指标', ['完成及时率', '按期完成时间']],
  ['效益指标', '社会效益指标', ['服务能力', '群众知晓率', '管理水平']],
  ['效益指标', '可持续影响指标', ['长效机制', '使用年限']],
  ['满意度指标', '服务对象满意度指标', ['群众满意度', '服务对象满意度']],
]
const COSTS = ['印刷费', '培训费', '系统运行维护费', '委托业务费', '设备购置费', '宣传费', '检测费', '租赁费']
const BASES = ['按上年合同价', '市场询价', '按标准测算', '历史经验值']
const DATA = ['计划数据', '历史数据', '行业标准']

/** A project of a department with its cost lines and indicators; money in steps of a hundred yuan. */
export function drawProject(publisher: Publisher, year: number, random: Random): ProjectFacts {
  const name = `${random.pick(publisher.department.stems)}${random.pick(PROJECT_TAILS)}`
  const costs = drawCosts(random)
  const total = (pick: (cost: CostFact) => string | null) =>
    costs.reduce((sum, cost) => sum + Math.round(Number(pick(cost) ?? 0) * 100), 0)
  const whole = total(([, , local]) => local)
  const transfer = total(([, , , part]) => part)
  const rows = LEVELS.flatMap(([level1, level2, tails]) =>
    random.sample(tails, random.integer(1, Math.min(3, tails.length))).map((tail) => [level1, level2, tail] as const),
  )
  return {
    name,
    department: publisher.name,
    executingUnit: random.pick(publisher.units).name,
    year: String(year),
    currentBudget: fenToYuan(whole),
    sources: { local: fenToYuan(whole - transfer), ...(transfer === 0 ? {} : { transfer: fenToYuan(transfer) }) },
    ...drawEarlier(year, random),
    costs,
    purchases: [[random.pick(COSTS), '1批', '10,000.00']],
    goalWeight: random.chance(0.7) ? '100' : null,
    longTerm: rows.map(
      ([level1, level2, level3]): LongTermFact => [
        level1,
        level2,
        level3,
        drawTarget(level2, random),
        random.pick(DATA),
      ],
    ),
    annual: rows.map(([level1, level2, level3]): AnnualFact => {
      const target = drawTarget(level2, random)
      const earlier = () => random.pick([target, '/', '——', null])
      return [level1, level2, level3, earlier(), earlier(), target, String(random.integer(2, 15)), random.pick(DATA)]
    }),
  }
}

function drawCosts(random: Random): CostFact[] {
  const names = random.sample(COSTS, random.integer(1, 6))
  return names.map((content, index) => {
    const local = random.integer(10, 9000) * 10_000
    const transfer = index === 0 && random.chance(0.3) ? Math.round(local / 20_000) * 10_000 : 0
    return [content, random.pick(BASES), fenToYuan(local), transfer === 0 ? null : fenToYuan(transfer), null]
  })
}

function drawEarlier(
  year: number,
  random: Random,
): Pick<ProjectFacts, 'earlier' | 'prior_year_budget' | 'before_prior_budget' | 'before_prior_execution'> {
  const [before, spent, prior] = [random.integer(10, 900), random.integer(5, 9), random.integer(10, 900)]
  return {
    earlier: [
      `1.${year - 2}年年初预算安排${before}万元；`,
      `2.${year - 2}年实际预算执行${spent}万元；`,
      `3.${year - 1}年年初预算安排${prior}万元。`,
    ],
    before_prior_budget: `${before}0000.00`,
    before_prior_execution: `${spent}0000.00`,
    prior_year_budget: `${prior}0000.00`,
  }
}

function drawTarget(level2: string, random: Random): string {
  if (/满意度|质量/.test(level2)) return random.pick(['≥95%', '=100%', '≥98%', '100%'])
  if (level2 === '数量指标') return random.pick(['≥120人次', '2次', '≥3个', '15家', '≥1.5万亩'])
  if (level2 === '经济成本指标') return random.pick(['≤51.5万元', '≤100%', '在预算内'])
  if (level2 === '时效指标') return random.pick(['=100%', '及时', '年内完成', '≤24小时'])
  return random.pick(['提升', '显著', '有效保障', '≥5年'])
}
