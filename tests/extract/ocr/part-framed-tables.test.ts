import { describe, expect, test } from 'vitest'
import { NOTHING_READ, type OcrEngine } from '../../../src/extract/ocr/ocr-engine.ts'
import { partFramedTables } from '../../../src/extract/ocr/part-framed-tables.ts'
import { readScanPage } from '../../../src/extract/ocr/read-scan-page.ts'
import { DrawnPage } from '../raster/draw-page.ts'
import { countingEngine, GLYPH, prepare } from './drawn-print.ts'

const never = new AbortController().signal
const PITCH = 44

/** A frame of so many lines, the first in a row of its own; `columns` are the place (from the left side) and length (in glyphs) of each text. */
interface Frame {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly lines: number
  readonly columns: readonly (readonly [place: number, glyphs: number])[]
  /** How much lower its right side is, in pixels. */
  readonly sunk?: number
}

function drawFrame(page: DrawnPage, { x, y, width, lines, columns, sunk = 0 }: Frame): DrawnPage {
  const at = (across: number): number => y + (sunk * across) / width
  const bottom = lines * PITCH + 8
  for (const level of [0, PITCH, bottom]) page.ruling(x, at(0) + level, x + width, at(width) + level)
  page.ruling(x, at(0), x, at(0) + bottom).ruling(x + width, at(width), x + width, at(width) + bottom)
  for (let line = 0; line < lines; line++) {
    for (const [place, glyphs] of columns) {
      for (let k = 0; k < glyphs; k++) {
        const across = place + k * (GLYPH + 2)
        page.blob(x + across, at(across) + line * PITCH + 12, GLYPH, GLYPH)
      }
    }
  }
  return page
}

async function partPage(page: DrawnPage, engine: OcrEngine) {
  const eyes = { engine, detector: null, look: { factor: 1, isSmoothed: false }, scale: 0.4 }
  return partFramedTables(prepare(page), eyes, never)
}

const FOUR = [
  [20, 4],
  [200, 5],
  [400, 2],
  [520, 3],
] as const
const SIX = [
  [20, 1],
  [80, 5],
  [240, 4],
  [380, 2],
  [480, 3],
  [580, 3],
] as const

describe('a table that only a frame and a rule under its headings are drawn around', () => {
  test.each([
    ['four columns', { x: 80, y: 90, width: 640, lines: 12, columns: FOUR }],
    ['six columns, slanting', { x: 60, y: 60, width: 680, lines: 15, columns: SIX, sunk: 9 }],
    ['three lines', { x: 80, y: 90, width: 640, lines: 3, columns: FOUR }],
  ] as const)('has the cells of its print: %s', async (_, frame) => {
    const [table, ...others] = await partPage(drawFrame(new DrawnPage(900, 800), frame), countingEngine())
    expect(others).toEqual([])
    expect(table?.structure).toBe('alignment')
    expect(table?.straightColumns).toHaveLength(frame.columns.length + 1)
    expect(table?.straightRows).toHaveLength(frame.lines + 1)
    expect([table?.doubts, table?.doubtfulCells]).toEqual([[], []])
  })

  test('stands beside another on a sheet that holds two pages, each lying in its own way', async () => {
    const page = new DrawnPage(1600, 900)
    drawFrame(page, { x: 60, y: 60, width: 680, lines: 15, columns: SIX, sunk: 7 })
    drawFrame(page, { x: 860, y: 200, width: 640, lines: 8, columns: FOUR, sunk: -7 })
    const tables = await partPage(page, countingEngine())
    expect(tables.map((table) => [table.straightRows.length - 1, table.straightColumns.length - 1])).toEqual([
      [15, 6],
      [8, 4],
    ])
  })

  test('is left as it is where each cell holds running text, and costs no reading', async () => {
    const page = drawFrame(new DrawnPage(900, 800), { x: 80, y: 90, width: 640, lines: 12, columns: [[20, 27]] })
    const engine = countingEngine()
    expect((await partPage(page, engine)).map(({ structure }) => structure)).toEqual(['pixel-rulings'])
    expect(engine.asked).toBe(0)
  })

  test('is told of, all of it in doubt, where nobody can make out its columns', async () => {
    const page = drawFrame(new DrawnPage(900, 800), { x: 80, y: 90, width: 640, lines: 12, columns: FOUR })
    const blind: OcrEngine = { ...countingEngine(), recognize: async (lines) => lines.map(() => NOTHING_READ) }
    const picture = { pageNumber: 1, image: page.color(), placement: { x0: 0, top: 0, x1: 360, bottom: 320 } }
    const read = await readScanPage(
      { ...picture, isPainted: false, quarterTurns: 0 },
      { first: blind, second: null },
      [],
      never,
    )
    expect(read.warnings).toEqual(['table 1: its print stands in columns, and nothing was found that parts them'])
    const cells = read.tables.flatMap((table) => table.cells)
    expect(cells.map(({ flags }) => flags.includes('structure-uncertain'))).toEqual(cells.map(() => true))
    expect(cells.length).toBeGreaterThan(1)
  })
})
