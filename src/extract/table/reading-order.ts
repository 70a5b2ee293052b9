import { type BoundingBox, boxHeight } from '../../model/bounding-box.ts'
import type { Grid } from './grid.ts'

/** Tables stand beside each other, as those of two pages on one sheet do, when they share this much of the lower one's height. */
const BESIDE = 0.5

/** Tables as they are read: top to bottom, those beside each other from left to right. */
export function inReadingOrder<T extends { readonly grid: Pick<Grid, 'bbox'> }>(tables: readonly T[]): readonly T[] {
  const bands: T[][] = []
  for (const table of tables.toSorted((a, b) => a.grid.bbox.top - b.grid.bbox.top)) {
    const band = bands.at(-1)
    if (band?.every((other) => areBeside(other.grid.bbox, table.grid.bbox))) band.push(table)
    else bands.push([table])
  }
  return bands.flatMap((band) => band.toSorted((a, b) => a.grid.bbox.x0 - b.grid.bbox.x0))
}

function areBeside(a: BoundingBox, b: BoundingBox): boolean {
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  const isParted = a.x1 <= b.x0 || b.x1 <= a.x0
  return isParted && shared > BESIDE * Math.min(boxHeight(a), boxHeight(b))
}
