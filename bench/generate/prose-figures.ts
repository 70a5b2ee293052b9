import type { ProseFigure, ProsePlan } from './build-document.ts'
import { fenToYuan, printMoney, yuanToFen } from './money.ts'
import { type Block, cover, paragraph, prosePages, subheading } from './prose.ts'
import type { Random } from './random.ts'
import type { LineFields } from './sheet.ts'

/** A project as the prose names it: its budget in yuan and as printed in 万元. */
export interface ToldProject {
  readonly name: string
  readonly yuan: string
  readonly printed: string
}

const wan = (fen: number): string => printMoney(fen, { unit: '万元', decimals: 2, grouped: false })

/** A page of prose that states the budget, its change and its projects, with what it states as records. */
export function tellProjects(title: string, year: number, projects: readonly ToldProject[], random: Random): ProsePlan {
  const figures: LineFields[] = []
  const tell = (key: string, value: string, more: LineFields = {}) =>
    figures.push({
      key,
      value,
      unit: key.endsWith('percent') || key.endsWith('share') ? 'percent' : 'yuan',
      year: String(year),
      stage: 'budget',
      ...more,
    })
  const spent = projects.reduce((sum, { yuan }) => sum + yuanToFen(yuan), 0)
  const basic = random.integer(200, 9000) * 1_000_000
  const whole = basic + spent
  const change = random.integer(1, 400) * 1_000_000
  const direction = random.pick(['increase', 'decrease'] as const)
  const verb = direction === 'increase' ? random.pick(['增加', '增长']) : random.pick(['减少', '下降'])
  const percent = ((change / whole) * 100).toFixed(2)
  tell('total_budget', fenToYuan(whole))
  tell('total_budget_change', fenToYuan(change), { direction })
  tell('total_budget_change_percent', percent, { direction })
  tell('total_expenditure', fenToYuan(whole))
  tell('basic_expenditure', fenToYuan(basic))
  tell('project_expenditure', fenToYuan(spent))
  const sides = random.pick(['收支总预算', '收入、支出预算总计', '收、支总预算', '收支预算总额'])
  const blocks: Block[] = [
    cover(title),
    subheading('一、收支预算总体情况'),
    paragraph(
      `${year}年${sides}${wan(whole)}万元，${random.pick(['比', '较', '与'])}${random.pick([`${year - 1}年预算`, '上年'])}${verb}${wan(change)}万元，${verb}${percent}%，主要原因是项目增减。`,
    ),
    paragraph(`${year}年支出预算${wan(whole)}万元，其中：基本支出${wan(basic)}万元；项目支出${wan(spent)}万元。`),
    subheading('二、项目支出安排情况'),
    ...projects.map(({ name, printed, yuan }, index) => {
      tell('project', yuan, { name })
      return paragraph(`${index + 1}.${name}${printed}万元，主要用于保障工作开展。`)
    }),
  ]
  return { ...prosePages([blocks]), figures: figures.map((fields) => ({ page: 0, fields })) satisfies ProseFigure[] }
}
