import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { PipelineError } from '../model/pipeline-error.ts'
import type { Store } from '../store/open-store.ts'
import { errorOfStage, toQueueTrouble, vanishedWorker } from './error-of-stage.ts'
import { type Job, MAX_STALLS, type WorkOptions } from './job-queue.ts'
import { settleTogether } from './settle-together.ts'
import { type NewJob, parsePayload, type StageName } from './stages.ts'
import type { DoneJob, HeldJobs, Turn } from './work-lines.ts'

/** What holding a job needs of BullMQ's. */
export interface RedisJob {
  readonly id?: string | undefined
  readonly name: string
  readonly queueName: string
  readonly data: unknown
  readonly priority: number
  readonly progress: unknown
  readonly attemptsMade: number
  readonly attemptsStarted: number
  readonly stalledCounter: number
  /** Gives, where it may take, what the next job is made of, and its id. */
  // biome-ignore lint/suspicious/noConfusingVoidType: as BullMQ has it
  moveToCompleted(value: null, token: string, mayTake: boolean): Promise<void | readonly unknown[]>
  moveToFailed(error: Error, token: string): Promise<unknown>
  moveToWait(token: string): Promise<unknown>
  updateProgress(progress: number | object): Promise<void>
}

/** What takes jobs from one queue on Redis, under leases of its own length. */
export interface RedisWorker {
  /** The queue's. */
  readonly name: string
  take(token: string): Promise<RedisJob | undefined>
  toJob(json: unknown, id: string): RedisJob
  extendLock(id: string, token: string): Promise<void>
  countUnended(): Promise<number>
  close(): Promise<void>
  disconnect(): void
}

/** A job that this process holds on Redis; whoever has its lock may end it. */
interface HeldJob extends Job {
  readonly redisJob: RedisJob
}

/** What the holding of jobs needs to know of the run that it is part of. */
export interface HeldJobsOptions<Outcome> {
  readonly store: Store
  readonly work: WorkOptions<Outcome>
  readonly workers: readonly RedisWorker[]
  readonly enqueue: (jobs: readonly NewJob[]) => Promise<void>
  /** Where it is told when it is enough, an empty queue only means that jobs were lost, and is looked for this often. */
  readonly lookEveryMs: number
}

/**
 * The jobs that one run holds on Redis. Several are ended and taken in one message; each page is a job of its own all the
 * same, with its own lock, tries and end.
 */
