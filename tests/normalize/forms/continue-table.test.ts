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

test('a table goes on where both sheets lie slanted, though the box around the longer one is wider', () => {
  const SLOPE = 0.13
  const slanted = (source: Table): Table => {
    const cells = source.cells.map(({ bbox, ...cell }) => {
      const [x, y] = [(bbox.x0 + bbox.x1) / 2, (bbox.top + bbox.bottom) / 2]
      const [width, height] = [(bbox.x1 - bbox.x0) / 2, (bbox.bottom - bbox.top) / 2]
      const [atX, atY] = [x - SLOPE * y, y + SLOPE * x]
      return { ...cell, bbox: { x0: atX - width, x1: atX + width, top: atY - height, bottom: atY + height } }
    })
    const bbox = {
      x0: Math.min(...cells.map((cell) => cell.bbox.x0)),
      x1: Math.max(...cells.map((cell) => cell.bbox.x1)),
      top: Math.min(...cells.map((cell) => cell.bbox.top)),
      bottom: Math.max(...cells.map((cell) => cell.bbox.bottom)),
    }
    return { ...source, bbox, cells }
  }
  const long = [...rows, ...Array.from({ length: 30 }, () => ['打印机', '1', '1.00', ''])]
  const ofWidths = (columnWidths: readonly number[]) =>
    createTableView(slanted(buildTable({ rows: long, columnWidths })))
  const next = createTableView(slanted(table))
  expect(hasSameColumns(ofWidths([240, 60, 120, 100]), next)).toBe(true)
  expect(hasSameColumns(ofWidths([100, 240, 60, 120]), next)).toBe(false)
})
