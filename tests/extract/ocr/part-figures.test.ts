import { expect, test } from 'vitest'
import { partFigures } from '../../../src/extract/ocr/part-figures.ts'

const HEIGHT = 20

/** A text whose digits are half as wide as Han, with a gap (in pixels) after so many of its glyphs. */
function place(text: string, after: number, gap: number) {
  const width = (part: string): number =>
    [...part].reduce((sum, character) => sum + (character < '\u0100' ? HEIGHT / 2 : HEIGHT), 0)
  const from = 100 + width(text.slice(0, after))
  const bbox = { x0: 100, x1: 100 + width(text) + gap, top: 10, bottom: 10 + HEIGHT }
  return { placed: { text, bbox }, gaps: gap === 0 ? [] : [{ from, to: from + gap }] }
}

test.each([
  ['35.00一、一般公共服务支出', 5, ['35.00', '一、一般公共服务支出']],
  ['35.00—、一般公共服务支出', 5, ['35.00', '—、一般公共服务支出']],
  ['1,872.71【2050201】学前教育', 8, ['1,872.71', '【2050201】学前教育']],
  ['本年收入合计279.57', 6, ['本年收入合计', '279.57']],
] as const)('%s is two cells where print parts there', (text, after, expected) => {
  const { placed, gaps } = place(text, after, 8)
  const parts = partFigures(placed, gaps)
  expect(parts.map((part) => part.text)).toEqual(expected)
  expect([parts[0]?.bbox.x1, parts[1]?.bbox.x0]).toEqual([gaps[0]?.from, gaps[0]?.to])
})

test.each([
  ['35.00一、一般公共服务支出', 5, 0],
  ['35.00万元用于物业管理', 5, 8],
  ['2025年部门收支总表', 4, 8],
  ['35.00', 2, 8],
  ['35.00一、一般公共服务支出', 11, 8],
] as const)('%s stays whole where its gap after glyph %i is %i pixels', (text, after, gap) => {
  const { placed, gaps } = place(text, after, gap)
  expect(partFigures(placed, gaps)).toEqual([placed])
})
