import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PipelineError } from '../../src/model/pipeline-error.ts'
import { packText } from '../../src/store/artefacts.ts'
import type { DocumentInput } from '../../src/store/documents.ts'
import { openStore, type Store } from '../../src/store/open-store.ts'
import type { ReadPage } from '../../src/store/pages.ts'
import { hideSecrets, localStore, parseStoreAddress } from '../../src/store/store-location.ts'
import { isRetryableCode, toStoredError } from '../../src/store/stored-error.ts'
import { POSTGRES_PROGRAMS, type PostgresServer, startPostgres } from '../support/postgres-server.ts'

const unfinished = toStoredError(new PipelineError('document/unfinished', 'begun'))
const timeout = toStoredError(new PipelineError('page/timeout', 'slow'))
const tooLarge = toStoredError(new PipelineError('page/too-large', 'huge'))

const INPUT: DocumentInput = {
  documentId: 'd1',
  path: '/in/预算.pdf',
  fileName: '预算.pdf',
  byteSize: 209_715_200,
  givenPublisher: null,
  givenFiscalYear: 2024,
  givenDistrict: '江汉区',
  givenDepartment: null,
  sourceUrl: 'https://example.org/x.pdf',
  selection: 'all',
  readers: 'both',
}

const PAGE: ReadPage = { pageNumber: 1, kind: 'scan', reason: 'a picture', tableCount: 2, artefact: 'a1', seconds: 0.5 }

let postgres: PostgresServer | null = null
beforeAll(async () => {
  postgres = POSTGRES_PROGRAMS === null ? null : await startPostgres()
})
afterAll(() => postgres?.close())

const BACKENDS = [
  { name: 'SQLite', isThere: true, place: async () => null },
  {
    name: 'PostgreSQL',
    isThere: POSTGRES_PROGRAMS !== null,
    place: async () => (await postgres?.createPlace()) ?? null,
  },
]

