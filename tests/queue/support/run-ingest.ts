import { join } from 'node:path'
import { bullmqQueue } from '../../../src/queue/bullmq-queue.ts'
import { embeddedQueue } from '../../../src/queue/embedded-queue.ts'
import { type IngestRun, ingest } from '../../../src/queue/ingest.ts'
import { createPagePool, type PagePool, type PoolLimits } from '../../../src/queue/page-pool.ts'
import { DEFAULT_PLAN, type WorkPlan } from '../../../src/queue/plan-document.ts'
import { openSourceFiles } from '../../../src/queue/source-files.ts'
import { type WorkProgress, type WorkServices, workOff } from '../../../src/queue/work-off.ts'
import { openStore, type Store } from '../../../src/store/open-store.ts'

export const FAKE_CHILD = new URL('./fake-page-child.ts', import.meta.url)

export const LIMITS: PoolLimits = {
  size: 2,
  pageTimeoutMs: 60_000,
  openTimeoutMs: 60_000,
  memoryMib: 400,
  recycleAfter: 50,
}

export interface RunChange {
  /** A Redis address; without it jobs lie in the store. */
  readonly queue?: string
  /** A PostgreSQL address; without it the store is in SQLite. */
  readonly database?: string
  readonly plan?: Partial<WorkPlan>
  readonly limits?: Partial<PoolLimits>
  /** Children that several runs share; without it a run has its own. */
  readonly pool?: PagePool
  readonly selection?: string
  /** 1 where it is not given. */
  readonly maxFileMib?: number
  readonly stop?: AbortSignal
  readonly abort?: AbortSignal
  readonly checkDictionaries?: () => void
  readonly onProgress?: (progress: WorkProgress) => void
  /** Told when Redis or PostgreSQL go away and come back. */
  readonly onNotice?: (notice: string) => void
}

const never = new AbortController().signal

/** The whole way from files to output with the fake page child in place of the real one. */
export function runIngest(inputs: readonly string[], out: string, change: RunChange = {}): Promise<IngestRun> {
  return withServices(out, change, (services) =>
    ingest(
      { ...services, checkDictionaries: change.checkDictionaries ?? (() => undefined) },
      {
        inputs,
        selection: change.selection ?? 'all',
        readers: 'both',
        maxFileMib: change.maxFileMib ?? 1,
        download: {
          folder: join(out, 'downloads'),
          maxBytes: 1024 * 1024,
          timeoutMs: 20_000,
          pauseMs: 1,
          retryDelayMs: 1,
          mayBePrivate: true,
          onDownloaded: () => undefined,
        },
        ...workOptions(change),
      },
    ),
  )
}

/** Works on the jobs of others until it is stopped. */
export function runWorker(out: string | null, change: RunChange = {}): Promise<unknown> {
  return withServices(out, change, (services) => workOff(services, { ...workOptions(change), until: 'stopped' }))
}

function workOptions(change: RunChange) {
  return {
    jobs: { ...LIMITS, ...change.limits }.size,
    stop: change.stop ?? never,
    abort: change.abort ?? never,
    onProgress: change.onProgress ?? (() => undefined),
  }
}

async function withServices<Result>(
  out: string | null,
  change: RunChange,
  work: (services: WorkServices) => Promise<Result>,
): Promise<Result> {
  const location = { directory: out, database: change.database ?? null, artefacts: null }
  const store = await openStore(location, 'create', change.onNotice === undefined ? {} : { onNotice: change.onNotice })
  const queue = await openQueue(store, change)
  const pool = change.pool ?? createPagePool(FAKE_CHILD, { ...LIMITS, ...change.limits })
  const files = openSourceFiles(store)
  try {
    return await work({ store, queue, pool, files, plan: { ...DEFAULT_PLAN, ...change.plan } })
  } finally {
    if (change.pool === undefined) await pool.close()
    files.close()
    await queue.close()
    await store.close()
  }
}

function openQueue(store: Store, { queue: redis, onNotice = () => undefined }: RunChange) {
  const options = { pollMs: 10, retryDelayMs: 10 }
  if (redis === undefined) return embeddedQueue(store, options)
  // A short lease, so that the jobs of a worker that was killed are soon free.
  return bullmqQueue(redis, store, { ...options, leaseMs: 1000, onNotice })
}
