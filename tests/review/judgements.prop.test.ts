import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Judgement } from '../../src/model/judgement.ts'
import { isAudited, USUAL_AUDIT } from '../../src/review/audit-sample.ts'
import { carriesOver } from '../../src/review/carry-judgement.ts'
import { toRate } from '../../src/review/error-rate.ts'
import { mergeJudgements, newJudgements } from '../../src/review/merge-judgements.ts'
import { settleJudgements } from '../../src/review/settle-judgements.ts'
import { DOCUMENT, fakeJudgement } from './support/fake-judgement.ts'

/** Histories as people make them: answers, second thoughts, withdrawals, settlements, by three reviewers on four fields. */
const histories = fc
  .array(
    fc.record({
      rowIndex: fc.integer({ min: 1, max: 4 }),
      reviewer: fc.constantFrom('wang', 'li', 'zhao'),
      value: fc.constantFrom('1.00', '2.00', null),
      minute: fc.integer({ min: 10, max: 59 }),
      verdict: fc.constantFrom('corrected', 'confirmed', 'withdrawn') as fc.Arbitrary<Judgement['verdict']>,
      replaces: fc.option(fc.nat({ max: 20 }), { nil: null }),
    }),
    { maxLength: 16 },
  )
  .map((steps) => {
    const made: Judgement[] = []
    for (const { minute, replaces, ...step } of steps) {
      const target = replaces === null ? undefined : made[replaces % Math.max(1, made.length)]
      const supersedes = target === undefined ? [] : [target.judgementId]
      made.push(fakeJudgement({ ...step, judgedAt: `2026-01-02T03:${minute}:00.000Z`, supersedes }))
    }
    return newJudgements([], made)
  })

const asText = (judgements: readonly Judgement[]) =>
  JSON.stringify([...settleJudgements(judgements)].toSorted(([a], [b]) => (a < b ? -1 : 1)))

describe('merging', () => {
  test('gives the same whichever side comes first', () => {
    fc.assert(
      fc.property(histories, histories, (a, b) => {
        expect(mergeJudgements(a, b)).toEqual(mergeJudgements(b, a))
      }),
    )
  })

  test('gives the same however the sides are bracketed, and twice is once', () => {
    fc.assert(
      fc.property(histories, histories, histories, (a, b, c) => {
        const left = mergeJudgements(mergeJudgements(a, b), c)
        expect(mergeJudgements(a, mergeJudgements(b, c))).toEqual(left)
        expect(mergeJudgements(left, b)).toEqual(left)
      }),
    )
  })

  test('loses nothing and invents nothing', () => {
    fc.assert(
      fc.property(histories, histories, (a, b) => {
        const merged = mergeJudgements(a, b)
        for (const judgement of [...a, ...b]) expect(merged).toContainEqual(judgement)
        for (const judgement of merged) expect([...a, ...b]).toContainEqual(judgement)
      }),
    )
  })
})

test('what stands does not depend on the order in which judgements came', () => {
  fc.assert(
    fc.property(
      histories.chain((made) =>
        fc.tuple(fc.constant(made), fc.shuffledSubarray([...made], { minLength: made.length })),
      ),
      ([made, shuffled]) => {
        expect(asText(shuffled)).toBe(asText(made))
      },
    ),
  )
})

test('a later judgement never alters one that stands in the log, and a withdrawal brings back exactly what stood before', () => {
  fc.assert(
    fc.property(histories, (made) => {
      const before = JSON.stringify(made)
      const added = fakeJudgement({ reviewer: 'sun', value: '3.00', judgedAt: '2026-01-02T04:00:00.000Z' })
      const withdrawn = fakeJudgement({
        reviewer: 'sun',
        verdict: 'withdrawn',
        value: null,
        judgedAt: '2026-01-02T04:01:00.000Z',
        supersedes: [added.judgementId],
      })
      expect(asText([...made, added, withdrawn])).toBe(asText(made))
      expect(JSON.stringify(made)).toBe(before)
    }),
  )
})

test('a judgement never carries over to a field whose text and value are both others', () => {
  const text = fc.string({ maxLength: 6 })
  fc.assert(
    fc.property(text, text, text, text, fc.constantFrom('1', '2'), (raw, value, freshRaw, freshValue, version) => {
      const judgement = fakeJudgement({ raw, machineValue: value })
      const fresh = { raw: freshRaw, value: freshValue, bbox: judgement.bbox, extractorVersion: version }
      const isSame = raw === freshRaw || value === freshValue
      expect(carriesOver(judgement, fresh)).toBe(version === '2' && isSame)
    }),
  )
})

describe('the audit sample', () => {
  const places = Array.from({ length: 20_000 }, (_, index) => ({
    documentId: DOCUMENT,
    pageNumber: 1 + (index % 7),
    tableIndex: 1,
    rowIndex: 1 + Math.floor(index / 7),
    field: 'amount',
  }))

  test('is as large as asked for', () => {
    const drawn = places.filter((place) => isAudited(place, USUAL_AUDIT)).length
    // Five standard deviations around 400.
    expect(Math.abs(drawn - 400)).toBeLessThan(100)
  })

  test('is the same for the same seed, another for another, and grows with its share', () => {
    const drawn = (seed: string, share: number) => places.filter((place) => isAudited(place, { seed, share }))
    expect(drawn('a', 0.02)).toEqual(drawn('a', 0.02))
    expect(drawn('b', 0.02)).not.toEqual(drawn('a', 0.02))
    const more = new Set(drawn('a', 0.05))
    expect(drawn('a', 0.02).every((place) => more.has(place))).toBe(true)
  })
})

test('an interval holds its share and narrows with more looks', () => {
  fc.assert(
    fc.property(fc.nat({ max: 200 }), fc.integer({ min: 1, max: 200 }), (errors, more) => {
      const of = errors + more
      const rate = toRate(errors, of)
      expect(rate.low).toBeLessThanOrEqual(rate.share)
      expect(rate.high).toBeGreaterThanOrEqual(rate.share)
      const wider = toRate(errors * 4, of * 4)
      expect(wider.high - wider.low).toBeLessThan(rate.high - rate.low)
    }),
  )
})
