import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { REDIS_PROGRAM, type RedisServer, startRedis } from '../support/redis-server.ts'
import { type Behaviour, fakeDocument, makeFolder, writeFakes } from './support/fake-document.ts'
import { type RunChange, runIngest, runWorker } from './support/run-ingest.ts'

const namesIn = (out: string): readonly string[] =>
  readFileSync(join(out, 'documents.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { file_name: string }).file_name)
    .toSorted()

const isThere = POSTGRES_PROGRAMS !== null && REDIS_PROGRAM !== null

describe.skipIf(!isThere).each(['jobs in PostgreSQL', 'jobs on Redis'])('a store that machines share, %s', (kind) => {
  let redis: RedisServer
  let postgres: PostgresServer
  let place: RunChange
  beforeAll(async () => {
    redis = await startRedis()
    postgres = await startPostgres()
  }, 120_000)
  beforeEach(async () => {
    const database = await postgres.createPlace()
    place = kind === 'jobs on Redis' ? { database, queue: redis.createPlace() } : { database }
  })
  afterAll(() => Promise.all([redis.close(), postgres.close()]))

  const inputsOf = (name: string, behaviours: readonly Behaviour[]) =>
    writeFakes(makeFolder(), { [name]: fakeDocument(name, behaviours) })

  test('an ingest waits for the documents that it brought, not for those of others', async () => {
    const hanging = inputsOf('slow.pdf', ['read', 'hang'])
    const abort = new AbortController()
    const signals = { stop: abort.signal, abort: abort.signal }
    const others = runIngest([hanging], join(makeFolder(), 'out'), { ...place, ...signals, limits: { size: 1 } })
    while (!existsSync(join(hanging, 'slow.pdf.2.tried'))) await sleep(20)
    const out = join(makeFolder(), 'out')
    const run = await runIngest([inputsOf('quick.pdf', ['read', 'read'])], out, place)
    expect([run.documentIds.length, run.wasInterrupted]).toEqual([1, false])
    expect(readFileSync(join(out, 'records.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(6)
    abort.abort()
    expect((await others).wasInterrupted).toBe(true)
  }, 120_000)

  test('each ingest writes its own folder, also beside a worker that has none', async () => {
    const stop = new AbortController()
    const worker = runWorker(null, { ...place, stop: stop.signal, abort: stop.signal })
    const outs = ['one', 'two'].map((name) => join(makeFolder(), name))
    const inputs = ['one.pdf', 'two.pdf'].map((name) => inputsOf(name, ['read']))
    await Promise.all(outs.map((out, index) => runIngest([inputs[index] ?? ''], out, place)))
    expect(namesIn(outs[0] ?? '')).toContain('one.pdf')
    expect(namesIn(outs[1] ?? '')).toContain('two.pdf')
    stop.abort()
    await worker
  }, 120_000)
})
