import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth } from '../../model/bounding-box.ts'

interface PlacedCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly bbox: BoundingBox
  readonly text: string
}

/** A column narrower than a glyph, or a row lower than this share of one, holds no print. */
const NARROWEST_COLUMN = 1
const LOWEST_ROW = 0.7

/**
 * Leaves out the columns and rows that no print fits into and none stands in: a streak of the glass beside a ruling, a double ruling
 * that was taken for two. `glyphHeight` in the unit of the boxes. Cells over them span one less.
 */
export function dropSlivers<C extends PlacedCell>(cells: readonly C[], glyphHeight: number): readonly C[] {
  const columns = slivers(cells, 'column', 'columnSpan', ({ bbox }) => boxWidth(bbox) < NARROWEST_COLUMN * glyphHeight)
  const rows = slivers(cells, 'row', 'rowSpan', ({ bbox }) => boxHeight(bbox) < LOWEST_ROW * glyphHeight)
  if (columns.size === 0 && rows.size === 0) return cells
  return cells.flatMap((cell) => {
    const columnSpan = cell.columnSpan - countWithin(columns, cell.column, cell.columnSpan)
    const rowSpan = cell.rowSpan - countWithin(rows, cell.row, cell.rowSpan)
    if (columnSpan === 0 || rowSpan === 0) return []
    const column = cell.column - countWithin(columns, 0, cell.column)
    const row = cell.row - countWithin(rows, 0, cell.row)
    return [{ ...cell, column, columnSpan, row, rowSpan }]
  })
}

/** Places along one direction all of whose own cells are small and empty. */
function slivers<C extends PlacedCell>(
  cells: readonly C[],
  place: 'row' | 'column',
  span: 'rowSpan' | 'columnSpan',
  isSmall: (cell: C) => boolean,
): ReadonlySet<number> {
  const found = new Set<number>()
  const full = new Set<number>()
  for (const cell of cells) {
    if (cell[span] !== 1) continue
    if (cell.text === '' && isSmall(cell)) found.add(cell[place])
    else full.add(cell[place])
  }
  return new Set([...found].filter((each) => !full.has(each)))
}

function countWithin(places: ReadonlySet<number>, first: number, span: number): number {
  return [...places].filter((place) => place >= first && place < first + span).length
}
