import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type Behaviour,
  type FakeDocument,
  fakeDocument,
  makeFolder,
  noisyDocument,
  writeFakes,
} from './support/fake-document.ts'
import { runIngest } from './support/run-ingest.ts'

interface DocumentLine {
  readonly file_name: string
  readonly status: string
  readonly error: { readonly code: string; readonly remedy: string } | null
  readonly pages: readonly { readonly error: { readonly code: string } | null }[]
}

function documentsOf(out: string): (name: string) => DocumentLine {
  const lines = readFileSync(join(out, 'documents.jsonl'), 'utf8').trimEnd().split('\n')
  const documents = lines.map((line) => JSON.parse(line) as DocumentLine)
  return (name) => {
    const found = documents.find((document) => document.file_name === name)
    if (found === undefined) throw new Error(`documents.jsonl has no ${name}`)
    return found
  }
}

const opensLike = (opening: Behaviour): FakeDocument => ({ ...fakeDocument(`open ${opening}`, ['read']), opening })
const withMiddlePage = (behaviour: Behaviour): FakeDocument => fakeDocument(behaviour, ['read', behaviour, 'read'])
/** Its quick pages are asked for several at a time, one that does not come to an end among them. */
const amongQuickPages = (behaviour: Behaviour): FakeDocument =>
  fakeDocument(
    `among ${behaviour}`,
    Array.from({ length: 24 }, (_, index) => (index === 11 ? behaviour : 'read')),
  )

/** What goes wrong, in one batch beside a good document. Hanging has its own: it is bound by a short limit. */
let afterTrouble: (name: string) => DocumentLine
let afterHanging: (name: string) => DocumentLine
/** How often the document that hangs when it is put together was. */
let triesTogether = 0

beforeAll(async () => {
  const folder = makeFolder()
  const inputs = writeFakes(folder, {
    'throw.pdf': withMiddlePage('throw'),
    'abort.pdf': withMiddlePage('abort'),
    'heap-full.pdf': withMiddlePage('heap-full'),
    'leak.pdf': withMiddlePage('leak'),
    'refuse.pdf': withMiddlePage('refuse'),
    'leak-once.pdf': withMiddlePage('leak-once'),
    'among-abort.pdf': amongQuickPages('abort'),
    'among-leak.pdf': amongQuickPages('leak'),
    'among-refuse.pdf': amongQuickPages('refuse'),
    'open-abort.pdf': opensLike('abort'),
    'open-leak.pdf': opensLike('leak'),
    'all-refuse.pdf': fakeDocument('all', ['refuse', 'refuse']),
    'good.pdf': fakeDocument('good', ['read']),
  })
  writeFileSync(join(inputs, 'web.pdf'), '<html>')
  writeFileSync(join(inputs, 'huge.pdf'), ' '.repeat(1024 * 1024 + 1))
  mkdirSync(join(inputs, 'folder.pdf'))
  await runIngest([inputs], join(folder, 'out'))
  afterTrouble = documentsOf(join(folder, 'out'))

  const hanging = makeFolder()
  const hangingInputs = writeFakes(hanging, {
    'hang.pdf': withMiddlePage('hang'),
    'hang-once.pdf': withMiddlePage('hang-once'),
    'among-hang.pdf': amongQuickPages('hang'),
    'slow-readers.pdf': withMiddlePage('slow-readers'),
    'long-page.pdf': withMiddlePage('long-page'),
    'all-long.pdf': fakeDocument('all long', Array<Behaviour>(4).fill('long-page')),
    'all-noise.pdf': noisyDocument(6),
    'all-hang.pdf': fakeDocument('all hang', Array<Behaviour>(9).fill('hang')),
    'open-hang.pdf': opensLike('hang'),
    'hangs-together.pdf': fakeDocument('together', ['read', 'read']),
    'good.pdf': fakeDocument('good', ['read']),
  })
  const limits = { pageTimeoutMs: 2000, openTimeoutMs: 2000 }
  await runIngest([hangingInputs], join(hanging, 'out'), { limits })
  afterHanging = documentsOf(join(hanging, 'out'))
  triesTogether = readFileSync(join(hanging, 'out', 'put-together.txt'), 'utf8').split('\n').length - 1
}, 240_000)

