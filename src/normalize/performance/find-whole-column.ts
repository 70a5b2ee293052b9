import { Decimal } from 'decimal.js'
import { cleanText } from '../draft/text-of-cell.ts'
import { parseAmount } from '../money/parse-amount.ts'
import type { PerformanceSheet } from './read-sheets.ts'

const SOURCES = ['local_amount', 'transfer_amount', 'other_amount']

/**
 * The column of sources that holds the whole of each cost line, the others telling parts of it: where all columns together do not
 * make the project's budget and this one alone does. Null where the columns are parts beside each other, or nothing tells.
 */
export function findWholeColumn({ values, rows }: PerformanceSheet): string | null {
  const budget = amountIn(values.find(({ field }) => field === 'current_budget')?.text ?? '')
  const costs = rows.filter(({ kind }) => kind === 'cost')
  if (budget === null || costs.length === 0 || costs.some(({ cells }) => cells.has('amount'))) return null
  const sums = SOURCES.map((name) => ({
    name,
    sum: costs.reduce(
      (total, { cells }) => total.plus(amountIn(cells.get(name)?.cell.text ?? '') ?? 0),
      new Decimal(0),
    ),
  }))
  const all = sums.reduce((total, { sum }) => total.plus(sum), new Decimal(0))
  if (all.equals(budget)) return null
  const fitting = sums.filter(({ sum }) => sum.equals(budget))
  return fitting.length === 1 ? (fitting[0]?.name ?? null) : null
}

function amountIn(text: string): Decimal | null {
  const parsed = parseAmount(cleanText(text))
  return parsed.kind === 'amount' ? parsed.amount : null
}
