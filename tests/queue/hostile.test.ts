import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { PAGE_CHILD_SCRIPT } from '../../src/queue/page-child-script.ts'
import { createPagePool } from '../../src/queue/page-pool.ts'
import { makePdf } from '../extract/pdf/make-pdf.ts'
import { BROKEN_LOCKS, BROKEN_REFERENCES } from '../support/hostile/broken-references.ts'
import { BROKEN_FILTERS } from '../support/hostile/broken-streams.ts'
import { BROKEN_STRUCTURES, OTHER_FILES } from '../support/hostile/broken-structures.ts'
import { HOSTILE_FONTS, LIGHT_CONTENTS } from '../support/hostile/heavy-contents.ts'
import { HELLO, type HostileDocuments } from '../support/hostile/hostile-document.ts'
import { writeHostileDocuments } from '../support/hostile/hostile-documents.ts'
import { HOSTILE_AMOUNTS, LONG_LINES } from '../support/hostile/hostile-texts.ts'
import { STRANGE_CONTENTS } from '../support/hostile/strange-contents.ts'
import { TRICKS } from '../support/hostile/tricks.ts'
import { makeFolder } from './support/fake-document.ts'
import { LIMITS, runIngest } from './support/run-ingest.ts'

interface DocumentLine {
  readonly file_name: string
  readonly status: string
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string } | null
  readonly pages: readonly {
    readonly kind: string | null
    readonly error: { readonly code: string; readonly remedy: string } | null
  }[]
}

/** Those that cost little; bench:hostile takes the others too. */
const BAD: HostileDocuments = {
  ...OTHER_FILES,
  ...BROKEN_STRUCTURES,
  ...BROKEN_REFERENCES,
  ...BROKEN_LOCKS,
  ...BROKEN_FILTERS,
  ...HOSTILE_FONTS,
  ...LIGHT_CONTENTS,
  ...STRANGE_CONTENTS,
  ...TRICKS,
  ...HOSTILE_AMOUNTS,
  ...LONG_LINES,
}
const GOOD: HostileDocuments = {
  'good-before': () => makePdf([{ content: HELLO }]),
  'zz-good-after': () => makePdf([{ content: HELLO }, { content: HELLO }]),
}

let documents: ReadonlyMap<string, readonly DocumentLine[]>

/** All of them as one batch, read by real page processes. Alike ones are one document under two names. */
beforeAll(async () => {
  const folder = makeFolder()
  const inputs = join(folder, 'in')
  writeHostileDocuments(inputs, { ...BAD, ...GOOD })
  const limits = { ...LIMITS, memoryMib: 1500, recycleAfter: 500, pageTimeoutMs: 28_000, openTimeoutMs: 25_000 }
  const pool = createPagePool(PAGE_CHILD_SCRIPT, limits)
  await runIngest([inputs], join(folder, 'out'), { pool, maxFileMib: 50 })
  await pool.close()
  const lines = readFileSync(join(folder, 'out', 'documents.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  const found = lines.map((line) => JSON.parse(line) as DocumentLine & { readonly other_names?: readonly string[] })
  documents = new Map(
    Object.keys({ ...BAD, ...GOOD }).map((name) => [
      name,
      found.filter((one) => [one.file_name, ...(one.other_names ?? [])].includes(`${name}.pdf`)),
    ]),
  )
}, 600_000)

const documentOf = (name: string): DocumentLine => {
  const [document] = documents.get(name) ?? []
  if (document === undefined) throw new Error(`documents.jsonl has no ${name}`)
  return document
}

test.each(Object.keys(GOOD))('%s is complete', (name) => {
  expect(documentOf(name)).toMatchObject({ status: 'complete', error: null })
})

describe('what is bad is read, or has a code and a remedy', () => {
  test.each(Object.keys(BAD))('%s', (name) => {
    const { status, error, pages } = documentOf(name)
    const errors = [error, ...pages.map((page) => page.error)].filter((one) => one !== null)
    if (status === 'complete') expect(errors).toEqual([])
    else expect(errors.length).toBeGreaterThan(0)
    for (const { code, remedy } of errors) {
      expect(code).toMatch(/^(document|page)\/[a-z-]+$/)
      expect(code).not.toMatch(/crash/)
      expect(remedy).toMatch(/\w/)
    }
  })
})

describe('what it is called is what it is', () => {
  test.each([
    ['empty', 'document/empty'],
    ['web-page', 'document/not-a-pdf'],
    ['word-document', 'document/not-a-pdf'],
    ['zip-archive', 'document/not-a-pdf'],
    ['packed-pdf', 'document/not-a-pdf'],
    ['password-wanted', 'document/encrypted'],
    ['encryption-unknown', 'document/encrypted'],
    ['cut-in-half', 'document/damaged'],
    ['pages-5000', 'document/too-many-pages'],
    ['pages-a-million-out-of-twenty', 'document/too-many-pages'],
    ['lock-with-public-keys', 'document/encrypted'],
    ['lock-of-version-6', 'document/encrypted'],
    ['portfolio-without-a-cover', 'document/no-pages'],
    ['pages-50000-that-are-one', 'document/too-many-pages'],
    ['lock-of-version-5-of-nothing', 'document/encrypted'],
  ])('%s: %s', (name, code) => {
    expect(documentOf(name).error?.code).toBe(code)
  })

  test.each([
    'password-empty',
    'garbage-before',
    'garbage-within',
    'table-shifted',
    'script-on-opening',
    'form-of-xfa',
    'table-a-stream',
    'objects-in-a-stream',
    'updated-2000-times',
    'web-page-and-pdf',
    'metadata-that-laughs',
    'actions-of-every-kind',
    'filter-hex',
    'map-with-long-answers',
    'forms-200-deep',
    'pdf-in-a-pdf',
    'names-with-nothing-in-them',
    'contents-of-50000-streams',
    'page-a-strip-of-100000-points',
    'amounts-of-300-digits',
    'page-of-nothing-but-brackets',
  ])('%s is read all the same', (name) => {
    expect(documentOf(name).pages[0]).toMatchObject({ kind: 'text', error: null })
  })
})
