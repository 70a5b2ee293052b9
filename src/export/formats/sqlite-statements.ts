import { DATASET_TABLES } from '../tables/dataset-tables.ts'
import { RECORD_TABLES } from '../tables/record-tables.ts'
import type { Column, ColumnType, TableDefinition } from '../tables/table-definition.ts'

/** Exact figures are texts: SQLite has no decimals, and a REAL would be a binary fraction. */
const COLUMN_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  money: 'TEXT',
  decimal: 'TEXT',
  measure: 'REAL',
  boolean: 'INTEGER',
  json: 'TEXT',
}

const NOT_SEARCHED = ['record_id', 'document_id', 'status', 'flags']

export const CREATE_TABLES: readonly string[] = DATASET_TABLES.map(createTable)

export const CREATE_VIEWS_AND_INDEXES: readonly string[] = [
  ...RECORD_TABLES.map(createRecordView),
  `create view "cells_for_review" as select * from cell_provenance where "grade" = 'review' order by "confidence"`,
  `create view "contradicted_checks" as select "documents"."file_name", checks.* from checks join "documents" using ("document_id") where "outcome" = 'contradicted'`,
  ...RECORD_TABLES.map(({ name }) => `create index "${name}_by_document" on "${name}" ("document_id")`),
  'create index "cell_provenance_by_document" on "cell_provenance" ("document_id", "page_number")',
  'create index "check_members_by_record" on "check_members" ("record_id")',
  ...RECORD_TABLES.flatMap(createSearch),
]

export function insertStatement(name: string, columns: readonly Column[]): string {
  const names = columns.map((column) => quote(column.name)).join(', ')
  return `insert into ${quote(name)} (${names}) values (${columns.map(() => '?').join(', ')})`
}

function createTable({ name, columns, primaryKey, references }: TableDefinition): string {
  const parts = columns.map(
    (column) => `${quote(column.name)} ${COLUMN_TYPES[column.type]}${column.isRequired ? ' not null' : ''}`,
  )
  if (primaryKey.length > 0) parts.push(`primary key (${primaryKey.map(quote).join(', ')})`)
  for (const { columns: own, table, keys } of references) {
    parts.push(`foreign key (${own.map(quote).join(', ')}) references ${quote(table)} (${keys.map(quote).join(', ')})`)
  }
  return `create table ${quote(name)} (${parts.join(', ')})`
}

/** Each record with its file's name, and every amount also as a whole number of fen, which adds and compares exactly. */
function createRecordView({ name, columns }: TableDefinition): string {
  const fen = columns
    .filter(({ type }) => type === 'money')
    .map((column) => `cast(replace("r".${quote(column.name)}, '.', '') as integer) as ${quote(`${column.name}_fen`)}`)
  const parts = ['"d"."file_name"', '"d"."source_url"', '"r".*', ...fen]
  return `create view ${quote(`${name}_view`)} as select ${parts.join(', ')} from ${quote(name)} as "r" join "documents" as "d" using ("document_id")`
}

/** Search by any three characters: Chinese has no blanks to find words by. Datasette finds it by its name and content. */
function createSearch({ name, columns }: TableDefinition): readonly string[] {
  const texts = columns.filter(({ type, name: column }) => type === 'text' && !NOT_SEARCHED.includes(column))
  const names = texts.map((column) => quote(column.name)).join(', ')
  const search = quote(`${name}_fts`)
  return [
    `create virtual table ${search} using fts5(${names}, content=${quote(name)}, tokenize='trigram')`,
    `insert into ${search} (${search}) values ('rebuild')`,
  ]
}

function quote(name: string): string {
  return `"${name}"`
}
