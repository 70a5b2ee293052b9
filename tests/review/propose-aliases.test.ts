import { describe, expect, test } from 'vitest'
import type { Judgement } from '../../src/model/judgement.ts'
import { isOneBody, type PublisherNames, proposeAliases } from '../../src/review/propose-aliases.ts'
import { DOCUMENT, fakeJudgement } from './support/fake-judgement.ts'

test.each([
  ['某县教育局', '某县教育和体育局', true],
  ['武汉市江汉区财政局', '江汉区财政局', true],
  ['某县教体局', '某县教育体育局', true],
  ['某县教育局', '某县教育局第一小学', false],
  ['某县财政局', '某县财政局国库收付局', false],
  ['某县教育局', '某县卫生健康局', false],
  ['某县教育局', '邻县教育局', false],
  ['财政局', '市财政局', false],
])('%s and %s: %s', (a, b, isOne) => {
  expect([isOneBody(a, b), isOneBody(b, a)]).toEqual([isOne, isOne])
})

const cover: PublisherNames = { documentId: DOCUMENT, given: null, own: '某县教育局' }
const said = (rowIndex: number, value: string, change: Partial<Judgement> = {}): Judgement => {
  const judgement = fakeJudgement({ rowIndex, value, verdict: 'corrected' })
  return { ...judgement, place: { ...judgement.place, field: 'unit_name' }, batchId: `batch ${rowIndex}`, ...change }
}
const other = '某县教育和体育局本级'
const alias = { publisher: '某县教育局', alias: '某县教育和体育局' }

describe('another name of the publisher', () => {
  test.each([
    ['that one person typed once may be a slip', [said(1, other)], []],
    ['that was typed in two answers is proposed', [said(1, other), said(2, other)], [alias]],
    ['that one answer gave many cells is one witness', [said(1, other), said(2, other, { batchId: 'batch 1' })], []],
    ['that a person confirmed as it was read has two witnesses', [said(1, other, { verdict: 'confirmed' })], [alias]],
    ['that is its own level is no other name', [said(1, '某县教育局本级'), said(2, '某县教育局（机关）')], []],
    ['that is a body under it is none', [said(1, '某县教育局第一小学'), said(2, '某县教育局第一小学')], []],
    ['that nobody can read is none', [said(1, other, { verdict: 'unreadable', value: null })], []],
  ])('%s', (_name, judgements, proposed) => {
    expect(proposeAliases(judgements, [cover]).map(({ witnesses: _witnesses, ...pair }) => pair)).toEqual(proposed)
  })

  test('that the manifest has is proposed beside that of the cover', () => {
    const listed = { ...cover, given: '某县教育和体育局' }
    expect(proposeAliases([], [listed])).toMatchObject([{ publisher: '某县教育和体育局', alias: '某县教育局' }])
  })

  test('in another document tells nothing of this publisher', () => {
    expect(proposeAliases([said(1, other), said(2, other)], [{ ...cover, documentId: 'b'.repeat(64) }])).toEqual([])
  })
})
