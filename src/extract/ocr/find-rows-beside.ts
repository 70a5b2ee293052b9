import type { BoundingBox } from '../../model/bounding-box.ts'
import type { ScanTable } from '../raster/grid.ts'
import { isAmountText, isMoneyText } from '../table/amount-text.ts'

/** A line of print outside the tables, as it lies on the upright page, in pixels. */
export interface LooseLine {
  readonly text: string
  readonly bboxPx: BoundingBox
}

/** What looks like a row of a table and stands outside it; `cells` (indexes) are those of the row beside it. */
export interface PrintBeside {
  readonly text: string
  readonly cells: readonly number[]
}

/** A row that a table lost stands this near to its edge, in glyphs. */
const NEAR = 3
/** Texts of one row lie on one height within this share of it. */
const SHARED_HEIGHT = 0.5

/**
 * Lines over or under a table that look like rows of it: two texts or more on one height, over different columns, money among them or several
 * numbers. A border that was not found, or a wider gap, leaves such a row outside. Far from the table, up to the nearest of `others`, a row has three
 * texts or more and money. `glyph` is the height of print in pixels.
 */
export function findRowsBeside(
  table: ScanTable,
  lines: readonly LooseLine[],
  glyph: number,
  others: readonly ScanTable[] = [],
): readonly PrintBeside[] {
  const { straightRows, straightColumns, bend, grid } = table
  const [first, last] = [straightRows[0] ?? 0, straightRows.at(-1) ?? 0]
  const placed = lines.flatMap(({ text, bboxPx }) => {
    const { x0, x1, top, bottom } = bboxPx
    const [x, y] = [(x0 + x1) / 2, (top + bottom) / 2]
    const [across, sunk] = [x - bend.bendX(x, y), bend.bendY(x, y)]
    const column = straightColumns.findIndex((edge, k) => edge <= across && across < (straightColumns[k + 1] ?? edge))
    const place = { text: text.trim(), column, top: top - sunk, bottom: bottom - sunk, x0 }
    const isUnder = place.top >= last - glyph
    if (column < 0 || !(isUnder || place.bottom <= first + glyph)) return []
    const isNear = isUnder ? place.top <= last + NEAR * glyph : place.bottom >= first - NEAR * glyph
    if (!isNear && others.some((other) => distance(other, y) < distance(table, y))) return []
    return [{ ...place, isUnder, isNear }]
  })
  const rows = [true, false].flatMap((isUnder) => groupByHeight(placed.filter((line) => line.isUnder === isUnder)))
  const isRow = (row: typeof placed): boolean => row.some(({ isNear }) => isNear) || isUnmistakable(row)
  return rows
    .filter((row) => looksLikeRow(row) && isRow(row))
    .map((row) => {
      const beside = row[0]?.isUnder ? straightRows.length - 2 : 0
      return {
        text: textOf(row),
        cells: grid.cells.flatMap((cell, index) =>
          cell.row <= beside && cell.row + cell.rowSpan > beside ? [index] : [],
        ),
      }
    })
}

/** Rows of print on a page without any table that look like those of one: three texts or more on one height, a name and money among them. */
export function findLooseRows(lines: readonly LooseLine[]): readonly string[] {
  const placed = lines.map(({ text, bboxPx: { x0, top, bottom } }) => ({ text: text.trim(), x0, top, bottom }))
  return groupByHeight(placed)
    .filter(
      (row) => row.length >= 3 && row.some(({ text }) => isMoneyText(text)) && row.some(({ text }) => HAN.test(text)),
    )
    .map(textOf)
}

const HAN = /\p{Script=Han}/u

interface PlacedText {
  readonly text: string
  readonly x0: number
  readonly top: number
  readonly bottom: number
}

function textOf(row: readonly PlacedText[]): string {
  return row
    .toSorted((a, b) => a.x0 - b.x0)
    .map(({ text }) => text)
    .join(' ')
}

/** Texts that stand on one height, from the top down. */
function groupByHeight<T extends PlacedText>(texts: readonly T[]): T[][] {
  const rows: T[][] = []
  for (const line of texts.toSorted((a, b) => a.top - b.top)) {
    const row = rows.find(([other]) => {
      const shared = Math.min(line.bottom, other?.bottom ?? 0) - Math.max(line.top, other?.top ?? 0)
      return shared > SHARED_HEIGHT * (line.bottom - line.top)
    })
    if (row === undefined) rows.push([line])
    else row.push(line)
  }
  return rows
}

/** Two texts alone are a row where one is a name: dates and marks by hand have digits throughout. */
function looksLikeRow(row: readonly { readonly text: string; readonly column: number }[]): boolean {
  const money = row.filter(({ text }) => isMoneyText(text)).length
  const numbers = row.filter(({ text }) => isAmountText(text)).length
  const isEnough = row.length > 2 || row.some(({ text }) => !/\d/.test(text))
  return new Set(row.map(({ column }) => column)).size >= 2 && isEnough && (money > 0 || numbers >= 2)
}

/** How far above or below a table a height of the page is. */
function distance({ grid }: ScanTable, y: number): number {
  return Math.max(0, grid.bbox.top - y, y - grid.bbox.bottom)
}

/** What is a row wherever it stands. */
function isUnmistakable(row: readonly { readonly text: string; readonly column: number }[]): boolean {
  return new Set(row.map(({ column }) => column)).size >= 3 && row.some(({ text }) => isMoneyText(text))
}
