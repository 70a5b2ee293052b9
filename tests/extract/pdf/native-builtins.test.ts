import { expect, test } from 'vitest'
import { makePdf } from './make-pdf.ts'

// Taken before anything of pdf.js is loaded.
const { parse, stringify } = JSON
const { push } = Array.prototype

test('a document that is opened and read leaves the process with the JSON of its engine', async () => {
  const { openPdf } = await import('../../../src/extract/pdf/open-pdf.ts')
  const isNative = () => JSON.parse === parse && JSON.stringify === stringify && Array.prototype.push === push
  expect(isNative()).toBe(true)
  const file = await openPdf(makePdf([{ content: 'BT /F1 12 Tf 50 200 Td (Hello) Tj ET' }]))
  expect(isNative()).toBe(true)
  const { words } = await file.readPage(1)
  expect(words.map(({ text }) => text)).toEqual(['Hello'])
  expect(isNative()).toBe(true)
  await file.close()
})
