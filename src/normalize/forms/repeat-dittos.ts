import type { BodyRow, CellUse } from './classify-rows.ts'
import { compactText } from './table-view.ts'

/** 〃 and what stands for it: marks of quotation or of seconds, alone in their cell, and the words for it. */
const DITTO = /^(?:[〃″"“”＂〞‟]|[',‘’′、]{2}|〃{2}|同上|同前|[（(]同上[）)])$/u

/**
 * Cells that say "the same as above" with what stands above, marked as inherited. Words only: of a figure it is not known to be
 * meant, and nobody publishes one that is not printed. One with nothing above it stays as it is.
 */
export function repeatDittos(rows: readonly BodyRow[]): readonly BodyRow[] {
  const above = new Map<string, CellUse>()
  return rows.map((row) => {
    if (row.kind !== 'data') return row
    const uses = new Map(row.uses)
    for (const [key, use] of uses) {
      const meant = above.get(key)
      if (!isDitto(use)) above.set(key, use)
      else if (meant !== undefined) uses.set(key, { ...meant, assignment: use.assignment, isInherited: true })
    }
    return { ...row, uses }
  })
}

/** Whether a cell of words says that it is the same as the one above. */
function isDitto({ assignment, cell }: CellUse): boolean {
  const kind = assignment.column?.kind
  return kind !== undefined && kind !== 'money' && kind !== 'quantity' && DITTO.test(compactText(cell))
}
