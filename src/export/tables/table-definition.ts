import { titleOf } from '../../publish/field-titles.ts'

/**
 * What a column holds. Values are texts in every case, so that no binary fraction ever stands for a figure.
 * money is yuan with two places, decimal an
 * exact plain decimal of any places, measure a number that need not be exact (points, confidence), json an object or a list as JSON.
 */
export type ColumnType = 'text' | 'integer' | 'money' | 'decimal' | 'measure' | 'boolean' | 'json'

export interface Column {
  readonly name: string
  readonly type: ColumnType
  /** The Chinese heading. */
  readonly title: string
  readonly isRequired: boolean
  /** The only values there are; an empty list allows all. */
  readonly values: readonly string[]
}

/** `columns` of this table name a row of another by its primary key of as many columns. */
export interface Reference {
  readonly columns: readonly string[]
  readonly table: string
  readonly keys: readonly string[]
}

/** One table of the dataset, from which every format is made. */
export interface TableDefinition {
  readonly name: string
  /** The Chinese name. */
  readonly title: string
  readonly description: string
  readonly columns: readonly Column[]
  readonly primaryKey: readonly string[]
  readonly references: readonly Reference[]
}

/** A cell: the value as text, or null where there is none. Rows stand in the order of the columns. */
export type Row = readonly (string | null)[]

/** Rows by the name of their table. */
export type TableRows = ReadonlyMap<string, readonly Row[]>

export function column(name: string, type: ColumnType = 'text', options: Partial<Column> = {}): Column {
  return { name, type, title: titleOf(name), isRequired: false, values: [], ...options }
}

export function required(name: string, type: ColumnType = 'text', values: readonly string[] = []): Column {
  return column(name, type, { isRequired: true, values })
}

/** A reference by one column. */
export function reference(name: string, table: string, key: string = name): Reference {
  return { columns: [name], table, keys: [key] }
}

const SHAPES: Readonly<Record<Exclude<ColumnType, 'text' | 'json'>, RegExp>> = {
  integer: /^-?(0|[1-9]\d{0,14})$/,
  money: /^-?(0|[1-9]\d{0,15})\.\d{2}$/,
  decimal: /^-?(0|[1-9]\d{0,17})(\.\d{1,12})?$/,
  measure: /^-?(0|[1-9]\d*)(\.\d+)?$/,
  boolean: /^(true|false)$/,
}

/** Whether a value can stand in a column of this type. */
export function fitsType(type: ColumnType, value: string): boolean {
  return type === 'text' || type === 'json' || SHAPES[type].test(value)
}
