import type { BoundingBox } from '../../model/bounding-box.ts'
import { overlapArea } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import { type Grid, POINT_OPTIONS } from './grid.ts'
import { rulingsToGrids } from './rulings-to-grids.ts'

/** Edges of two readings of one table agree within this many points. */
const EDGE_TOLERANCE = 3

/**
 * The tables that the rulings of a page draw. Lines count before edges of shaded areas (rulings of no thickness): shading
 * may add rows to a table of lines, or be a table of its own, but a highlight inside a cell must not cut the cell.
 */
export function findRuledGrids(rulings: readonly Ruling[]): Grid[] {
  const byLines = withoutFrames(
    rulingsToGrids(
      rulings.filter((ruling) => ruling.thickness > 0),
      POINT_OPTIONS,
    ),
  )
  if (rulings.every((ruling) => ruling.thickness > 0)) return byLines
  const byAll = withoutFrames(rulingsToGrids(rulings, POINT_OPTIONS)).filter((grid) => {
    return byLines.filter((other) => overlapArea(grid.bbox, other.bbox) > 0).every((other) => extendsGrid(grid, other))
  })
  const rest = byLines.filter((grid) => !byAll.some((other) => overlapArea(grid.bbox, other.bbox) > 0))
  return [...byAll, ...rest].toSorted((a, b) => a.bbox.top - b.bbox.top || a.bbox.x0 - b.bbox.x0)
}

/** Whether `larger` has the same columns as `smaller` and cuts none of its rows. */
function extendsGrid(larger: Grid, smaller: Grid): boolean {
  const sameColumns =
    larger.columnEdges.length === smaller.columnEdges.length &&
    larger.columnEdges.every((edge, index) => isNear(edge, smaller.columnEdges[index]))
  const { top, bottom } = smaller.bbox
  const inside = larger.rowEdges.filter((edge) => edge >= top - EDGE_TOLERANCE && edge <= bottom + EDGE_TOLERANCE)
  const sameRows =
    inside.length === smaller.rowEdges.length && inside.every((edge, index) => isNear(edge, smaller.rowEdges[index]))
  return sameColumns && sameRows
}

function isNear(a: number, b: number | undefined): boolean {
  return b !== undefined && Math.abs(a - b) <= EDGE_TOLERANCE
}

/** A grid around another one is a frame: the inner grid is the table. */
function withoutFrames(grids: readonly Grid[]): Grid[] {
  return grids.filter((grid) => {
    const inner = grids.filter((other) => other !== grid && contains(grid.bbox, other.bbox))
    return !inner.some((other) => other.cells.length > grid.cells.length)
  })
}

function contains(outer: BoundingBox, inner: BoundingBox): boolean {
  return outer.x0 <= inner.x0 && outer.x1 >= inner.x1 && outer.top <= inner.top && outer.bottom >= inner.bottom
}
