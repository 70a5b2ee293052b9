import { centreIsInside } from '../../model/bounding-box.ts'
import type { Ruling, TextLine } from '../../model/page.ts'
import type { Cell, Table } from '../../model/table.ts'
import { findAlignedGrids } from '../table/find-aligned-grids.ts'
import type { Grid, GridCell } from '../table/grid.ts'
import type { CellReading } from './choose-reading.ts'
import type { BoxToPoints } from './map-to-points.ts'

/** A line of print outside ruled tables with what the readers made of it. */
export interface LooseLine extends TextLine {
  readonly reading: CellReading
}

/** Without vertical rulings nothing but the place of print parts the columns. */
const ALIGNED_CONFIDENCE = 0.5

/**
 * Tables of a scanned page that have no vertical rulings: lines that stand in columns, by horizontal rules or alone.
 * All their cells carry the doubt. The lines that belong to none are given back. Lines and rulings are those of the
 * upright page, in any unit near points; `toPage` maps that to the page as displayed.
 */
export function alignLooseLines(
  pageNumber: number,
  loose: readonly LooseLine[],
  rulings: readonly Ruling[],
  toPage: BoxToPoints,
): { readonly tables: readonly Table[]; readonly lines: readonly TextLine[] } {
  const grids = findAlignedGrids(loose, rulings, { taken: [], headings: [] })
  const tables = grids.map((grid, index) => toTable({ pageNumber, tableIndex: index + 1 }, grid, loose, toPage))
  const lines = loose.filter((line) => !grids.some((grid) => centreIsInside(line.bbox, grid.bbox)))
  return { tables, lines: lines.map(({ text, bbox, origin }) => ({ text, bbox: toPage(bbox), origin })) }
}

function toTable(
  identity: Pick<Table, 'pageNumber' | 'tableIndex'>,
  grid: Grid,
  loose: readonly LooseLine[],
  toPage: BoxToPoints,
): Table {
  return {
    ...identity,
    bbox: toPage(grid.bbox),
    rowCount: grid.rowEdges.length - 1,
    columnCount: grid.columnEdges.length - 1,
    structure: 'alignment',
    structureConfidence: ALIGNED_CONFIDENCE,
    cells: grid.cells.map((cell) => toCell(cell, loose, toPage)),
  }
}

function toCell(cell: GridCell, loose: readonly LooseLine[], toPage: BoxToPoints): Cell {
  const own = loose
    .filter((line) => centreIsInside(line.bbox, cell.bbox))
    .toSorted((a, b) =>
      a.bbox.bottom <= b.bbox.top || b.bbox.bottom <= a.bbox.top ? a.bbox.top - b.bbox.top : a.bbox.x0 - b.bbox.x0,
    )
  const confidences = own.map((line) => line.reading.confidence).filter((confidence) => confidence !== null)
  return {
    row: cell.row,
    column: cell.column,
    rowSpan: cell.rowSpan,
    columnSpan: cell.columnSpan,
    bbox: toPage(cell.bbox),
    text: own.map((line) => line.text).join(''),
    origin: 'ocr',
    confidence: confidences.length === 0 ? null : Math.min(...confidences),
    // Readings of several lines by several readers cannot be laid side by side; one line's can.
    readings: own.length === 1 ? (own[0]?.reading.readings ?? []) : [],
    flags: [...new Set([...own.flatMap((line) => line.reading.flags), 'structure-uncertain'])],
  }
}
