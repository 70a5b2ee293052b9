import { describe, expect, test } from 'vitest'
import type { CutRegion } from '../../../src/extract/raster/cut-line.ts'
import { reachFaintStrokes } from '../../../src/extract/raster/reach-faint-strokes.ts'

const [WIDTH, HEIGHT, GLYPH] = [200, 60, 20]
const LINE = { marks: [], x0: 80, x1: 140, top: 20, bottom: 40 }
const CELL: CutRegion = { leftAt: () => 20, rightAt: () => 190, topAt: () => 5, bottomAt: () => 55 }

/** Where the line begins and ends when boxes of some darkness (x, y, width, height) stand beside it. */
function reach(...boxes: readonly (readonly [number, number, number, number, number?])[]): readonly number[] {
  const data = new Uint8Array(WIDTH * HEIGHT)
  for (const [x0, top, width, height, dark = 55] of boxes)
    for (let y = top; y < top + height; y += 1) data.fill(dark, y * WIDTH + x0, y * WIDTH + x0 + width)
  const darkness = { width: WIDTH, height: HEIGHT, data, noise: 5, ink: 150 }
  const { x0, x1 } = reachFaintStrokes({ darkness }, LINE, CELL, GLYPH)
  return [x0, x1]
}

describe('a faint 一 at the edge of a line belongs to it', () => {
  test.each([
    ['before it', [60, 29, 17, 2], [60, 140]],
    ['behind it', [144, 30, 17, 2], [80, 161]],
    ['a little over the middle', [60, 26, 17, 2], [60, 140]],
  ] as const)('%s', (_name, box, wanted) => expect(reach(box)).toEqual(wanted))
})

describe('nothing else does', () => {
  test.each([
    ['white paper', []],
    ['a speck', [[70, 29, 3, 2]]],
    ['a line that runs on to the border of the cell', [[20, 29, 57, 2]]],
    ['a stroke longer than a glyph', [[45, 29, 32, 2]]],
    ['a blot', [[60, 22, 17, 16]]],
    ['a rule under the print', [[60, 39, 17, 2]]],
    ['a stroke of the next text', [[40, 29, 17, 2]]],
    ['grain', [[60, 29, 17, 2, 12]]],
  ] as const)('%s', (_name, boxes) => expect(reach(...boxes)).toEqual([80, 140]))
})
