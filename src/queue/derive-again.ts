import type { PageExtract } from '../model/page.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import type { PublishedDocument } from '../publish/published-document.ts'
import { USUAL_AUDIT } from '../review/audit-sample.ts'
import { unpackOutcome } from '../store/assemblies.ts'
import type { Store } from '../store/open-store.ts'
import { unpackExtract } from './packed-answers.ts'
import type { PagePool } from './page-pool.ts'
import { toPublishedWith } from './publication.ts'
import { judgementsOf } from './review-index.ts'

export interface DeriveServices {
  readonly store: Store
  readonly pool: PagePool
  /** Where the document lies now; it must have the content that was ingested. */
  readonly path: string
  readonly signal: AbortSignal
}

/** A document derived again, and why some of its pages could not be read; those are as the store has them. */
export interface DerivedDocument {
  readonly document: PublishedDocument
  readonly failures: ReadonlyMap<number, PipelineError>
}

/**
 * Reads these pages of a document from its file once more, by the readers that read it, and puts the document together from
 * them, from the other pages as the store has them, and from what people said of it. Nothing is written.
 * Throws PipelineError where nothing can be derived, and the signal's reason.
 */
export async function deriveAgain(
  { store, pool, path, signal }: DeriveServices,
  documentId: string,
  pageNumbers: readonly number[],
): Promise<DerivedDocument> {
  const document = await store.documents.find(documentId)
  if (document === null) throw new PipelineError('output/not-found', `the store has no document ${documentId}`)
  const { readers, fileName, pageJobIds } = document
  await pool.run('open', { path, documentId }, signal)
  const fresh: PageExtract[] = []
  const failures = new Map<number, PipelineError>()
  const readPage = async (pageNumber: number) => {
    try {
      fresh.push(unpackExtract(await pool.run('page', { path, documentId, pageNumber, readers }, signal)))
    } catch (error) {
      if (!(error instanceof PipelineError) || signal.aborted) throw error
      failures.set(pageNumber, error)
    }
  }
  await Promise.all(pageNumbers.map(readPage))
  const isFresh = (pageNumber: number) => fresh.some((extract) => extract.pageNumber === pageNumber)
  const others = (await store.pages.findAll(pageJobIds)).filter(({ pageNumber }) => !isFresh(pageNumber))
  const artefacts = others.flatMap(({ artefact }) => artefact ?? [])
  const reviewed = await judgementsOf(store, documentId, pageJobIds)
  const request = { location: store.location, fileName, artefacts, reviewed, fresh, audit: USUAL_AUDIT }
  const assembled = await pool.run('assemble', request, signal)
  return { document: await toPublishedWith(store, document, unpackOutcome(assembled)), failures }
}
