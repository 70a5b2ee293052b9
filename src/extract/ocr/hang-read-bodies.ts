import type { BoundingBox } from '../../model/bounding-box.ts'
import type { Ruling, Word } from '../../model/page.ts'
import type { CroppedCell } from '../raster/crop-lines.ts'
import type { ScanTable } from '../raster/grid.ts'
import type { Bend } from '../raster/straighten.ts'
import type { Grid } from '../table/grid.ts'
import { hangBody, isHeading } from '../table/hang-body.ts'
import { scaleBox } from './map-to-points.ts'
import type { PageEyes } from './read-loose-words.ts'
import { applyLook } from './vote-look.ts'

/** A ruled table with its cells as they were cropped. */
export interface CroppedTable {
  readonly table: ScanTable
  readonly cells: readonly CroppedCell[]
}

/** A heading and its body as one grid, in points on the page that `bend` straightens; `words` are those of the heading, `edges` its lines. */
export interface HungBody {
  readonly heading: ScanTable
  readonly grid: Grid
  readonly words: readonly Word[]
  readonly edges: readonly Ruling[]
}

/** Where print stands in a ruled cell says nothing of the columns: it counts in the middle of its cell, so wide (points). */
const IN_THE_MIDDLE = 2

/**
 * Ruled tables that are headings of bodies in which no vertical ruling parts the columns. `words` and `rulings` are the print and the horizontal rules
 * outside the tables, in points on the page that `bend` straightens. The reader is asked whether a heading holds figures only where something hangs from
 * it. @throws the signal's reason when aborted
 */
export async function hangReadBodies(
  tables: readonly CroppedTable[],
  sheet: { readonly words: readonly Word[]; readonly bend: Bend; readonly rulings: readonly Ruling[] },
  unevenEnds: number,
  eyes: PageEyes,
  signal: AbortSignal,
): Promise<readonly HungBody[]> {
  const { words, bend, rulings } = sheet
  const straight = tables.map(({ table }) => straightGrid(table.grid, bend, eyes.scale))
  const hung: HungBody[] = []
  for (const [index, { table, cells }] of tables.entries()) {
    const heading = straight[index]
    if (heading === undefined || table.structure === 'alignment') continue
    const others = straight.filter((other) => other !== heading)
    const grid = hangBody(heading, words, rulings, others, unevenEnds)
    if (grid === null) continue
    const own = await readHeading(heading, cells, bend, eyes, signal)
    if (isHeading(heading, own)) hung.push({ heading: table, grid, words: own, edges: edgesOfCells(heading) })
  }
  return hung
}

async function readHeading(
  heading: Grid,
  cells: readonly CroppedCell[],
  bend: Bend,
  { engine, look, scale }: PageEyes,
  signal: AbortSignal,
): Promise<readonly Word[]> {
  const lines = cells.flatMap((cell) => cell.lines.map((line) => ({ line, cell })))
  const readings = await engine.recognize(
    lines.map(({ line }) => applyLook(line, look)),
    'any',
    signal,
  )
  return lines.flatMap(({ line, cell }, index): readonly Word[] => {
    const text = readings[index]?.text.trim() ?? ''
    const place = heading.cells.find(({ row, column }) => row === cell.row && column === cell.column)?.bbox
    if (text === '' || place === undefined) return []
    const { top, bottom } = scaleBox(straightBox(line.bboxPx, bend), scale)
    const middle = (place.x0 + place.x1) / 2
    const bbox = { x0: middle - IN_THE_MIDDLE / 2, x1: middle + IN_THE_MIDDLE / 2, top, bottom }
    return [{ text, bbox, origin: 'ocr' }]
  })
}

/** The grid on the straightened page, in points. */
function straightGrid(grid: Grid, bend: Bend, scale: number): Grid {
  const { bbox, rowEdges, columnEdges, cells } = grid
  const [middle, level] = [(bbox.x0 + bbox.x1) / 2, (bbox.top + bbox.bottom) / 2]
  const columns = columnEdges.map((x) => (x - bend.bendX(x, level)) * scale)
  const rows = rowEdges.map((y) => (y - bend.bendY(middle, y)) * scale)
  const boxOf = (row: number, rowEnd: number, column: number, columnEnd: number): BoundingBox => ({
    x0: columns[column] ?? 0,
    top: rows[row] ?? 0,
    x1: columns[columnEnd] ?? 0,
    bottom: rows[rowEnd] ?? 0,
  })
  return {
    bbox: boxOf(0, rows.length - 1, 0, columns.length - 1),
    columnEdges: columns,
    rowEdges: rows,
    cells: cells.map((cell) => ({
      ...cell,
      bbox: boxOf(cell.row, cell.row + cell.rowSpan, cell.column, cell.column + cell.columnSpan),
    })),
  }
}

function straightBox({ x0, top, x1, bottom }: BoundingBox, bend: Bend): BoundingBox {
  const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2]
  const [aside, sunk] = [bend.bendX(x, y), bend.bendY(x, y)]
  return { x0: x0 - aside, x1: x1 - aside, top: top - sunk, bottom: bottom - sunk }
}

/** The rulings above and below each cell. */
function edgesOfCells({ cells }: Grid): readonly Ruling[] {
  return cells.flatMap(({ bbox: { x0, x1, top, bottom } }) =>
    [top, bottom].map((position) => ({
      orientation: 'horizontal' as const,
      position,
      start: x0,
      end: x1,
      thickness: 1,
    })),
  )
}
