import { describe, expect, test } from 'vitest'
import { placeKey } from '../../src/model/judgement.ts'
import { carriesOver } from '../../src/review/carry-judgement.ts'
import { toRate } from '../../src/review/error-rate.ts'
import { layOverRecords } from '../../src/review/lay-over-records.ts'
import { measureReview } from '../../src/review/measure-agreement.ts'
import { settleJudgements } from '../../src/review/settle-judgements.ts'
import { fakeField } from '../queue/support/fake-field.ts'
import { DOCUMENT, fakeJudgement, fakeRecord } from './support/fake-judgement.ts'

const KEY = placeKey({ documentId: DOCUMENT, pageNumber: 1, tableIndex: 1, rowIndex: 1, field: 'amount' })

describe('a judgement carries over to a fresh run', () => {
  const judged = fakeJudgement()
  const fresh = { raw: judged.raw, value: judged.machineValue, bbox: judged.bbox, extractorVersion: '2' }

  test.each([
    ['when nothing changed', {}, true],
    ['when only the text that was read changed', { raw: '2口' }, true],
    ['when only the value made of it changed', { value: '300.00' }, true],
    ['not when text and value changed', { raw: '3回', value: '300.00' }, false],
    ['not when another version of the extractor read the page', { extractorVersion: '3' }, false],
    ['when the box moved by a hair', { bbox: { x0: 10.3, top: 20.2, x1: 30.1, bottom: 40 } }, true],
    ['not when the field now lies in another cell', { bbox: { x0: 10, top: 60, x1: 30, bottom: 80 } }, false],
  ] as const)('%s', (_name, change, survives) => {
    expect(carriesOver(judged, { ...fresh, ...change })).toBe(survives)
  })
})

describe('what stands', () => {
  const first = fakeJudgement()
  test('is the last of one reviewer', () => {
    const later = fakeJudgement({ value: '2.00', judgedAt: '2026-01-03T00:00:00.000Z' })
    expect(settleJudgements([later, first]).get(KEY)).toMatchObject({ kind: 'settled', judgement: later })
  })

  test('is nothing after it was withdrawn, and the earlier answer when only the later one was', () => {
    const withdrawn = fakeJudgement({ verdict: 'withdrawn', value: null, supersedes: [first.judgementId] })
    expect(settleJudgements([withdrawn, first]).has(KEY)).toBe(false)
    const later = fakeJudgement({ value: '2.00', judgedAt: '2026-01-03T00:00:00.000Z' })
    const undone = fakeJudgement({ verdict: 'withdrawn', value: null, supersedes: [later.judgementId] })
    expect(settleJudgements([first, later, undone]).get(KEY)).toMatchObject({ kind: 'settled', judgement: first })
  })

  test('is the answer before, when the one that replaced it was withdrawn', () => {
    const second = fakeJudgement({ value: '2.00', supersedes: [first.judgementId] })
    const undone = fakeJudgement({ verdict: 'withdrawn', value: null, supersedes: [second.judgementId] })
    expect(settleJudgements([first, second]).get(KEY)).toMatchObject({ judgement: second })
    expect(settleJudgements([first, second, undone]).get(KEY)).toMatchObject({ judgement: first })
    const redone = fakeJudgement({ verdict: 'withdrawn', value: null, supersedes: [undone.judgementId] })
    expect(settleJudgements([first, second, undone, redone]).get(KEY)).toMatchObject({ judgement: second })
  })

  test('is a conflict where two reviewers differ, until somebody settles it', () => {
    const other = fakeJudgement({ reviewer: 'li', value: '2.00' })
    expect(settleJudgements([first, other]).get(KEY)?.kind).toBe('conflict')
    const settled = fakeJudgement({
      reviewer: 'zhao',
      purpose: 'conflict',
      supersedes: [first.judgementId, other.judgementId],
    })
    expect(settleJudgements([first, other, settled]).get(KEY)).toMatchObject({ kind: 'settled', judgement: settled })
  })

  test('is settled where two reviewers say the same', () => {
    const other = fakeJudgement({ reviewer: 'li', verdict: 'printed-so' })
    expect(settleJudgements([first, other]).get(KEY)?.kind).toBe('settled')
  })
})

describe('records after a person', () => {
  const machine = [
    fakeRecord(1, [fakeField('amount', '200.00', 1, { raw: '2回', grade: 'review' }), fakeField('quantity', '2', 1)]),
  ]
  const laid = (judgements: readonly ReturnType<typeof fakeJudgement>[]) =>
    layOverRecords(DOCUMENT, machine, machine, settleJudgements(judgements), '2')[0]

  test.each([
    ['corrected', fakeJudgement(), 'corrected', '20000.00'],
    ['confirmed', fakeJudgement({ verdict: 'confirmed', value: '200.00' }), 'confirmed', '200.00'],
    ['unreadable', fakeJudgement({ verdict: 'unreadable', value: null }), 'corrected', null],
    ['printed so', fakeJudgement({ verdict: 'printed-so', value: '200.00' }), 'confirmed', '200.00'],
    ['of another extractor', fakeJudgement({ extractorVersion: '1' }), 'review', '200.00'],
  ] as const)('%s', (_name, judgement, status, value) => {
    const record = laid([judgement])
    expect(record?.status).toBe(status)
    expect(record?.fields[0]?.value).toBe(value)
  })

  test('keep the value of the machine beside', () => {
    expect(laid([fakeJudgement()])?.fields[0]?.judgement?.machineValue).toBe('200.00')
  })

  test('wait for review where reviewers differ, and say so', () => {
    const record = laid([fakeJudgement(), fakeJudgement({ reviewer: 'li', value: '2.00' })])
    expect(record?.status).toBe('review')
    expect(record?.fields[0]?.value).toBe('200.00')
    expect(record?.fields[0]?.flags.at(-1)).toEqual({
      code: 'judgements-disagree',
      detail: 'li: 2.00; wang: 20000.00',
    })
  })
})

describe('quality of the review', () => {
  test('counts fields that two judged, and on how many they agree', () => {
    const judgements = [
      fakeJudgement(),
      fakeJudgement({ reviewer: 'li' }),
      fakeJudgement({ rowIndex: 2 }),
      fakeJudgement({ rowIndex: 2, reviewer: 'li', value: '2.00' }),
      fakeJudgement({ rowIndex: 3 }),
    ]
    const { agreement, conflicts } = measureReview(judgements)
    expect(agreement).toEqual({ agreed: 1, of: 2 })
    expect(conflicts).toHaveLength(1)
  })

  test('counts audited fields whose accepted value was wrong, and leaves out what nobody can read', () => {
    const audited = (rowIndex: number, value: string | null) =>
      fakeJudgement({ rowIndex, value, purpose: 'audit', verdict: value === null ? 'unreadable' : 'confirmed' })
    const { audit, auditUnreadable } = measureReview([
      audited(1, '200.00'),
      audited(2, '20000.00'),
      audited(3, null),
      fakeJudgement({ rowIndex: 4 }),
    ])
    expect(audit).toMatchObject({ errors: 1, of: 2 })
    expect(auditUnreadable).toBe(1)
  })

  test.each([
    // Published values: Newcombe (1998), table I, method 3; and the closed form for no error.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [0, 0, 0, 1],
  ])('%i of %i errors lie between %f and %f', (errors, of, low, high) => {
    const rate = toRate(errors, of)
    expect(rate.low).toBeCloseTo(low, 4)
    expect(rate.high).toBeCloseTo(high, 4)
  })
})
