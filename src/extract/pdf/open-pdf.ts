import { PipelineError } from '../../model/pipeline-error.ts'
import { findOversizedImage } from './find-oversized-image.ts'
import type { PdfPage } from './pdf-page.ts'
import { closePdfjsDocument, openPdfjsDocument, type PDFDocumentProxy, releasePdfjsPage } from './pdfjs-door.ts'
import { readPage } from './read-page.ts'

/** Bounds against documents made to exhaust the machine. */
export interface PdfLimits {
  /** The largest picture that is decoded or painted, in pixels. */
  readonly maxPixels: number
  /** The most operators that a page may have. */
  readonly maxOperators: number
}

const DEFAULT_LIMITS: PdfLimits = { maxPixels: 100_000_000, maxOperators: 3_000_000 }
/** Readers look for the header in the first kilobyte. */
const HEADER_BYTES = 1024

/** An open document. `title` is the one of its metadata. Until they are released, or it is closed, pages keep their pictures. */
export interface PdfFile {
  readonly pageCount: number
  readonly title: string | null
  /** `pageNumber` is 1-based. Throws page/unreadable and page/too-large. */
  readonly readPage: (pageNumber: number) => Promise<PdfPage>
  /** Forgets what a page holds beside what was read: its pictures can be had no more. It can be read again. */
  readonly releasePage: (pageNumber: number) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens a PDF. Throws document/empty, document/not-a-pdf, document/encrypted, document/damaged and document/no-pages.
 * A file that opens with an empty password counts as open.
 */
export async function openPdf(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): Promise<PdfFile> {
  const bounds = { ...DEFAULT_LIMITS, ...limits }
  if (bytes.length === 0) throw new PipelineError('document/empty', '0 bytes')
  const document = await openDocument(bytes, bounds.maxPixels)
  try {
    await assertHasPages(document)
    const title = await titleOf(document)
    const omittedImage = findOversizedImage(bytes, bounds.maxPixels)
    return {
      pageCount: document.numPages,
      title,
      readPage: (pageNumber) => readPage(document, pageNumber, { ...bounds, omittedImage }),
      releasePage: (pageNumber) => releasePage(document, pageNumber),
      close: () => closePdfjsDocument(document),
    }
  } catch (error) {
    await closePdfjsDocument(document)
    throw error
  }
}

async function openDocument(bytes: Uint8Array, maxPixels: number): Promise<PDFDocumentProxy> {
  assertHasObjects(bytes)
  try {
    return await openPdfjsDocument(bytes, maxPixels)
  } catch (error) {
    const [name, message] = error instanceof Error ? [error.name, error.message] : ['', String(error)]
    if (name === 'PasswordException' || /encrypt/i.test(message)) {
      throw new PipelineError('document/encrypted', message, { cause: error })
    }
    if (!hasPdfHeader(bytes)) throw new PipelineError('document/not-a-pdf', describeStart(bytes), { cause: error })
    throw new PipelineError('document/damaged', message, { cause: error })
  }
}

/** In a hundred megabytes without an object pdf.js looks for one until its memory is full. */
function assertHasObjects(bytes: Uint8Array): void {
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('obj')) return
  if (hasPdfHeader(bytes)) throw new PipelineError('document/damaged', 'it holds no object')
  throw new PipelineError('document/not-a-pdf', describeStart(bytes))
}

function hasPdfHeader(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, HEADER_BYTES)).toString('latin1').includes('%PDF-')
}

/** Bytes of a file's start that tell a person what it is. */
const START_BYTES = 32

/** The start as UTF-8, cut between characters: a web page in Chinese is the usual case. */
function describeStart(bytes: Uint8Array): string {
  const start = new TextDecoder().decode(bytes.subarray(0, START_BYTES), { stream: bytes.length > START_BYTES })
  const printable = start
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\ufffd')
  return `it begins with ${JSON.stringify(printable)}`
}

/** A page count can be a lie of the page tree: the first page must open. */
async function assertHasPages(document: PDFDocumentProxy): Promise<void> {
  if (document.numPages < 1) throw new PipelineError('document/no-pages', 'its page tree is empty')
  if (document.numPages > 1) return
  try {
    const page = await document.getPage(1)
    page.cleanup()
  } catch (error) {
    throw new PipelineError('document/damaged', `its only page cannot be opened: ${String(error)}`, { cause: error })
  }
}

async function releasePage(document: PDFDocumentProxy, pageNumber: number): Promise<void> {
  try {
    await releasePdfjsPage(document, pageNumber)
  } catch {
    // A page that cannot be opened holds nothing.
  }
}

async function titleOf(document: PDFDocumentProxy): Promise<string | null> {
  try {
    const { info } = await document.getMetadata()
    const title: unknown = 'Title' in info ? info.Title : null
    if (typeof title !== 'string') return null
    // Halves of characters and the character 0 are no text to any database or reader of JSON.
    const text = title.replaceAll(/[\0\p{Cs}]/gu, '').trim()
    return text === '' ? null : text
  } catch {
    // Metadata are a courtesy: a document without readable ones is still a document.
    return null
  }
}
