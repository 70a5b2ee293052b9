import { expect, it } from 'vitest'
import type { ScoredField } from '../../bench/score-records.ts'
import { summarizeByKind } from '../../bench/summarize-fields.ts'

const FIELD: ScoredField = {
  document: 'd',
  recordType: 'procurement_line',
  place: 'p1 t1 r1',
  name: 'item_code',
  truth: 'A02010105',
  value: 'A02010105',
  raw: 'A02010105',
  isRight: true,
  isRawRight: true,
  grade: 'accepted',
  confidence: 1,
  flags: [],
}

it('fields of print under 14 px count among all, and not among the legible ones', () => {
  const tiny = { ...FIELD, grade: 'review', flags: ['line-too-small'] }
  const wrong = { ...FIELD, name: 'amount', isRight: false }
  const kinds = new Map(summarizeByKind([FIELD, tiny, wrong]).map(({ kind, ...figures }) => [kind, figures]))
  expect(kinds.get('code')).toEqual({ cells: 2, exact: 2, accepted: 1, acceptedWrong: 0 })
  expect(kinds.get('money')).toEqual({ cells: 1, exact: 0, accepted: 1, acceptedWrong: 1 })
  expect(kinds.get('all')).toEqual({ cells: 3, exact: 2, accepted: 2, acceptedWrong: 1 })
  expect(kinds.get('>= 14 px')).toEqual({ cells: 2, exact: 1, accepted: 2, acceptedWrong: 1 })
})
