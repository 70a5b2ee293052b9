import { join } from 'node:path'
import writeExcelFile, { type Cell, type Sheet } from 'write-excel-file/node'
import type { DatasetWriter } from '../dataset-writer.ts'
import { openFileTarget } from '../file-target.ts'
import { DATASET_TABLES } from '../tables/dataset-tables.ts'
import { RECORD_TABLES } from '../tables/record-tables.ts'
import type { Row, TableDefinition } from '../tables/table-definition.ts'
import { fixZipTimes } from './fix-zip-times.ts'
import { type CellMark, type SheetCell, type SheetContent, toSheets } from './to-sheets.ts'

const COLOURS: Readonly<Record<CellMark, string>> = { review: '#F8CBAD', judged: '#C6E0B4', flagged: '#FFF2CC' }
const HEADING_COLOUR = '#DDEBF7'
const WIDEST = 40
const NARROWEST = 10

/** What a person reads in a spreadsheet; the places of cells and the catalogues are in the other formats. */
const SHOWN: readonly TableDefinition[] = [
  ...RECORD_TABLES,
  ...DATASET_TABLES.filter(({ name }) => ['documents', 'related_documents', 'unused_tables', 'checks'].includes(name)),
]

const LEGEND: SheetContent = {
  name: '说明',
  headings: ['颜色', '含义'],
  rows: (
    [
      ['review', '待人工复核的值，请勿直接使用'],
      ['judged', '经人工确认或更正的值'],
      ['flagged', '已接受但带有疑点的值，疑点见“疑点”栏'],
    ] as const
  ).map(([mark, meaning]) => [
    { value: mark, format: '@', mark },
    { value: meaning, format: '@', mark: null },
  ]),
}

/**
 * `dataset.xlsx`: a sheet a table that has rows, with Chinese headings that stay in sight, codes as texts, amounts as
 * numbers with two places, doubt as colours. It is put together in memory.
 */
export function openXlsxWriter(folder: string): DatasetWriter {
  const rowsOf = new Map<string, Row[]>(SHOWN.map(({ name }) => [name, []]))
  const marks = new Map<string, CellMark>()
  return {
    add(rows) {
      for (const [name, kept] of rowsOf) for (const row of rows.get(name) ?? []) kept.push(row)
      for (const row of rows.get('cell_provenance') ?? []) noteMark(marks, row)
    },
    async finish() {
      const findMark = (row: Row, column: string) => marks.get(`${row[0]} ${column}`) ?? null
      const sheets = SHOWN.flatMap((table) => toSheets(table, rowsOf.get(table.name) ?? [], findMark))
      const content = await writeExcelFile([LEGEND, ...sheets].map(toSheet)).toBuffer()
      fixZipTimes(content)
      const target = openFileTarget(join(folder, 'dataset.xlsx'))
      target.write(content)
      return [target.finish().path]
    },
    discard: () => undefined,
  }
}

const PROVENANCE = DATASET_TABLES.find(({ name }) => name === 'cell_provenance')?.columns.map(({ name }) => name) ?? []
const [GRADE, FLAGS] = [PROVENANCE.indexOf('grade'), PROVENANCE.indexOf('flags')]

/** By record id and field. */
function noteMark(marks: Map<string, CellMark>, row: Row): void {
  const [recordId, field] = row
  const mark =
    row[GRADE] === 'review' ? 'review' : row[GRADE] !== 'accepted' ? 'judged' : row[FLAGS] != null ? 'flagged' : null
  if (mark !== null) marks.set(`${recordId} ${field}`, mark)
}

function toSheet({ name, headings, rows }: SheetContent): Sheet<never> {
  const heading = headings.map(
    (value) => ({ value, type: String, fontWeight: 'bold', backgroundColor: HEADING_COLOUR }) as const,
  )
  return {
    sheet: name,
    stickyRowsCount: 1,
    columns: headings.map((text, index) => ({ width: widthOf(text, rows, index) })),
    data: [heading, ...rows.map((row) => row.map(toExcelCell))],
  }
}

function toExcelCell(cell: SheetCell | null): Cell {
  if (cell === null) return null
  const { value, format, mark } = cell
  return {
    value,
    type: typeof value === 'number' ? Number : String,
    ...(format === 'General' ? {} : { format }),
    ...(mark === null ? {} : { backgroundColor: COLOURS[mark] }),
  }
}

/** By the first rows: a Chinese letter is as wide as two digits. */
function widthOf(heading: string, rows: SheetContent['rows'], column: number): number {
  const texts = [heading, ...rows.slice(0, 50).map((row) => String(row[column]?.value ?? ''))]
  const widest = Math.max(
    ...texts.map((text) => [...text].reduce((sum, letter) => sum + (letter > '\u2E80' ? 2 : 1), 2)),
  )
  return Math.min(WIDEST, Math.max(NARROWEST, widest))
}
