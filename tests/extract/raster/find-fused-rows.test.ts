import { expect, test } from 'vitest'
import { findFusedRows } from '../../../src/extract/raster/find-fused-rows.ts'

const box = (x0: number, top: number, x1: number, bottom: number) => ({ x0, top, x1, bottom })

/** Two ruled rows of 40 pixels in the first column, one tall cell beside them with lines at these heights. */
function cellsWithLinesAt(...middles: number[]) {
  const lineAt = (middle: number) => ({ bboxPx: box(120, middle - 8, 180, middle + 8) })
  return [
    { row: 0, column: 0, rowSpan: 1, columnSpan: 1, bboxPx: box(0, 0, 100, 40), lines: [lineAt(20)] },
    { row: 0, column: 1, rowSpan: 2, columnSpan: 1, bboxPx: box(100, 0, 200, 80), lines: middles.map(lineAt) },
    { row: 1, column: 0, rowSpan: 1, columnSpan: 1, bboxPx: box(0, 40, 100, 80), lines: [lineAt(60)] },
  ]
}

test.each([
  ['a line in each of the rows beside it', [20, 60], [1]],
  ['one line in the middle', [40], []],
  ['no line', [], []],
  ['three lines', [15, 40, 65], []],
  ['two lines in the upper row', [12, 30], []],
] as const)('a tall cell with %s', (_, middles, fused) => {
  expect(findFusedRows(cellsWithLinesAt(...middles))).toEqual(fused)
})
