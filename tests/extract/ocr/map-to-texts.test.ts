import { expect, test } from 'vitest'
import { mapToTexts } from '../../../src/extract/ocr/map-to-texts.ts'
import { middleAt } from '../../../src/extract/raster/detected-text.ts'

const WIDTH = 200
const HEIGHT = 100

/** A map in which bands of text have this probability: [x0, x1, middle at x0, slope, height]. */
function mapOf(bands: readonly (readonly [number, number, number, number, number])[], probability = 0.9) {
  const data = new Float32Array(WIDTH * HEIGHT)
  for (const [x0, x1, start, slope, height] of bands) {
    for (let x = x0; x < x1; x++) {
      const middle = start + slope * (x - x0)
      for (let y = Math.round(middle - height / 2); y < Math.round(middle + height / 2); y++) {
        data[y * WIDTH + x] = probability
      }
    }
  }
  return { data, dims: [1, 1, HEIGHT, WIDTH] }
}

test('a band of probable pixels is a line, grown by what the network was taught to leave out', () => {
  const [text, ...others] = mapToTexts(mapOf([[40, 120, 30, 0, 6]]), 2, 2)
  expect(others).toEqual([])
  expect(text?.x0).toBeCloseTo(2 * (40 - 4.19), 1)
  expect(text?.x1).toBeCloseTo(2 * (120 + 4.19), 1)
  expect(text?.height).toBeCloseTo(2 * (6 + 2 * 4.19), 1)
  expect(text?.middle).toBeCloseTo(60, 0)
})

test('a line that falls to the right has its slope, and its middle half-way', () => {
  const [text] = mapToTexts(mapOf([[20, 180, 20, 0.1, 8]]), 1, 1)
  expect(text?.slope).toBeCloseTo(0.1, 2)
  if (text === undefined) throw new Error('nothing found')
  expect(middleAt(text, 20)).toBeCloseTo(20, 0)
  expect(middleAt(text, 180)).toBeCloseTo(36, 0)
})

test('a map shrunk more across than down gives slopes of the picture', () => {
  const [text] = mapToTexts(mapOf([[20, 180, 20, 0.1, 8]]), 4, 2)
  expect(text?.slope).toBeCloseTo(0.05, 2)
})

test.each([
  [
    'two bands that do not touch are two lines',
    mapOf([
      [10, 60, 20, 0, 6],
      [10, 60, 40, 0, 6],
    ]),
    2,
  ],
  ['what is hardly probable is no line', mapOf([[10, 60, 20, 0, 6]], 0.4), 0],
  ['a few pixels are no line', mapOf([[10, 13, 20, 0, 2]]), 0],
] as const)('%s', (_, map, count) => {
  expect(mapToTexts(map, 1, 1)).toHaveLength(count)
})
