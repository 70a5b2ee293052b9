import type { CroppedCell } from './crop-lines.ts'

type PlacedCell = Pick<CroppedCell, 'row' | 'column' | 'rowSpan' | 'columnSpan' | 'bboxPx'> & {
  readonly lines: readonly { readonly bboxPx: CroppedCell['bboxPx'] }[]
}

/**
 * Cells (by index) that may be several rows in one: they span rows, and hold one line of print in each of two or more
 * rows that the ruled cells beside them part. A tall cell that was merged on purpose has its print in the middle.
 */
export function findFusedRows(cells: readonly PlacedCell[]): readonly number[] {
  const bands = rowBands(cells)
  return cells.flatMap((cell, index) => {
    if (cell.rowSpan < 2 || cell.lines.length !== cell.rowSpan) return []
    const isEach = cell.lines.every((line, i) => {
      const band = bands.get(cell.row + i)
      const middle = (line.bboxPx.top + line.bboxPx.bottom) / 2
      return band !== undefined && middle > band.top && middle < band.bottom
    })
    return isEach ? [index] : []
  })
}

/** Where each row lies, from its cells of one row. */
function rowBands(cells: readonly PlacedCell[]): Map<number, { top: number; bottom: number }> {
  const bands = new Map<number, { top: number; bottom: number }>()
  for (const { row, rowSpan, bboxPx } of cells) {
    if (rowSpan > 1 || bands.has(row)) continue
    bands.set(row, { top: bboxPx.top, bottom: bboxPx.bottom })
  }
  return bands
}
