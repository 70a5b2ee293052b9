import { Decimal } from 'decimal.js'
import type { BodyRow } from '../forms/classify-rows.ts'
import type { MoneyUnit } from './find-money-unit.ts'
import { parseAmount } from './parse-amount.ts'
import { parseQuantity } from './parse-quantity.ts'

const PRICE = 'unit_price/whole'
const AMOUNT = 'amount/whole'
const QUANTITY = 'quantity/whole'
const OTHER_UNITS = [
  ['元', 1],
  ['万元', 1e4],
] as const
/** Fewer rows prove nothing: one may be misread or misprinted. */
const LEAST_ROWS = 3
const MOST_HOLD = 0.8
const HARDLY_ANY_HOLD = 0.2

interface Product {
  readonly quantity: Decimal
  readonly price: Figure
  readonly amount: Figure
}

interface Figure {
  readonly amount: Decimal
  readonly decimals: number
}

/**
 * The units of a table's columns with that of the prices corrected where the rows prove it: many tables print amounts
 * in 万元 and prices in 元, and say so nowhere. Only where hardly a row multiplies in the stated unit of the page and
 * nearly all do in the other; a unit that the price's own heading names is never touched.
 */
export function provePriceUnit(
  units: ReadonlyMap<string, MoneyUnit>,
  rows: readonly BodyRow[],
  headingNamesUnit: boolean,
): ReadonlyMap<string, MoneyUnit> {
  const [price, amount] = [units.get(PRICE), units.get(AMOUNT)]
  if (headingNamesUnit || price === undefined || amount === undefined) return units
  const products = rows.filter(({ kind }) => kind === 'data').flatMap(toProduct)
  const shareThatHolds = (yuanPerUnit: number) =>
    products.filter((product) => holds(product, yuanPerUnit, amount.yuanPerUnit)).length / products.length
  if (products.length < LEAST_ROWS || shareThatHolds(price.yuanPerUnit) > HARDLY_ANY_HOLD) return units
  for (const [word, yuanPerUnit] of OTHER_UNITS) {
    if (yuanPerUnit === price.yuanPerUnit || shareThatHolds(yuanPerUnit) < MOST_HOLD) continue
    const evidence = `quantity times price gives the amount only when prices are in ${word}`
    return new Map(units).set(PRICE, { yuanPerUnit, word, evidence, isAssumed: false })
  }
  return units
}

function toProduct({ uses }: BodyRow): readonly Product[] {
  const textOf = (key: string) => uses.get(key)?.cell.text ?? ''
  const [price, amount] = [parseAmount(textOf(PRICE)), parseAmount(textOf(AMOUNT))]
  const quantity = parseQuantity(textOf(QUANTITY))
  if (price.kind !== 'amount' || amount.kind !== 'amount' || quantity.kind !== 'quantity') return []
  return price.amount.isZero() ? [] : [{ quantity: new Decimal(quantity.quantity), price, amount }]
}

/** Whether a row multiplies, within the rounding of the printed figures. */
function holds({ quantity, price, amount }: Product, yuanPerPrice: number, yuanPerAmount: number): boolean {
  const halfOf = (figure: Figure, yuanPerUnit: number) => 0.5 * yuanPerUnit * 10 ** -figure.decimals
  const difference = quantity.times(price.amount).times(yuanPerPrice).minus(amount.amount.times(yuanPerAmount)).abs()
  return difference.lessThanOrEqualTo(quantity.times(halfOf(price, yuanPerPrice)).plus(halfOf(amount, yuanPerAmount)))
}
