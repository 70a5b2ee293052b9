import { describe, expect, test } from 'vitest'
import { createDocumentPatience, type DocumentPatience, type DocumentTry } from '../../src/queue/document-patience.ts'

const LIMIT = 28

interface Taken {
  readonly ms: number
  readonly isFruitful: boolean
}

async function begin(patience: DocumentPatience, usedUpMs = 0, documentId = 'd'): Promise<DocumentTry> {
  const attempt = await patience.begin(documentId, { usualMs: LIMIT, usedUpMs })
  if (attempt === null) throw new Error('no time is left')
  return attempt
}

/** The limits of a document's tries (seconds) when each takes what `take` says of its limit; none left ends it. */
async function triesOf(take: (limit: number, index: number) => Taken, most = 400): Promise<readonly number[]> {
  const patience = createDocumentPatience(LIMIT)
  const limits: number[] = []
  for (let index = 0; index < most; index += 1) {
    const attempt = await patience.begin('d', { usualMs: LIMIT })
    if (attempt === null) break
    limits.push(attempt.limitMs)
    const { ms, isFruitful } = take(attempt.limitMs, index)
    attempt.end(ms, isFruitful)
  }
  return limits
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)
const hang = (limit: number) => ({ ms: limit, isFruitful: false })

describe('a document', () => {
  test('all of whose pages hang has less than two usual limits in all', async () => {
    const tries = await triesOf(hang)
    expect(tries.map(Math.round)).toEqual([28, 13, 7])
    expect(sum(tries)).toBeLessThan(1.9 * LIMIT)
  })

  test('whose pages crash at once is given up too', async () => {
    const tries = await triesOf(() => ({ ms: 1, isFruitful: false }))
    expect(tries.length).toBeLessThanOrEqual(2 * LIMIT)
  })

  test('of 200 scans that take long, each read, has all the time it needs', async () => {
    const tries = await triesOf(() => ({ ms: 20, isFruitful: true }), 200)
    expect(tries).toHaveLength(200)
    expect(new Set(tries)).toEqual(new Set([LIMIT]))
  })

  test('of 200 scans of which some hang, also the first two, has each tried', async () => {
    const tries = await triesOf(
      (limit, index) => (index < 2 || index % 20 === 0 ? hang(limit) : { ms: 5, isFruitful: true }),
      200,
    )
    expect(tries).toHaveLength(200)
    expect(Math.min(...tries)).toBeGreaterThanOrEqual(LIMIT / 4)
  })

  test('is not held to what another spent', async () => {
    const patience = createDocumentPatience(LIMIT)
    const other = await begin(patience, 0, 'other')
    other.end(1000, false)
    expect(await patience.begin('other', { usualMs: LIMIT })).toBeNull()
    expect((await begin(patience)).limitMs).toBe(LIMIT)
  })
})

describe('pages beside each other', () => {
  test('that all hang have no more together than one after the other', async () => {
    const patience = createDocumentPatience(LIMIT)
    const limits: number[] = []
    const line = async () => {
      for (;;) {
        const attempt = await patience.begin('d', { usualMs: LIMIT })
        if (attempt === null) return
        limits.push(attempt.limitMs)
        await new Promise((resolve) => setTimeout(resolve, attempt.limitMs))
        attempt.end(attempt.limitMs, false)
      }
    }
    await Promise.all(Array.from({ length: 8 }, line))
    expect(sum(limits)).toBeLessThanOrEqual(1.9 * LIMIT)
    expect(limits.length).toBeGreaterThanOrEqual(2)
  })

  test('wait where nothing has been given yet, and go on once one has', async () => {
    const patience = createDocumentPatience(LIMIT)
    const [first] = [await begin(patience), await begin(patience)]
    let hasBegun = false
    const third = begin(patience).then((attempt) => {
      hasBegun = true
      return attempt
    })
    await Promise.resolve()
    expect(hasBegun).toBe(false)
    first.end(5, true)
    expect((await third).limitMs).toBe(LIMIT)
  })

  test('are the more the more pages have given something', async () => {
    const beside = async (given: number): Promise<number> => {
      const patience = createDocumentPatience(LIMIT)
      for (let index = 0; index < given; index += 1) (await begin(patience)).end(1, true)
      let count = 0
      const line = async () => void (await begin(patience).then(() => (count += 1)))
      for (let index = 0; index < 64; index += 1) void line()
      await new Promise((resolve) => setImmediate(resolve))
      return count
    }
    expect([await beside(0), await beside(4), await beside(8), await beside(40)]).toEqual([2, 4, 7, 40])
  })
})

describe('the second try of a page that used up its time', () => {
  const second = async (earned: number): Promise<number> => {
    const patience = createDocumentPatience(LIMIT)
    const other = await begin(patience)
    other.end(earned, true)
    const first = await begin(patience)
    first.end(first.limitMs, false)
    return (await begin(patience, first.limitMs)).limitMs
  }

  test('has the least time, for a hang that was chance', async () => {
    expect(await second(0)).toBe(LIMIT / 4)
  })

  test('has as much again where the document has earned it', async () => {
    expect(await second(LIMIT)).toBe(LIMIT)
  })
})
