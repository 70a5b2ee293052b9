import type { BoundingBox } from '../../model/bounding-box.ts'
import type { ScanTable } from '../raster/grid.ts'
import { isAmountText, isMoneyText } from '../table/amount-text.ts'

/** A line of print outside the tables, as it lies on the upright page, in pixels. */
export interface LooseLine {
  readonly text: string
  readonly bboxPx: BoundingBox
}

/** What looks like a row of a table and stands outside it; `cells` (indexes) are those of the row beside it. */
export interface RowBeside {
  readonly text: string
  readonly cells: readonly number[]
}

/** A row that a table lost stands this near to its edge, in glyphs. */
const NEAR = 3
/** Texts of one row lie on one height within this share of it. */
const SHARED_HEIGHT = 0.5

/**
 * Lines just over or under a table that look like rows of it: two texts or more on one height, over different columns, money among them or several
 * numbers. A border that was not found, or a wider gap, leaves such a row outside. `glyph` is the height of print in pixels.
 */
export function findRowsBeside(table: ScanTable, lines: readonly LooseLine[], glyph: number): readonly RowBeside[] {
  const { straightRows, straightColumns, bend, grid } = table
  const [first, last] = [straightRows[0] ?? 0, straightRows.at(-1) ?? 0]
  const placed = lines.flatMap(({ text, bboxPx: { x0, x1, top, bottom } }) => {
    const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2]
    const [across, sunk] = [x - bend.bendX(x, y), bend.bendY(x, y)]
    const column = straightColumns.findIndex((edge, k) => edge <= across && across < (straightColumns[k + 1] ?? edge))
    const place = { text: text.trim(), column, top: top - sunk, bottom: bottom - sunk, x0 }
    const isUnder = place.top >= last - glyph && place.top <= last + NEAR * glyph
    const isOver = place.bottom <= first + glyph && place.bottom >= first - NEAR * glyph
    return column >= 0 && (isUnder || isOver) ? [{ ...place, isUnder }] : []
  })
  const rows: (typeof placed)[] = []
  for (const line of placed.toSorted((a, b) => a.top - b.top)) {
    const row = rows.find(([other]) => {
      const shared = Math.min(line.bottom, other?.bottom ?? 0) - Math.max(line.top, other?.top ?? 0)
      return other?.isUnder === line.isUnder && shared > SHARED_HEIGHT * (line.bottom - line.top)
    })
    if (row === undefined) rows.push([line])
    else row.push(line)
  }
  return rows.filter(looksLikeRow).map((row) => {
    const beside = row[0]?.isUnder ? straightRows.length - 2 : 0
    return {
      text: row
        .toSorted((a, b) => a.x0 - b.x0)
        .map(({ text }) => text)
        .join(' '),
      cells: grid.cells.flatMap((cell, index) =>
        cell.row <= beside && cell.row + cell.rowSpan > beside ? [index] : [],
      ),
    }
  })
}

/** Two texts alone are a row where one is a name: dates and marks by hand have digits throughout. */
function looksLikeRow(row: readonly { readonly text: string; readonly column: number }[]): boolean {
  const money = row.filter(({ text }) => isMoneyText(text)).length
  const numbers = row.filter(({ text }) => isAmountText(text)).length
  const isEnough = row.length > 2 || row.some(({ text }) => !/\d/.test(text))
  return new Set(row.map(({ column }) => column)).size >= 2 && isEnough && (money > 0 || numbers >= 2)
}
