import { type BoundingBox, centreIsInside } from '../../model/bounding-box.ts'
import type {
  AffineNumbers,
  InspectedLine,
  InspectedPage,
  InspectedScan,
  InspectedScanCell,
} from '../../model/inspection.ts'
import type { GradedField } from '../../model/record.ts'
import type { Cell, Reading, Table } from '../../model/table.ts'
import type { Inspection } from './inspection.ts'

/** Boxes of the page as displayed, in points; other frames are the upright pixels of scan 0, 1, … */
export const PAGE_FRAME = -1

/**
 * What can be pointed at on the page: a cell, or a line outside tables. `box` lies in `frame`; `table` and `cell` are
 * null for a line.
 */
export interface PlacedItem {
  readonly frame: number
  readonly box: BoundingBox
  readonly table: Table | null
  readonly cell: Cell | null
  readonly text: string
  readonly readings: readonly Reading[]
  readonly flags: readonly string[]
  readonly fields: readonly GradedField[]
  readonly lines: readonly InspectedLine[]
  readonly why: string
}

/** The cells of a page, table by table, and then its loose lines, each where its own pixels lie. */
export function placeItems({ page, records }: Inspection): PlacedItem[] {
  const fields = records.flatMap((record) => record.fields)
  const cells = page.extract.tables.flatMap((table) =>
    table.cells.map((cell): PlacedItem => {
      const made = fields.filter((field) => isMadeOf(field, cell, page.extract.pageNumber))
      const { text, readings, flags } = cell
      return { ...placeCell(cell, page), table, cell, text, readings, flags, fields: made }
    }),
  )
  return [...cells, ...placeLines(page, fields)]
}

/** Fields carry the box of the cell that they were made of, or of a part of it. */
function isMadeOf(field: GradedField, cell: Cell, pageNumber: number): boolean {
  return field.pageNumber === pageNumber && centreIsInside(field.bbox, cell.bbox)
}

type Placement = Pick<PlacedItem, 'frame' | 'box' | 'lines' | 'why'>

function placeCell(cell: Cell, page: InspectedPage): Placement {
  for (const [frame, scan] of page.scans.entries()) {
    const found = findScanCell(scan, cell)
    if (found !== null) return { frame, box: found.bboxPx, lines: found.lines, why: found.why }
  }
  const lines = page.scans.flatMap((scan) =>
    scan.looseLines.filter((line) => centreIsInside(mapBox(scan.toPage, line.bboxPx), cell.bbox)),
  )
  return { frame: PAGE_FRAME, box: cell.bbox, lines, why: lines.map(({ why }) => why).join('; ') }
}

/** Tables of a page are numbered anew when it has several pictures, so a cell is found by its place. */
function findScanCell(scan: InspectedScan, { row, column, bbox }: Cell): InspectedScanCell | null {
  const cells = scan.grids.flatMap((grid) => grid.cells)
  const hasPlace = (cell: InspectedScanCell): boolean => {
    const middle = middleOf(mapBox(scan.toPage, cell.bboxPx))
    return cell.row === row && cell.column === column && centreIsInside({ ...middle }, bbox)
  }
  return cells.find(hasPlace) ?? null
}

function placeLines({ extract, scans }: InspectedPage, fields: readonly GradedField[]): PlacedItem[] {
  const nowhere = { table: null, cell: null, readings: [], flags: [] }
  // Lines never lie in a ruled table, even where a slanted one's box reaches over them; aligned tables are made of them.
  const aligned = extract.tables.filter((table) => table.structure === 'alignment')
  const isInTable = (box: BoundingBox): boolean => aligned.some((table) => centreIsInside(box, table.bbox))
  // Figures of prose carry the box of their line or of a part of it.
  const isInCell = ({ bbox }: GradedField): boolean => extract.tables.some((table) => centreIsInside(bbox, table.bbox))
  const loose = fields.filter((field) => field.pageNumber === extract.pageNumber && !isInCell(field))
  const madeOf = (line: BoundingBox): GradedField[] => loose.filter((field) => centreIsInside(field.bbox, line))
  const read = scans.flatMap((scan, frame) =>
    scan.looseLines.flatMap((line): PlacedItem[] => {
      const { text, why, bboxPx: box } = line
      const onPage = mapBox(scan.toPage, box)
      if (isInTable(onPage)) return []
      return [{ ...nowhere, frame, box, text, lines: [line], why, fields: madeOf(onPage) }]
    }),
  )
  const written = extract.lines
    .filter(({ origin }) => origin !== 'ocr')
    .map(({ text, bbox: box }): PlacedItem => {
      return { ...nowhere, frame: PAGE_FRAME, box, text, lines: [], why: '', fields: madeOf(box) }
    })
  return [...read, ...written]
}

/** The smallest upright box around a box that was mapped. */
export function mapBox(map: AffineNumbers, { x0, top, x1, bottom }: BoundingBox): BoundingBox {
  const corners = [mapPoint(map, x0, top), mapPoint(map, x1, top), mapPoint(map, x0, bottom), mapPoint(map, x1, bottom)]
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)]
  return { x0: Math.min(...xs), top: Math.min(...ys), x1: Math.max(...xs), bottom: Math.max(...ys) }
}

function mapPoint([a, b, c, d, e, f]: AffineNumbers, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f]
}

function middleOf({ x0, top, x1, bottom }: BoundingBox): BoundingBox {
  const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2]
  return { x0: x, top: y, x1: x, bottom: y }
}
