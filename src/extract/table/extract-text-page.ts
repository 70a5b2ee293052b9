import { boxHeight, boxWidth, centreIsInside, overlapArea } from '../../model/bounding-box.ts'
import type { Ruling, TextLine } from '../../model/page.ts'
import type { Table } from '../../model/table.ts'
import type { PdfPage, PdfWord } from '../pdf/pdf-page.ts'
import { findAlignedGrids } from './find-aligned-grids.ts'
import { findFramedGrid } from './find-framed-grid.ts'
import { findRuledGrids } from './find-ruled-grids.ts'
import { findWhiteSheets } from './find-white-sheets.ts'
import type { Grid } from './grid.ts'
import { hangBody, headingIn, isHeading } from './hang-body.ts'
import { partSheets } from './part-sheets.ts'
import { inReadingOrder } from './reading-order.ts'
import { splitUnruledRows } from './split-unruled-rows.ts'
import { turnPage } from './turn-page.ts'
import { wordsToTextLines } from './words-to-lines.ts'
import { wordsToTable } from './words-to-table.ts'

const MOST_HEADING_ROWS = 4
/** An empty form has at least so many cells, each so many points wide and high. */
const FEWEST_EMPTY_CELLS = 3
const SMALLEST_EMPTY_CELL = 8

/** What a page with a trusted text layer holds; in points as displayed. */
export interface TextPageExtract {
  readonly tables: readonly Table[]
  readonly lines: readonly TextLine[]
}

/** Tables and text of a page from its text layer. Invisible words are left out, unless there are no others. */
export function extractTextPage(page: PdfPage): TextPageExtract {
  const seen = page.words.filter((word) => !word.invisible)
  const visible = seen.length > 0 ? seen : page.words
  const angle = dominantAngle(visible)
  const { rulings, whiteAreas: areas, width, height } = page
  const turned = turnPage({ words: visible, rulings, areas, width, height }, angle)
  const words = turned.words.filter((word) => word.angle % 90 === 0)
  const oblique = turned.words.filter((word) => word.angle % 90 !== 0)

  const drawn = findRuledGrids(turned.rulings).filter((grid) => holdsTable(grid, words, turned.rulings))
  const headings = drawn.filter((grid) => isShadedHeading(grid, turned.rulings))
  const ruledOnly = drawn.filter((grid) => !headings.includes(grid))
  const byDrawn = new Map(ruledOnly.map((grid) => [grid, withRest(grid, ruledOnly, words, turned.rulings)]))
  const whole = ruledOnly.filter((grid) => byDrawn.get(grid) === null)
  const looseFrom = (grids: readonly Grid[]): PdfWord[] =>
    words.filter((word) => !grids.some((grid) => centreIsInside(word.bbox, grid.bbox)))
  const partDrawn = [...byDrawn.values()].filter((grid) => grid !== null)
  const pages = partSheets(words)
  const known = { taken: [...whole, ...partDrawn].map((grid) => grid.bbox), headings }
  const around = new Set(looseFrom([...whole, ...partDrawn]))
  const aligned = [
    ...partDrawn,
    ...pages.flatMap((own) => {
      const rulings = pages.length === 1 ? turned.rulings : rulingsOver(own, turned.rulings)
      return findAlignedGrids(
        own.filter((word) => around.has(word)),
        rulings,
        known,
      )
    }),
  ]
  const unclaimed = headings.filter((grid) => !aligned.some((other) => overlapArea(grid.bbox, other.bbox) > 0))
  const sheets = findWhiteSheets(turned.areas, words, [...drawn, ...aligned])
  const ruled = [...whole, ...unclaimed, ...sheets].map((grid) => splitUnruledRows(grid, words))
  const rest = new Set(looseFrom([...ruled, ...aligned]))

  const found = inReadingOrder([
    ...ruled.map((grid) => ({ grid, structure: 'vector-rulings' as const, structureConfidence: 0.98 })),
    ...aligned.map((grid) => ({ grid, structure: 'alignment' as const, structureConfidence: 0.7 })),
  ])
  const tables = found.map(({ grid, structure, structureConfidence }, index) =>
    wordsToTable(grid, words, { pageNumber: page.pageNumber, tableIndex: index + 1, structure, structureConfidence }),
  )
  const lines = [
    ...pages.flatMap((own) => wordsToTextLines(own.filter((word) => rest.has(word)))),
    ...oblique.map(({ text, bbox, origin }) => ({ text, bbox, origin })),
  ]
  return {
    tables: tables.map((table) => ({
      ...table,
      bbox: turned.toDisplayed(table.bbox),
      cells: table.cells.map((cell) => ({ ...cell, bbox: turned.toDisplayed(cell.bbox) })),
    })),
    lines: lines.map((line) => ({ ...line, bbox: turned.toDisplayed(line.bbox) })),
  }
}

