import { describe, expect, test } from 'vitest'
import type { Check } from '../../src/model/record.ts'
import { findAuditQuestions, findQuestions } from '../../src/review/find-questions.ts'
import { settleJudgements } from '../../src/review/settle-judgements.ts'
import { fakeField } from '../queue/support/fake-field.ts'
import { DOCUMENT, fakeJudgement, fakeRecord } from './support/fake-judgement.ts'

const amount = (rowIndex: number, value: string, raw = value, grade: 'review' | 'accepted' = 'review') =>
  fakeField('amount', value, 1, {
    raw,
    grade,
    bbox: { x0: 10, top: 20 * rowIndex, x1: 30, bottom: 20 * rowIndex + 18 },
  })

function sum(rows: readonly number[], outcome: Check['outcome']): Check {
  const members = rows.map((rowIndex) => ({ pageNumber: 1, tableIndex: 1, rowIndex, field: 'amount' }))
  const place = { where: 'the sum', pageNumber: 1, tableIndex: 1 }
  return { kind: 'column-total', ...place, members, expected: null, found: null, difference: null, outcome }
}

describe('questions', () => {
  test('cells with the same glyphs and the same proposal are one question', () => {
    const records = [1, 2, 3].map((row) => fakeRecord(row, [amount(row, '2.00', row === 3 ? '2口' : '2回')]))
    const questions = findQuestions(DOCUMENT, records, [])
    expect(questions.map(({ raw, cells }) => [raw, cells.map(({ rowIndex }) => rowIndex)])).toEqual([
      ['2回', [1, 2]],
      ['2口', [3]],
    ])
  })

  test('an accepted field asks nothing', () => {
    expect(findQuestions(DOCUMENT, [fakeRecord(1, [amount(1, '2.00', '2.00', 'accepted')])], [])).toEqual([])
  })

  test('code and name of one cell are asked together, of two cells apart', () => {
    const here = { x0: 1, top: 1, x1: 2, bottom: 2 }
    const code = fakeField('item_code', 'A01', 1, { grade: 'review', bbox: here, raw: '[A01]x' })
    const name = fakeField('item_name', 'x', 1, { grade: 'review', bbox: here, raw: '[A01]x' })
    const elsewhere = { ...name, bbox: { x0: 3, top: 1, x1: 4, bottom: 2 } }
    expect(findQuestions(DOCUMENT, [fakeRecord(1, [code, name])], []).map(({ fields }) => fields)).toEqual([
      ['item_code', 'item_name'],
    ])
    expect(findQuestions(DOCUMENT, [fakeRecord(1, [code, elsewhere])], [])).toHaveLength(2)
  })

  test('the one whose answer settles most comes first', () => {
    const records = [1, 2, 3, 4, 5].map((row) => fakeRecord(row, [amount(row, `${row}.00`)]))
    // Row 5 stands in two broken equations, rows 1 and 2 pin each other, rows 3 and 4 pin nothing that is open.
    const checks = [sum([1, 2], 'unconstrained'), sum([5, 4, 3], 'contradicted'), sum([5, 1, 2], 'contradicted')]
    const questions = findQuestions(DOCUMENT, records, checks)
    expect(questions.map(({ cells }) => cells[0]?.rowIndex)).toEqual([1, 2, 5, 3, 4])
    expect(questions[0]?.payoff).toBeGreaterThan(questions[2]?.payoff ?? 0)
  })

  test('an equation that holds promises nothing', () => {
    const records = [1, 2].map((row) => fakeRecord(row, [amount(row, `${row}.00`)]))
    expect(findQuestions(DOCUMENT, records, [sum([1, 2], 'holds')]).map(({ payoff }) => payoff)).toEqual([1, 1])
  })

  test('a field on which reviewers differ is asked as a conflict, alone', () => {
    const flags = [{ code: 'judgements-disagree' as const, detail: '' }]
    const records = [1, 2].map((row) =>
      fakeRecord(row, [{ ...amount(row, '2.00', '2回'), ...(row === 1 ? { flags } : {}) }]),
    )
    const questions = findQuestions(DOCUMENT, records, [])
    expect(questions.map(({ purpose, cells }) => [purpose, cells.length])).toEqual([
      ['conflict', 1],
      ['review', 1],
    ])
  })
})

describe('audit questions', () => {
  const records = Array.from({ length: 50 }, (_, row) =>
    fakeRecord(row + 1, [amount(row + 1, '2.00', '2', 'accepted')]),
  )
  const all = { share: 1, seed: 'x' }

  test('ask accepted fields that nobody judged', () => {
    expect(findAuditQuestions(DOCUMENT, records, new Map(), all)).toHaveLength(50)
    const judged = settleJudgements([fakeJudgement({ rowIndex: 7 })])
    expect(findAuditQuestions(DOCUMENT, records, judged, all)).toHaveLength(49)
  })

  test.each([
    ['a key of ours', { value: 'total_budget' }, 0],
    ['a yes or no', { value: 'true' }, 1],
    ['a long sentence', { value: '句'.repeat(61) }, 0],
    ['a restored code', { value: 'A02010105', raw: '[A田010105）' }, 1],
    ['nothing', { value: null }, 0],
  ] as const)('about %s: %o, %i', (_name, change, count) => {
    const record = fakeRecord(1, [fakeField('item_code', '', 1, change)])
    expect(findAuditQuestions(DOCUMENT, [record], new Map(), all)).toHaveLength(count)
  })

  test('of a sentence that gave many fields only what it says', () => {
    const raw = '编制89人'
    const fields = [
      fakeField('value', '89', 1, { raw }),
      fakeField('year', '2024', 1, { raw }),
      fakeField('unit', 'person', 1, { raw }),
    ]
    const asked = findAuditQuestions(DOCUMENT, [fakeRecord(1, fields)], new Map(), all)
    expect(asked.map(({ fields: names }) => names)).toEqual([['value']])
  })

  test('never ask what is for review already', () => {
    const open = [fakeRecord(1, [amount(1, '2.00')])]
    expect(findAuditQuestions(DOCUMENT, open, new Map(), all)).toEqual([])
  })
})
