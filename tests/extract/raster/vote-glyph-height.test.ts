import { expect, test } from 'vitest'
import { labelComponents } from '../../../src/extract/raster/label-components.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { voteComponentHeight } from '../../../src/extract/raster/vote-glyph-height.ts'
import { DrawnPage, type Ink, steps } from './draw-page.ts'

const DASHES: Ink = { thickness: 2, grey: 20, pattern: (along) => along % 9 < 5 }
const GLYPH = 22

function votedHeight(page: DrawnPage): number {
  const { structure } = toUprightPage(page.color(), { quarterTurns: 0 })
  return voteComponentHeight(labelComponents(structure), Math.max(page.width, page.height))
}

test.each([2, 4, 8])('the crossings of a dashed grid of %i columns do not outvote the print', (columns) => {
  const xs = steps(60, ...Array.from({ length: columns }, () => 720 / columns))
  const ys = steps(60, ...Array.from({ length: 12 }, () => 40))
  const page = new DrawnPage(840, 600).grid(xs, ys, DASHES)
  for (const x of xs.slice(0, -1))
    for (const y of ys.slice(0, -1)) page.han(x + 12, y + 9, GLYPH).han(x + 40, y + 9, GLYPH)
  expect(Math.abs(votedHeight(page) - GLYPH)).toBeLessThanOrEqual(2)
})
