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
  type LeasedJob,
  recordStall,
  requeueJob,
  returnJob,
  setProgress,
  type Takeable,
  takeableBy,
  takeJob,
  takePagesAfter,
  toJob,
} from './job-table.ts'
import { isPaused, setPaused } from './queue-pause.ts'
import { createEnoughCheck } from './work-end.ts'

export interface EmbeddedQueueOptions {
  readonly leaseMs?: number
  readonly pollMs?: number
  readonly retryDelayMs?: number
  /** Pages that take no longer than this by the clock are quick. */
  readonly quickMs?: number
}

const LEASE_MS = 30_000
/** Jobs that this process adds wake its own lines at once; these are looked for for the sake of others. */
const POLL_MS = 200
const RETRY_DELAY_MS = 500
/** What vanished workers held is looked for this often. */
const REAP_PAUSE_MS = 500

/**
 * Quick pages are taken and ended several at a time, which costs each a fraction of one transaction. What takes twice as long as
 * a quick page is waited for by nothing: what was done is ended, what was taken goes back.
 */
const QUICK_MS = 150
const SLOW_FACTOR = 2
const MOST_IN_HAND = 8

/** What one line of work holds under lease: jobs to be done, and what was done and has not been ended yet. */
interface Hand<Outcome> {
  readonly waiting: LeasedJob[]
  readonly done: { readonly job: LeasedJob; readonly outcome: Outcome }[]
  /** How many jobs to take at a time: more after quick pages, one after all else. */
  wanted: number
}

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
  const { leaseMs = LEASE_MS, pollMs = POLL_MS, retryDelayMs = RETRY_DELAY_MS, quickMs = QUICK_MS } = options
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
    const hand: Hand<Outcome> = { waiting: [], done: [], wanted: 1 }
    try {
      await workWith(hand, run)
    } finally {
      for (const job of [...hand.waiting, ...hand.done.map((one) => one.job)]) {
        await returnJob(store.query, job).catch(() => undefined)
      }
    }
  }

  async function workWith<Outcome>(hand: Hand<Outcome>, run: Run<Outcome>): Promise<void> {
    const { work, takeable } = run
    for (;;) {
      if (work.stop.aborted || (await run.isEnough())) return endDone(hand, run, 0)
      if (hand.waiting.length === 0 && work.concurrency > 0) await endDone(hand, run, hand.wanted)
      const job = hand.waiting.shift()
      if (job !== undefined) await runJob(job, hand, run)
      else if (work.until !== 'stopped' && !(await hasUnendedJobs(store.query, takeable))) return
      else await pause(run)
    }
  }

  async function runJob<Outcome>(job: LeasedJob, hand: Hand<Outcome>, run: Run<Outcome>): Promise<void> {
    const { work } = run
    work.onEvent?.({ kind: 'started', job, error: null })
    const begun = performance.now()
    const result = await handle(job, hand, run)
    if (result.kind === 'outcome') {
      const isQuick = job.stage === 'page' && performance.now() - begun < quickMs
      hand.wanted = isQuick ? Math.min(2 * hand.wanted, MOST_IN_HAND) : 1
      hand.done.push({ job, outcome: result.outcome })
      if (!isQuick) await letGo(hand, run)
    } else if (work.abort.aborted) {
      await returnJob(store.query, job)
    } else if (isTroubleOfRun(result.error)) {
      await returnJob(store.query, job)
      throw result.error
    } else {
      await letGo(hand, run)
      await endAsFailed(job, work, errorOfStage(job, result.error))
    }
  }

  /** Ends what is done, and lets others have what was taken for later. */
  async function letGo<Outcome>(hand: Hand<Outcome>, run: Run<Outcome>): Promise<void> {
    for (const job of hand.waiting.splice(0)) await returnJob(store.query, job)
    await endDone(hand, run, 0)
  }

  /** Calls the handler under a heartbeat. When it takes longer than quick pages do, the line lets go of all else. */
  async function handle<Outcome>(
    job: LeasedJob,
    hand: Hand<Outcome>,
    run: Run<Outcome>,
  ): Promise<HandlerResult<Outcome>> {
    const { work } = run
    const heartbeat = setInterval(() => keepLease(store, job, Date.now() + leaseMs), leaseMs / 3)
    let lettingGo: Promise<void> | null = null
    const slow = setTimeout(() => {
      lettingGo = letGo(hand, run)
      // Awaited below; until then a failure is nobody's.
      lettingGo.catch(() => undefined)
    }, SLOW_FACTOR * quickMs)
    const onProgress = (linesRead: number) => {
      // Told for people: a progress that cannot be kept is no reason to fail.
      setProgress(store.query, job, linesRead).catch(() => undefined)
      work.onEvent?.({ kind: 'progress', job, error: null, linesRead })
    }
    try {
      return await callHandler(job, work.handlers, work.abort, onProgress)
    } finally {
      clearInterval(heartbeat)
      clearTimeout(slow)
      await lettingGo
    }
  }

  /**
   * Ends what is done and takes up to `wanted` more, all in one transaction. Where a lease was lost another worker has the
   * job, and its result counts.
   */
  async function endDone<Outcome>(hand: Hand<Outcome>, run: Run<Outcome>, wanted: number): Promise<void> {
    const { work } = run
    const done = hand.done.splice(0)
    if (done.length === 0 && wanted === 0) return
    const { ended, next, hasFollowing } = await store.transaction(async (tables) => {
      const ended: LeasedJob[] = []
      let hasFollowing = false
      for (const { job, outcome } of done) {
        if (!(await endJob(tables.query, job, 'done', null))) continue
        const following = await work.effects.settled(tables, job, outcome)
        await insertJobs(tables.query, following)
        hasFollowing ||= following.length > 0
        ended.push(job)
      }
      const next = wanted === 0 || work.stop.aborted ? [] : await takeSome(tables, run, leaseMs, wanted)
      return { ended, next, hasFollowing }
    })
    hand.waiting.push(...next)
    for (const job of ended) work.onEvent?.({ kind: 'done', job, error: null })
    if (hasFollowing) wakeLines()
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

/** Inside a transaction: gives back what vanished workers held, now and then, and takes a job, or several pages of one document. */
async function takeSome<Outcome>(
  tables: StoreTables,
  run: Run<Outcome>,
  leaseMs: number,
  wanted: number,
): Promise<readonly LeasedJob[]> {
  const { query, dialect } = tables
  const now = Date.now()
  if (now - run.reapedAt >= REAP_PAUSE_MS && !(await isPaused(query))) {
    run.reapedAt = now
    await giveBackAbandoned(tables, run.work, now)
  }
  const first = await takeJob(query, dialect, now, now + leaseMs, run.takeable)
  return first === null ? [] : [first, ...(await takePagesAfter(tables, first, wanted - 1, now, now + leaseMs))]
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