export function heldJobs<Outcome>(options: HeldJobsOptions<Outcome>): HeldJobs<HeldJob, Outcome> {
  const { store, work, workers, enqueue, lookEveryMs } = options
  const token = randomUUID()
  let lookedAt = performance.now()
  const workerOf = ({ queueName }: RedisJob) => workers.find(({ name }) => name === queueName)

  async function endAndTake(done: readonly DoneJob<HeldJob, Outcome>[], wanted: number): Promise<Turn<HeldJob>> {
    const following = await settleTogether(store, work.effects, done)
    await enqueue(following)
    // What follows goes first, and what goes first takes longer than a page.
    const most = following.length === 0 ? wanted : Math.min(wanted, 1)
    const ends = await Promise.all(done.map(({ job }, index) => end(job, index < most)))
    const taken = [...ends.flatMap(({ next }) => next), ...(await takeFrom(workers[0], most - done.length))]
    for (const worker of workers.slice(1)) {
      if (taken.length === 0 && most > 0) taken.push(...(await takeFrom(worker, 1)))
    }
    const ended = done.flatMap(({ job }, index) => (ends[index]?.hasEnded === true ? job : []))
    return { ended, next: await sortOut(taken), hasFollowing: following.length > 0 }
  }

  /** Ends a job that is done, and takes another in the same step. */
  async function end({ redisJob }: HeldJob, mayTake: boolean): Promise<{ hasEnded: boolean; next: RedisJob[] }> {
    try {
      const [json, id] = (await redisJob.moveToCompleted(null, token, mayTake)) ?? []
      const worker = workerOf(redisJob)
      const next = json instanceof Object && worker !== undefined ? [worker.toJob(json, String(id))] : []
      return { hasEnded: true, next }
    } catch (error) {
      if (isLockLost(error)) return { hasEnded: false, next: [] }
      throw error
    }
  }

  async function takeFrom(worker: RedisWorker | undefined, most: number): Promise<readonly RedisJob[]> {
    if (worker === undefined || most <= 0) return []
    const tries = Array.from({ length: most }, () => worker.take(token))
    return (await Promise.all(tries)).flatMap((job: RedisJob | undefined) => job ?? [])
  }

  /**
   * What goes first, first. Those that were tried before, or whose worker vanished, are worked on alone: what kills a worker must
   * not look like the fault of its neighbours.
   */
  async function sortOut(taken: readonly RedisJob[]): Promise<readonly HeldJob[]> {
    const lost = taken.filter(hasStalledTooOften)
    for (const job of lost.map(toHeldJob)) await fail(job, errorOfStage(job, vanishedWorker()), false)
    const held = taken.filter((job) => !lost.includes(job)).toSorted((a, b) => a.priority - b.priority)
    const [first] = held
    // Whatever goes back is the next to be taken.
    const kept = first !== undefined && wasTried(first) ? [first] : held.filter((job) => !wasTried(job))
    await Promise.all(held.filter((job) => !kept.includes(job)).map((job) => job.moveToWait(token)))
    // What an earlier try told is no longer true.
    await Promise.all(kept.filter((job) => linesReadOf(job) !== null).map((job) => job.updateProgress(0)))
    return kept.map(toHeldJob)
  }

  /** The store first: BullMQ decides by the error whether the job waits for another try. */
  async function fail(job: HeldJob, error: PipelineError, mayTryAgain: boolean): Promise<boolean> {
    if (!mayTryAgain) await enqueue(await store.transaction((tables) => work.effects.failed(tables, job, error)))
    try {
      await job.redisJob.moveToFailed(mayTryAgain ? error : toFinal(error), token)
      return true
    } catch (ending) {
      if (isLockLost(ending)) return false
      throw ending
    }
  }

  async function hasUnended(): Promise<boolean> {
    if (work.isEnough !== undefined && performance.now() - lookedAt < lookEveryMs) return true
    lookedAt = performance.now()
    return (await Promise.all(workers.map((worker) => worker.countUnended()))).some((number) => number > 0)
  }

  return {
    endAndTake: (done, wanted) => endAndTake(done, wanted).catch(toQueueTrouble),
    fail: (job, error, mayTryAgain) => fail(job, error, mayTryAgain).catch(toQueueTrouble),
    giveBack: async ({ redisJob }) => {
      // A lock that was lost is somebody else's by now.
      await redisJob.moveToWait(token).catch(() => undefined)
    },
    keepLease: async ({ id, redisJob }) => workerOf(redisJob)?.extendLock(id, token),
    keepProgress: ({ redisJob }, linesRead) => redisJob.updateProgress({ linesRead }),
    hasUnended: () => hasUnended().catch(toQueueTrouble),
  }
}

/** An error after which there is no further try: BullMQ knows it by its name. */
function toFinal({ message }: Error): Error {
  return Object.assign(new Error(message), { name: 'UnrecoverableError' })
}

/** No such job, no lock, not in work, or another's lock: what BullMQ says by number when a lock was lost. */
const LOCK_LOST = [-1, -2, -3, -6]

function isLockLost(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LOCK_LOST.includes(Number(error.code))
}

function wasTried({ attemptsMade, stalledCounter }: RedisJob): boolean {
  return attemptsMade > 0 || stalledCounter > 0
}

/** `stalledCounter` is never set back, `attemptsStarted` is when a job that ended runs again. */
function hasStalledTooOften({ stalledCounter, attemptsStarted, attemptsMade }: RedisJob): boolean {
  return Math.min(stalledCounter, attemptsStarted - attemptsMade - 1) >= MAX_STALLS
}

function toHeldJob(redisJob: RedisJob): HeldJob {
  return { ...toNewJob(redisJob), attempt: redisJob.attemptsMade + 1, redisJob }
}

export function toNewJob(job: RedisJob): NewJob {
  const stage = job.name as StageName
  return { id: job.id ?? '', stage, payload: parsePayload(stage, job.data) }
}

const Progress = z.object({ linesRead: z.number() })

/** BullMQ's progress may be anything; before any was told it is 0. */
export function linesReadOf({ progress }: RedisJob): number | null {
  return Progress.safeParse(progress).data?.linesRead ?? null
}
