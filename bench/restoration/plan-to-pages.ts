import type { PageExtract, TextLine } from '../../src/model/page.ts'
import type { Cell, Reading, Table } from '../../src/model/table.ts'
import type { DocumentPlan, FormPlan, ProsePlan, SheetPlan } from '../generate/build-document.ts'
import { type HeaderCell, headerRows, type Sheet } from '../generate/sheet.ts'

const CELL = { width: 60, height: 20 }
const MARGIN = 40
const LINE_HEIGHT = 16

type Span = Pick<Cell, 'row' | 'column' | 'rowSpan' | 'columnSpan'>

/**
 * The pages of a planned digital document as a faultless extraction gives them: what is measured with them is the
 * meaning that we find in a page, not how its ink was read. Every sheet has one page of its own, however long.
 */
export function planToPages({ parts }: DocumentPlan): readonly PageExtract[] {
  const pages = parts.map(pageOfPart)
  return pages.map((page, index) => ({
    ...page,
    pageNumber: index + 1,
    tables: page.tables.map((table) => ({ ...table, pageNumber: index + 1 })),
  }))
}

function pageOfPart(part: SheetPlan | ProsePlan | FormPlan): PageExtract {
  if ('forms' in part) throw new RangeError('a form breaks over pages where a browser lays it out')
  return 'html' in part ? prosePage(part) : sheetPage(part.sheet)
}

function prosePage({ html }: ProsePlan): PageExtract {
  const texts = [...html.matchAll(/<p class="\w+">([^<]*)<\/p>/g)].map((match) => unescapeHtml(match[1] ?? ''))
  return pageOf(linesOf(texts, MARGIN), [])
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

function sheetPage(sheet: Sheet): PageExtract {
  const above = linesOf(
    [sheet.title, sheet.above.left, sheet.above.right].filter((text) => text !== ''),
    MARGIN,
  )
  const table = sheetToTable(sheet, MARGIN + (above.length + 1) * LINE_HEIGHT)
  const below = linesOf(sheet.below === '' ? [] : [sheet.below], table.bbox.bottom + LINE_HEIGHT)
  return pageOf([...above, ...below], [table])
}

function linesOf(texts: readonly string[], top: number): readonly TextLine[] {
  return texts.map((text, index): TextLine => {
    const at = top + index * LINE_HEIGHT
    return { text, bbox: { x0: MARGIN, top: at, x1: MARGIN + text.length * 10, bottom: at + 12 }, origin: 'text' }
  })
}

function pageOf(lines: readonly TextLine[], tables: readonly Table[]): PageExtract {
  const head = { pageNumber: 1, kind: 'text', reason: 'planned', width: 1200, height: 2000 } as const
  return { ...head, lines, tables, warnings: [] }
}

/** A planned sheet as a ruled table of trusted text, its top edge at `top`. */
export function sheetToTable({ columns, rows }: Sheet, top: number): Table {
  const headings = headerRows(columns)
  const head = headings.flatMap((cells, level) => cells.map((cell) => headingCell(cell, level, top)))
  const body = rows.flatMap((row, index) =>
    row.cells.flatMap((text, column) => {
      if (column > 0 && column < row.labelSpan) return []
      const span = { row: headings.length + index, column, rowSpan: 1, columnSpan: column === 0 ? row.labelSpan : 1 }
      return [cellOf(text, span, top)]
    }),
  )
  const rowCount = headings.length + rows.length
  return {
    pageNumber: 1,
    tableIndex: 1,
    bbox: { x0: MARGIN, top, x1: MARGIN + columns.length * CELL.width, bottom: top + rowCount * CELL.height },
    rowCount,
    columnCount: columns.length,
    structure: 'vector-rulings',
    structureConfidence: 1,
    cells: [...head, ...body],
  }
}

function headingCell({ text, column, columnSpan, rowSpan }: HeaderCell, row: number, top: number): Cell {
  return cellOf(text, { row, column, rowSpan, columnSpan }, top)
}

function cellOf(text: string, span: Span, top: number): Cell {
  const x0 = MARGIN + span.column * CELL.width
  const y0 = top + span.row * CELL.height
  const reading: Reading = { reader: 'text-layer', lines: [text], confidence: null, characters: [] }
  return {
    ...span,
    bbox: { x0, top: y0, x1: x0 + span.columnSpan * CELL.width, bottom: y0 + span.rowSpan * CELL.height },
    text,
    origin: 'text',
    confidence: null,
    readings: text === '' ? [] : [reading],
    flags: [],
  }
}
