import type { DocumentTable } from '../store/documents.ts'

const LOOKED_AT_ONCE = 20

/**
 * Asks whether all of these documents have been read and put together, or have failed. What has once ended is not looked at
 * again, and while some are unfinished the rest need not be looked at: to ask costs the same for any number of them.
 */
export function createEndedCheck(
  documents: Pick<DocumentTable, 'getAll'>,
  documentIds: readonly string[],
): () => Promise<boolean> {
  let left = documentIds
  return async () => {
    while (left.length > 0) {
      const some = await documents.getAll(left.slice(-LOOKED_AT_ONCE))
      const unfinished = some.filter(({ error }) => error?.code === 'document/unfinished')
      left = [...left.slice(0, -LOOKED_AT_ONCE), ...unfinished.map(({ documentId }) => documentId)]
      if (unfinished.length > 0) return false
    }
    return true
  }
}
