import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeUnits } from '../../../src/extract/raster/merge-units.ts'

test('units without an edge between them are one cell', () => {
  const { cells } = mergeUnits({
    rows: 2,
    columns: 3,
    right: (r, c) => (r === 0 && c === 1 ? 0.1 : 1),
    below: () => 0.9,
  })
  expect(cells).toHaveLength(5)
  expect(cells[1]).toEqual({ row: 0, column: 1, rowEnd: 1, columnEnd: 3 })
})

test('whatever the edges, cells are rectangles that cover every unit once', () => {
  const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }), scores, (rows, columns, s) => {
      const { cells } = mergeUnits({
        rows,
        columns,
        right: (r, c) => s[r * columns + c] ?? 0,
        below: (r, c) => s[30 + r * columns + c] ?? 0,
      })
      const seen = new Map<string, number>()
      for (const cell of cells) {
        for (let r = cell.row; r < cell.rowEnd; r++) {
          for (let c = cell.column; c < cell.columnEnd; c++) seen.set(`${r},${c}`, (seen.get(`${r},${c}`) ?? 0) + 1)
        }
      }
      expect(seen.size).toBe(rows * columns)
      expect([...seen.values()].every((count) => count === 1)).toBe(true)
    }),
  )
})
