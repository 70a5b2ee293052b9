import type { GlyphConfusion } from '../../model/glyph-confusion.ts'
import type { CheckMember } from '../../model/record.ts'
import { isReader } from '../draft/text-of-cell.ts'
import type { BodyRow } from '../forms/classify-rows.ts'
import { compactReadings } from '../forms/table-view.ts'
import type { FigureHabit } from '../money/amount-hypotheses.ts'
import type { MoneyUnit } from '../money/find-money-unit.ts'
import { hasCurrencySign, parseAmount } from '../money/parse-amount.ts'
import { parseQuantity } from '../money/parse-quantity.ts'
import type { MoneyRow } from './build-equations.ts'
import { readMoneyCell } from './read-money-cells.ts'

/** A table's money with the unit of each money column, by column key. */
export interface MoneySheet {
  readonly rows: readonly MoneyRow[]
  readonly units: ReadonlyMap<string, MoneyUnit>
}

/** Confusions by the glyph that stands in a reading. */
export type ConfusionsByGlyph = ReadonlyMap<string, readonly GlyphConfusion[]>

const USUAL_SHARE = 0.7
const LEAST_FIGURES = 3
const LEAST_ODD_FIGURES = 2

/** Numbers of rows (1-based, of data) and what tells the cells of this sheet from those of another on the same grid rows. */
export interface SheetPlace {
  readonly indexOf: (row: BodyRow) => number | null
  readonly scope: string
}

/** Reads all money cells of a table's rows; `units` gives the unit of each money column. */
export function buildMoneySheet(
  rows: readonly BodyRow[],
  units: ReadonlyMap<string, MoneyUnit>,
  confusions: ConfusionsByGlyph,
  { indexOf, scope }: SheetPlace = { indexOf: numberOfData(rows), scope: '' },
): MoneySheet {
  const shared = findHabit(rows, [...units.keys()])
  const habits = new Map([...units.keys()].map((key) => [key, columnHabit(rows, key, shared)]))
  const moneyRows = rows.map((row): MoneyRow => {
    const index = indexOf(row)
    const cells = new Map(
      [...units].flatMap(([key, unit]) => {
        const use = row.uses.get(key)
        if (use === undefined) return []
        const field = key.startsWith('fund/') ? key : (key.split('/')[0] ?? key)
        const place = { pageNumber: row.pageNumber, tableIndex: row.tableIndex }
        const member: CheckMember | null = index === null ? null : { ...place, rowIndex: index, field }
        const cellKey = `${scope}${row.pageNumber}.${row.tableIndex}.${row.gridRow}.${key}`
        const habit = habits.get(key) ?? shared
        const { yuanPerUnit } = unit
        const { pageNumber } = row
        const context = { key: cellKey, member, pageNumber, field, yuanPerUnit, habit, confusions }
        return [[key, readMoneyCell(use.cell, context)] as const]
      }),
    )
    return { row, rowIndex: index, cells, quantity: quantityOf(row) }
  })
  return { rows: moneyRows, units }
}

/** Data rows by their number; totals and groups have none. */
function numberOfData(rows: readonly BodyRow[]): SheetPlace['indexOf'] {
  const data = rows.filter(({ kind }) => kind === 'data')
  const numbers = new Map(data.map((row, index) => [row, index + 1]))
  return (row) => numbers.get(row) ?? null
}

/**
 * How many pieces a row counts: what our readers saw alike. A text layer that we do not trust has no say beside them, else its
 * garble would leave the row without a product.
 */
function quantityOf(row: BodyRow): number | null {
  const cell = row.uses.get('quantity/whole')?.cell
  if (cell === undefined) return null
  const own = cell.readings.filter(isReader)
  const parsed = compactReadings(own.length === 0 ? cell : { ...cell, readings: own }).map(parseQuantity)
  const values = new Set(parsed.flatMap((each) => (each.kind === 'quantity' ? [each.quantity] : [])))
  const [only] = values
  return only === undefined || values.size > 1 ? null : Number(only)
}

/** How the figures of some columns are printed, from every reading that is a figure. */
function findHabit(rows: readonly BodyRow[], keys: readonly string[]): FigureHabit {
  const counts = new Map<number, number>()
  let round = 0
  let showsZeros = false
  let total = 0
  for (const { uses } of rows) {
    for (const key of keys) {
      for (const text of compactReadings(uses.get(key)?.cell ?? null)) {
        const parsed = parseAmount(text)
        if (parsed.kind !== 'amount') continue
        counts.set(parsed.decimals, (counts.get(parsed.decimals) ?? 0) + 1)
        total += 1
        if (parsed.decimals > 0 && parsed.amount.isInteger()) round += 1
        // A zero printed at the end shows that the column prints all its places.
        if (parsed.decimals > 0 && parsed.amount.decimalPlaces() < parsed.decimals) showsZeros = true
      }
    }
  }
  const [most] = [...counts].filter(([decimals]) => decimals > 0).toSorted((a, b) => b[1] - a[1])
  const pointed = [...counts].filter(([places]) => places > 0).reduce((sum, [, count]) => sum + count, 0)
  const places = most?.[0] ?? 0
  // Whole numbers among figures with a point may have lost it: they never make a habit.
  const isMost = pointed * 2 >= total && (most?.[1] ?? 0) >= pointed * USUAL_SHARE
  const isUsual = isMost && showsZeros && pointed >= LEAST_FIGURES
  return { decimals: isUsual ? places : null, roundShare: (round + 1) / (total + 2) }
}

/** A column of few figures prints as the table does, unless what it prints plainly says otherwise. */
function columnHabit(rows: readonly BodyRow[], key: string, shared: FigureHabit): FigureHabit {
  const own = { ...findHabit(rows, [key]), isSigned: printsSigns(rows, key) }
  if (own.decimals !== null || shared.decimals === null) return own
  return printsOtherwise(rows, key, shared.decimals) ? own : { ...own, decimals: shared.decimals }
}

/** Whether most figures of the column are read with the sign of a currency: then each has it. */
function printsSigns(rows: readonly BodyRow[], key: string): boolean {
  const texts = rows.map(({ uses }) => compactReadings(uses.get(key)?.cell ?? null)).filter((each) => each.length > 0)
  const signed = texts.filter((each) => each.some(hasCurrencySign)).length
  return signed >= LEAST_FIGURES && signed * 2 >= texts.length
}

/** Whether cells of the column show other places after the point, and no reading of them shows the usual ones. */
function printsOtherwise(rows: readonly BodyRow[], key: string, decimals: number): boolean {
  const odd = rows.filter(({ uses }) => {
    const places = compactReadings(uses.get(key)?.cell ?? null).flatMap((text) => {
      const parsed = parseAmount(text)
      return parsed.kind === 'amount' && parsed.decimals > 0 ? [parsed.decimals] : []
    })
    return places.length > 0 && !places.includes(decimals)
  })
  return odd.length >= LEAST_ODD_FIGURES
}
