import type { Column, Row, TableDefinition } from '../tables/table-definition.ts'

/** How a cell is to be looked at: it waits for review, somebody judged it, or a flag stands on an accepted value. */
export type CellMark = 'review' | 'judged' | 'flagged'

/** A cell of a sheet: texts stay texts, numbers carry their format. */
export interface SheetCell {
  readonly value: string | number
  readonly format: '@' | '0' | '#,##0.00' | 'General'
  readonly mark: CellMark | null
}

export interface SheetContent {
  readonly name: string
  /** Chinese headings. */
  readonly headings: readonly string[]
  readonly rows: readonly (readonly (SheetCell | null)[])[]
}

/** A spreadsheet keeps 15 digits of a number; a longer figure stays a text. */
const MOST_DIGITS = 15
const LONGEST_TEXT = 32_767
const MOST_ROWS = 1_048_575
const CUT = '…'

export type FindMark = (row: Row, column: string) => CellMark | null

/** The sheets of a table: columns without any value are left out, and a table too long for one sheet goes on in others. */
export function toSheets(table: TableDefinition, rows: readonly Row[], findMark: FindMark): readonly SheetContent[] {
  const shown = table.columns.flatMap((column, index) =>
    rows.some((row) => row[index] != null) ? [{ column, index }] : [],
  )
  const sheets: SheetContent[] = []
  for (let start = 0; start < rows.length; start += MOST_ROWS) {
    const part = start === 0 ? '' : ` ${start / MOST_ROWS + 1}`
    sheets.push({
      name: `${table.title}${part}`,
      headings: shown.map(({ column }) => column.title),
      rows: rows
        .slice(start, start + MOST_ROWS)
        .map((row) => shown.map(({ column, index }) => toCell(column, row[index] ?? null, findMark(row, column.name)))),
    })
  }
  return sheets
}

function toCell({ type }: Column, value: string | null, mark: CellMark | null): SheetCell | null {
  if (value === null) return mark === null ? null : { value: '', format: '@', mark }
  if (type === 'money' && isExact(value)) return { value: Number(value), format: '#,##0.00', mark }
  if (type === 'integer') return { value: Number(value), format: '0', mark }
  if ((type === 'decimal' || type === 'measure') && isExact(value)) {
    return { value: Number(value), format: 'General', mark }
  }
  const text = value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT - 1)}${CUT}` : value
  return { value: text, format: '@', mark }
}

function isExact(value: string): boolean {
  return value.replaceAll(/\D/g, '').replace(/^0+/, '').length <= MOST_DIGITS
}
