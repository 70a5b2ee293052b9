import type { GridCell } from '../table/grid.ts'
import type { ScanTable } from './grid.ts'
import type { Mark } from './page-marks.ts'

/** Pieces of a ruling lie this near to where the grid has it, in glyphs, are this thin, and this near to one line. */
const BESIDE_BORDER = 0.25
const THIN = 0.4
const ON_LINE = 0.1
/** One piece of such a length, or so many that reach over it, are a ruling: no digit, bracket or stroke is as long. */
const LONG = 1.2
const SEVERAL = 3

/** A mark with its middle where it would stand on a straight grid, in pixels. */
interface Place {
  readonly mark: Mark
  readonly x: number
  readonly y: number
}

interface Piece {
  readonly mark: Mark
  /** Where its middle lies across the ruling, and from where to where it reaches along it, in pixels. */
  readonly across: number
  readonly from: number
  readonly to: number
  readonly thickness: number
}

/**
 * The marks of a cell without what is left of its rulings: dots and dashes, fused or not, that lie along a line of the grid
 * and were followed a pixel or two beside it. `glyph` is the height of a full glyph in pixels.
 */
export function withoutRulingRests(
  marks: readonly Mark[],
  { structure, bend, straightColumns, straightRows }: ScanTable,
  cell: GridCell,
  glyph: number,
): readonly Mark[] {
  if (structure !== 'pixel-rulings') return marks
  const dropped = new Set<Mark>()
  const places = marks.map((mark): Place => {
    const [x, y] = [(mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2]
    return { mark, x: x - bend.bendX(x, y), y: y - bend.bendY(x, y) }
  })
  const drop = (borders: readonly number[], toPiece: (place: Place, border: number) => Piece) => {
    for (const border of borders) {
      const pieces = places.map((place) => toPiece(place, border))
      for (const mark of restsOf(pieces, glyph)) dropped.add(mark)
    }
  }
  // Inside a merged cell, where others have a border, there is none: what lies there is print.
  const ends = (lines: readonly number[], first: number, span: number) =>
    [lines[first], lines[first + span]].filter((line) => line !== undefined)
  drop(ends(straightColumns, cell.column, cell.columnSpan), ({ mark, x }, border) => {
    return { mark, across: x - border, from: mark.top, to: mark.bottom, thickness: mark.x1 - mark.x0 }
  })
  drop(ends(straightRows, cell.row, cell.rowSpan), ({ mark, y }, border) => {
    return { mark, across: y - border, from: mark.x0, to: mark.x1, thickness: mark.bottom - mark.top }
  })
  return dropped.size === 0 ? marks : marks.filter((mark) => !dropped.has(mark))
}

function restsOf(pieces: readonly Piece[], glyph: number): readonly Mark[] {
  const near = pieces.filter(
    ({ across, thickness }) => Math.abs(across) <= BESIDE_BORDER * glyph && thickness <= THIN * glyph,
  )
  const reach = Math.max(1.5, ON_LINE * glyph)
  return near.flatMap((piece) => {
    if (piece.to - piece.from >= LONG * glyph) return [piece.mark]
    const line = near.filter(({ across }) => Math.abs(across - piece.across) <= reach)
    const extent = Math.max(...line.map(({ to }) => to)) - Math.min(...line.map(({ from }) => from))
    return line.length >= SEVERAL && extent >= LONG * glyph ? [piece.mark] : []
  })
}
