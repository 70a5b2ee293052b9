import { expect, test } from 'vitest'
import type { Reading } from '../../../src/model/table.ts'
import type { ColumnAssignment } from '../../../src/normalize/forms/assign-columns.ts'
import type { BodyRow, CellUse } from '../../../src/normalize/forms/classify-rows.ts'
import { joinSplitRows } from '../../../src/normalize/forms/join-split-rows.ts'
import { buildTable } from '../../support/factory.ts'

const assignment: ColumnAssignment = {
  columnIndex: 0,
  role: 'field',
  column: null,
  part: 'whole',
  headerText: '',
  fundField: null,
  similarity: 1,
  isExact: true,
}

function use(text: string, posteriors: Reading['posteriors'], role: ColumnAssignment['role'] = 'field'): CellUse {
  const [cell] = buildTable({ rows: [[text]], origin: 'ocr' }).cells
  if (cell === undefined) throw new Error('no cell')
  const readings = cell.readings.map((reading) =>
    reading.reader === 'paddle' && posteriors !== undefined ? { ...reading, posteriors } : reading,
  )
  return { assignment: { ...assignment, role }, cell: { ...cell, readings }, isInherited: false }
}

function row(pageNumber: number, uses: Readonly<Record<string, CellUse>>): BodyRow {
  return { kind: 'data', pageNumber, tableIndex: 1, gridRow: 1, label: '', uses: new Map(Object.entries(uses)) }
}

const LINE = ' 3'

test.each([
  ['keeps the posteriors of all its lines', [LINE], [LINE], [LINE, LINE]],
  ['has none where one of its halves has none', [LINE], undefined, undefined],
  ['has none where the other has none', undefined, [LINE], undefined],
] as const)('a text that a page break cut in two %s', (_name, above, below, joined) => {
  const money = use('2.00', undefined, 'fund')
  const rows = [row(1, { name: use('台式', above), money }), row(2, { name: use('计算机', below) })]
  const [only, ...others] = joinSplitRows(rows)
  const reading = only?.uses.get('name')?.cell.readings.find(({ reader }) => reader === 'paddle')
  expect(others).toEqual([])
  expect(reading?.lines.join('')).toBe('台式计算机')
  expect(reading?.posteriors).toEqual(joined)
})
