import { centreIsInside } from '../../model/bounding-box.ts'
import type { TextLine } from '../../model/page.ts'
import type { Table } from '../../model/table.ts'
import type { PdfPage, PdfWord } from '../pdf/pdf-page.ts'
import { findAlignedGrids } from './find-aligned-grids.ts'
import { findRuledGrids } from './find-ruled-grids.ts'
import type { Grid } from './grid.ts'
import { splitUnruledRows } from './split-unruled-rows.ts'
import { turnPage } from './turn-page.ts'
import { wordsToTextLines } from './words-to-lines.ts'
import { wordsToTable } from './words-to-table.ts'

/** What a page with a trusted text layer holds; in points as displayed. */
export interface TextPageExtract {
  readonly tables: readonly Table[]
  readonly lines: readonly TextLine[]
}

/** Tables and text of a page whose text layer is trusted. Invisible words are left out. */
export function extractTextPage(page: PdfPage): TextPageExtract {
  const visible = page.words.filter((word) => !word.invisible)
  const angle = dominantAngle(visible)
  const turned = turnPage({ words: visible, rulings: page.rulings, width: page.width, height: page.height }, angle)
  const words = turned.words.filter((word) => word.angle % 90 === 0)
  const oblique = turned.words.filter((word) => word.angle % 90 !== 0)

  const ruled = findRuledGrids(turned.rulings)
    .filter((grid) => holdsTable(grid, words))
    .map((grid) => splitUnruledRows(grid, words))
  const loose = words.filter((word) => !ruled.some((grid) => centreIsInside(word.bbox, grid.bbox)))
  const aligned = findAlignedGrids(
    loose,
    turned.rulings,
    ruled.map((grid) => grid.bbox),
  )
  const rest = loose.filter((word) => !aligned.some((grid) => centreIsInside(word.bbox, grid.bbox)))

  const found = [
    ...ruled.map((grid) => ({ grid, structure: 'vector-rulings' as const, structureConfidence: 0.98 })),
    ...aligned.map((grid) => ({ grid, structure: 'alignment' as const, structureConfidence: 0.7 })),
  ].toSorted((a, b) => a.grid.bbox.top - b.grid.bbox.top || a.grid.bbox.x0 - b.grid.bbox.x0)
  const tables = found.map(({ grid, structure, structureConfidence }, index) =>
    wordsToTable(grid, words, { pageNumber: page.pageNumber, tableIndex: index + 1, structure, structureConfidence }),
  )
  const lines = [...wordsToTextLines(rest), ...oblique.map(({ text, bbox, origin }) => ({ text, bbox, origin }))]
  return {
    tables: tables.map((table) => ({
      ...table,
      bbox: turned.toDisplayed(table.bbox),
      cells: table.cells.map((cell) => ({ ...cell, bbox: turned.toDisplayed(cell.bbox) })),
    })),
    lines: lines.map((line) => ({ ...line, bbox: turned.toDisplayed(line.bbox) })),
  }
}

/** The quarter turn at which most of the text runs: 0, 90, 180 or 270. */
function dominantAngle(words: readonly PdfWord[]): number {
  const counts = new Map<number, number>()
  for (const word of words) counts.set(word.angle, (counts.get(word.angle) ?? 0) + word.text.length)
  const quarter = [...counts].filter(([angle]) => angle % 90 === 0).toSorted((a, b) => b[1] - a[1])
  return quarter[0]?.[0] ?? 0
}

/** Lines without a word between them are ornament; a table has some text. */
function holdsTable(grid: Grid, words: readonly PdfWord[]): boolean {
  return words.some((word) => centreIsInside(word.bbox, grid.bbox))
}
