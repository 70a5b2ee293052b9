import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeKey } from '../../src/model/judgement.ts'
import type { Check } from '../../src/model/record.ts'
import { createQuestionWeigher } from '../../src/review/weigh-question.ts'

const DOCUMENT = 'd'
const keyOf = (rowIndex: number) =>
  placeKey({ documentId: DOCUMENT, pageNumber: 1, tableIndex: 1, rowIndex, field: 'amount' })

type Equation = readonly [Check['outcome'], readonly number[]]

/** The same, equation by equation for one question: what is meant, and too slow for thousands of both. */
function weighSlowly(equations: readonly Equation[], asked: ReadonlySet<string>, isOpen: ReadonlySet<string>): number {
  let payoff = asked.size
  for (const [outcome, rows] of equations) {
    const keys = [...new Set(rows.map(keyOf))]
    if (outcome === 'holds' || outcome === 'repaired' || !keys.some((key) => asked.has(key))) continue
    const others = keys.filter((key) => isOpen.has(key) && !asked.has(key)).length
    payoff += outcome === 'unconstrained' && others === 1 ? 1 : others / (others + 1)
  }
  return Math.round(payoff * 1000) / 1000
}

const rows = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 })
const outcome = fc.constantFrom<Check['outcome'][]>('holds', 'repaired', 'contradicted', 'unconstrained')

test('a question pays what each equation by itself says, however many there are', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(outcome, rows), { maxLength: 12 }), rows, rows, (equations, asked, open) => {
      const checks = equations.map(([of, members]) => ({
        outcome: of,
        members: members.map((rowIndex) => ({ pageNumber: 1, tableIndex: 1, rowIndex, field: 'amount' })),
      })) as unknown as Check[]
      const [askedKeys, openKeys] = [new Set(asked.map(keyOf)), new Set(open.map(keyOf))]
      const weigh = createQuestionWeigher(DOCUMENT, checks, openKeys)
      expect(weigh(askedKeys)).toBe(weighSlowly(equations, askedKeys, openKeys))
    }),
  )
})
