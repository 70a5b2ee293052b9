import { beforeEach, describe, expect, test } from 'vitest'
import { PipelineError } from '../../src/model/pipeline-error.ts'
import { embeddedQueue } from '../../src/queue/embedded-queue.ts'
import type { Handlers, JobEffects, JobEvent, JobQueue, WorkOptions } from '../../src/queue/job-queue.ts'
import { extendLease, holdsLease, insertJobs, takeJob } from '../../src/queue/job-table.ts'
import { jobId, type NewJob } from '../../src/queue/stages.ts'
import { type Database, openDatabase } from '../../src/store/open-database.ts'
import { SCHEMA } from '../../src/store/schema.ts'

let database: Database
let queue: JobQueue

beforeEach(async () => {
  database = await openDatabase(':memory:')
  database.exec(SCHEMA)
  queue = embeddedQueue(database, { pollMs: 1, retryDelayMs: 1, leaseMs: 1000 })
})

function pageJob(pageNumber: number): NewJob<'page'> {
  const documentId = 'd'.repeat(64)
  const id = jobId('page', documentId, `p${pageNumber}`, '1')
  return { id, stage: 'page', payload: { documentId, pageNumber, readers: 'both' } }
}

const documentJob: NewJob<'document'> = { id: 'document__d', stage: 'document', payload: { documentId: 'd' } }

interface Diary {
  readonly calls: string[]
  readonly events: string[]
}

/** Works off the queue with `page` as the page handler and notes what happened. */
async function workOff(page: Handlers<string>['page'], change: Partial<WorkOptions<string>> = {}): Promise<Diary> {
  const diary: Diary = { calls: [], events: [] }
  const note = (stage: string) => async () => {
    diary.calls.push(stage)
    return stage
  }
  const effects: JobEffects<string> = { settled: () => [], failed: () => [] }
  const never = new AbortController().signal
  await queue.work({
    handlers: {
      document: note('document'),
      assemble: note('assemble'),
      publish: note('publish'),
      page: async (payload, context) => {
        diary.calls.push(`page ${payload.pageNumber}`)
        return page(payload, context)
      },
    },
    effects,
    concurrency: 1,
    stop: never,
    abort: never,
    onEvent: ({ kind, job }: JobEvent) => diary.events.push(`${kind} ${job.stage}`),
    ...change,
  })
  return diary
}

const succeed = async () => 'read'

describe('taking jobs', () => {
  test('goes by stage, then by the order of adding', async () => {
    await queue.enqueue([pageJob(1), pageJob(2), documentJob])
    expect((await workOff(succeed)).calls).toEqual(['document', 'page 1', 'page 2'])
  })

  test('a job that waits is added once', async () => {
    await queue.enqueue([pageJob(1), pageJob(1)])
    await queue.enqueue([pageJob(1)])
    expect((await workOff(succeed)).calls).toEqual(['page 1'])
  })

  test('a job that has ended runs again when it is added again', async () => {
    await queue.enqueue([pageJob(1)])
    await workOff(succeed)
    await queue.enqueue([pageJob(1)])
    expect((await workOff(succeed)).calls).toEqual(['page 1'])
  })

  test('a payload that is not of the stage is refused', async () => {
    const wrong = { ...pageJob(1), payload: { documentId: 'd', pageNumber: 0, readers: 'both' } }
    await expect(queue.enqueue([wrong])).rejects.toThrow()
  })

  test('jobs that follow from a result are worked off too', async () => {
    await queue.enqueue([documentJob])
    const effects: JobEffects<string> = {
      settled: (job) => (job.stage === 'document' ? [pageJob(1)] : []),
      failed: () => [],
    }
    expect((await workOff(succeed, { effects })).calls).toEqual(['document', 'page 1'])
  })
})

describe('failure', () => {
  test('that another try may mend is tried once more', async () => {
    await queue.enqueue([pageJob(1)])
    const diary = await workOff(async () => {
      throw new PipelineError('page/timeout', 'slow')
    })
    expect(diary.events).toEqual(['started page', 'retried page', 'started page', 'failed page'])
    expect(await queue.failed()).toMatchObject([{ stage: 'page', error: expect.stringContaining('slow') }])
  })

  test('that no try can mend is final', async () => {
    await queue.enqueue([pageJob(1)])
    const diary = await workOff(async () => {
      throw new PipelineError('page/too-large', 'huge')
    })
    expect(diary.events).toEqual(['started page', 'failed page'])
  })

  test.each(['output/not-writable', 'dictionaries/damaged'] as const)(
    'of the whole run ends the work and leaves the job to be done: %s',
    async (code) => {
      await queue.enqueue([pageJob(1), pageJob(2)])
      const work = workOff(async () => {
        throw new PipelineError(code, 'disk full')
      })
      await expect(work).rejects.toThrow('disk full')
      expect((await queue.counts()).page).toEqual({ wait: 2, active: 0, done: 0, failed: 0 })
    },
  )

  test('while keeping a result undoes all of it', async () => {
    await queue.enqueue([documentJob])
    const effects: JobEffects<string> = {
      settled: () => {
        database.run("insert into artefacts(hash, body) values ('h', x'00')")
        throw new Error('no room')
      },
      failed: () => [],
    }
    await expect(workOff(succeed, { effects })).rejects.toThrow('no room')
    expect(database.all('select * from artefacts')).toEqual([])
    expect((await queue.counts()).document.done).toBe(0)
  })
})

describe('leases', () => {
  const take = (now: number) => takeJob(database, now, now + 1000)

  test('a worker that slept past its lease loses the job, and its result does not count', async () => {
    insertJobs(database, [pageJob(1)])
    const sleeper = take(1000)
    if (sleeper === null) throw new Error('nothing to take')
    expect((await workOff(succeed)).events).toEqual(['started page', 'done page'])
    expect(holdsLease(database, sleeper)).toBe(false)
    extendLease(database, sleeper, 9_999_999)
    expect(database.get('select state, lease_until as lease from jobs')).toEqual({ state: 'done', lease: null })
  })

  test('a job under a living lease is not taken by another', async () => {
    insertJobs(database, [pageJob(1)])
    expect(take(Date.now())).not.toBeNull()
    expect(take(Date.now())).toBeNull()
  })

  test('the jobs of a process that no longer lives are free at once', async () => {
    insertJobs(database, [pageJob(1)])
    take(Date.now() + 1_000_000)
    database.run("update jobs set owner = replace(owner, ?, '/999999999/')", `/${process.pid}/`)
    expect((await workOff(succeed)).calls).toEqual(['page 1'])
  })

  test('a vanished worker costs no attempt', async () => {
    insertJobs(database, [pageJob(1)])
    take(1000)
    const diary = await workOff(async () => {
      throw new PipelineError('page/timeout', 'slow')
    })
    expect(diary.events.filter((event) => event === 'retried page')).toHaveLength(1)
  })

  test('a job whose workers vanish again and again is reported, not tried for ever', async () => {
    insertJobs(database, [pageJob(1)])
    take(1000)
    database.run('update jobs set stalls = 9')
    const reported: string[] = []
    const effects: JobEffects<string> = {
      settled: () => [],
      failed: (_, error) => {
        reported.push(error.code)
        return []
      },
    }
    const diary = await workOff(succeed, { effects })
    expect([diary.calls, reported]).toEqual([[], ['page/crash']])
  })
})
