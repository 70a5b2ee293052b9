import { once } from 'node:events'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { Job as BullJob, Queue, Worker } from 'bullmq'
import type { Store } from '../store/open-store.ts'
import { countAll, countLeft } from './bullmq-counts.ts'
import { heldJobs, linesReadOf, type RedisWorker, toNewJob } from './bullmq-held-jobs.ts'
import { type ActiveJob, type FailedJob, type JobQueue, MAX_ATTEMPTS } from './job-queue.ts'
import { folderIdOf } from './publication.ts'
import { connectRedis } from './redis-connection.ts'
import { type NewJob, parsePayload, STAGE_NAMES, STAGE_PRIORITIES, type StageName } from './stages.ts'
import { createWorkLines } from './work-lines.ts'

export interface BullmqQueueOptions {
  readonly leaseMs?: number
  readonly pollMs?: number
  readonly retryDelayMs?: number
  /** Told when Redis goes away and when it is back. */
  readonly onNotice?: (notice: string) => void
}

const LEASE_MS = 30_000
const POLL_MS = 200
const RETRY_DELAY_MS = 500
const LOOKS_FOR_LOSS = 20
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
  const lines = createWorkLines({ leaseMs, pollMs })

  async function enqueue(jobs: readonly NewJob[]): Promise<void> {
    const checked = jobs.map((job) => ({ ...job, payload: parsePayload(job.stage, job.payload) }))
    for (const queue of queues) {
      const own = checked.filter(({ stage }) => queueOf(stage) === queue)
      for (let begin = 0; begin < own.length; begin += JOBS_PER_CALL) {
        const some = own.slice(begin, begin + JOBS_PER_CALL)
        await redis.again(() => addOrRevive(queue, some, retryDelayMs, findEnded))
      }
    }
    if (jobs.length > 0) lines.wake()
  }

  /** Those of these jobs that have ended, well or not: two questions for all of them. */
  async function findEnded(queue: Queue, ids: readonly string[]): Promise<ReadonlyMap<string, EndedState>> {
    const ended = new Map<string, EndedState>()
    for (const state of ENDED_STATES) {
      const scores = await connection.zmscore(queue.toKey(state), ...ids)
      for (const [index, id] of ids.entries()) if (typeof scores[index] === 'string') ended.set(id, state)
    }
    return ended
  }

  return {
    enqueue,
    async work(options) {
      const { stages = STAGE_NAMES } = options
      const own = queues.filter((queue) => stages.some((stage) => queueOf(stage) === queue))
      const workers = own.map((queue) => openWorker(queue, leaseMs))
      const over = new AbortController()
      let stop = options.stop
      const working = lines.work(options, (run) => {
        stop = run.stop
        return heldJobs({ store, work: run, workers, enqueue, lookEveryMs: LOOKS_FOR_LOSS * pollMs })
      })
      try {
        // A server that is away may never answer: a stop must not wait for it.
        await Promise.race([working, untilLost(stop, redis.isAway, over.signal)])
        if (stop.aborted && !options.stop.aborted) throw stop.reason
      } finally {
        over.abort()
        working.catch(() => undefined)
        await closeWorkers(workers, redis.isAway)
      }
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

const ENDED_STATES = ['completed', 'failed'] as const
type EndedState = (typeof ENDED_STATES)[number]

/** Adds what is new; what has ended before runs again. BullMQ ignores an id that it has seen, also one that has ended. */
async function addOrRevive(
  queue: Queue,
  jobs: readonly NewJob[],
  retryDelayMs: number,
  findEnded: (queue: Queue, ids: readonly string[]) => Promise<ReadonlyMap<string, EndedState>>,
): Promise<void> {
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
  const ended = await findEnded(
    queue,
    jobs.map(({ id }) => id),
  )
  await Promise.all(added.map((job) => revive(job, ended.get(job.id ?? ''))))
}

async function revive(job: BullJob, state: EndedState | undefined): Promise<void> {
  if (state === undefined) return
  try {
    await job.retry(state, { resetAttemptsMade: true, resetAttemptsStarted: true })
  } catch (error) {
    // Somebody else was faster.
    if (['completed', 'failed'].includes(await job.getState())) throw error
  }
}

const AWAY_CHECK_MS = 100
const AWAY_PATIENCE_MS = 3000

/** Resolves when the server has been away for a while after a stop: what is in work then runs again when its lease has run out. */
async function untilLost(stop: AbortSignal, isAway: () => boolean, over: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, 'abort', { signal: over }).catch(() => undefined)
  for (let awayMs = 0; awayMs < AWAY_PATIENCE_MS && !over.aborted; ) {
    await sleep(AWAY_CHECK_MS)
    awayMs = isAway() ? awayMs + AWAY_CHECK_MS : 0
  }
}

/** Closes workers that have nothing in hand. A server that is away is not waited for. */
async function closeWorkers(workers: readonly RedisWorker[], isAway: () => boolean): Promise<void> {
  let isClosed = false
  const closing = Promise.all(workers.map((worker) => worker.close())).then(() => {
    isClosed = true
  })
  for (let awayMs = 0; !isClosed; awayMs = isAway() ? awayMs + AWAY_CHECK_MS : 0) {
    if (awayMs >= AWAY_PATIENCE_MS) {
      closing.catch(() => undefined)
      for (const worker of workers) worker.disconnect()
      return
    }
    await Promise.race([closing, sleep(AWAY_CHECK_MS)])
  }
}

function openWorker(queue: Queue, leaseMs: number): RedisWorker {
  const worker = new Worker(queue.name, null, {
    connection: queue.opts.connection,
    prefix: queue.opts.prefix ?? PREFIX,
    name: WORKER_NAME,
    lockDuration: leaseMs,
    stalledInterval: leaseMs,
    // Counted when a job is taken, where the store can be told too.
    maxStalledCount: Number.MAX_SAFE_INTEGER,
  })
  worker.on('error', () => undefined)
  worker.startStalledCheckTimer().catch(() => undefined)
  return {
    name: queue.name,
    take: (token) => worker.getNextJob(token, { block: false }),
    toJob: (json, id) => BullJob.fromJSON(worker, json as Parameters<typeof BullJob.fromJSON>[1], id),
    extendLock: async (id, token) => void (await worker.extendJobLocks([id], [token], leaseMs)),
    countUnended: async () => {
      const counts = await queue.getJobCounts(...UNENDED)
      return Object.values(counts).reduce((total, number) => total + number, 0)
    },
    close: () => worker.close(),
    disconnect: () => void worker.disconnect().catch(() => undefined),
  }
}

function toFailed(job: BullJob): FailedJob {
  return { id: job.id ?? '', stage: job.name as StageName, error: job.failedReason }
}

function toActive(job: BullJob): ActiveJob {
  const linesRead = linesReadOf(job)
  return { job: toNewJob(job), worker: job.processedBy ?? '', since: job.processedOn ?? null, linesRead }
}
