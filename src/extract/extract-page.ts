import { type BoundingBox, boxHeight, boxWidth, centreIsInside, overlapArea } from '../model/bounding-box.ts'
import type { PageExtract, TextLine } from '../model/page.ts'
import type { Table } from '../model/table.ts'
import { cropColorImage } from './ocr/crop-color-image.ts'
import type { ReaderPair } from './ocr/read-cells.ts'
import { readScanPage, type ScanListener, type ScanPicture } from './ocr/read-scan-page.ts'
import type { PdfPage, PlacedImage } from './pdf/pdf-page.ts'
import { triagePage } from './pdf/triage-page.ts'
import { distrustText } from './table/distrust-text.ts'
import { extractTextPage } from './table/extract-text-page.ts'

/** A picture that covers this much of the page is the page; its own pixels are better than a rendering of them. */
const WHOLE_PAGE = 0.85
const RENDER_DPI = 250
/** A little stretching does not harm glyphs; beyond this a page is painted in square pixels. */
const LONGEST_PIXEL = 1.3
/** Larger pages are rendered with as many pixels as this. */
const MAX_RENDER_PIXELS = 30_000_000
const LAYER_ALONE = 'no picture lies under the untrusted text layer: its words are all that was read'
const POINTS_PER_INCH = 72
const UNHEARD: ScanListener = () => undefined
/** Pictures smaller than this share of the page hold no table; neither do pictures with text typeset over them. */
const SMALLEST_PICTURE = 0.03
const CHARACTERS_OVER_BACKGROUND = 10
/** A page is made of its glyphs where pictures cover no more of it, and there are so many; such a share of them stands the same way. */
const FEW_PICTURES = 0.1
const ENOUGH_GLYPHS = 40
const SAME_WAY = 0.9

/**
 * Reads one page of a PDF whatever it is: its text layer where that can be trusted, else its pixels; on a mixed page
 * the text layer and the pictures beside it. Doubts are flags and warnings; failures are PipelineErrors page/*.
 * `tell` hears of each picture how it was read; it changes nothing.
 * @throws the signal's reason when aborted
 */
export async function extractPage(
  page: PdfPage,
  readers: ReaderPair,
  signal: AbortSignal,
  tell: ScanListener = UNHEARD,
): Promise<PageExtract> {
  signal.throwIfAborted()
  const { kind, reason, isLayerAlone } = triagePage(page)
  const head = { pageNumber: page.pageNumber, kind, reason, width: page.width, height: page.height }
  if (kind === 'text') return { ...head, ...extractTextPage(page), warnings: [] }
  if (kind === 'blank') return { ...head, ...readWordlessPage(page), warnings: [] }
  if (isLayerAlone) return { ...head, ...distrustText(extractTextPage(page)), warnings: [LAYER_ALONE] }
  if (kind === 'mixed') return { ...head, ...(await readMixedPage(page, readers, signal, tell)) }
  const picture = withKnownTurn(await pictureOfPage(page), page)
  const { tables, lines, warnings } = await readScanPage(picture, readers, page.words, signal, tell)
  return { ...head, tables, lines, warnings }
}

/** A page without a word can still be an empty form, or the last, empty row of a table: then it is no blank one. */
function readWordlessPage(
  page: PdfPage,
): Pick<PageExtract, 'tables' | 'lines'> & Partial<Pick<PageExtract, 'kind' | 'reason'>> {
  const found = extractTextPage(page)
  return found.tables.length === 0
    ? found
    : { ...found, kind: 'text', reason: 'there is no text, only the lines of an empty table' }
}

type PageContent = Pick<PageExtract, 'tables' | 'lines' | 'warnings'>

/** The page's one picture at 1:1 where that is the page, else the page painted. */
async function pictureOfPage(page: PdfPage): Promise<ScanPicture> {
  const whole: BoundingBox = { x0: 0, top: 0, x1: page.width, bottom: page.height }
  const area = page.width * page.height
  const index = page.images.findIndex((image) => overlapArea(image.bbox, whole) >= WHOLE_PAGE * area)
  const image = page.images[index]
  const isOnlyPicture = page.images.every((other, i) => i === index || areaOf(other.bbox) < SMALLEST_PICTURE * area)
  if (image !== undefined && isOnlyPicture && page.rulings.length === 0) {
    const pixels = hasSquarePixels(image) ? await page.readImagePixels(index) : null
    if (pixels !== null) return { pageNumber: page.pageNumber, image: pixels, placement: image.bbox, isPainted: false }
  }
  for (const [place, { bbox }] of page.images.entries()) {
    if (areaOf(bbox) >= SMALLEST_PICTURE * area) await page.checkImage(place)
  }
  const painted = await page.render(renderDpi(page))
  return { pageNumber: page.pageNumber, image: painted, placement: whole, isPainted: true }
}

