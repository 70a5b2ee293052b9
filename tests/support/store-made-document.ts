import { packText } from '../../src/store/artefacts.ts'
import { keepOutcome, packOutcome } from '../../src/store/assemblies.ts'
import type { Store } from '../../src/store/open-store.ts'

export interface MadeDocument {
  readonly documentId: string
  readonly fileName: string
  readonly outcome: Parameters<typeof packOutcome>[0]
  /** Points. */
  readonly pageSize: { readonly width: number; readonly height: number }
}

/** Puts a document of one page without pixels into a store, as an ingest leaves it; gives the id of its assembly. */
export async function storeMadeDocument(
  store: Store,
  { documentId, fileName, outcome, pageSize }: MadeDocument,
): Promise<string> {
  const assemblyId = `assemble__${documentId}`
  const page = `page__${documentId}__v1-both`
  const extract = { pageNumber: 1, kind: 'scan', reason: '', ...pageSize, lines: [], tables: [], warnings: [] }
  const artefact = await store.artefacts.put(packText(JSON.stringify(extract)))
  const assembly = await keepOutcome(store.artefacts, assemblyId, packOutcome(outcome))
  const input = { documentId, path: `/made/${fileName}`, fileName, byteSize: 1 }
  const given = {
    givenPublisher: null,
    givenFiscalYear: null,
    givenDistrict: null,
    givenDepartment: null,
    sourceUrl: null,
    selection: 'all',
    readers: 'both',
  }
  await store.transaction(async (tables) => {
    await tables.documents.register({ ...input, ...given }, { code: 'document/unfinished', message: '', remedy: '' })
    await tables.documents.setNames(documentId, [{ path: input.path, fileName }])
    await tables.documents.setOpened(documentId, { openedId: 'x', title: null, pageCount: 1 })
    await tables.documents.setPlan(documentId, [page], assemblyId)
    await tables.documents.setStatus(documentId, 'complete', null)
    const stored = { pageNumber: 1, kind: 'scan', reason: '', tableCount: 1, artefact, seconds: 0 } as const
    await tables.pages.save(documentId, [{ jobId: page, page: stored }])
    await tables.assemblies.save(documentId, assembly)
  })
  return assemblyId
}
