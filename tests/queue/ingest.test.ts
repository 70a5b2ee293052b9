import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { PipelineError } from '../../src/model/pipeline-error.ts'
import { createPagePool } from '../../src/queue/page-pool.ts'
import { STAGE_VERSIONS } from '../../src/queue/stages.ts'
import { summarizeDocuments } from '../../src/queue/summarize-documents.ts'
import type { WorkProgress } from '../../src/queue/work-off.ts'
import { openStore } from '../../src/store/open-store.ts'
import { localStore } from '../../src/store/store-location.ts'
import { type Behaviour, fakeDocument, makeFolder, writeFakes } from './support/fake-document.ts'
import { FAKE_CHILD, LIMITS, type RunChange, runIngest as runWithPool } from './support/run-ingest.ts'

let folder = ''
let out = ''

/** Shared by all runs of this file: to start a process costs more than to read a fake page. */
const pool = createPagePool(FAKE_CHILD, LIMITS)
afterAll(() => pool.close())

const runIngest = (inputs: readonly string[], directory: string, change: RunChange = {}) =>
  runWithPool(inputs, directory, { pool, ...change })

beforeEach(() => {
  folder = makeFolder()
  out = join(folder, 'out')
})

function linesOf(file: string): Record<string, unknown>[] {
  const text = readFileSync(join(out, file), 'utf8')
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]))
}

const outputBytes = () =>
  readdirSync(out)
    .filter((name) => /\.(jsonl|csv)$/.test(name))
    .map((name) => [name, readFileSync(join(out, name), 'utf8')])

