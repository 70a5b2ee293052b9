import type { BoundingBox } from '../../model/bounding-box.ts'

/** A cell of a grid; `row` and `column` are 0-based positions of its first row and column. */
export interface GridCell {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
  readonly bbox: BoundingBox
}

/** The skeleton of a table in the unit of the rulings that it came from; edges ascend, one more than cells. */
export interface Grid {
  readonly bbox: BoundingBox
  readonly columnEdges: readonly number[]
  readonly rowEdges: readonly number[]
  readonly cells: readonly GridCell[]
}

/** Tolerances in the unit of the rulings: points, or pixels. */
export interface GridOptions {
  /** Parallel lines nearer than this are one (double lines, drawn twice, slightly off). */
  readonly snap: number
  /** Gaps along a line up to this are bridged, and a line that ends this near another meets it. */
  readonly bridge: number
  /** Shorter lines are stubs (ticks, underlines of a letter) and ignored. */
  readonly minLength: number
  /** The share of a cell's side that must be ruled to part two cells, 0 to 1. */
  readonly minCover: number
}

/** For rulings in points that come from vectors. */
export const POINT_OPTIONS: GridOptions = { snap: 2.5, bridge: 3, minLength: 5, minCover: 0.5 }
