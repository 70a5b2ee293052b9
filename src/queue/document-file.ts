import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { openPdf } from '../extract/pdf/open-pdf.ts'
import type { PdfPage } from '../extract/pdf/pdf-page.ts'
import type { ColorImage } from '../extract/raster/image.ts'
import { decodeImageFile } from '../extract/raster/image-file.ts'
import { PipelineError } from '../model/pipeline-error.ts'
import type { DocumentSource } from './child-protocol.ts'

/** A document as pages, whatever kind of file it came in. */
export interface DocumentFile {
  readonly title: string | null
  readonly pageCount: number
  readonly readPage: (pageNumber: number) => Promise<PdfPage>
  /** Forgets the pictures of a page that was read. */
  readonly releasePage: (pageNumber: number) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens a file. With a `documentId` it must be a PDF of that content (document/changed otherwise); without one a
 * picture will do too. Throws what openPdf throws, and input/not-found, document/unreadable.
 */
export async function openDocumentFile({ path, documentId }: DocumentSource): Promise<DocumentFile> {
  const bytes = readBytes(path)
  if (documentId === null) return openDocumentBytes(bytes)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== documentId) throw new PipelineError('document/changed', 'its content is not what it was')
  return openPdf(bytes)
}

/** Opens the content of a PDF or of a picture (PNG, JPEG, TIFF with any number of pages, WebP). Throws what openPdf throws. */
export async function openDocumentBytes(bytes: Uint8Array): Promise<DocumentFile> {
  return isPicture(bytes) ? toPictureFile(await decodeImageFile(bytes)) : openPdf(bytes)
}

/** Reads a page for as long as `work` takes: afterwards nothing of it is kept, however many pages a document has. */
export async function usePage<Result>(
  file: DocumentFile,
  pageNumber: number,
  work: (page: PdfPage) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(await file.readPage(pageNumber))
  } finally {
    await file.releasePage(pageNumber)
  }
}

/** Opens documents one at a time and keeps the last one open: pages of one document come one after another. */
export function createDocumentCache(): (source: DocumentSource) => Promise<DocumentFile> {
  let last: { readonly key: string; readonly file: DocumentFile } | null = null
  return async (source) => {
    const key = JSON.stringify(source)
    if (last?.key === key) return last.file
    await last?.file.close()
    last = null
    const file = await openDocumentFile(source)
    last = { key, file }
    return file
  }
}

/** The bytes of a file. Throws input/not-found and document/unreadable. */
export function readBytes(path: string): Uint8Array {
  try {
    const stats = statSync(path)
    // What the kernel shows as a file has no size, and to read it may mean to wait for ever.
    return stats.isFile() && stats.size === 0 ? new Uint8Array() : new Uint8Array(readFileSync(path))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new PipelineError('input/not-found', path, { cause: error })
    throw new PipelineError('document/unreadable', message, { cause: error })
  }
}

/** First bytes of PNG, JPEG, TIFF (both byte orders) and WebP files. */
const PICTURE_STARTS = ['89504e47', 'ffd8ff', '49492a00', '4d4d002a', '52494646']

function isPicture(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  return PICTURE_STARTS.some((known) => start.startsWith(known))
}

function toPictureFile(images: readonly ColorImage[]): DocumentFile {
  return {
    title: null,
    pageCount: images.length,
    readPage: async (pageNumber) => {
      const image = images[pageNumber - 1]
      if (image === undefined) throw new PipelineError('page/unreadable', `there are ${images.length}`, { pageNumber })
      return pictureToPage(image, pageNumber)
    },
    releasePage: async () => undefined,
    close: async () => undefined,
  }
}

/** A picture does not say how large its paper was; it is taken for A4. */
const LONG_SIDE_POINTS = 842

function pictureToPage(image: ColorImage, pageNumber: number): PdfPage {
  const scale = LONG_SIDE_POINTS / Math.max(image.width, image.height)
  const [width, height] = [image.width * scale, image.height * scale]
  const bbox = { x0: 0, top: 0, x1: width, bottom: height }
  return {
    pageNumber,
    width,
    height,
    words: [],
    rulings: [],
    whiteAreas: [],
    images: [{ bbox, widthPx: image.width, heightPx: image.height, isTransparent: false }],
    imageCoverage: 1,
    outlineCount: 0,
    readImagePixels: async () => image,
    checkImage: async () => undefined,
    render: async () => image,
  }
}
