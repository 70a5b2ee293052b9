import { statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { LeftTable, UnusedTable } from '../model/record.ts'
import { compareYears, type DocumentDigest, digestDocument, relatedDocuments } from '../publish/link-documents.ts'
import type { PublishedDocument, PublishedPage } from '../publish/published-document.ts'
import { type WrittenFile, writeOutputs } from '../publish/write-outputs.ts'
import { type DocumentOutcome, type PageWarnings, readOutcome } from '../store/assemblies.ts'
import type { StoredDocument } from '../store/documents.ts'
import type { Store } from '../store/open-store.ts'
import { jobId, type NewJob, shortHash, type WorkVersions } from './stages.ts'

/**
 * The documents of the store as the output files tell of them, sorted by id, one at a time, each linked to the others of its
 * body. They are read twice, so that only what links them is held for all.
 */
export async function* publishedDocuments(store: Store): AsyncGenerator<PublishedDocument> {
  const ids = await store.documents.ids()
  const bodies = new Map<string, DocumentDigest[]>()
  for (const documentId of ids.length > 1 ? ids : []) {
    const digest = digestDocument(await toPublished(store, await store.documents.get(documentId)))
    if (digest.body !== null) bodies.set(digest.body, [...(bodies.get(digest.body) ?? []), digest])
  }
  const digests = new Map([...bodies.values()].flat().map((digest) => [digest.documentId, digest]))
  for (const documentId of ids) {
    const document = await toPublished(store, await store.documents.get(documentId))
    const own = digests.get(documentId)
    const ofBody = bodies.get(own?.body ?? '') ?? []
    if (own === undefined || ofBody.length < 2) yield document
    else {
      const checks = [...document.checks, ...compareYears(own, ofBody)]
      yield { ...document, checks, related: relatedDocuments(own, ofBody) }
    }
  }
}

/** The job that writes the output files; null when they stand as the store has it. */
export async function planPublication(store: Store, versions: WorkVersions): Promise<NewJob | null> {
  const stateId = await stateOf(store, versions)
  const last = await store.publications.find(outputFolder(store))
  const stands = last?.stateId === stateId && last.files.every((file) => fileStands(store.directory, file))
  if (stands) return null
  const folderId = folderIdOf(store)
  return {
    id: jobId('publish', folderId, stateId, `${versions.publish}`),
    stage: 'publish',
    payload: { folderId, stateId },
  }
}

/** No state has this id. */
const MIXED = ''

/**
 * Writes the output files as the store is now, and keeps which state they tell. Where it has changed meanwhile they tell none,
 * and are written again: a document that was being put together when its turn came would else be missing for good.
 * Throws output/not-writable.
 */
export async function writePublication(store: Store, versions: WorkVersions): Promise<void> {
  const stateId = await stateOf(store, versions)
  const files = await writeOutputs(store.directory, publishedDocuments(store))
  const isStill = (await stateOf(store, versions)) === stateId
  await store.publications.save(outputFolder(store), { stateId: isStill ? stateId : MIXED, files })
}

/** The output folder as a shared store knows it; a store inside its folder may be moved with it. */
export function outputFolder({ location, directory }: Store): string {
  return location.database === null ? '' : `${hostname()}:${directory}`
}

/** The output folder in the ids of jobs. */
export function folderIdOf(store: Store): string {
  return shortHash(outputFolder(store))
}

/** Changes when anything that the output files say may have changed. */
async function stateOf(store: Store, versions: WorkVersions): Promise<string> {
  const parts: string[] = []
  const documents = await store.documents.getAll(await store.documents.ids())
  const assemblies = await store.assemblies.findAll(documents.flatMap((document) => document.assembleId ?? []))
  for (const document of documents) {
    const { documentId, fileName, assembleId, status, error, pageJobIds, ...rest } = document
    const { givenPublisher, givenFiscalYear, givenDistrict, givenDepartment, sourceUrl } = rest
    const given = [givenPublisher, givenFiscalYear, givenDistrict, givenDepartment, sourceUrl]
    const outcome = assemblies.get(assembleId ?? '')?.artefact
    const failed = await store.pages.findFailed(status === 'complete' ? [] : pageJobIds)
    const pages = failed.map((page) => [page.pageNumber, page.error?.message])
    parts.push(
      documentId,
      JSON.stringify([fileName, outcome, status, error, given, pages]),
      JSON.stringify(await otherNames(store, document)),
    )
  }
  return shortHash(String(versions.publish), ...parts)
}

function fileStands(directory: string, { name, byteSize }: WrittenFile): boolean {
  return statSync(join(directory, name), { throwIfNoEntry: false })?.size === byteSize
}

async function toPublished(store: Store, document: StoredDocument): Promise<PublishedDocument> {
  const isAssembled = document.status !== 'failed' && document.assembleId !== null
  const assembly = isAssembled ? await store.assemblies.find(document.assembleId) : null
  return toPublishedWith(store, document, assembly === null ? null : await readOutcome(store.artefacts, assembly))
}

/** A document as the output files would tell of it, were this what came of its pages. */
export async function toPublishedWith(
  store: Store,
  document: StoredDocument,
  outcome: DocumentOutcome | null,
): Promise<PublishedDocument> {
  return {
    documentId: document.documentId,
    fileName: document.fileName,
    otherNames: await otherNames(store, document),
    title: outcome?.title ?? document.title,
    publisher: document.givenPublisher ?? outcome?.publisher ?? null,
    fiscalYear: document.givenFiscalYear ?? outcome?.fiscalYear ?? null,
    district: document.givenDistrict,
    department: document.givenDepartment,
    sourceUrl: document.sourceUrl,
    pageCount: document.pageCount,
    status: document.status,
    error: document.error,
    pages: await pagesOf(store, document, outcome?.pageWarnings ?? []),
    records: outcome?.records ?? [],
    checks: outcome?.checks ?? [],
    unusedTables: (outcome?.unusedTables ?? []).map(withAmounts),
  }
}

/** What older versions kept does not tell how many amounts a table has. */
function withAmounts(table: LeftTable & Partial<UnusedTable>): UnusedTable {
  return { ...table, amounts: table.amounts ?? 0 }
}

async function pagesOf(
  store: Store,
  document: StoredDocument,
  told: readonly PageWarnings[],
): Promise<readonly PublishedPage[]> {
  const pages = await store.pages.findAll(document.pageJobIds)
  const warnings = new Map(told.map((page) => [page.pageNumber, page.warnings]))
  return pages.map(({ pageNumber, kind, reason, tableCount, error }) => ({
    pageNumber,
    kind,
    reason,
    tableCount,
    warnings: warnings.get(pageNumber) ?? [],
    error,
  }))
}

/** The other file names, each once; two folders may hold the same file under the same name. */
async function otherNames(store: Store, { documentId, fileName }: StoredDocument): Promise<readonly string[]> {
  const names = (await store.documents.namesOf(documentId)).map((name) => name.fileName)
  return [...new Set(names)].filter((name) => name !== fileName)
}
