import { expect, test } from 'vitest'
import { continueTables } from '../../../src/extract/table/continue-tables.ts'
import type { PageExtract, TextLine } from '../../../src/model/page.ts'
import type { Table } from '../../../src/model/table.ts'

const edges = [50, 150, 250, 400]

function table(pageNumber: number, rows: readonly (readonly string[])[], top = 60, columnEdges = edges): Table {
  const height = 20
  const at = (column: number): number => columnEdges[column] ?? 0
  return {
    pageNumber,
    tableIndex: 1,
    bbox: { x0: at(0), top, x1: at(columnEdges.length - 1), bottom: top + rows.length * height },
    rowCount: rows.length,
    columnCount: columnEdges.length - 1,
    structure: 'vector-rulings',
    structureConfidence: 1,
    cells: rows.flatMap((texts, row) =>
      texts.map((text, column) => ({
        row,
        column,
        rowSpan: 1,
        columnSpan: 1,
        bbox: { x0: at(column), top: top + row * height, x1: at(column + 1), bottom: top + (row + 1) * height },
        text,
        origin: 'text',
        confidence: null,
        readings: [],
        flags: [],
      })),
    ),
  }
}

function line(text: string, top: number): TextLine {
  return { text, bbox: { x0: 50, top, x1: 300, bottom: top + 10 }, origin: 'text' }
}

function page(pageNumber: number, tables: readonly Table[], lines: readonly TextLine[] = []): PageExtract {
  return { pageNumber, kind: 'text', reason: '', width: 595, height: 842, lines, tables, warnings: [] }
}

const head = ['项目', '数量', '金额']
const first = table(1, [head, ['印刷', '1', '4.00']])
const plain = table(2, [['物业', '1', '28.00']])
const withHead = table(2, [head, ['物业', '1', '28.00']])

/** Groups as 'page(repeated rows)+...'. */
function groupsOf(pages: readonly PageExtract[]): string[] {
  return continueTables(pages).map(({ parts }) =>
    parts.map(({ pageNumber, repeatedHeaderRows }) => `${pageNumber}(${repeatedHeaderRows})`).join('+'),
  )
}

test.each([
  ['the same columns go on', [page(1, [first]), page(2, [plain])], ['1(0)+2(0)']],
  ['a repeated heading is counted', [page(1, [first]), page(2, [withHead])], ['1(0)+2(1)']],
  [
    'over three pages',
    [page(1, [first]), page(2, [withHead]), page(3, [table(3, [head, ['a', 'b', 'c']])])],
    ['1(0)+2(1)+3(1)'],
  ],
  ['pages given out of order', [page(2, [plain]), page(1, [first])], ['1(0)+2(0)']],
  [
    'page numbers and units between do not part it',
    [page(1, [first], [line('- 1 -', 800)]), page(2, [plain], [line('单位：万元', 40)])],
    ['1(0)+2(0)'],
  ],
  [
    'a title that stands above both does not part it',
    [page(1, [first], [line('采购预算表', 30)]), page(2, [plain], [line('采购预算表', 30)])],
    ['1(0)+2(0)'],
  ],
  [
    'a new title above the second part does',
    [page(1, [first]), page(2, [plain], [line('收入预算表', 30)])],
    ['1(0)', '2(0)'],
  ],
  [
    'text below the first part does',
    [page(1, [first], [line('注：本表按批复填列', 700)]), page(2, [plain])],
    ['1(0)', '2(0)'],
  ],
  [
    'other columns',
    [page(1, [first]), page(2, [table(2, [['a', 'b', 'c']], 60, [50, 100, 200, 400])])],
    ['1(0)', '2(0)'],
  ],
  [
    'another number of columns',
    [page(1, [first]), page(2, [table(2, [['a', 'b']], 60, [50, 150, 400])])],
    ['1(0)', '2(0)'],
  ],
  ['a page between', [page(1, [first]), page(2, []), page(3, [table(3, [['a', 'b', 'c']])])], ['1(0)', '3(0)']],
  [
    'a slight shift of the scanner',
    [
      page(1, [first]),
      page(2, [
        table(
          2,
          [['a', 'b', 'c']],
          60,
          edges.map((edge) => edge + 2),
        ),
      ]),
    ],
    ['1(0)+2(0)'],
  ],
] as const)('%s', (_name, pages, expected) => expect(groupsOf(pages)).toEqual(expected))
