import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PipelineError } from '../../src/model/pipeline-error.ts'
import { embeddedQueue } from '../../src/queue/embedded-queue.ts'
import { extendLease, holdsLease } from '../../src/queue/job-leases.ts'
import type { JobEffects } from '../../src/queue/job-queue.ts'
import { insertJobs, takeableBy, takeJob, takePagesAfter } from '../../src/queue/job-table.ts'
import { jobId } from '../../src/queue/stages.ts'
import { openStore } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'
import { describeQueue, NO_EFFECTS, type OpenQueue, pageJob, succeed, workOff } from './support/queue-conformance.ts'

let postgres: PostgresServer | null = null
beforeAll(async () => {
  postgres = POSTGRES_PROGRAMS === null ? null : await startPostgres()
})
afterAll(() => postgres?.close())

async function open(database: string | null): Promise<OpenQueue> {
  const directory = mkdtempSync(join(tmpdir(), 'gongkai-queue-'))
  const store = await openStore({ ...localStore(directory), database })
  const queue = embeddedQueue(store, { pollMs: 1, retryDelayMs: 1, leaseMs: 1000 })
  return { store, queue, close: () => store.close() }
}

describeQueue('embedded in SQLite', true, () => open(null))
describeQueue('embedded in PostgreSQL', POSTGRES_PROGRAMS !== null, async () => {
  return open((await postgres?.createPlace()) ?? null)
})

test('the publishing of another folder is neither taken nor waited for', async () => {
  const { queue, close } = await open(null)
  const payload = { folderId: 'elsewhere', stateId: 'state' }
  await queue.enqueue([{ id: jobId('publish', 'elsewhere', 'state', '1'), stage: 'publish', payload }, pageJob(1)])
  expect((await workOff(queue, succeed)).calls).toEqual(['page 1'])
  expect((await queue.left()).publish).toBe(1)
  await close()
})

describe('leases', () => {
  let opened: OpenQueue

  beforeEach(async () => {
    opened = await open(null)
  })
  afterEach(() => opened.close())

  const insert = () => opened.store.transaction(({ query }) => insertJobs(query, [pageJob(1)]))
  const take = (now: number) => takeJob(opened.store.query, 'sqlite', now, now + 1000, takeableBy(opened.store))

  test('a worker that slept past its lease loses the job, and its result does not count', async () => {
    const { queue, store } = opened
    await insert()
    const sleeper = await take(1000)
    if (sleeper === null) throw new Error('nothing to take')
    expect((await workOff(queue, succeed)).events).toEqual(['started page', 'done page'])
    expect(await holdsLease(store.query, 'sqlite', sleeper)).toBe(false)
    await extendLease(store.query, sleeper, 9_999_999)
    const row = await store.query.selectFrom('jobs').select(['state', 'lease_until']).executeTakeFirst()
    expect(row).toEqual({ state: 'done', lease_until: null })
  })

  test('a job under a living lease is not taken by another', async () => {
    await insert()
    expect(await take(Date.now())).not.toBeNull()
    expect(await take(Date.now())).toBeNull()
  })

  test('the jobs of a process that no longer lives are free at once', async () => {
    const { queue, store } = opened
    await insert()
    const taken = await take(Date.now() + 1_000_000)
    const row = await store.query.selectFrom('jobs').select('owner').executeTakeFirstOrThrow()
    const owner = row.owner?.replace(`/${process.pid}/`, '/999999999/') ?? null
    await store.query
      .updateTable('jobs')
      .set({ owner })
      .where('id', '=', taken?.id ?? '')
      .execute()
    expect((await workOff(queue, succeed)).calls).toEqual(['page 1'])
  })

  test('a vanished worker costs no attempt', async () => {
    await insert()
    await take(1000)
    const diary = await workOff(opened.queue, async () => {
      throw new PipelineError('page/timeout', 'slow')
    })
    expect(diary.events.filter((event) => event === 'retried page')).toHaveLength(1)
  })

  test('a job whose workers vanish again and again is reported, not tried for ever', async () => {
    await insert()
    await take(1000)
    await opened.store.query.updateTable('jobs').set({ stalls: 9 }).execute()
    const reported: string[] = []
    const effects: JobEffects<string> = {
      ...NO_EFFECTS,
      failed: async (_, __, error) => {
        reported.push(error.code)
        return []
      },
    }
    const diary = await workOff(opened.queue, succeed, { effects })
    expect([diary.calls, reported]).toEqual([[], ['page/crash']])
  })
})

describe('quick pages are taken and ended several at a time', () => {
  let opened: OpenQueue
  const pages = (count: number) => Array.from({ length: count }, (_, index) => pageJob(index + 1))

  beforeEach(async () => {
    opened = await open(null)
  })
  afterEach(() => opened.close())

  test('in fewer transactions than there are pages, in their order', async () => {
    let transactions = 0
    const { store } = opened
    const counting = {
      ...store,
      directory: store.directory,
      transaction: <Result>(work: Parameters<typeof store.transaction<Result>>[0]) => {
        transactions += 1
        return store.transaction(work)
      },
    }
    const queue = embeddedQueue(counting, { pollMs: 1, quickMs: 60_000 })
    await queue.enqueue(pages(60))
    const { calls, events } = await workOff(queue, succeed)
    expect(calls).toEqual(pages(60).map((_, index) => `page ${index + 1}`))
    expect(events.filter((event) => event === 'done page')).toHaveLength(60)
    expect(transactions).toBeLessThan(20)
  })

  test('what stops the run leaves what was taken with it as if it had never been taken', async () => {
    const { queue, store } = opened
    await queue.enqueue(pages(20))
    const stopping = workOff(queue, async ({ pageNumber }) => {
      if (pageNumber === 12) throw new PipelineError('output/not-writable', 'full')
      return 'done'
    })
    await expect(stopping).rejects.toMatchObject({ code: 'output/not-writable' })
    const rows = await store.query.selectFrom('jobs').select(['state', 'attempts']).execute()
    expect(rows.filter(({ state }) => state === 'active')).toEqual([])
    expect(rows.filter(({ state, attempts }) => state === 'wait' && attempts > 0)).toEqual([])
    expect((await workOff(queue, succeed)).calls).toContain('page 20')
  })

  test('pages whose worker vanished, and those of another document, are not taken with others', async () => {
    const { store } = opened
    const other = { ...pageJob(5), id: 'page__other', payload: { ...pageJob(5).payload, documentId: 'e'.repeat(64) } }
    await store.transaction(({ query }) => insertJobs(query, [...pages(4), other, pageJob(6)]))
    await store.query.updateTable('jobs').set({ stalls: 1, attempts: 1 }).where('id', '=', pageJob(3).id).execute()
    const first = await takeJob(store.query, 'sqlite', 1000, 2000, takeableBy(store))
    if (first === null) throw new Error('nothing to take')
    const more = await takePagesAfter(store, first, 9, 1000, 2000)
    expect(more.map(({ id }) => id)).toEqual([2, 4, 6].map((number) => pageJob(number).id))
  })
})
