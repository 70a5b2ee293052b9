import { groupBy } from '../../model/group-by.ts'
import type { ScanTable } from '../raster/grid.ts'
import { isAmountText } from '../table/amount-text.ts'
import type { LooseLine, PrintBeside } from './find-rows-beside.ts'

/** Texts of one column begin, end or stand in the middle at one place, within this many glyphs. */
const ALIGNED = 1
/** A lost column has print beside so many of the rows. */
const FEWEST_ROWS = 2
const FEWEST_SHARE = 0.4
/** Of a table of a row or two, print is a column's only this near to its border, in glyphs. */
const NEAR = 4

/**
 * Print to the left or right of a table, on the height of many of its rows and in one column: a column whose ruling the scan has lost.
 * Ticks, strokes of a pen and the sheet's edge say nothing and are none. `glyph` is the height of print in pixels.
 */
export function findColumnsBeside(
  { straightRows, straightColumns, bend, grid }: ScanTable,
  lines: readonly LooseLine[],
  glyph: number,
): readonly PrintBeside[] {
  const [left, right] = [straightColumns[0] ?? 0, straightColumns.at(-1) ?? 0]
  const rowCount = straightRows.length - 1
  const placed = lines.flatMap(({ text, bboxPx: { x0, x1, top, bottom } }) => {
    const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2]
    const [bent, straight] = [bend.bendX(x, y), y - bend.bendY(x, y)]
    const row = straightRows.findIndex((edge, k) => edge <= straight && straight < (straightRows[k + 1] ?? edge))
    const place = { text: text.trim(), row, start: x0 - bent, end: x1 - bent }
    const side = place.start > right - glyph ? 'right' : place.end < left + glyph ? 'left' : null
    if (row < 0 || side === null || !isPrint(place.text)) return []
    return [{ ...place, side, away: side === 'right' ? place.start - right : left - place.end }]
  })
  const isColumn = (found: typeof placed): boolean => {
    const rows = new Set(found.map(({ row }) => row)).size
    if (rowCount <= 2) return rows === rowCount && found.every(({ away }) => away <= NEAR * glyph)
    return rows >= Math.max(FEWEST_ROWS, FEWEST_SHARE * rowCount)
  }
  return [...groupBy(placed, ({ side }) => side)].flatMap(([side, beside]): PrintBeside[] => {
    const column = largestAligned(beside, ALIGNED * glyph)
    if (!isColumn(column)) return []
    const [rows, edge] = [new Set(column.map(({ row }) => row)), side === 'right' ? straightColumns.length - 1 : 0]
    const cells = grid.cells.flatMap((cell, index) => {
      const isAtEdge = side === 'right' ? cell.column + cell.columnSpan === edge : cell.column === edge
      const isMet = Array.from({ length: cell.rowSpan }, (_, k) => cell.row + k).some((row) => rows.has(row))
      return isAtEdge && isMet ? [index] : []
    })
    return [{ text: column.map(({ text }) => text).join(' '), cells }]
  })
}

/** Figures, or words of two glyphs; 一 is what strokes are read as. */
function isPrint(text: string): boolean {
  return isAmountText(text) || /\d{3}/.test(text) || /(?!一)\p{Script=Han}(?!一)\p{Script=Han}/u.test(text)
}

/** The most texts that begin at one place, end at one, or are centred on one. */
function largestAligned<T extends { readonly start: number; readonly end: number }>(
  texts: readonly T[],
  slack: number,
) {
  let largest: readonly T[] = []
  for (const placeOf of [({ start }: T) => start, ({ end }: T) => end, ({ start, end }: T) => (start + end) / 2]) {
    for (const text of texts) {
      const aligned = texts.filter((other) => Math.abs(placeOf(other) - placeOf(text)) <= slack)
      if (aligned.length > largest.length) largest = aligned
    }
  }
  return [...largest]
}
