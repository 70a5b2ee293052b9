import type { FieldDraft } from '../../model/record.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import { parseAmount } from '../money/parse-amount.ts'
import { createFieldDraft, supportOf } from './create-field-draft.ts'

/** A share or a change in per cent as a plain decimal string without its sign ("-5.30%" is "-5.3"); null for a dash. */
export function draftPercentField(column: FormColumn, row: BodyRow, use: CellUse): FieldDraft {
  const [field = ''] = column.fields
  const value = parsePercent(use.cell.text)
  const isUnreadable = parseAmount(withoutSign(use.cell.text)).kind === 'unreadable'
  const support = {
    ...supportOf(use.cell, value, parsePercent),
    form: isUnreadable ? ('misfits' as const) : ('fits' as const),
  }
  const flags = isUnreadable ? [{ code: 'quantity-unreadable' as const, detail: use.cell.text }] : []
  return createFieldDraft(field, use, row.pageNumber, { value, flags, evidence: [], candidates: [], support })
}

function withoutSign(text: string): string {
  return text.normalize('NFKC').trim().replace(/%$/, '')
}

/** The plain decimal of a printed per cent; null where none is printed. */
export function parsePercent(text: string): string | null {
  const parsed = parseAmount(withoutSign(text))
  return parsed.kind === 'amount' ? parsed.amount.toFixed() : null
}
