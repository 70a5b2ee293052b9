import { Decimal } from 'decimal.js'
import type { BodyRow } from '../forms/classify-rows.ts'
import type { MoneyUnit } from './find-money-unit.ts'
import { parseAmount } from './parse-amount.ts'

/** A budget line of more printed units than this is in 元, hardly in 万元. */
const LARGEST_USUAL_WAN = 50_000

/** The unit of a budget table that states none: that of another table, else by the size of its figures; both assumed. */
export function assumeLineUnit(rows: readonly BodyRow[], elsewhere: MoneyUnit | null): MoneyUnit {
  if (elsewhere !== null) return { ...elsewhere, evidence: `another table: ${elsewhere.evidence}`, isAssumed: true }
  const figures = rows
    .flatMap(({ uses }) => [...uses.values()].filter(({ assignment }) => assignment.column?.kind === 'money'))
    .flatMap(({ cell }) => {
      const parsed = parseAmount(cell.text)
      return parsed.kind === 'amount' && !parsed.amount.isZero() ? [parsed.amount.abs()] : []
    })
    .toSorted((a, b) => a.comparedTo(b))
  const median = figures[Math.floor(figures.length / 2)] ?? new Decimal(0)
  const [word, yuanPerUnit] = median.greaterThan(LARGEST_USUAL_WAN) ? (['元', 1] as const) : (['万元', 1e4] as const)
  return { yuanPerUnit, word, evidence: `no unit is printed; the figures have the size of ${word}`, isAssumed: true }
}
