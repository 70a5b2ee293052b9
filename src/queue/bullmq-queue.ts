import { once } from 'node:events'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Job as BullJob, Queue, UnrecoverableError, WaitingError, Worker } from 'bullmq'
import { z } from 'zod'
import type { PipelineError } from '../model/pipeline-error.ts'
import type { Store } from '../store/open-store.ts'
import { countAll, countLeft } from './bullmq-counts.ts'
import { callHandler } from './call-handler.ts'
import { errorOfStage, isTroubleOfRun, vanishedWorker } from './error-of-stage.ts'
import {
  type ActiveJob,
  type FailedJob,
  type JobQueue,
  MAX_ATTEMPTS,
  MAX_STALLS,
  type WorkOptions,
} from './job-queue.ts'
import { folderIdOf } from './publication.ts'
import { connectRedis } from './redis-connection.ts'
import { type NewJob, parsePayload, STAGE_NAMES, STAGE_PRIORITIES, type StageName } from './stages.ts'
import { createEnoughCheck } from './work-end.ts'

export interface BullmqQueueOptions {
  readonly leaseMs?: number
  readonly pollMs?: number
  readonly retryDelayMs?: number
  /** Told when Redis goes away and when it is back. */
  readonly onNotice?: (notice: string) => void
}

const LEASE_MS = 30_000
const POLL_MS = 500
const RETRY_DELAY_MS = 500
const LOOKS_FOR_LOSS = 8
const PREFIX = 'gongkai'
/** Jobs that ended well are kept for a day, at most so many: they are for people to look at. */
const KEPT_SECONDS = 86_400
const KEPT_JOBS = 10_000
const JOBS_PER_CALL = 500

const WORKER_NAME = `${hostname()}/${process.pid}`
const UNENDED = ['wait', 'prioritized', 'delayed', 'active'] as const

/**
 * A queue on Redis, by BullMQ. What a job gave is committed to the store before the jobs that follow are added and the job
 * is called done, so a worker may die at any moment: the job runs again and leaves the same. Each store has its own
 * queues on a Redis. Publishing has one queue an output folder, since only its own machine can write there.
 * Throws queue/unavailable where Redis cannot be reached.
 */
export async function bullmqQueue(url: string, store: Store, options: BullmqQueueOptions = {}): Promise<JobQueue> {
  const { leaseMs = LEASE_MS, pollMs = POLL_MS, retryDelayMs = RETRY_DELAY_MS, onNotice = () => undefined } = options
  const redis = await connectRedis(url, onNotice)
  const connection = redis.client
  const prefix = `${PREFIX}-${store.storeId.slice(0, 12)}`
  const work = new Queue('work', { connection, prefix })
  const publish = new Queue(`publish-${publisherOf(store)}`, { connection, prefix })
  const queues = [work, publish]
  for (const queue of queues) queue.on('error', () => undefined)
  const queueOf = (stage: StageName) => (stage === 'publish' ? publish : work)

  async function enqueue(jobs: readonly NewJob[]): Promise<void> {
    const checked = jobs.map((job) => ({ ...job, payload: parsePayload(job.stage, job.payload) }))
    for (const queue of queues) {
      const own = checked.filter(({ stage }) => queueOf(stage) === queue)
      for (let begin = 0; begin < own.length; begin += JOBS_PER_CALL) {
        await addOrRevive(queue, own.slice(begin, begin + JOBS_PER_CALL), retryDelayMs)
      }
    }
  }

  async function isEmpty(own: readonly Queue[]): Promise<boolean> {
    const counts = await Promise.all(own.map((queue) => queue.getJobCounts(...UNENDED)))
    return counts.every((ofQueue) => Object.values(ofQueue).every((number) => number === 0))
  }

  /** Until it is enough, nothing is left or somebody says stop; a worker that meets trouble of the run stops it. */
  async function untilOver<Outcome>(options: WorkOptions<Outcome>, own: readonly Queue[], stop: AbortSignal) {
    const isEnough = createEnoughCheck(options.isEnough)
    // Where it is told when it is enough, an empty queue only means that jobs were lost.
    const looksEvery = options.isEnough === undefined ? 1 : LOOKS_FOR_LOSS
    const mayBeEmpty = (polls: number) => options.until !== 'stopped' && polls % looksEvery === 0
    const isOver = async (polls: number) => (await isEnough()) || (mayBeEmpty(polls) && (await isEmpty(own)))
    // A server that is away may never answer: a stop must not wait for it.
    const stopped = once(stop, 'abort').then(() => false)
    for (let polls = 1; !stop.aborted; polls += 1) {
      if (await Promise.race([isOver(polls), stopped])) return
      await sleep(pollMs, undefined, { signal: stop }).catch(() => undefined)
    }
  }

  return {
    enqueue,
    async work(options) {
      const trouble = new AbortController()
      const stop = AbortSignal.any([options.stop, trouble.signal])
      const run: Run<unknown> = { store, options, stop, enqueue, onTrouble: (error) => trouble.abort(error) }
      const { stages = STAGE_NAMES } = options
      const own = queues.filter((queue) => stages.some((stage) => queueOf(stage) === queue))
      const workers = options.concurrency === 0 ? [] : own.map((queue) => startWorker(queue, run, leaseMs))
      await untilOver(options, own, stop)
      await closeWorkers(workers, redis.isAway)
      if (trouble.signal.aborted) throw trouble.signal.reason
    },
    counts: () => countAll(queues),
    left: () => countLeft(queues),
    failed: async () => (await Promise.all(queues.map((queue) => queue.getFailed()))).flat().map(toFailed),
    active: async () => (await Promise.all(queues.map((queue) => queue.getActive()))).flat().map(toActive),
    pause: () => work.pause(),
    resume: () => work.resume(),
    isPaused: () => work.isPaused(),
    async close() {
      await Promise.all(queues.map((queue) => queue.close()))
      await redis.close()
    },
  }
}

