import { Decimal } from 'decimal.js'
import type { BodyRow } from '../forms/classify-rows.ts'
import type { MoneyUnit } from './find-money-unit.ts'
import { parseAmount } from './parse-amount.ts'

/** A total that a sentence states, in fen; `toleranceFen` is half of its last printed place. */
export interface StatedTotal {
  readonly fen: number
  readonly toleranceFen: number
  readonly quote: string
}

/** A unit in which the table's printed total, or the sum of its lines, is what a sentence states. */
export interface FittingUnit {
  readonly word: string
  readonly yuanPerUnit: number
  readonly stated: StatedTotal
}

const USUAL_UNITS = [
  ['万元', 1e4],
  ['元', 1],
] as const
const AMOUNT = 'amount/whole'

/** The usual units in which a table's amounts add up to what the text states. */
export function findFittingUnits(rows: readonly BodyRow[], prose: readonly StatedTotal[]): readonly FittingUnit[] {
  const sum = figuresOf(rows, 'data').reduce((total, figure) => total.plus(figure), new Decimal(0))
  const totals = [...figuresOf(rows, 'total'), sum].filter((figure) => !figure.isZero())
  return USUAL_UNITS.flatMap(([word, yuanPerUnit]) => {
    const isStated = ({ fen, toleranceFen }: StatedTotal) =>
      totals.some((total) => total.times(yuanPerUnit).times(100).minus(fen).abs().lessThanOrEqualTo(toleranceFen))
    const stated = prose.find(isStated)
    return stated === undefined ? [] : [{ word, yuanPerUnit, stated }]
  })
}

/** The amounts of the rows of one kind, in printed units. */
export function figuresOf(rows: readonly BodyRow[], kind: BodyRow['kind']): readonly Decimal[] {
  return rows.flatMap((row) => {
    const parsed = parseAmount(row.kind === kind ? (row.uses.get(AMOUNT)?.cell.text ?? '') : '')
    return parsed.kind === 'amount' ? [parsed.amount] : []
  })
}

/**
 * Doubts a printed unit (元 for 万元) where the table's figures are what the text states in another unit and not in this one.
 * It stays as printed: a publisher's error is for a person to settle.
 */
export function doubtUnits(
  units: ReadonlyMap<string, MoneyUnit>,
  rows: readonly BodyRow[],
  prose: readonly StatedTotal[],
): ReadonlyMap<string, MoneyUnit> {
  const printed = units.get(AMOUNT)
  const [fitting, ...others] = findFittingUnits(rows, prose)
  if (printed === undefined || printed.isAssumed || fitting === undefined || others.length > 0) return units
  if (fitting.word === printed.word || !USUAL_UNITS.some(([word]) => word === printed.word)) return units
  const doubt = `only in ${fitting.word} is the total what the text states: "${fitting.stated.quote}"`
  return new Map([...units].map(([key, unit]) => [key, unit.word === printed.word ? { ...unit, doubt } : unit]))
}
