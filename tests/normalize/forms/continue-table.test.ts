import { expect, test } from 'vitest'
import type { BoundingBox } from '../../../src/model/bounding-box.ts'
import type { Table } from '../../../src/model/table.ts'
import { hasSameColumns } from '../../../src/normalize/forms/continue-table.ts'
import { createTableView } from '../../../src/normalize/forms/table-view.ts'
import { buildTable } from '../../support/factory.ts'

const rows = [
  ['项目', '数量', '金额', '备注'],
  ['台式计算机', '2', '2.00', ''],
]
const table = buildTable({ rows, columnWidths: [240, 60, 120, 100] })
const otherTable = buildTable({ rows, columnWidths: [100, 240, 60, 120] })

/** The same table on a page that lies another way round; its cells keep their places in the grid. */
function turned(source: Table, turn: (box: BoundingBox) => BoundingBox): Table {
  const cells = source.cells.map((cell) => ({ ...cell, bbox: turn(cell.bbox) }))
  return { ...source, bbox: turn(source.bbox), cells }
}

const upsideDown = ({ x0, top, x1, bottom }: BoundingBox) => ({ x0: -x1, top: -bottom, x1: -x0, bottom: -top })
const onItsSide = ({ x0, top, x1, bottom }: BoundingBox) => ({ x0: -bottom, top: x0, x1: -top, bottom: x1 })
const onItsOtherSide = ({ x0, top, x1, bottom }: BoundingBox) => ({ x0: top, top: -x1, x1: bottom, bottom: -x0 })

test.each([
  ['the right way round', (box: BoundingBox) => box],
  ['upside down', upsideDown],
  ['on its side', onItsSide],
  ['on its other side', onItsOtherSide],
])('a table goes on where the next page was scanned %s', (_name, turn) => {
  const view = createTableView(table)
  expect(hasSameColumns(view, createTableView(turned(table, turn)))).toBe(true)
  expect(hasSameColumns(view, createTableView(turned(otherTable, turn)))).toBe(false)
})
