import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import {
  extractTables,
  formatTables,
  ingest,
  normalize,
  openDocument,
  type PageExtract,
  PipelineError,
  tableToRows,
  UsageError,
} from '../../src/library.ts'
import { makePdf } from '../extract/pdf/make-pdf.ts'

const REPORT = 'samples/fancheng-education-2025-digital.pdf'
const SCAN = 'tests/fixtures/ocr/small-scan.jpg'
const folder = mkdtempSync(join(tmpdir(), 'gongkai-library-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function readAll(input: string | URL | Uint8Array, workers = 0): Promise<readonly PageExtract[]> {
  const document = await openDocument(input, { workers })
  try {
    const pages: PageExtract[] = []
    for await (const page of document.pages()) pages.push(page)
    return pages
  } finally {
    await document.close()
  }
}

describe('a document is the same', () => {
  test.each([
    ['as bytes', new Uint8Array(readFileSync(REPORT)), 0],
    ['as a Buffer, which stays whole', readFileSync(REPORT), 0],
    ['as a file address', pathToFileURL(REPORT), 0],
    ['in workers', REPORT, 2],
    ['as bytes in workers', readFileSync(REPORT), 2],
  ])('%s', async (_how, input, workers) => {
    const before = input instanceof Uint8Array ? input.length : 0
    expect(await readAll(input, workers)).toEqual(await readAll(REPORT))
    expect(input instanceof Uint8Array ? input.length : 0).toBe(before)
  })

  test('and bytes leave no file behind', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => /^gongkai-[A-Za-z0-9]{6}$/.test(name))
    const before = left()
    await readAll(readFileSync(REPORT), 1)
    expect(left()).toEqual(before)
  })
})

test('a picture gives tables with spans, boxes and what each reader saw', async () => {
  const png = await sharp(SCAN).png().toBuffer()
  const [table, ...others] = await extractTables(png)
  expect(others).toEqual([])
  expect(table?.cells.length).toBeGreaterThan(20)
  const rows = table === undefined ? [] : tableToRows(table)
  expect(rows[1]).toEqual(['[A02010105]台式计算机', '[2010601]行政运行', '1', '2.00', '2.00'])
  const code = table?.cells.find(({ text }) => text.includes('A02010105'))
  expect(code?.readings.map(({ reader }) => reader).sort()).toEqual(['paddle', 'tesseract'])
  expect(code?.bbox.x1).toBeGreaterThan(code?.bbox.x0 ?? Number.POSITIVE_INFINITY)
  expect(formatTables('x.png', table === undefined ? [] : [table], 'csv')).toContain('[A02010105]台式计算机')
  const captions = (['en', 'zh'] as const).map((language) =>
    formatTables('x.png', table === undefined ? [] : [table], 'html', language),
  )
  expect(captions).toEqual([
    expect.stringContaining('<caption>page 1, table 1'),
    expect.stringContaining('<caption>第 1 页，表 1'),
  ])
})

test('a TIFF file of two pictures has two pages', async () => {
  const path = join(folder, 'two.tiff')
  const page = { create: { width: 400, height: 300, channels: 3 as const, background: 'white' } }
  await sharp([await sharp(page).png().toBuffer(), await sharp(page).png().toBuffer()], { join: { animated: true } })
    .tiff()
    .toFile(path)
  const document = await openDocument(path)
  expect(document.pageCount).toBe(2)
  await document.close()
})

