import type { DocumentSummary } from '../publish/run-summary.ts'
import type { StoredAssembly } from '../store/assemblies.ts'
import type { StoredDocument } from '../store/documents.ts'
import type { Store } from '../store/open-store.ts'

/** What the store says of these documents, for a summary; in the order of their file names. */
export async function summarizeDocuments(
  store: Store,
  documentIds: readonly string[],
): Promise<readonly DocumentSummary[]> {
  const documents = await store.documents.getAll(documentIds)
  const assemblies = await store.assemblies.findAll(documents.flatMap(({ assembleId }) => assembleId ?? []))
  const summaries: DocumentSummary[] = []
  for (const document of documents) {
    const assembly = document.assembleId === null ? null : (assemblies.get(document.assembleId) ?? null)
    summaries.push(await summarizeDocument(store, document, assembly))
  }
  return summaries.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))
}

async function summarizeDocument(
  store: Store,
  document: StoredDocument,
  assembly: StoredAssembly | null,
): Promise<DocumentSummary> {
  const counts = document.status === 'failed' ? null : assembly
  const isUnfinished = document.error?.code === 'document/unfinished'
  const failed = document.status === 'complete' ? [] : await store.pages.findFailed(document.pageJobIds)
  return {
    documentId: document.documentId,
    fileName: document.fileName,
    status: isUnfinished ? 'unfinished' : document.status,
    error: isUnfinished ? null : document.error,
    pages: document.pageJobIds.length,
    failedPages: failed.flatMap(({ pageNumber, error }) => (error === null ? [] : [{ pageNumber, error }])),
    records: counts?.records ?? 0,
    accepted: counts?.accepted ?? 0,
    checks: counts?.checks ?? 0,
    checksHolding: counts?.holding ?? 0,
    checksContradicted: counts?.contradicted ?? 0,
    unreadTables: counts?.unread ?? 0,
  }
}
