import { basename } from 'node:path'
import { inspectPage } from '../extract/inspect-page.ts'
import type { ScanTrace } from '../extract/ocr/read-scan-page.ts'
import { encodeJpeg } from '../extract/raster/image-file.ts'
import type { Dictionaries } from '../model/dictionaries.ts'
import type { PageExtract } from '../model/page.ts'
import type { DocumentOutcome } from '../store/assemblies.ts'
import { assembleDocument, readExtracts } from './assemble-document.ts'
import { assembleReviewed } from './assemble-reviewed.ts'
import type { ChildTasks, ChildWork } from './child-protocol.ts'
import { createDocumentCache, usePage } from './document-file.ts'
import { loadDictionaries } from './load-dictionaries.ts'
import { createPageReader, readText } from './open-page-reader.ts'
import { packAssembled, packReading } from './packed-answers.ts'
import { readQuickPages } from './read-quick-pages.ts'
import { askForPatience, serveChild, tellProgress } from './serve-child.ts'

const JPEG_QUALITY = 86
const POINTS_PER_INCH = 72
const MOST_PIXELS = 16e6

const openDocument = createDocumentCache()
/** PP-OCR on WebAssembly, and tesseract.js alone, take about four times as long. */
const SLOW_READERS_FACTOR = 4

const reader = createPageReader(() => askForPatience(SLOW_READERS_FACTOR), tellProgress)
let dictionaries: Dictionaries | null = null

function knowledge(): Dictionaries {
  dictionaries ??= loadDictionaries()
  return dictionaries
}

const work: ChildWork = {
  async open(source) {
    const { title, pageCount } = await openDocument(source)
    return { title, pageCount }
  },
  async page({ pageNumber, readers, path, documentId }) {
    const file = await openDocument({ path, documentId })
    return usePage(file, pageNumber, async (page) => packReading(await reader.read(page, readers)))
  },
  async pages({ pageNumbers, path, documentId }) {
    const file = await openDocument({ path, documentId })
    const readQuickly = (pageNumber: number) =>
      usePage(file, pageNumber, async (page) => {
        const reading = await readText(page)
        return reading === null ? null : packReading(reading)
      })
    return { readings: await readQuickPages(pageNumbers, readQuickly) }
  },
  async assemble(request) {
    const { extracts, machine } = await assembleAlone(request)
    const outcome = assembleReviewed(extracts, knowledge(), request.fileName, request.reviewed, machine)
    return packAssembled(outcome, request.reviewed, request.audit)
  },
  async picture({ pageNumber, path, documentId, dpi, quarterTurns }) {
    const file = await openDocument({ path, documentId })
    return usePage(file, pageNumber, async (page) => {
      const jpeg = await encodeJpeg(await page.render(fittingDpi(page, dpi)), JPEG_QUALITY, quarterTurns)
      return { jpegBase64: Buffer.from(jpeg).toString('base64') }
    })
  },
  async inspect({ pageNumber, readers, path, documentId, dpi, others }) {
    const file = await openDocument({ path, documentId })
    const traces: ScanTrace[] = []
    const { page, extract, notice } = await usePage(file, pageNumber, async (opened) => {
      const reading = await reader.read(opened, readers, { tell: (trace) => traces.push(trace) })
      return { ...reading, page: await inspectPage(opened, reading.extract, traces, dpi) }
    })
    if (others === null) return { page, outcome: assembleDocument([extract], knowledge(), basename(path)), notice }
    const pages = [...(await readExtracts(others)), extract].toSorted((a, b) => a.pageNumber - b.pageNumber)
    return { page, outcome: assembleReviewed(pages, knowledge(), basename(path), others.reviewed), notice }
  },
}

interface AssembledAlone {
  readonly key: string
  readonly extracts: readonly PageExtract[]
  readonly machine: DocumentOutcome
}

let lastAssembled: AssembledAlone | null = null

/** What the machine alone makes of a document: kept, since answers about one document follow one another. */
async function assembleAlone(request: ChildTasks['assemble']['request']): Promise<AssembledAlone> {
  const { fresh = [] } = request
  const key = JSON.stringify([request.fileName, request.artefacts])
  if (lastAssembled?.key === key && fresh.length === 0) return lastAssembled
  const extracts = [...(await readExtracts(request)), ...fresh].toSorted((a, b) => a.pageNumber - b.pageNumber)
  const assembled = { key, extracts, machine: assembleDocument(extracts, knowledge(), request.fileName) }
  if (fresh.length === 0) lastAssembled = assembled
  return assembled
}

/** A poster is shown with fewer pixels an inch. */
function fittingDpi({ width, height }: { readonly width: number; readonly height: number }, dpi: number): number {
  const pixels = ((width * dpi) / POINTS_PER_INCH) * ((height * dpi) / POINTS_PER_INCH)
  return pixels <= MOST_PIXELS ? dpi : Math.floor(dpi * Math.sqrt(MOST_PIXELS / pixels))
}

serveChild(work)
