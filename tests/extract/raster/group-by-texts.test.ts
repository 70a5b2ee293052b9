import { expect, test } from 'vitest'
import type { DetectedText } from '../../../src/extract/raster/detected-text.ts'
import { groupByTexts } from '../../../src/extract/raster/group-by-texts.ts'
import { groupRows } from '../../../src/extract/raster/join-text-lines.ts'
import type { Mark } from '../../../src/extract/raster/page-marks.ts'

const GLYPH = 20

function mark(x0: number, top: number, width = GLYPH, height = GLYPH): Mark {
  return { index: 0, x0, x1: x0 + width, top, bottom: top + height, area: width * height * 0.5 }
}

const glyphs = (count: number, x: number, top: number, slope = 0): Mark[] =>
  Array.from({ length: count }, (_, k) => mark(x + 22 * k, top + Math.round(22 * k * slope)))

function text(x0: number, x1: number, middle: number, slope = 0, height = 26): DetectedText {
  return { x0, x1, middle, slope, height }
}

/** A heading of two lines beside one of a single line half-way: its last glyph is 元, whose upper stroke stands alone. */
const stroke = mark(232, 122, 16, 6)
const heading = [...glyphs(4, 10, 112), ...glyphs(3, 200, 98), mark(228, 130, 22, 14), stroke]

test('a stroke that stands apart belongs to the line in which a detector sees it, not to the one beside', () => {
  const texts = [text(6, 102, 122), text(196, 270, 108), text(224, 256, 133)]
  const rows = groupByTexts(heading, texts, GLYPH)
  expect(rows.map(({ marks }) => marks.length).toSorted()).toEqual([2, 3, 4])
  expect(rows.find(({ marks }) => marks.includes(stroke))?.marks).toHaveLength(2)
  expect(groupRows(heading, GLYPH).find(({ marks }) => marks.includes(stroke))?.marks.length).toBeGreaterThan(2)
})

test('a line that slopes is one row, whatever rows its ends reach', () => {
  const marks = [...glyphs(20, 10, 100, 0.08), ...glyphs(20, 10, 130, 0.08)]
  const texts = [text(6, 454, 110 + 0.08 * 220, 0.08), text(6, 454, 140 + 0.08 * 220, 0.08)]
  expect(groupByTexts(marks, texts, GLYPH).map((row) => row.marks.length)).toEqual([20, 20])
})

test('print that no text holds is grouped by its place, and told', () => {
  const rows = groupByTexts([...glyphs(4, 10, 100), ...glyphs(2, 300, 100)], [text(6, 102, 110)], GLYPH)
  expect(rows.map(({ marks, isSeen }) => [marks.length, isSeen])).toEqual([
    [4, true],
    [2, false],
  ])
})

test('a last glyph that the detector leaves out goes with its line', () => {
  const rows = groupByTexts(glyphs(5, 10, 100), [text(6, 90, 110)], GLYPH)
  expect(rows.map(({ marks, isSeen }) => [marks.length, isSeen])).toEqual([[5, true]])
})

test('a band over two lines tells nothing: its print is grouped by its place', () => {
  const rows = groupByTexts([...glyphs(4, 10, 100), ...glyphs(4, 10, 124)], [text(6, 102, 122, 0, 52)], GLYPH)
  expect(rows.map(({ marks, isSeen }) => [marks.length, isSeen])).toEqual([
    [4, false],
    [4, false],
  ])
})
