import { describe, expect, test } from 'vitest'
import { findTablesWithoutGrid, isAsDarkAsRules } from '../../../src/extract/ocr/find-aligned-tables.ts'
import { charactersToReading, type OcrEngine } from '../../../src/extract/ocr/ocr-engine.ts'
import { joinAtPunctuation, type PageEyes } from '../../../src/extract/ocr/read-loose-words.ts'
import type { TextDetector } from '../../../src/extract/ocr/text-detector.ts'
import type { LineImage } from '../../../src/extract/raster/image.ts'
import type { Word } from '../../../src/model/page.ts'
import { DrawnPage } from '../raster/draw-page.ts'
import { countingEngine, GLYPH, prepare } from './drawn-print.ts'

const never = new AbortController().signal

function word(text: string, x0: number, x1: number, top = 10): Word {
  return { text, bbox: { x0, top, x1, bottom: top + 10 }, origin: 'ocr' }
}

test.each([
  ['a bracket opens', [word('项目', 0, 20), word('（二期）', 26, 60)], ['项目（二期）']],
  ['a colon closes', [word('部门：', 0, 24), word('教育局', 30, 60)], ['部门：教育局']],
  ['nothing marks the gap', [word('编码', 0, 20), word('名称', 26, 46)], ['编码', '名称']],
  ['the gap is wider than a mark', [word('单位（', 0, 30), word('名称', 44, 64)], ['单位（', '名称']],
  ['a figure stands beside a bracket', [word('12.50', 0, 25), word('(3.20)', 30, 60)], ['12.50', '(3.20)']],
  ['a bracket was opened', [word('出国（', 0, 30), word('境）费', 36, 66)], ['出国（境）费']],
  ['a point stands apart from the figure behind it', [word('1,066.', 0, 30), word('88', 34, 44)], ['1,066.88']],
  ['a figure stands well behind a point', [word('1,066.', 0, 30), word('88', 38, 48)], ['1,066.', '88']],
  [
    'a code begins the next cell',
    [word('专项收入', 0, 40), word('（2080201）行政运行', 46, 130)],
    ['专项收入', '（2080201）行政运行'],
  ],
  ['they stand on two lines', [word('项目', 0, 20), word('（二期）', 26, 60, 40)], ['项目', '（二期）']],
] as const)('words of one line are one where %s, else not', (_, words, expected) => {
  expect(joinAtPunctuation(words).map(({ text }) => text)).toEqual(expected)
})

test.each([
  ['a rule of a laser printer', 118, 190, true],
  ['a grey hairline', 40, 190, true],
  ['the edge of a shaded row', 17, 190, false],
  ['a rule of faint print', 17, 60, true],
] as const)('%s of strength %i among print of darkness %i: %s', (_, strength, ink, expected) => {
  expect(isAsDarkAsRules({ strength }, ink)).toBe(expected)
})

const findAlignedTables = async (...given: Parameters<typeof findTablesWithoutGrid>) =>
  (await findTablesWithoutGrid(...given)).tables

/** Draws print as squares: `count` glyphs of it from `x` on. */
function print(page: DrawnPage, count: number, x: number, y: number): void {
  for (let k = 0; k < count; k++) page.blob(x + k * (GLYPH + 2), y, GLYPH, GLYPH)
}

/** A page of 180 dpi, read by this engine and found by its marks alone. */
function eyes(engine: OcrEngine): PageEyes {
  return { engine, detector: null, look: { factor: 1, isSmoothed: false }, scale: 0.4 }
}

