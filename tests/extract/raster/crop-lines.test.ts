import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CroppedPage, cropPageLines } from '../../../src/extract/raster/crop-lines.ts'
import { findScanTables } from '../../../src/extract/raster/find-scan-tables.ts'
import type { LineImage } from '../../../src/extract/raster/image.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { DrawnPage, SOLID, steps } from './draw-page.ts'

const GLYPH = 22
const XS = steps(60, 150, 90, 120, 90)
const YS = steps(70, 90, 90, 90, 90)

function cropOf(page: DrawnPage): CroppedPage {
  const upright = toUprightPage(page.color(), { quarterTurns: 0 })
  return cropPageLines(upright, findScanTables(upright))
}

/** A page whose first column holds Han glyphs, so that the height of print is known. */
function drawBase(options: { degrees?: number; bow?: number } = {}): DrawnPage {
  const page = new DrawnPage(580, 500, options).grid(XS, YS, SOLID)
  for (const y of YS.slice(0, -1)) for (let k = 0; k < 4; k++) page.han((XS[0] ?? 0) + 10 + k * 27, y + 30, GLYPH)
  return page
}

function linesOf(page: CroppedPage, row: number, column: number): readonly LineImage[] {
  return page.tables[0]?.cells.find((cell) => cell.row === row && cell.column === column)?.lines ?? []
}

test('the glyph height is that of a full glyph, not of digits', () => {
  expect(Math.abs(cropOf(drawBase().digits('12.50', 220, 100, GLYPH)).glyphHeightPx - GLYPH)).toBeLessThanOrEqual(2)
})

test('digits alone vote too', () => {
  const page = new DrawnPage(580, 500).grid(XS, YS)
  for (const y of YS.slice(0, -1)) for (const x of XS.slice(0, -1)) page.digits('10.25', x + 8, y + 30, GLYPH)
  expect(Math.abs(cropOf(page).glyphHeightPx - GLYPH)).toBeLessThanOrEqual(3)
})

describe('ink is never cut', () => {
  const blob = fc.record({
    row: fc.integer({ min: 0, max: 3 }),
    column: fc.integer({ min: 1, max: 3 }),
    width: fc.integer({ min: 8, max: 26 }),
    height: fc.integer({ min: 8, max: 26 }),
    left: fc.double({ min: 0, max: 1, noNaN: true }),
    down: fc.double({ min: 0, max: 1, noNaN: true }),
    degrees: fc.constantFrom(0, 0.7, -2.3),
    bow: fc.constantFrom(0, 8),
  })

  test('a blob anywhere inside a cell is whole inside exactly one crop', () => {
    fc.assert(
      fc.property(blob, ({ row, column, width, height, left, down, degrees, bow }) => {
        const x = (XS[column] ?? 0) + 4 + left * ((XS[column + 1] ?? 0) - (XS[column] ?? 0) - 8 - width)
        const y = (YS[row] ?? 0) + 4 + down * (90 - 8 - height)
        const found = cropOf(drawBase({ degrees, bow }).blob(x, y, width, height))
        const own = linesOf(found, row, column)
        expect(own).toHaveLength(1)
        const others = found.tables[0]?.cells.filter((cell) => cell.column > 0).flatMap((cell) => cell.lines) ?? []
        expect(others).toHaveLength(1)
        expect(found.textLines).toHaveLength(0)
        const dark = [...(own[0]?.grey.data ?? [])].filter((level) => level < 130).length
        expect(dark).toBeGreaterThan(0.85 * width * height)
        expect(dark).toBeLessThan(1.12 * (width + 1) * (height + 1))
      }),
      { numRuns: 40, seed: 7 },
    )
  })
})

test.each([
  ['a one', 4, 17],
  ['a dash', 9, 3],
  ['the Han one', 20, 3],
])('%s alone in a cell is a line', (_, width, height) => {
  expect(linesOf(cropOf(drawBase().blob(250, 110, width, height)), 0, 1)).toHaveLength(1)
})

test('specks are no lines', () => {
  const found = cropOf(drawBase().blob(250, 110, 1, 1).blob(260, 290, 2, 1))
  expect(linesOf(found, 0, 1)).toEqual([])
  expect(linesOf(found, 2, 1)).toEqual([])
})

test.each([1.15, 1.3, 1.6])('three lines set %f glyphs apart are three', (leading) => {
  const page = drawBase()
  for (let line = 0; line < 3; line++) {
    for (let k = 0; k < 4; k++) page.han(310 + k * 26, 164 + line * GLYPH * leading * 0.99, GLYPH)
  }
  expect(linesOf(cropOf(page), 1, 2)).toHaveLength(3)
})

test('glyphs of stacked strokes stay one line', () => {
  const page = drawBase().blob(315, 190, 20, 3).blob(313, 208, 24, 3).han(345, 189, GLYPH)
  expect(linesOf(cropOf(page), 1, 2)).toHaveLength(1)
})

