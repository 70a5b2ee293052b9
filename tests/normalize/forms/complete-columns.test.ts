import { describe, expect, test } from 'vitest'
import type { BoundingBox } from '../../../src/model/bounding-box.ts'
import type { PageExtract } from '../../../src/model/page.ts'
import type { Cell } from '../../../src/model/table.ts'
import { completeColumns } from '../../../src/normalize/forms/complete-columns.ts'
import { type PlacedTable, placeTables } from '../../../src/normalize/forms/continue-table.ts'
import { createTableView } from '../../../src/normalize/forms/table-view.ts'
import { normalizeDocument } from '../../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildPage, buildTable, type CellSketch } from '../../support/factory.ts'
import { valuesOf } from '../../support/normalize-pages.ts'

const WIDTHS = [130, 90, 150, 60, 80, 90, 120]
const HEADER = ['采购品目编码', '品目名称', '项目名称', '数量', '单价（元）', '采购金额（元）', '采购单位']
const FIRST = ['A02010105', '台式计算机', '劳动监察', '2', '5000.00', '10000.00', '诸城市财政局']
const SECOND = ['A02021003', 'A4黑白打印机', '公用经费', '3', '1000.00', '3000.00', '诸城市财政局']
const whole = (...rows: readonly (readonly CellSketch[])[]) =>
  buildTable({ rows, columnWidths: WIDTHS, origin: 'ocr' }, 1)
const above = { view: createTableView(whole(HEADER, FIRST, SECOND)), bodyStart: 1 }

/** A next page whose scan kept only some columns of its rows; the rest of the print stands beside the table. */
function worn(first: number, end: number, ...rows: readonly (readonly string[])[]): PageExtract {
  const page = buildPage({ pageNumber: 2, tables: [{ rows, columnWidths: WIDTHS, origin: 'ocr' }] })
  const table = page.tables[0]
  if (table === undefined) throw new Error('a page has its table')
  const isKept = ({ column }: Cell) => column >= first && column < end
  const kept = table.cells.filter(isKept).map((cell) => ({ ...cell, column: cell.column - first }))
  const lines = table.cells
    .filter((cell) => !isKept(cell) && cell.text !== '')
    .map(({ text, bbox }) => ({ text, bbox: { ...bbox, x0: bbox.x0 + 4, x1: bbox.x1 - 9 }, origin: 'ocr' as const }))
  const x1 = Math.max(...kept.map(({ bbox }) => bbox.x1))
  const bbox = { ...table.bbox, x0: kept[0]?.bbox.x0 ?? 0, x1 }
  return { ...page, lines, tables: [{ ...table, bbox, columnCount: end - first, cells: kept }] }
}

function placed(page: PageExtract): PlacedTable {
  const [first] = placeTables(page)
  if (first === undefined) throw new Error('a page has its table')
  return first
}

function rowsOf(completed: PlacedTable | null): string[][] | null {
  if (completed === null) return null
  const { rowCount, columnCount, cellAt } = completed.view
  return Array.from({ length: rowCount }, (_, row) =>
    Array.from({ length: columnCount }, (_, column) => cellAt(row, column)?.text ?? '—'),
  )
}

/** The page as it lies in the scanner. */
function laid(page: PageExtract, turn: (box: BoundingBox) => BoundingBox): PageExtract {
  const tables = page.tables.map((table) => ({
    ...table,
    bbox: turn(table.bbox),
    cells: table.cells.map((cell) => ({ ...cell, bbox: turn(cell.bbox) })),
  }))
  return { ...page, tables, lines: page.lines.map((line) => ({ ...line, bbox: turn(line.bbox) })) }
}

const WAYS: readonly (readonly [string, (box: BoundingBox) => BoundingBox])[] = [
  ['as the page before', (box) => box],
  [
    'further right and a little larger',
    ({ x0, top, x1, bottom }) => ({ x0: 14 + 1.01 * x0, top, x1: 14 + 1.01 * x1, bottom }),
  ],
  [
    'upside down',
    ({ x0, top, x1, bottom }) => ({ x0: 800 - x1, top: 1000 - bottom, x1: 800 - x0, bottom: 1000 - top }),
  ],
  ['on its side', ({ x0, top, x1, bottom }) => ({ x0: 1000 - bottom, top: x0, x1: 1000 - top, bottom: x1 })],
  [
    'slanted',
    ({ x0, top, x1, bottom }) => {
      const sunk = (0.03 * (x0 + x1)) / 2
      return { x0, top: top + sunk, x1, bottom: bottom + sunk }
    },
  ],
]

