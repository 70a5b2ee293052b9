import { PipelineError } from '../model/pipeline-error.ts'
import type { StoredDocument } from '../store/documents.ts'
import type { Store } from '../store/open-store.ts'
import { isRetryableCode, toStoredError } from '../store/stored-error.ts'
import { parsePageSelection } from './page-selection.ts'
import { jobId, type NewJob, STAGE_VERSIONS, shortHash, type WorkVersions } from './stages.ts'

/** What decides, beside a document's content, what its work gives and how much of it is allowed. */
export interface WorkPlan {
  readonly versions: WorkVersions
  /** Tells one state of the dictionaries from another. */
  readonly dictionariesId: string
  readonly maxPages: number
}

export const DEFAULT_PLAN: WorkPlan = { versions: STAGE_VERSIONS, dictionariesId: '0', maxPages: 2000 }

/**
 * The jobs that a document still needs, in the light of what the store already holds; none when it is done.
 * Also writes the plan (pages and assembly) and the document's status. The fan-in is here and nowhere else: the
 * assembly is due when every page has left an artefact or an error.
 */
export function planDocument(store: Store, plan: WorkPlan, documentId: string): readonly NewJob[] {
  return store.database.transaction(() => {
    const document = store.documents.get(documentId)
    const opening = openingJob(document, plan)
    if (document.openedId !== opening.id) return [opening]
    if (document.pageCount === null) return mayOpenAgain(document) ? [opening] : []
    const pageNumbers = parsePageSelection(document.selection).filter(document.pageCount)
    const refusal = refuseSelection(document.pageCount, pageNumbers.length, plan.maxPages)
    if (refusal !== null) {
      store.documents.setStatus(documentId, 'failed', toStoredError(refusal))
      return []
    }
    const pageJobs = pageNumbers.map((pageNumber) => pageJob(document, plan, pageNumber))
    const assembly = assembleJob(document, plan, pageJobs)
    store.documents.setPlan(documentId, assembly.payload.pageJobIds, assembly.id)
    const unread = pageJobs.filter((job) => !store.pages.has(job.id))
    if (unread.length === 0) return planAssembly(store, assembly)
    store.documents.setStatus(documentId, 'failed', unfinishedError())
    return unread
  })
}

function refuseSelection(pageCount: number, wanted: number, maxPages: number): PipelineError | null {
  if (wanted === 0) return new PipelineError('document/no-such-pages', `it has ${pageCount}`)
  return wanted > maxPages ? new PipelineError('document/too-many-pages', `${wanted} > ${maxPages}`) : null
}

/** After a page: the assembly, when this was the last page that it waits for. */
export function planAfterPage(store: Store, documentId: string): readonly NewJob[] {
  const { fileName, pageJobIds, assembleId } = store.documents.get(documentId)
  // Pages are read from the front: look for an unread one from the end.
  const isWaiting = assembleId === null || pageJobIds.findLast((id) => !store.pages.has(id)) !== undefined
  if (isWaiting) return []
  return planAssembly(store, { id: assembleId, stage: 'assemble', payload: { documentId, fileName, pageJobIds } })
}

/**
 * Writes the status that an assembled document has; the assembly must be in the store. A document of which no page could
 * be read has failed, for the reason of its first page.
 */
export function concludeDocument(store: Store, documentId: string, pageJobIds: readonly string[]): void {
  const errors = store.pages.findAll(pageJobIds).flatMap((page) => page.error ?? [])
  const [first = null] = errors
  if (first === null) store.documents.setStatus(documentId, 'complete', null)
  else if (errors.length < pageJobIds.length) store.documents.setStatus(documentId, 'partial', null)
  else store.documents.setStatus(documentId, 'failed', first)
}

export function unfinishedError() {
  return toStoredError(new PipelineError('document/unfinished', 'its pages are still to be read'))
}

function openingJob({ documentId }: StoredDocument, plan: WorkPlan): NewJob<'document'> {
  return {
    id: jobId('document', documentId, 'all', `${plan.versions.document}`),
    stage: 'document',
    payload: { documentId },
  }
}

function mayOpenAgain({ error }: StoredDocument): boolean {
  return error !== null && isRetryableCode(error.code)
}

function planAssembly(store: Store, assembly: NewJob<'assemble'>): readonly NewJob[] {
  const { documentId, pageJobIds } = assembly.payload
  if (store.assemblies.has(assembly.id)) {
    concludeDocument(store, documentId, pageJobIds)
    return []
  }
  store.documents.setStatus(documentId, 'failed', unfinishedError())
  return [assembly]
}

function pageJob(document: StoredDocument, plan: WorkPlan, pageNumber: number): NewJob<'page'> {
  const { documentId, readers } = document
  const part = `p${String(pageNumber).padStart(4, '0')}`
  const id = jobId('page', documentId, part, `${plan.versions.page}-${readers}`)
  return { id, stage: 'page', payload: { documentId, pageNumber, readers } }
}

function assembleJob(
  document: StoredDocument,
  plan: WorkPlan,
  pageJobs: readonly NewJob<'page'>[],
): NewJob<'assemble'> {
  const { documentId, fileName } = document
  const ids = pageJobs.map((job) => job.id)
  const id = jobId(
    'assemble',
    documentId,
    shortHash(fileName, ...ids),
    `${plan.versions.assemble}-${plan.dictionariesId}`,
  )
  return { id, stage: 'assemble', payload: { documentId, fileName, pageJobIds: ids } }
}
