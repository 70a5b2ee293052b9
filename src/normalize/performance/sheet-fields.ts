import type { FieldDraft } from '../../model/record.ts'
import { createFieldDraft, supportOf } from '../draft/create-field-draft.ts'
import { cleanText } from '../draft/text-of-cell.ts'
import { bestReading } from '../draft/word-readings.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import type { MoneyUnit } from '../money/find-money-unit.ts'
import { parseAmount, toYuan } from '../money/parse-amount.ts'
import type { PlacedCell, SheetRow } from './read-sheets.ts'

/** What the sheets of one document share. */
export interface SheetContext {
  readonly fiscalYear: number | null
  readonly unit: MoneyUnit
}

const MONEY_COLUMNS = [
  'amount',
  'local_amount',
  'transfer_amount',
  'other_amount',
  'total_budget',
  'current_budget',
  'source_fiscal',
  'source_other',
]

/** The named cells of a row as fields. */
export function rowFields(row: SheetRow, context: SheetContext, names: readonly string[]): readonly FieldDraft[] {
  return names.flatMap((name) => {
    const placed = row.cells.get(name)
    if (placed === undefined) return []
    return [
      MONEY_COLUMNS.includes(name)
        ? moneyField(name, placed, context, placed.cell.text)
        : textField(name, placed, placed.cell.text),
    ]
  })
}

/** Words as printed. */
export function textField(name: string, placed: PlacedCell, text: string): FieldDraft {
  return fieldOf(name, placed, (each) => (cleanText(each) === '' ? null : cleanText(each)), text, name)
}

/** Money in yuan. */
export function moneyField(name: string, placed: PlacedCell, { unit }: SheetContext, text: string): FieldDraft {
  const parse = (each: string) => {
    const parsed = parseAmount(cleanText(each))
    return parsed.kind === 'amount' ? toYuan(parsed.amount, parsed.suffix ?? unit.yuanPerUnit) : null
  }
  const field = fieldOf(name, placed, parse, text, name)
  const flags = unit.isAssumed && field.value !== null ? [{ code: 'unit-assumed' as const, detail: unit.evidence }] : []
  return {
    ...field,
    flags: [...field.flags, ...flags],
    evidence: [...field.evidence, `printed in ${unit.word}: ${unit.evidence}`],
  }
}

/** What `parse` makes of a cell; readings that it makes the same of agree. */
export function fieldOf(
  name: string,
  { cell, pageNumber }: PlacedCell,
  parse: (text: string) => string | null,
  text: string,
  headerText: string,
): FieldDraft {
  const value = parse(cell.origin === 'text' || text !== cell.text ? text : bestReading(cell))
  const use: CellUse = {
    assignment: {
      columnIndex: cell.column,
      role: 'field',
      column: null,
      part: 'whole',
      headerText,
      fundField: null,
      similarity: 1,
      isExact: true,
    },
    cell,
    isInherited: false,
  }
  const support = supportOf(cell, value, parse)
  return createFieldDraft(name, use, pageNumber, { value, flags: [], evidence: [], candidates: [], support })
}
