import type { DocumentSummary } from '../publish/run-summary.ts'
import type { Store } from '../store/open-store.ts'

/** What the store says of these documents, for a summary; in the order of their file names. */
export function summarizeDocuments(store: Store, documentIds: readonly string[]): readonly DocumentSummary[] {
  const summaries = documentIds.map((documentId) => summarizeDocument(store, documentId))
  return summaries.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))
}

function summarizeDocument(store: Store, documentId: string): DocumentSummary {
  const document = store.documents.get(documentId)
  const isAssembled = document.status !== 'failed' && document.assembleId !== null
  const counts = isAssembled ? store.assemblies.count(document.assembleId) : null
  const isUnfinished = document.error?.code === 'document/unfinished'
  return {
    documentId,
    fileName: document.fileName,
    status: isUnfinished ? 'unfinished' : document.status,
    error: isUnfinished ? null : document.error,
    pages: document.pageJobIds.length,
    failedPages: store.pages
      .findAll(document.pageJobIds)
      .flatMap(({ pageNumber, error }) => (error === null ? [] : [{ pageNumber, error }])),
    records: counts?.records ?? 0,
    accepted: counts?.accepted ?? 0,
    checks: counts?.checks ?? 0,
    checksHolding: counts?.holding ?? 0,
    checksContradicted: counts?.contradicted ?? 0,
  }
}
