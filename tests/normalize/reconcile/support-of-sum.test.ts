import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Domain, supportOfSum as supportWithin } from '../../../src/normalize/reconcile/support-of-sum.ts'
import { createWorkBudget } from '../../../src/normalize/reconcile/work-budget.ts'

const closed = (...fens: number[]): Domain => ({ fens, ceiling: 0 })
const supportOfSum = (parts: readonly Domain[], whole: Domain) => supportWithin(parts, whole, createWorkBudget())
const open = (ceiling: number): Domain => ({ fens: null, ceiling })

/** Every figure that takes part in some solution, by trying all. */
function bruteForce(parts: readonly number[][], whole: readonly number[]): { parts: number[][]; whole: number[] } {
  const kept = parts.map(() => new Set<number>())
  const wholes = new Set<number>()
  const walk = (index: number, chosen: number[]): void => {
    if (index === parts.length) {
      const sum = chosen.reduce((total, fen) => total + fen, 0)
      if (!whole.includes(sum)) return
      wholes.add(sum)
      for (const [at, fen] of chosen.entries()) kept[at]?.add(fen)
      return
    }
    for (const fen of parts[index] ?? []) walk(index + 1, [...chosen, fen])
  }
  walk(0, [])
  const sorted = (set: Set<number>) => [...set].toSorted((a, b) => a - b)
  return { parts: kept.map(sorted), whole: sorted(wholes) }
}

describe('a sum', () => {
  test('keeps exactly the figures of its solutions', () => {
    const figures = fc.uniqueArray(
      fc.integer({ min: 0, max: 40 }).map((n) => n * 500),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(fc.array(figures, { minLength: 1, maxLength: 4 }), figures, (parts, whole) => {
        const expected = bruteForce(parts, whole)
        const found = supportOfSum(
          parts.map((fens) => closed(...fens)),
          closed(...whole),
        )
        expect(found?.parts.map(({ fens }) => (fens ?? []).toSorted((a, b) => a - b))).toEqual(expected.parts)
        expect((found?.whole.fens ?? []).toSorted((a, b) => a - b)).toEqual(expected.whole)
      }),
    )
  })

  test('leaves an open part what the others do not fill', () => {
    expect(supportOfSum([closed(3000), open(99999), closed(1000)], closed(10000))?.parts[1]?.fens).toEqual([6000])
  })

  test('says nothing with two open cells, and nothing beyond its bound', () => {
    expect(supportOfSum([open(10), open(10)], closed(5))).toBeNull()
    const huge = Array.from({ length: 40 }, (_, index) => closed(1, 10 ** 12 + index, 7))
    expect(supportOfSum(huge, closed(10 ** 14 + 1))).toBeNull()
  })

  test('is left unconstrained when the work of its table is used up', () => {
    const parts = [closed(100, 200), closed(300)]
    const budget = createWorkBudget(1)
    expect(supportWithin(parts, closed(400), budget)).not.toBeNull()
    expect(supportWithin(parts, closed(...Array.from({ length: 200 }, (_, at) => at + 400)), budget)).toBeNull()
  })
})