describe('a batch', () => {
  test('comes out as records, documents and checks, sorted, with every row once', async () => {
    const inputs = writeFakes(folder, {
      'b.pdf': fakeDocument('second', ['read', 'read']),
      'a.pdf': fakeDocument('first', ['read']),
    })
    await runIngest([inputs], out)
    const records = linesOf('records.jsonl')
    expect(records).toHaveLength(9)
    const ids = records.map((record) => record.record_id)
    expect(ids).toEqual([...ids].sort())
    expect(new Set(ids).size).toBe(9)
    expect(linesOf('documents.jsonl').map((document) => document.status)).toEqual(['complete', 'complete'])
  })

  test('does no work twice', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'read']) })
    const first = await runIngest([inputs], out)
    const before = outputBytes()
    const second = await runIngest([inputs], out)
    expect([first.pagesRead, first.upToDate.length]).toEqual([2, 0])
    expect([second.pagesRead, second.upToDate.length]).toEqual([0, 1])
    expect(outputBytes()).toEqual(before)
  })

  test.skipIf(!existsSync('/proc/uptime'))(
    'does not wait for what the kernel shows as a file: it counts as empty',
    async () => {
      const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
      // Of /proc/kmsg this kind of file never ends; this one has as little size and ends.
      symlinkSync('/proc/uptime', join(inputs, 'kernel.pdf'))
      await runIngest([inputs], out)
      const kernel = linesOf('documents.jsonl').find(({ file_name }) => file_name === 'kernel.pdf')
      expect(kernel?.document_id).toBe(createHash('sha256').digest('hex'))
    },
  )

  test('does not read a file that is many times too large', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    writeFileSync(join(inputs, 'endless.pdf'), '')
    truncateSync(join(inputs, 'endless.pdf'), 2 ** 40)
    const { inputFailures } = await runIngest([inputs], out)
    expect(inputFailures.map(({ path, error }) => [basename(path), error.code])).toEqual([
      ['endless.pdf', 'document/too-large'],
    ])
    expect(linesOf('documents.jsonl').map(({ status }) => status)).toEqual(['complete'])
  })

  test('reads files of one content once, and tells which they are', async () => {
    const a = fakeDocument('a', ['read', 'read'])
    const inputs = writeFakes(folder, { 'a.pdf': a, 'b.pdf': fakeDocument('b', ['read']), 'c.pdf': a })
    const run = await runIngest([inputs, join(inputs, 'a.pdf')], out)
    expect([run.documentIds.length, run.pagesRead]).toEqual([2, 3])
    expect(run.repeated).toEqual([{ path: join(inputs, 'c.pdf'), sameAs: join(inputs, 'a.pdf') }])
  })

  test('writes an output file again that somebody removed', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    await runIngest([inputs], out)
    const before = outputBytes()
    renameSync(join(out, 'records.jsonl'), join(out, 'gone'))
    await runIngest([inputs], out)
    expect(outputBytes()).toEqual(before)
  })

  test.each([
    ['page', 2],
    ['assemble', 0],
    ['document', 0],
  ] as const)('runs again from the stage whose version was bumped: %s', async (stage, pagesRead) => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'read']) })
    await runIngest([inputs], out)
    const versions = { ...STAGE_VERSIONS, [stage]: STAGE_VERSIONS[stage] + 1 }
    const bumped = await runIngest([inputs], out, { plan: { versions } })
    expect([bumped.pagesRead, bumped.upToDate.length]).toEqual([pagesRead, 0])
    expect(linesOf('records.jsonl')).toHaveLength(6)
  })

  test('reads only the pages that are new when the selection grows', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'read', 'read']) })
    await runIngest([inputs], out, { selection: '2' })
    expect(linesOf('records.jsonl').map((record) => record.page_number)).toEqual([2, 2, 2])
    const grown = await runIngest([inputs], out)
    expect(grown.pagesRead).toBe(2)
    expect(linesOf('records.jsonl')).toHaveLength(9)
  })

  test('knows one content under two names as one document', async () => {
    const document = fakeDocument('same', ['read'])
    const inputs = writeFakes(folder, { 'z.pdf': document, 'a.pdf': document })
    const run = await runIngest([inputs], out)
    expect(run.documentIds).toHaveLength(1)
    expect(linesOf('documents.jsonl')).toMatchObject([{ file_name: 'a.pdf', other_names: ['z.pdf'] }])
  })

  test('drops content that was replaced under its only name', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('draft', ['read']) })
    await runIngest([inputs], out)
    writeFakes(folder, { 'a.pdf': fakeDocument('final', ['read']) })
    await runIngest([inputs], out)
    expect(linesOf('documents.jsonl')).toMatchObject([{ title: 'final' }])
  })

  test('takes publisher and year from a manifest before those of the document', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    const manifest = join(inputs, 'list.csv')
    writeFileSync(manifest, '\uFEFFpath,fiscal_year,publisher\r\na.pdf,2031,"局, 甲"\r\nmissing.pdf,,\r\n')
    const run = await runIngest([manifest], out)
    expect(linesOf('records.jsonl')[0]).toMatchObject({ publisher: '局, 甲', fiscal_year: 2031 })
    expect(run.inputFailures.map((failure) => failure.error.code)).toEqual(['input/not-found'])
  })
})

test('documents on the web are downloaded, once, and one content at two places is one document', async () => {
  const served = JSON.stringify(fakeDocument('web', ['read']))
  let requests = 0
  const server = createServer((_, response) => {
    requests += 1
    response.end(served)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const manifest = join(folder, 'list.csv')
  const url = `http://127.0.0.1:${port}/%E9%A2%84%E7%AE%97.pdf`
  writeFileSync(manifest, `url,district,department\n${url},江汉区,财政局\n`)
  writeFileSync(join(folder, 'same.pdf'), served)
  await runIngest([manifest, join(folder, 'same.pdf')], out)
  await runIngest([manifest, join(folder, 'same.pdf')], out)
  server.close()
  expect(requests).toBe(1)
  const [document, ...others] = linesOf('documents.jsonl')
  expect([document?.file_name, document?.other_names].flat().toSorted()).toEqual(['same.pdf', '预算.pdf'])
  expect(document).toMatchObject({ district: '江汉区', department: '财政局', source_url: url, status: 'complete' })
  expect(others).toEqual([])
})

const stopAfterPage = (stop: AbortController) => (progress: WorkProgress) => {
  if (progress.pagesDone > 0) stop.abort()
}

test('a failure that another try may mend is tried again by the next run, others are not', async () => {
  const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['throw', 'refuse', 'read']) })
  const first = await runIngest([inputs], out)
  const second = await runIngest([inputs], out)
  expect([first.pagesRead, second.pagesRead]).toEqual([3, 1])
})

