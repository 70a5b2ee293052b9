import { expect, test } from 'vitest'
import { readVocabulary } from '../../bench/generate/content/vocabulary.ts'
import { planBudgetDocument } from '../../bench/generate/plan-budget.ts'

const vocabulary = readVocabulary()

test.each([1, 3, 5, 7])(
  'every table of budget document %i tells each printed line once, with its money as printed',
  (seed) => {
    const { plan } = planBudgetDocument({ seed, kind: 'budget', manner: null }, vocabulary)
    const sheets = plan.parts.flatMap((part) => ('sheet' in part ? [part.sheet] : []))
    expect(sheets).toHaveLength(4)
    for (const { recordType, rows } of sheets) {
      expect(recordType).toBe('budget_line')
      for (const { lines = [], cells } of rows) {
        expect(lines.length).toBeGreaterThan(0)
        for (const line of lines) {
          const printed = cells.map((cell) =>
            cell.replaceAll(/[\s\u3000]/g, '').replace(/^[一二三四五六七八九十]+、/, ''),
          )
          expect(printed).toContain(line.line_name)
          expect(line.total === null || /^\d+\.\d\d$/.test(line.total ?? '')).toBe(true)
        }
      }
    }
  },
)

test('one seed plans the same document', () => {
  const plan = () => planBudgetDocument({ seed: 9, kind: 'budget', manner: null }, vocabulary).plan
  expect(JSON.stringify(plan())).toBe(JSON.stringify(plan()))
})
