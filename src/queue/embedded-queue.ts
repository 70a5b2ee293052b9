import { setTimeout as sleep } from 'node:timers/promises'
import type { PipelineError } from '../model/pipeline-error.ts'
import type { Store, StoreTables } from '../store/open-store.ts'
import { callHandler, type HandlerResult } from './call-handler.ts'
import { errorOfStage, isTroubleOfRun, vanishedWorker } from './error-of-stage.ts'
import { activeJobs, countJobs, countUnended, failedJobs } from './job-counts.ts'
import { type JobQueue, MAX_ATTEMPTS, MAX_STALLS, type WorkOptions } from './job-queue.ts'
import {
  abandonedJobs,
  endJob,
  extendLease,
  hasUnendedJobs,
  holdsLease,
  insertJobs,
  isPaused,
  type LeasedJob,
  recordStall,
  requeueJob,
  returnJob,
  setPaused,
  setProgress,
  type Takeable,
  takeableBy,
  takeJob,
  toJob,
} from './job-table.ts'
import { createEnoughCheck } from './work-end.ts'

export interface EmbeddedQueueOptions {
  readonly leaseMs?: number
  readonly pollMs?: number
  readonly retryDelayMs?: number
}

const LEASE_MS = 30_000
/** Jobs that this process adds wake its own lines at once; these are looked for for the sake of others. */
const POLL_MS = 200
const RETRY_DELAY_MS = 500
/** What vanished workers held is looked for this often. */
const REAP_PAUSE_MS = 500

/** What the lines of work of one run share. */
interface Run<Outcome> {
  readonly work: WorkOptions<Outcome>
  readonly takeable: Takeable
  readonly isEnough: () => Promise<boolean>
  reapedAt: number
}

/**
 * A queue in the store's own database: what a job gave, its end, the jobs that follow and the taking of the next are one
 * transaction, so a process may die at any moment and nothing is lost or done twice. Several processes may work on one store.
 */