test('a page that is read at the second run brings its rows into the output', async () => {
  const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'throw-twice', 'read']) })
  await runIngest([inputs], out)
  expect(linesOf('records.jsonl').map((record) => record.page_number)).toEqual([1, 1, 1, 3, 3, 3])
  await runIngest([inputs], out)
  expect(linesOf('documents.jsonl')).toMatchObject([{ status: 'complete' }])
  expect(linesOf('records.jsonl').map((record) => record.page_number)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3])
})

test('a document of too many pages can be taken in parts', async () => {
  const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'read', 'read']) })
  await runIngest([inputs], out, { plan: { maxPages: 2 } })
  expect(linesOf('documents.jsonl')).toMatchObject([{ status: 'failed', error: { code: 'document/too-many-pages' } }])
  await runIngest([inputs], out, { plan: { maxPages: 2 }, selection: '1-2' })
  expect(linesOf('documents.jsonl')).toMatchObject([{ status: 'complete' }])
})

test('a selection that names no page of a document fails it, and the next run may choose others', async () => {
  const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read', 'read']) })
  await runIngest([inputs], out, { selection: '7-9' })
  expect(linesOf('documents.jsonl')).toMatchObject([{ status: 'failed', error: { code: 'document/no-such-pages' } }])
  await runIngest([inputs], out, { selection: '2-9' })
  expect(linesOf('documents.jsonl')).toMatchObject([{ status: 'complete' }])
})

test('what every page had to go without is told once', async () => {
  const document = fakeDocument('a', ['read', 'read'])
  const pages = document.pages.map((page) => ({ ...page, notice: 'one reader reads alone' }))
  const inputs = writeFakes(folder, { 'a.pdf': { ...document, pages } })
  expect((await runIngest([inputs], out)).notices).toEqual(['one reader reads alone'])
})

describe('damaged dictionaries', () => {
  const checkDictionaries = () => {
    throw new PipelineError('dictionaries/damaged', 'index.json')
  }

  test('end a run before any document is touched, and the next run does it all', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    await expect(runIngest([inputs], out, { checkDictionaries })).rejects.toThrow('dictionaries')
    expect(readdirSync(inputs)).toEqual(['a.pdf'])
    await runIngest([inputs], out)
    expect(linesOf('documents.jsonl')).toMatchObject([{ status: 'complete' }])
  })

  test('are not looked at when there is nothing to do', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['read']) })
    await runIngest([inputs], out)
    expect((await runIngest([inputs], out, { checkDictionaries })).upToDate).toHaveLength(1)
  })
})

describe('stopping', () => {
  test('finishes the pages in work, publishes nothing, and the next run takes up the rest', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', Array<Behaviour>(30).fill('slow')) })
    const stop = new AbortController()
    const stopped = await runIngest([inputs], out, { stop: stop.signal, onProgress: stopAfterPage(stop) })
    expect(stopped.wasInterrupted).toBe(true)
    const store = await openStore(localStore(out), 'existing')
    expect(await summarizeDocuments(store, stopped.documentIds)).toMatchObject([{ status: 'unfinished', error: null }])
    await store.close()
    const resumed = await runIngest([inputs], out)
    expect(stopped.pagesRead + resumed.pagesRead).toBe(30)
    expect(linesOf('records.jsonl')).toHaveLength(90)
  })

  test('at once gives the pages back', async () => {
    const inputs = writeFakes(folder, { 'a.pdf': fakeDocument('a', ['hang', 'read']) })
    const stop = new AbortController()
    const stopped = await runIngest([inputs], out, {
      stop: stop.signal,
      abort: stop.signal,
      onProgress: stopAfterPage(stop),
    })
    expect(stopped.wasInterrupted).toBe(true)
    expect(readdirSync(out)).not.toContain('records.jsonl')
  })
})
