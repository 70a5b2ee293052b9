import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createQuestionLocks } from '../../src/queue/question-locks.ts'
import { openStore } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'

let postgres: PostgresServer | null = null
beforeAll(async () => {
  postgres = POSTGRES_PROGRAMS === null ? null : await startPostgres()
}, 120_000)
afterAll(() => postgres?.close())

const BACKENDS = [
  { name: 'SQLite', isThere: true, place: async () => null },
  {
    name: 'PostgreSQL',
    isThere: POSTGRES_PROGRAMS !== null,
    place: async () => (await postgres?.createPlace()) ?? null,
  },
]

describe.each(BACKENDS)('a lock in $name', ({ isThere, place }) => {
  test.skipIf(!isThere)('keeps others away, ends by itself, and is let go of for the next question', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gongkai-locks-'))
    const store = await openStore({ ...localStore(directory), database: await place() })
    let now = 1_000_000
    const locks = createQuestionLocks(store.reviewLocks, () => now)
    expect(await locks.claim('q1', 'li')).toBe(true)
    expect(await locks.claim('q1', 'li')).toBe(true)
    expect(await locks.claim('q1', 'zhao')).toBe(false)
    expect(await locks.claim('q2', 'li')).toBe(true)
    expect(await locks.claim('q1', 'zhao')).toBe(true)
    now += 120_001
    expect(await locks.claim('q2', 'sun')).toBe(true)
    await locks.take('q2', 'zhao')
    expect(await locks.claim('q2', 'sun')).toBe(false)
    await store.close()
  })
})
