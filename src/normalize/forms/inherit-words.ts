import type { Cell } from '../../model/table.ts'
import type { BodyRow, CellUse } from './classify-rows.ts'
import { compactText } from './table-view.ts'
import { isUnitOfLine, NAME_OF_LINE, UNIT_OF_LINE } from './unit-lines.ts'

/** Columns that a table often prints only once for a run of rows. */
const CARRIED = ['unit', 'project']

/**
 * Fills blank unit and project cells of data rows from the row or the group line above, marked as inherited. A sub-total that stands
 * in such a column ends its run: what is blank below it is not known to be the same, and is asked about. So is a blank cell with
 * a border of its own in a column whose other cells are merged: it can be the beginning of the next page's first cell. So is
 * every blank cell of a column that prints its words in the middle of their rows, where no borders tell which rows are theirs:
 * `isAligned` says so of a row's table, and a blank above the first word of all.
 */
export function inheritWords(
  rows: readonly BodyRow[],
  isAligned: (row: BodyRow) => boolean = () => false,
): readonly BodyRow[] {
  const merged = mergedColumns(rows)
  const centred = new Set<string>()
  const carried = new Map<string, CellUse>()
  /** The code beside each unit that a line named: rows of another code are not that unit's. */
  const codes = new Map<Cell, string>()
  return rows.map((row) => {
    const uses = new Map(row.uses)
    // What is carried over a page break ends no run.
    if (row.kind === 'carried') return row
    if (row.kind === 'total' || row.kind === 'subtotal') {
      const ended = new Set([...carried.values()].filter((above) => stands(row, above)).map(columnOf))
      for (const [key, above] of carried) if (ended.has(columnOf(above))) carried.set(key, { ...above, isEnded: true })
      return row
    }
    const carriesOwnUnit = [...uses].some(
      ([, use]) => use.assignment.column?.column === 'unit' && compactText(use.cell) !== '',
    )
    for (const [key, use] of uses) {
      const column = use.assignment.column?.column ?? ''
      if (!CARRIED.includes(column)) continue
      const above = carried.get(key)
      if (compactText(use.cell) !== '') {
        carried.set(key, use)
        if (isUnitOfLine(use)) codes.set(use.cell, codeOf(uses))
      } else if (row.kind === 'data' && above === undefined && isAligned(row)) centred.add(key)
      else if (row.kind === 'group') carried.delete(column === 'unit' ? '' : key)
      // A row that names its unit begins a new run: its blank project is its own.
      else if (above !== undefined && (column === 'unit' || !carriesOwnUnit))
        uses.set(key, {
          ...above,
          assignment: use.assignment,
          isInherited: true,
          ...(isCutOff(row, key, use, merged) || (centred.has(key) && isAligned(row)) ? { isEnded: true } : {}),
        })
    }
    for (const key of [UNIT_OF_LINE, NAME_OF_LINE]) {
      const ofLine = carried.get(key)
      const isMeant = ofLine !== undefined && isUnitOfLine(ofLine) && codeOf(uses) === codes.get(ofLine.cell)
      if (row.kind === 'data' && isMeant && !uses.has(key)) uses.set(key, { ...ofLine, isInherited: true })
    }
    return { ...row, uses }
  })
}

/** By table and column: the rows between which cells of that table are merged over several rows. */
function mergedColumns(rows: readonly BodyRow[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  const merged = new Map<string, number>()
  for (const row of rows) {
    const place = `${row.pageNumber}/${row.tableIndex}`
    const start = Math.min(first.get(place) ?? row.gridRow, row.gridRow)
    first.set(place, start)
    for (const [key, { cell, isInherited }] of row.uses)
      if (!isInherited && cell.rowSpan > 1 && compactText(cell) !== '') merged.set(`${place}/${key}`, start)
  }
  return merged
}

/** Whether a blank cell stands below the first rows of a table in whose column names are merged over their rows. */
function isCutOff(
  { pageNumber, tableIndex }: BodyRow,
  key: string,
  { cell }: CellUse,
  merged: ReadonlyMap<string, number>,
): boolean {
  const start = merged.get(`${pageNumber}/${tableIndex}/${key}`)
  return start !== undefined && cell.row > start
}

function columnOf({ assignment }: CellUse): string {
  return assignment.column?.column ?? ''
}

function codeOf(uses: ReadonlyMap<string, CellUse>): string {
  return compactText(uses.get('unit/code')?.cell ?? null)
}

/** Whether the row's label stands in the column, or reaches over it. */
function stands(row: BodyRow, { assignment }: CellUse): boolean {
  return [...row.uses.values()].some(({ cell, isInherited }) => {
    const isLabel = !isInherited && row.label !== '' && compactText(cell).replaceAll(/[^\p{L}]/gu, '') === row.label
    return isLabel && assignment.columnIndex >= cell.column && assignment.columnIndex < cell.column + cell.columnSpan
  })
}
