import { describe, expect, test } from 'vitest'
import { findScanTables } from '../../../src/extract/raster/find-scan-tables.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { DrawnPage, type Ink, SOLID, steps } from './draw-page.ts'

const XS = steps(90, 170, 190, 130, 130)
const YS = steps(110, 44, 44, 44, 44, 44, 44, 44, 44)
const GLYPH = 22
const ROWS = YS.length - 1
/** What a faint ruling leaves on a scan of two levels: dots, some together, most alone. */
const SCATTERED: Ink = { thickness: 2, grey: 20, pattern: (along) => [2, 3, 4, 8, 9, 27, 28, 35].includes(along | 0) }

interface Wish {
  readonly skip?: readonly string[]
  /** Cells without print, `row,column`. */
  readonly empty?: readonly string[]
  readonly draw?: (page: DrawnPage) => void
}

function text(page: DrawnPage, x: number, y: number, glyphs: number, pitch = 25): void {
  for (let k = 0; k < glyphs; k++) page.han(x + k * pitch, y, GLYPH)
}

function tableOf({ skip = [], empty = [], draw }: Wish): { spans: string[]; doubtful: string[] } {
  const page = new DrawnPage(800, 560).grid(XS, YS, SOLID, new Set(skip))
  for (let r = 0; r < ROWS; r++) {
    for (let c = 0; c < XS.length - 1; c++) {
      if (empty.includes(`${r},${c}`)) continue
      const [x, y] = [XS[c] ?? 0, YS[r] ?? 0]
      if (c < 2) text(page, x + 10, y + 11, 3 + ((r + c) % 4))
      else page.digits('12.50', x + 50, y + 13, GLYPH)
    }
  }
  draw?.(page)
  const [table] = findScanTables(toUprightPage(page.color(), { quarterTurns: 0 }))
  const cells = table?.grid.cells ?? []
  expect(table?.grid.columnEdges).toHaveLength(XS.length)
  expect(table?.grid.rowEdges).toHaveLength(YS.length)
  return {
    spans: cells
      .filter((cell) => cell.rowSpan * cell.columnSpan > 1)
      .map((cell) => `${cell.row},${cell.column} ${cell.rowSpan}x${cell.columnSpan}`),
    doubtful: (table?.doubtfulCells ?? []).map((index) => `${cells[index]?.row},${cells[index]?.column}`),
  }
}

function columnPiece(page: DrawnPage, line: number, row: number, ink: Ink): void {
  page.ruling(XS[line] ?? 0, YS[row] ?? 0, XS[line] ?? 0, YS[row + 1] ?? 0, ink)
}

function rowPiece(page: DrawnPage, line: number, column: number, ink: Ink): void {
  page.ruling(XS[column] ?? 0, YS[line] ?? 0, XS[column + 1] ?? 0, YS[line] ?? 0, ink)
}

const middleOf = (edges: readonly number[], from: number, to: number): number =>
  ((edges[from] ?? 0) + (edges[to] ?? 0)) / 2

