import { PDFOperatorNames as Ops, PDFDocument, PDFName, PDFNumber, type PDFPage, type PDFRef } from 'pdf-lib'
import type { PrintedLine } from './browser.ts'
import { addLayer, createLayerFont } from './ocr-layer.ts'
import { operator } from './pdf-operators.ts'
import type { ScannedImage, ScannedPage } from './scan-page.ts'

const POINTS_PER_INCH = 72
const POINTS_PER_MM = POINTS_PER_INCH / 25.4

/** Where a picture stands on a page of text, in millimetres from the top left. */
export interface PicturePlace {
  readonly xMm: number
  readonly topMm: number
  readonly widthMm: number
}

/**
 * A page that goes into a document: digital pages as they were printed, scans as image with perhaps a layer, and pages
 * of digital text that hold the picture of a table.
 */
export type PageContent =
  | { readonly kind: 'digital'; readonly pdf: Uint8Array }
  | { readonly kind: 'scan'; readonly scan: ScannedPage; readonly layer: readonly PrintedLine[] | null }
  | { readonly kind: 'picture'; readonly pdf: Uint8Array; readonly scan: ScannedPage; readonly place: PicturePlace }

/** Binds pages into one PDF. The bytes depend on the contents alone (fixed dates, no random ids). */
export async function writePdf(pages: readonly PageContent[], title: string): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const date = new Date(Date.UTC(2024, 1, 19))
  document.setTitle(title)
  document.setCreationDate(date)
  document.setModificationDate(date)
  document.setProducer('gongkai bench')
  let layerFont: PDFRef | null = null
  for (const page of pages) {
    if (page.kind === 'digital') await copyPages(document, page.pdf)
    else if (page.kind === 'picture') addPicture(await copyPages(document, page.pdf), document, page.scan, page.place)
    else {
      const target = addScan(document, page.scan)
      if (page.layer === null) continue
      layerFont ??= createLayerFont(document)
      addLayer(target, page.layer, page.scan, layerFont)
    }
  }
  return document.save({ useObjectStreams: true, addDefaultPage: false })
}

/** Appends all pages of a printed PDF; gives the last. */
async function copyPages(document: PDFDocument, pdf: Uint8Array): Promise<PDFPage> {
  const source = await PDFDocument.load(pdf, { updateMetadata: false })
  const copies = await document.copyPages(source, source.getPageIndices())
  for (const copy of copies) document.addPage(copy)
  const last = copies.at(-1)
  if (last === undefined) throw new Error('the browser printed no page')
  return last
}

function addPicture(page: PDFPage, document: PDFDocument, scan: ScannedPage, place: PicturePlace): void {
  const width = place.widthMm * POINTS_PER_MM
  const [first] = scan.images
  if (first === undefined) return
  const total = scan.images.reduce((sum, image) => sum + image.height, 0)
  const height = (width * total) / first.width
  drawStrips(
    page,
    document,
    scan.images,
    place.xMm * POINTS_PER_MM,
    page.getHeight() - place.topMm * POINTS_PER_MM - height,
    width,
    height,
  )
}

function addScan(document: PDFDocument, { images, width, height, wear }: ScannedPage): PDFPage {
  const scale = POINTS_PER_INCH / wear.dpi
  const page = document.addPage([width * scale, height * scale])
  drawStrips(page, document, images, 0, 0, width * scale, height * scale)
  if (wear.turnIsDeclared && wear.quarterTurns !== 0) {
    page.node.set(PDFName.of('Rotate'), PDFNumber.of((360 - wear.quarterTurns * 90) % 360))
  }
  return page
}

/** Draws the strips of one picture from top to bottom into a box given by its lower left corner. */
function drawStrips(
  page: PDFPage,
  document: PDFDocument,
  images: readonly ScannedImage[],
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const total = images.reduce((sum, image) => sum + image.height, 0)
  let below = total
  for (const image of images) {
    below -= image.height
    const name = page.node.newXObject('Im', embedImage(document, image))
    const bottom = y + (below / total) * height
    page.pushOperators(
      operator(Ops.PushGraphicsState),
      operator(Ops.ConcatTransformationMatrix, [width, 0, 0, (image.height / total) * height, x, bottom]),
      operator(Ops.DrawObject, [name]),
      operator(Ops.PopGraphicsState),
    )
  }
}

function embedImage(document: PDFDocument, image: ScannedImage): PDFRef {
  const { context } = document
  const common = { Type: 'XObject', Subtype: 'Image', Width: image.width, Height: image.height }
  if (image.encoding === 'flate') {
    return context.register(
      context.flateStream(image.bytes, { ...common, ColorSpace: 'DeviceGray', BitsPerComponent: 1 }),
    )
  }
  const filter =
    image.encoding === 'jpeg'
      ? { ColorSpace: image.isGrey ? 'DeviceGray' : 'DeviceRGB', BitsPerComponent: 8, Filter: 'DCTDecode' }
      : {
          ColorSpace: 'DeviceGray',
          BitsPerComponent: 1,
          Filter: 'CCITTFaxDecode',
          DecodeParms: { K: -1, Columns: image.width, Rows: image.height, BlackIs1: true },
        }
  return context.register(context.stream(image.bytes, { ...common, ...filter }))
}
