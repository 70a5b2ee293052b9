import { RECORD_TYPES, type RecordType } from '../../model/record.ts'
import { FIELD_COLUMNS } from '../../publish/field-columns.ts'
import { type Column, type ColumnType, column, reference, required, type TableDefinition } from './table-definition.ts'

export const RECORD_STATUSES = ['accepted', 'review', 'confirmed', 'corrected'] as const

/** The column that holds, as JSON, fields without a column of their own and values that their column cannot hold. */
export const MORE = 'more'

/** A code column, the column that names its catalogue entry, the field of its name and the catalogues it may be of. */
export interface EntryLink {
  readonly entryColumn: string
  readonly codeField: string
  readonly nameField: string
  readonly schemes: readonly string[]
}

const FUNCTIONS = ['functional-expenditure']
const ECONOMICS = ['economic-department', 'economic-government']
const ITEM = link('item', ['procurement'])
const FUNCTION = link('function', FUNCTIONS)
const ECONOMIC = link('economic', ECONOMICS)
const LINE = link('line', [...FUNCTIONS, ...ECONOMICS])

function link(stem: string, schemes: readonly string[]): EntryLink {
  return { entryColumn: `${stem}_entry`, codeField: `${stem}_code`, nameField: `${stem}_name`, schemes }
}

export const ENTRY_LINKS: Readonly<Record<RecordType, readonly EntryLink[]>> = {
  procurement_line: [ITEM, FUNCTION, ECONOMIC],
  service_purchase_line: [FUNCTION, ECONOMIC],
  budget_line: [LINE],
  key_figure: [{ ...LINE, nameField: 'name' }],
  performance_project: [],
  performance_cost_line: [],
  performance_indicator: [],
}

/** The record types in Chinese. */
export const RECORD_TITLES: Readonly<Record<RecordType, string>> = {
  procurement_line: '政府采购预算',
  service_purchase_line: '政府购买服务预算',
  budget_line: '部门预算和决算表',
  key_figure: '文字说明中的数字',
  performance_project: '项目支出绩效目标',
  performance_cost_line: '项目支出明细',
  performance_indicator: '绩效指标',
}

const NOT_MONEY: Readonly<Record<string, ColumnType>> = {
  quantity: 'decimal',
  change_percent: 'decimal',
  value: 'decimal',
  target_value: 'decimal',
  level: 'integer',
  includes_procurement: 'boolean',
}
/** Of the other record types: these are money, what is not listed is text. */
const MONEY = new Set([
  'unit_price',
  'amount',
  'amount_sme',
  'amount_micro',
  'prior_year_budget',
  'prior_year_execution',
  'before_prior_budget',
  'before_prior_execution',
  'total_budget',
  'current_budget',
  'source_fiscal',
  'source_transfer',
  'source_special_account',
  'source_other',
  'local_amount',
  'transfer_amount',
  'other_amount',
])
/** In a budget line everything after its name is a measure. */
const LAST_WORD_OF_LINE = 'line_name'

function typeOf(recordType: RecordType, name: string): ColumnType {
  const known = NOT_MONEY[name]
  if (known !== undefined) return known
  if (name.startsWith('change_percent_')) return 'decimal'
  if (recordType === 'key_figure' && name === 'year') return 'integer'
  const columns = FIELD_COLUMNS[recordType]
  const isMeasure = recordType === 'budget_line' && columns.indexOf(name) > columns.indexOf(LAST_WORD_OF_LINE)
  return isMeasure || MONEY.has(name) ? 'money' : 'text'
}

/** The columns that hold the fields of a record type, typed. */
export function fieldColumns(recordType: RecordType): readonly Column[] {
  return FIELD_COLUMNS[recordType].filter((name) => name !== MORE).map((name) => column(name, typeOf(recordType, name)))
}

function recordTable(recordType: RecordType): TableDefinition {
  const links = ENTRY_LINKS[recordType]
  return {
    name: recordType,
    title: RECORD_TITLES[recordType],
    description: `Records of the type ${recordType}, one a printed line or stated figure; money in yuan.`,
    columns: [
      required('record_id'),
      required('document_id'),
      required('status', 'text', RECORD_STATUSES),
      column('publisher'),
      column('fiscal_year', 'integer'),
      required('page_number', 'integer'),
      ...fieldColumns(recordType),
      ...links.map(({ entryColumn }) => column(entryColumn)),
      column(MORE, 'json'),
      column('flags'),
    ],
    primaryKey: ['record_id'],
    references: [
      reference('record_id', 'records'),
      reference('document_id', 'documents'),
      ...links.map(({ entryColumn }) => reference(entryColumn, 'catalogue_entries', 'entry_id')),
    ],
  }
}

export const RECORD_TABLES: readonly TableDefinition[] = RECORD_TYPES.map(recordTable)
