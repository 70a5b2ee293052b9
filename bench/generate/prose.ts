import type { ProsePlan } from './build-document.ts'
import { A4_PORTRAIT, escapeHtml, type PaperSize } from './page-html.ts'

/** A piece of a digital page. */
export type Block =
  | { readonly kind: 'cover' | 'heading' | 'subheading' | 'paragraph' | 'right'; readonly text: string }
  | { readonly kind: 'form'; readonly rows: readonly FormRow[]; readonly widths: readonly number[] }

/** A row of a ruled form: cells as text, or with how far they reach. */
export type FormRow = readonly (string | { readonly text: string; readonly columns?: number; readonly rows?: number })[]

export interface ProseStyle {
  readonly paper: PaperSize
  readonly fontFamily: string
  readonly headingFamily: string
  readonly fontSizePt: number
}

export const OFFICE_PROSE: ProseStyle = {
  paper: A4_PORTRAIT,
  fontFamily: "'AR PL UMing CN','Noto Serif CJK SC',serif",
  headingFamily: "'Noto Sans CJK SC',sans-serif",
  fontSizePt: 14,
}

/** Pages of prose and forms; every inner list is one page and must fit on it. */
export function prosePages(pages: readonly (readonly Block[])[], style: ProseStyle = OFFICE_PROSE): ProsePlan {
  const sections = pages.map((blocks) => `<section class="page">${blocks.map(blockHtml).join('')}</section>`)
  return { html: sections.join(''), css: proseCss(style), paper: style.paper, pageCount: pages.length }
}

function blockHtml(block: Block): string {
  if (block.kind === 'form') return formHtml(block)
  return `<p class="${block.kind}">${escapeHtml(block.text)}</p>`
}

function formHtml({ rows, widths }: Extract<Block, { kind: 'form' }>): string {
  const total = widths.reduce((sum, width) => sum + width, 0)
  const cols = widths.map((width) => `<col style="width:${((width / total) * 100).toFixed(2)}%">`)
  const body = rows.map((row) => {
    const cells = row.map((cell) => {
      const { text, columns = 1, rows: rowSpan = 1 } = typeof cell === 'string' ? { text: cell } : cell
      return `<td colspan="${columns}" rowspan="${rowSpan}">${escapeHtml(text)}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  return `<table><colgroup>${cols.join('')}</colgroup><tbody>${body.join('')}</tbody></table>`
}

function proseCss({ paper, fontFamily, headingFamily, fontSizePt }: ProseStyle): string {
  return `
*{box-sizing:border-box}body{margin:0;background:#fff;color:#000}
.page{width:${paper.widthMm}mm;height:${paper.heightMm}mm;padding:24mm 25mm;overflow:hidden;break-after:page;
font-family:${fontFamily};font-size:${fontSizePt}pt;line-height:1.7}
p{margin:0 0 1.5mm;text-indent:2em;text-align:justify}
p.cover{text-indent:0;text-align:center;font-family:${headingFamily};font-size:${fontSizePt * 1.7}pt;margin:40mm 0 12mm}
p.heading{text-indent:0;text-align:center;font-family:${headingFamily};font-size:${fontSizePt * 1.25}pt;margin:3mm 0}
p.subheading{font-family:${headingFamily}}
p.right{text-align:right;text-indent:0}
table{border-collapse:collapse;table-layout:fixed;width:100%;font-size:${fontSizePt * 0.68}pt;line-height:1.35;margin:2mm 0}
td{border:.6pt solid #000;padding:1.5mm 1.6mm;vertical-align:middle;text-align:center;overflow-wrap:anywhere}`
}

/** Paragraph, heading and so on as short words for writing pages. */
export const heading = (text: string): Block => ({ kind: 'heading', text })
export const subheading = (text: string): Block => ({ kind: 'subheading', text })
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
export const cover = (text: string): Block => ({ kind: 'cover', text })
export const rightLine = (text: string): Block => ({ kind: 'right', text })
export const form = (widths: readonly number[], rows: readonly FormRow[]): Block => ({ kind: 'form', widths, rows })
