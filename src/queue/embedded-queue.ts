import { setTimeout as sleep } from 'node:timers/promises'
import { PipelineError } from '../model/pipeline-error.ts'
import type { Database } from '../store/open-database.ts'
import { errorOfStage } from './error-of-stage.ts'
import type { Handlers, Job, JobQueue, WorkOptions } from './job-queue.ts'
import {
  abandonedJobs,
  countJobs,
  extendLease,
  failedJobs,
  hasUnendedJobs,
  holdsLease,
  insertJobs,
  type LeasedJob,
  recordStall,
  releaseJob,
  returnJob,
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

/** A failure that another try may mend is tried once more. */
const MAX_ATTEMPTS = 2

/** A job whose worker vanishes this often is taken for the cause. */
const MAX_STALLS = 10

/**
 * A queue in the store's own SQLite file: what a job gave, its end and the jobs that follow are one transaction, so a
 * process may die at any moment and nothing is lost or done twice. Several processes may work on one file.
 */
export function embeddedQueue(database: Database, options: EmbeddedQueueOptions = {}): JobQueue {
  const { leaseMs = LEASE_MS, pollMs = POLL_MS, retryDelayMs = RETRY_DELAY_MS } = options

  /** One of the concurrent lines of work: take, do, end, until there is nothing left. */
  async function workLine<Outcome>(work: WorkOptions<Outcome>): Promise<void> {
    while (!work.stop.aborted) {
      const job = takeNext(database, work, leaseMs)
      if (job !== null) await runJob(job, work)
      else if (hasUnendedJobs(database)) await sleep(pollMs, undefined, { signal: work.stop }).catch(() => undefined)
      else return
    }
  }

  async function runJob<Outcome>(job: LeasedJob, work: WorkOptions<Outcome>): Promise<void> {
    work.onEvent?.({ kind: 'started', job, error: null })
    const result = await handle(job, work)
    if (result.kind === 'outcome') {
      if (endAsDone(database, job, work, result.outcome)) work.onEvent?.({ kind: 'done', job, error: null })
    } else if (work.abort.aborted) {
      returnJob(database, job)
    } else if (isFatal(result.error)) {
      returnJob(database, job)
      throw result.error
    } else {
      endAsFailed(job, work, errorOfStage(job, result.error))
    }
  }

  /** Calls the handler under a heartbeat. What it throws is a result too: only the queue's own failures throw here. */
  async function handle<Outcome>(job: LeasedJob, work: WorkOptions<Outcome>): Promise<HandlerResult<Outcome>> {
    const heartbeat = setInterval(() => keepLease(database, job, Date.now() + leaseMs), leaseMs / 3)
    try {
      return { kind: 'outcome', outcome: await callHandler(job, work.handlers, work.abort) }
    } catch (error) {
      return { kind: 'error', error }
    } finally {
      clearInterval(heartbeat)
    }
  }

  function endAsFailed<Outcome>(job: LeasedJob, work: WorkOptions<Outcome>, error: PipelineError): void {
    const mayTryAgain = error.isRetryable && job.attempt < MAX_ATTEMPTS
    const held = database.transaction(() => {
      if (!holdsLease(database, job)) return false
      if (mayTryAgain) {
        releaseJob(database, job, 'wait', error.message, Date.now() + retryDelayMs * 2 ** (job.attempt - 1))
      } else {
        insertJobs(database, work.effects.failed(job, error))
        releaseJob(database, job, 'failed', error.message)
      }
      return true
    })
    if (held) work.onEvent?.({ kind: mayTryAgain ? 'retried' : 'failed', job, error })
  }

  return {
    enqueue: async (jobs) => insertJobs(database, jobs),
    work: (work) => allOrStop(work, (stoppable) => workLine(stoppable)),
    counts: async () => countJobs(database),
    failed: async () => failedJobs(database),
    close: async () => undefined,
  }
}

type HandlerResult<Outcome> =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'error'; readonly error: unknown }

/** Runs the lines of work side by side; when one of them throws, the others end their jobs and stop. */
async function allOrStop<Outcome>(
  work: WorkOptions<Outcome>,
  line: (work: WorkOptions<Outcome>) => Promise<void>,
): Promise<void> {
  const failure = new AbortController()
  const stoppable = { ...work, stop: AbortSignal.any([work.stop, failure.signal]) }
  const lines = Array.from({ length: work.concurrency }, () =>
    line(stoppable).catch((error: unknown) => {
      failure.abort()
      throw error
    }),
  )
  const broken = (await Promise.allSettled(lines)).find((result) => result.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}

/** A lease that cannot be renewed now is no reason to die: the end of the job meets the same trouble and reports it. */
function keepLease(database: Database, job: LeasedJob, leaseUntil: number): void {
  try {
    extendLease(database, job, leaseUntil)
  } catch {
    return
  }
}

/** Trouble of the output folder or the dictionaries belongs to the run, not to the document in hand. */
function isFatal(error: unknown): boolean {
  return error instanceof PipelineError && /^(output|dictionaries)\//.test(error.code)
}

/** Gives back what vanished workers held, then takes a job. */
function takeNext<Outcome>(database: Database, work: WorkOptions<Outcome>, leaseMs: number): LeasedJob | null {
  return database.transaction(() => {
    const now = Date.now()
    for (const row of abandonedJobs(database, now)) {
      if (row.stalls + 1 < MAX_STALLS) {
        recordStall(database, row.id, 'wait', null)
        continue
      }
      const job = toJob(row)
      const error = errorOfStage(job, new Error(`its worker vanished ${MAX_STALLS} times`))
      insertJobs(database, work.effects.failed(job, error))
      recordStall(database, row.id, 'failed', error.message)
    }
    return takeJob(database, now, now + leaseMs)
  })
}

/** False when the lease was lost: another worker has the job, and its result counts. */
function endAsDone<Outcome>(database: Database, job: LeasedJob, work: WorkOptions<Outcome>, outcome: Outcome): boolean {
  return database.transaction(() => {
    if (!holdsLease(database, job)) return false
    insertJobs(database, work.effects.settled(job, outcome))
    releaseJob(database, job, 'done', null)
    return true
  })
}

function callHandler<Outcome>(job: Job, handlers: Handlers<Outcome>, signal: AbortSignal): Promise<Outcome> {
  const handler = handlers[job.stage] as (payload: unknown, context: unknown) => Promise<Outcome>
  return handler(job.payload, { jobId: job.id, signal })
}
