import { Decimal } from 'decimal.js'
import type { FieldDraft, RecordDraft, RecordType } from '../../model/record.ts'
import { draftDerivedField } from '../draft/draft-derived-field.ts'
import { cleanText } from '../draft/text-of-cell.ts'
import { indicatorFields } from './draft-indicator.ts'
import { findWholeColumn } from './find-whole-column.ts'
import { parseChoice, parseEarlierYears, withBoxes } from './parse-form-values.ts'
import type { LabelledValue, PerformanceSheet, PlacedCell, SheetRow } from './read-sheets.ts'
import { fieldOf, moneyField, rowFields, type SheetContext, textField } from './sheet-fields.ts'

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
  'department',
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

/** The year that the title, or a line over the first table or at its top, states. */
function yearFields({ title, tables }: PerformanceSheet): readonly FieldDraft[] {
  const [first] = tables
  if (first === undefined) return []
  const lines = [title, ...first.titles.slice(0, YEAR_LINES)]
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
  const fields = sheet.values.flatMap((printed): FieldDraft[] => {
    // Of two choices under names of the kind the second says how often (项目类型, 项目属性).
    const isSecond = printed.field === 'category' && seen.has('category')
    const value = isSecond ? { ...printed, field: 'frequency' } : printed
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
    const isRead = value.cell.origin !== 'text'
    const parse = (text: string) => parseChoice(isRead ? withBoxes(text) : text)
    return fieldOf(value.field, value, parse, value.text, value.label)
  }
  if (value.field === 'year' && !tellsYear(value)) return textField(value.field, value, '')
  return textField(value.field, value, value.text)
}

/** Whether a text can be a year, or years: a goal beside a label that a page break cut (年度 | 总体目标) is none. */
function tellsYear({ cell, text }: LabelledValue): boolean {
  const compact = text.normalize('NFKC').replaceAll(/\s/g, '')
  if (compact.length > LONGEST_YEAR) return false
  return cell.origin === 'text' ? /(?:19|20)\d\d|[二〇○零一]{2}[〇○零一二三四五六七八九]{2}年/.test(compact) : true
}

const LONGEST_YEAR = 24

/** Figures of earlier years out of the sentence that tells of them. */
function earlierFields({ values }: PerformanceSheet, { fiscalYear }: SheetContext): readonly FieldDraft[] {
  const told = values.find(({ field }) => field === 'prior_budget')
  if (told === undefined || fiscalYear === null) return []
  const tell = (name: string, kind: 'budgets' | 'executions', year: number) => {
    const parse = (text: string) => parseEarlierYears(text)[kind].get(year) ?? null
    const field = fieldOf(name, told, parse, told.text, told.label)
    return field.value === null ? [] : [field]
  }
  return [
    ...tell('prior_year_budget', 'budgets', fiscalYear - 1),
    ...tell('prior_year_execution', 'executions', fiscalYear - 1),
    ...tell('before_prior_budget', 'budgets', fiscalYear - 2),
    ...tell('before_prior_execution', 'executions', fiscalYear - 2),
  ]
}

const LISTED = ['project_name', 'category', 'total_budget', 'current_budget', 'source_fiscal', 'source_other', 'plan']

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
  const { pageNumber, bbox, raw } = first
  const derived = draftDerivedField('amount', sum.toFixed(2), { pageNumber, bbox, raw, evidence })
  // A sum is no surer than what was read of its parts.
  const doubtful = parts.find(({ support }) => support.origin === 'ocr' && support.readersAgreeing < 2)
  const support = (doubtful ?? parts.find(({ support: own }) => own.origin === 'ocr') ?? derived).support
  const amount = { ...derived, support, flags: parts.flatMap(({ flags }) => flags) }
  return [...fields.filter(({ name }) => name !== 'amount'), amount]
}