describe('pages', () => {
  test('come in their order, those that were asked for', async () => {
    const document = await openDocument(REPORT, { workers: 2 })
    const numbers: number[] = []
    for await (const page of document.pages({ pages: [3, 1] })) numbers.push(page.pageNumber)
    for await (const page of document.pages({ pages: '2-' })) numbers.push(page.pageNumber)
    await document.close()
    expect(numbers).toEqual([3, 1, 2, 3])
  })

  test('that nobody waits for are not read', async () => {
    const document = await openDocument(REPORT)
    for await (const page of document.pages()) {
      expect(page.pageNumber).toBe(1)
      break
    }
    await document.close()
    await expect(document.readPage(1)).rejects.toThrow(UsageError)
  })

  test.each([0, 4, 1.5, Number.NaN])('page %d of three is refused', async (pageNumber) => {
    const document = await openDocument(REPORT)
    await expect(document.readPage(pageNumber)).rejects.toThrow(UsageError)
    await document.close()
  })

  test.each([0, 1])('end with the reason of the signal, with %d workers', async (workers) => {
    const document = await openDocument(SCAN, { workers })
    const abort = new AbortController()
    const reading = document.readPage(1, { signal: abort.signal })
    setTimeout(() => abort.abort(new Error('enough')), 20)
    await expect(reading).rejects.toThrow('enough')
    await document.close()
  })

  test.each([0, 1])('that fail are thrown, or told of and left out, with %d workers', async (workers) => {
    const path = join(folder, 'half.pdf')
    writeFileSync(path, pdfWithBrokenPage())
    const document = await openDocument(path, { workers })
    const failed: [number, string][] = []
    const read: number[] = []
    const onFailure = (error: PipelineError, pageNumber: number) => void failed.push([pageNumber, error.code])
    for await (const page of document.pages({ onFailure })) read.push(page.pageNumber)
    expect([read, failed]).toEqual([[1], [[2, 'page/picture-damaged']]])
    await expect(async () => {
      for await (const page of document.pages()) expect(page.pageNumber).toBe(1)
    }).rejects.toThrow(PipelineError)
    await document.close()
  })
})

/** The picture of the second page is no JPEG. */
function pdfWithBrokenPage(): Uint8Array {
  const dictionary =
    '/Type /XObject /Subtype /Image /Width 200 /Height 200 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode'
  const picture = { dictionary, bytes: new Uint8Array(3000) }
  return makePdf([{ content: '' }, { content: 'q 600 0 0 800 0 0 cm /I Do Q', xObjects: { I: picture } }])
}

describe('what cannot be opened says why', () => {
  const text = join(folder, 'text.pdf')
  writeFileSync(text, '<!doctype html>')
  test.each([
    ['a file that is not there', join(folder, 'none.pdf'), 0, 'input/not-found'],
    ['a web page', text, 0, 'document/not-a-pdf'],
    ['a web page in workers', text, 1, 'document/not-a-pdf'],
    ['no bytes', new Uint8Array(), 0, 'document/empty'],
  ])('%s', async (_what, input, workers, code) => {
    await expect(openDocument(input, { workers })).rejects.toMatchObject({ code, remedy: expect.stringMatching(/\w/) })
  })

  test('an address on the web', async () => {
    await expect(openDocument(new URL('https://example.org/x.pdf'))).rejects.toThrow(UsageError)
  })

  test('half a worker', async () => {
    await expect(openDocument(REPORT, { workers: 0.5 })).rejects.toThrow(UsageError)
  })
})

test('records of pages are those that ingest writes', async () => {
  const path = join(folder, 'fancheng.pdf')
  copyFileSync(REPORT, path)
  const out = join(folder, 'out')
  const summary = await ingest([path], { out, jobs: 1 })
  expect(summary.documents).toMatchObject([{ fileName: 'fancheng.pdf', status: 'complete' }])
  const { records } = normalize(await readAll(path), { fileName: 'fancheng.pdf' })
  const written = readFileSync(join(out, 'records.jsonl'), 'utf8').trimEnd().split('\n')
  const values = written
    .map((line) => JSON.parse(line).fields as Record<string, { value: string | null }>)
    .map((fields) => Object.entries(fields).map(([name, { value }]) => [name, value]))
  expect(records.length).toBeGreaterThan(20)
  const own = records.map(({ fields }) => fields.map(({ name, value }) => [name, value]))
  expect(own.map((row) => JSON.stringify(row)).sort()).toEqual(values.map((row) => JSON.stringify(row)).sort())
})