describe('a next page without some columns of its table has them all', () => {
  const PARTS: readonly (readonly [string, number, number])[] = [
    ['the last one', 0, 6],
    ['the last two', 0, 5],
    ['the first one', 1, 7],
    ['the first and the last one', 1, 6],
  ]
  test.each(PARTS.flatMap(([lost, from, to]) => WAYS.map(([way, turn]) => [lost, way, from, to, turn] as const)))(
    'where %s is lost and it lies %s',
    (_lost, _way, from, to, turn) => {
      const two = completeColumns(above, placed(laid(worn(from, to, FIRST, SECOND), turn)))
      expect(rowsOf(two)).toEqual([FIRST, SECOND])
      expect(rowsOf(completeColumns(above, placed(laid(worn(from, to, SECOND), turn))))).toEqual([SECOND])
      const doubted = two?.view.table.cells.filter(({ flags }) => flags.includes('structure-uncertain')) ?? []
      expect(doubted.every(({ column }) => column < from || column >= to)).toBe(true)
      expect(doubted).toHaveLength(2 * (HEADER.length - to + from))
    },
  )

  test('where the ruling between two columns is lost: the cell over both is in doubt', () => {
    const widths = [130, 240, 60, 80, 90, 120]
    const rows = [['A02010105', '台式计算机劳动监察', '2', '5000.00', '10000.00', '诸城市财政局']]
    const page = buildPage({ pageNumber: 2, tables: [{ rows, columnWidths: widths, origin: 'ocr' }] })
    const cells = completeColumns(above, placed(page))?.view.table.cells ?? []
    expect(cells.map(({ column, columnSpan }) => [column, columnSpan])).toEqual([
      [0, 1],
      [1, 2],
      [3, 1],
      [4, 1],
      [5, 1],
      [6, 1],
    ])
    expect(cells.filter(({ flags }) => flags.length > 0).map(({ column }) => column)).toEqual([1])
  })
})

describe('it is another table', () => {
  const other = (columnWidths: readonly number[], row: readonly string[]) =>
    placed(buildPage({ pageNumber: 2, tables: [{ rows: [row], columnWidths, origin: 'ocr' }] }))

  test.each([
    ['with columns of other widths', other([100, 120, 150, 90, 80, 60], FIRST.slice(0, 6))],
    ['with words where figures stand', other(WIDTHS.slice(0, 6), ['指标', '内容', '指标值', '权重', '说明', '备注'])],
    ['with two columns', other(WIDTHS.slice(0, 2), FIRST.slice(0, 2))],
    [
      'with an edge of its own',
      other([130, 90, 75, 75, 60, 80], ['A02010105', '台式', '劳动', '监察', '2', '5000.00']),
    ],
  ])('%s', (_, next) => {
    expect(completeColumns(above, next)).toBeNull()
  })

  test('where all columns are equally wide and nothing tells which are lost', () => {
    const view = createTableView(buildTable({ rows: [HEADER, FIRST, SECOND], origin: 'ocr' }))
    const width = 720 / HEADER.length
    expect(
      completeColumns(
        { view, bodyStart: 1 },
        other(
          Array.from({ length: 6 }, () => width),
          FIRST.slice(0, 6),
        ),
      ),
    ).toBeNull()
  })
})

test('the one row of a scan’s last page that lost its last column is a record, and its unit is asked about', () => {
  const tables = [{ rows: [HEADER, FIRST], columnWidths: WIDTHS, origin: 'ocr' as const }]
  const pages = [buildPage({ lines: ['2024年政府采购预算表'], tables }), worn(0, 6, SECOND)]
  const { records, unusedTables } = normalizeDocument(pages, readDictionaries(), { fileName: 'x.pdf' })
  expect(unusedTables).toEqual([])
  expect(records.map(valuesOf).map(({ item_code, amount }) => [item_code, amount])).toEqual([
    ['A02010105', '10000.00'],
    ['A02021003', '3000.00'],
  ])
  const unit = records[1]?.fields.find(({ name }) => name === 'unit_name')
  expect(unit?.value).toBe('诸城市财政局')
  expect(unit?.flags.map(({ code }) => code)).toContain('structure-uncertain')
})

test.each([
  [
    'rows in other columns, which are lost, cast doubt on the row before them',
    ['A02021003', '打印机 公用经费', '3', '1000.00', '3000.00'],
    true,
  ],
  ['a table under headings of its own does not', ['指标', '内容', '指标值', '权重', '说明'], false],
])('%s', (_, row, isDoubted) => {
  const tables = [{ rows: [HEADER, FIRST, SECOND], columnWidths: WIDTHS, origin: 'ocr' as const }]
  const other = { rows: [row], columnWidths: [100, 330, 90, 100, 100], origin: 'ocr' as const }
  const pages = [buildPage({ lines: ['2024年政府采购预算表'], tables }), buildPage({ pageNumber: 2, tables: [other] })]
  const { records, unusedTables } = normalizeDocument(pages, readDictionaries(), { fileName: 'x.pdf' })
  expect(unusedTables.map(({ pageNumber }) => pageNumber)).toEqual([2])
  const doubted = records.filter(({ fields }) =>
    fields.some(({ flags }) => flags.some(({ code }) => code === 'structure-uncertain')),
  )
  expect(doubted.map(valuesOf).map(({ item_code }) => item_code)).toEqual(isDoubted ? ['A02021003'] : [])
})
