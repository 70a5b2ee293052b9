import type { BoundingBox } from '../../model/bounding-box.ts'
import type { PageExtract } from '../../model/page.ts'
import { type Html, html } from '../../publish/html.ts'
import {
  cleanText,
  type PageBlock,
  type PageCell,
  type PageLine,
  type PageTextSource,
  toPageBlocks,
} from './page-blocks.ts'

const NAMESPACE = 'http://www.loc.gov/standards/alto/ns-v4#'
/** ALTO's unit that hangs on no picture: 1/1200 of an inch. */
const UNITS_PER_POINT = 1200 / 72

/** One page as ALTO 4.2. A table is a composed block of cells; tags tell the row and column of each. */
export function toAlto(page: PageExtract, { documentId, fileName, version }: PageTextSource): string {
  const { pageNumber, width, height } = page
  const blocks = toPageBlocks(page)
  const whole = { x0: 0, top: 0, x1: width, bottom: height }
  const size = html`HEIGHT="${toUnits(height)}" WIDTH="${toUnits(width)}"`
  const document = html`<alto xmlns="${NAMESPACE}" SCHEMAVERSION="4.2">
<Description>
<MeasurementUnit>inch1200</MeasurementUnit>
<sourceImageInformation><fileName>${cleanText(fileName)}</fileName><documentIdentifier>sha256:${documentId}</documentIdentifier></sourceImageInformation>
<Processing ID="gongkai"><processingSoftware><softwareName>gongkai</softwareName><softwareVersion>${version}</softwareVersion></processingSoftware></Processing>
</Description>
${toTags(blocks)}<Layout>
<Page ID="page_${pageNumber}" PHYSICAL_IMG_NR="${pageNumber}" ${size}>
<PrintSpace ${placeOf(whole)}>
${blocks.map(toBlock)}</PrintSpace>
</Page>
</Layout>
</alto>
`
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document.markup}`
}

function toTags(blocks: readonly PageBlock[]): Html | null {
  const cells = blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []))
  const tags = new Map(cells.map((cell) => [tagOf(cell), cell]))
  if (tags.size === 0) return null
  return html`<Tags>
${[...tags].map(([id, cell]) => html`<StructureTag ID="${id}" TYPE="table-cell" LABEL="${labelOf(cell)}"/>\n`)}</Tags>
`
}

function tagOf({ row, column, rowSpan, columnSpan }: PageCell): string {
  return `cell_${row + 1}_${column + 1}_${rowSpan}_${columnSpan}`
}

function labelOf({ row, column, rowSpan, columnSpan }: PageCell): string {
  return `row ${row + 1}, column ${column + 1}, row span ${rowSpan}, column span ${columnSpan}`
}

function toBlock(block: PageBlock, index: number): Html {
  const id = `block_${index + 1}`
  if (block.kind === 'line') {
    return html`<TextBlock ID="${id}" ${placeOf(block.bbox)}>${toLine(block.line)}</TextBlock>
`
  }
  const cells = block.rows.flat().map((cell, cellIndex) => {
    const lines = cell.lines.map(toLine)
    return html`<TextBlock ID="${id}_${cellIndex + 1}" TAGREFS="${tagOf(cell)}" ${placeOf(cell.bbox)}>${lines}</TextBlock>\n`
  })
  return html`<ComposedBlock ID="${id}" TYPE="table" ${placeOf(block.bbox)}>
${cells}</ComposedBlock>
`
}

function toLine({ bbox, words }: PageLine): Html {
  const place = placeOf(bbox)
  const strings = words.map(({ text, confidence }, index) => {
    const sure = confidence === null ? null : html` WC="${confidence.toFixed(3)}"`
    return html`${index === 0 ? null : html`<SP/>`}<String CONTENT="${text}"${sure} ${place}/>`
  })
  return html`<TextLine ${place}>${strings}</TextLine>`
}

function placeOf({ x0, top, x1, bottom }: BoundingBox): Html {
  const [left, upper] = [Math.max(0, x0), Math.max(0, top)]
  return html`HPOS="${toUnits(left)}" VPOS="${toUnits(upper)}" WIDTH="${toUnits(x1 - left)}" HEIGHT="${toUnits(bottom - upper)}"`
}

function toUnits(points: number): string {
  return (Math.max(0, points) * UNITS_PER_POINT).toFixed(1)
}
