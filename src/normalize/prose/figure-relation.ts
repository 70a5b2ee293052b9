import type { ProseFigure } from './find-figures.ts'

/** What a figure says of its subject. */
export type FigureRelation = 'value' | 'change' | 'change_percent' | 'share' | 'execution'

/** Words that may stand between what a figure is about and the figure. */
export const FILLER =
  /^(?:20\d\d年(?:度|初|末|底)?|[()]|[预决]算|控制|支出|收入|安排|实有|年初|年末|本年|当年|全年|财政拨款|拨款|一般公共|资金|总额|金额|规模|合计|总计|共计|人员|数|共有|共|有|为|是|约|达到|达|计|的|各|均|项|类|款|科目|:|、|\(类\)|\(款\)|\(项\)|实际)*$/
/** A verb of change at the end of a clause. */
export const CHANGE =
  /(增加|增长|上升|提高|增幅|减少|下降|降低|降幅|增|减|多|少|上涨|压减|调减|调增|缩减)(?:了|为|约|额为|幅度为|达|比例为)?$/
/** What a change is against. */
export const COMPARED =
  /(?:与|比|较|同)(?:去年|上年|20\d\d年)[^,。;]{0,24}?(?:相比|(?:支出|收入)(?:预算|决算|执行)?数|预算数|执行数|决算数|预算|决算|数|年度?|上年)?,?/g
const DECREASE = /减|降|少|缩/
const SHARE = /占[^。;]{0,24}$/
const EXECUTION =
  /(?:完成|执行|占(?:年初|全年|调整后?))[^,。;]{0,16}(?:预算|执行率|完成率)(?:数)?的?(?:为)?$|占(?:年初|全年|调整后?)预算数?的?$|执行率为?$/

/** What the words before a figure make of it. */
export function relationOf(before: string, { kind }: ProseFigure): FigureRelation {
  const clause = before.slice(Math.max(before.lastIndexOf('。'), before.lastIndexOf(';')) + 1)
  if (kind === 'percent' && EXECUTION.test(clause)) return 'execution'
  if (kind === 'percent' && SHARE.test(clause)) return 'share'
  if (saysChange(clause)) return kind === 'percent' ? 'change_percent' : 'change'
  return kind === 'percent' ? 'share' : 'value'
}

/** A verb of change at the start of its clause, behind a comparison, or behind what money is called; not 支持外贸增长. */
function saysChange(text: string): boolean {
  const clause = text.slice(text.lastIndexOf(',') + 1)
  const verb = CHANGE.exec(clause)
  if (verb === null) return false
  const before = withoutYears(clause.slice(0, verb.index)).replace(/[各均]$/, '')
  return FILLER.test(before) || /[比较与同]|相比|(?:支出|收入|预算|决算|总计|经费|费|数|额)$/.test(before)
}

/** Which way a change goes. */
export function directionOf(before: string, relation: FigureRelation): 'increase' | 'decrease' | null {
  if (relation !== 'change' && relation !== 'change_percent') return null
  return DECREASE.test(CHANGE.exec(before)?.[1] ?? '') ? 'decrease' : 'increase'
}

/** Whether the words right before a figure say that it was planned (年初预算为) or spent (支出决算为). */
export function stageOf(before: string): 'budget' | 'final_accounts' | null {
  const clause = before.slice(Math.max(before.lastIndexOf(','), before.lastIndexOf(';')) + 1)
  if (/决算(?:数|金额)?(?:为|是|共)?$/.test(clause)) return 'final_accounts'
  return /(?:年初|全年|调整后?)预算(?:数)?(?:为|是|共|安排)?$|(?:支出|收入)预算数?$|预算数?[为是]$/.test(clause)
    ? 'budget'
    : null
}

/** What was carried over from last year is money of this one. */
export const CARRIED_OVER = /(?:上年|去年|以前年度|20\d\d年度?)(?:财政拨款)?(?:末)?(?:结转|结余)/g
/** Figures in the reasons that a sentence gives say nothing of the body's whole. */
export const REASON = /原因(?:[是为:]|在于)|主要是(?:由于|因为?)/

/** The text without years and dates. */
export function withoutYears(text: string): string {
  return text.replaceAll(/(?:20\d\d年(?:度|初|末|底)?|截至|\d{1,2}月(?:\d{1,2}日)?)/g, '')
}
