import { setTimeout as sleep } from 'node:timers/promises'
import type { PipelineError } from '../model/pipeline-error.ts'
import { callHandler, type HandlerResult } from './call-handler.ts'
import { errorOfStage, isTroubleOfRun } from './error-of-stage.ts'
import { type Job, MAX_ATTEMPTS, type WorkOptions } from './job-queue.ts'
import { createEnoughCheck } from './work-end.ts'

/** A job that its handler has done, to be ended. */
export interface DoneJob<Held extends Job, Outcome> {
  readonly job: Held
  readonly outcome: Outcome
}

/** What came of ending some jobs and taking others. */
export interface Turn<Held extends Job> {
  /** Those that this worker still held: where a lease was lost another worker has the job, and its result counts. */
  readonly ended: readonly Held[]
  readonly next: readonly Held[]
  /** Whether jobs were added that follow from those that ended. */
  readonly hasFollowing: boolean
}

/** What lines of work need of a queue. What these throw ends the run. */
export interface HeldJobs<Held extends Job, Outcome> {
  /** Keeps what jobs gave, ends them, and takes up to `wanted` more under lease, in the order in which they are to be done. */
  endAndTake(done: readonly DoneJob<Held, Outcome>[], wanted: number): Promise<Turn<Held>>
  /** Ends a job that failed, or lets it wait for another try; false where its lease was lost. */
  fail(job: Held, error: PipelineError, mayTryAgain: boolean): Promise<boolean>
  /** Puts a job back as if it had never been taken. */
  giveBack(job: Held): Promise<void>
  /** Renews a lease. One that cannot be renewed now is no reason to die: the end of the job meets the same trouble and reports it. */
  keepLease(job: Held): Promise<void>
  keepProgress(job: Held, linesRead: number): Promise<void>
  /** Whether anything that this run may do waits or is in work anywhere. */
  hasUnended(): Promise<boolean>
}

export interface LinesOptions {
  readonly leaseMs: number
  /** Jobs that this process adds wake its own lines at once; these are looked for for the sake of others. */
  readonly pollMs: number
  /** Pages that take no longer than this by the clock are quick. */
  readonly quickMs?: number
}

export interface WorkLines {
  /** To be called when jobs have been added here. */
  wake(): void
  /** Works as JobQueue.work says; `hold` is given the same options, with a `stop` that trouble of one line ends all of them by. */
  work<Held extends Job, Outcome>(
    options: WorkOptions<Outcome>,
    hold: (options: WorkOptions<Outcome>) => HeldJobs<Held, Outcome>,
  ): Promise<void>
}

/**
 * Quick pages are taken and ended several at a time, which costs each a fraction of a transaction or of a message. What takes
 * twice as long as a quick page is waited for by nothing: what was done is ended, what was taken goes back.
 */
const QUICK_MS = 150
const SLOW_FACTOR = 2
const MOST_IN_HAND = 8

/** What one line of work holds under lease: jobs to be done, the one in work, and what was done and has not been ended yet. */
interface Hand<Held extends Job, Outcome> {
  readonly waiting: Held[]
  inWork: Held | null
  readonly done: DoneJob<Held, Outcome>[]
  /** How many jobs to take at a time: more after quick pages, one after all else. */
  wanted: number
}

/** What the lines of work of one run share. */
interface Run<Held extends Job, Outcome> {
  readonly work: WorkOptions<Outcome>
  readonly jobs: HeldJobs<Held, Outcome>
  readonly isEnough: () => Promise<boolean>
}

