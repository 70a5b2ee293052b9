import { boxHeight, centreIsInside } from '../../model/bounding-box.ts'
import type { Word } from '../../model/page.ts'
import { isMoneyText } from './amount-text.ts'
import type { Grid, GridCell } from './grid.ts'
import { groupLines, lineText, type WordLine } from './words-to-lines.ts'

/**
 * Parts the rows of a table that has lines between its columns but none between its rows. A cell never holds two
 * amounts: where one does, line by line, each of those lines is a row, and wrapped text goes to the nearest one.
 */
export function splitUnruledRows(grid: Grid, words: readonly Word[]): Grid {
  const bands = grid.rowEdges.slice(1).map((_, row) => innerEdges(grid, row, words))
  if (bands.every((edges) => edges.length === 0)) return grid
  const rowEdges: number[] = [grid.rowEdges[0] ?? 0]
  const firstRows: number[] = []
  bands.forEach((edges, row) => {
    firstRows.push(rowEdges.length - 1)
    rowEdges.push(...edges, grid.rowEdges[row + 1] ?? 0)
  })
  firstRows.push(rowEdges.length - 1)
  const cells = grid.cells.flatMap((cell) => {
    const first = firstRows[cell.row] ?? 0
    const end = firstRows[cell.row + cell.rowSpan] ?? first + 1
    const isWhole = cell.rowSpan > 1 || end - first === 1 || standsBetween(cell, rowEdges.slice(first + 1, end), words)
    return isWhole ? [{ ...cell, row: first, rowSpan: end - first }] : partsOf(cell, first, end, rowEdges)
  })
  return { ...grid, rowEdges, cells: cells.toSorted((a, b) => a.row - b.row || a.column - b.column) }
}

function partsOf(cell: GridCell, first: number, end: number, rowEdges: readonly number[]): GridCell[] {
  return Array.from({ length: end - first }, (_, offset) => {
    const row = first + offset
    const bbox = { ...cell.bbox, top: rowEdges[row] ?? 0, bottom: rowEdges[row + 1] ?? 0 }
    return { ...cell, row, rowSpan: 1, bbox }
  })
}

/** A single line in the middle of several rows belongs to all of them: an edge runs through it. */
function standsBetween(cell: GridCell, edges: readonly number[], words: readonly Word[]): boolean {
  const lines = groupLines(words.filter((word) => centreIsInside(word.bbox, cell.bbox)))
  const [line] = lines
  if (line === undefined || lines.length > 1) return false
  const margin = boxHeight(line.bbox) / 4
  return edges.some((edge) => edge > line.bbox.top + margin && edge < line.bbox.bottom - margin)
}

/** Where a band of the grid must be cut; none where its cells hold one row. */
function innerEdges(grid: Grid, row: number, words: readonly Word[]): number[] {
  const cells = grid.cells.filter((cell) => cell.row === row && cell.rowSpan === 1)
  const byCell = cells.map((cell) => groupLines(words.filter((word) => centreIsInside(word.bbox, cell.bbox))))
  const amountColumns = byCell.filter(
    (lines) => lines.length > 1 && lines.every((line) => isMoneyText(lineText(line.words))),
  )
  if (amountColumns.length === 0 || byCell.filter((lines) => lines.length > 1).length < 2) return []
  const anchors = groupLines(amountColumns.flat().flatMap((line) => line.words))
  const rows = anchors.map((anchor) => ({ anchor, top: anchor.bbox.top, bottom: anchor.bbox.bottom }))
  for (const line of byCell.flat()) {
    const nearest = rows.reduce<(typeof rows)[number] | null>((best, candidate) => {
      return best === null || distance(line, candidate.anchor) < distance(line, best.anchor) ? candidate : best
    }, null)
    if (nearest === null) continue
    nearest.top = Math.min(nearest.top, line.bbox.top)
    nearest.bottom = Math.max(nearest.bottom, line.bbox.bottom)
  }
  return rows.slice(1).map((below, index) => ((rows[index]?.bottom ?? below.top) + below.top) / 2)
}

function distance(a: WordLine, b: WordLine): number {
  return Math.abs(a.bbox.top + a.bbox.bottom - b.bbox.top - b.bbox.bottom) / 2
}