describe.each(BACKENDS)('a store in $name', ({ isThere, place }) => {
  describe.skipIf(!isThere)('keeps', () => {
    let store: Store

    beforeEach(async () => {
      const directory = mkdtempSync(join(tmpdir(), 'gongkai-store-'))
      store = await openStore({ ...localStore(directory), database: await place() })
    })
    afterEach(() => store.close())

    test('any text among the artefacts as it was, under one name', async () => {
      const texts = fc.string({ unit: 'grapheme' })
      await fc.assert(
        fc.asyncProperty(texts, async (text) => {
          const hash = await store.artefacts.put(packText(text))
          expect(await store.artefacts.put(packText(text))).toBe(hash)
          expect(await store.artefacts.get(hash)).toBe(text)
        }),
        { numRuns: 50 },
      )
    })

    test('no artefact that is not what its name says', async () => {
      const [hash, other] = [await store.artefacts.put(packText('one')), await store.artefacts.put(packText('two'))]
      const { body } = await store.query
        .selectFrom('artefacts')
        .select('body')
        .where('hash', '=', other)
        .executeTakeFirstOrThrow()
      await store.query.updateTable('artefacts').set({ body }).where('hash', '=', hash).execute()
      await expect(store.artefacts.get(hash)).rejects.toThrow('damaged')
      await expect(store.artefacts.get('no such name')).rejects.toThrow('missing')
    })

    test('a document as it was registered, unfinished until told otherwise', async () => {
      await store.documents.register(INPUT, unfinished)
      expect(await store.documents.get('d1')).toEqual({
        ...INPUT,
        openedId: null,
        title: null,
        pageCount: null,
        pageJobIds: [],
        assembleId: null,
        status: 'failed',
        error: unfinished,
      })
      expect(await store.documents.find('d2')).toBeNull()
    })

    test('texts with the character 0, which no database takes whole', async () => {
      await store.documents.register({ ...INPUT, givenPublisher: '某\0局' }, unfinished)
      expect((await store.documents.get('d1')).givenPublisher).toBe('某\ufffd局')
    })

    test('what is known of a document when it is registered again; what was given goes on unless it is given anew', async () => {
      await store.documents.register(INPUT, unfinished)
      await store.documents.setOpened('d1', { openedId: 'o1', title: '部门预算', pageCount: 7 })
      await store.documents.setPlan('d1', ['p1', 'p2'], 'a1')
      await store.documents.setStatus('d1', 'complete', null)
      await store.documents.register(
        {
          ...INPUT,
          givenPublisher: '局',
          givenFiscalYear: null,
          givenDistrict: null,
          givenDepartment: '财政局',
          sourceUrl: null,
          selection: '2',
        },
        unfinished,
      )
      expect(await store.documents.get('d1')).toMatchObject({
        givenPublisher: '局',
        givenFiscalYear: 2024,
        givenDistrict: '江汉区',
        givenDepartment: '财政局',
        sourceUrl: 'https://example.org/x.pdf',
        selection: '2',
        title: '部门预算',
        pageCount: 7,
        pageJobIds: ['p1', 'p2'],
        assembleId: 'a1',
        status: 'complete',
        error: null,
      })
    })

    test('a path under the content that it held last, and documents with a name only', async () => {
      const nameOf = (path: string) => ({ path, fileName: path.slice(1) })
      for (const documentId of ['d2', 'd1']) await store.documents.register({ ...INPUT, documentId }, unfinished)
      await store.documents.setNames('d1', [nameOf('/Z.pdf'), nameOf('/a.pdf')])
      await store.documents.setNames('d2', [nameOf('/b.pdf')])
      expect(await store.documents.namesOf('d1')).toEqual([nameOf('/Z.pdf'), nameOf('/a.pdf')])
      expect(await store.documents.ids()).toEqual(['d1', 'd2'])
      await store.documents.setNames('d1', [nameOf('/b.pdf')])
      expect(await store.documents.ids()).toEqual(['d1'])
    })

    test('a page by its job, in the order asked; the same job writing again replaces itself', async () => {
      await store.pages.saveError('p1', 'd1', 1, timeout)
      await store.pages.save('d1', [{ jobId: 'p1', page: { ...PAGE, kind: 'text' } }])
      await store.pages.save('d1', [{ jobId: 'p1', page: PAGE }])
      await store.pages.saveError('p2', 'd1', 2, timeout)
      expect(await store.pages.findAll(['p2', 'p3', 'p1'])).toEqual([
        expect.objectContaining({
          jobId: 'p2',
          pageNumber: 2,
          kind: null,
          tableCount: 0,
          artefact: null,
          error: timeout,
        }),
        { jobId: 'p1', documentId: 'd1', ...PAGE, error: null },
      ])
      expect(await store.pages.missing(['p3', 'p1', 'p4'])).toEqual(['p3', 'p4'])
      expect((await store.pages.findFailed(['p1', 'p2'])).map((page) => page.jobId)).toEqual(['p2'])
    })

    test('a page that was read against a failure that comes late', async () => {
      await store.pages.save('d1', [{ jobId: 'p1', page: PAGE }])
      await store.pages.saveError('p1', 'd1', 1, timeout)
      expect(await store.pages.findAll(['p1'])).toMatchObject([{ error: null, artefact: 'a1' }])
    })

    test('how many pages have ended since when', async () => {
      const before = Date.now()
      await store.pages.save('d1', [{ jobId: 'p1', page: PAGE }])
      await store.pages.saveError('p2', 'd1', 2, timeout)
      expect(await store.pages.endedSince(before)).toEqual({ pages: 2, firstAt: expect.any(Number) })
      expect(await store.pages.endedSince(before + 3_600_000)).toEqual({ pages: 0, firstAt: null })
    })

    test('failures until they are forgotten', async () => {
      await store.pages.save('d1', [{ jobId: 'p1', page: PAGE }])
      await store.pages.saveError('p2', 'd1', 2, timeout)
      await store.pages.saveError('p3', 'd1', 3, tooLarge)
      await store.pages.forgetErrors('d1', isRetryableCode)
      expect(await store.pages.missing(['p1', 'p2', 'p3'])).toEqual(['p2'])
      await store.pages.forgetErrors('d1', () => true)
      expect(await store.pages.missing(['p1', 'p2', 'p3'])).toEqual(['p2', 'p3'])
    })

    test('more keys than one statement takes', async () => {
      const jobIds = Array.from({ length: 1200 }, (_, index) => `p${index}`)
      await store.transaction(async ({ pages }) => {
        for (const [index, jobId] of jobIds.entries())
          await pages.save('d1', [{ jobId, page: { ...PAGE, pageNumber: index + 1 } }])
      })
      expect((await store.pages.findAll(jobIds)).map((page) => page.jobId)).toEqual(jobIds)
    })

    test('what an assembly came to, the last that was said', async () => {
      const counts = { records: 3, accepted: 2, checks: 5, holding: 4, contradicted: 1, unread: 2 }
      const assembly = { jobId: 'a1', artefact: 'x', ...counts }
      await store.assemblies.save('d1', { ...assembly, records: 9 })
      await store.assemblies.save('d1', assembly)
      expect(await store.assemblies.find('a1')).toEqual(assembly)
      expect(await store.assemblies.findAll(['a2', 'a1'])).toEqual(new Map([['a1', assembly]]))
      expect([await store.assemblies.has('a1'), await store.assemblies.has('a2')]).toEqual([true, false])
    })

    test('which state was published last in a folder', async () => {
      expect(await store.publications.find('')).toBeNull()
      await store.publications.save('', { stateId: 's1', files: [] })
      await store.publications.save('', { stateId: 's2', files: [{ name: 'records.jsonl', byteSize: 5_000_000_000 }] })
      expect(await store.publications.find('elsewhere')).toBeNull()
      expect(await store.publications.find('')).toEqual({
        stateId: 's2',
        files: [{ name: 'records.jsonl', byteSize: 5_000_000_000 }],
      })
    })

    test('nothing of a transaction that throws', async () => {
      const work = store.transaction(async ({ documents, pages }) => {
        await documents.register(INPUT, unfinished)
        await pages.save('d1', [{ jobId: 'p1', page: PAGE }])
        throw new Error('stop')
      })
      await expect(work).rejects.toThrow('stop')
      expect([await store.documents.find('d1'), await store.pages.has('p1')]).toEqual([null, false])
    })

    test('one transaction out of the way of another that locks the same document', async () => {
      await store.documents.register(INPUT, unfinished)
      const seen: number[] = []
      const readPage = (jobId: string) =>
        store.transaction(async ({ documents, pages }) => {
          await documents.lock('d1')
          await pages.save('d1', [{ jobId, page: PAGE }])
          await sleep(20)
          seen.push((await pages.findAll(['p1', 'p2'])).length)
        })
      await Promise.all([readPage('p1'), readPage('p2')])
      expect(seen).toEqual([1, 2])
    })

    test('its tables when it is opened again, several times at once', async () => {
      await store.documents.register(INPUT, unfinished)
      await store.documents.setNames('d1', [{ path: INPUT.path, fileName: INPUT.fileName }])
      const again = await Promise.all([openStore(store.location), openStore(store.location, 'existing')])
      for (const other of again) {
        expect([other.storeId, await other.documents.ids()]).toEqual([store.storeId, ['d1']])
      }
      await Promise.all(again.map((other) => other.close()))
    })
  })
})

