import { Decimal } from 'decimal.js'
import type { PageExtract } from '../../model/page.ts'
import type { RecordType } from '../../model/record.ts'
import { parseAmount, yuanPerUnit, yuanToFen } from '../money/parse-amount.ts'

/** A total that a sentence of a trusted page states. `part`: goods, works or services of procurement, else all. */
export interface ProseTotal {
  readonly recordType: RecordType
  readonly part: 'all' | 'goods' | 'works' | 'services'
  readonly fen: number
  readonly toleranceFen: number
  readonly pageNumber: number
  readonly quote: string
}

const FIGURE = '(\\d[\\d,，]*(?:\\.\\d+)?)\\s*(亿元|万元|元)'
/** Words that may stand between the subject and its figure: nothing that starts another statement. */
const GAP = '[^。；;，,\\d]{0,12}?'
const SUBJECTS: readonly (readonly [RecordType, string])[] = [
  [
    'procurement_line',
    `政府采购(?:预算)?的?(?:支出)?(?:预算)?(?:安排)?(?:资金)?(?:总额|合计|总计|金额|规模|共计|共|为|支出|预算)${GAP}${FIGURE}`,
  ],
  [
    'service_purchase_line',
    `政府(?:向社会力量)?购买服务(?:预算)?的?(?:支出)?(?:预算)?(?:资金)?(?:总额|合计|总计|金额|规模|共计|共|为|支出|预算)${GAP}${FIGURE}`,
  ],
]
const PARTS: readonly (readonly [ProseTotal['part'], string])[] = [
  ['goods', `货物(?:类)?(?:采购)?(?:预算|支出)?${GAP}${FIGURE}`],
  ['works', `工程(?:类)?(?:采购)?(?:预算|支出)?${GAP}${FIGURE}`],
  ['services', `服务(?:类)?(?:采购)?(?:预算|支出)?${GAP}${FIGURE}`],
]
const PART_REACH = 160

/**
 * Sentences of trusted text that state what a form's table adds up to ("政府采购预算支出合计289.45万元"). Sentences about
 * another year, a change against it, or what was spent are not witnesses. `fiscalYear` null accepts every year.
 */
export function findProseTotals(pages: readonly PageExtract[], fiscalYear: number | null): readonly ProseTotal[] {
  const totals: ProseTotal[] = []
  for (const page of pages) {
    const prose = page.lines
      .filter((line) => line.origin === 'text')
      .map((line) => line.text)
      .join('')
      .replaceAll(/\s/g, '')
    for (const [recordType, pattern] of SUBJECTS) {
      for (const match of prose.matchAll(new RegExp(pattern, 'g'))) {
        if (isOfAnotherYear(prose, match.index, match[0], fiscalYear)) continue
        totals.push(...toTotal(recordType, 'all', match, page.pageNumber))
        if (recordType === 'procurement_line')
          totals.push(...partsAfter(prose, match.index + match[0].length, page.pageNumber))
      }
    }
  }
  return totals
}

function partsAfter(prose: string, from: number, pageNumber: number): readonly ProseTotal[] {
  const reach = prose.slice(from, from + PART_REACH).split(/政府购买服务|（[一二三四五六七八九十]）/)[0] ?? ''
  return PARTS.flatMap(([part, pattern]) => {
    const match = new RegExp(pattern).exec(reach)
    return match === null ? [] : toTotal('procurement_line', part, match, pageNumber)
  })
}

function isOfAnotherYear(prose: string, index: number, sentence: string, fiscalYear: number | null): boolean {
  const start = Math.max(prose.lastIndexOf('。', index), prose.lastIndexOf('；', index), index - 40)
  const context = prose.slice(start + 1, index) + sentence
  if (/上年|去年|增加|减少|执行|决算|实际|中标|授予/.test(context)) return true
  const years = [...context.matchAll(/(20\d\d)年/g)].map((match) => Number(match[1]))
  const last = years.at(-1)
  return fiscalYear !== null && last !== undefined && last !== fiscalYear
}

function toTotal(
  recordType: RecordType,
  part: ProseTotal['part'],
  match: RegExpMatchArray,
  pageNumber: number,
): readonly ProseTotal[] {
  const [, digits = '', word = ''] = match
  const parsed = parseAmount(digits)
  const factor = yuanPerUnit(word)
  if (parsed.kind !== 'amount' || factor === null) return []
  const fen = yuanToFen(parsed.amount.times(factor))
  if (fen === null) return []
  const toleranceFen = new Decimal(factor).times(50).times(new Decimal(10).pow(-parsed.decimals)).toNumber()
  return [{ recordType, part, fen, toleranceFen, pageNumber, quote: match[0] }]
}
