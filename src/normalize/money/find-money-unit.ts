import type { TextLine } from '../../model/page.ts'
import { yuanPerUnit } from './parse-amount.ts'

/** In what unit a column's figures are printed, and how we know. `isAssumed`: the page does not say; `doubt`: it may err. */
export interface MoneyUnit {
  readonly yuanPerUnit: number
  readonly word: string
  readonly evidence: string
  readonly isAssumed: boolean
  readonly doubt?: string
}

const UNIT_WORD = '(亿元|百万元|万元|千元|元)'
const STATED = new RegExp(`(?:单位|币种)为?[^\\u4e00-\\u9fff]{0,3}(?:人民币)?[^\\u4e00-\\u9fff]{0,2}${UNIT_WORD}`)
/** A line that says nothing but the unit, one glyph of which readers of pixels take for another: 单立：万元, 单位：方元. */
const DAMAGED =
  /^[(（]?(?:金额|货币|计量)?(?:(?:单(?!价)\p{Script=Han}|\P{L}?\p{Script=Han}?位)[:：;；.,·]?(?:人民币)?(亿元|百万元|万元|千元|元)|单位[:：;；.,·]?(?:人民币)?[方力刀](元))[)）]?$/u
const BRACKETED = new RegExp(`[(〈<{\\[【〔｛]\\s*(?:单位[^\\u4e00-\\u9fff]?)?(?:人民币)?${UNIT_WORD}`)

/** The unit that a line states ("单位：万元", "金额单位:元", "（万元）"); null when it states none. */
export function findStatedUnit(text: string, evidence: string): MoneyUnit | null {
  const compact = text.normalize('NFKC').replaceAll(/\s/g, '')
  const word = STATED.exec(compact)?.[1] ?? BRACKETED.exec(compact)?.[1] ?? damagedUnit(compact)
  const factor = word === undefined ? null : yuanPerUnit(word)
  if (word === undefined || factor === null) return null
  return { yuanPerUnit: factor, word, evidence, isAssumed: false }
}

function damagedUnit(line: string): string | undefined {
  const [, printed, behindMisread] = DAMAGED.exec(line) ?? []
  return behindMisread === undefined ? printed : `万${behindMisread}`
}

/** The unit in a column's own heading ("采购金额（万元）"); null when it names none. */
export function findHeaderUnit(headings: readonly string[]): MoneyUnit | null {
  for (const heading of headings.toReversed()) {
    const compact = heading.normalize('NFKC').replaceAll(/\s/g, '')
    // A damaged bracket still leaves the unit at the end of the heading: "采购金额合计〈万元｝", "金额万元".
    const word = BRACKETED.exec(compact)?.[1] ?? /(亿元|百万元|万元|千元)\P{L}?$/u.exec(compact)?.[1]
    const factor = word === undefined ? null : yuanPerUnit(word)
    if (word !== undefined && factor !== null) {
      return { yuanPerUnit: factor, word, evidence: `the heading says ${word}`, isAssumed: false }
    }
  }
  return null
}

/** The unit stated nearest over a table, its title rows first; null when no line states one. */
export function findPageUnit(titleRows: readonly string[], linesOver: readonly TextLine[]): MoneyUnit | null {
  for (const text of titleRows) {
    const unit = findStatedUnit(text, `the table's top says "${text.trim()}"`)
    if (unit !== null) return unit
  }
  for (const line of linesOver) {
    const unit = findStatedUnit(line.text, `the page says "${line.text.trim()}"`)
    if (unit !== null) return unit
  }
  return null
}

/** The unit that a line states for one kind of column alone ("单位：万元（单价：元）"); null when it names none. */
export function findNamedUnit(name: string, texts: readonly string[]): MoneyUnit | null {
  const pattern = new RegExp(`${name}[^\\p{Script=Han}]{0,2}(?:单位)?[^\\p{Script=Han}]{0,2}为?${UNIT_WORD}`, 'u')
  for (const text of texts) {
    const word = pattern.exec(text.normalize('NFKC').replaceAll(/\s/g, ''))?.[1]
    const factor = word === undefined ? null : yuanPerUnit(word)
    if (word === undefined || factor === null) continue
    return { yuanPerUnit: factor, word, evidence: `the page says "${text.trim()}"`, isAssumed: false }
  }
  return null
}
