import { describe, expect, test } from 'vitest'
import { findScanTables } from '../../../src/extract/raster/find-scan-tables.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { DrawnPage, steps } from './draw-page.ts'

const XS = steps(90, 160, 60, 200, 110, 130)
const YS = steps(110, 60, 40, 40, 40, 80, 40, 40)
const BOTTOM = YS.at(-1) ?? 0

function drawTable(): DrawnPage {
  const page = new DrawnPage(840, 900).grid(XS, YS)
  for (const x of XS.slice(0, -1)) for (const y of YS.slice(0, -1)) page.digits('12.5', x + 8, y + 11, 22)
  return page
}

const shapeOf = (page: DrawnPage) =>
  findScanTables(toUprightPage(page.color(), { quarterTurns: 0 })).map(({ grid }) => [
    grid.rowEdges.length - 1,
    grid.columnEdges.length - 1,
  ])

describe('a vertical line that runs far out of the table is no ruling of it', () => {
  test.each([
    ['on both sides', 10, BOTTOM + 300],
    ['below, from its middle', (YS[3] ?? 0) + 20, BOTTOM + 300],
    ['above, to its middle', 10, (YS[4] ?? 0) + 20],
  ])('%s', (_name, from, to) => {
    const page = drawTable().ruling(410, from, 410, to)
    expect(shapeOf(page)).toEqual([[7, 5]])
  })

  test('two of them from edge to edge of the page', () => {
    const page = drawTable().ruling(196, 2, 203, 898).ruling(406, 2, 413, 898)
    expect(shapeOf(page)).toEqual([[7, 5]])
  })

  test.each([
    ['from edge to edge', 1099, 0],
    ['though print hides a piece of one', 408, 500],
  ])(
    "several of them where the table has no verticals, under the running head and the paper's edge: %s",
    (_, end, start) => {
      const page = new DrawnPage(840, 1100)
      page.ruling(0, 3, 840, 3).ruling(90, 85, 750, 85)
      for (const y of [200, 260, 420, 580, 740]) page.ruling(90, y, 750, y)
      for (const x of [110, 260, 480, 640]) for (let y = 215; y < 720; y += 40) page.digits('12.5', x, y, 22)
      for (const x of [200, 330, 590]) page.ruling(x, 0, x, 1099)
      page.ruling(430, 0, 430, end).ruling(430, start, 430, 1099)
      const columns = shapeOf(page).map(([, count]) => count)
      expect(columns.every((count) => count === 1)).toBe(true)
    },
  )

  test('a ruling of the table that goes on in a streak is', () => {
    const page = drawTable().ruling(XS[2] ?? 0, YS[0] ?? 0, XS[2] ?? 0, BOTTOM + 300)
    expect(shapeOf(page)).toEqual([[7, 5]])
  })

  test('one that ends with the table is', () => {
    const page = drawTable().ruling(410, YS[0] ?? 0, 410, BOTTOM)
    expect(shapeOf(page)).toEqual([[7, 6]])
  })
})