export function embeddedQueue(store: Store, options: EmbeddedQueueOptions = {}): JobQueue {
  const { leaseMs = LEASE_MS, pollMs = POLL_MS, retryDelayMs = RETRY_DELAY_MS } = options
  const idle = new Set<() => void>()

  function wakeLines(): void {
    for (const wake of idle) wake()
  }

  /** Until jobs are added here, somebody says stop, or it is time to look for those that others added. */
  async function pause({ work: { stop } }: Run<unknown>): Promise<void> {
    const woken = new AbortController()
    const wake = () => woken.abort()
    idle.add(wake)
    await sleep(pollMs, undefined, { signal: AbortSignal.any([stop, woken.signal]) }).catch(() => undefined)
    idle.delete(wake)
  }

  /** One of the concurrent lines of work: take, do, end, until there is nothing left. */
  async function workLine<Outcome>(run: Run<Outcome>): Promise<void> {
    const { work, takeable } = run
    for (let job: LeasedJob | null = null; ; ) {
      if (work.stop.aborted || (await run.isEnough())) {
        if (job !== null) await returnJob(store.query, job)
        return
      }
      job ??= work.concurrency === 0 ? null : await store.transaction((tables) => takeNext(tables, run, leaseMs))
      if (job !== null) job = await runJob(job, run)
      else if (work.until !== 'stopped' && !(await hasUnendedJobs(store.query, takeable))) return
      else await pause(run)
    }
  }

  /** Returns the job that was taken with the end of this one; null where it is to be looked for. */
  async function runJob<Outcome>(job: LeasedJob, run: Run<Outcome>): Promise<LeasedJob | null> {
    const { work } = run
    work.onEvent?.({ kind: 'started', job, error: null })
    const result = await handle(job, work)
    if (result.kind === 'outcome') return endAsDone(job, run, result.outcome)
    if (work.abort.aborted) {
      await returnJob(store.query, job)
    } else if (isTroubleOfRun(result.error)) {
      await returnJob(store.query, job)
      throw result.error
    } else {
      await endAsFailed(job, work, errorOfStage(job, result.error))
    }
    return null
  }

  /** Calls the handler under a heartbeat. */
  async function handle<Outcome>(job: LeasedJob, work: WorkOptions<Outcome>): Promise<HandlerResult<Outcome>> {
    const heartbeat = setInterval(() => keepLease(store, job, Date.now() + leaseMs), leaseMs / 3)
    const onProgress = (linesRead: number) => {
      // Told for people: a progress that cannot be kept is no reason to fail.
      setProgress(store.query, job, linesRead).catch(() => undefined)
      work.onEvent?.({ kind: 'progress', job, error: null, linesRead })
    }
    try {
      return await callHandler(job, work.handlers, work.abort, onProgress)
    } finally {
      clearInterval(heartbeat)
    }
  }

  /** When the lease was lost another worker has the job, and its result counts. */
  async function endAsDone<Outcome>(job: LeasedJob, run: Run<Outcome>, outcome: Outcome): Promise<LeasedJob | null> {
    const { work } = run
    const ended = await store.transaction(async (tables) => {
      if (!(await endJob(tables.query, job, 'done', null))) return null
      const following = await work.effects.settled(tables, job, outcome)
      await insertJobs(tables.query, following)
      const next = work.stop.aborted ? null : await takeNext(tables, run, leaseMs)
      return { hasFollowing: following.length > 0, next }
    })
    if (ended === null) return null
    work.onEvent?.({ kind: 'done', job, error: null })
    if (ended.hasFollowing) wakeLines()
    return ended.next
  }

  async function endAsFailed<Outcome>(job: LeasedJob, work: WorkOptions<Outcome>, error: PipelineError): Promise<void> {
    const mayTryAgain = error.isRetryable && job.attempt < MAX_ATTEMPTS
    const held = await store.transaction(async (tables) => {
      const { query, dialect } = tables
      if (!(await holdsLease(query, dialect, job))) return false
      if (mayTryAgain) {
        const runAt = Date.now() + retryDelayMs * 2 ** (job.attempt - 1)
        await requeueJob(query, job, error.message, runAt)
      } else {
        await insertJobs(query, await work.effects.failed(tables, job, error))
        await endJob(query, job, 'failed', error.message)
      }
      return true
    })
    if (held) work.onEvent?.({ kind: mayTryAgain ? 'retried' : 'failed', job, error })
    wakeLines()
  }

  return {
    async enqueue(jobs) {
      await store.transaction(({ query }) => insertJobs(query, jobs))
      wakeLines()
    },
    work: (work) => allOrStop(work, store, workLine),
    counts: () => countJobs(store.query),
    left: () => countUnended(store.query),
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
  store: Store,
  line: (run: Run<Outcome>) => Promise<void>,
): Promise<void> {
  const failure = new AbortController()
  const run: Run<Outcome> = {
    work: { ...work, stop: AbortSignal.any([work.stop, failure.signal]) },
    takeable: takeableBy(store, work.stages),
    isEnough: createEnoughCheck(work.isEnough),
    reapedAt: Number.NEGATIVE_INFINITY,
  }
  // Without lines of its own a run still waits until the others have done the work.
  const lines = Array.from({ length: Math.max(work.concurrency, 1) }, () =>
    line(run).catch((error: unknown) => {
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

/** Inside a transaction: gives back what vanished workers held, now and then, and takes a job. */
async function takeNext<Outcome>(tables: StoreTables, run: Run<Outcome>, leaseMs: number): Promise<LeasedJob | null> {
  const { query, dialect } = tables
  const now = Date.now()
  if (now - run.reapedAt >= REAP_PAUSE_MS && !(await isPaused(query))) {
    run.reapedAt = now
    await giveBackAbandoned(tables, run.work, now)
  }
  return takeJob(query, dialect, now, now + leaseMs, run.takeable)
}

async function giveBackAbandoned<Outcome>(tables: StoreTables, work: WorkOptions<Outcome>, now: number): Promise<void> {
  const { query, dialect } = tables
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
}
