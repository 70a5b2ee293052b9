import { writeOutputs } from '../publish/write-outputs.ts'
import type { Store } from '../store/open-store.ts'
import type { Handlers } from './job-queue.ts'
import type { Outcome } from './outcome.ts'
import type { PagePool } from './page-pool.ts'
import { publishedDocuments, recordPublication } from './publication.ts'

/** What handlers may use; nothing else reaches the world. */
export interface Services {
  readonly store: Store
  readonly pool: PagePool
  /** Told what a page's reading had to go without; the same may be told for every page. */
  readonly onNotice: (notice: string) => void
}

const MS_PER_SECOND = 1000

/** What each stage does. The heavy work happens in the pool; here is only what to ask and what to keep. */
export function createHandlers({ store, pool, onNotice }: Services): Handlers<Outcome> {
  return {
    async document({ documentId }, { signal }) {
      const { path } = store.documents.get(documentId)
      const { title, pageCount } = await pool.run('open', { path, documentId }, signal)
      return { kind: 'opened', documentId, title, pageCount }
    },
    async page({ documentId, pageNumber, readers }, { signal }) {
      const { path } = store.documents.get(documentId)
      const begun = performance.now()
      const { extract, notice } = await pool.run('page', { path, documentId, pageNumber, readers }, signal)
      if (notice !== null) onNotice(notice)
      return { kind: 'read', documentId, extract, seconds: (performance.now() - begun) / MS_PER_SECOND }
    },
    async assemble({ documentId, fileName, pageJobIds }, { signal }) {
      const artefacts = store.pages.findAll(pageJobIds).flatMap((page) => page.artefact ?? [])
      const outcome = await pool.run('assemble', { directory: store.directory, fileName, artefacts }, signal)
      return { kind: 'assembled', documentId, pageJobIds, outcome }
    },
    async publish({ stateId }) {
      const written = writeOutputs(store.directory, publishedDocuments(store))
      recordPublication(store, stateId, written)
      return { kind: 'published' }
    },
  }
}
