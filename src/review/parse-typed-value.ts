/** What a field's value must look like. text: anything; the rest as in records.jsonl. */
export type FieldKind = 'text' | 'code' | 'money' | 'quantity' | 'boolean'

/** A typed value in the form of records.jsonl, or why it cannot be one (a key of the page's messages). */
export type TypedValue =
  | { readonly ok: true; readonly value: string }
  | {
      readonly ok: false
      readonly fault: 'typed-empty' | 'typed-money' | 'typed-quantity' | 'typed-boolean' | 'typed-code' | 'typed-long'
    }

const MONEY = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,6}))?(元|万元|万|千元|亿元|亿)?$/
const POWERS: Readonly<Record<string, number>> = { 元: 0, 千元: 3, 万: 4, 万元: 4, 亿: 8, 亿元: 8 }
const FEN_PLACES = 2
const LONGEST = 500

/** Brings what a person typed to the form that is published: money in yuan with two places, full-width folded. */
export function parseTypedValue(kind: FieldKind, typed: string): TypedValue {
  const text = typed.trim()
  if (text === '') return { ok: false, fault: 'typed-empty' }
  if (text.length > LONGEST) return { ok: false, fault: 'typed-long' }
  if (kind === 'text') return { ok: true, value: text }
  const compact = text.normalize('NFKC').replaceAll(/\s/g, '')
  switch (kind) {
    case 'money':
      return parseMoney(compact)
    case 'quantity': {
      const digits = compact.replaceAll(',', '')
      if (!/^\d+(\.\d+)?$/.test(digits)) return { ok: false, fault: 'typed-quantity' }
      return { ok: true, value: withoutPadding(digits) }
    }
    case 'boolean':
      if (/^(是|有|y|yes|true)$/i.test(compact)) return { ok: true, value: 'true' }
      if (/^(否|无|n|no|false)$/i.test(compact)) return { ok: true, value: 'false' }
      return { ok: false, fault: 'typed-boolean' }
    case 'code': {
      const code = compact.toUpperCase()
      return /^[A-Z0-9-]{1,20}$/.test(code) ? { ok: true, value: code } : { ok: false, fault: 'typed-code' }
    }
  }
}

/** By moving the point in the text: no float ever holds the figure. */
function parseMoney(text: string): TypedValue {
  const match = MONEY.exec(text.replace(/^[¥￥]/, ''))
  if (match === null) return { ok: false, fault: 'typed-money' }
  const [, sign = '', grouped = '', decimals = '', unit = '元'] = match
  const power = POWERS[unit] ?? 0
  const digits = grouped.replaceAll(',', '') + decimals.padEnd(power + FEN_PLACES, '0').slice(0, power + FEN_PLACES)
  if (/[^0]/.test(decimals.slice(power + FEN_PLACES))) return { ok: false, fault: 'typed-money' }
  const whole = digits.slice(0, -FEN_PLACES).replace(/^0+(?=\d)/, '')
  return { ok: true, value: `${sign}${whole}.${digits.slice(-FEN_PLACES)}` }
}

function withoutPadding(digits: string): string {
  const trimmed = digits.replace(/^0+(?=\d)/, '')
  return trimmed.includes('.') ? trimmed.replace(/\.?0+$/, '') : trimmed
}
