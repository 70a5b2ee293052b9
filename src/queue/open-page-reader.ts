import { z } from 'zod'
import { extractPage } from '../extract/extract-page.ts'
import { type LineReading, NOTHING_READ, type OcrEngine } from '../extract/ocr/ocr-engine.ts'
import { openReaders, type Readers } from '../extract/ocr/open-readers.ts'
import type { ScanListener } from '../extract/ocr/read-scan-page.ts'
import type { PdfPage } from '../extract/pdf/pdf-page.ts'
import { triagePage } from '../extract/pdf/triage-page.ts'
import { NOBODY, type PageReading } from './child-protocol.ts'

const ReaderChoice = z.enum(['both', 'paddle', 'tesseract'])
const KINDS_WITHOUT_PIXELS = ['text', 'blank']
const NEVER = new AbortController().signal

/** `tell` hears how each picture of the page was read. Reading ends with the reason of `signal` when that is aborted. */
export interface ReadOptions {
  readonly tell?: ScanListener
  readonly signal?: AbortSignal
}

/** Reads pages with a choice of readers. */
export interface PageReader {
  readonly read: (page: PdfPage, readers: string, options?: ReadOptions) => Promise<PageReading>
  /** Lets go of the OCR readers; the next page that needs them opens them again. */
  readonly close: () => Promise<void>
}

/**
 * Reads pages, and opens the OCR readers only when a page needs them: a digital document never does. `onSlowReaders` is
 * told when the quick ones are not there, `onProgress` whenever print has been read, with how many lines of the page so far.
 */
export function createPageReader(
  onSlowReaders: () => void = () => undefined,
  onProgress: (linesRead: number) => void = () => undefined,
): PageReader {
  let open: { readonly choice: string; readonly readers: Promise<Readers> } | null = null

  async function readersOf(choice: string): Promise<Readers> {
    if (open?.choice === choice) return open.readers
    const before = open
    const opening = { choice, readers: openReaders(ReaderChoice.parse(choice)) }
    open = opening
    const readers = await opening.readers
    if (readers.warning !== null) onSlowReaders()
    await (await before?.readers)?.close()
    return readers
  }

  async function read(page: PdfPage, choice: string, { tell, signal = NEVER }: ReadOptions = {}): Promise<PageReading> {
    const text = await readText(page, signal)
    if (text !== null) return text
    if (choice === NOBODY) return { extract: await extractPage(page, NO_EYES, signal, tell), notice: null }
    const readers = await readersOf(choice)
    const { first, second, detector = null } = readers
    let linesRead = 0
    const tellFirst = (readings: readonly LineReading[]) => {
      linesRead += readings.length
      if (hasPrint(readings)) onProgress(linesRead)
    }
    // The second reader reads the same lines again.
    const tellSecond = (readings: readonly LineReading[]) => {
      if (hasPrint(readings)) onProgress(linesRead)
    }
    const told = {
      first: telling(first, tellFirst),
      second: second === null ? null : telling(second, tellSecond),
      detector,
    }
    const extract = await extractPage(page, told, signal, tell)
    const { warning } = readers
    if (warning === null) return { extract, notice: null }
    return { extract: { ...extract, warnings: [...extract.warnings, warning] }, notice: warning }
  }

  async function close(): Promise<void> {
    const before = open
    open = null
    await (await before?.readers)?.close()
  }

  return { read, close }
}

/** Reads a page that needs no OCR; null where its pixels must be looked at. */
export async function readText(page: PdfPage, signal: AbortSignal = NEVER): Promise<PageReading | null> {
  const { kind, isLayerAlone } = triagePage(page)
  if (!KINDS_WITHOUT_PIXELS.includes(kind) && !isLayerAlone) return null
  return { extract: await extractPage(page, NO_READERS, signal), notice: null }
}

/** Lines in a row that are read before anyone is told. */
const LINES_A_TELLING = 24

/** The same reader, asked for a few lines at a time: how they are parted changes no reading. */
function telling(engine: OcrEngine, tell: (readings: readonly LineReading[]) => void): OcrEngine {
  return {
    name: engine.name,
    async recognize(lines, hint, signal) {
      const readings: LineReading[] = []
      for (let from = 0; from < lines.length; from += LINES_A_TELLING) {
        const some = lines.slice(from, from + LINES_A_TELLING)
        const read = await engine.recognize(some, hint, signal)
        readings.push(...read)
        tell(read)
      }
      return readings
    },
    close: () => engine.close(),
  }
}

/** What is surely read of so many lines of a lot is print: of noise the first reader reads none so, tesseract some. */
const PRINT = { leastShare: 0.25, confidence: 0.9, sign: /[\p{L}\p{N}]/u } as const

/** Whether lines gave print: a page on which only noise is read has no more time for it than one that hangs. */
export function hasPrint(readings: readonly LineReading[]): boolean {
  const sure = readings.filter(({ text, confidence }) => confidence >= PRINT.confidence && PRINT.sign.test(text))
  return sure.length > 0 && sure.length >= PRINT.leastShare * readings.length
}

const NO_READER: OcrEngine = {
  name: 'tesseract',
  recognize: () => Promise.reject(new Error('a page of text was read as pixels')),
  close: async () => undefined,
}
const NO_READERS = { first: NO_READER, second: null }
const NO_EYES = {
  first: { ...NO_READER, recognize: async (lines: readonly unknown[]) => lines.map(() => NOTHING_READ) },
  second: null,
}
