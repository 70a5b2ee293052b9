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
  const values = [...new Set(texts.map(quantityOf).filter((each) => each !== null))]
  const isEmpty = texts.every((text) => parseQuantity(text).kind === 'empty')
  const isTrusted = use.cell.origin === 'text'
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
    ...supportOf(use.cell, value, quantityOf),
    form: value === null ? ('misfits' as const) : ('fits' as const),
    equationsHolding: holds ? 1 : 0,
    equationsContradicted: byEquation !== null && !holds && value !== null ? 1 : 0,
    pinned: holds && !isTrusted,
  }
  const flags = quantityFlags(value, isEmpty, canFill, use, column)
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

function quantityOf(text: string): string | null {
  const parsed = parseQuantity(text)
  return parsed.kind === 'quantity' ? parsed.quantity : null
}

/** What two or more readers saw; null when no two agree. */
function mostRead({ cell }: CellUse): string | null {
  const values = cell.readings.filter(isReader).map((reading) => quantityOf(reading.lines.join('')))
  return values.find((value, index) => value !== null && values.indexOf(value) !== index) ?? null
}

function explains(value: string, texts: readonly string[]): boolean {
  return /^\d+$/.test(value) && texts.some((text) => [...text.replaceAll(/\s/g, '')].length === value.length)
}
