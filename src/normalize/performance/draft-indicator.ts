import type { FieldDraft } from '../../model/record.ts'
import { draftDerivedField } from '../draft/draft-derived-field.ts'
import { cleanText } from '../draft/text-of-cell.ts'
import { bestReading } from '../draft/word-readings.ts'
import { parseAmount } from '../money/parse-amount.ts'
import { parseOperator, parseTarget } from './parse-target.ts'
import type { PlacedCell, SheetRow } from './read-sheets.ts'
import { fieldOf, rowFields, type SheetContext, textField } from './sheet-fields.ts'

/** The fields of one indicator: its levels, what is aimed at, earlier values, weight. */
export function indicatorFields(row: SheetRow, context: SheetContext): readonly FieldDraft[] {
  const words = ['goal', 'level1', 'level2', 'level3', 'value_before_prior', 'value_prior_year', 'basis']
  const target = row.cells.get('target')
  const operator = row.cells.get('operator')
  const unit = row.cells.get('unit')
  const term = row.cells.get('level3') ?? first(row)
  const from = { pageNumber: term.pageNumber, bbox: term.cell.bbox, raw: term.cell.text }
  return [
    ...rowFields(row, context, words),
    ...(row.term === null
      ? []
      : [draftDerivedField('term', row.term, { ...from, evidence: 'the heading over the indicators' })]),
    ...(target === undefined ? [] : targetFields(target, operator, unit)),
    ...['weight', 'goal_weight'].flatMap((name) => {
      const placed = row.cells.get(name)
      return placed === undefined ? [] : [fieldOf(name, placed, parseWeight, placed.cell.text, name)]
    }),
  ]
}

/** What is aimed at: as printed, and its parts, each of them as sure as the readers of its own cell are. */
function targetFields(
  target: PlacedCell,
  operator: PlacedCell | undefined,
  unit: PlacedCell | undefined,
): readonly FieldDraft[] {
  const text = bestTarget(target.cell)
  const isTold = (field: FieldDraft) => field.value !== null && field.value !== ''
  const sign =
    operator === undefined ? null : fieldOf('operator', operator, parseOperator, operator.cell.text, 'operator')
  const ofTarget = fieldOf('operator', target, (each) => parseTarget(each)?.operator ?? null, text, 'target')
  const parts = [
    sign !== null && isTold(sign) ? sign : withSignDoubted(ofTarget, operator),
    fieldOf('target_value', target, (each) => parseTarget(each)?.value ?? null, text, 'target'),
    unit === undefined
      ? fieldOf('target_unit', target, (each) => parseTarget(each)?.unit ?? null, text, 'target')
      : textField('target_unit', unit, unit.cell.text),
  ]
  return [textField('target', target, text), ...parts.filter(isTold)]
}

/** A sign that has a column of its own, and was read as something else there, is not the = that its absence means. */
function withSignDoubted(field: FieldDraft, operator: PlacedCell | undefined): FieldDraft {
  const read = operator === undefined ? '' : cleanText(operator.cell.text)
  const isSign = operator?.cell.origin === 'ocr' && read !== '' && read.length <= LONGEST_SIGN
  if (!isSign || field.value === null) return field
  return { ...field, flags: [...field.flags, { code: 'reading-weak', detail: `${read} is no sign of a comparison` }] }
}

const LONGEST_SIGN = 2

/** Of what readers saw, one that has the sign of a comparison where the best has another glyph before its figure (之12公里 is ≥12公里). */
function bestTarget(cell: PlacedCell['cell']): string {
  if (cell.origin === 'text') return cell.text
  const best = bestReading(cell)
  const others = cell.readings.map(({ lines }) => lines.join(''))
  const signed = others.find((other) => /^\s*[≥≤≧≦]\s*\d/.test(other))
  const isOff = /^\D\d/.test(best.trim()) && !/^\s*[≥≤≧≦=]/.test(best)
  return signed !== undefined && isOff ? signed : best
}

function first(row: SheetRow): PlacedCell {
  const [cell] = row.cells.values()
  if (cell === undefined) throw new RangeError('a row of a sheet has no cell')
  return cell
}

function parseWeight(text: string): string | null {
  const parsed = parseAmount(text.replace(/[%分]$/, ''))
  return parsed.kind === 'amount' ? parsed.amount.toFixed() : null
}
