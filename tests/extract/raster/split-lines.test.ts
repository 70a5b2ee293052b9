import { expect, test } from 'vitest'
import type { Mark } from '../../../src/extract/raster/page-marks.ts'
import { splitBentLines, splitLines } from '../../../src/extract/raster/split-lines.ts'

const GLYPH = 20

/** A line of square glyphs whose left one stands at `top`; every pixel to the right it sinks by `slope`. */
function glyphs(count: number, top: number, slope: number, firstIndex: number): Mark[] {
  return Array.from({ length: count }, (_, k) => {
    const [x0, y] = [k * 24, top + Math.round((k * 24 + 10) * slope)]
    return { index: firstIndex + k, x0, x1: x0 + GLYPH, top: y, bottom: y + GLYPH, area: 200 }
  })
}

test('two lines that fall into each other’s height at a book’s spine are two', () => {
  const slope = 0.05
  const marks = [...glyphs(9, 10, slope, 0), ...glyphs(3, 33, slope, 9)]
  const lines = splitBentLines(marks, GLYPH, (x) => x * slope)
  expect(lines.map((line) => line.marks.map((mark) => mark.index))).toEqual([
    [0, 1, 2, 3, 4, 5, 6, 7, 8],
    [9, 10, 11],
  ])
  // The boxes are those of the page as it lies.
  expect(lines[0]?.bottom).toBe(Math.max(...marks.slice(0, 9).map((mark) => mark.bottom)))
})

test('on a flat page nothing changes', () => {
  const marks = [...glyphs(4, 10, 0, 0), ...glyphs(4, 40, 0, 4)]
  expect(splitBentLines(marks, GLYPH, () => 0)).toEqual(splitLines(marks, GLYPH))
})
