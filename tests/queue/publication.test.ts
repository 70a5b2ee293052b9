import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHandlers } from '../../src/queue/handlers.ts'
import { createPagePool } from '../../src/queue/page-pool.ts'
import { unfinishedError } from '../../src/queue/plan-document.ts'
import { planPublication } from '../../src/queue/publication.ts'
import { filesInPlace } from '../../src/queue/source-files.ts'
import { STAGE_VERSIONS } from '../../src/queue/stages.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import { fakeDocument, makeFolder, writeFakes } from './support/fake-document.ts'
import { FAKE_CHILD, LIMITS, runIngest } from './support/run-ingest.ts'

describe('output files that a publication wrote', () => {
  let store: Store
  let out: string
  let documentId: string

  beforeEach(async () => {
    const folder = makeFolder()
    out = join(folder, 'out')
    const run = await runIngest([writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })], out)
    documentId = run.documentIds[0] ?? ''
    store = await openStore(localStore(out))
  })
  afterEach(() => store.close())

  const complete = () => store.documents.setStatus(documentId, 'complete', null)
  const beginAgain = () => store.documents.setStatus(documentId, 'failed', unfinishedError())
  const rows = () => readFileSync(join(out, 'records.jsonl'), 'utf8').split('\n').length - 1
  const isDue = async () => (await planPublication(store, STAGE_VERSIONS)) !== null

  /** Does a job that an earlier run planned, when all documents were complete. */
  async function publishFrom(seen: Store): Promise<void> {
    const pool = createPagePool(FAKE_CHILD, LIMITS)
    const services = {
      store: seen,
      pool,
      files: filesInPlace(seen),
      versions: STAGE_VERSIONS,
      onNotice: () => undefined,
    }
    const context = { jobId: 'publish', signal: new AbortController().signal, onProgress: () => undefined }
    const stateId = (await store.publications.find(''))?.stateId ?? ''
    await createHandlers(services).publish({ folderId: '', stateId }, context)
    await pool.close()
  }

  test('stand until something changes', async () => {
    expect([rows(), await isDue()]).toEqual([3, false])
  })

  test('while a document was being put together again are due again when that has ended', async () => {
    await beginAgain()
    await publishFrom(store)
    expect(rows()).toBe(0)
    await complete()
    expect(await isDue()).toBe(true)
    await publishFrom(store)
    expect([rows(), await isDue()]).toEqual([3, false])
  })

  test('while a document ended are due again', async () => {
    await beginAgain()
    const { namesOf } = store.documents
    // Whoever asks what it is called sees it end meanwhile.
    const documents: Store['documents'] = {
      ...store.documents,
      namesOf: async (id) => {
        const names = await namesOf(id)
        await complete()
        return names
      },
    }
    await publishFrom({ ...store, directory: store.directory, documents })
    expect(await isDue()).toBe(true)
  })
})
