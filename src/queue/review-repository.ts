import { PipelineError } from '../model/pipeline-error.ts'
import type { AuditPlan } from '../review/audit-sample.ts'
import type { DocumentIndex } from '../review/index-document.ts'
import type { ReviewDocument, ReviewedOutcome, ReviewRepository } from '../review/review-repository.ts'
import { findQuarterTurns, type PageView } from '../review/upright.ts'
import { type DocumentOutcome, keepOutcome, readOutcome, unpackOutcome } from '../store/assemblies.ts'
import type { StoredDocument } from '../store/documents.ts'
import { identifyJudgement } from '../store/judgements.ts'
import type { Store } from '../store/open-store.ts'
import { readExtract } from '../store/pages.ts'
import type { PictureFolder } from '../store/picture-folder.ts'
import type { StoredIndex } from '../store/review-indexes.ts'
import type { PagePool } from './page-pool.ts'
import { assembleJob, concludeDocument, extractorVersionOf, type WorkPlan } from './plan-document.ts'
import { planPublication, writePublication } from './publication.ts'
import { createQuestionLocks } from './question-locks.ts'
import { indexIdOf, judgementsOf, keepIndex } from './review-index.ts'
import type { SourceFiles } from './source-files.ts'

export interface ReviewServices {
  readonly store: Store
  readonly pool: PagePool
  readonly files: SourceFiles
  readonly plan: WorkPlan
  readonly signal: AbortSignal
  /** Where pictures of pages outlive the program; null: nowhere. */
  readonly pictures: PictureFolder | null
}

/** Enough for print of 5 pt to be judged by eye, few enough for a page to be there in a second. */
const PICTURE_DPI = 200
/** Bump when the same page would be painted otherwise. */
const PICTURE_VERSION = 1

/** The review page's view of a store: what is answered is kept there, and documents are put together in the pool. */
export function createReviewRepository(services: ReviewServices): ReviewRepository {
  const { store } = services
  const views = new Map<string, Promise<PageView>>()

  function pageView(documentId: string, pageNumber: number): Promise<PageView> {
    const key = `${documentId}/${pageNumber}`
    const view = views.get(key) ?? readPageView(store, documentId, pageNumber)
    views.set(key, view)
    return view
  }

  return {
    documents: (plan) => listDocuments(services, plan),
    async outcome(documentId) {
      const document = await store.documents.get(documentId)
      return outcomeOf(store, document)
    },
    async document(documentId, plan) {
      const document = await store.documents.get(documentId)
      return listDocument(services, document, await store.reviewIndexes.find(documentId), plan)
    },
    judgementsSince: (mark) => store.judgements.since(mark),
    locks: createQuestionLocks(store.reviewLocks),
    async append(contents) {
      const judgements = contents.map(identifyJudgement)
      await store.transaction((tables) => tables.judgements.add(judgements))
      return judgements
    },
    solve: (documentId, plan) => solveDocument(services, documentId, plan),
    async makeIndex(documentId, plan) {
      const document = await store.documents.get(documentId)
      if (await isStale(services, document)) return (await solveDocument(services, documentId, plan)).index
      const outcome = await outcomeOf(store, document)
      const judgements = await store.judgements.ofDocument(documentId)
      return keepIndex(store, documentId, document.assembleId ?? '', outcome, judgements, plan)
    },
    async picture(documentId, pageNumber) {
      const { quarterTurns } = await pageView(documentId, pageNumber)
      const name = `${documentId}-p${pageNumber}-${PICTURE_DPI}dpi-t${quarterTurns}-v${PICTURE_VERSION}.jpg`
      const kept = await services.pictures?.get(name)
      const bytes = kept ?? (await paintPage(services, documentId, pageNumber, quarterTurns))
      if (kept == null) void services.pictures?.put(name, bytes)
      return { bytes, mediaType: 'image/jpeg' }
    },
    pageView,
    async publish() {
      const job = await planPublication(store, services.plan.versions)
      if (job !== null) await writePublication(store, services.plan.versions)
    },
  }
}

