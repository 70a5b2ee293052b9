import type { ColumnAssignment, ColumnContent } from './assign-columns.ts'

/**
 * The meanings of columns with those sure whose cells say themselves what they are, however damaged the heading is that proposed it: codes of
 * items, units of measure, answers by 是 or 否, and codes of digits beside the names of units.
 */
export function proveHeadings(
  assignments: readonly ColumnAssignment[],
  content: ColumnContent,
): readonly ColumnAssignment[] {
  return assignments.map((each) =>
    !each.isExact && isProven(each, assignments, content) ? { ...each, isExact: true } : each,
  )
}

function isProven(
  { columnIndex, role, column, part }: ColumnAssignment,
  assignments: readonly ColumnAssignment[],
  content: ColumnContent,
): boolean {
  if (role !== 'field' || column === null) return false
  if (column.kind === 'boolean') return content.holdsPlain(columnIndex, 'answers')
  if (column.column === 'unit_of_measure') return content.holdsPlain(columnIndex, 'measures')
  if (column.column === 'item' && (part === 'code' || part === 'whole')) return content.holdsItems(columnIndex, part)
  if (column.column !== 'unit' || part !== 'code') return false
  const isBesideNames = assignments.some((other) => {
    return other.column === column && other.part !== 'code' && Math.abs(other.columnIndex - columnIndex) === 1
  })
  return isBesideNames && content.holdsPlain(columnIndex, 'codes')
}
