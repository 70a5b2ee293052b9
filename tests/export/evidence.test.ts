import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PageSource } from '../../src/export/page-source.ts'
import type { GradedField } from '../../src/model/record.ts'
import type { PublishedDocument } from '../../src/publish/published-document.ts'
import { DOCUMENT, DOCUMENT_ID, exportFakes, fakePages } from './support/fake-dataset.ts'

const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(2)</script>'&`

/** The document with something hostile in every text that a stranger could have written. */
function hostile(): PublishedDocument {
  const spoil = (field: GradedField): GradedField => ({
    ...field,
    value: HOSTILE,
    raw: HOSTILE,
    evidence: [HOSTILE],
    flags: [{ code: 'name-unknown', detail: HOSTILE }],
    candidates: [{ value: HOSTILE, label: `${HOSTILE}.`, probability: 0.5, evidence: HOSTILE }],
    readings: [{ reader: 'paddle', lines: [HOSTILE], confidence: 0.5, characters: [glyph(HOSTILE)] }],
    ...(field.judgement === undefined
      ? {}
      : { judgement: { ...field.judgement, reason: HOSTILE, reviewer: HOSTILE, machineValue: HOSTILE } }),
  })
  return {
    ...DOCUMENT,
    fileName: HOSTILE,
    title: HOSTILE,
    publisher: HOSTILE,
    sourceUrl: `javascript:${HOSTILE}`,
    records: DOCUMENT.records.map((record) => ({ ...record, fields: record.fields.map(spoil) })),
    checks: DOCUMENT.checks.map((check) => ({ ...check, where: HOSTILE, expected: HOSTILE })),
    unusedTables: [{ pageNumber: 7, tableIndex: 2, reason: HOSTILE, amounts: 3 }],
    related: [{ documentId: 'f'.repeat(64), fileName: HOSTILE, relation: 'repeats' }],
    pages: DOCUMENT.pages.map((page) => ({ ...page, warnings: [HOSTILE] })),
  }
}

const glyph = (text: string) => ({ text, confidence: 0.5, alternatives: [{ text: HOSTILE, confidence: 0.1 }] })

function pagesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html'))
    .sort()
}

const textOf = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8')

/** Every tag of a page, attributes and all; what is escaped is no tag. */
const tagsOf = (text: string) => text.match(/<[a-z!/][^>]*>/gi) ?? []

let folder = ''
beforeAll(async () => {
  folder = join(await exportFakes(['evidence']), 'evidence')
})

