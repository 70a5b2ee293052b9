import type { PageExtract } from '../model/page.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import { extractPage } from './extract-page.ts'
import type { ReaderPair } from './ocr/read-cells.ts'
import { readScanPage } from './ocr/read-scan-page.ts'
import { openPdf, type PdfLimits } from './pdf/open-pdf.ts'
import type { ColorImage } from './raster/image.ts'
import { decodeImageFile } from './raster/image-file.ts'

/** A document page by page, whether PDF or pictures. Close it when done. */
export interface PageSource {
  readonly pageCount: number
  readonly title: string | null
  /** @throws PipelineError page/*, or the signal's reason when aborted */
  readonly extractPage: (pageNumber: number, readers: ReaderPair, signal: AbortSignal) => Promise<PageExtract>
  readonly close: () => Promise<void>
}

/** The long side of A4 in points: what a picture without a known size is taken for. */
const A4_LONG_SIDE = 841.89

const IMAGE_STARTS: readonly RegExp[] = [
  /^\x89PNG\r\n/,
  /^\xff\xd8\xff/,
  /^II(?:\*\0|\+\0)/,
  /^MM(?:\0\*|\0\+)/,
  /^RIFF[\s\S]{4}WEBP/,
]

/** Opens a PDF, or a picture file (PNG, JPEG, TIFF, WebP). @throws PipelineError document/* */
export async function openPageSource(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): Promise<PageSource> {
  if (isImageFile(bytes)) return openImageDocument(bytes)
  const pdf = await openPdf(bytes, limits)
  return {
    pageCount: pdf.pageCount,
    title: pdf.title,
    extractPage: async (pageNumber, readers, signal) => extractPage(await pdf.readPage(pageNumber), readers, signal),
    close: () => pdf.close(),
  }
}

/** Opens a picture file as a document of scanned pages (TIFF may hold several), each taken for A4. */
export async function openImageDocument(bytes: Uint8Array): Promise<PageSource> {
  const images = await decodeImageFile(bytes)
  return {
    pageCount: images.length,
    title: null,
    async extractPage(pageNumber, readers, signal) {
      const image = images[pageNumber - 1]
      if (image === undefined) throw new PipelineError('page/unreadable', 'there is no such page', { pageNumber })
      return extractImagePage(image, pageNumber, readers, signal)
    },
    close: async () => {},
  }
}

function isImageFile(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return IMAGE_STARTS.some((pattern) => pattern.test(start))
}

async function extractImagePage(
  image: ColorImage,
  pageNumber: number,
  readers: ReaderPair,
  signal: AbortSignal,
): Promise<PageExtract> {
  const scale = A4_LONG_SIDE / Math.max(image.width, image.height)
  const [width, height] = [image.width * scale, image.height * scale]
  const picture = { pageNumber, image, placement: { x0: 0, top: 0, x1: width, bottom: height }, isPainted: false }
  const { tables, lines, warnings } = await readScanPage(picture, readers, [], signal)
  return { pageNumber, kind: 'scan', reason: 'the file is a picture', width, height, lines, tables, warnings }
}
