import { describe, expect, test } from 'vitest'
import { findTablesWithoutGrid } from '../../../src/extract/ocr/find-aligned-tables.ts'
import type { OcrEngine } from '../../../src/extract/ocr/ocr-engine.ts'
import type { PageEyes } from '../../../src/extract/ocr/read-loose-words.ts'
import { DrawnPage } from '../raster/draw-page.ts'
import { countingEngine, GLYPH, prepare } from './drawn-print.ts'

const never = new AbortController().signal
const COLUMNS = [60, 400, 720, 940, 1140]
const ROWS = [180, 240, 300, 360, 420]

/** Draws print as squares: `count` glyphs of it from `x` on. */
function print(page: DrawnPage, count: number, x: number, y: number): void {
  for (let k = 0; k < count; k++) page.blob(x + k * (GLYPH + 2), y, GLYPH, GLYPH)
}

/** A page of 180 dpi, read by this engine and found by its marks alone. */
function eyes(engine: OcrEngine): PageEyes {
  return { engine, detector: null, look: { factor: 1, isSmoothed: false }, scale: 0.4 }
}

/** A heading ruled on all sides, `glyphs` of print in its cells, and rows of words and two figures under it; the last column is empty. */
function draw(glyphs: number, hasRules: boolean): DrawnPage {
  const page = new DrawnPage(1200, 700)
  for (const y of [80, 150]) page.ruling(60, y, 1140, y)
  for (const x of COLUMNS) page.ruling(x, 80, x, 150)
  for (const x of COLUMNS.slice(0, -1)) print(page, glyphs, x + 40, 105)
  for (const y of ROWS) {
    print(page, 6, 90, y)
    print(page, 3, 480, y)
    print(page, 2, 800, y)
    if (hasRules) page.ruling(60, y + 40, 1140, y + 40)
  }
  return page
}

describe('a scanned table with rulings between the columns of its heading alone', () => {
  test.each([
    ['rules part its rows', true],
    ['nothing parts its rows', false],
  ])('has those columns in its body, the empty one too, where %s', async (_, hasRules) => {
    const prepared = prepare(draw(4, hasRules))
    expect(prepared.tables.map(({ grid }) => grid.rowEdges.length - 1)).toEqual([1])
    const { tables, replaced } = await findTablesWithoutGrid(prepared, eyes(countingEngine()), never)
    expect(replaced).toEqual(prepared.tables)
    expect(tables.map(({ grid }) => [grid.rowEdges.length - 1, grid.columnEdges.length - 1])).toEqual([[6, 4]])
    expect(tables.map(({ doubtfulCells }) => doubtfulCells)).toEqual([[]])
  })

  test('is none where figures stand in what would be its heading', async () => {
    const prepared = prepare(draw(2, true))
    const { tables, replaced } = await findTablesWithoutGrid(prepared, eyes(countingEngine()), never)
    expect(replaced).toEqual([])
    expect(tables.map(({ grid }) => grid.columnEdges.length - 1)).toEqual([3])
  })
})
