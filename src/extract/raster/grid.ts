import type { Grid } from '../table/grid.ts'
import type { RulingTrace, Stretch } from './find-rulings.ts'
import type { InnerEdges } from './merge-units.ts'
import type { Bend } from './straighten.ts'

/**
 * A ruled table of a scanned page. `confidence` (0 to 1) is how decided the rulings are and how well two independent
 * ways to see cells agree; `doubts` says in words what speaks against the grid,
 * `doubtfulCells` (indexes into `grid.cells`) which cells have an open edge. `bend` and `straightGrid` (the same
 * edges in straightened coordinates) place any pixel in a row and column; `traces` are the rulings as they lie.
 * `edges` is what the pixels say of each inner edge, `witness` what the white areas say (1 parted, 0 one area, 0.5
 * nothing); `agreement` (0 to 1) on how many they agree. Both are null where the white areas can say nothing.
 */
export interface ScanTable {
  readonly grid: Grid
  /** Whether rulings make the grid, or the place of its print alone. */
  readonly structure: 'pixel-rulings' | 'alignment'
  readonly confidence: number
  readonly doubts: readonly string[]
  readonly doubtfulCells: readonly number[]
  readonly bend: Bend
  readonly straightRows: readonly number[]
  readonly straightColumns: readonly number[]
  readonly traces: readonly RulingTrace[]
  /** Where traces were followed over print; see findPrintOnTraces. */
  readonly printOnTraces?: ReadonlyMap<RulingTrace, readonly Stretch[]>
  readonly edges: InnerEdges
  readonly witness: InnerEdges | null
  readonly agreement: number | null
}

/** The index of the cell (in `table.grid.cells`) at a pixel, or -1 outside the table. */
export function cellAt(table: ScanTable, owner: Int32Array, x: number, y: number): number {
  const row = bandOf(table.straightRows, y - table.bend.bendY(x, y))
  const column = bandOf(table.straightColumns, x - table.bend.bendX(x, y))
  if (row < 0 || column < 0) return -1
  return owner[row * (table.straightColumns.length - 1) + column] ?? -1
}

/** For each unit of the grid (row by row) the index of the cell that holds it. */
export function ownersOfUnits({ cells, rowEdges, columnEdges }: Grid): Int32Array {
  const columns = columnEdges.length - 1
  const owner = new Int32Array((rowEdges.length - 1) * columns).fill(-1)
  for (const [index, cell] of cells.entries()) {
    for (let r = cell.row; r < cell.row + cell.rowSpan; r++) {
      owner.fill(index, r * columns + cell.column, r * columns + cell.column + cell.columnSpan)
    }
  }
  return owner
}

function bandOf(edges: readonly number[], position: number): number {
  if (position < (edges[0] ?? 0)) return -1
  for (let i = 1; i < edges.length; i++) if (position < (edges[i] as number)) return i - 1
  return -1
}
