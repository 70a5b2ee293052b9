import { fenToYuan, type MoneyFormat, printMoney, yuanToFen } from './money.ts'

/** A record's fields in the output's own terms: money in yuan with two places, null for an empty cell. */
export type LineFields = Readonly<Record<string, string | null>>

/** One printed column. `header` runs from the top heading down; `gives` names the fields that it tells. */
export interface Column {
  readonly header: readonly string[]
  readonly weight: number
  readonly align: 'left' | 'center' | 'right'
  readonly gives: readonly string[]
  readonly text: (fields: LineFields, rowIndex: number) => string
  /** The field that total rows add up in this column. */
  readonly totals?: string
  readonly format?: MoneyFormat
  /** Equal neighbours in this column are printed as one tall cell. */
  readonly mergesDown?: boolean
}

/** A printed row. Data rows carry the fields that they must give back; the others none. */
export interface SheetRow {
  readonly kind: 'data' | 'total' | 'group' | 'ordinal'
  readonly cells: readonly string[]
  /** How many columns the first cell covers. */
  readonly labelSpan: number
  readonly fields: LineFields | null
  readonly rowIndex: number | null
  /** The lines of a budget table that stand in the row: income before expenditure. */
  readonly lines?: readonly LineFields[]
}

/** A table as it is to be printed, with the lines around it. */
export interface Sheet {
  /** Null for a table that gives no records. */
  readonly recordType: 'procurement_line' | 'service_purchase_line' | 'budget_line' | null
  readonly title: string
  readonly above: { readonly left: string; readonly right: string }
  readonly below: string
  readonly columns: readonly Column[]
  readonly rows: readonly SheetRow[]
}

export function dataRow(columns: readonly Column[], fields: LineFields, rowIndex: number): SheetRow {
  const cells = columns.map((column) => column.text(fields, rowIndex))
  const names = new Set(columns.flatMap((column) => column.gives))
  const given = Object.fromEntries([...names].map((name) => [name, fields[name] ?? null]))
  return { kind: 'data', cells, labelSpan: 1, fields: given, rowIndex }
}

/** A row of sums over `lines`: the label in the first column (or in `labelColumn`), sums where columns have them. */
export function totalRow(
  columns: readonly Column[],
  lines: readonly LineFields[],
  label: string,
  options: { labelColumn?: number; labelSpan?: number } = {},
): SheetRow {
  const labelColumn = options.labelColumn ?? 0
  const cells = columns.map((column, index) => {
    if (index === labelColumn) return label
    const { totals, format } = column
    return totals === undefined || format === undefined ? '' : printMoney(sumFen(lines, totals), format)
  })
  return { kind: 'total', cells, labelSpan: options.labelSpan ?? 1, fields: null, rowIndex: null }
}

/** A row that names the group below it; `texts` by column index. */
export function groupRow(columns: readonly Column[], texts: Readonly<Record<number, string>>): SheetRow {
  return {
    kind: 'group',
    cells: columns.map((_, index) => texts[index] ?? ''),
    labelSpan: 1,
    fields: null,
    rowIndex: null,
  }
}

/** The row of column numbers that some forms print under the heading. */
export function ordinalRow(columns: readonly Column[]): SheetRow {
  const cells = columns.map((_, index) => String(index + 1))
  return { kind: 'ordinal', cells, labelSpan: 1, fields: null, rowIndex: null }
}

export function sumFen(lines: readonly LineFields[], field: string): number {
  return lines.reduce((sum, line) => sum + yuanToFen(line[field] ?? '0.00'), 0)
}

/** The sum of a money field in the output's form. */
export function sumYuan(lines: readonly LineFields[], field: string): string {
  return fenToYuan(sumFen(lines, field))
}

export interface HeaderCell {
  readonly text: string
  readonly column: number
  readonly columnSpan: number
  readonly rowSpan: number
}

/** The heading as rows of cells: equal neighbours on one level join, short paths reach down to the body. */
export function headerRows(columns: readonly Column[]): HeaderCell[][] {
  const depth = Math.max(...columns.map((column) => column.header.length))
  return Array.from({ length: depth }, (_, level) => headerLevel(columns, level, depth))
}

function headerLevel(columns: readonly Column[], level: number, depth: number): HeaderCell[] {
  const cells: HeaderCell[] = []
  let start = 0
  while (start < columns.length) {
    const path = columns[start]?.header ?? []
    const text = path[level]
    const isLeaf = level === path.length - 1
    let end = start + 1
    if (!isLeaf) while (end < columns.length && sharesPath(path, columns[end]?.header ?? [], level)) end += 1
    if (text !== undefined) {
      cells.push({ text, column: start, columnSpan: end - start, rowSpan: isLeaf ? depth - level : 1 })
    }
    start = text === undefined ? start + 1 : end
  }
  return cells
}

function sharesPath(one: readonly string[], other: readonly string[], level: number): boolean {
  return other.length > level + 1 && one.slice(0, level + 1).every((text, index) => text === other[index])
}