describe('a page costs only itself', () => {
  test.each([
    ['throw.pdf', 'page/crash'],
    ['abort.pdf', 'page/crash'],
    ['leak.pdf', 'page/out-of-memory'],
    ['heap-full.pdf', 'page/out-of-memory'],
    ['refuse.pdf', 'page/too-large'],
    ['hang.pdf', 'page/timeout'],
  ])('%s is partial, its middle page has %s', (name, code) => {
    const document = name === 'hang.pdf' ? afterHanging(name) : afterTrouble(name)
    expect(document.status).toBe('partial')
    expect(document.pages.map((page) => page.error?.code ?? null)).toEqual([null, code, null])
  })

  test.each([
    ['among-abort.pdf', 'page/crash'],
    ['among-leak.pdf', 'page/out-of-memory'],
    ['among-refuse.pdf', 'page/too-large'],
    ['among-hang.pdf', 'page/timeout'],
  ])('%s: also where it was asked for together with others', (name, code) => {
    const document = name.includes('hang') ? afterHanging(name) : afterTrouble(name)
    const failed = document.pages.flatMap(({ error }, index) => (error === null ? [] : [[index + 1, error.code]]))
    expect([document.status, failed]).toEqual(['partial', [[12, code]]])
  })

  test('and is tried again on a fresh child', () => {
    expect(afterTrouble('leak-once.pdf').status).toBe('complete')
    expect(afterHanging('hang-once.pdf').status).toBe('complete')
  })
})

test('a document all of whose pages hang is given up before each has had its time, twice', () => {
  const codes = afterHanging('all-hang.pdf').pages.map((page) => page.error?.code)
  expect(new Set(codes)).toEqual(new Set(['page/timeout', 'page/not-tried']))
  expect(codes.filter((code) => code === 'page/timeout').length).toBeLessThanOrEqual(5)
})

test('a page that slow readers read has more time', () => {
  expect(afterHanging('slow-readers.pdf').status).toBe('complete')
})

test('a page that goes forward, however long, is not taken for one that hangs', () => {
  expect(afterHanging('long-page.pdf').status).toBe('complete')
})

test('of a document whose pages all take long each is read, as long as they give a text', () => {
  expect(afterHanging('all-long.pdf').status).toBe('complete')
  const noise = afterHanging('all-noise.pdf')
  expect(noise.status).toBe('partial')
  expect(noise.pages.at(0)?.error).toBeNull()
  expect(noise.pages.at(-1)?.error?.code).toBe('page/not-tried')
})

test('a document that cannot be put together in time is tried once, and its pages stay read', () => {
  expect(triesTogether).toBe(1)
  expect(afterHanging('hangs-together.pdf').pages.map(({ error }) => error)).toEqual([null, null])
})

describe('a document fails alone, with a code and a remedy', () => {
  test.each([
    ['open-abort.pdf', 'document/crash'],
    ['open-leak.pdf', 'document/out-of-memory'],
    ['open-hang.pdf', 'document/timeout'],
    ['hangs-together.pdf', 'document/timeout'],
    ['web.pdf', 'document/not-a-pdf'],
    ['all-refuse.pdf', 'page/too-large'],
    ['huge.pdf', 'document/too-large'],
  ])('%s: %s', (name, code) => {
    const document = name.includes('hang') ? afterHanging(name) : afterTrouble(name)
    expect([document.status, document.error?.code]).toEqual(['failed', code])
    expect(document.error?.remedy).toMatch(/\w/)
  })

  test('and the good ones beside are complete', () => {
    expect([afterTrouble('good.pdf').status, afterHanging('good.pdf').status]).toEqual(['complete', 'complete'])
  })
})
