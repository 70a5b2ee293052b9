import { type FormHeader, findHeader } from './find-header.ts'
import { holdsItems } from './fits-content.ts'
import type { Form } from './form.ts'
import { foldHeader, wordSimilarity } from './header-text.ts'
import { cellsOfRow, compactReadings, compactText, type TableView } from './table-view.ts'

/** What a table is: a form with its header, or not a form that we know, and why. */
export type TableRecognition =
  | { readonly kind: 'form'; readonly header: FormHeader; readonly hasTitle: boolean }
  | { readonly kind: 'none'; readonly reason: string }

const TITLE_SIMILARITY = 0.75
const LEAST_COLUMNS = 3
const CLEAR_HEADING = 0.7
const VERY_CLEAR = 0.85
/** A form's columns must explain this share of the page columns that have a heading. */
const LEAST_SHARE = 0.5
const MARKER_SIMILARITY = 0.75

/**
 * Decides by the header tree, with the title as extra evidence, which form a table is. A table without the form's
 * defining columns is none, whatever its title says; only its money may be missing where all else is clear.
 */
export function recognizeTable(view: TableView, titles: readonly string[], forms: readonly Form[]): TableRecognition {
  const reasons: string[] = []
  let best: { header: FormHeader; hasTitle: boolean; strength: number } | null = null
  for (const form of forms) {
    const header = findHeader(view, form)
    const hasTitle = titles.some((title) => namesForm(title, form))
    const objection = header === null ? 'no heading of the form is there' : objectionTo(header, hasTitle, view)
    if (header === null || objection !== null) {
      if (hasTitle) reasons.push(`titled like ${form.title}, but ${objection}`)
      continue
    }
    const strength = header.strength + (hasTitle ? 2 : 0)
    if (best === null || strength > best.strength) best = { header, hasTitle, strength }
  }
  if (best !== null) return { kind: 'form', header: best.header, hasTitle: best.hasTitle }
  return { kind: 'none', reason: reasons[0] ?? 'its header fits no form that we know' }
}

/** Why a header is not the form's; null when it is. */
function objectionTo(header: FormHeader, hasTitle: boolean, view: TableView): string | null {
  const { form, assignments } = header
  const fields = assignments.filter(({ role }) => role === 'field')
  const has = (name: string) =>
    name === 'fund_columns'
      ? assignments.some(({ role }) => role === 'fund')
      : fields.some(({ column }) => column?.column === name)
  const missing = form.defining.find((group) => !group.some(has))
  const columns = new Set(fields.map(({ column }) => column?.column))
  if (missing !== undefined && !(hasTitle && isMoney(missing) && mayLackMoney(header)))
    return `it has no column for ${missing.join(' or ')}`
  // Columns of sources under the form's own title are as good as one more.
  const told = columns.size + (hasTitle && has('fund_columns') ? 1 : 0)
  if (told < LEAST_COLUMNS) return `only ${columns.size} of its columns are known`
  const headings = headerTexts(view, header)
  const known = assignments.length / Math.max(1, countHeadedColumns(view, header))
  if (known < LEAST_SHARE) return 'most of its columns are unknown'
  const hasMarker = headings.some((text) => form.markers.some((marker) => holdsMarker(text, marker)))
  if (!hasTitle && !hasMarker && !listsItems(header, view))
    return `neither its title nor a heading speaks of ${form.markers.join(' or ')}`
  const clear = fields.filter(({ similarity }) => similarity >= CLEAR_HEADING).length
  return clear * 2 < fields.length ? 'most of its headings are too damaged' : null
}

const isMoney = (group: readonly string[]) => group.includes('amount')

/** Clear headings that make up for a column of money that was lost or damaged, under the form's title. */
const LEAST_CLEAR = 3

/**
 * Whether a table under the form's title is the form although its column of money cannot be found: its lines then go to
 * a person with their amounts missing, rather than being lost.
 */
function mayLackMoney({ form, assignments }: FormHeader): boolean {
  const others = form.defining.filter((group) => !isMoney(group))
  const clear = assignments.filter(({ role, similarity }) => role === 'field' && similarity >= VERY_CLEAR)
  const columns = new Set(clear.map(({ column }) => column?.column ?? ''))
  return columns.size >= LEAST_CLEAR && others.every((group) => group.some((name) => columns.has(name)))
}

/** Whether a heading that the form lists stands over codes of the catalogue of what governments buy: that says it all. */
function listsItems({ assignments, headerEnd }: FormHeader, view: TableView): boolean {
  return assignments.some(({ column, columnIndex, similarity }) => {
    if (column?.scheme !== 'procurement' || similarity < 1) return false
    return (['code', 'whole'] as const).some((part) => holdsItems(view, headerEnd, columnIndex, part))
  })
}

function headerTexts(view: TableView, header: FormHeader): readonly string[] {
  const rows = Array.from({ length: header.headerEnd - header.headerStart }, (_, index) => header.headerStart + index)
  return rows.flatMap((row) => cellsOfRow(view, row).flatMap(compactReadings)).map(foldHeader)
}

function countHeadedColumns(view: TableView, header: FormHeader): number {
  let count = 0
  for (let column = 0; column < view.columnCount; column += 1) {
    const rows = Array.from({ length: header.headerEnd - header.headerStart }, (_, index) => header.headerStart + index)
    if (rows.some((row) => compactText(view.cellAt(row, column)) !== '')) count += 1
  }
  return count
}

function holdsMarker(text: string, marker: string): boolean {
  if (text.includes(marker)) return true
  const length = [...marker].length
  if (length < 4) return false
  const glyphs = [...text]
  for (let start = 0; start + length <= glyphs.length; start += 1) {
    if (wordSimilarity(glyphs.slice(start, start + length).join(''), marker) >= MARKER_SIMILARITY) return true
  }
  return false
}

/** Whether a line above a table is a title of the form ("表12：2024年政府采购预算表", "政府采购预算表（本级）"). */
export function namesForm(title: string, form: Form): boolean {
  const folded = foldTitle(title)
  return form.titles.some((name) => {
    if (folded.endsWith(name)) return true
    return wordSimilarity(folded, name) >= TITLE_SIMILARITY
  })
}

/** A title without its table number, year, part in brackets and the name of the publisher's department. */
export function foldTitle(title: string): string {
  const compact = title
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[([【〔][^)\]】〕]*[)\]】〕]/g, '')
  const named = compact.replace(/^(?:附?表|公开表|预算公开表)?[\d一二三四五六七八九十]*[-—－\d]*[、.:：]*/, '')
  return named.replace(/^.*?20\d\d年(?:度)?/, '').replaceAll(/[^\p{L}\p{N}]/gu, '')
}
