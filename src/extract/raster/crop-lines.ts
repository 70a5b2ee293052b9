import type { BoundingBox } from '../../model/bounding-box.ts'
import type { GridCell } from '../table/grid.ts'
import { type CutRegion, cutLine } from './cut-line.ts'
import { withoutRulingRests } from './drop-ruling-rests.ts'
import type { ScanTable } from './grid.ts'
import type { LineImage, UprightPage } from './image.ts'
import { joinTextLines } from './join-text-lines.ts'
import { findMarks, type PageMarks } from './page-marks.ts'
import { reachFaintStrokes } from './reach-faint-strokes.ts'
import { type MarkLine, splitBentLines } from './split-lines.ts'
import { voteComponentHeight, voteLineHeight } from './vote-glyph-height.ts'

/** A cell with its lines of print, top to bottom; an empty cell has none. `bboxPx` is in upright pixels. */
export interface CroppedCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly bboxPx: BoundingBox
  readonly lines: readonly LineImage[]
}

/** All print of a page as line images; `glyphHeightPx` is the voted height of a full glyph. */
export interface CroppedPage {
  readonly glyphHeightPx: number
  readonly tables: readonly { readonly cells: readonly CroppedCell[] }[]
  readonly textLines: readonly LineImage[]
}

/** No bounds at all. */
export const ANYWHERE: CutRegion = {
  leftAt: () => Number.NEGATIVE_INFINITY,
  rightAt: () => Number.POSITIVE_INFINITY,
  topAt: () => Number.NEGATIVE_INFINITY,
  bottomAt: () => Number.POSITIVE_INFINITY,
}

/** Crops every line of print of a page: those of the cells of `tables`, and those outside (titles, units, notes). */
export function cropPageLines(page: UprightPage, tables: readonly ScanTable[]): CroppedPage {
  const marks = findMarks(page, tables)
  const { glyph, lines } = splitAll(page, marks, tables)
  const cropped = tables.map((table, t) => ({
    cells: table.grid.cells.map((cell, c) => {
      const region = regionOf(table, cell)
      const cellLines = lines[t]?.[c] ?? []
      return {
        row: cell.row,
        column: cell.column,
        rowSpan: cell.rowSpan,
        columnSpan: cell.columnSpan,
        bboxPx: cell.bbox,
        lines: cellLines.map((line) =>
          cutLine(page, marks, reachFaintStrokes(page, line, region, glyph), region, glyph),
        ),
      }
    }),
  }))
  const textLines = joinTextLines(marks.outside, glyph).map((line) =>
    cutLine(page, marks, line, ANYWHERE, Math.max(0.6 * glyph, line.glyph)),
  )
  return { glyphHeightPx: glyph, tables: cropped, textLines }
}

/** The cells of one table with their lines. For a whole page `cropPageLines` does all at once. */
export function cropCellLines(
  page: UprightPage,
  table: ScanTable,
): { readonly glyphHeightPx: number; readonly cells: readonly CroppedCell[] } {
  const { glyphHeightPx, tables } = cropPageLines(page, [table])
  return { glyphHeightPx, cells: tables[0]?.cells ?? [] }
}

/** Lines of print outside `tables`, top to bottom, left to right. */
export function findTextLines(page: UprightPage, tables: readonly ScanTable[]): readonly LineImage[] {
  return cropPageLines(page, tables).textLines
}

/** Splits with a first idea of the glyph height, lets all lines vote for a better one, and splits again. */
function splitAll(
  page: UprightPage,
  marks: PageMarks,
  tables: readonly ScanTable[],
): { glyph: number; lines: readonly (readonly (readonly MarkLine[])[])[] } {
  let glyph = voteComponentHeight(marks.components, Math.max(page.grey.width, page.grey.height))
  let lines: readonly (readonly (readonly MarkLine[])[])[] = []
  for (let round = 0; round < 3; round++) {
    const current = glyph
    lines = marks.inCells.map((cells, t) => {
      const table = tables[t]
      const sunkBy = table?.bend.bendY ?? (() => 0)
      return cells.map((cell, c) => {
        const place = table?.grid.cells[c]
        const print = table && place ? withoutRulingRests(cell, table, place, current) : cell
        return splitBentLines(print, current, sunkBy)
      })
    })
    const voters = lines.flat(2)
    const voted = voteLineHeight(voters.length > 0 ? voters : joinTextLines(marks.outside, current), current)
    if (Math.abs(voted - glyph) < 0.05 * glyph) break
    glyph = voted
  }
  return { glyph, lines }
}

function regionOf(table: ScanTable, cell: GridCell): CutRegion {
  const { bend, straightColumns, straightRows } = table
  const x0 = straightColumns[cell.column] ?? 0
  const x1 = straightColumns[cell.column + cell.columnSpan] ?? 0
  const top = straightRows[cell.row] ?? 0
  const bottom = straightRows[cell.row + cell.rowSpan] ?? 0
  const middleX = (x0 + x1) / 2
  const middleY = (top + bottom) / 2
  // Within a cell the bend is a slope at most: two values an edge are enough.
  const leftAt = slope(top, x0 + bend.bendX(x0, top), bottom, x0 + bend.bendX(x0, bottom))
  const rightAt = slope(top, x1 + bend.bendX(x1, top), bottom, x1 + bend.bendX(x1, bottom))
  const topAt = slope(x0, top + bend.bendY(x0, top), x1, top + bend.bendY(x1, top))
  const bottomAt = slope(x0, bottom + bend.bendY(x0, bottom), x1, bottom + bend.bendY(x1, bottom))
  const sagTop = top + bend.bendY(middleX, top) - topAt(middleX)
  const sagLeft = x0 + bend.bendX(x0, middleY) - leftAt(middleY)
  const slackY = Math.abs(sagTop)
  const slackX = Math.abs(sagLeft)
  return {
    leftAt: (y) => leftAt(y) - slackX,
    rightAt: (y) => rightAt(y) + slackX,
    topAt: (x) => topAt(x) - slackY,
    bottomAt: (x) => bottomAt(x) + slackY,
  }
}

function slope(t0: number, v0: number, t1: number, v1: number): (t: number) => number {
  const rise = (v1 - v0) / Math.max(1, t1 - t0)
  return (t) => v0 + rise * (t - t0)
}
