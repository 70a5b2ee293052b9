import type { FinishedFile } from '../file-target.ts'
import { DATASET_TABLES } from '../tables/dataset-tables.ts'
import type { Column, ColumnType, TableDefinition } from '../tables/table-definition.ts'

const PROFILE = 'https://datapackage.org/profiles/2.0/datapackage.json'

/** A document that the data were read from; `path` is where it was downloaded from. */
export interface DocumentSource {
  readonly title: string
  readonly path?: string
  readonly version: string
}

const MISSING_VALUES = [{ value: '', label: 'the page prints nothing here, or nothing could be made of it' }]
const FIELD_TYPES: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  integer: 'integer',
  money: 'number',
  decimal: 'number',
  measure: 'number',
  boolean: 'boolean',
  json: 'any',
}

/** The descriptor of the package. It names no time of its making: the same data give the same bytes. */
export function toDataPackage(
  files: ReadonlyMap<string, FinishedFile>,
  sources: readonly DocumentSource[],
  version: string,
): object {
  return {
    $schema: PROFILE,
    name: 'gongkai',
    title: '部门预算公开数据',
    description:
      'Records of published Chinese government budgets, each value with its place on the page. Money is in yuan, exact decimals. Texts that a spreadsheet would run as a formula begin with an apostrophe.',
    version,
    ...(sources.length === 0 ? {} : { sources }),
    resources: DATASET_TABLES.flatMap((table) => {
      const file = files.get(table.name)
      return file === undefined ? [] : [toResource(table, file)]
    }),
  }
}

function toResource(table: TableDefinition, file: FinishedFile): object {
  return {
    name: table.name,
    type: 'table',
    title: table.title,
    description: table.description,
    path: `data/${table.name}.csv`,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes: file.byteSize,
    hash: `sha256:${file.sha256}`,
    dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: toTableSchema(table),
  }
}

function toTableSchema({ columns, primaryKey, references }: TableDefinition): object {
  return {
    fields: columns.map(toField),
    missingValues: MISSING_VALUES,
    ...(primaryKey.length === 0 ? {} : { primaryKey }),
    ...(references.length === 0
      ? {}
      : {
          foreignKeys: references.map((reference) => ({
            fields: reference.columns,
            reference: { resource: reference.table, fields: reference.keys },
          })),
        }),
  }
}

function toField({ name, type, title, isRequired, values }: Column): object {
  const constraints = { ...(isRequired ? { required: true } : {}), ...(values.length === 0 ? {} : { enum: values }) }
  return {
    name,
    title,
    type: FIELD_TYPES[type],
    ...(type === 'money' ? { description: 'yuan (元)', decimalChar: '.' } : {}),
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  }
}
