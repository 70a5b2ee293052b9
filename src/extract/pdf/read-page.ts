import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth, centreIsInside, overlapArea } from '../../model/bounding-box.ts'
import { PipelineError } from '../../model/pipeline-error.ts'
import type { ColorImage } from '../raster/image.ts'
import { findPictureDamage } from './find-picture-damage.ts'
import { glyphsToWords } from './glyphs-to-words.ts'
import { toMatrix } from './matrix.ts'
import type { PdfLimits } from './open-pdf.ts'
import type { Glyph, PageContent, PaintedImage } from './page-content.ts'
import type { PdfPage, PlacedImage } from './pdf-page.ts'
import {
  collectComplaints,
  decodedImageOf,
  type FontMetrics,
  fontOf,
  type PDFDocumentProxy,
  type PDFPageProxy,
  paintPage,
} from './pdfjs-door.ts'
import { placeImages } from './place-images.ts'
import { readOperations } from './read-operations.ts'
import { readPicturePixels, rgbaToRgb, toRgb } from './read-picture-pixels.ts'

const POINTS_PER_INCH = 72
/** What pdf.js says when it leaves an image out. */
const LOST_PICTURE = /\b(?:image|XObject)\b/i
/** A page with fewer glyphs and no image can be the one whose image was left out. */
const FEW_GLYPHS = 40
/** The image coverage is counted on a lattice of this many points each way. */
const LATTICE = 64

/** `omittedImage` describes an image that is too large to be decoded; null where the document has none. */
interface ReadLimits extends PdfLimits {
  readonly omittedImage: string | null
}

/** Reads one page (1-based): words, rulings and pictures. Throws page/unreadable and page/too-large. */
export async function readPage(document: PDFDocumentProxy, pageNumber: number, limits: ReadLimits): Promise<PdfPage> {
  const page = await orUnreadable(pageNumber, () => document.getPage(pageNumber))
  const viewport = page.getViewport({ scale: 1 })
  const { width, height } = viewport
  if (!(width > 0 && height > 0 && Number.isFinite(width * height))) {
    throw new PipelineError('page/unreadable', `its size is ${width} x ${height}`, { pageNumber })
  }
  const complaints = collectComplaints()
  const content = await orUnreadable(pageNumber, () => readContent(document, page, limits, pageNumber))
  if (limits.omittedImage !== null && content.images.length === 0 && content.glyphs.length < FEW_GLYPHS) {
    throw new PipelineError('page/too-large', limits.omittedImage, { pageNumber })
  }
  assertNoPictureMissing(content, complaints, pageNumber)
  const decode = (image: PaintedImage) => decodePicture(page, image, complaints)
  const pictures = placeImages(content.images)
  const images = pictures.map((picture) => picture.placed)
  return {
    pageNumber,
    width,
    height,
    words: glyphsToWords(content.glyphs, content.rulings, (glyph) => isHiddenByImage(glyph, content.images)),
    rulings: content.rulings,
    whiteAreas: content.whiteAreas,
    images,
    imageCoverage: coverageOf(images, { x0: 0, top: 0, x1: width, bottom: height }),
    outlineCount: content.outlineCount,
    readImagePixels: async (index) => {
      const picture = pictures[index]
      if (picture === undefined) return null
      assertPixels(picture.placed.widthPx, picture.placed.heightPx, limits, pageNumber)
      return await readPicturePixels(picture, decode)
    },
    checkImage: async (index) => {
      for (const image of pictures[index]?.images ?? []) await decode(image)
    },
    render: (dpi) => render(document, page, dpi, limits),
  }
}

async function orUnreadable<T>(pageNumber: number, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof PipelineError) throw error
    const detail = error instanceof Error ? error.message : String(error)
    throw new PipelineError('page/unreadable', detail, { pageNumber, cause: error })
  }
}

