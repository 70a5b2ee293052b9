import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth, centreIsInside, overlapArea } from '../../model/bounding-box.ts'
import type { Word } from '../../model/page.ts'
import { boxToRulings } from '../pdf/path-to-rulings.ts'
import { type Grid, POINT_OPTIONS } from './grid.ts'
import { rulingsToGrids } from './rulings-to-grids.ts'

/** Fewer rows than this are a background, not a sheet. */
const FEWEST_ROWS = 3
/** A cell's background is at least as high as a line of small print, and no higher than a few lines, in points. */
const LOWEST_CELL = 8
const HIGHEST_CELL = 80
/** Text that comes this near to the right edge, as a share of the width, is prose that wraps, not an entry. */
const WRAPS = 0.92

/**
 * The tables that only the white backgrounds of their cells draw: spreadsheets whose lines are switched off paint each
 * cell in the colour of the paper. Backgrounds behind the lines of prose look alike; there the text fills the width.
 * What overlaps a table in `known` is left out. In points.
 */
export function findWhiteSheets(areas: readonly BoundingBox[], words: readonly Word[], known: readonly Grid[]): Grid[] {
  const cells = areas.filter((area) => {
    const isCell = boxHeight(area) >= LOWEST_CELL && boxHeight(area) <= HIGHEST_CELL && boxWidth(area) >= LOWEST_CELL
    return isCell && !known.some((grid) => overlapArea(grid.bbox, area) > 0)
  })
  if (cells.length < FEWEST_ROWS) return []
  return rulingsToGrids(cells.flatMap(boxToRulings), POINT_OPTIONS).filter((grid) => {
    const inside = words.filter((word) => centreIsInside(word.bbox, grid.bbox))
    const right = grid.bbox.x0 + WRAPS * boxWidth(grid.bbox)
    const isPainted = grid.cells.every(({ bbox }) => cells.some((cell) => isSameBox(cell, bbox)))
    return (
      grid.rowEdges.length > FEWEST_ROWS && isPainted && inside.length > 0 && inside.every((w) => w.bbox.x1 < right)
    )
  })
}

function isSameBox(a: BoundingBox, b: BoundingBox): boolean {
  const { snap } = POINT_OPTIONS
  const isSameX = Math.abs(a.x0 - b.x0) <= snap && Math.abs(a.x1 - b.x1) <= snap
  return isSameX && Math.abs(a.top - b.top) <= snap && Math.abs(a.bottom - b.bottom) <= snap
}