describe('a lost edge parts its two cells', () => {
  test.each([
    ['a few rows', [0, 4]],
    ['most rows', [0, 1, 2, 6, 7]],
  ])('where its ruling is scattered dots in %s, without doubt', (_, rows) => {
    const draw = (page: DrawnPage): void => {
      for (const row of rows) columnPiece(page, 1, row, SCATTERED)
    }
    expect(tableOf({ skip: rows.map((row) => `right:${row},0`), draw })).toEqual({ spans: [], doubtful: [] })
  })

  test('where nothing is left of a ruling that is worn in the rows which have it', () => {
    const worn: Ink = { thickness: 2, grey: 20, pattern: (along) => along % 12 < 9 }
    const rows = [0, 1, 2, 3, 5, 6, 7]
    const draw = (page: DrawnPage): void => {
      for (const row of rows) columnPiece(page, 1, row, worn)
    }
    const skip = [...rows, 4].map((row) => `right:${row},0`)
    const { spans, doubtful } = tableOf({ skip, draw })
    expect(spans).toEqual([])
    expect(doubtful.filter((cell) => cell.startsWith('4,'))).toEqual([])
  })

  test('where one of the two cells is empty and dots are left of a ruling that most rows have', () => {
    const draw = (page: DrawnPage): void => columnPiece(page, 1, 3, SCATTERED)
    expect(tableOf({ skip: ['right:3,0'], empty: ['3,0'], draw }).spans).toEqual([])
    expect(tableOf({ skip: ['right:3,0'], empty: ['3,1'], draw }).spans).toEqual([])
  })

  test('where dots are left of a ruling between two rows', () => {
    const wide: Ink = { ...SCATTERED, pattern: (along) => [3, 4, 11, 24, 25, 33].includes((along | 0) % 40) }
    const draw = (page: DrawnPage): void => rowPiece(page, 3, 1, wide)
    expect(tableOf({ skip: ['below:2,1'], draw })).toEqual({ spans: [], doubtful: [] })
  })

  test('where dots are all there is, in doubt when few rows have any', () => {
    const lost = [3, 4, 5, 6, 7]
    const skip = lost.map((row) => `right:${row},0`)
    const empty = [4, 5, 6, 7].map((row) => `${row},1`)
    const draw = (page: DrawnPage): void => columnPiece(page, 1, 3, SCATTERED)
    const { spans, doubtful } = tableOf({ skip, empty, draw })
    expect(spans).toEqual([4, 5, 6, 7].map((row) => `${row},0 1x2`))
    expect(doubtful).toEqual(expect.arrayContaining(['3,0', '3,1']))
  })
})

describe('a cell that is merged in print stays merged', () => {
  test('a header over several columns', () => {
    const draw = (page: DrawnPage): void => text(page, middleOf(XS, 1, 4) - 73, (YS[0] ?? 0) + 11, 6)
    const { spans } = tableOf({ skip: ['right:0,1', 'right:0,2'], empty: ['0,1', '0,2', '0,3'], draw })
    expect(spans).toEqual(['0,1 1x3'])
  })

  test('a body cell whose text is centred over the boundary, also with the boundary between two glyphs', () => {
    for (const start of [-85, -74]) {
      const draw = (page: DrawnPage): void => text(page, (XS[1] ?? 0) + start, (YS[4] ?? 0) + 11, 6)
      const { spans } = tableOf({ skip: ['right:4,0'], empty: ['4,0', '4,1'], draw })
      expect(spans).toEqual(['4,0 1x2'])
    }
  })

  test('a body cell with one wide set text, its whole row in doubt', () => {
    const draw = (page: DrawnPage): void => text(page, middleOf(XS, 0, 2) - 61, (YS[4] ?? 0) + 11, 2, 100)
    const { spans, doubtful } = tableOf({ skip: ['right:4,0'], empty: ['4,0', '4,1'], draw })
    expect(spans).toEqual(['4,0 1x2'])
    expect(doubtful).toEqual(expect.arrayContaining(['4,0', '4,2', '4,3']))
  })

  test('two texts under no trace of a ruling that is whole elsewhere, their whole row in doubt', () => {
    const { spans, doubtful } = tableOf({ skip: ['right:4,0'] })
    expect(spans).toEqual(['4,0 1x2'])
    expect(doubtful).toEqual(expect.arrayContaining(['4,0', '4,2', '4,3']))
  })

  test('a cell with print on one side only, nothing left of a ruling', () => {
    expect(tableOf({ skip: ['right:4,0'], empty: ['4,1'] }).spans).toEqual(['4,0 1x2'])
  })

  test('a cell of two rows with two lines of text', () => {
    const { spans } = tableOf({ skip: ['below:2,0'] })
    expect(spans).toEqual(['2,0 2x1'])
  })

  test('dust beside and on the boundary is no rest of a ruling', () => {
    const draw = (page: DrawnPage): void => {
      for (let k = 0; k < 300; k++) page.blob((k * 7919) % 800, 110 + ((k * 104729) % 352), 2, 2)
    }
    const skip = ['right:3,0', 'right:5,0']
    const { spans } = tableOf({ skip, empty: ['3,1', '5,0'], draw })
    expect(spans).toEqual(['3,0 1x2', '5,0 1x2'])
  })
})
