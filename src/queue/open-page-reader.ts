import { openPaddle } from '../extract/ocr/open-paddle.ts'
import { openTesseract } from '../extract/ocr/open-tesseract.ts'
import type { ReaderPair } from '../extract/ocr/read-cells.ts'
import { readScanPage } from '../extract/ocr/read-scan-page.ts'
import type { PdfPage } from '../extract/pdf/pdf-page.ts'
import { triagePage } from '../extract/pdf/triage-page.ts'
import { extractTextPage } from '../extract/table/extract-text-page.ts'
import type { PageExtract } from '../model/page.ts'

export type PageReader = (page: PdfPage) => Promise<PageExtract>

const never = new AbortController().signal

export function createPageReader(): (readers: string) => PageReader {
  let pair: Promise<ReaderPair> | null = null
  return (readers) => async (page) => {
    const { kind, reason } = triagePage(page)
    const base = { pageNumber: page.pageNumber, kind, reason, width: page.width, height: page.height }
    if (kind === 'text' || kind === 'blank' || kind === 'mixed') {
      return { ...base, ...extractTextPage(page), warnings: [] }
    }
    pair ??= openPair(readers)
    const own = page.images.length === 1 ? await page.readImagePixels(0) : null
    const image = own ?? (await page.render(300))
    const whole = { x0: 0, top: 0, x1: page.width, bottom: page.height }
    const placement = own === null ? whole : (page.images[0]?.bbox ?? whole)
    const picture = { pageNumber: page.pageNumber, image, placement }
    const { tables, lines, warnings } = await readScanPage(picture, await pair, page.words, never)
    return { ...base, tables, lines, warnings }
  }
}

async function openPair(readers: string): Promise<ReaderPair> {
  const paddle = readers === 'tesseract' ? null : await openPaddle()
  const tesseract = readers === 'paddle' && paddle !== null ? null : await openTesseract()
  if (paddle !== null) return { first: paddle, second: tesseract }
  return { first: tesseract ?? (await openTesseract()), second: null }
}
