import { setTimeout as sleep } from 'node:timers/promises'
import type { PipelineError } from '../model/pipeline-error.ts'
import type { Store } from '../store/open-store.ts'
import { callHandler, type HandlerResult } from './call-handler.ts'
import { errorOfStage, isTroubleOfRun, vanishedWorker } from './error-of-stage.ts'
import { type JobQueue, MAX_ATTEMPTS, MAX_STALLS, type WorkOptions } from './job-queue.ts'
import {
  abandonedJobs,
  activeJobs,
  countJobs,
  extendLease,
  failedJobs,
  hasUnendedJobs,
  holdsLease,
  insertJobs,
  isPaused,
  type LeasedJob,
  recordStall,
  releaseJob,
  returnJob,
  setPaused,
  takeJob,
  toJob,
} from './job-table.ts'

export interface EmbeddedQueueOptions {
  readonly leaseMs?: number
  readonly pollMs?: number
  readonly retryDelayMs?: number
}

const LEASE_MS = 30_000
const POLL_MS = 50
const RETRY_DELAY_MS = 500

/**
 * A queue in the store's own database: what a job gave, its end and the jobs that follow are one transaction, so a
 * process may die at any moment and nothing is lost or done twice. Several processes may work on one store.
 */
export function embeddedQueue(store: Store, options: EmbeddedQueueOptions = {}): JobQueue {
  const { leaseMs = LEASE_MS, pollMs = POLL_MS, retryDelayMs = RETRY_DELAY_MS } = options

  /** One of the concurrent lines of work: take, do, end, until there is nothing left. */
  async function workLine<Outcome>(work: WorkOptions<Outcome>): Promise<void> {
    while (!work.stop.aborted) {
      const job = work.concurrency === 0 ? null : await takeNext(store, work, leaseMs)
      if (job !== null) await runJob(job, work)
      else if (work.until !== 'stopped' && !(await hasUnendedJobs(store.query))) return
      else await sleep(pollMs, undefined, { signal: work.stop }).catch(() => undefined)
    }
  }

  async function runJob<Outcome>(job: LeasedJob, work: WorkOptions<Outcome>): Promise<void> {
    work.onEvent?.({ kind: 'started', job, error: null })
    const result = await handle(job, work)
    if (result.kind === 'outcome') {
      if (await endAsDone(store, job, work, result.outcome)) work.onEvent?.({ kind: 'done', job, error: null })
    } else if (work.abort.aborted) {
      await returnJob(store.query, job)
    } else if (isTroubleOfRun(result.error)) {
      await returnJob(store.query, job)
      throw result.error
    } else {
      await endAsFailed(job, work, errorOfStage(job, result.error))
    }
  }

  /** Calls the handler under a heartbeat. */
  async function handle<Outcome>(job: LeasedJob, work: WorkOptions<Outcome>): Promise<HandlerResult<Outcome>> {
    const heartbeat = setInterval(() => keepLease(store, job, Date.now() + leaseMs), leaseMs / 3)
    try {
      return await callHandler(job, work.handlers, work.abort)
    } finally {
      clearInterval(heartbeat)
    }
  }

  async function endAsFailed<Outcome>(job: LeasedJob, work: WorkOptions<Outcome>, error: PipelineError): Promise<void> {
    const mayTryAgain = error.isRetryable && job.attempt < MAX_ATTEMPTS
    const held = await store.transaction(async (tables) => {
      const { query, dialect } = tables
      if (!(await holdsLease(query, dialect, job))) return false
      if (mayTryAgain) {
        const runAt = Date.now() + retryDelayMs * 2 ** (job.attempt - 1)
        await releaseJob(query, job, 'wait', error.message, runAt)
      } else {
        await insertJobs(query, await work.effects.failed(tables, job, error))
        await releaseJob(query, job, 'failed', error.message)
      }
      return true
    })
    if (held) work.onEvent?.({ kind: mayTryAgain ? 'retried' : 'failed', job, error })
  }

  return {
    enqueue: (jobs) => store.transaction(({ query }) => insertJobs(query, jobs)),
    work: (work) => allOrStop(work, (stoppable) => workLine(stoppable)),
    counts: () => countJobs(store.query),
    failed: () => failedJobs(store.query),
    active: () => activeJobs(store.query),
    pause: () => setPaused(store.query, true),
    resume: () => setPaused(store.query, false),
    isPaused: () => isPaused(store.query),
    close: async () => undefined,
  }
}

/** Runs the lines of work side by side; when one of them throws, the others end their jobs and stop. */
async function allOrStop<Outcome>(
  work: WorkOptions<Outcome>,
  line: (work: WorkOptions<Outcome>) => Promise<void>,
): Promise<void> {
  const failure = new AbortController()
  const stoppable = { ...work, stop: AbortSignal.any([work.stop, failure.signal]) }
  // Without lines of its own a run still waits until the others have done the work.
  const lines = Array.from({ length: Math.max(work.concurrency, 1) }, () =>
    line(stoppable).catch((error: unknown) => {
      failure.abort()
      throw error
    }),
  )
  const broken = (await Promise.allSettled(lines)).find((result) => result.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}

/** A lease that cannot be renewed now is no reason to die: the end of the job meets the same trouble and reports it. */
function keepLease(store: Store, job: LeasedJob, leaseUntil: number): void {
  extendLease(store.query, job, leaseUntil).catch(() => undefined)
}

/** Gives back what vanished workers held, then takes a job. */
function takeNext<Outcome>(store: Store, work: WorkOptions<Outcome>, leaseMs: number): Promise<LeasedJob | null> {
  return store.transaction(async (tables) => {
    const { query, dialect } = tables
    const now = Date.now()
    if (await isPaused(query)) return null
    for (const row of await abandonedJobs(query, dialect, now)) {
      if (row.stalls + 1 < MAX_STALLS) {
        await recordStall(query, row.id, 'wait', null)
        continue
      }
      const job = toJob(row)
      const error = errorOfStage(job, vanishedWorker())
      await insertJobs(query, await work.effects.failed(tables, job, error))
      await recordStall(query, row.id, 'failed', error.message)
    }
    return takeJob(query, dialect, now, now + leaseMs)
  })
}

/** False when the lease was lost: another worker has the job, and its result counts. */
function endAsDone<Outcome>(
  store: Store,
  job: LeasedJob,
  work: WorkOptions<Outcome>,
  outcome: Outcome,
): Promise<boolean> {
  return store.transaction(async (tables) => {
    const { query, dialect } = tables
    if (!(await holdsLease(query, dialect, job))) return false
    await insertJobs(query, await work.effects.settled(tables, job, outcome))
    await releaseJob(query, job, 'done', null)
    return true
  })
}
