import type { Cell } from '../../model/table.ts'
import { readLineName } from '../forms/line-names.ts'
import type { PerformanceForm } from '../forms/performance-form.ts'
import { compactText } from '../forms/table-view.ts'
import type { PlacedCell, SheetRow } from './read-sheets.ts'
import type { Column, Section, SectionKind } from './sheet-sections.ts'

/** What tells of the rows above in a table inside a sheet: cells that hold for the rows below until another is printed. */
export type CellsAbove = readonly ReadonlyMap<string, PlacedCell>[]

const KEYS: Readonly<Record<SectionKind, string>> = { indicator: 'level3', cost: 'content', list: 'project_name' }
/** Of a long list of several projects: what is printed once for all indicators of a project. */
const OF_PROJECT = [
  'project_name',
  'department',
  'project_code',
  'executing_unit',
  'total_budget',
  'current_budget',
  'annual_goal',
  'long_term_goal',
]

/**
 * The rows that one printed row of an open section holds: one a block of columns. Cells that are left blank under a name, a
 * level or a project hold what stands above (`above`, by block). Rows that name nothing, and sums of lists, are none.
 */
export function readSectionRow(
  section: Section,
  cells: readonly Cell[],
  row: number,
  place: { readonly pageNumber: number; readonly tableIndex: number },
  above: CellsAbove,
): { readonly rows: readonly (Omit<SheetRow, 'term'> & { readonly block: number })[]; readonly above: CellsAbove } {
  const read = section.blocks.map((columns, block) => {
    const found = placeIn(columns, cells, place)
    const key = found.get(KEYS[section.kind])
    // A cell that reaches over the target as well is a sum or a remark (总分, 预算执行率).
    const isWide = found.get('target')?.cell === key?.cell
    const isRow = key !== undefined && key.cell.row === row && !isWide && !isSum(section.kind, key.cell)
    const whole = section.kind === 'indicator' ? inherit(found, above[block] ?? new Map()) : found
    return { isRow, row: { kind: section.kind, ...place, cells: whole, block } }
  })
  return {
    rows: read.filter(({ isRow }) => isRow).map((each) => each.row),
    above: read.map(({ isRow, row }, block) => (isRow ? row.cells : (above[block] ?? new Map()))),
  }
}

/** Cells of a row by field, told by where they stand. */
function placeIn(
  columns: readonly Column[],
  cells: readonly Cell[],
  place: { readonly pageNumber: number; readonly tableIndex: number },
): Map<string, PlacedCell> {
  const found = new Map<string, PlacedCell>()
  for (const { field, x0, x1 } of columns) {
    const cell = cells
      .map((each) => ({ each, overlap: Math.min(each.bbox.x1, x1) - Math.max(each.bbox.x0, x0) }))
      .filter(({ overlap }) => overlap > (x1 - x0) * 0.5)
      .toSorted((a, b) => b.overlap - a.overlap)[0]?.each
    if (cell !== undefined && compactText(cell) !== '') found.set(field, { cell, ...place })
  }
  return found
}

function isSum(kind: SectionKind, cell: Cell): boolean {
  return kind === 'list' && readLineName(cell.text).kind !== 'line'
}

/** A blank level is that of the row above, unless a level over it begins anew; so is what belongs to the project. */
function inherit(
  found: ReadonlyMap<string, PlacedCell>,
  above: ReadonlyMap<string, PlacedCell>,
): ReadonlyMap<string, PlacedCell> {
  const filled = new Map(found)
  const take = (fields: readonly string[]) => {
    for (const field of fields) {
      const cell = above.get(field)
      if (!filled.has(field) && cell !== undefined) filled.set(field, cell)
    }
  }
  if (!found.has('project_name')) take(OF_PROJECT)
  if (!found.has('project_name') && !found.has('level1')) {
    take(['level1'])
    if (!found.has('level2')) take(['level2'])
  }
  return filled
}

/** Where a heading of a term stands. */
export interface TermPlace {
  readonly term: NonNullable<SheetRow['term']>
  readonly x0: number
  readonly x1: number
}

/** The term of each block of a section: the heading above it says so; of two without one the second is this year's. */
export function termsOfBlocks({ blocks }: Section, places: readonly TermPlace[]): readonly SheetRow['term'][] {
  if (blocks.length < 2) return [null]
  const told = blocks.map((columns) => {
    const [x0, x1] = [Math.min(...columns.map((each) => each.x0)), Math.max(...columns.map((each) => each.x1))]
    const over = places
      .map((place) => ({ place, overlap: Math.min(place.x1, x1) - Math.max(place.x0, x0) }))
      .filter(({ place, overlap }) => overlap > (place.x1 - place.x0) * 0.5)
    return over.at(-1)?.place.term ?? null
  })
  const isClear = told.every((term) => term !== null) && new Set(told).size === told.length
  return isClear ? told : blocks.map((_, block) => (block === 0 ? 'long_term' : 'annual'))
}

/** The term that a text tells of, where it speaks of goals or indicators. */
export function termOf(text: string, form: PerformanceForm): SheetRow['term'] {
  if (text.length > 30 || !/目标|指标/.test(text)) return null
  if (form.longTerm.some((word) => text.includes(word))) return 'long_term'
  return form.annual.some((word) => text.includes(word)) ? 'annual' : null
}

/** Where a cell tells of a term; nothing where it tells of none. */
export function termPlaceOf(cell: Cell, form: PerformanceForm): readonly TermPlace[] {
  const term = termOf(compactText(cell), form)
  return term === null ? [] : [{ term, x0: cell.bbox.x0, x1: cell.bbox.x1 }]
}