describe('print of a scanned page without a grid', () => {
  test('is a table of cells where it stands in columns, none in doubt where white parts them', async () => {
    const page = new DrawnPage(1200, 900)
    for (const y of [100, 160, 220, 280, 340]) {
      print(page, 6, 80, y)
      print(page, 3, 500, y)
      print(page, 2, 800, y)
    }
    const [table, ...others] = await findAlignedTables(prepare(page), eyes(countingEngine()), never)
    expect(others).toEqual([])
    expect(table?.structure).toBe('alignment')
    expect([table?.grid.rowEdges.length, table?.grid.columnEdges.length]).toEqual([6, 4])
    expect(table?.doubtfulCells).toEqual([])
    const [, second = 0, third = 0] = table?.grid.columnEdges ?? []
    expect(second > 80 + 6 * 22 && second < 500 && third > 500 + 3 * 22 && third < 800).toBe(true)
  })

  test('has no column for what no detector sees as text and the reader is not sure of', async () => {
    const page = new DrawnPage(1200, 900)
    for (const y of [100, 160, 220, 280, 340]) {
      print(page, 6, 80, y)
      print(page, 3, 500, y)
      print(page, 2, 800, y)
    }
    for (const y of [100, 280]) page.blob(980, y, 8, 30)
    const engine = countingEngine()
    const unsure: OcrEngine = {
      ...engine,
      recognize: async (lines, hint, signal) =>
        (await engine.recognize(lines, hint, signal)).map((reading, k) =>
          (lines[k]?.inkInCrop.x1 ?? 0) - (lines[k]?.inkInCrop.x0 ?? 0) < 12
            ? { ...reading, confidence: 0.5 }
            : reading,
        ),
    }
    const seen = [100, 160, 220, 280, 340].flatMap((y) =>
      [
        [80, 6],
        [500, 3],
        [800, 2],
      ].map(([x = 0, count = 0]) => ({ x0: x - 4, x1: x + 22 * count + 4, middle: y + 10, slope: 0, height: 26 })),
    )
    const asked: number[] = []
    const detector: TextDetector = {
      async detect({ width, height }) {
        asked.push(width, height)
        return seen.map((text) => ({ ...text, x0: text.x0 - 40, x1: text.x1 - 40, middle: text.middle - 60 }))
      },
    }
    const columns = async (of: TextDetector | null) =>
      (await findAlignedTables(prepare(page), { ...eyes(unsure), detector: of }, never))[0]?.grid.columnEdges.length
    expect(await columns(null)).toBe(5)
    expect(await columns(detector)).toBe(4)
    // It is shown the print with a margin, not the page.
    expect(asked).toEqual([988 - 80 + 80, 360 - 100 + 80])
  })

  test('costs no reading where it runs on from line to line', async () => {
    const page = new DrawnPage(1200, 900)
    for (const y of [100, 140, 180, 220, 260, 300]) print(page, 40, 80, y)
    const engine = countingEngine()
    expect(await findAlignedTables(prepare(page), eyes(engine), never)).toEqual([])
    expect(engine.asked).toBe(0)
  })

  test('is two tables where a sheet holds two pages, each with a title, lying in their own ways', async () => {
    const page = new DrawnPage(1600, 900)
    const drawn = (count: number, x: number, y: number, slope: number): void => {
      for (let k = 0; k < count; k++) page.blob(x + k * (GLYPH + 2), y + slope * k * (GLYPH + 2), GLYPH, GLYPH)
    }
    for (const [x, y, slope, rows] of [
      [60, 80, 0.012, 9],
      [880, 110, -0.012, 6],
    ] as const) {
      drawn(8, x + 230, y, slope)
      for (let row = 1; row <= rows; row++) {
        for (const [place, count] of [
          [0, 6],
          [300, 3],
          [560, 2],
        ] as const) {
          drawn(count, x + place, y + 10 + 50 * row + slope * place, slope)
        }
      }
    }
    const { recognize, ...engine } = countingEngine()
    const reader: OcrEngine = {
      ...engine,
      recognize: async (lines, hint, signal) => {
        const read = await recognize(lines, hint, signal)
        const isTitle = ({ inkInCrop: { x0, x1 } }: LineImage): boolean => x1 - x0 > 7 * GLYPH
        const title = charactersToReading([{ text: '政府采购预算表', confidence: 0.99, alternatives: [] }])
        return read.map((reading, k) => ((lines[k] ? isTitle(lines[k]) : false) ? title : reading))
      },
    }
    const tables = await findAlignedTables(prepare(page), eyes(reader), never)
    expect(tables.map((table) => [table.grid.rowEdges.length - 1, table.grid.columnEdges.length - 1])).toEqual([
      [9, 3],
      [6, 3],
    ])
    const [left, right] = tables.map(({ grid }) => grid.bbox)
    expect((left?.x1 ?? 0) < (right?.x0 ?? 0)).toBe(true)
  })
})

describe('a table whose rulings part its columns but not its rows', () => {
  const COLUMNS = [60, 400, 720, 1000, 1140]
  const ROWS = [180, 230, 280, 330, 380, 430]

  /** A frame, a line under the headings, verticals; by rows words, a number, a number. */
  function draw(glyphs: readonly number[], verticals = COLUMNS): DrawnPage {
    const page = new DrawnPage(1200, 700)
    for (const y of [80, 150, 480]) page.ruling(60, y, 1140, y)
    for (const x of verticals) page.ruling(x, 80, x, 480)
    for (const y of [105, ...ROWS])
      for (const [k, count] of glyphs.entries()) print(page, count, (COLUMNS[k] ?? 0) + 30, y)
    return page
  }

  test('has the rows that its print stands in, in place of the ruled table', async () => {
    const prepared = prepare(draw([6, 3, 2, 2]))
    expect(prepared.tables.map(({ grid }) => grid.rowEdges.length)).toEqual([3])
    const { tables, replaced } = await findTablesWithoutGrid(prepared, eyes(countingEngine()), never)
    expect(replaced).toEqual(prepared.tables)
    expect(tables.map(({ grid }) => [grid.rowEdges.length - 1, grid.columnEdges.length - 1])).toEqual([[7, 4]])
    const traces = tables[0]?.traces.map(({ orientation }) => orientation) ?? []
    expect([...new Set(traces)].toSorted()).toEqual(['horizontal', 'vertical'])
  })

  test('also where a ruling between two columns of numbers is lost', async () => {
    const prepared = prepare(draw([6, 3, 2, 2], COLUMNS.toSpliced(3, 1)))
    const { tables } = await findTablesWithoutGrid(prepared, eyes(countingEngine()), never)
    expect(tables.map(({ grid }) => [grid.rowEdges.length - 1, grid.columnEdges.length - 1])).toEqual([[7, 4]])
  })

  test('but long texts side by side in one row stay one row', async () => {
    const prepared = prepare(draw([6, 6, 6, 5]))
    const { tables, replaced } = await findTablesWithoutGrid(prepared, eyes(countingEngine()), never)
    expect([tables, replaced]).toEqual([[], []])
  })
})
