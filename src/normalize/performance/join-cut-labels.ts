import type { Cell } from '../../model/table.ts'
import type { PlacedTable } from '../forms/continue-table.ts'
import type { PerformanceForm } from '../forms/performance-form.ts'
import { cellsOfRow, compactText, createTableView } from '../forms/table-view.ts'
import { foldLabel } from './sheet-sections.ts'

/** Columns of a table begin on the next page within this many points. */
const EDGE = 4

/**
 * Joins a label that a page break cut, and the value beside it, in the last row of a page and the first row of the next
 * (年度 | 绩效目标): where both parts of the label together make one of the form's, and only where. The parts move to the
 * first page; their row on the next page is left empty.
 */
export function joinCutLabels(tables: readonly PlacedTable[], form: PerformanceForm): readonly PlacedTable[] {
  const known = new Set(form.labels.flatMap(({ headers }) => headers.map(foldLabel)))
  const isLabel = (text: string): boolean => known.has(foldLabel(text))
  const joined = [...tables]
  for (const [index, next] of joined.entries()) {
    const above = joined[index - 1]
    const isNext = above?.isLastOnPage === true && next.isFirstOnPage
    if (above === undefined || !isNext || next.view.table.pageNumber !== above.view.table.pageNumber + 1) continue
    const [upper, lower] = [filledCells(above, above.view.rowCount - 1), filledCells(next, 0)]
    const [label, value] = upper
    const [labelRest, valueRest] = lower
    if (label === undefined || value === undefined || labelRest === undefined || valueRest === undefined) continue
    const isPair = upper.length === 2 && lower.length === 2 && isUnder(label, labelRest) && isUnder(value, valueRest)
    const isWhole = isLabel(compactText(label) + compactText(labelRest)) && !isLabel(compactText(value))
    if (!isPair || !isWhole) continue
    joined[index - 1] = withCells(
      above,
      new Map([
        [label, withRest(label, labelRest)],
        [value, withRest(value, valueRest)],
      ]),
    )
    joined[index] = withCells(next, new Map(lower.map((cell) => [cell, { ...cell, text: '', readings: [] }])))
  }
  return joined
}

function filledCells({ view }: PlacedTable, row: number): readonly Cell[] {
  return cellsOfRow(view, row).filter((cell) => compactText(cell) !== '')
}

function isUnder(upper: Cell, lower: Cell): boolean {
  return Math.abs(upper.bbox.x0 - lower.bbox.x0) <= EDGE && Math.abs(upper.bbox.x1 - lower.bbox.x1) <= EDGE
}

function withRest(cell: Cell, rest: Cell): Cell {
  const readings = cell.readings.map((reading) => {
    const other = rest.readings.find(({ reader }) => reader === reading.reader)
    return { ...reading, lines: [...reading.lines, ...(other?.lines ?? [])], characters: [] }
  })
  return { ...cell, text: cell.text + rest.text, readings, flags: [...cell.flags, ...rest.flags] }
}

function withCells(placed: PlacedTable, changed: ReadonlyMap<Cell, Cell>): PlacedTable {
  const { table } = placed.view
  const cells = table.cells.map((cell) => changed.get(cell) ?? cell)
  return { ...placed, view: createTableView({ ...table, cells }) }
}