function publisherOf(store: Store): string {
  return store.location.directory === null ? 'nowhere' : folderIdOf(store)
}

/** Adds what is new; what has ended before runs again. BullMQ ignores an id that it has seen, also one that has ended. */
async function addOrRevive(queue: Queue, jobs: readonly NewJob[], retryDelayMs: number): Promise<void> {
  const added = await queue.addBulk(
    jobs.map(({ id, stage, payload }) => ({
      name: stage,
      data: payload,
      opts: {
        jobId: id,
        priority: STAGE_PRIORITIES[stage] + 1,
        attempts: MAX_ATTEMPTS,
        backoff: { type: 'exponential', delay: retryDelayMs },
        removeOnComplete: { age: KEPT_SECONDS, count: KEPT_JOBS },
      },
    })),
  )
  await Promise.all(added.map(reviveIfEnded))
}

async function reviveIfEnded(job: BullJob): Promise<void> {
  const state = await job.getState()
  if (state !== 'completed' && state !== 'failed') return
  try {
    await job.retry(state, { resetAttemptsMade: true, resetAttemptsStarted: true })
  } catch (error) {
    // Somebody else was faster.
    if (['completed', 'failed'].includes(await job.getState())) throw error
  }
}

const AWAY_CHECK_MS = 100
const AWAY_PATIENCE_MS = 3000

/**
 * Ends workers when the jobs in their hands have ended. A server that is away is not waited for: what is in work runs again
 * when its lease has run out.
 */
async function closeWorkers(workers: readonly Worker[], isAway: () => boolean): Promise<void> {
  let isClosed = false
  const closing = Promise.all(workers.map((worker) => worker.close())).then(() => {
    isClosed = true
  })
  for (let awayMs = 0; !isClosed; awayMs = isAway() ? awayMs + AWAY_CHECK_MS : 0) {
    if (awayMs >= AWAY_PATIENCE_MS) {
      closing.catch(() => undefined)
      for (const worker of workers) void worker.disconnect().catch(() => undefined)
      return
    }
    await Promise.race([closing, sleep(AWAY_CHECK_MS)])
  }
}

/** What the processing of jobs needs to know of the run that it is part of. */
interface Run<Outcome> {
  readonly store: Store
  readonly options: WorkOptions<Outcome>
  readonly stop: AbortSignal
  readonly enqueue: (jobs: readonly NewJob[]) => Promise<void>
  readonly onTrouble: (error: unknown) => void
}

