import { checkHashes, type DownloadAllOptions, downloadAll } from '../input/download-all.ts'
import { findInputs } from '../input/find-inputs.ts'
import type { InputFailure } from '../input/input-file.ts'
import type { Store, StoreTables } from '../store/open-store.ts'
import { createEndedCheck } from './documents-ended.ts'
import { planDocument, type WorkPlan } from './plan-document.ts'
import {
  DOCUMENTS_PER_TRANSACTION,
  isWithinSize,
  type RegisterOptions,
  type RepeatedFile,
  registerDocuments,
} from './register-documents.ts'
import type { NewJob } from './stages.ts'
import { type PublishOptions, publish, type WorkedOff, type WorkServices, workOff } from './work-off.ts'

export interface IngestServices extends WorkServices {
  /** Called once before work is begun, not when there is none. Throws what makes all of it pointless. */
  readonly checkDictionaries: () => void
}

export interface IngestOptions extends RegisterOptions, PublishOptions {
  readonly inputs: readonly string[]
  /** How documents on the web are fetched. */
  readonly download: Omit<DownloadAllOptions, 'signal'>
}

export interface IngestRun {
  readonly documentIds: readonly string[]
  readonly inputFailures: readonly InputFailure[]
  /** Files whose content another file of this run has, too. */
  readonly repeated: readonly RepeatedFile[]
  /** Documents for which everything was known already. */
  readonly upToDate: readonly string[]
  readonly pagesRead: number
  /** What the reading had to go without, such as a reader that does not load; each once. */
  readonly notices: readonly string[]
  readonly wasInterrupted: boolean
}

/**
 * Takes files from paths to published output. What the store already holds is not done again; what an interrupted run
 * left is taken up. Throws PipelineError output/not-writable, store/unavailable, queue/unavailable and
 * dictionaries/damaged; failures of documents are in the store.
 */
export async function ingest(services: IngestServices, options: IngestOptions): Promise<IngestRun> {
  const inputs = findInputs(options.inputs)
  const downloaded = await downloadAll(inputs.urls, { ...options.download, signal: options.stop })
  const checked = await checkHashes([...inputs.files, ...downloaded.files])
  const registered = await registerDocuments(services.store, services.files, checked.files, options)
  const { due, upToDate } = await planDocuments(services, registered.documentIds, options.stop)
  if (due.length > 0) services.checkDictionaries()
  const { pagesDone, notices } = await workOffAll(services, options, registered.documentIds, due)
  if (!options.stop.aborted) await publish(services, options)
  return {
    documentIds: registered.documentIds,
    inputFailures: [inputs, downloaded, checked, registered].flatMap(({ failures }) => failures),
    repeated: registered.repeated,
    upToDate,
    pagesRead: pagesDone,
    notices,
    wasInterrupted: options.stop.aborted,
  }
}

/** How often the same jobs are added again before their loss is left to the summary, which tells of unfinished documents. */
const MOST_ROUNDS = 3

/** Works until the documents are done. A queue that lost jobs (a Redis that died without its file) gets them again. */
async function workOffAll(
  services: IngestServices,
  options: IngestOptions,
  documentIds: readonly string[],
  due: readonly NewJob[],
): Promise<WorkedOff> {
  const notices = new Set<string>()
  let pagesDone = 0
  let jobs = due
  for (let rounds = 1; ; rounds += 1) {
    await services.queue.enqueue(jobs)
    const worked = await workOff(services, { ...options, ...whatIsEnough(services.store, documentIds) })
    pagesDone += worked.pagesDone
    for (const notice of worked.notices) notices.add(notice)
    if (options.stop.aborted || rounds === MOST_ROUNDS) break
    const left = await services.store.documents.getAll(documentIds)
    const unfinished = left.filter(({ error }) => error?.code === 'document/unfinished')
    jobs = (
      await planDocuments(
        services,
        unfinished.map(({ documentId }) => documentId),
        options.stop,
      )
    ).due
    if (jobs.length === 0) break
  }
  return { pagesDone, notices: [...notices] }
}

/**
 * In a folder of its own a run also ends what an earlier one left. In a store that machines share it waits for nobody else:
 * its own documents are enough.
 */
function whatIsEnough(store: Store, documentIds: readonly string[]) {
  return store.location.database === null ? {} : { isEnough: createEndedCheck(store.documents, documentIds) }
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
  // In one order everywhere, so that two runs that lock the same documents do not wait for each other.
  for (const documentId of documentIds.toSorted()) {
    await tables.documents.lock(documentId)
    const jobs = (await isWithinSize(tables, documentId)) ? await planDocument(tables, plan, documentId) : []
    planned.push({ documentId, jobs })
  }
  return planned
}
