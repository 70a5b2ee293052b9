import type { PipelineError } from '../model/pipeline-error.ts'
import type { Store, StoreTables } from '../store/open-store.ts'
import { errorOfStage, vanishedWorker } from './error-of-stage.ts'
import { activeJobs, countJobs, countUnended, failedJobs } from './job-counts.ts'
import {
  endAll,
  endAsFailed,
  extendLease,
  holdsLease,
  type LeasedJob,
  recordStall,
  requeueJob,
  returnJob,
  setProgress,
} from './job-leases.ts'
import { type JobQueue, MAX_STALLS, type WorkOptions } from './job-queue.ts'
import {
  abandonedJobs,
  hasUnendedJobs,
  insertJobs,
  type Takeable,
  takeableBy,
  takeJob,
  takePagesAfter,
  toJob,
} from './job-table.ts'
import { isPaused, setPaused } from './queue-pause.ts'
import { byDocument } from './settle-together.ts'
import type { NewJob } from './stages.ts'
import { createWorkLines, type DoneJob, type HeldJobs, type Turn } from './work-lines.ts'

export interface EmbeddedQueueOptions {
  readonly leaseMs?: number
  readonly pollMs?: number
  readonly retryDelayMs?: number
  /** Pages that take no longer than this by the clock are quick. */
  readonly quickMs?: number
}

const LEASE_MS = 30_000
const POLL_MS = 200
const RETRY_DELAY_MS = 500
/** What vanished workers held is looked for this often. */
const REAP_PAUSE_MS = 500

/**
 * A queue in the store's own database: what a job gave, its end, the jobs that follow and the taking of the next are one
 * transaction, so a process may die at any moment and nothing is lost or done twice. Several processes may work on one store.
 */
export function embeddedQueue(store: Store, options: EmbeddedQueueOptions = {}): JobQueue {
  const { leaseMs = LEASE_MS, pollMs = POLL_MS, retryDelayMs = RETRY_DELAY_MS, ...quick } = options
  const lines = createWorkLines({ leaseMs, pollMs, ...quick })

  return {
    async enqueue(jobs) {
      await store.transaction(({ query }) => insertJobs(query, jobs))
      lines.wake()
    },
    work: (options) => lines.work(options, (work) => leasedJobs(store, work, { leaseMs, retryDelayMs })),
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

interface LeaseOptions {
  readonly leaseMs: number
  readonly retryDelayMs: number
}

/** The jobs of the table that one run holds. */
function leasedJobs<Outcome>(
  store: Store,
  work: WorkOptions<Outcome>,
  { leaseMs, retryDelayMs }: LeaseOptions,
): HeldJobs<LeasedJob, Outcome> {
  const taking: Taking = { takeable: takeableBy(store, work.stages), leaseMs, reapedAt: Number.NEGATIVE_INFINITY }

  /** All in one transaction. */
  function endAndTake(done: readonly DoneJob<LeasedJob, Outcome>[], wanted: number): Promise<Turn<LeasedJob>> {
    return store.transaction(async (tables) => {
      const held = await endAll(
        tables.query,
        done.map(({ job }) => job),
      )
      const ended = done.filter(({ job }) => held.has(job.id))
      const following: NewJob[] = []
      for (const some of byDocument(ended)) following.push(...(await work.effects.settled(tables, some)))
      await insertJobs(tables.query, following)
      const next = wanted === 0 || work.stop.aborted ? [] : await takeSome(tables, work, taking, wanted)
      return { ended: ended.map(({ job }) => job), next, hasFollowing: following.length > 0 }
    })
  }

  function fail(job: LeasedJob, error: PipelineError, mayTryAgain: boolean): Promise<boolean> {
    return store.transaction(async (tables) => {
      const { query, dialect } = tables
      if (!(await holdsLease(query, dialect, job))) return false
      if (mayTryAgain) {
        const runAt = Date.now() + retryDelayMs * 2 ** (job.attempt - 1)
        await requeueJob(query, job, error.message, runAt)
      } else {
        await insertJobs(query, await work.effects.failed(tables, job, error))
        await endAsFailed(query, job, error.message)
      }
      return true
    })
  }

  return {
    endAndTake,
    fail,
    giveBack: (job) => returnJob(store.query, job),
    keepLease: (job) => extendLease(store.query, job, Date.now() + leaseMs),
    keepProgress: (job, linesRead) => setProgress(store.query, job, linesRead),
    hasUnended: () => hasUnendedJobs(store.query, taking.takeable),
  }
}

interface Taking {
  readonly takeable: Takeable
  readonly leaseMs: number
  reapedAt: number
}

/** Inside a transaction: gives back what vanished workers held, now and then, and takes a job, or several pages of one document. */
async function takeSome<Outcome>(
  tables: StoreTables,
  work: WorkOptions<Outcome>,
  taking: Taking,
  wanted: number,
): Promise<readonly LeasedJob[]> {
  const { query, dialect } = tables
  const now = Date.now()
  const leaseUntil = now + taking.leaseMs
  if (now - taking.reapedAt >= REAP_PAUSE_MS && !(await isPaused(query))) {
    taking.reapedAt = now
    await giveBackAbandoned(tables, work, now)
  }
  const first = await takeJob(query, dialect, now, leaseUntil, taking.takeable)
  return first === null ? [] : [first, ...(await takePagesAfter(tables, first, wanted - 1, now, leaseUntil))]
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