/** Concurrent lines of work, each of which takes jobs, does them and ends them until there is nothing left. */
export function createWorkLines({ leaseMs, pollMs, quickMs = QUICK_MS }: LinesOptions): WorkLines {
  const idle = new Set<() => void>()

  function wake(): void {
    for (const wakeLine of idle) wakeLine()
  }

  /** Until jobs are added here, somebody says stop, or it is time to look for those that others added. */
  async function pause(stop: AbortSignal): Promise<void> {
    const woken = new AbortController()
    const wakeLine = () => woken.abort()
    idle.add(wakeLine)
    await sleep(pollMs, undefined, { signal: AbortSignal.any([stop, woken.signal]) }).catch(() => undefined)
    idle.delete(wakeLine)
  }

  async function workLine<Held extends Job, Outcome>(run: Run<Held, Outcome>): Promise<void> {
    const hand: Hand<Held, Outcome> = { waiting: [], inWork: null, done: [], wanted: 1 }
    try {
      await workWith(hand, run)
    } finally {
      const held = [...hand.waiting, ...hand.done.map(({ job }) => job)]
      if (hand.inWork !== null) held.push(hand.inWork)
      await Promise.all(held.map((job) => run.jobs.giveBack(job).catch(() => undefined)))
    }
  }

  async function workWith<Held extends Job, Outcome>(
    hand: Hand<Held, Outcome>,
    run: Run<Held, Outcome>,
  ): Promise<void> {
    const { work, jobs } = run
    for (;;) {
      if (work.stop.aborted || (await run.isEnough())) return endDone(hand, run, 0)
      if (hand.waiting.length === 0 && work.concurrency > 0) await endDone(hand, run, hand.wanted)
      const job = hand.waiting.shift()
      if (job !== undefined) await runJob(job, hand, run)
      else if (work.until !== 'stopped' && !(await jobs.hasUnended())) return
      else await pause(work.stop)
    }
  }

  async function runJob<Held extends Job, Outcome>(
    job: Held,
    hand: Hand<Held, Outcome>,
    run: Run<Held, Outcome>,
  ): Promise<void> {
    const { work, jobs } = run
    work.onEvent?.({ kind: 'started', job, error: null })
    hand.inWork = job
    const begun = performance.now()
    const result = await handle(job, hand, run)
    if (result.kind === 'outcome') {
      const isQuick = job.stage === 'page' && performance.now() - begun < quickMs
      hand.wanted = isQuick ? Math.min(2 * hand.wanted, MOST_IN_HAND) : 1
      hand.done.push({ job, outcome: result.outcome })
      hand.inWork = null
      if (!isQuick) await letGo(hand, run)
    } else if (work.abort.aborted) {
      hand.inWork = null
      await jobs.giveBack(job)
    } else if (isTroubleOfRun(result.error)) {
      throw result.error
    } else {
      hand.wanted = 1
      await letGo(hand, run)
      await endAsFailed(job, run, errorOfStage(job, result.error))
      hand.inWork = null
    }
  }

  /** Ends what is done, and lets others have what was taken for later. */
  async function letGo<Held extends Job, Outcome>(hand: Hand<Held, Outcome>, run: Run<Held, Outcome>): Promise<void> {
    await Promise.all(hand.waiting.splice(0).map((job) => run.jobs.giveBack(job)))
    await endDone(hand, run, 0)
  }

  /** Calls the handler under a heartbeat. When it takes longer than quick pages do, the line lets go of all else. */
  async function handle<Held extends Job, Outcome>(
    job: Held,
    hand: Hand<Held, Outcome>,
    run: Run<Held, Outcome>,
  ): Promise<HandlerResult<Outcome>> {
    const { work, jobs } = run
    const heartbeat = setInterval(() => jobs.keepLease(job).catch(() => undefined), leaseMs / 3)
    let lettingGo: Promise<void> | null = null
    const slow = setTimeout(() => {
      lettingGo = letGo(hand, run)
      // Awaited below; until then a failure is nobody's.
      lettingGo.catch(() => undefined)
    }, SLOW_FACTOR * quickMs)
    const onProgress = (linesRead: number) => {
      // Told for people: a progress that cannot be kept is no reason to fail.
      jobs.keepProgress(job, linesRead).catch(() => undefined)
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

  /** Ends what is done and takes up to `wanted` more. What cannot be ended now stays in hand, to be given back. */
  async function endDone<Held extends Job, Outcome>(
    hand: Hand<Held, Outcome>,
    { work, jobs }: Run<Held, Outcome>,
    wanted: number,
  ): Promise<void> {
    const done = hand.done.splice(0)
    if (done.length === 0 && wanted === 0) return
    const turn = await jobs.endAndTake(done, wanted).catch((error: unknown) => {
      hand.done.push(...done)
      throw error
    })
    hand.waiting.push(...turn.next)
    for (const job of turn.ended) work.onEvent?.({ kind: 'done', job, error: null })
    if (turn.hasFollowing) wake()
  }

  async function endAsFailed<Held extends Job, Outcome>(
    job: Held,
    { work, jobs }: Run<Held, Outcome>,
    error: PipelineError,
  ): Promise<void> {
    const mayTryAgain = error.isRetryable && job.attempt < MAX_ATTEMPTS
    const held = await jobs.fail(job, error, mayTryAgain)
    if (held) work.onEvent?.({ kind: mayTryAgain ? 'retried' : 'failed', job, error })
    wake()
  }

  return {
    wake,
    /** Runs the lines side by side; when one of them throws, the others end their jobs and stop. */
    async work(options, hold) {
      const failure = new AbortController()
      const work = { ...options, stop: AbortSignal.any([options.stop, failure.signal]) }
      const run = { work, jobs: hold(work), isEnough: createEnoughCheck(work.isEnough) }
      // Without lines of its own a run still waits until the others have done the work.
      const lines = Array.from({ length: Math.max(work.concurrency, 1) }, () =>
        workLine(run).catch((error: unknown) => {
          failure.abort(error)
          throw error
        }),
      )
      const broken = (await Promise.allSettled(lines)).find((result) => result.status === 'rejected')
      if (broken !== undefined) throw broken.reason
    },
  }
}
