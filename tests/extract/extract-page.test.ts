import { expect, test } from 'vitest'
import { extractPage } from '../../src/extract/extract-page.ts'
import { openPdf } from '../../src/extract/pdf/open-pdf.ts'
import { tableToRows } from '../../src/model/table.ts'
import { fakeEngine, reading } from './ocr/ocr-fixtures.ts'
import { makePdf } from './pdf/make-pdf.ts'

const RULED =
  [200, 180].map((y) => `40 ${y} m 240 ${y} l S `).join('') +
  [40, 100, 160, 240].map((x) => `${x} 180 m ${x} 200 l S `).join('')

test.each([
  ['the ruled, empty row of a table is a page with a table', RULED, 'text', [[['', '', '']]]],
  ['a single line is ornament: the page is blank', '40 200 m 240 200 l S', 'blank', []],
  ['nothing at all is blank', '', 'blank', []],
] as const)('of a page without a word: %s', async (_name, content, kind, tables) => {
  const pdf = await openPdf(makePdf([{ content }]))
  const readers = { first: fakeEngine('paddle', () => reading('')), second: null }
  const page = await extractPage(await pdf.readPage(1), readers, new AbortController().signal)
  expect(page.kind).toBe(kind)
  expect(page.tables.map(tableToRows)).toEqual(tables)
})
