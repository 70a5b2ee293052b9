import type { Cell, Reading } from '../../model/table.ts'
import type { BodyRow, CellUse } from './classify-rows.ts'
import { compactText } from './table-view.ts'

/**
 * Joins a row that a page break cut in two: the first row of a page that lacks the unit and the money which the last
 * row of the page before has (or the other way round) carries on its texts. The joined row stands where it began.
 */
export function joinSplitRows(rows: readonly BodyRow[]): readonly BodyRow[] {
  const joined: BodyRow[] = []
  for (const row of rows) {
    const previous = joined.at(-1)
    const isAfterBreak = previous !== undefined && row.pageNumber === previous.pageNumber + 1
    if (previous !== undefined && isAfterBreak && isRestOf(previous, row))
      joined[joined.length - 1] = joinRows(previous, row)
    else joined.push(row)
  }
  return joined
}

const isFigure = ({ assignment }: CellUse) =>
  assignment.role === 'fund' || assignment.column?.kind === 'money' || assignment.column?.kind === 'quantity'

function filledKeys(row: BodyRow): { figures: readonly string[]; words: readonly string[] } {
  const filled = [...row.uses].filter(([, use]) => use.assignment.role !== 'ignored' && compactText(use.cell) !== '')
  return {
    figures: filled.filter(([, use]) => isFigure(use)).map(([key]) => key),
    words: filled.filter(([, use]) => !isFigure(use)).map(([key]) => key),
  }
}

const isTotal = ({ kind }: BodyRow) => kind !== 'data' && kind !== 'group'

function isRestOf(previous: BodyRow, row: BodyRow): boolean {
  if (previous.kind !== 'data' && row.kind !== 'data') return false
  if (isTotal(previous) || isTotal(row)) return false
  const before = filledKeys(previous)
  const after = filledKeys(row)
  const lacksFigures = (before.figures.length === 0) !== (after.figures.length === 0)
  if (!lacksFigures || after.words.length === 0) return false
  // A cut text goes on in the columns that it began in; a row of its own would name its unit.
  const startsUnit = after.words.some((key) => key === 'unit/code' || key === 'unit/whole') && hasDigits(row, 'unit')
  return !startsUnit && after.words.filter((key) => before.words.includes(key)).length * 2 >= after.words.length
}

function hasDigits(row: BodyRow, column: string): boolean {
  return [...row.uses.values()].some(
    (use) => use.assignment.column?.column === column && /\d{3}/.test(compactText(use.cell)),
  )
}

function joinRows(first: BodyRow, rest: BodyRow): BodyRow {
  const uses = new Map(first.uses)
  for (const [key, use] of rest.uses) {
    const above = uses.get(key)
    if (compactText(use.cell) === '') continue
    uses.set(
      key,
      above === undefined || compactText(above.cell) === ''
        ? { ...use, isInherited: false }
        : { ...above, cell: joinCells(above.cell, use.cell) },
    )
  }
  return { ...first, kind: 'data', uses }
}

function joinCells(above: Cell, below: Cell): Cell {
  const readings = above.readings.map((reading): Reading => {
    const other = below.readings.find(({ reader }) => reader === reading.reader)
    if (other === undefined) return reading
    const confidence =
      reading.confidence === null || other.confidence === null ? null : Math.min(reading.confidence, other.confidence)
    const { posteriors: _own, ...rest } = reading
    const isKept = reading.posteriors !== undefined && other.posteriors !== undefined
    return {
      ...rest,
      ...(isKept ? { posteriors: [...(reading.posteriors ?? []), ...(other.posteriors ?? [])] } : {}),
      lines: [...reading.lines, ...other.lines],
      confidence,
      characters: [...reading.characters, ...other.characters],
    }
  })
  return { ...above, text: above.text + below.text, readings }
}
