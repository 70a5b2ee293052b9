import { expect, test } from 'vitest'
import type { InnerEdges } from '../../../src/extract/raster/merge-units.ts'
import { doubtfulCells } from '../../../src/extract/raster/white-witness.ts'

const UNITS = [0, 1].map((column) => ({ row: 0, column, rowEnd: 1, columnEnd: column + 1 }))

function oneEdge(score: number): InnerEdges {
  return { rows: 1, columns: 2, right: () => score, below: () => 0 }
}

test.each([
  ['seen surely through which the white leaks is settled', 0.95, 0, []],
  ['seen less surely through which the white leaks is open', 0.85, 0, [0, 1]],
  ['not seen where two white areas meet is open', 0.2, 1, [0, 1]],
  ['half seen is open though the white parts there', 0.7, 1, [0, 1]],
  ['seen where the white says nothing is settled', 0.85, 0.5, []],
])('an edge %s', (_, score, said, doubtful) => {
  expect(doubtfulCells(UNITS, oneEdge(score), oneEdge(said))).toEqual(doubtful)
})
