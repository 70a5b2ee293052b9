import {
  PDFOperatorNames as Ops,
  type PDFDocument,
  PDFHexString,
  type PDFName,
  PDFOperator,
  type PDFPage,
  type PDFRef,
  PDFString,
} from 'pdf-lib'
import type { PrintedLine } from './browser.ts'
import { operator, round } from './pdf-operators.ts'
import type { ScannedPage } from './scan-page.ts'

const POINTS_PER_INCH = 72
const FIRST_HALF_WIDTH = 0x20
const LAST_HALF_WIDTH = 0x7e
const LAYER_FONT_KEY = 'OcrLayer'

/** A font without glyphs: invisible text needs only widths and a way back to Unicode. */
export function createLayerFont(document: PDFDocument): PDFRef {
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
export function addLayer(
  page: PDFPage,
  lines: readonly PrintedLine[],
  { width: storedWidth, height: storedHeight, wear }: ScannedPage,
  font: PDFRef,
): void {
  const fontName = page.node.newFontDictionary(LAYER_FONT_KEY, font)
  const scale = POINTS_PER_INCH / wear.dpi
  const isSideways = wear.quarterTurns % 2 === 1
  const width = (isSideways ? storedHeight : storedWidth) * scale
  const height = (isSideways ? storedWidth : storedHeight) * scale
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

/** UTF-16 code units as the font's two-byte codes. */
function toHex(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join(
    '',
  )
}
