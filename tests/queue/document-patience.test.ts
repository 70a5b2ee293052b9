import { describe, expect, test } from 'vitest'
import { createDocumentPatience } from '../../src/queue/document-patience.ts'

const LIMIT = 28

/** The limits of a document's tries (seconds) when each takes what `take` says of its limit; null ends it. */
function triesOf(
  take: (limit: number, index: number) => { ms: number; isFruitful: boolean },
  most = 400,
): readonly number[] {
  const patience = createDocumentPatience(LIMIT)
  const limits: number[] = []
  for (let index = 0; index < most; index += 1) {
    const limit = patience.limitFor('d', LIMIT)
    if (limit === 0) break
    limits.push(limit)
    const { ms, isFruitful } = take(limit, index)
    patience.spend('d', ms, isFruitful)
  }
  return limits
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const hang = (limit: number) => ({ ms: limit, isFruitful: false })

describe('a document', () => {
  test('all of whose pages hang has two usual limits in all', () => {
    const tries = triesOf(hang)
    expect(tries).toEqual([28, 14, 7, 7])
    expect(sum(tries)).toBe(2 * LIMIT)
  })

  test('whose pages crash at once is given up too', () => {
    expect(triesOf(() => ({ ms: 1, isFruitful: false })).length).toBeLessThanOrEqual(2 * LIMIT)
  })

  test('of 200 scans that take long, each read, has all the time it needs', () => {
    const tries = triesOf(() => ({ ms: 20, isFruitful: true }), 200)
    expect(tries).toHaveLength(200)
    expect(new Set(tries)).toEqual(new Set([LIMIT]))
  })

  test('of 200 scans of which some hang, also the first two, has each tried', () => {
    const tries = triesOf(
      (limit, index) => (index < 2 || index % 20 === 0 ? hang(limit) : { ms: 5, isFruitful: true }),
      200,
    )
    expect(tries).toHaveLength(200)
    expect(Math.min(...tries)).toBeGreaterThanOrEqual(LIMIT / 4)
  })

  test('is not held to what another spent', () => {
    const patience = createDocumentPatience(LIMIT)
    patience.spend('other', 1000, false)
    expect([patience.limitFor('other', LIMIT), patience.limitFor('d', LIMIT)]).toEqual([0, LIMIT])
  })

  test('begins anew when it is forgotten', () => {
    const patience = createDocumentPatience(LIMIT)
    patience.spend('d', 1000, false)
    patience.forget('d')
    expect(patience.limitFor('d', LIMIT)).toBe(LIMIT)
  })
})
