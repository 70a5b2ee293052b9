import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { REDIS_PROGRAM, type RedisServer, startRedis } from '../support/redis-server.ts'
import { type Behaviour, fakeDocument, makeFolder, writeFakes } from './support/fake-document.ts'
import { type Kill, outputsOf, startIngest, untilEnd } from './support/kill-runs.ts'

const PAGES = Array<Behaviour>(12).fill('slow')

function writeBatch(folder: string): string {
  return writeFakes(folder, {
    'a.pdf': fakeDocument('a', PAGES),
    'b.pdf': fakeDocument('b', [...PAGES, 'refuse']),
    'c.pdf': fakeDocument('c', ['read']),
  })
}

const folder = makeFolder()
const inputs = writeBatch(folder)
let undisturbed: readonly string[] = []

beforeAll(async () => {
  const out = join(folder, 'undisturbed')
  await untilEnd(startIngest(inputs, out), null)
  undisturbed = outputsOf(out)
}, 120_000)

describe('kill -9 at any moment and running again gives the same bytes as a run that nobody disturbed', () => {
  const kills: readonly Kill[] = [
    { endedJobs: 1, delayMs: 0 },
    { endedJobs: 2, delayMs: 7 },
    { endedJobs: 5, delayMs: 3 },
    { endedJobs: 4, delayMs: 31 },
    { endedJobs: 6, delayMs: 1 },
    { endedJobs: 3, delayMs: 13 },
  ]

  test('with the embedded queue', async () => {
    const out = join(folder, 'embedded')
    for (const kill of kills) expect(await untilEnd(startIngest(inputs, out), kill)).toBe('SIGKILL')
    expect(await untilEnd(startIngest(inputs, out), null)).toBeNull()
    expect(outputsOf(out)).toEqual(undisturbed)
  }, 240_000)

  const haveServers = REDIS_PROGRAM !== null && POSTGRES_PROGRAMS !== null

  describe.skipIf(!haveServers)('with Redis and PostgreSQL', () => {
    let redis: RedisServer
    let postgres: PostgresServer
    beforeAll(async () => {
      redis = await startRedis()
      postgres = await startPostgres()
    }, 120_000)
    afterAll(() => Promise.all([redis.close(), postgres.close()]))

    test('and it is the ingest that is killed', async () => {
      const out = join(folder, 'shared')
      const addresses = [redis.createPlace(), await postgres.createPlace()]
      for (const kill of kills.slice(0, 4)) {
        expect(await untilEnd(startIngest(inputs, out, addresses), kill)).toBe('SIGKILL')
      }
      expect(await untilEnd(startIngest(inputs, out, addresses), null)).toBeNull()
      expect(outputsOf(out)).toEqual(undisturbed)
    }, 240_000)

    test('and it is a worker, Redis and PostgreSQL that are killed while the ingest goes on', async () => {
      const out = join(folder, 'servers')
      const addresses = [redis.createPlace(), await postgres.createPlace()]
      const worker = startIngest('-', join(folder, 'worker'), addresses)
      const ingesting = untilEnd(startIngest(inputs, out, addresses), null)
      expect(await untilEnd(worker, { endedJobs: 2, delayMs: 5 })).toBe('SIGKILL')
      await redis.kill()
      await redis.start()
      await postgres.kill()
      await postgres.start()
      expect(await ingesting).toBeNull()
      expect(outputsOf(out)).toEqual(undisturbed)
    }, 240_000)
  })
})

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch {
    return false
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(50)
}

test('a child that hangs does not outlive a parent that was killed', async () => {
  const hanging = makeFolder()
  const parent = startIngest(writeFakes(hanging, { 'a.pdf': fakeDocument('a', ['hang']) }), join(hanging, 'out'))
  const trace = join(hanging, 'in', 'a.pdf.1.tried')
  await until(() => existsSync(trace) && readFileSync(trace, 'utf8') !== '')
  const childId = Number(readFileSync(trace, 'utf8'))
  expect(isAlive(childId)).toBe(true)
  parent.kill('SIGKILL')
  await until(() => !isAlive(childId))
})
