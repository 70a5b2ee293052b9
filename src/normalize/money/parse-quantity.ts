import { Decimal } from 'decimal.js'

/** What a quantity cell says: a plain decimal string and, when the cell names it, the unit of measure ("3台"). */
export type ParsedQuantity =
  | { readonly kind: 'quantity'; readonly quantity: string; readonly unitOfMeasure: string | null }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly text: string }

const QUANTITY = /^(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)(\p{Script=Han}{1,4})?$/u

/** Reads a printed quantity; trailing zeros after the point carry nothing ("1.00" is "1"). A dash counts as empty. */
export function parseQuantity(raw: string): ParsedQuantity {
  const text = raw.normalize('NFKC').replaceAll(/\s/g, '')
  if (text === '' || /^[-—–]+$/.test(text)) return { kind: 'empty' }
  const [, digits, unitOfMeasure] = QUANTITY.exec(text) ?? []
  if (digits === undefined) return { kind: 'unreadable', text: raw }
  return {
    kind: 'quantity',
    quantity: new Decimal(digits.replaceAll(',', '')).toFixed(),
    unitOfMeasure: unitOfMeasure ?? null,
  }
}
