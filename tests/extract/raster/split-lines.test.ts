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

/** A dot of three pixels beside a line of two glyphs that spans x 0 to 44 and y `top` to `top` + 20. */
function dot(x0: number, top: number, index = 90): Mark {
  return { index, x0, x1: x0 + 3, top, bottom: top + 3, area: 9 }
}

test.each([
  ['dust after a name', [dot(48, 20)], []],
  ['dust before a name', [dot(-9, 14)], []],
  ['a point at the foot after the print', [dot(47, 27)], []],
  ['a point at the foot before the print', [dot(-6, 27)], [90]],
  ['two specks apart from each other', [dot(48, 12, 90), dot(58, 25, 91)], []],
  ['the two dots of a colon', [dot(50, 14, 90), dot(50, 25, 91)], [90, 91]],
  ['the two strokes of a closing quotation mark', [dot(48, 11, 90), dot(53, 11, 91)], [90, 91]],
  ['a piece of a broken stroke right beside the print', [dot(45, 20)], [90]],
])('of a line of one, %s is kept or left out', (_, marks, kept) => {
  const [line] = splitLines([...glyphs(2, 10, 0, 0), ...marks], GLYPH)
  expect(line?.marks.map((mark) => mark.index).filter((index) => index >= 90)).toEqual(kept)
})

test.each([
  ['after the first line of a wrapped amount', dot(47, 27), [90]],
  ['before its second line', dot(-6, 57), [90]],
  ['high beside its first line', dot(47, 12), []],
  ['far from its first line', dot(56, 27), []],
])('a decimal point %s', (_, mark, kept) => {
  const lines = splitLines([...glyphs(2, 10, 0, 0), ...glyphs(2, 40, 0, 10), mark], GLYPH)
  expect(lines.flatMap((line) => line.marks.map(({ index }) => index)).filter((index) => index >= 90)).toEqual(kept)
})

test.each([
  ['a blot under a name is no line', { x0: 10, x1: 17, top: 42, bottom: 49, area: 40 }, 1],
  ['a 1 under a name is one', { x0: 10, x1: 15, top: 42, bottom: 56, area: 50 }, 2],
  ['a dash under a name is one', { x0: 10, x1: 22, top: 48, bottom: 51, area: 30 }, 2],
])('%s', (_, mark, count) => {
  expect(splitLines([...glyphs(2, 10, 0, 0), { index: 90, ...mark }], GLYPH)).toHaveLength(count)
})

/** Square glyphs of `size` from x 0 on, whose tops stand at `top`. */
function smaller(count: number, size: number, top: number, firstIndex: number): Mark[] {
  return Array.from({ length: count }, (_, k) => {
    const x0 = k * (size + 2)
    return { index: firstIndex + k, x0, x1: x0 + size, top, bottom: top + size, area: (size * size) / 2 }
  })
}

test.each([
  ['in print of 14 px, 2 px apart, are two', 14, 2, 2],
  ['in print of 13 px, 2 px apart, are two', 13, 2, 2],
  ['whose halves are too low for glyphs are one (二)', 9, 9, 1],
])('in a cell of a page in print of 20 px two rows of marks %s', (_, size, gap, count) => {
  expect(splitLines([...smaller(9, size, 10, 0), ...smaller(2, size, 10 + size + gap, 9)], GLYPH)).toHaveLength(count)
})