function startWorker<Outcome>(queue: Queue, run: Run<Outcome>, leaseMs: number): Worker {
  const { options, stop } = run
  const errors = new Map<string, PipelineError>()
  const worker = new Worker(queue.name, (job, token) => processJob(job, token ?? '', run, errors), {
    connection: queue.opts.connection,
    prefix: queue.opts.prefix ?? PREFIX,
    name: WORKER_NAME,
    concurrency: options.concurrency,
    lockDuration: leaseMs,
    stalledInterval: leaseMs,
    // Counted by processJob, which can also tell the store.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
  })
  const stopTaking = () => void worker.pause(true)
  stop.addEventListener('abort', stopTaking, { once: true })
  worker.on('error', () => undefined)
  worker.on('progress', (job) => {
    const linesRead = linesReadOf(job)
    if (linesRead !== null) options.onEvent?.({ kind: 'progress', job: toNewJob(job), error: null, linesRead })
  })
  worker.on('completed', (job) => options.onEvent?.({ kind: 'done', job: toNewJob(job), error: null }))
  worker.on('failed', (job) => {
    if (job === undefined) return
    const kind = job.finishedOn === undefined ? 'retried' : 'failed'
    options.onEvent?.({ kind, job: toNewJob(job), error: errors.get(job.id ?? '') ?? null })
    errors.delete(job.id ?? '')
  })
  return worker
}

/** One job: the handler, then what it means for the store, then the jobs that follow. What it throws tells BullMQ how it ended. */
async function processJob<Outcome>(
  bullJob: BullJob,
  token: string,
  run: Run<Outcome>,
  errors: Map<string, PipelineError>,
): Promise<void> {
  const { store, options, stop, enqueue, onTrouble } = run
  const { effects } = options
  const job = toNewJob(bullJob)
  try {
    if (stop.aborted) throw await giveBack(bullJob, token)
    if (hasStalledTooOften(bullJob)) throw vanishedWorker()
    options.onEvent?.({ kind: 'started', job, error: null })
    // What an earlier try told is no longer true.
    if (linesReadOf(bullJob) !== null) await bullJob.updateProgress(0)
    // Told for people: a progress that cannot be kept is no reason to fail.
    const onProgress = (linesRead: number) => void bullJob.updateProgress({ linesRead }).catch(() => undefined)
    const result = await callHandler(job, options.handlers, options.abort, onProgress)
    if (result.kind === 'error') throw options.abort.aborted ? await giveBack(bullJob, token) : result.error
    await enqueue(await store.transaction((tables) => effects.settled(tables, job, result.outcome)))
  } catch (error) {
    if (error instanceof WaitingError) throw error
    try {
      if (isTroubleOfRun(error)) throw error
      throw await toFailure(error)
    } catch (ending) {
      if (!isTroubleOfRun(ending)) throw ending
      onTrouble(ending)
      throw await giveBack(bullJob, token)
    }
  }

  async function toFailure(error: unknown): Promise<Error> {
    const failure = errorOfStage(job, error)
    errors.set(job.id, failure)
    const mayTryAgain = failure.isRetryable && bullJob.attemptsMade + 1 < MAX_ATTEMPTS && !hasStalledTooOften(bullJob)
    if (mayTryAgain) return failure
    await enqueue(await store.transaction((tables) => effects.failed(tables, job, failure)))
    return new UnrecoverableError(failure.message)
  }
}

/** Puts a job back as if it had never been taken; to be thrown. A lock that was lost is somebody else's by now. */
async function giveBack(job: BullJob, token: string): Promise<WaitingError> {
  await job.moveToWait(token).catch(() => undefined)
  return new WaitingError()
}

/** `stalledCounter` is never set back, `attemptsStarted` is when a job that ended runs again. */
function hasStalledTooOften({ stalledCounter, attemptsStarted, attemptsMade }: BullJob): boolean {
  return Math.min(stalledCounter, attemptsStarted - attemptsMade - 1) >= MAX_STALLS
}

function toNewJob(job: BullJob): NewJob {
  const stage = job.name as StageName
  return { id: job.id ?? '', stage, payload: parsePayload(stage, job.data) }
}

function toFailed(job: BullJob): FailedJob {
  return { id: job.id ?? '', stage: job.name as StageName, error: job.failedReason }
}

function toActive(job: BullJob): ActiveJob {
  const linesRead = linesReadOf(job)
  return { job: toNewJob(job), worker: job.processedBy ?? '', since: job.processedOn ?? null, linesRead }
}

const Progress = z.object({ linesRead: z.number() })

/** BullMQ's progress may be anything; before any was told it is 0. */
function linesReadOf({ progress }: BullJob): number | null {
  return Progress.safeParse(progress).data?.linesRead ?? null
}
