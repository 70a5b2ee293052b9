import type { Cell } from '../../model/table.ts'
import { bestHeaderSimilarity, foldHeader } from '../forms/header-text.ts'
import type { PerformanceForm } from '../forms/performance-form.ts'
import { compactText } from '../forms/table-view.ts'

/** What the rows of a table inside a sheet are. */
export type SectionKind = 'indicator' | 'cost' | 'list'

/** A column of such a table, by where it stands on the page. */
export interface Column {
  readonly field: string
  readonly similarity: number
  readonly x0: number
  readonly x1: number
}

/** A table inside a sheet, open until another begins. Blocks that stand beside each other (长期, 年度) share the columns before them. */
export interface Section {
  readonly kind: SectionKind
  readonly columns: readonly Column[]
  readonly blocks: readonly (readonly Column[])[]
}

const CLEAR = 0.85

/** A label without its number, year, blanks, unit in brackets and closing digit ("长期绩效目标1"). */
export function foldLabel(text: string): string {
  const bare = text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replace(/^(?:\d{1,2}[.、]|[一二三四五六七八九十]+、)/, '')
    .replace(/\((?:必填|万元|元|单位:?[万千]?元|[^()]*20\d\d年?[^()]*)\)/g, '')
  return foldHeader(bare).replace(/\d$/, '')
}

/** A section's title ends the table above it; beside the rows of a table it only names them (again, after a page break). */
export function endsSection(cell: Cell, section: Section | null, form: PerformanceForm): boolean {
  if (form.closing.includes(foldHeader(compactText(cell)))) return true
  if (!isSectionTitle(cell, form)) return false
  return section === null || section.columns.some(({ x0, x1 }) => cell.bbox.x0 < x1 - 1 && cell.bbox.x1 > x0 + 1)
}

/** Whether a cell names a part of the sheet. */
export function isSectionTitle(cell: Cell, form: PerformanceForm): boolean {
  return isSectionName(compactText(cell), form)
}

/** Whether a text is the name of a part of a sheet. */
export function isSectionName(text: string, form: PerformanceForm): boolean {
  const folded = foldLabel(text)
  const bare = folded.replace(/表$/, '')
  return form.sections.some((section) => [folded, bare].includes(foldLabel(section)))
}

/** Reads a row as the header of a table inside a sheet; null when too few of its cells are headings. */
export function sectionHeader(cells: readonly Cell[], form: PerformanceForm): Section | null {
  const filled = cells.filter((cell) => compactText(cell) !== '' && !isSectionTitle(cell, form))
  const kinds = [
    ['indicator', form.indicator, ['level3']],
    ['cost', form.cost, ['content', 'basis']],
    ['list', form.list, ['project_name', 'current_budget']],
  ] as const
  for (const [kind, headings, needed] of kinds) {
    const columns = filled.flatMap((cell): Column[] => {
      const found = fieldOf(compactText(cell), headings)
      return found === null ? [] : [{ ...found, x0: cell.bbox.x0, x1: cell.bbox.x1 }]
    })
    const fields = new Set(columns.map(({ field }) => field))
    if (!needed.every((field) => fields.has(field)) || fields.size < 3) continue
    const blocks = splitBlocks(columns, KEYS[kind])
    return { kind, columns: blocks.flat(), blocks }
  }
  return null
}

function fieldOf(
  text: string,
  headings: Readonly<Record<string, readonly string[]>>,
): { readonly field: string; readonly similarity: number } | null {
  const folded = foldHeader(text)
  let best: { readonly field: string; readonly similarity: number } | null = null
  for (const [field, headers] of Object.entries(headings)) {
    const similarity = bestHeaderSimilarity(folded, foldedList(headers))
    if (similarity >= CLEAR && similarity > (best?.similarity ?? 0)) best = { field, similarity }
  }
  // What stands in brackets explains the heading (绩效指标值（包含数字及文字描述）).
  const bare = text.normalize('NFKC').replace(/(?<=..)\([^()]*\)$/, '')
  return best === null && bare !== text.normalize('NFKC') ? fieldOf(bare, headings) : best
}

const foldedLists = new WeakMap<readonly string[], readonly string[]>()

function foldedList(headers: readonly string[]): readonly string[] {
  const ready = foldedLists.get(headers) ?? headers.map(foldHeader)
  foldedLists.set(headers, ready)
  return ready
}

const KEYS = { indicator: 'level3', cost: 'content', list: 'project_name' } as const

/** Where the heading that names the rows (`key`) comes twice, two tables stand beside each other; what is left of both holds for both. */
function splitBlocks(columns: readonly Column[], key: string): readonly (readonly Column[])[] {
  const sorted = columns.toSorted((a, b) => a.x0 - b.x0)
  const clear = sorted.filter(({ field, similarity }) => field === key && similarity === 1)
  if (clear.length !== 2) return [distinct(columns)]
  const seen = new Set<string>()
  const cut = sorted.findIndex(({ field }) => seen.has(field) || !seen.add(field))
  const first = distinct(sorted.slice(0, cut))
  const second = sorted.slice(cut)
  const has = (block: readonly Column[], field: string) => block.some((each) => each.field === field)
  const isTable = (block: readonly Column[]) => has(block, key) && (key !== 'level3' || has(block, 'target'))
  if (!isTable(first) || !isTable(second)) return [distinct(columns)]
  const told = new Set(second.map(({ field }) => field))
  const shared = first.filter(
    ({ field, x0 }) => !told.has(field) && x0 < (first.find((each) => each.field === key)?.x0 ?? 0),
  )
  return [first, distinct([...shared, ...second])]
}

/** One column a field: the one whose heading says so best. */
function distinct(columns: readonly Column[]): readonly Column[] {
  const seen = new Set<string>()
  return columns
    .toSorted((a, b) => b.similarity - a.similarity)
    .filter(({ field }) => !seen.has(field) && seen.add(field))
}

/** Years as headings: of a 2024 budget "2022年", "2023年" and "2024年" are 前年, 上年 and the target. */
export function withYears(form: PerformanceForm, fiscalYear: number | null): PerformanceForm {
  if (fiscalYear === null) return form
  const years = { value_before_prior: fiscalYear - 2, value_prior_year: fiscalYear - 1, target: fiscalYear }
  const added = Object.entries(years).map(([field, year]) => [
    field,
    [...(form.indicator[field] ?? []), `${year}年`, `${year}年度`],
  ])
  return { ...form, indicator: { ...form.indicator, ...Object.fromEntries(added) } }
}
