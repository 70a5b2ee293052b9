import { expect, test } from 'vitest'
import { type Domain, supportOfSum } from '../../../src/normalize/reconcile/support-of-sum.ts'
import { createDocumentBudget, createWorkBudget } from '../../../src/normalize/reconcile/work-budget.ts'

test('a table has no more than its own share, and than its document has left', () => {
  const ofDocument = createDocumentBudget(150)
  const [first, second] = [createWorkBudget(100, ofDocument), createWorkBudget(100, ofDocument)]
  expect(first.spend(101)).toBe(false)
  expect(first.spend(100)).toBe(true)
  expect(second.spend(51)).toBe(false)
  expect(second.spend(50)).toBe(true)
  expect(createWorkBudget(100, ofDocument).spend(1)).toBe(false)
})

test('a sum is left unconstrained where the tables before it took all the work of the document', () => {
  const closed = (...fens: readonly number[]): Domain => ({ fens, ceiling: Number.MAX_SAFE_INTEGER })
  const parts = [closed(100, 200, 300), closed(7, 300)]
  const whole = closed(...Array.from({ length: 200 }, (_, at) => at + 500))
  const within = (words: number) => supportOfSum(parts, whole, createWorkBudget(undefined, createDocumentBudget(words)))
  expect(within(1000)?.parts.map(({ fens }) => fens)).toEqual([[200, 300], [300]])
  expect(within(10)).toBeNull()
})
