import { describe, expect, it } from 'vitest'
import { scoreTables } from '../../bench/score-tables.ts'

const printed = [
  ['名称', '金额'],
  ['台式计算机', '5000.00'],
  ['打印机', '1200.00'],
]
const found: readonly (readonly [string, readonly (readonly string[])[], object])[] = [
  ['a table as printed is right in cells and grid', printed, { cellsExact: 6, rowsInvented: 0, gridsExact: 1 }],
  [
    'a wrong word leaves the grid right',
    [...printed.slice(0, 2), ['打卬机', '1200.00']],
    { cellsExact: 5, rowsInvented: 0, gridsExact: 1 },
  ],
  [
    'a column too many makes the grid wrong though every cell is right',
    printed.map((row) => [...row, '']),
    { cellsExact: 6, rowsInvented: 0, gridsExact: 0 },
  ],
  [
    'a row that is not printed is invented and makes the grid wrong',
    [...printed, ['合计', '6200.00']],
    { cellsExact: 6, rowsInvented: 1, gridsExact: 0 },
  ],
  ['a row lost makes the grid wrong', printed.slice(0, 2), { cellsExact: 4, rowsFound: 2, gridsExact: 0 }],
]

describe('scoring tables', () => {
  it.each(found)('%s', (_sentence, rows, expected) => {
    const score = scoreTables('a', [{ pageNumber: 1, rows: printed }], [{ pageNumber: 1, rows }])
    expect(score).toMatchObject({ tables: 1, cells: 6, ...expected })
  })

  it('one found table stands for one true table only', () => {
    const truth = { pageNumber: 1, rows: printed }
    expect(scoreTables('a', [truth, truth], [truth])).toMatchObject({ tables: 2, gridsExact: 1 })
  })
})
