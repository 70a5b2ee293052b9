import type { MoneyFormat } from '../money.ts'
import type { PaperSize } from '../page-html.ts'
import type { Random } from '../random.ts'
import type { Column, LineFields } from '../sheet.ts'

/** Everything that a layout may ask about the document that it stands in. */
export interface LayoutRequest {
  readonly random: Random
  readonly price: MoneyFormat
  readonly amount: MoneyFormat
  readonly sources: readonly string[]
}

/** The shape of one province's table: its columns and the rows around the data. */
export interface Layout {
  readonly name: string
  readonly paper: PaperSize
  readonly columns: readonly Column[]
  readonly total: 'first' | 'last' | 'none'
  readonly hasDepartmentRow: boolean
  readonly hasUnitTotals: boolean
  readonly hasOrdinalRow: boolean
  /** Where 合计 stands and how many columns it covers. */
  readonly totalLabelColumn: number
  readonly totalLabelSpan: number
  /** Whether the line above the table must name the unit of money (headings do not). */
  readonly unitStandsAbove: boolean
}

export type DrawLayout = (request: LayoutRequest) => Layout

/** A heading with the unit of money, as half of the provinces print it. */
export function withUnit(text: string, format: MoneyFormat, isShown: boolean): string {
  return isShown ? `${text}（${format.unit}）` : text
}

export const DEFAULT_ROWS = {
  total: 'first',
  hasDepartmentRow: false,
  hasUnitTotals: false,
  hasOrdinalRow: false,
  totalLabelColumn: 0,
  totalLabelSpan: 1,
} as const

/** The fund sources that occur, for layouts that give each its own column. */
export function sourcesOf(lines: readonly LineFields[]): string[] {
  return [...new Set(lines.map((line) => line.fund_source ?? ''))]
}