/** Glyphs without names still stand the way they are painted: then nobody has to look which way round the page is. */
function withKnownTurn(picture: ScanPicture, { words, imageCoverage }: PdfPage): ScanPicture {
  if (!picture.isPainted || imageCoverage > FEW_PICTURES) return picture
  const visible = words.filter(({ invisible }) => !invisible)
  const countAt = (angle: number | null) =>
    visible.reduce((sum, word) => sum + (angle === null || word.angle === angle ? word.text.length : 0), 0)
  const all = countAt(null)
  const turns = ([0, 1, 2, 3] as const).find((each) => countAt(((4 - each) * 90) % 360) >= SAME_WAY * all)
  return all < ENOUGH_GLYPHS || turns === undefined ? picture : { ...picture, quarterTurns: turns }
}

/** Glyphs of a coarse fax, whose pixels are twice as high as wide, are flat in its own pixels. */
function hasSquarePixels({ bbox, widthPx, heightPx }: PlacedImage): boolean {
  const shape = (boxWidth(bbox) * heightPx) / (boxHeight(bbox) * widthPx)
  return Math.max(shape, 1 / shape) <= LONGEST_PIXEL
}

function renderDpi(page: PdfPage): number {
  const squareInches = (page.width * page.height) / POINTS_PER_INCH ** 2
  return Math.min(RENDER_DPI, Math.floor(Math.sqrt(MAX_RENDER_PIXELS / squareInches)))
}

async function readMixedPage(
  page: PdfPage,
  readers: ReaderPair,
  signal: AbortSignal,
  tell: ScanListener,
): Promise<PageContent> {
  const contents: PageContent[] = [{ ...extractTextPage(page), warnings: [] }]
  for (const [index, image] of page.images.entries()) {
    if (!mayHoldTable(page, image)) continue
    const words = page.words.filter((word) => centreIsInside(word.bbox, image.bbox))
    contents.push(await readScanPage(await pictureOfImage(page, index, image), readers, words, signal, tell))
  }
  return mergeContents(contents)
}

async function pictureOfImage(page: PdfPage, index: number, image: PlacedImage): Promise<ScanPicture> {
  const pixels = hasSquarePixels(image) ? await page.readImagePixels(index) : null
  if (pixels !== null) return { pageNumber: page.pageNumber, image: pixels, placement: image.bbox, isPainted: false }
  await page.checkImage(index)
  const dpi = renderDpi(page)
  const part = cropColorImage(await page.render(dpi), image.bbox, dpi / POINTS_PER_INCH)
  return { pageNumber: page.pageNumber, ...part, isPainted: true }
}

function mayHoldTable(page: PdfPage, image: PlacedImage): boolean {
  if (areaOf(image.bbox) < SMALLEST_PICTURE * page.width * page.height) return false
  const over = page.words.filter((word) => !word.invisible && centreIsInside(word.bbox, image.bbox))
  return over.reduce((sum, word) => sum + word.text.length, 0) < CHARACTERS_OVER_BACKGROUND
}

/** Tables and lines of several sources in reading order; tables are numbered anew, top to bottom. */
function mergeContents(contents: readonly PageContent[]): PageContent {
  const tables: Table[] = contents
    .flatMap((content) => content.tables)
    .toSorted((a, b) => a.bbox.top - b.bbox.top || a.bbox.x0 - b.bbox.x0)
    .map((table, index) => ({ ...table, tableIndex: index + 1 }))
  const lines: TextLine[] = contents
    .flatMap((content) => content.lines)
    .toSorted((a, b) => a.bbox.top - b.bbox.top || a.bbox.x0 - b.bbox.x0)
  return { tables, lines, warnings: contents.flatMap((content) => content.warnings) }
}

function areaOf(box: BoundingBox): number {
  return boxWidth(box) * boxHeight(box)
}