async function readContent(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  limits: PdfLimits,
  pageNumber: number,
): Promise<PageContent> {
  const operations = await page.getOperatorList()
  if (operations.fnArray.length > limits.maxOperators) {
    throw new PipelineError('page/too-large', `${operations.fnArray.length} operators`, { pageNumber })
  }
  const layers = await document.getOptionalContentConfig()
  const viewport = page.getViewport({ scale: 1 })
  const toPage = toMatrix(viewport.transform)
  if (toPage === null) throw new PipelineError('page/unreadable', 'its box is not made of numbers', { pageNumber })
  const fonts = new Map<string, FontMetrics | null>()
  return readOperations(operations, {
    toPage,
    pageBox: { x0: 0, top: 0, x1: viewport.width, bottom: viewport.height },
    fontOf: (id) => {
      if (!fonts.has(id)) fonts.set(id, fontOf(page, id))
      return fonts.get(id) ?? null
    },
    isLayerVisible: (properties) => layers.isVisible(properties),
  })
}

/** Whether an image that was painted later lies over the glyph and lets nothing through. */
function isHiddenByImage(glyph: Glyph, images: readonly PaintedImage[]): boolean {
  return images.some((image) => {
    return image.order > glyph.order && !image.isTransparent && centreIsInside(glyph.bbox, image.bbox)
  })
}

function coverageOf(images: readonly PlacedImage[], page: BoundingBox): number {
  const boxes = images.map((image) => image.bbox).filter((box) => overlapArea(box, page) > 0)
  if (boxes.length === 0) return 0
  let covered = 0
  for (let row = 0; row < LATTICE; row += 1) {
    for (let column = 0; column < LATTICE; column += 1) {
      const x = ((column + 0.5) / LATTICE) * boxWidth(page)
      const y = ((row + 0.5) / LATTICE) * boxHeight(page)
      if (boxes.some((box) => x >= box.x0 && x <= box.x1 && y >= box.top && y <= box.bottom)) covered += 1
    }
  }
  return covered / (LATTICE * LATTICE)
}

async function decodePicture(
  page: PDFPageProxy,
  image: PaintedImage,
  complaints: readonly string[],
): Promise<ColorImage> {
  const decoded = 'inline' in image.source ? image.source.inline : await decodedImageOf(page, image.source.id)
  const data = decoded === null ? null : toRgb(decoded, image)
  const pixels = decoded === null || data === null ? null : { width: decoded.width, height: decoded.height, data }
  const damage = findPictureDamage(pixels, complaints)
  if (pixels !== null && damage === null) return pixels
  const size = `${image.widthPx} x ${image.heightPx} pixels`
  throw new PipelineError('page/picture-damaged', `${size}: ${damage ?? 'its data make no sense'}`, {
    pageNumber: page.pageNumber,
  })
}

/** A page on which nothing is left, and of which an image was given up, is no blank page. */
function assertNoPictureMissing(content: PageContent, complaints: readonly string[], pageNumber: number): void {
  const isEmpty = content.images.length === 0 && content.glyphs.length < FEW_GLYPHS && content.rulings.length === 0
  const complaint = isEmpty ? complaints.find((text) => LOST_PICTURE.test(text)) : undefined
  if (complaint !== undefined) throw new PipelineError('page/picture-damaged', complaint, { pageNumber })
}

function assertPixels(width: number, height: number, limits: PdfLimits, pageNumber: number): void {
  if (width * height <= limits.maxPixels) return
  throw new PipelineError('page/too-large', `${width} x ${height} pixels`, { pageNumber })
}

async function render(
  document: PDFDocumentProxy,
  page: PDFPageProxy,
  dpi: number,
  limits: PdfLimits,
): Promise<ColorImage> {
  const scale = dpi / POINTS_PER_INCH
  const { width, height } = page.getViewport({ scale })
  assertPixels(Math.ceil(width), Math.ceil(height), limits, page.pageNumber)
  const painted = await orUnreadable(page.pageNumber, () => paintPage(document, page.pageNumber, scale))
  const data = rgbaToRgb(painted.data, painted.width * painted.height)
  if (data === null)
    throw new PipelineError('page/unreadable', 'painting gave too few pixels', { pageNumber: page.pageNumber })
  return { width: painted.width, height: painted.height, data }
}
