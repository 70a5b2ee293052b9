import type { Flag } from '../../model/flag.ts'
import type { FieldDraft } from '../../model/record.ts'
import type { BodyRow, CellUse } from '../forms/classify-rows.ts'
import type { FormColumn } from '../forms/form.ts'
import { parseQuantity } from '../money/parse-quantity.ts'
import { createFieldDraft, supportOf } from './create-field-draft.ts'
import { isReader } from './text-of-cell.ts'

const YES = /^(?:是|有|Y|y|√|✓|✔|☑|含|包含|1)$/
const NO = /^(?:否|无|没有|N|n|×|✗|x|X|不含|不包含|0)$/

/** 是 / 否 as "true" / "false"; null for anything else. */
export function parseYesNo(raw: string): string | null {
  const text = raw.replaceAll(/\s/g, '')
  return YES.test(text) ? 'true' : NO.test(text) ? 'false' : null
}

/** Strokes that readers of pixels take a tick or a cross in a cell of its own for. */
const TICK_AS_READ = /^[vV\u03bd<＜〈]$/
const CROSS_AS_READ = /^[乂义]$/

function readYesNo(raw: string): string | null {
  const text = raw.replaceAll(/\s/g, '')
  return TICK_AS_READ.test(text) ? 'true' : CROSS_AS_READ.test(text) ? 'false' : parseYesNo(text)
}

/** Whether the line includes procurement: what most readers saw, or nothing. */
export function draftBooleanField(column: FormColumn, row: BodyRow, use: CellUse): FieldDraft {
  const [field = ''] = column.fields
  const parse = use.cell.origin === 'ocr' ? readYesNo : parseYesNo
  const seen = use.cell.readings.map((reading) => parse(reading.lines.join('')))
  const value = parse(use.cell.text) ?? seen.find((each) => each !== null) ?? null
  const support = {
    ...supportOf(use.cell, value, parse),
    form: value === null ? ('misfits' as const) : ('fits' as const),
  }
  const isEmpty = use.cell.text.trim() === ''
  const flags: Flag[] =
    value !== null
      ? []
      : [
          isEmpty
            ? { code: 'value-missing', detail: 'the cell is empty' }
            : { code: 'vocabulary-unknown', detail: use.cell.text },
        ]
  return createFieldDraft(field, use, row.pageNumber, { value, flags, evidence: [], candidates: [], support })
}

/**
 * The quantity of a line. `byEquation` is amount over price where both are sure: it decides between readings, and fills
 * a cell that no reader could read when it is a whole number of as many digits as there are glyphs.
 */
export function draftQuantityField(
  column: FormColumn,
  row: BodyRow,
  use: CellUse,
  byEquation: string | null,
): FieldDraft {
  const [field = ''] = column.fields
  const texts = [...new Set([use.cell.text, ...use.cell.readings.map((reading) => reading.lines.join(''))])]
  const isTrusted = use.cell.origin === 'text'
  const parse = isTrusted ? quantityOf : readQuantity
  const values = [...new Set(texts.map(parse).filter((each) => each !== null))]
  const isEmpty = texts.every((text) => parseQuantity(text).kind === 'empty')
  const agreed = mostRead(use)
  const canFill = !isTrusted && values.length === 0 && !isEmpty && byEquation !== null && explains(byEquation, texts)
  const isChosen = byEquation !== null && values.includes(byEquation)
  const value = isTrusted
    ? quantityOf(use.cell.text)
    : canFill || (isChosen && agreed === null)
      ? byEquation
      : (agreed ?? values[0] ?? null)
  const holds = value !== null && value === byEquation
  const support = {
    ...supportOf(use.cell, value, parse),
    form: value === null ? ('misfits' as const) : ('fits' as const),
    equationsHolding: holds ? 1 : 0,
    equationsContradicted: byEquation !== null && !holds && value !== null ? 1 : 0,
    pinned: holds && !isTrusted,
  }
  const isDirty = !isTrusted && !holds && value !== null && texts.every((text) => quantityOf(text) !== value)
  const dirt: Flag[] = isDirty ? [{ code: 'reading-weak', detail: `a speck beside it: ${use.cell.text}` }] : []
  const flags = [...quantityFlags(value, isEmpty, canFill, use, column), ...dirt]
  const evidence = holds ? [`amount over price is ${byEquation}`] : []
  return createFieldDraft(field, use, row.pageNumber, { value, flags, evidence, candidates: [], support })
}

function quantityFlags(
  value: string | null,
  isEmpty: boolean,
  isFilled: boolean,
  use: CellUse,
  column: FormColumn,
): readonly Flag[] {
  if (isEmpty) return column.isRequired ? [{ code: 'value-missing', detail: 'the cell is empty' }] : []
  if (value === null) return [{ code: 'quantity-unreadable', detail: use.cell.text }]
  return isFilled ? [{ code: 'amount-repaired', detail: `read as ${use.cell.text}` }] : []
}

function withoutSpecks(text: string): string {
  return text.trim().replace(/^[.,·:'‘’`]+(?=\d)|(?<=[\d\p{Script=Han}])[.,·:'‘’`]+$/gu, '')
}

/** No count begins with a point on a scan: that is dirt, and the figure behind it is what is printed. */
function readQuantity(text: string): string | null {
  return quantityOf(withoutSpecks(text))
}

function quantityOf(text: string): string | null {
  const parsed = parseQuantity(text)
  return parsed.kind === 'quantity' ? parsed.quantity : null
}

/** What two or more readers saw; null when no two agree. */
function mostRead({ cell }: CellUse): string | null {
  const parse = cell.origin === 'text' ? quantityOf : readQuantity
  const values = cell.readings.filter(isReader).map((reading) => parse(reading.lines.join('')))
  return values.find((value, index) => value !== null && values.indexOf(value) !== index) ?? null
}

function explains(value: string, texts: readonly string[]): boolean {
  return /^\d+$/.test(value) && texts.some((text) => [...text.replaceAll(/\s/g, '')].length === value.length)
}

/** The unit of measure that a quantity's cell prints behind its figure (6台); null where it prints none. */
export function measureOf(text: string): string | null {
  const parsed = parseQuantity(withoutSpecks(text))
  return parsed.kind === 'quantity' ? parsed.unitOfMeasure : null
}

/** The unit of measure of a line whose quantity prints it; none where this line's does not. */
export function draftMeasureBehind(column: FormColumn, row: BodyRow, use: CellUse): readonly FieldDraft[] {
  const [field = ''] = column.fields
  const texts = [use.cell.text, ...use.cell.readings.map((reading) => reading.lines.join(''))]
  const value = texts.map(measureOf).find((each) => each !== null) ?? null
  if (value === null) return []
  const support = { ...supportOf(use.cell, value, measureOf), form: 'fits' as const, catalogue: 'agrees' as const }
  const evidence = ['printed behind the quantity']
  return [createFieldDraft(field, use, row.pageNumber, { value, flags: [], evidence, candidates: [], support })]
}