describe('the site', () => {
  test('has a page for all documents, each document, each table and each record', () => {
    const id = '3f9c0d1e2a4b5c6d'
    expect(pagesIn(folder)).toEqual([
      ...['index.html', 'p007-t1-r001.html'].map((name) => `documents/${id}/${name}`),
      ...[2, 3, 4, 5, 6, 7, 8].map((row) => `documents/${id}/p007-t1-r00${row}.html`),
      `documents/${id}/p007-t1.html`,
      'documents/ffffffffffffffff/index.html',
      'index.html',
    ])
  })

  test('has no link that leads nowhere', () => {
    let links = 0
    for (const page of pagesIn(folder)) {
      for (const [, link = ''] of textOf(folder, page).matchAll(/(?:href|src)="([^"]+)"/g)) {
        if (/^https?:/.test(link)) continue
        const [path = '', anchor] = link.split('#')
        const target = path === '' ? page : join(dirname(page), path)
        expect([page, link, existsSync(join(folder, target))]).toEqual([page, link, true])
        if (anchor !== undefined)
          expect([page, link, textOf(folder, target)]).toEqual([page, link, expect.stringContaining(`id="${anchor}"`)])
        links += 1
      }
    }
    expect(links).toBeGreaterThan(150)
  })

  test('leads from the first page to the document, its table, the record and its field', () => {
    const follow = (from: string, wanted: RegExp): string => {
      const link = [...textOf(folder, from).matchAll(/href="([^"#]+)(?:#[^"]*)?"/g)]
        .map((match) => match[1] ?? '')
        .find((each) => wanted.test(each))
      return join(dirname(from), link ?? 'nowhere')
    }
    const document = follow('index.html', /3f9c/)
    const table = follow(document, /p007-t1\.html$/)
    const record = follow(table, /p007-t1-r001\.html$/)
    const text = textOf(folder, record)
    for (const shown of ['采购品目代码', 'A02010105', '台式\n计算机', '人工更正', 'wang', '列合计'])
      expect(text).toContain(shown)
    expect(text).toMatch(
      /<svg class="crop cell"[^>]*viewBox="5\.13 15 29\.87 30"[^>]*><image href="p007-150dpi\.jpg" width="600" height="800"/,
    )
  })

  test('runs nothing and asks nothing from anywhere', () => {
    for (const page of pagesIn(folder)) {
      const tags = tagsOf(textOf(folder, page)).join('\n')
      expect(tags).not.toMatch(/<script|<iframe|<form|\son\w+=|style=/i)
      const away = new Set(tags.match(/(?:src|href)="https?:[^"]*"/g))
      expect([...away].filter((link) => !/^href="https:\/\/example\.org\/x\.pdf(#page=7)?"$/.test(link))).toEqual([])
    }
  })

  test('tells what failed', () => {
    expect(textOf(folder, 'documents/ffffffffffffffff/index.html')).toContain('document/damaged')
    expect(textOf(folder, 'documents/3f9c0d1e2a4b5c6d/index.html')).toContain('page/timeout')
  })
})

test('nothing that a document says becomes markup', async () => {
  const site = join(await exportFakes(['evidence'], [hostile()]), 'evidence')
  for (const page of pagesIn(site)) {
    const text = textOf(site, page)
    expect([page, text.includes('<img'), text.includes('<script')]).toEqual([page, false, false])
    expect(
      tagsOf(text).filter((tag) =>
        /onerror|javascript:/i.test(
          tag.replaceAll(/"[^"]*"/g, (quoted) => (quoted.startsWith('"javascript:') ? quoted : '""')),
        ),
      ),
    ).toEqual([])
  }
  expect(textOf(site, 'index.html')).toContain('&lt;img src=x onerror=alert(1)&gt;')
})

test('in English, everything but what documents say is in English', async () => {
  const site = join(await exportFakes(['evidence'], [DOCUMENT], { language: 'en' }), 'evidence')
  expect(textOf(site, 'documents/3f9c0d1e2a4b5c6d/p007-t1-r001.html')).toContain('<dt>On the page</dt>')
  expect(textOf(site, 'index.html')).toContain('<html lang="en">')
  expect(textOf(site, 'index.html').replaceAll(/公开|武汉市江汉区财政局/g, '')).not.toMatch(/\p{Script=Han}/u)
})

describe('the same export again', () => {
  const old = new Date('2001-02-03T04:05:06Z')
  const filesIn = (place: string) =>
    readdirSync(place, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(place, name)).isFile())
      .sort()

  async function exportInto(
    place: string,
    documents: readonly PublishedDocument[],
    painted: string[] = [],
  ): Promise<string> {
    return join(await exportFakes(['evidence'], documents, { folder: place, pages: fakePages(painted) }), 'evidence')
  }

  test('gives the same bytes in another folder', async () => {
    const again = join(await exportFakes(['evidence']), 'evidence')
    expect(filesIn(again)).toEqual(filesIn(folder))
    for (const name of filesIn(folder))
      expect(readFileSync(join(again, name))).toEqual(readFileSync(join(folder, name)))
  })

  test('paints no page twice, and writes only what changed', async () => {
    const place = mkdtempSync(join(tmpdir(), 'gongkai-evidence-'))
    const painted: string[] = []
    const site = await exportInto(place, [DOCUMENT], painted)
    for (const name of filesIn(site)) utimesSync(join(site, name), old, old)
    const [first, ...others] = DOCUMENT.records
    if (first === undefined) throw new Error('no record')
    const changed = first.fields.map((field) => ({ ...field, confidence: 0.5 }))
    await exportInto(place, [{ ...DOCUMENT, records: [{ ...first, fields: changed }, ...others] }], painted)
    expect(painted).toEqual(['3f9c 7 150'])
    const renewed = filesIn(site).filter((name) => statSync(join(site, name)).mtime > old)
    expect(renewed).toEqual(['documents/3f9c0d1e2a4b5c6d/p007-t1-r001.html'])
  })

  test('that was cut off keeps the pictures that it has painted, and nothing else', async () => {
    const place = mkdtempSync(join(tmpdir(), 'gongkai-evidence-'))
    const painted: string[] = []
    const cut = { ...DOCUMENT, documentId: 'abcd'.padEnd(64, '1') }
    const failing: PageSource = {
      ...fakePages(painted),
      picture: async (documentId, pageNumber, dpi) =>
        documentId === DOCUMENT_ID
          ? fakePages(painted).picture(documentId, pageNumber, dpi)
          : Promise.reject(new Error('cut off')),
    }
    await expect(exportFakes(['evidence'], [DOCUMENT, cut], { folder: place, pages: failing })).rejects.toThrow(
      'cut off',
    )
    expect(filesIn(place)).toEqual(['evidence/documents/3f9c0d1e2a4b5c6d/p007-150dpi.jpg'])
    await exportInto(place, [DOCUMENT], painted)
    expect(painted).toEqual(['3f9c 7 150'])
  })

  test('removes what it wrote of a document that is gone, and nothing else', async () => {
    const place = mkdtempSync(join(tmpdir(), 'gongkai-evidence-'))
    const other = { ...DOCUMENT, documentId: 'abcd'.padEnd(64, '1'), related: [] }
    const site = await exportInto(place, [DOCUMENT, other])
    writeFileSync(join(site, 'notes.html'), 'mine')
    writeFileSync(join(site, 'files.txt'), `${textOf(site, 'files.txt')}../outside.txt\n`)
    writeFileSync(join(place, 'outside.txt'), 'mine')
    await exportInto(place, [DOCUMENT])
    expect(existsSync(join(site, 'documents', 'abcd111111111111'))).toBe(false)
    expect([textOf(site, 'notes.html'), readFileSync(join(place, 'outside.txt'), 'utf8')]).toEqual(['mine', 'mine'])
    expect(readdirSync(place).filter((name) => name.startsWith('.'))).toEqual([])
  })

  test('shows a record without its picture where the page cannot be shown', async () => {
    const pages = { ...fakePages(), picture: async () => null }
    const site = join(await exportFakes(['evidence'], [DOCUMENT], { pages }), 'evidence')
    expect(textOf(site, 'documents/3f9c0d1e2a4b5c6d/p007-t1-r001.html')).toContain('没有页面图像')
  })
})
