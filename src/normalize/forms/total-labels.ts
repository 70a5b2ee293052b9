/**
 * What a row stands for that is no item. total: of the whole table. subtotal: 小计 or 本页合计. carried: all rows so far,
 * printed at the end of a page (过次页) and again at the top of the next one (承前页).
 */
export type TotalKind = 'total' | 'subtotal' | 'carried'

const TOTALS = ['合计', '总计', '总合计', '共计', '合计数', '金额合计', '部门合计', '全部合计']
const SUBTOTALS = ['小计', '本页小计', '本页合计', '分计', '单位小计', '单位合计', '页小计']

/** A sub-total that names its unit: "小计：某局机关". */
const NAMED_SUBTOTAL = /^(?:单位)?(?:小计|分计|合计)[:：—]/
const UNNAMED_SUBTOTAL = /^.{0,20}小计$/

/** The words of book-keeping at a page's end and beginning. */
const CARRIED =
  /^(?:[过转接续][次下]页|(?:结转|转入|结)[次下]页|[承接续][前上]页|[前上]页(?:结转|转来|累计|合计)|(?:截[至止])?(?:本页)?累计(?:数)?)$/
/** The same with one glyph misread. */
const DAMAGED_CARRIED = /^(?:[过转][次下].|[过转].页|.次页|[承接]前.|[承接].页|.前页)$/u
const DAMAGED_SUBTOTAL = /^小[计汁升讦订许针什十]$/u
const DAMAGED_TOTAL = [/^.{0,2}[计汁升讦]$/u, /^[合总][计汁升讦许]?.?$/u]
const LONGEST_DAMAGED = 4

/** What a label says; null for the name of an item. */
export function kindOfLabel(label: string): TotalKind | null {
  const letters = lettersOf(label)
  if (TOTALS.includes(letters)) return 'total'
  if (SUBTOTALS.includes(letters) || UNNAMED_SUBTOTAL.test(letters) || NAMED_SUBTOTAL.test(label)) return 'subtotal'
  return CARRIED.test(letters) ? 'carried' : null
}

/** What a scanned label that stands alone beside figures may say, though a glyph of it is misread ("吉计", "过坎页"). */
export function kindOfDamagedLabel(label: string): TotalKind | null {
  if ([...label].length > LONGEST_DAMAGED) return null
  if (DAMAGED_SUBTOTAL.test(label)) return 'subtotal'
  if (DAMAGED_TOTAL.some((pattern) => pattern.test(label))) return 'total'
  return DAMAGED_CARRIED.test(lettersOf(label)) ? 'carried' : null
}

export function lettersOf(label: string): string {
  return label.replaceAll(/[^\p{L}]/gu, '')
}
