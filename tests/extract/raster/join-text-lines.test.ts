import { expect, test } from 'vitest'
import { joinTextLines } from '../../../src/extract/raster/join-text-lines.ts'
import type { Mark } from '../../../src/extract/raster/page-marks.ts'

const GLYPH = 20

function glyphs(count: number, x: number, y: number, parts = 1): Mark[] {
  const height = (GLYPH - (parts - 1) * 2) / parts
  return Array.from({ length: count }, (_, k) =>
    Array.from({ length: parts }, (_, part) => {
      const top = y + part * (height + 2)
      const x0 = x + k * 22
      return { index: 0, x0, x1: x0 + GLYPH, top, bottom: top + height, area: GLYPH * height * 0.5 }
    }),
  ).flat()
}

test('one line beside two lines, halfway between them, keeps all its pieces', () => {
  const marks = [...glyphs(4, 10, 100), ...glyphs(4, 10, 124), ...glyphs(3, 200, 112), ...glyphs(2, 266, 112, 2)]
  const lines = joinTextLines(marks, GLYPH)
  expect(lines.map(({ marks: own }) => own.length).toSorted((a, b) => a - b)).toEqual([4, 4, 7])
})

test.each([
  [1.5, 1],
  [3, 2],
])('a gap of %f glyphs makes %i lines', (gap, count) => {
  const marks = [...glyphs(2, 10, 100), ...glyphs(2, 52 + gap * GLYPH, 100)]
  expect(joinTextLines(marks, GLYPH)).toHaveLength(count)
})
