import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openPdf } from '../../../src/extract/pdf/open-pdf.ts'
import { triagePage } from '../../../src/extract/pdf/triage-page.ts'
import { continueTables } from '../../../src/extract/table/continue-tables.ts'
import { extractTextPage } from '../../../src/extract/table/extract-text-page.ts'
import type { PageExtract } from '../../../src/model/page.ts'

async function readSample(name: string): Promise<PageExtract[]> {
  const pdf = await openPdf(new Uint8Array(readFileSync(`samples/${name}.pdf`)))
  const pages: PageExtract[] = []
  for (let pageNumber = 1; pageNumber <= pdf.pageCount; pageNumber += 1) {
    const page = await pdf.readPage(pageNumber)
    const { width, height } = page
    pages.push({ pageNumber, ...triagePage(page), width, height, warnings: [], ...extractTextPage(page) })
  }
  await pdf.close()
  return pages
}

describe('the pages of the samples', () => {
  test.each([
    ['fancheng-education-2025-digital', ['text', 'text', 'text']],
    [
      'jianghan-finance-2024-twin',
      ['text', 'text', 'text', 'untrusted-text', 'untrusted-text', ...Array.from({ length: 16 }, () => 'text')],
    ],
    ['shashi-culture-2024-sealed-scan', ['scan']],
    ['yiling-health-2024-two-level-header', ['text', 'text', 'text']],
  ])('%s', async (name, kinds) => expect((await readSample(name)).map((page) => page.kind)).toEqual(kinds))

  test('a table that goes on over a page break is one, its heading counted', async () => {
    const groups = continueTables(await readSample('fancheng-education-2025-digital'))
    expect(groups.map((group) => group.parts.map((part) => [part.pageNumber, part.repeatedHeaderRows]))).toEqual([
      [
        [2, 0],
        [3, 1],
      ],
    ])
  })
})
