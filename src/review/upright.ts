import type { BoundingBox } from '../model/bounding-box.ts'

/** How often a page must be turned clockwise by a quarter for its print to be upright. */
export type QuarterTurns = 0 | 1 | 2 | 3

/** A page in points: width and height as displayed. */
export interface PageView {
  readonly width: number
  readonly height: number
  readonly quarterTurns: QuarterTurns
}

interface PlacedCell {
  readonly row: number
  readonly column: number
  readonly bbox: BoundingBox
}

/**
 * Which turn lets the rows of a page's tables run down and their columns to the right; 0 where tables say nothing. A page
 * that lay upside down in the scanner is stored so, and nobody reads it so.
 */
export function findQuarterTurns(tables: readonly { readonly cells: readonly PlacedCell[] }[]): QuarterTurns {
  let [rowsRight, rowsDown, columnsRight, columnsDown] = [0, 0, 0, 0]
  for (const { cells } of tables) {
    const rows = centred(cells.map(({ row }) => row))
    const columns = centred(cells.map(({ column }) => column))
    const across = centred(cells.map(({ bbox }) => bbox.x0 + bbox.x1))
    const down = centred(cells.map(({ bbox }) => bbox.top + bbox.bottom))
    rowsRight += product(rows, across)
    rowsDown += product(rows, down)
    columnsRight += product(columns, across)
    columnsDown += product(columns, down)
  }
  const asIs = rowsDown + columnsRight
  const clockwise = rowsRight - columnsDown
  const scores = [asIs, clockwise, -asIs, -clockwise]
  const best = scores.indexOf(Math.max(...scores))
  return best === 1 || best === 2 || best === 3 ? best : 0
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return values.map((value) => value - mean)
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
}

/** A box of the page as displayed, where it lies on the page turned upright. */
export function toUpright(box: BoundingBox, { width, height, quarterTurns }: PageView): BoundingBox {
  const { x0, top, x1, bottom } = box
  switch (quarterTurns) {
    case 0:
      return box
    case 1:
      return { x0: height - bottom, top: x0, x1: height - top, bottom: x1 }
    case 2:
      return { x0: width - x1, top: height - bottom, x1: width - x0, bottom: height - top }
    case 3:
      return { x0: top, top: width - x1, x1: bottom, bottom: width - x0 }
  }
}

/** Width and height of the page turned upright. */
export function uprightSize({ width, height, quarterTurns }: PageView): {
  readonly width: number
  readonly height: number
} {
  return quarterTurns % 2 === 0 ? { width, height } : { width: height, height: width }
}
