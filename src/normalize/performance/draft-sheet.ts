import { Decimal } from 'decimal.js'
import type { FieldDraft, RecordDraft, RecordType } from '../../model/record.ts'
import { createFieldDraft, supportOf } from '../draft/create-field-draft.ts'
import { draftDerivedField } from '../draft/draft-derived-field.ts'
import { cleanText } from '../draft/text-of-cell.ts'
import { bestReading } from '../draft/word-readings.ts'
import type { CellUse } from '../forms/classify-rows.ts'
import type { MoneyUnit } from '../money/find-money-unit.ts'
import { parseAmount, toYuan } from '../money/parse-amount.ts'
import { findWholeColumn } from './find-whole-column.ts'
import { parseChoice, parseEarlierYears } from './parse-form-values.ts'
import { parseOperator, parseTarget } from './parse-target.ts'
import type { LabelledValue, PerformanceSheet, PlacedCell, SheetRow } from './read-sheets.ts'

/** What the sheets of one document share. */
export interface SheetContext {
  readonly fiscalYear: number | null
  readonly unit: MoneyUnit
}

const MONEY_COLUMNS = ['amount', 'local_amount', 'transfer_amount', 'other_amount', 'total_budget', 'current_budget']

/** The records of one sheet: the project (or department), its cost lines, its indicators, and the projects it lists. */
export function draftSheet(sheet: PerformanceSheet, context: SheetContext): readonly RecordDraft[] {
  let rowIndex = 0
  const make = (recordType: RecordType, place: PlacedCell | SheetRow, fields: readonly FieldDraft[]): RecordDraft => {
    rowIndex += 1
    return { recordType, pageNumber: place.pageNumber, tableIndex: place.tableIndex, rowIndex, fields }
  }
  const name = sheet.values.find(({ field }) => field === 'project_name')
  const whole = findWholeColumn(sheet)
  const [first] = sheet.values
  const head = first === undefined ? [] : [make('performance_project', first, projectFields(sheet, context))]
  const rows = sheet.rows.flatMap((row) => {
    const own = row.cells.get('project_name')
    const named =
      own !== undefined
        ? [textField('project_name', own, own.cell.text)]
        : name === undefined
          ? []
          : [textField('project_name', name, name.text)]
    const kind = sheetField(sheet, row)
    if (row.kind === 'list') return [make('performance_project', row, [kind, ...rowFields(row, context, LISTED)])]
    if (row.kind === 'cost') {
      const fields = costFields(row, context, whole)
      return fields === null ? [] : [make('performance_cost_line', row, [...named, ...fields])]
    }
    const opened = opensProject(row, sheet.rows)
      ? [make('performance_project', row, [kind, ...rowFields(row, context, OF_ROW), ...yearFields(sheet)])]
      : []
    return [...opened, make('performance_indicator', row, [kind, ...named, ...indicatorFields(row, context)])]
  })
  return [...head, ...rows]
}

/** Of a long list of projects with their indicators: what the first row of a project tells of it. */
const OF_ROW = [
  'project_name',
  'project_code',
  'executing_unit',
  'total_budget',
  'current_budget',
  'long_term_goal',
  'annual_goal',
]

/** Whether a row is the first of another project in a list that names the project beside its indicators. */
function opensProject(row: SheetRow, rows: readonly SheetRow[]): boolean {
  const own = row.cells.get('project_name')
  if (own === undefined) return false
  const before = rows[rows.indexOf(row) - 1]?.cells.get('project_name')
  return before === undefined || (before.cell !== own.cell && cleanText(before.cell.text) !== cleanText(own.cell.text))
}

/** The year that the title or a line over the first table states. */
function yearFields({ title, tables }: PerformanceSheet): readonly FieldDraft[] {
  const [first] = tables
  if (first === undefined) return []
  const lines = [title, ...first.over.slice(0, YEAR_LINES).map(({ text }) => text)]
  for (const line of lines) {
    const compact = line.normalize('NFKC').replaceAll(/\s/g, '')
    const year = /(20\d\d)年|年度[:：](20\d\d)/.exec(compact)
    if (year === null || compact.length > LONGEST_TITLE) continue
    const { pageNumber, bbox } = first.view.table
    const value = year[1] ?? year[2] ?? ''
    return [draftDerivedField('year', value, { pageNumber, bbox, raw: line, evidence: `over the sheet: "${compact}"` })]
  }
  return []
}

const YEAR_LINES = 4
const LONGEST_TITLE = 45

function sheetField(sheet: PerformanceSheet, place: PlacedCell | SheetRow): FieldDraft {
  const [table] = sheet.tables
  const bbox = table?.view.table.bbox ?? { x0: 0, top: 0, x1: 0, bottom: 0 }
  const evidence = sheet.title === '' ? 'the headings of the table' : `titled "${sheet.title}"`
  return draftDerivedField('sheet', sheet.isDepartment ? 'department' : 'project', {
    pageNumber: place.pageNumber,
    bbox,
    raw: sheet.title,
    evidence,
  })
}

