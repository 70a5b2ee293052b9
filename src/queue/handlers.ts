import { USUAL_AUDIT } from '../review/audit-sample.ts'
import { keepOutcome } from '../store/assemblies.ts'
import type { Store } from '../store/open-store.ts'
import type { ReadPage } from '../store/pages.ts'
import type { PackedReading } from './child-protocol.ts'
import type { Handlers } from './job-queue.ts'
import type { Outcome } from './outcome.ts'
import type { PagePool } from './page-pool.ts'
import { writePublication } from './publication.ts'
import { indexIdOf, judgementsOf } from './review-index.ts'
import type { SourceFiles } from './source-files.ts'
import type { WorkVersions } from './stages.ts'

/** What handlers may use; nothing else reaches the world. */
export interface Services {
  readonly store: Store
  readonly pool: PagePool
  readonly files: SourceFiles
  readonly versions: WorkVersions
  /** Told what a page's reading had to go without; the same may be told for every page. */
  readonly onNotice: (notice: string) => void
}

const MS_PER_SECOND = 1000

/** What each stage does. The heavy work happens in the pool; here is only what to ask and what to keep. */
export function createHandlers({ store, pool, files, versions, onNotice }: Services): Handlers<Outcome> {
  return {
    async document({ documentId }, { signal }) {
      const { title, pageCount } = await withFile(files, documentId, (path) =>
        pool.run('open', { path, documentId }, signal),
      )
      return { kind: 'opened', documentId, title, pageCount }
    },
    async page({ documentId, pageNumber, readers }, { signal, onProgress }) {
      const begun = performance.now()
      const reading = await withFile(files, documentId, (path) =>
        pool.run('page', { path, documentId, pageNumber, readers }, signal, onProgress),
      )
      if (reading.notice !== null) onNotice(reading.notice)
      const seconds = (performance.now() - begun) / MS_PER_SECOND
      await store.artefacts.put(reading.extract)
      return { kind: 'read', documentId, page: toReadPage(reading, seconds) }
    },
    async pages(payloads, { signal }) {
      const [first] = payloads
      if (first === undefined) return []
      const { documentId, readers } = first
      const begun = performance.now()
      const pageNumbers = payloads.map(({ pageNumber }) => pageNumber)
      const { readings } = await withFile(files, documentId, (path) =>
        pool.run('pages', { path, documentId, pageNumbers, readers }, signal),
      )
      for (const { notice } of readings) if (notice !== null) onNotice(notice)
      const seconds = (performance.now() - begun) / MS_PER_SECOND / readings.length
      await store.artefacts.putAll(readings.map(({ extract }) => extract))
      return readings.map((reading) => ({ kind: 'read', documentId, page: toReadPage(reading, seconds) }))
    },
    async assemble({ documentId, fileName, pageJobIds }, { jobId, signal }) {
      const pages = await store.pages.findAll(pageJobIds)
      const artefacts = pages.flatMap((page) => page.artefact ?? [])
      const reviewed = await judgementsOf(store, documentId, pageJobIds)
      const request = { location: store.location, fileName, artefacts, reviewed, audit: USUAL_AUDIT }
      const assembled = await pool.run('assemble', request, signal)
      const assembly = await keepOutcome(store.artefacts, jobId, assembled)
      await store.reviewIndexes.save(documentId, indexIdOf(jobId, USUAL_AUDIT), assembled.index)
      return { kind: 'assembled', documentId, pageJobIds, assembly }
    },
    async publish() {
      await writePublication(store, versions)
      return { kind: 'published' }
    },
  }
}

async function withFile<Result>(
  files: SourceFiles,
  documentId: string,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  const file = await files.open(documentId)
  try {
    return await work(file.path)
  } finally {
    file.release()
  }
}

function toReadPage({ pageNumber, kind, reason, tableCount, extract }: PackedReading, seconds: number): ReadPage {
  return { pageNumber, kind, reason, tableCount, artefact: extract.hash, seconds }
}
