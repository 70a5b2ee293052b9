import { RECORD_TYPES, type RecordType } from '../../model/record.ts'
import { RECORD_FIELDS } from '../../publish/field-columns.ts'
import { RECORD_TITLES } from '../../publish/field-titles.ts'
import { type Column, column, reference, required, type TableDefinition } from './table-definition.ts'

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

/** The columns that hold the fields of a record type, typed. */
export function fieldColumns(recordType: RecordType): readonly Column[] {
  return RECORD_FIELDS[recordType].filter(({ name }) => name !== MORE).map(({ name, kind }) => column(name, kind))
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