async function listDocuments(services: ReviewServices, plan: AuditPlan): Promise<readonly ReviewDocument[]> {
  const { store } = services
  const indexes = await store.reviewIndexes.all()
  const documents = await store.documents.getAll(await store.documents.ids())
  const listed: ReviewDocument[] = []
  for (const document of documents) {
    const each = await listDocument(services, document, indexes.get(document.documentId) ?? null, plan)
    if (each !== null) listed.push(each)
  }
  return listed
}

/** Null for a document that could not be read. */
async function listDocument(
  services: ReviewServices,
  document: StoredDocument,
  kept: StoredIndex | null,
  plan: AuditPlan,
): Promise<ReviewDocument | null> {
  const { documentId, assembleId, fileName, pageCount, status, pageJobIds } = document
  if (assembleId === null || status === 'failed') return null
  const isFresh = kept?.indexId === indexIdOf(assembleId, plan) && !(await isStale(services, document))
  const index = isFresh ? (JSON.parse(kept.body) as DocumentIndex) : null
  return {
    documentId,
    fileName,
    publisher: document.givenPublisher ?? index?.publisher ?? null,
    district: document.givenDistrict,
    fiscalYear: document.givenFiscalYear ?? index?.fiscalYear ?? null,
    pageCount,
    status,
    extractorVersion: extractorVersionOf(pageJobIds),
    index,
    stateId: assembleId,
  }
}

/** Whether something was said of the document that its assembly does not know of: a run was cut off, or work was merged. */
async function isStale({ store, plan }: ReviewServices, document: StoredDocument): Promise<boolean> {
  const state = await store.judgements.stateOf(document.documentId)
  return state !== null && document.assembleId !== assembleJob(document, plan, document.pageJobIds, state).id
}

async function outcomeOf(store: Store, { assembleId, documentId }: StoredDocument): Promise<DocumentOutcome> {
  const assembly = assembleId === null ? null : await store.assemblies.find(assembleId)
  if (assembly === null) throw new PipelineError('document/unfinished', documentId)
  return readOutcome(store.artefacts, assembly)
}

async function solveDocument(
  { store, pool, plan, signal }: ReviewServices,
  documentId: string,
  audit: AuditPlan,
): Promise<{ outcome: ReviewedOutcome; index: DocumentIndex; stateId: string }> {
  const document = await store.documents.get(documentId)
  const { pageJobIds, fileName } = document
  const { id } = assembleJob(document, plan, pageJobIds, await store.judgements.stateOf(documentId))
  const reviewed = await judgementsOf(store, documentId, pageJobIds)
  const artefacts = (await store.pages.findAll(pageJobIds)).flatMap((page) => page.artefact ?? [])
  const request = { location: store.location, fileName, artefacts, reviewed, audit }
  const assembled = await pool.run('assemble', request, signal)
  const assembly = await keepOutcome(store.artefacts, id, assembled)
  await store.transaction(async (tables) => {
    await tables.documents.lock(documentId)
    await tables.assemblies.save(documentId, assembly)
    await tables.documents.setPlan(documentId, pageJobIds, id)
    await concludeDocument(tables, documentId, pageJobIds)
  })
  await store.reviewIndexes.save(documentId, indexIdOf(id, audit), assembled.index)
  const index = JSON.parse(assembled.index) as DocumentIndex
  return { outcome: unpackOutcome(assembled), index, stateId: id }
}

async function paintPage(
  { files, pool, signal }: ReviewServices,
  documentId: string,
  pageNumber: number,
  quarterTurns: number,
): Promise<Uint8Array> {
  const { path, release } = await files.open(documentId)
  try {
    const request = { path, documentId, pageNumber, dpi: PICTURE_DPI, quarterTurns }
    const { jpegBase64 } = await pool.run('picture', request, signal)
    return new Uint8Array(Buffer.from(jpegBase64, 'base64'))
  } finally {
    release()
  }
}

async function readPageView(store: Store, documentId: string, pageNumber: number): Promise<PageView> {
  const { pageJobIds } = await store.documents.get(documentId)
  const pages = await store.pages.findAll(pageJobIds)
  const page = pages.find((each) => each.pageNumber === pageNumber)
  if (page === undefined) throw new PipelineError('page/unreadable', `page ${pageNumber} was not read`)
  const { width, height, tables } = await readExtract(store.artefacts, page)
  return { width, height, quarterTurns: findQuarterTurns(tables) }
}
