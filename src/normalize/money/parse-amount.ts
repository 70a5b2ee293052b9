import { Decimal } from 'decimal.js'

/**
 * What a money cell says. `amount` is the printed figure without its unit; `suffix` the yuan of one unit when the cell
 * names it (万元 = 10000). `nil`: the publisher printed a dash, a stroke or 无; `empty`: nothing stands there.
 */
export type ParsedAmount =
  | { readonly kind: 'amount'; readonly amount: Decimal; readonly suffix: number | null; readonly decimals: number }
  | { readonly kind: 'nil' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly text: string }

const PLAIN = /^\d+(?:\.\d*)?$|^\.\d+$/
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/
const NIL = /^(?:[-－—–―一/／~～]+|无)$/
const UNIT_SUFFIX = /(亿元|百万元|万元|千元|元|亿|万|千元)(?:整)?$/
/** The sign of a currency before the figure, or between it and the minus. */
const CURRENCY_SIGN = /^([(\-−–△▲]?)(?:人民币|RMB|CNY|[¥￥$])/i
const YUAN_PER_UNIT: Readonly<Record<string, number>> = {
  亿元: 1e8,
  亿: 1e8,
  百万元: 1e6,
  万元: 1e4,
  万: 1e4,
  千元: 1e3,
  元: 1,
}

/** Yuan in one 元, 千元, 万元, 百万元 or 亿元; null for any other word. */
export function yuanPerUnit(word: string): number | null {
  return YUAN_PER_UNIT[word] ?? null
}

/**
 * Reads a printed amount: full-width digits, thousands separators, negatives as (1,250), △1250 or -1250, a unit behind
 * it. A dash alone is `nil`, not zero; misplaced separators and foreign glyphs are `unreadable`, never repaired here.
 */
export function parseAmount(raw: string): ParsedAmount {
  let text = raw.normalize('NFKC').replaceAll(/\s/g, '').replaceAll('，', ',').replace(CURRENCY_SIGN, '$1')
  if (text === '') return { kind: 'empty' }
  if (NIL.test(text)) return { kind: 'nil' }
  const unit = UNIT_SUFFIX.exec(text)?.[1]
  if (unit !== undefined) text = text.replace(UNIT_SUFFIX, '')
  const negative = /^\((.+)\)$/.exec(text)?.[1] ?? /^[-－−–△▲](.+)$/.exec(text)?.[1]
  const digits = negative ?? text
  if (!PLAIN.test(digits) && !GROUPED.test(digits)) return { kind: 'unreadable', text: raw }
  const magnitude = new Decimal(digits.replaceAll(',', ''))
  const decimals = digits.includes('.') ? digits.length - digits.indexOf('.') - 1 : 0
  const suffix = unit === undefined ? null : yuanPerUnit(unit)
  return { kind: 'amount', amount: negative === undefined ? magnitude : magnitude.negated(), suffix, decimals }
}

/** What is read where ¥ is printed: a digit is not taken for these. */
const MISREAD_SIGN = /^([-−–]?)[YVyv](?=\d)/

/** A figure of a column that prints ¥ before each, where a reader took the sign for a letter (Y28,800.00). */
export function withoutMisreadSign(text: string): string {
  return text.normalize('NFKC').trim().replace(MISREAD_SIGN, '$1')
}

/** Whether ¥ stands before a figure, or between it and its minus. */
export function hasCurrencySign(text: string): boolean {
  return /^[(\-−–△▲]?¥/.test(text.normalize('NFKC').trim())
}

/** Whether a text is an amount with decimals or thousands separators, as only money is printed. */
export function looksLikeMoney(text: string): boolean {
  const parsed = parseAmount(text)
  return parsed.kind === 'amount' && (parsed.decimals > 0 || text.includes(','))
}

/** The amount in yuan with two places, or null when it has fractions of a fen. */
export function toYuan(amount: Decimal, yuanPerPrintedUnit: number): string | null {
  const yuan = amount.times(yuanPerPrintedUnit)
  return yuan.decimalPlaces() > 2 ? null : yuan.toFixed(2)
}

/** Whole fen of an amount in yuan; null when it has fractions of a fen or is beyond exact integers. */
export function yuanToFen(yuan: Decimal): number | null {
  const fen = yuan.times(100)
  return fen.isInteger() && fen.abs().lessThan(Number.MAX_SAFE_INTEGER) ? fen.toNumber() : null
}

/** Yuan with two places of whole fen. */
export function fenToYuan(fen: number): string {
  return new Decimal(fen).dividedBy(100).toFixed(2)
}

/** Whole fen of a plain decimal ("30.05") printed in units of `yuanPerUnit` yuan; null when it has fractions of a fen. */
export function plainToFen(text: string, yuanPerPrintedUnit: number): number | null {
  const point = text.indexOf('.')
  const decimals = point === -1 ? 0 : text.length - point - 1
  const scaled = Number(text.replace('.', '')) * yuanPerPrintedUnit * 100
  const fen = scaled / 10 ** decimals
  return Number.isInteger(fen) && scaled < Number.MAX_SAFE_INTEGER ? fen : null
}
