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
    return byLines
      .filter((other) => overlapArea(grid.bbox, other.bbox) > 0)
      .every((other) => extendsGrid(grid, other, rulings))
  })
  const rest = byLines.filter((grid) => !byAll.some((other) => overlapArea(grid.bbox, other.bbox) > 0))
  return [...byAll, ...rest].toSorted((a, b) => a.bbox.top - b.bbox.top || a.bbox.x0 - b.bbox.x0)
}

/**
 * Whether `larger` has the same columns as `smaller` and cuts none of its rows. An outer edge of `smaller` that no line draws only
 * closes it where its lines end; areas may tell better where it is.
 */
function extendsGrid(larger: Grid, smaller: Grid, rulings: readonly Ruling[]): boolean {
  const drawn = (edges: readonly number[], orientation: Ruling['orientation']) =>
    edges.filter((edge, index) => {
      const isInner = index > 0 && index < edges.length - 1
      return (
        isInner ||
        rulings.some((line) => line.orientation === orientation && line.thickness > 0 && isNear(edge, line.position))
      )
    })
  const sameColumns = isSame(larger.columnEdges, smaller.columnEdges)
  const rows = drawn(smaller.rowEdges, 'horizontal')
  const [top, bottom] = [rows[0] ?? 0, rows.at(-1) ?? 0]
  const inside = larger.rowEdges.filter((edge) => edge >= top - EDGE_TOLERANCE && edge <= bottom + EDGE_TOLERANCE)
  return sameColumns && isSame(inside, rows)
}

function isSame(edges: readonly number[], others: readonly number[]): boolean {
  return edges.length === others.length && edges.every((edge, index) => isNear(edge, others[index]))
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
