import type { LinePosteriors } from '../../src/model/line-posteriors.ts'
import type { PageExtract, TextLine } from '../../src/model/page.ts'
import type { Cell, ReaderName, Reading, Table } from '../../src/model/table.ts'

/** A cell in a test: its text, "<" to go on from the left, "^" from above, or texts by reader, with PP-OCR's posteriors and the cell's flags. */
export type CellSketch =
  | string
  | {
      readonly text: string
      readonly readings: Partial<Record<ReaderName, string>>
      readonly posteriors?: readonly LinePosteriors[]
      readonly flags?: readonly string[]
    }

export interface TableSketch {
  readonly rows: readonly (readonly CellSketch[])[]
  readonly origin?: 'text' | 'ocr'
  readonly top?: number
  readonly tableIndex?: number
  readonly columnWidths?: readonly number[]
}

export interface PageSketch {
  readonly pageNumber?: number
  readonly lines?: readonly string[]
  readonly after?: readonly string[]
  readonly tables?: readonly TableSketch[]
  readonly kind?: PageExtract['kind']
}

const ROW_HEIGHT = 20
const LINE_HEIGHT = 16
const PAGE_WIDTH = 800

/** A page as `extract` would give it: lines from the top, then the tables, then the lines of `after`. */
export function buildPage(sketch: PageSketch): PageExtract {
  const pageNumber = sketch.pageNumber ?? 1
  const lines = (sketch.lines ?? []).map((text, index) => buildLine(text, 20 + index * LINE_HEIGHT))
  let top = 30 + lines.length * LINE_HEIGHT
  const tables = (sketch.tables ?? []).map((table, index) => {
    const built = buildTable({ top, tableIndex: index + 1, ...table }, pageNumber)
    top = built.bbox.bottom + 40
    return built
  })
  const after = (sketch.after ?? []).map((text, index) => buildLine(text, top + index * LINE_HEIGHT))
  return {
    pageNumber,
    kind: sketch.kind ?? (tables.some((table) => table.cells.some((cell) => cell.origin === 'ocr')) ? 'scan' : 'text'),
    reason: 'built for a test',
    width: PAGE_WIDTH,
    height: 1000,
    lines: [...lines, ...after],
    tables,
    warnings: [],
  }
}

function buildLine(text: string, top: number): TextLine {
  return { text, bbox: { x0: 40, top, x1: 40 + text.length * 10, bottom: top + 12 }, origin: 'text' }
}

export function buildTable(sketch: TableSketch, pageNumber = 1): Table {
  const top = sketch.top ?? 100
  const columnCount = Math.max(...sketch.rows.map((row) => row.length))
  const widths = sketch.columnWidths ?? Array.from({ length: columnCount }, () => (PAGE_WIDTH - 80) / columnCount)
  const edges = [40]
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width)
  const bbox = { x0: 40, top, x1: edges.at(-1) ?? 40, bottom: top + sketch.rows.length * ROW_HEIGHT }
  const cells = sketch.rows.flatMap((row, rowIndex) =>
    row.flatMap((cell, column) => {
      if (cell === '<' || cell === '^') return []
      const columnSpan = spanOf(row.slice(column + 1), '<')
      const rowSpan = spanOf(
        sketch.rows.slice(rowIndex + 1).map((below) => below[column] ?? ''),
        '^',
      )
      return [buildCell(cell, { row: rowIndex, column, rowSpan, columnSpan }, edges, top, sketch.origin ?? 'text')]
    }),
  )
  return {
    pageNumber,
    tableIndex: sketch.tableIndex ?? 1,
    bbox,
    rowCount: sketch.rows.length,
    columnCount,
    structure: sketch.origin === 'ocr' ? 'pixel-rulings' : 'vector-rulings',
    structureConfidence: 1,
    cells,
  }
}

function spanOf(following: readonly CellSketch[], mark: string): number {
  const end = following.findIndex((cell) => cell !== mark)
  return 1 + (end === -1 ? following.length : end)
}

type Place = Pick<Cell, 'row' | 'column' | 'rowSpan' | 'columnSpan'>

function buildCell(
  sketch: CellSketch,
  place: Place,
  edges: readonly number[],
  top: number,
  origin: Cell['origin'],
): Cell {
  const text = typeof sketch === 'string' ? sketch : sketch.text
  const byReader = typeof sketch === 'string' ? readersOf(text, origin) : sketch.readings
  const posteriors = typeof sketch === 'string' ? undefined : sketch.posteriors
  const readings = Object.entries(byReader).map(([reader, seen]) => ({
    ...buildReading(reader as ReaderName, seen ?? ''),
    ...(reader === 'paddle' && posteriors !== undefined ? { posteriors } : {}),
  }))
  return {
    ...place,
    bbox: {
      x0: edges[place.column] ?? 0,
      top: top + place.row * ROW_HEIGHT,
      x1: edges[place.column + place.columnSpan] ?? 0,
      bottom: top + (place.row + place.rowSpan) * ROW_HEIGHT,
    },
    text,
    origin,
    confidence: origin === 'ocr' && text !== '' ? 0.97 : null,
    readings: text === '' && typeof sketch === 'string' ? [] : readings,
    flags: typeof sketch === 'string' ? [] : (sketch.flags ?? []),
  }
}

function readersOf(text: string, origin: Cell['origin']): Partial<Record<ReaderName, string>> {
  return origin === 'text' ? { 'text-layer': text } : { paddle: text, tesseract: text }
}

function buildReading(reader: ReaderName, text: string): Reading {
  const confidence = reader === 'paddle' || reader === 'tesseract' ? 0.97 : null
  return { reader, lines: [text], confidence, characters: [] }
}
