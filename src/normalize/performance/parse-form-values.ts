import { Decimal } from 'decimal.js'
import { yuanPerUnit } from '../money/parse-amount.ts'

const TICKED = '☑☒√✓✔■●◉▣🗹'
const UNTICKED = '□○◯☐◻'
const ANY = `[${TICKED}${UNTICKED}]`

/** What readers of pixels take boxes for, empty and ticked. */
const READ_UNTICKED = /[口囗ロ](?=.?\p{Script=Han})/gu
const READ_TICKED = /[“”"'’]?[回囙囚团国因図図凶]/gu

/** A choice with the boxes that a reader took for characters put back, where it has both kinds ("口新增项目”回延续项目"). */
export function withBoxes(text: string): string {
  if (new RegExp(ANY, 'u').test(text)) return text
  const isChoice = text.search(READ_UNTICKED) !== -1 && text.search(READ_TICKED) !== -1
  if (!isChoice) return text
  const boxed = text.replaceAll(READ_TICKED, '☑').replaceAll(READ_UNTICKED, '□')
  return /^[\s\d.、]*[□☑]/.test(boxed) ? boxed : text
}

/** The option that is ticked, without its number; the whole text where nothing can be ticked; null where nothing is. */
export function parseChoice(printed: string): string | null {
  const text = printed.normalize('NFC').replaceAll(/\s/g, '')
  if (text === '') return null
  const marks = [...text.matchAll(new RegExp(ANY, 'gu'))]
  if (marks.length === 0) return text
  const isBefore = marks[0]?.index === 0
  const options = isBefore
    ? marks.map((mark, index) => ({
        mark: mark[0],
        text: text.slice(mark.index + mark[0].length, marks[index + 1]?.index),
      }))
    : marks.map((mark, index) => {
        const before = marks[index - 1]
        return {
          mark: mark[0],
          text: text.slice(before === undefined ? 0 : before.index + before[0].length, mark.index),
        }
      })
  const ticked = options.filter(({ mark }) => TICKED.includes(mark)).map((option) => bareOption(option.text))
  return ticked.length === 0 ? null : ticked.join('、')
}

function bareOption(text: string): string {
  return text.replace(/^(?:\d{1,2}[.、．:：]*|[一二三四五六七八九十]+[.、．:：]+)/, '').replace(/[;；、,，]+$/, '')
}

/** What a text tells of the budgets and the spending of earlier years, in yuan by year. */
export interface EarlierYears {
  readonly budgets: ReadonlyMap<number, string>
  readonly executions: ReadonlyMap<number, string>
}

const CLAUSE = /[,，;；。\n]/
const BUDGET = /(?:预算|安排)[^\d]{0,6}(\d+(?:\.\d+)?)(万元?|亿元|元)/
const EXECUTION = /执行(?:数|情况|金额)?(?:为)?[^\d]{0,4}(\d+(?:\.\d+)?)(万元?|亿元|元)/

/** Reads "1.2022年年初预算安排30万，执行30万；2023年年初预算安排28万" year by year; the first figure of a year counts. */
export function parseEarlierYears(printed: string): EarlierYears {
  const budgets = new Map<number, string>()
  const executions = new Map<number, string>()
  let year: number | null = null
  for (const clause of printed
    .normalize('NFKC')
    .replaceAll(/[^\S\n]/g, '')
    .split(CLAUSE)) {
    const named = /(20\d\d)年/.exec(clause)?.[1]
    if (named !== undefined) year = Number(named)
    if (year === null) continue
    const execution = EXECUTION.exec(clause)
    const budget = execution === null || BUDGET.exec(clause)?.index !== execution.index ? BUDGET.exec(clause) : null
    if (execution !== null && !executions.has(year)) executions.set(year, toYuan(execution))
    else if (budget !== null && !budgets.has(year) && !/调整|压减|调减|追加/.test(clause))
      budgets.set(year, toYuan(budget))
  }
  return { budgets, executions }
}

function toYuan([, digits = '0', unit = '元']: RegExpExecArray): string {
  return new Decimal(digits).times(yuanPerUnit(unit) ?? 1).toFixed(2)
}
