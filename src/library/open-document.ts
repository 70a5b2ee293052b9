import type { PageExtract } from '../model/page.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import { UsageError } from '../model/usage-error.ts'
import { parsePageSelection } from '../queue/page-selection.ts'
import { type DocumentInput, nameOfInput } from './document-input.ts'
import type { PageReading } from './page-reading.ts'
import { readInProcess } from './read-in-process.ts'
import { readInWorkers } from './read-in-workers.ts'

/** How a document is opened. */
export interface OpenOptions {
  /**
   * Who reads pixels. `both` (the default): PP-OCR and Tesseract, each the other's witness; one alone is faster and its
   * readings are vouched for by nobody. A page whose text layer can be trusted asks neither.
   */
  readonly readers?: 'both' | 'paddle' | 'tesseract'
  /**
   * Pages read at the same time, each in a process of its own that may crash or hang without harm (about 1 GiB each).
   * Default 0: in this process, one page after another.
   */
  readonly workers?: number
  /** Ends the opening, with its reason. */
  readonly signal?: AbortSignal
}

/** Which pages are read, and what ends the reading. */
export interface PagesOptions {
  /** Page numbers from 1, or a text such as `3-7` or `1,4,9-`. Default: all. */
  readonly pages?: string | readonly number[]
  /** Ends the reading, with its reason. */
  readonly signal?: AbortSignal
  /** Told of a page that cannot be read, and the reading goes on. Without it the first such page is thrown. */
  readonly onFailure?: (error: PipelineError, pageNumber: number) => void
}

/** An open document. Close it when done: until then it holds its pictures, the OCR readers and the worker processes. */
export interface OpenDocument {
  /** The name of its file without folders; `document` for bytes. */
  readonly fileName: string
  /** The title in the metadata of the PDF, if it has one. */
  readonly title: string | null
  /** How many pages it has; a TIFF file may have several, other pictures have one. */
  readonly pageCount: number
  /**
   * Reads one page. Throws PipelineError `page/*` when that cannot be done, UsageError for a page that is not there,
   * and the reason of `signal` when that is aborted.
   */
  readonly readPage: (pageNumber: number, options?: { readonly signal?: AbortSignal }) => Promise<PageExtract>
  /** Reads pages in their order, each when it is asked for; with workers some ahead. */
  readonly pages: (options?: PagesOptions) => AsyncGenerator<PageExtract, void, undefined>
  /** Lets go of all it holds. To call it twice is no harm. */
  readonly close: () => Promise<void>
  /** The same as `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

const NEVER = new AbortController().signal

/**
 * Opens a PDF or a picture (PNG, JPEG, TIFF, WebP). Throws PipelineError `input/not-found` and `document/*`, with what to
 * do in `remedy`.
 *
 * @example
 * const document = await openDocument('report.pdf')
 * for await (const page of document.pages({ pages: '3-7' })) console.log(page.kind, page.tables.length)
 * await document.close()
 */
export async function openDocument(input: DocumentInput, options: OpenOptions = {}): Promise<OpenDocument> {
  const { readers = 'both', workers = 0, signal = NEVER } = options
  if (!Number.isInteger(workers) || workers < 0)
    throw new UsageError('workers is {workers}; it must be 0 or more', { workers })
  signal.throwIfAborted()
  const reading =
    workers === 0 ? await readInProcess(input, readers) : await readInWorkers(input, readers, workers, signal)
  return toOpenDocument(nameOfInput(input), reading)
}

function toOpenDocument(fileName: string, reading: PageReading): OpenDocument {
  let closing: Promise<void> | null = null
  function close(): Promise<void> {
    closing ??= reading.close()
    return closing
  }
  async function readPage(pageNumber: number, options: { readonly signal?: AbortSignal } = {}): Promise<PageExtract> {
    if (closing !== null) throw new UsageError('{file} is closed', { file: fileName })
    if (!Number.isInteger(pageNumber) || pageNumber < 1 || pageNumber > reading.pageCount) {
      throw new UsageError('{file} has {count} pages; there is no page {page}', {
        file: fileName,
        count: reading.pageCount,
        page: pageNumber,
      })
    }
    const { signal = NEVER } = options
    signal.throwIfAborted()
    return reading.readPage(pageNumber, signal)
  }
  return {
    fileName,
    title: reading.title,
    pageCount: reading.pageCount,
    readPage,
    pages: (options = {}) =>
      readInOrder(readPage, choosePages(options.pages, reading.pageCount), reading.width, options),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function choosePages(pages: string | readonly number[] = 'all', pageCount: number): readonly number[] {
  return typeof pages === 'string' ? parsePageSelection(pages).filter(pageCount) : pages
}

/** Begins as many pages as can be read at a time, and gives them in their order. */
async function* readInOrder(
  readPage: OpenDocument['readPage'],
  pageNumbers: readonly number[],
  width: number,
  { signal, onFailure }: PagesOptions,
): AsyncGenerator<PageExtract, void, undefined> {
  const stop = new AbortController()
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  const waiting = [...pageNumbers]
  const begun: { readonly pageNumber: number; readonly page: Promise<PageExtract> }[] = []
  function begin(): void {
    const pageNumber = waiting.shift()
    if (pageNumber === undefined) return
    const page = readPage(pageNumber, { signal: either })
    // Whoever stops to listen leaves pages that nobody waits for: their end is no unhandled rejection.
    page.catch(() => undefined)
    begun.push({ pageNumber, page })
  }
  try {
    for (let each = 0; each < width; each += 1) begin()
    for (let next = begun.shift(); next !== undefined; next = begun.shift()) {
      const { pageNumber, page } = next
      let extract: PageExtract | null = null
      try {
        extract = await page
      } catch (error) {
        if (onFailure === undefined || !(error instanceof PipelineError)) throw error
        onFailure(error, pageNumber)
      }
      if (width > 1) begin()
      if (extract !== null) yield extract
      if (width === 1) begin()
    }
  } finally {
    stop.abort()
    await Promise.allSettled(begun.map(({ page }) => page))
  }
}
