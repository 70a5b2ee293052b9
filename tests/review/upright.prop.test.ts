import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxHeight, boxWidth } from '../../src/model/bounding-box.ts'
import { findQuarterTurns, type PageView, toUpright, uprightSize } from '../../src/review/upright.ts'

const WIDTH = 842
const HEIGHT = 595
const turns = fc.constantFrom(0, 1, 2, 3)

/** An upright table of so many rows and columns, as it looks on a page that must be turned by `quarterTurns` to be read. */
function tableTurnedAway(rows: number, columns: number, quarterTurns: PageView['quarterTurns']) {
  const upright = { width: WIDTH, height: HEIGHT }
  const away = ((4 - quarterTurns) % 4) as PageView['quarterTurns']
  const cells = Array.from({ length: rows * columns }, (_cell, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns]
    const bbox = { x0: 30 + column * 60, top: 40 + row * 18, x1: 85 + column * 60, bottom: 56 + row * 18 }
    return { row, column, bbox: toUpright(bbox, { ...upright, quarterTurns: away }) }
  })
  return { cells, view: { ...uprightSize({ ...upright, quarterTurns: away }), quarterTurns } }
}

test('rows run down and columns to the right on the page as it is shown, however it lay in the scanner', () => {
  const counts = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 2, max: 12 }))
  fc.assert(
    fc.property(counts, turns, ([rows, columns], quarterTurns) => {
      const { cells, view } = tableTurnedAway(rows, columns, quarterTurns)
      expect(findQuarterTurns([{ cells }])).toBe(quarterTurns)
      for (const { row, column, bbox } of cells) {
        expect(toUpright(bbox, view)).toMatchObject({ x0: 30 + column * 60, top: 40 + row * 18 })
      }
    }),
  )
})

test('a turned box keeps its sides and stays on the page', () => {
  const place = fc.tuple(fc.nat(WIDTH - 10), fc.nat(HEIGHT - 10), fc.nat(10), fc.nat(10))
  fc.assert(
    fc.property(place, turns, ([x0, top, wide, high], quarterTurns) => {
      const view = { width: WIDTH, height: HEIGHT, quarterTurns }
      const box = toUpright({ x0, top, x1: x0 + wide, bottom: top + high }, view)
      const { width, height } = uprightSize(view)
      expect([boxWidth(box), boxHeight(box)].toSorted()).toEqual([wide, high].toSorted())
      expect(box.x0 >= 0 && box.top >= 0 && box.x1 <= width && box.bottom <= height).toBe(true)
    }),
  )
})

test('a page without tables stays as it is', () => expect(findQuarterTurns([])).toBe(0))
