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

const DPI = 300
const POINTS_PER_INCH = 72

/** One page as hOCR 1.2: boxes are pixels of the page at 300 dpi. It is well-formed XML too. */
export function toHocr(page: PageExtract, { fileName, version }: PageTextSource): string {
  const { pageNumber, width, height } = page
  // A quotation mark would end the property.
  const image = cleanText(fileName).replaceAll('"', '”')
  const bbox = boxOf({ x0: 0, top: 0, x1: width, bottom: height })
  const title = `image "${image}"; ${bbox}; ppageno ${pageNumber - 1}; scan_res ${DPI} ${DPI}`
  const document = html`<html xmlns="http://www.w3.org/1999/xhtml" lang="zh" xml:lang="zh">
<head>
<meta charset="utf-8" />
<title>${cleanText(fileName)}, ${pageNumber}</title>
<meta name="ocr-system" content="gongkai ${version}" />
<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_line ocrx_word ocr_table ocrp_lang ocrp_wconf" />
<meta name="ocr-langs" content="zh en" />
<meta name="ocr-scripts" content="Hans Latn" />
<meta name="ocr-number-of-pages" content="1" />
</head>
<body>
<div class="ocr_page" id="page_${pageNumber}" title="${title}">
${toPageBlocks(page).map(toBlock)}</div>
</body>
</html>
`
  return `<!DOCTYPE html>\n${document.markup}`
}

function toBlock(block: PageBlock, index: number): Html {
  const id = `block_${index + 1}`
  if (block.kind === 'line') {
    return html`<div class="ocr_carea" id="${id}" title="${boxOf(block.bbox)}">${toLine(block.line)}</div>
`
  }
  const rows = block.rows.map((cells) => html`<tr>${cells.map(toCell)}</tr>\n`)
  return html`<table class="ocr_table" id="${id}" title="${boxOf(block.bbox)}"><tbody>
${rows}</tbody></table>
`
}

function toCell({ bbox, rowSpan, columnSpan, lines }: PageCell): Html {
  const rows = rowSpan === 1 ? null : html` rowspan="${rowSpan}"`
  const columns = columnSpan === 1 ? null : html` colspan="${columnSpan}"`
  return html`<td class="ocr_carea" title="${boxOf(bbox)}"${rows}${columns}>${lines.map(toLine)}</td>`
}

function toLine({ bbox, words }: PageLine): Html {
  const box = boxOf(bbox)
  const spans = words.map(({ text, confidence }, index) => {
    const sure = confidence === null ? '' : `; x_wconf ${Math.floor(confidence * 100)}`
    return html`${index === 0 ? '' : ' '}<span class="ocrx_word" title="${`${box}${sure}`}">${text}</span>`
  })
  return html`<span class="ocr_line" title="${box}">${spans}</span>`
}

function boxOf({ x0, top, x1, bottom }: BoundingBox): string {
  return `bbox ${[x0, top, x1, bottom].map((edge) => Math.max(0, Math.round((edge * DPI) / POINTS_PER_INCH))).join(' ')}`
}
