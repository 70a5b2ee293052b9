import type { BodyRow, CellUse } from './classify-rows.ts'
import { compactText } from './table-view.ts'

/** Columns that a table often prints only once for a run of rows. */
const CARRIED = ['unit', 'project']

/** Fills blank unit and project cells of data rows from the row or the group line above, marked as inherited. */
export function inheritWords(rows: readonly BodyRow[]): readonly BodyRow[] {
  const carried = new Map<string, CellUse>()
  return rows.map((row) => {
    const uses = new Map(row.uses)
    if (row.kind === 'total' || row.kind === 'subtotal') return row
    const carriesOwnUnit = [...uses].some(
      ([, use]) => use.assignment.column?.column === 'unit' && compactText(use.cell) !== '',
    )
    for (const [key, use] of uses) {
      const column = use.assignment.column?.column ?? ''
      if (!CARRIED.includes(column)) continue
      const above = carried.get(key)
      if (compactText(use.cell) !== '') carried.set(key, use)
      else if (row.kind === 'group') carried.delete(column === 'unit' ? '' : key)
      // A row that names its unit begins a new run: its blank project is its own.
      else if (above !== undefined && (column === 'unit' || !carriesOwnUnit))
        uses.set(key, { ...above, assignment: use.assignment, isInherited: true })
    }
    return { ...row, uses }
  })
}
