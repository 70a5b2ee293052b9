import { type MoneyFormat, printMoney, yuanToFen } from './money.ts'
import type { Column } from './sheet.ts'

type Header = string | readonly string[]
interface Extra {
  readonly align?: Column['align']
  readonly mergesDown?: boolean
}

const pathOf = (header: Header): readonly string[] => (typeof header === 'string' ? [header] : header)

/** A column that prints one field as it is. */
export function plainColumn(header: Header, field: string, weight: number, extra: Extra = {}): Column {
  return {
    header: pathOf(header),
    weight,
    align: extra.align ?? 'left',
    gives: [field],
    text: (fields) => fields[field] ?? '',
    ...(extra.mergesDown === undefined ? {} : { mergesDown: extra.mergesDown }),
  }
}

/** A quantity, as systems with a fixed number of decimals print it (12.00 for the value 12). */
export function quantityColumn(header: Header, weight: number, decimals: number): Column {
  return {
    ...plainColumn(header, 'quantity', weight, { align: 'right' }),
    text: (fields) => (decimals === 0 ? (fields.quantity ?? '') : `${fields.quantity}.${'0'.repeat(decimals)}`),
  }
}

export type CodeNameStyle = '[]' | '【】' | '()' | 'space' | 'dash' | 'bare'

const JOINED: Record<CodeNameStyle, (code: string, name: string) => string> = {
  '[]': (code, name) => `[${code}]${name}`,
  '【】': (code, name) => `【${code}】${name}`,
  '()': (code, name) => `(${code})${name}`,
  space: (code, name) => `${code} ${name}`,
  dash: (code, name) => `${code}-${name}`,
  bare: (code, name) => `${code}${name}`,
}

/** A column that prints a code and its name in one cell; `stem` is item, function, economic or unit. */
export function codeNameColumn(header: Header, stem: string, weight: number, style: CodeNameStyle): Column {
  return {
    header: pathOf(header),
    weight,
    align: 'left',
    gives: [`${stem}_code`, `${stem}_name`],
    text: (fields) => JOINED[style](fields[`${stem}_code`] ?? '', fields[`${stem}_name`] ?? ''),
  }
}

/** Columns that hold the parts of one code (类 | 款 | 项), cut at the given lengths. */
export function splitCodeColumns(parent: string | null, stem: string, parts: readonly [string, number][]): Column[] {
  let start = 0
  return parts.map(([heading, length]) => {
    const from = start
    start += length
    return {
      header: parent === null ? [heading] : [parent, heading],
      weight: length * 1.6 + 3,
      align: 'center',
      gives: [`${stem}_code`],
      text: (fields) => (fields[`${stem}_code`] ?? '').slice(from, from + length),
    }
  })
}

export function moneyColumn(
  header: Header,
  field: string,
  weight: number,
  format: MoneyFormat,
  isSummed = true,
): Column {
  return {
    header: pathOf(header),
    weight,
    align: 'right',
    gives: [field],
    text: (fields) => {
      const yuan = fields[field]
      return yuan === null || yuan === undefined ? '' : printMoney(yuanToFen(yuan), format)
    },
    format,
    ...(isSummed ? { totals: field } : {}),
  }
}

/**
 * A money column of one fund source: the share that a row draws from it. Rows of another source leave it empty, so
 * under a heading 资金来源 the name over the filled one tells `fund_source`.
 */
export function sourceShareColumn(header: Header, source: string, weight: number, format: MoneyFormat): Column {
  const share = `share:${source}`
  const namesSource = pathOf(header).includes('资金来源')
  return { ...moneyColumn(header, share, weight, format), gives: namesSource ? ['fund_source'] : [] }
}

export function serialColumn(header: string): Column {
  return { header: [header], weight: 5, align: 'center', gives: [], text: (_, rowIndex) => String(rowIndex) }
}

/** 是 or 否 for the output's "true" and "false". */
export function yesNoColumn(header: Header, field: string, weight: number): Column {
  return {
    header: pathOf(header),
    weight,
    align: 'center',
    gives: [field],
    text: (fields) => (fields[field] === 'true' ? '是' : '否'),
  }
}
