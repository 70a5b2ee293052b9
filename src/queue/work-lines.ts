import { setTimeout as sleep } from 'node:timers/promises'
import type { PipelineError } from '../model/pipeline-error.ts'
import { callForPages, callHandler, type HandlerResult } from './call-handler.ts'
import { errorOfStage, isTroubleOfRun } from './error-of-stage.ts'
import { type Job, MAX_ATTEMPTS, type WorkOptions } from './job-queue.ts'
import { type HeldPage, takeTogether } from './pages-together.ts'
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
const MOST_IN_HAND = 16

/** What one line of work holds under lease: jobs to be done, the one in work, and what was done and has not been ended yet. */
interface Hand<Held extends Job, Outcome> {
  readonly waiting: Held[]
  readonly inWork: Held[]
  readonly done: DoneJob<Held, Outcome>[]
  /** How many jobs to take at a time: more after quick pages, one after all else. */
  wanted: number
  /** Whether the next job is done by itself, since it was not done together with others. */
  isNextAlone: boolean
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
    const hand: Hand<Held, Outcome> = { waiting: [], inWork: [], done: [], wanted: 1, isNextAlone: false }
    try {
      await workWith(hand, run)
    } finally {
      const held = [...hand.waiting, ...hand.inWork, ...hand.done.map(({ job }) => job)]
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
      const pages = hand.isNextAlone || work.handlers.pages === undefined ? [] : takeTogether(hand.waiting)
      hand.isNextAlone = false
      const job = pages.length > 0 ? undefined : hand.waiting.shift()
      if (pages.length > 0) await runPages(pages, hand, run)
      else if (job !== undefined) await runJob(job, hand, run)
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
    hand.inWork.push(job)
    const begun = performance.now()
    const call = (onProgress: (linesRead: number) => void) => callHandler(job, work.handlers, work.abort, onProgress)
    const result = await handle([job], call, hand, run)
    if (result.kind === 'outcome') {
      const isQuick = job.stage === 'page' && performance.now() - begun < quickMs
      hand.wanted = isQuick ? Math.min(2 * hand.wanted, MOST_IN_HAND) : 1
      hand.done.push({ job, outcome: result.outcome })
      hand.inWork.length = 0
      if (!isQuick) await letGo(hand, run)
    } else if (work.abort.aborted) {
      hand.inWork.length = 0
      await jobs.giveBack(job)
    } else if (isTroubleOfRun(result.error)) {
      throw result.error
    } else {
      hand.wanted = 1
      await letGo(hand, run)
      await endAsFailed(job, run, errorOfStage(job, result.error))
      hand.inWork.length = 0
    }
  }

  /** Does pages together as far as that goes. Those that gave nothing wait again, and the next of them is done by itself. */
  async function runPages<Held extends Job, Outcome>(
    pages: readonly HeldPage<Held>[],
    hand: Hand<Held, Outcome>,
    run: Run<Held, Outcome>,
  ): Promise<void> {
    const { work } = run
    for (const job of pages) work.onEvent?.({ kind: 'started', job, error: null })
    hand.inWork.push(...pages)
    const begun = performance.now()
    const result = await handle(pages, () => callForPages(pages, work.handlers, work.abort), hand, run)
    if (result.kind === 'error' && isTroubleOfRun(result.error)) throw result.error
    const outcomes = result.kind === 'outcome' ? result.outcome : []
    hand.inWork.length = 0
    for (const [index, outcome] of outcomes.entries()) {
      const job = pages[index]
      if (job !== undefined) hand.done.push({ job, outcome })
    }
    const left = pages.slice(outcomes.length)
    hand.waiting.unshift(...left)
    hand.isNextAlone = left.length > 0
    const isQuick = left.length === 0 && performance.now() - begun < quickMs * pages.length
    hand.wanted = isQuick ? Math.min(2 * hand.wanted, MOST_IN_HAND) : 1
  }

  /** Ends what is done, and lets others have what was taken for later. */
  async function letGo<Held extends Job, Outcome>(hand: Hand<Held, Outcome>, run: Run<Held, Outcome>): Promise<void> {
    await Promise.all(hand.waiting.splice(0).map((job) => run.jobs.giveBack(job)))
    await endDone(hand, run, 0)
  }

  /** Calls the handler under a heartbeat. When it takes longer than quick pages do, the line lets go of all else. */
  async function handle<Held extends Job, Outcome, Given>(
    inWork: readonly Held[],
    call: (onProgress: (linesRead: number) => void) => Promise<HandlerResult<Given>>,
    hand: Hand<Held, Outcome>,
    run: Run<Held, Outcome>,
  ): Promise<HandlerResult<Given>> {
    const { work, jobs } = run
    const heartbeat = setInterval(() => {
      for (const job of inWork) jobs.keepLease(job).catch(() => undefined)
    }, leaseMs / 3)
    let lettingGo: Promise<void> | null = null
    const slow = setTimeout(() => {
      lettingGo = letGo(hand, run)
      // Awaited below; until then a failure is nobody's.
      lettingGo.catch(() => undefined)
    }, SLOW_FACTOR * quickMs)
    const onProgress = (linesRead: number) => {
      for (const job of inWork) {
        // Told for people: a progress that cannot be kept is no reason to fail.
        jobs.keepProgress(job, linesRead).catch(() => undefined)
        work.onEvent?.({ kind: 'progress', job, error: null, linesRead })
      }
    }
    try {
      return await call(onProgress)
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
