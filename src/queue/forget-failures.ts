import type { ErrorCode } from '../model/pipeline-error.ts'
import type { StoreTables } from '../store/open-store.ts'

/**
 * Forgets the failed pages of a document that are chosen by their code, and what was put together without them: else the
 * rows of a page that is read at last would be missing. To be called inside a transaction.
 */
export async function forgetFailures(
  { pages, assemblies }: StoreTables,
  documentId: string,
  isChosen: (code: ErrorCode) => boolean,
): Promise<void> {
  const forgotten = await pages.forgetErrors(documentId, isChosen)
  if (forgotten > 0) await assemblies.forget(documentId)
}
