import { describe, expect, test } from 'vitest'
import { labelComponents } from '../../../src/extract/raster/label-components.ts'
import { voteComponentHeight } from '../../../src/extract/raster/vote-glyph-height.ts'

const [WIDTH, HEIGHT] = [1400, 1000]

interface Marks {
  readonly width: number
  readonly height: number
  readonly count: number
}

/** The vote over a page of open frames, as a glyph or a word whose glyphs run together has about as much ink. */
function vote(...kinds: readonly Marks[]): number {
  const data = new Uint8Array(WIDTH * HEIGHT)
  let [left, top, row] = [10, 10, 0]
  for (const { width, height, count } of kinds) {
    for (let k = 0; k < count; k += 1) {
      if (left + width + 10 > WIDTH) [left, top, row] = [10, top + row + 6, 0]
      for (let x = left; x < left + width; x += 1) for (const y of [top, top + height - 1]) data[y * WIDTH + x] = 1
      for (let y = top; y < top + height; y += 1) for (const x of [left, left + width - 1]) data[y * WIDTH + x] = 1
      left += width + 6
      row = Math.max(row, height)
    }
  }
  return voteComponentHeight(labelComponents({ width: WIDTH, height: HEIGHT, data }), WIDTH)
}

describe('the height of a full glyph', () => {
  test('is that of single glyphs where the glyphs of most words run together on a coarse scan', () => {
    const words = [25, 38, 50, 63].map((width) => ({ width, height: 12, count: 40 }))
    expect(vote({ width: 13, height: 13, count: 70 }, ...words)).toBeLessThanOrEqual(14)
  })

  test.each<[string, readonly Marks[], number]>([
    [
      'of print with digits',
      [
        { width: 30, height: 30, count: 100 },
        { width: 15, height: 24, count: 200 },
      ],
      30,
    ],
    [
      'of large print amid specks',
      [
        { width: 45, height: 45, count: 120 },
        { width: 12, height: 12, count: 60 },
      ],
      45,
    ],
    [
      'of print beside a few boxes and flat strokes',
      [
        { width: 32, height: 30, count: 90 },
        { width: 12, height: 13, count: 50 },
        { width: 30, height: 12, count: 25 },
      ],
      32,
    ],
  ])('is that %s', (_, kinds, height) => expect(Math.abs(vote(...kinds) - height)).toBeLessThanOrEqual(2))
})
