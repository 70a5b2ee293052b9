import { describe, expect, test } from 'vitest'
import { createRandom } from '../../bench/generate/random.ts'
import { CELL_WEARS, drawCells } from '../../bench/restoration/draw-cells.ts'
import { itemCatalogue } from '../../bench/restoration/matcher-figures.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'

const { entries } = itemCatalogue(readDictionaries())

describe.each(CELL_WEARS)('cells with $name', (wear) => {
  const cells = drawCells(entries, wear, 3, createRandom(2))

  test('are the same for the same seed', () => {
    expect(drawCells(entries, wear, 3, createRandom(2))).toEqual(cells)
    expect(drawCells(entries, wear, 3, createRandom(4))).not.toEqual(cells)
  })

  test('have ink on their paper, as high as the wear says', () => {
    for (const { line } of cells) {
      const darkest = Math.min(...line.grey.data)
      expect(darkest).toBeLessThan(line.paper - 20)
      expect(line.glyphHeightPx).toBeGreaterThanOrEqual(wear.glyphPx[0])
      expect(line.glyphHeightPx).toBeLessThanOrEqual(wear.glyphPx[1])
      expect(line.grey.data).toHaveLength(line.grey.width * line.grey.height)
    }
  })
})
