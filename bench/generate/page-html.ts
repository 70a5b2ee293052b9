import { type Column, headerRows, type Sheet, type SheetRow } from './sheet.ts'

export interface PaperSize {
  readonly widthMm: number
  readonly heightMm: number
}

export const A4_PORTRAIT: PaperSize = { widthMm: 210, heightMm: 297 }
export const A4_LANDSCAPE: PaperSize = { widthMm: 297, heightMm: 210 }
export const A3_LANDSCAPE: PaperSize = { widthMm: 420, heightMm: 297 }

export type RulingStyle =
  | 'solid'
  | 'hairline'
  | 'thick'
  | 'dotted'
  | 'dashed'
  | 'double-frame'
  | 'grey'
  | 'open-sides'
  | 'horizontal-only'
  | 'none'
  | 'three-line'
  | 'spanner-rules'
  | 'shaded-rows'
  | 'white'

/** How a sheet looks. Sizes in points, margins in millimetres. */
export interface SheetStyle {
  readonly paper: PaperSize
  readonly marginMm: number
  readonly fontFamily: string
  readonly headingFamily: string
  readonly fontSizePt: number
  readonly rulings: RulingStyle
  readonly cellPaddingPt: number
  readonly breaksAnywhere: boolean
  readonly shadedHeader: boolean
  readonly boldHeader: boolean
  readonly minRowHeightPt: number
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** CSS for one document: fonts by name, so a machine without them falls back and says nothing; look at the pages. */
export function sheetCss(style: SheetStyle): string {
  const { rulings } = style
  const line = RULING_CSS[rulings]
  return `
*{box-sizing:border-box}body{margin:0;background:#fff;color:#000}
.page{position:relative;width:${style.paper.widthMm}mm;height:${style.paper.heightMm}mm;padding:${style.marginMm}mm;overflow:hidden;
break-after:page;font-family:${style.fontFamily};font-size:${style.fontSizePt}pt;line-height:1.25}
.page.tall{height:auto;overflow:visible}
.title{text-align:center;font-family:${style.headingFamily};font-size:${Math.max(14, style.fontSizePt * 2)}pt;margin:0 0 2mm}
.above{display:flex;justify-content:space-between;font-size:${style.fontSizePt + 0.5}pt;margin-bottom:1mm;min-height:1em}
.below{margin-top:1.5mm}
table{border-collapse:collapse;table-layout:fixed;width:100%;${line.frame}}
td,th{${line.cell};padding:${style.cellPaddingPt}pt ${style.cellPaddingPt + 0.6}pt;vertical-align:middle;font-weight:normal;
${style.breaksAnywhere ? 'word-break:break-all' : 'overflow-wrap:anywhere'}}
th{text-align:center;${style.boldHeader ? `font-weight:bold;font-family:${style.headingFamily};` : ''}${style.shadedHeader ? 'background:#e4e4e4;' : ''}}
tr{height:${style.minRowHeightPt}pt}
${line.extra}`
}

const RULING_CSS: Record<RulingStyle, { frame: string; cell: string; extra: string }> = {
  solid: { frame: '', cell: 'border:.6pt solid #000', extra: '' },
  hairline: { frame: '', cell: 'border:.25pt solid #222', extra: '' },
  thick: { frame: 'border:1.6pt solid #000', cell: 'border:1.1pt solid #000', extra: '' },
  dotted: { frame: '', cell: 'border:.75pt dotted #000', extra: '' },
  dashed: { frame: 'border:.75pt solid #000', cell: 'border:.5pt dashed #000', extra: '' },
  'double-frame': { frame: 'border:2.25pt double #000', cell: 'border:.5pt solid #000', extra: '' },
  grey: { frame: '', cell: 'border:.6pt solid #9a9a9a', extra: '' },
  'open-sides': {
    frame: '',
    cell: 'border:.6pt solid #000',
    extra: 'td.first,th.first{border-left:none}td.last,th.last{border-right:none}',
  },
  'horizontal-only': {
    frame: 'border-top:1pt solid #000;border-bottom:1pt solid #000',
    cell: 'border-top:.4pt solid #444',
    extra: '',
  },
  'three-line': {
    frame: 'border-top:1.2pt solid #000;border-bottom:1.2pt solid #000',
    cell: 'border:none',
    extra: 'thead tr:last-child th,thead th.low{border-bottom:.6pt solid #000}',
  },
  'spanner-rules': {
    frame: 'border-top:1.2pt solid #000;border-bottom:1.2pt solid #000',
    cell: 'border:none',
    extra: 'thead tr:last-child th,thead th.low,thead th.over{border-bottom:.6pt solid #000}',
  },
  'shaded-rows': {
    frame: '',
    cell: 'border:none',
    extra: 'tbody tr:nth-child(odd) td{background:#ececec}thead th{background:#d4d4d4}',
  },
  white: { frame: '', cell: 'border:none', extra: '' },
  none: { frame: '', cell: 'border:none', extra: 'thead tr:last-child th,thead th.low{border-bottom:.6pt solid #000}' },
}

export interface SheetPart {
  readonly rows: readonly SheetRow[]
  readonly hasTitle: boolean
  readonly hasHeader: boolean
  readonly hasBelow: boolean
  /** Grows with its rows instead of filling one sheet of paper: for measuring. */
  readonly isTall?: boolean
  /** Marks laid over the page: seals, holes, strokes. */
  readonly overlay?: string
}

/** One page of a sheet as a section; `sheetCss` belongs to it. */
export function sheetPageHtml(sheet: Sheet, part: SheetPart): string {
  const total = sheet.columns.reduce((sum, column) => sum + column.weight, 0)
  const cols = sheet.columns.map((column) => `<col style="width:${((column.weight / total) * 100).toFixed(3)}%">`)
  const above = `<div class="above"><span>${escapeHtml(sheet.above.left)}</span><span>${escapeHtml(sheet.above.right)}</span></div>`
  const title = part.hasTitle ? `<div class="title">${escapeHtml(sheet.title)}</div>${above}` : ''
  const head = part.hasHeader ? `<thead>${headHtml(sheet.columns)}</thead>` : ''
  const below = part.hasBelow && sheet.below !== '' ? `<div class="below">${escapeHtml(sheet.below)}</div>` : ''
  const kind = part.isTall === true ? 'page tall' : 'page'
  return `<section class="${kind}">${title}<table><colgroup>${cols.join('')}</colgroup>${head}<tbody>${bodyHtml(sheet.columns, part.rows)}</tbody></table>${below}${part.overlay ?? ''}</section>`
}

function headHtml(columns: readonly Column[]): string {
  const rows = headerRows(columns)
  const depth = rows.length
  return rows
    .map((cells, level) => {
      const html = cells.map(({ text, column, columnSpan, rowSpan }) => {
        const place = level + rowSpan === depth ? ' low' : columnSpan > 1 ? ' over' : ''
        const edge = `${edgeClass(column, columnSpan, columns.length)}${place}`.trim()
        return `<th class="${edge}" data-key="h${level}c${column}" colspan="${columnSpan}" rowspan="${rowSpan}">${escapeHtml(text)}</th>`
      })
      return `<tr>${html.join('')}</tr>`
    })
    .join('')
}

function bodyHtml(columns: readonly Column[], rows: readonly SheetRow[]): string {
  return rows.map((row, position) => `<tr>${rowHtml(columns, rows, row, position)}</tr>`).join('')
}

function rowHtml(columns: readonly Column[], rows: readonly SheetRow[], row: SheetRow, position: number): string {
  return columns
    .map((column, index) => {
      if (index > 0 && index < row.labelSpan) return ''
      const text = row.cells[index] ?? ''
      const rowSpan = column.mergesDown === true ? mergedRows(rows, position, index) : 1
      if (rowSpan === 0) return ''
      const columnSpan = index === 0 ? row.labelSpan : 1
      const isCentred = row.kind === 'ordinal' || (row.kind === 'total' && column.totals === undefined)
      const align = isCentred ? 'center' : column.align
      const edge = edgeClass(index, columnSpan, columns.length)
      return `<td class="${edge}" data-key="${rowKey(row, position)}c${index}" colspan="${columnSpan}" rowspan="${rowSpan}" style="text-align:${align}">${escapeHtml(text)}</td>`
    })
    .join('')
}

function rowKey(row: SheetRow, position: number): string {
  return row.rowIndex === null ? `x${position}` : `r${row.rowIndex}`
}

/** How many rows the cell covers from here down; 0 when a cell above covers it. Only data rows merge. */
export function mergedRows(rows: readonly SheetRow[], position: number, column: number): number {
  const isSame = (a: SheetRow | undefined, b: SheetRow | undefined): boolean =>
    a?.kind === 'data' && b?.kind === 'data' && a.cells[column] === b.cells[column]
  if (isSame(rows[position], rows[position - 1])) return 0
  let count = 1
  while (isSame(rows[position], rows[position + count])) count += 1
  return count
}

function edgeClass(column: number, span: number, count: number): string {
  return `${column === 0 ? 'first' : ''} ${column + span === count ? 'last' : ''}`.trim()
}