/** The table that lines draw no more of than its frame, or than its heading; null where they draw all of it. */
function withRest(
  grid: Grid,
  drawn: readonly Grid[],
  words: readonly PdfWord[],
  rulings: readonly Ruling[],
): Grid | null {
  const others = drawn.filter((other) => other !== grid)
  const heading = headingIn(grid)
  return (
    partFrame(grid, words, rulings) ?? (isHeading(heading, words) ? hangBody(heading, words, rulings, others) : null)
  )
}

/** The table that a frame of one column is drawn around; null where it is none. */
function partFrame(frame: Grid, words: readonly PdfWord[], rulings: readonly Ruling[]): Grid | null {
  if (frame.columnEdges.length > 2) return null
  const { x0, top, x1, bottom } = frame.bbox
  const isOn = (at: number, from: number, to: number): boolean => at >= from - 2 && at <= to + 2
  return findFramedGrid(
    words.filter((word) => centreIsInside(word.bbox, frame.bbox)),
    rulings.filter(({ position, start, end }) => isOn(position, top, bottom) && isOn((start + end) / 2, x0, x1)),
  )
}

/** The rulings whose middle lies over or under these words. */
function rulingsOver(words: readonly PdfWord[], rulings: readonly Ruling[]): readonly Ruling[] {
  const [x0, x1] = [Math.min(...words.map(({ bbox }) => bbox.x0)), Math.max(...words.map(({ bbox }) => bbox.x1))]
  return rulings.filter(({ start, end }) => (start + end) / 2 >= x0 && (start + end) / 2 <= x1)
}

/** The quarter turn at which most of the text runs: 0, 90, 180 or 270. */
function dominantAngle(words: readonly PdfWord[]): number {
  const counts = new Map<number, number>()
  for (const word of words) counts.set(word.angle, (counts.get(word.angle) ?? 0) + word.text.length)
  const quarter = [...counts].filter(([angle]) => angle % 90 === 0).toSorted((a, b) => b[1] - a[1])
  return quarter[0]?.[0] ?? 0
}

/** Rows of shaded cells without a line between them: perhaps the heading of a table that has no lines at all. */
function isShadedHeading(grid: Grid, rulings: readonly Ruling[]): boolean {
  if (grid.rowEdges.length - 1 > MOST_HEADING_ROWS) return false
  const { x0, top, x1, bottom } = grid.bbox
  return !rulings.some(({ orientation, thickness, position, start, end }) => {
    const isInside = position > x0 - 2 && position < x1 + 2 && start < bottom - 2 && end > top + 2
    return orientation === 'vertical' && thickness > 0 && isInside
  })
}

/** Lines without a word between them are ornament, unless they rule cells in which something could be written. */
function holdsTable(grid: Grid, words: readonly PdfWord[], rulings: readonly Ruling[]): boolean {
  if (words.some((word) => centreIsInside(word.bbox, grid.bbox))) return true
  const isRuled = findRuledGrids(rulings.filter((ruling) => ruling.thickness > 0)).some((other) => {
    return other.cells.length === grid.cells.length && overlapArea(other.bbox, grid.bbox) > 0
  })
  const areCells = grid.cells.every(({ bbox }) => Math.min(boxWidth(bbox), boxHeight(bbox)) >= SMALLEST_EMPTY_CELL)
  return isRuled && areCells && grid.cells.length >= FEWEST_EMPTY_CELLS && grid.columnEdges.length > 2
}
