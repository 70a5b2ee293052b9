import type { Store, StoreTables } from '../store/open-store.ts'
import { findInputs, type InputFailure } from './find-inputs.ts'
import { createHandlers } from './handlers.ts'
import type { JobEvent, JobQueue } from './job-queue.ts'
import { storeEffects } from './outcome.ts'
import type { PagePool } from './page-pool.ts'
import { planDocument, type WorkPlan } from './plan-document.ts'
import { planPublication } from './publication.ts'
import {
  DOCUMENTS_PER_TRANSACTION,
  isWithinSize,
  type RegisterOptions,
  registerDocuments,
} from './register-documents.ts'
import type { NewJob } from './stages.ts'

export interface IngestServices {
  readonly store: Store
  readonly queue: JobQueue
  readonly pool: PagePool
  readonly plan: WorkPlan
  /** Called once before work is begun, not when there is none. Throws what makes all of it pointless. */
  readonly checkDictionaries: () => void
}

export interface IngestOptions extends RegisterOptions {
  readonly inputs: readonly string[]
  readonly jobs: number
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  readonly onProgress: (progress: IngestProgress) => void
}

/** `event` is null when only the counts changed. */
export interface IngestProgress {
  readonly pagesDone: number
  readonly pagesTotal: number
  readonly documentsWaiting: number
  readonly event: JobEvent | null
}

export interface IngestRun {
  readonly documentIds: readonly string[]
  readonly inputFailures: readonly InputFailure[]
  /** Documents for which everything was known already. */
  readonly upToDate: readonly string[]
  readonly pagesRead: number
  /** What the reading had to go without, such as a reader that does not load; each once. */
  readonly notices: readonly string[]
  readonly wasInterrupted: boolean
}

/**
 * Takes files from paths to published output. What the store already holds is not done again; what an interrupted run
 * left is taken up. Throws PipelineError output/not-writable and dictionaries/damaged; failures of documents are in the store.
 */
export async function ingest(services: IngestServices, options: IngestOptions): Promise<IngestRun> {
  const { store, queue } = services
  const inputs = findInputs(options.inputs)
  const registered = await registerDocuments(store, inputs.files, options)
  const { due, upToDate } = await planDocuments(services, registered.documentIds, options.stop)
  if (due.length > 0) services.checkDictionaries()
  await queue.enqueue(due)
  const notices = new Set<string>()
  const pagesRead = await workOff(services, options, notices)
  if (!options.stop.aborted) await publish(services, options)
  return {
    documentIds: registered.documentIds,
    inputFailures: [...inputs.failures, ...registered.failures],
    upToDate,
    pagesRead,
    notices: [...notices],
    wasInterrupted: options.stop.aborted,
  }
}

async function planDocuments({ store, plan }: IngestServices, documentIds: readonly string[], stop: AbortSignal) {
  const planned: { readonly documentId: string; readonly jobs: readonly NewJob[] }[] = []
  for (let begin = 0; begin < documentIds.length && !stop.aborted; begin += DOCUMENTS_PER_TRANSACTION) {
    const some = documentIds.slice(begin, begin + DOCUMENTS_PER_TRANSACTION)
    planned.push(...(await store.transaction((tables) => planSome(tables, plan, some))))
  }
  return {
    due: planned.flatMap(({ jobs }) => jobs),
    upToDate: planned.filter(({ jobs }) => jobs.length === 0).map(({ documentId }) => documentId),
  }
}

async function planSome(tables: StoreTables, plan: WorkPlan, documentIds: readonly string[]) {
  const planned: { readonly documentId: string; readonly jobs: readonly NewJob[] }[] = []
  for (const documentId of documentIds) {
    const jobs = (await isWithinSize(tables, documentId)) ? await planDocument(tables, plan, documentId) : []
    planned.push({ documentId, jobs })
  }
  return planned
}

async function publish(services: IngestServices, options: IngestOptions): Promise<void> {
  const job = await planPublication(services.store, services.plan.versions)
  if (job === null) return
  await services.queue.enqueue([job])
  await workOff(services, options, new Set())
}

/** Returns how many pages were ended; adds to `notices`. */
async function workOff(services: IngestServices, options: IngestOptions, notices: Set<string>): Promise<number> {
  const { store, queue, pool, plan } = services
  let pagesDone = 0
  await queue.work({
    handlers: createHandlers({ store, pool, onNotice: (notice) => notices.add(notice) }),
    effects: storeEffects(plan),
    concurrency: options.jobs,
    stop: options.stop,
    abort: options.abort,
    onEvent: (event) => {
      const hasEnded = event.kind === 'done' || event.kind === 'failed'
      if (event.job.stage === 'page' && hasEnded) pagesDone += 1
      void reportProgress(queue, pagesDone, event, options)
    },
  })
  return pagesDone
}

async function reportProgress(
  queue: JobQueue,
  pagesDone: number,
  event: JobEvent,
  options: IngestOptions,
): Promise<void> {
  if (event.kind === 'started') return
  const { document, page } = await queue.counts()
  options.onProgress({
    pagesDone,
    pagesTotal: pagesDone + page.wait + page.active,
    documentsWaiting: document.wait + document.active,
    event,
  })
}
