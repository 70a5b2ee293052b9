import { Decimal } from 'decimal.js'

/** What an indicator aims at: a figure with its operator and unit, a range, or words. */
export interface ParsedTarget {
  readonly operator: '>=' | '<=' | '=' | '>' | '<' | 'range' | 'text'
  /** A plain decimal, "low-high" of a range; null for words. */
  readonly value: string | null
  readonly unit: string | null
}

const OPERATORS: Readonly<Record<string, ParsedTarget['operator']>> = {
  '≥': '>=',
  '≧': '>=',
  '>=': '>=',
  大于等于: '>=',
  不低于: '>=',
  不少于: '>=',
  '≤': '<=',
  '≦': '<=',
  '<=': '<=',
  小于等于: '<=',
  不超过: '<=',
  不高于: '<=',
  '=': '=',
  等于: '=',
  定性: 'text',
  '>': '>',
  大于: '>',
  '<': '<',
  小于: '<',
}
const SIGN = /^(≥|≧|>=|≤|≦|<=|=|>|<|大于等于|不低于|不少于|小于等于|不超过|不高于|等于|大于|小于)?/
const FIGURE = /^(-?\d[\d,]*(?:\.\d+)?)(?:(?:-+|~|至|—+)(\d[\d,]*(?:\.\d+)?))?/

/** A day or a month is words, not an amount (4月底前, 2025年9月). */
const IS_DATE = /^(?:20\d\d年(?:\d|底|末|内|前)|\d{1,2}月(?:\d|底|末|前|份|以前|之前))/

/** Reads a printed target ("≥98%", "≤51.5万", "2次/年", "90%-100%", "提高"); null for an empty one or a dash. */
export function parseTarget(printed: string): ParsedTarget | null {
  const text = printed.normalize('NFKC').replaceAll(/\s/g, '')
  if (text === '' || /^[-—–/]+$/.test(text)) return null
  const sign = SIGN.exec(text)?.[1] ?? ''
  const rest = text.slice(sign.length).replace(/^(\d[\d,.]*)%(?=[-~至—]+\d)/, '$1')
  const figure = FIGURE.exec(rest)
  if (figure === null) return { operator: 'text', value: null, unit: null }
  const [whole, low = '', high] = figure
  const unit = rest.slice(whole.length)
  if (IS_DATE.test(rest)) return { operator: 'text', value: null, unit: null }
  // A sentence that begins with a number is words.
  if (unit.length > LONGEST_UNIT) return { operator: 'text', value: null, unit: null }
  const value = high === undefined ? plain(low) : `${plain(low)}-${plain(high)}`
  const operator = high === undefined ? (OPERATORS[sign] ?? '=') : 'range'
  return { operator, value, unit: unit === '' ? null : unit }
}

const LONGEST_UNIT = 10

/** The operator that a column of its own prints ("≥", "大于等于"); null for anything else. */
export function parseOperator(printed: string): ParsedTarget['operator'] | null {
  return OPERATORS[printed.normalize('NFKC').replaceAll(/\s/g, '')] ?? OPERATORS[printed.trim()] ?? null
}

function plain(digits: string): string {
  return new Decimal(digits.replaceAll(',', '')).toFixed()
}