describe.skipIf(POSTGRES_PROGRAMS === null)('a PostgreSQL that goes away', () => {
  test('is waited for, and a transaction that it cut off is done again as a whole', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gongkai-store-'))
    const server = await startPostgres()
    const store = await openStore({ ...localStore(directory), database: await server.createPlace() })
    let tries = 0
    await store.transaction(async ({ documents }) => {
      tries += 1
      await documents.register(INPUT, unfinished)
      if (tries > 1) return
      await server.kill()
      await server.start()
      await documents.find('d1')
    })
    expect([tries, (await store.documents.get('d1')).fileName]).toEqual([2, INPUT.fileName])
    await server.kill()
    const waiting = store.documents.get('d1')
    await server.start()
    expect((await waiting).fileName).toBe(INPUT.fileName)
    await store.close()
    await server.close()
  })

  test('before it was ever reached is told with what to do', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'gongkai-store-'))
    const opening = openStore({ ...localStore(directory), database: 'postgres://u:secret@127.0.0.1:1/x' }, 'create')
    const error = await opening.catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'store/unavailable', remedy: expect.stringContaining('--store') })
    expect(String(error)).not.toContain('secret')
  })
})

describe('an address of a store', () => {
  test.each([
    ['sqlite', null],
    ['postgres://u@h/d', 'postgres://u@h/d'],
    ['postgresql://h/d', 'postgresql://h/d'],
  ])('%s is taken', (text, address) => expect(parseStoreAddress(text)).toBe(address))

  test.each(['mysql://h/d', 'file.sqlite', ''])('"%s" is refused', (text) => {
    expect(() => parseStoreAddress(text)).toThrow('--store')
  })

  test.each([
    ['postgres://u:secret@h/d?options=x', 'postgres://u:***@h/d'],
    ['nonsense://u:secret@h:port:9/', 'nonsense://…@h:port:9/'],
    ['postgres://u:sec/ret@h/d', 'postgres://…@h/d'],
    ['postgres://u:s@c/ret@h/d', 'postgres://…@h/d'],
    ['postgres://u:12/ret@h/d', 'postgres://…@h/d'],
    ['postgres://u:sec#ret@h/d', 'postgres://…'],
    ['postgres://u:12?ret@h/d', 'postgres://…'],
    ['postgres://u:s@c?ret@h/d', 'postgres://…'],
  ])('%s is shown without its password', (address, shown) => expect(hideSecrets(address)).toBe(shown))
})
