import { embeddedQueue } from '../../../src/queue/embedded-queue.ts'
import { type IngestRun, ingest } from '../../../src/queue/ingest.ts'
import { createPagePool, type PagePool, type PoolLimits } from '../../../src/queue/page-pool.ts'
import { DEFAULT_PLAN, type WorkPlan } from '../../../src/queue/plan-document.ts'
import { openSourceFiles } from '../../../src/queue/source-files.ts'
import type { WorkProgress } from '../../../src/queue/work-off.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { localStore, type StoreLocation } from '../../../src/store/store-location.ts'

export const FAKE_CHILD = new URL('./fake-page-child.ts', import.meta.url)

export const LIMITS: PoolLimits = {
  size: 2,
  pageTimeoutMs: 60_000,
  openTimeoutMs: 60_000,
  memoryMib: 400,
  recycleAfter: 50,
}

export interface RunChange {
  readonly location?: StoreLocation
  readonly plan?: Partial<WorkPlan>
  readonly limits?: Partial<PoolLimits>
  /** Children that several runs share; without it a run has its own. */
  readonly pool?: PagePool
  readonly selection?: string
  readonly stop?: AbortSignal
  readonly abort?: AbortSignal
  readonly checkDictionaries?: () => void
  readonly onProgress?: (progress: WorkProgress) => void
}

/** The whole way from files to output with the fake page child in place of the real one. */
export async function runIngest(inputs: readonly string[], out: string, change: RunChange = {}): Promise<IngestRun> {
  const store = await openStore(change.location ?? localStore(out))
  const limits = { ...LIMITS, ...change.limits }
  const pool = change.pool ?? createPagePool(FAKE_CHILD, limits)
  const queue = embeddedQueue(store, { pollMs: 10, retryDelayMs: 10 })
  const files = openSourceFiles(store)
  const never = new AbortController().signal
  try {
    return await ingest(
      {
        store,
        queue,
        pool,
        files,
        plan: { ...DEFAULT_PLAN, ...change.plan },
        checkDictionaries: change.checkDictionaries ?? (() => undefined),
      },
      {
        inputs,
        selection: change.selection ?? 'all',
        readers: 'both',
        maxFileMib: 1,
        jobs: limits.size,
        stop: change.stop ?? never,
        abort: change.abort ?? never,
        onProgress: change.onProgress ?? (() => undefined),
      },
    )
  } finally {
    if (change.pool === undefined) await pool.close()
    files.close()
    await store.close()
  }
}