describe('strokes of a merged cell that lie where its neighbours have a border are print', () => {
  const border = YS[1] ?? 0
  const [left, right] = [XS[2] ?? 0, XS[3] ?? 0]

  /** The third column's cell goes on over the second row; its neighbours do not. */
  function drawMerged(): DrawnPage {
    const page = new DrawnPage(580, 500)
    for (const x of XS) page.ruling(x, YS[0] ?? 0, x, YS.at(-1) ?? 0)
    for (const y of YS) {
      page.ruling(XS[0] ?? 0, y, left, y).ruling(right, y, XS.at(-1) ?? 0, y)
      if (y !== border) page.ruling(left, y, right, y)
    }
    for (const y of YS.slice(0, -1)) for (let k = 0; k < 4; k++) page.han((XS[0] ?? 0) + 10 + k * 27, y + 30, GLYPH)
    return page
  }

  test.each([
    ['at its left', [left + 12]],
    ['at its right', [right - 34]],
    ['as small as dots', [], [left + 12, left + 40, left + 93]],
  ])('%s', (_, places, dots: readonly number[] = []) => {
    const page = drawMerged()
    for (const x of dots) page.blob(x, border - 1, 8, 3).han(x - 5, border + 5, 17)
    // Each a 三, its upper stroke on the height of the border.
    for (const x of places) for (const down of [0, 9, 18]) page.blob(x, border - 1 + down, 19, 3)
    const [line, ...more] = linesOf(cropOf(page), 0, 2)
    expect(more).toEqual([])
    expect(line?.bboxPx.top).toBeLessThanOrEqual(border)
    const { data = new Uint8Array(0), width = 1 } = line?.grey ?? {}
    const upper = data.subarray(0, width * ((line?.inkInCrop.top ?? 0) + 3))
    const dark = [...upper].filter((level) => level < 130).length
    expect(dark).toBeGreaterThan(0.9 * 3 * (19 * places.length + 8 * dots.length))
  })
})

test('print that touches a ruling is cropped without the ruling and without its neighbour', () => {
  const found = cropOf(
    drawBase()
      .han((XS[2] ?? 0) + 1, 100, GLYPH)
      .han((XS[2] ?? 0) - GLYPH - 8, 100, GLYPH),
  )
  const [line] = linesOf(found, 0, 2)
  expect(line).toBeDefined()
  const { width = 0, height = 0, data = new Uint8Array(0) } = line?.grey ?? {}
  // No column is dark from top to bottom: the ruling has been painted over beyond the glyph.
  for (let x = 0; x < width; x++) {
    const dark = Array.from({ length: height }, (_, y) => data[y * width + x] ?? 255).filter((level) => level < 130)
    expect(dark.length).toBeLessThan(0.9 * height)
  }
  expect(line?.bboxPx.x0).toBeGreaterThanOrEqual((XS[2] ?? 0) - 3)
})

test('text outside the table comes line by line, split at wide gaps, each in its own size', () => {
  const page = drawBase()
  for (let k = 0; k < 5; k++) page.han(180 + k * 44, 12, 36)
  for (let k = 0; k < 3; k++) page.han(60 + k * 26, 450, GLYPH).han(400 + k * 26, 450, GLYPH)
  const lines = cropOf(page).textLines
  expect(lines.map((line) => Math.round(line.bboxPx.x0 / 10) * 10)).toEqual([180, 60, 400])
  expect(lines[0]?.glyphHeightPx).toBeGreaterThan(32)
})

describe('marks along a border', () => {
  const blobs =
    (xs: readonly number[], y: number, width = 3) =>
    (page: DrawnPage) =>
      xs.reduce((drawn, x) => drawn.blob(x, y, width, 3), page)

  test.each([
    ['dashes in a line are a ruling that was followed beside itself', blobs(steps(222, 14, 14, 14), 163, 8), 0],
    ['a long thin piece is one', (page: DrawnPage) => page.blob(222, 163, 40, 3), 0],
    ['two dashes are left to the reader', blobs([222, 252], 163, 8), 1],
    ['dashes in the middle of the cell are print', blobs(steps(222, 14, 14, 14, 14), 202, 9), 1],
    ['a digit is print', (page: DrawnPage) => page.digits('1', 225, 164, GLYPH), 1],
  ])('%s', (_, draw, lines) => {
    expect(linesOf(cropOf(draw(drawBase())), 1, 1).length > 0 ? 1 : 0).toBe(lines)
  })
})

test.each([
  ['over', 36, 42],
  ['under', -36, 436],
])('a line %s a table, in the hollow of its edge as the page bows, is a line outside it', (_, bow, y) => {
  const xs = steps(30, 40, 350, 350, 40)
  const page = new DrawnPage(840, 500, { bow }).grid(xs, YS)
  for (const below of YS.slice(0, -1)) for (let k = 0; k < 4; k++) page.han(90 + k * 27, below + 30, GLYPH)
  for (let k = 0; k < 4; k++) page.han(370 + k * 26, y, GLYPH)
  const found = cropOf(page)
  expect(found.tables).toHaveLength(1)
  expect(found.textLines).toHaveLength(1)
})
