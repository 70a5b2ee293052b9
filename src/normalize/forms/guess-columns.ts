import type { ColumnAssignment } from './assign-columns.ts'
import type { FormColumn } from './form.ts'
import { type HeadedColumns, leafOf, missingColumn } from './rescue-columns.ts'

/**
 * What is left under headings that are damaged beyond reading, so that no column falls away unseen: units of measure, the one
 * column of numbers where quantities or prices are missing, and words before the items where no project is named. But for the
 * units, which say themselves what they are, an equation or a person must agree.
 */
export function guessColumns(headed: HeadedColumns): readonly ColumnAssignment[] {
  const { content } = headed
  const open = [...headed.paths.keys()].filter((index) => !headed.taken.has(index) && content.isDamaged(index))
  const [measures, numbers, names] = (['measures', 'numbers', 'names'] as const).map((what) =>
    open.filter((index) => content.holdsPlain(index, what)),
  )
  const items = [...headed.taken.values()].filter(({ column }) => column?.column === 'item')
  const firstItem = Math.min(...items.map(({ columnIndex }) => columnIndex))
  const figures = ['quantity', 'unit_price'].flatMap((name) => missingColumn(headed, name) ?? [])
  return [
    ...only(headed, measures, missingColumn(headed, 'unit_of_measure'), true),
    ...(figures.length === 1 ? only(headed, numbers, figures[0], false) : []),
    ...only(
      headed,
      names?.filter((index) => index < firstItem && Number.isFinite(firstItem)),
      missingColumn(headed, 'project'),
      false,
    ),
  ]
}

/** The meaning for the only column of its kind; none where there are several. */
function only(
  headed: HeadedColumns,
  columns: readonly number[] = [],
  column: FormColumn | null = null,
  isExact: boolean,
): readonly ColumnAssignment[] {
  const [columnIndex, ...others] = columns
  if (columnIndex === undefined || others.length > 0 || column === null) return []
  const headerText = leafOf(headed, columnIndex)
  // A guess does not make a reading of the headings any stronger.
  return [{ columnIndex, role: 'field', column, part: 'whole', headerText, fundField: null, similarity: 0, isExact }]
}
