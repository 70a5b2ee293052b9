import {
  PDFOperatorNames as Ops,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFOperator,
  type PDFPage,
  type PDFRef,
  PDFString,
} from 'pdf-lib'
import type { PrintedLine } from './browser.ts'
import type { ScannedImage, ScannedPage } from './scan-page.ts'

const POINTS_PER_INCH = 72
const FIRST_HALF_WIDTH = 0x20
const LAST_HALF_WIDTH = 0x7e
const LAYER_FONT_KEY = 'OcrLayer'

/** A page that goes into a document: digital pages as they were printed, scans as image with perhaps a layer. */
export type PageContent =
  | { readonly kind: 'digital'; readonly pdf: Uint8Array }
  | { readonly kind: 'scan'; readonly scan: ScannedPage; readonly layer: readonly PrintedLine[] | null }

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
    if (page.kind === 'digital') {
      const source = await PDFDocument.load(page.pdf, { updateMetadata: false })
      for (const copy of await document.copyPages(source, source.getPageIndices())) document.addPage(copy)
    } else {
      const target = addScan(document, page.scan)
      if (page.layer === null) continue
      layerFont ??= createLayerFont(document)
      addLayer(target, page.layer, page.scan, layerFont)
    }
  }
  return document.save({ useObjectStreams: true, addDefaultPage: false })
}

function addScan(document: PDFDocument, { image, wear }: ScannedPage): PDFPage {
  const scale = POINTS_PER_INCH / wear.dpi
  const [width, height] = [image.width * scale, image.height * scale]
  const page = document.addPage([width, height])
  const name = page.node.newXObject('Im', embedImage(document, image))
  page.pushOperators(
    operator(Ops.PushGraphicsState),
    operator(Ops.ConcatTransformationMatrix, [width, 0, 0, height, 0, 0]),
    operator(Ops.DrawObject, [name]),
    operator(Ops.PopGraphicsState),
  )
  if (wear.turnIsDeclared && wear.quarterTurns !== 0) {
    page.node.set(PDFName.of('Rotate'), PDFNumber.of((360 - wear.quarterTurns * 90) % 360))
  }
  return page
}

function embedImage(document: PDFDocument, image: ScannedImage): PDFRef {
  const { context } = document
  const common = { Type: 'XObject', Subtype: 'Image', Width: image.width, Height: image.height }
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

/** A font without glyphs: invisible text needs only widths and a way back to Unicode. */
function createLayerFont(document: PDFDocument): PDFRef {
  const { context } = document
  const unicode = context.register(context.flateStream(IDENTITY_TO_UNICODE))
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: 'SimSun',
      Flags: 4,
      FontBBox: [0, -140, 1000, 860],
      ItalicAngle: 0,
      Ascent: 860,
      Descent: -140,
      CapHeight: 700,
      StemV: 80,
    }),
  )
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: 'SimSun',
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 1000,
      W: [FIRST_HALF_WIDTH, LAST_HALF_WIDTH, 500],
    }),
  )
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: 'SimSun',
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: unicode,
    }),
  )
}

const IDENTITY_TO_UNICODE = `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end`

/** Writes the lines invisibly (render mode 3) where they stand on the scan, turned with it. */
function addLayer(page: PDFPage, lines: readonly PrintedLine[], { image, wear }: ScannedPage, font: PDFRef): void {
  const fontName = page.node.newFontDictionary(LAYER_FONT_KEY, font)
  const scale = POINTS_PER_INCH / wear.dpi
  const isSideways = wear.quarterTurns % 2 === 1
  const width = (isSideways ? image.height : image.width) * scale
  const height = (isSideways ? image.width : image.height) * scale
  page.pushOperators(
    operator(Ops.PushGraphicsState),
    operator(Ops.ConcatTransformationMatrix, turnMatrix(wear.quarterTurns, width, height)),
    operator(Ops.BeginText),
    operator(Ops.SetTextRenderingMode, [INVISIBLE]),
  )
  for (const line of lines)
    if (line.text.trim() !== '') page.pushOperators(...lineOperators(line, fontName, scale, height))
  page.pushOperators(operator(Ops.EndText), operator(Ops.PopGraphicsState))
}

/** From points of the upright page (origin bottom left) to points of the page as stored. */
function turnMatrix(quarterTurns: number, width: number, height: number): readonly number[] {
  if (quarterTurns === 1) return [0, -1, 1, 0, 0, width]
  if (quarterTurns === 2) return [-1, 0, 0, -1, width, height]
  if (quarterTurns === 3) return [0, 1, -1, 0, height, 0]
  return [1, 0, 0, 1, 0, 0]
}

function lineOperators(line: PrintedLine, font: PDFName, scale: number, pageHeight: number): PDFOperator[] {
  const lineHeight = (line.bottom - line.top) * scale
  const size = Math.max(1, lineHeight * 0.8)
  const natural = [...line.text].reduce((sum, letter) => sum + (isHalfWidth(letter) ? 0.5 : 1), 0) * size
  const stretch = ((line.x1 - line.x0) * scale * 100) / natural
  const baseline = pageHeight - line.bottom * scale + lineHeight * 0.18
  return [
    operator(Ops.SetFontAndSize, [font, round(size)]),
    operator(Ops.SetTextHorizontalScaling, [round(stretch)]),
    operator(Ops.SetTextMatrix, [1, 0, 0, 1, round(line.x0 * scale), round(baseline)]),
    PDFOperator.of(Ops.ShowText, [PDFHexString.of(toHex(line.text))]),
  ]
}

const INVISIBLE = 3

const isHalfWidth = (letter: string): boolean =>
  letter.charCodeAt(0) >= FIRST_HALF_WIDTH && letter.charCodeAt(0) <= LAST_HALF_WIDTH

const round = (value: number): number => Math.round(value * 1000) / 1000

function operator(name: Ops, values: readonly (number | PDFName)[] = []): PDFOperator {
  return PDFOperator.of(
    name,
    values.map((value) => (typeof value === 'number' ? PDFNumber.of(value) : value)),
  )
}

/** UTF-16 code units as the font's two-byte codes. */
function toHex(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join(
    '',
  )
}