function projectFields(sheet: PerformanceSheet, context: SheetContext): readonly FieldDraft[] {
  const seen = new Set<string>()
  const [first] = sheet.values
  const fields = sheet.values.flatMap((value): FieldDraft[] => {
    if (seen.has(value.field)) return []
    const drafted = labelledField(value, context)
    if (drafted.value !== null) seen.add(value.field)
    return drafted.value === null ? [] : [drafted]
  })
  const year = seen.has('year') ? [] : yearFields(sheet)
  return [
    ...(first === undefined ? [] : [sheetField(sheet, first)]),
    ...fields,
    ...year,
    ...earlierFields(sheet, context),
  ]
}

function labelledField(value: LabelledValue, context: SheetContext): FieldDraft {
  if (value.kind === 'money') return moneyField(value.field, value, context, value.text)
  if (value.kind === 'choice') {
    return fieldOf(value.field, value, (text) => parseChoice(text), value.text, value.label)
  }
  return textField(value.field, value, value.text)
}

/** Figures of earlier years out of the sentence that tells of them. */
function earlierFields({ values }: PerformanceSheet, { fiscalYear }: SheetContext): readonly FieldDraft[] {
  const told = values.find(({ field }) => field === 'prior_budget')
  if (told === undefined || fiscalYear === null) return []
  const { budgets, executions } = parseEarlierYears(told.text)
  const place = { pageNumber: told.pageNumber, bbox: told.cell.bbox, raw: told.cell.text }
  return [
    ['prior_year_budget', budgets.get(fiscalYear - 1)],
    ['prior_year_execution', executions.get(fiscalYear - 1)],
    ['before_prior_budget', budgets.get(fiscalYear - 2)],
    ['before_prior_execution', executions.get(fiscalYear - 2)],
  ].flatMap(([name = '', value]) =>
    value === undefined ? [] : [draftDerivedField(name, value, { ...place, evidence: 'told in the text' })],
  )
}

const LISTED = ['project_name', 'category', 'total_budget', 'current_budget', 'plan']

function rowFields(row: SheetRow, context: SheetContext, names: readonly string[]): readonly FieldDraft[] {
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

/**
 * A cost line; its amount is printed, or that of the column that makes the project's budget alone (`whole`), or the sum of its
 * sources. A line without any figure is a heading or a blank.
 */
function costFields(row: SheetRow, context: SheetContext, whole: string | null): readonly FieldDraft[] | null {
  const fields = rowFields(row, context, [
    'content',
    'basis',
    'amount',
    'local_amount',
    'transfer_amount',
    'other_amount',
  ])
  const sources = fields.filter(({ name, value }) => /_amount$/.test(name) && value !== null)
  const own = fields.find(({ name }) => name === 'amount')
  if (own?.value != null) return fields
  const counted = sources.filter(({ name }) => whole === null || name === whole)
  const [first] = counted.length > 0 ? counted : sources
  if (first === undefined) return null
  const parts = counted.length > 0 ? counted : sources
  const sum = parts.reduce((total, { value }) => total.plus(value ?? 0), new Decimal(0))
  const evidence =
    whole === null
      ? `the sum of ${parts.map(({ name }) => name).join(' and ')}`
      : `${first.name}: this column alone makes the budget of the project`
  const amount = draftDerivedField('amount', sum.toFixed(2), {
    pageNumber: first.pageNumber,
    bbox: first.bbox,
    raw: first.raw,
    evidence,
  })
  return [...fields.filter(({ name }) => name !== 'amount'), amount]
}

function indicatorFields(row: SheetRow, context: SheetContext): readonly FieldDraft[] {
  const words = ['goal', 'level1', 'level2', 'level3', 'value_before_prior', 'value_prior_year', 'basis']
  const target = row.cells.get('target')
  const parsed = target === undefined ? null : parseTarget(target.cell.text)
  const operator = row.cells.get('operator')
  const unit = row.cells.get('unit')
  const from = (placed: PlacedCell) => ({
    pageNumber: placed.pageNumber,
    bbox: placed.cell.bbox,
    raw: placed.cell.text,
    evidence: `printed "${placed.cell.text}"`,
  })
  const sign = (operator === undefined ? null : parseOperator(operator.cell.text)) ?? parsed?.operator ?? null
  const measure = unit === undefined ? parsed?.unit : cleanText(unit.cell.text)
  return [
    ...rowFields(row, context, words),
    ...(row.term === null
      ? []
      : [
          draftDerivedField('term', row.term, {
            ...from(row.cells.get('level3') ?? first(row)),
            evidence: 'the heading over the indicators',
          }),
        ]),
    ...(target === undefined ? [] : [textField('target', target, target.cell.text)]),
    ...(target === undefined || sign === null ? [] : [draftDerivedField('operator', sign, from(operator ?? target))]),
    ...(target === undefined || parsed?.value == null
      ? []
      : [draftDerivedField('target_value', parsed.value, from(target))]),
    ...(target === undefined || measure == null || measure === ''
      ? []
      : [draftDerivedField('target_unit', measure, from(unit ?? target))]),
    ...['weight', 'goal_weight'].flatMap((name) => {
      const placed = row.cells.get(name)
      return placed === undefined ? [] : [fieldOf(name, placed, parseWeight, placed.cell.text, name)]
    }),
  ]
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

function textField(name: string, placed: PlacedCell, text: string): FieldDraft {
  return fieldOf(name, placed, (each) => (cleanText(each) === '' ? null : cleanText(each)), text, name)
}

function moneyField(name: string, placed: PlacedCell, { unit }: SheetContext, text: string): FieldDraft {
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

function fieldOf(
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
