import { z } from 'zod'
import { extractPage } from '../extract/extract-page.ts'
import type { OcrEngine } from '../extract/ocr/ocr-engine.ts'
import { openReaders, type Readers } from '../extract/ocr/open-readers.ts'
import type { PdfPage } from '../extract/pdf/pdf-page.ts'
import { triagePage } from '../extract/pdf/triage-page.ts'
import type { PageReading } from './child-protocol.ts'

const ReaderChoice = z.enum(['both', 'paddle', 'tesseract'])
const KINDS_WITHOUT_PIXELS = ['text', 'blank']

/** Reads pages, and opens the OCR readers only when a page needs them: a digital document never does. */
export function createPageReader(): (page: PdfPage, readers: string) => Promise<PageReading> {
  let open: { readonly choice: string; readonly readers: Promise<Readers> } | null = null

  async function readersOf(choice: string): Promise<Readers> {
    if (open?.choice === choice) return open.readers
    const before = open
    open = { choice, readers: openReaders(ReaderChoice.parse(choice)) }
    await (await before?.readers)?.close()
    return open.readers
  }

  return async (page, choice) => {
    const never = new AbortController().signal
    const { kind, isLayerAlone } = triagePage(page)
    if (KINDS_WITHOUT_PIXELS.includes(kind) || isLayerAlone) {
      return { extract: await extractPage(page, NO_READERS, never), notice: null }
    }
    const readers = await readersOf(choice)
    const extract = await extractPage(page, readers, never)
    const { warning } = readers
    if (warning === null) return { extract, notice: null }
    return { extract: { ...extract, warnings: [...extract.warnings, warning] }, notice: warning }
  }
}

const NO_READER: OcrEngine = {
  name: 'tesseract',
  recognize: () => Promise.reject(new Error('a page of text was read as pixels')),
  close: async () => undefined,
}
const NO_READERS = { first: NO_READER, second: null }
