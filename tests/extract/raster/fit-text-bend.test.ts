import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DetectedText } from '../../../src/extract/raster/detected-text.ts'
import { fitTextBend } from '../../../src/extract/raster/fit-text-bend.ts'

const WIDTH = 2000
const HEIGHT = 1400
const COLUMNS = [100, 500, 1000, 1400, 1750]

type Sinking = (x: number, y: number) => number

/** Rows of texts on a page that sinks so; each text's slope is off by up to `noise`. */
function textsOf(sunkBy: Sinking, noise: (k: number) => number = () => 0): DetectedText[] {
  return Array.from({ length: 20 }, (_, row) => row).flatMap((row) =>
    COLUMNS.map((x0, column): DetectedText => {
      const length = column === 1 ? 300 : 150
      const y = 150 + 55 * row
      const [left, right] = [sunkBy(x0, y), sunkBy(x0 + length, y)]
      const slope = (right - left) / length + noise(row * COLUMNS.length + column)
      return { x0, x1: x0 + length, middle: y + sunkBy(x0 + length / 2, y), slope, height: 30 }
    }),
  )
}

const keystone = (most: number): Sinking => {
  return (x, y) => 4 * most * (x / WIDTH - 0.5) * (y / HEIGHT - 0.5)
}
const bow = (most: number): Sinking => {
  return (x) => most * (1 - 4 * (x / WIDTH - 0.5) ** 2)
}

test.each([
  ['keystone', keystone(25)],
  ['bow', bow(18)],
  ['the rest of skew', (x: number) => 0.01 * (x - WIDTH / 2)],
] as const)('%s is found: texts of a row stand level afterwards', (_, sunkBy) => {
  const texts = textsOf(sunkBy)
  const { bendY } = fitTextBend(texts, [], WIDTH, HEIGHT)
  for (let row = 0; row < 20; row++) {
    const levels = texts
      .slice(row * COLUMNS.length, (row + 1) * COLUMNS.length)
      .map(({ x0, x1, middle }) => middle - bendY((x0 + x1) / 2, middle))
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(4)
  }
})

test('slopes that are noise bend nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -0.01, max: 0.01, noNaN: true }), { minLength: 100, maxLength: 100 }),
      (noise) => {
        const { bendY } = fitTextBend(
          textsOf(
            () => 0,
            (k) => noise[k] ?? 0,
          ),
          [],
          WIDTH,
          HEIGHT,
        )
        return Math.abs(bendY(WIDTH, HEIGHT)) < 30
      },
    ),
  )
  const signs = (k: number) => (k % 2 === 0 ? 0.006 : -0.006)
  expect(
    fitTextBend(
      textsOf(() => 0, signs),
      [],
      WIDTH,
      HEIGHT,
    ).bendY(WIDTH, HEIGHT),
  ).toBe(0)
})

test('lines of cells that wrap beside single lines tell no bend', () => {
  const texts = Array.from({ length: 20 }, (_, row) => row).flatMap((row) => {
    const y = 150 + 55 * row
    const line = (x0: number, middle: number): DetectedText => ({ x0, x1: x0 + 150, middle, slope: 0, height: 26 })
    return [line(100, y - 11), line(100, y + 14), line(600, y), line(1200, y), line(1700, y)]
  })
  expect(fitTextBend(texts, [], WIDTH, HEIGHT).bendY(WIDTH, HEIGHT)).toBe(0)
})

test('a few texts tell nothing', () => {
  expect(fitTextBend(textsOf(keystone(25)).slice(0, 8), [], WIDTH, HEIGHT).bendY(WIDTH, HEIGHT)).toBe(0)
})
