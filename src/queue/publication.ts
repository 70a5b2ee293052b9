import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { PublishedDocument, PublishedPage } from '../publish/published-document.ts'
import type { WrittenFile } from '../publish/write-outputs.ts'
import type { StoredDocument } from '../store/documents.ts'
import type { Store } from '../store/open-store.ts'
import { jobId, type NewJob, shortHash, type WorkVersions } from './stages.ts'

/** The documents of the store as the output files tell of them, sorted by id, one at a time. */
export function* publishedDocuments(store: Store): Generator<PublishedDocument> {
  for (const documentId of store.documents.ids()) yield toPublished(store, store.documents.get(documentId))
}

/** The job that writes the output files; null when they stand as the store has it. */
export function planPublication(store: Store, versions: WorkVersions): NewJob | null {
  const stateId = stateOf(store, versions)
  const last = store.publications.find()
  const stands = last?.stateId === stateId && last.files.every((file) => fileStands(store.directory, file))
  if (stands) return null
  return { id: jobId('publish', stateId, 'all', `${versions.publish}`), stage: 'publish', payload: { stateId } }
}

export function recordPublication(store: Store, stateId: string, files: readonly WrittenFile[]): void {
  store.publications.save({ stateId, files })
}

/** Changes when anything that the output files say may have changed. */
function stateOf(store: Store, versions: WorkVersions): string {
  const parts = store.documents.ids().flatMap((documentId) => {
    const document = store.documents.get(documentId)
    const { fileName, assembleId, status, error, givenPublisher, givenFiscalYear } = document
    const pages = pagesOf(store, document).map((page) => page.error?.message ?? null)
    return [
      documentId,
      JSON.stringify([fileName, assembleId, status, error, givenPublisher, givenFiscalYear, pages]),
      JSON.stringify(otherNames(store, document)),
    ]
  })
  return shortHash(String(versions.publish), ...parts)
}

function fileStands(directory: string, { name, byteSize }: WrittenFile): boolean {
  return statSync(join(directory, name), { throwIfNoEntry: false })?.size === byteSize
}

function toPublished(store: Store, document: StoredDocument): PublishedDocument {
  const isAssembled = document.status !== 'failed' && document.assembleId !== null
  const outcome = isAssembled ? store.assemblies.find(document.assembleId) : null
  return {
    documentId: document.documentId,
    fileName: document.fileName,
    otherNames: otherNames(store, document),
    title: outcome?.title ?? document.title,
    publisher: document.givenPublisher ?? outcome?.publisher ?? null,
    fiscalYear: document.givenFiscalYear ?? outcome?.fiscalYear ?? null,
    pageCount: document.pageCount,
    status: document.status,
    error: document.error,
    pages: pagesOf(store, document),
    records: outcome?.records ?? [],
    checks: outcome?.checks ?? [],
    unusedTables: outcome?.unusedTables ?? [],
  }
}

function pagesOf(store: Store, document: StoredDocument): readonly PublishedPage[] {
  return store.pages
    .findAll(document.pageJobIds)
    .map(({ pageNumber, kind, reason, tableCount, error }) => ({ pageNumber, kind, reason, tableCount, error }))
}

/** The other file names, each once; two folders may hold the same file under the same name. */
function otherNames(store: Store, { documentId, fileName }: StoredDocument): readonly string[] {
  const names = store.documents.namesOf(documentId).map((name) => name.fileName)
  return [...new Set(names)].filter((name) => name !== fileName)
}
