import { PipelineError } from '../model/pipeline-error.ts'
import type { StoredDocument } from '../store/documents.ts'
import type { StoreTables } from '../store/open-store.ts'
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
 * Also writes the plan (pages and assembly) and the document's status; to be called inside a transaction. The fan-in is
 * here and nowhere else: the assembly is due when every page has left an artefact or an error.
 */
export async function planDocument(
  tables: StoreTables,
  plan: WorkPlan,
  documentId: string,
): Promise<readonly NewJob[]> {
  const { documents, pages } = tables
  const document = await documents.get(documentId)
  const opening = openingJob(document, plan)
  if (document.openedId !== opening.id) return [opening]
  if (document.pageCount === null) return mayOpenAgain(document) ? [opening] : []
  const pageNumbers = parsePageSelection(document.selection).filter(document.pageCount)
  const refusal = refuseSelection(document.pageCount, pageNumbers.length, plan.maxPages)
  if (refusal !== null) {
    await documents.setStatus(documentId, 'failed', toStoredError(refusal))
    return []
  }
  const pageJobs = pageNumbers.map((pageNumber) => pageJob(document, plan, pageNumber))
  const jobIds = pageJobs.map((job) => job.id)
  const assembly = assembleJob(document, plan, jobIds, await tables.judgements.stateOf(documentId))
  await documents.setPlan(documentId, assembly.payload.pageJobIds, assembly.id)
  const missing = new Set(await pages.missing(assembly.payload.pageJobIds))
  if (missing.size === 0) return planAssembly(tables, assembly)
  await documents.setStatus(documentId, 'failed', unfinishedError())
  return pageJobs.filter((job) => missing.has(job.id))
}

function refuseSelection(pageCount: number, wanted: number, maxPages: number): PipelineError | null {
  if (wanted === 0) return new PipelineError('document/no-such-pages', `it has ${pageCount}`)
  return wanted > maxPages ? new PipelineError('document/too-many-pages', `${wanted} > ${maxPages}`) : null
}

/**
 * What the assemblies of documents in work wait for, by the id of their job, which names file and pages: of a document of a
 * thousand pages that list is long, and need not be read after every page.
 */
export type KnownAssemblies = Map<string, NewJob<'assemble'>['payload']>

const MOST_KNOWN = 100

/** After pages of a document: its assembly, when it waits for no more of them. */
export async function planAfterPages(
  tables: StoreTables,
  documentId: string,
  known: KnownAssemblies,
): Promise<readonly NewJob[]> {
  const { documents, pages } = tables
  const assembleId = await documents.assembleIdOf(documentId)
  if (assembleId === null) return []
  if (!known.has(assembleId)) {
    if (known.size >= MOST_KNOWN) known.clear()
    const { fileName, pageJobIds } = await documents.get(documentId)
    known.set(assembleId, { documentId, fileName, pageJobIds })
  }
  const payload = known.get(assembleId)
  const pageJobIds = payload?.pageJobIds ?? []
  const last = pageJobIds.at(-1)
  if (payload === undefined || last === undefined) return []
  // Pages are read from the front: while the last one is unread there is no need to look at all of them.
  if (!(await pages.has(last)) || (await pages.missing(pageJobIds)).length > 0) return []
  known.delete(assembleId)
  return planAssembly(tables, { id: assembleId, stage: 'assemble', payload })
}

/**
 * Writes the status that an assembled document has; the assembly must be in the store. A document of which no page could
 * be read has failed, for the reason of its first page.
 */
export async function concludeDocument(
  { documents, pages }: StoreTables,
  documentId: string,
  pageJobIds: readonly string[],
): Promise<void> {
  const errors = (await pages.findFailed(pageJobIds)).flatMap((page) => page.error ?? [])
  const [first = null] = errors
  if (first === null) await documents.setStatus(documentId, 'complete', null)
  else if (errors.length < pageJobIds.length) await documents.setStatus(documentId, 'partial', null)
  else await documents.setStatus(documentId, 'failed', first)
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

async function planAssembly(tables: StoreTables, assembly: NewJob<'assemble'>): Promise<readonly NewJob[]> {
  const { documentId, pageJobIds } = assembly.payload
  if (await tables.assemblies.has(assembly.id)) {
    await concludeDocument(tables, documentId, pageJobIds)
    return []
  }
  await tables.documents.setStatus(documentId, 'failed', unfinishedError())
  return [assembly]
}

function pageJob(document: StoredDocument, plan: WorkPlan, pageNumber: number): NewJob<'page'> {
  const { documentId, readers } = document
  const part = `p${String(pageNumber).padStart(4, '0')}`
  const id = jobId('page', documentId, part, `${plan.versions.page}-${readers}`)
  return { id, stage: 'page', payload: { documentId, pageNumber, readers } }
}

/**
 * The job that puts a document together from these pages and what people said of it (`judgementState`): a new judgement
 * makes it another job.
 */
export function assembleJob(
  { documentId, fileName }: StoredDocument,
  plan: WorkPlan,
  pageJobIds: readonly string[],
  judgementState: string | null,
): NewJob<'assemble'> {
  const parts = [fileName, ...pageJobIds, ...(judgementState === null ? [] : [judgementState])]
  const version = `${plan.versions.assemble}-${plan.dictionariesId}`
  const id = jobId('assemble', documentId, shortHash(...parts), version)
  return { id, stage: 'assemble', payload: { documentId, fileName, pageJobIds } }
}

/** By which version of the page stage, and which readers, the pages of a document were read: the end of their jobs' ids. */
export function extractorVersionOf(pageJobIds: readonly string[]): string {
  return pageJobIds[0]?.split('__v').at(-1) ?? ''
}
