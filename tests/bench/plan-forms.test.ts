import { describe, expect, test } from 'vitest'
import type { FormPlan } from '../../bench/generate/build-document.ts'
import { readVocabulary } from '../../bench/generate/content/vocabulary.ts'
import { planFinalAccounts } from '../../bench/generate/plan-final-accounts.ts'
import { planPerformance } from '../../bench/generate/plan-performance.ts'

const vocabulary = readVocabulary()
const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
const PLANS = [
  ['performance', planPerformance],
  ['final accounts', planFinalAccounts],
] as const

const formsOf = (plan: { readonly parts: readonly object[] }) =>
  plan.parts.flatMap((part) => ('forms' in part ? [...(part as FormPlan).forms] : []))

describe.each(PLANS)('a document of %s', (_kind, planOf) => {
  test.each(seeds)('%i prints the name of everything that it tells', (seed) => {
    for (const { lines } of formsOf(planOf({ seed }, vocabulary).plan)) {
      const printed = lines.flatMap(({ cells }) =>
        cells.map(({ text }) => text.replace(/^[一二三四五六七八九十]+、/, '')),
      )
      for (const { fields } of lines.flatMap(({ records }) => records ?? [])) {
        const name = fields.level3 ?? fields.content ?? fields.project_name ?? fields.line_name
        if (name != null) expect(printed).toContain(name)
      }
    }
  })

  test('is the same from one seed', () => {
    const plan = () => JSON.stringify(planOf({ seed: 9 }, vocabulary).plan)
    expect(plan()).toBe(plan())
  })
})

test.each(seeds)('the cost lines of every project of document %i make its budget', (seed) => {
  for (const { lines } of formsOf(planPerformance({ seed }, vocabulary).plan)) {
    const records = lines.flatMap((line) => line.records ?? [])
    const costs = records.filter(({ recordType }) => recordType === 'performance_cost_line')
    if (costs.length === 0) continue
    const budget = records.find(({ recordType }) => recordType === 'performance_project')?.fields.current_budget
    const sum = costs.reduce((total, { fields }) => total + Math.round(Number(fields.amount) * 100), 0)
    expect((sum / 100).toFixed(2)).toBe(budget)
  }
})
