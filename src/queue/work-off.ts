import type { Store } from '../store/open-store.ts'
import { createHandlers } from './handlers.ts'
import type { JobEvent, JobQueue, WorkOptions } from './job-queue.ts'
import { storeEffects } from './outcome.ts'
import type { PagePool } from './page-pool.ts'
import type { WorkPlan } from './plan-document.ts'
import { planPublication } from './publication.ts'
import type { SourceFiles } from './source-files.ts'

export interface WorkServices {
  readonly store: Store
  readonly queue: JobQueue
  readonly pool: PagePool
  readonly files: SourceFiles
  readonly plan: WorkPlan
}

export interface WorkOffOptions {
  /** Jobs at the same time; with 0 others do the work, and this waits for them. */
  readonly jobs: number
  readonly until?: WorkOptions<unknown>['until']
  readonly isEnough?: WorkOptions<unknown>['isEnough']
  readonly stages?: WorkOptions<unknown>['stages']
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  readonly onProgress: (progress: WorkProgress) => void
}

/** `pagesDone` counts those of this process, `pagesTotal` adds what waits anywhere. */
export interface WorkProgress {
  readonly pagesDone: number
  readonly pagesTotal: number
  readonly documentsWaiting: number
  readonly event: JobEvent | null
}

export interface WorkedOff {
  readonly pagesDone: number
  /** What the reading had to go without, such as a reader that does not load; each once. */
  readonly notices: readonly string[]
}

/** Works on whatever jobs there are, with the real handlers. Throws what concerns the whole run. */
export async function workOff(services: WorkServices, options: WorkOffOptions): Promise<WorkedOff> {
  const { store, queue, pool, files, plan } = services
  const { jobs, until = 'empty', isEnough, stages, stop, abort } = options
  const notices = new Set<string>()
  const report = createReport(queue, options)
  let pagesDone = 0
  await queue.work({
    handlers: createHandlers({
      store,
      pool,
      files,
      versions: plan.versions,
      onNotice: (notice) => notices.add(notice),
    }),
    effects: storeEffects(plan),
    concurrency: jobs,
    until,
    ...(isEnough === undefined ? {} : { isEnough }),
    ...(stages === undefined ? {} : { stages }),
    stop,
    abort,
    onEvent: (event) => {
      const hasEnded = event.kind === 'done' || event.kind === 'failed'
      if (event.job.stage === 'page' && hasEnded) pagesDone += 1
      if (event.kind !== 'started' && event.kind !== 'progress') report(pagesDone, event)
    },
  })
  return { pagesDone, notices: [...notices] }
}

/** Where others go on changing the store it is written a second time, and then as it is. */
const MOST_PUBLICATIONS = 2

export type PublishOptions = Omit<WorkOffOptions, 'until' | 'isEnough' | 'stages'>

/** Writes the output files, where they do not stand already. */
export async function publish(services: WorkServices, options: PublishOptions): Promise<void> {
  for (let times = 0; times < MOST_PUBLICATIONS; times += 1) {
    const job = await planPublication(services.store, services.plan.versions)
    if (job === null || options.stop.aborted) return
    await services.queue.enqueue([job])
    await workOff(services, { ...options, jobs: 1, stages: ['publish'] })
  }
}

const COUNT_AGAIN_MS = 1000

/** Tells of every event; the queue is asked how much is left only now and then. */
function createReport(queue: JobQueue, { onProgress }: WorkOffOptions): (pagesDone: number, event: JobEvent) => void {
  let left = { pages: 0, documents: 0 }
  let countedAt = Number.NEGATIVE_INFINITY

  async function count(): Promise<void> {
    if (performance.now() - countedAt < COUNT_AGAIN_MS) return
    countedAt = performance.now()
    const { document, page } = await queue.left()
    left = { pages: page, documents: document }
  }

  return (pagesDone, event) => {
    // A queue that cannot be asked now will say so itself; progress is no reason to fail.
    count()
      .catch(() => undefined)
      .then(() =>
        onProgress({ pagesDone, pagesTotal: pagesDone + left.pages, documentsWaiting: left.documents, event }),
      )
  }
}
