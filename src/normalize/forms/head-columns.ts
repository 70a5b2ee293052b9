import { parseAmount } from '../money/parse-amount.ts'
import { type ColumnPart, SPLIT_CODE_PARTS } from './assign-columns.ts'
import type { BudgetForm } from './budget-form.ts'
import { headerPath, skipColumnNumbers } from './find-header.ts'
import { bestHeaderSimilarity, foldHeader } from './header-text.ts'
import type { HeadingLevels } from './name-money-columns.ts'
import { compactText, type TableView } from './table-view.ts'

/** What a column of words tells of a line. */
export type LineRole = 'subject' | 'unit' | 'project' | 'category' | 'function' | 'economic'

interface WordsColumn {
  readonly kind: 'words'
  readonly columnIndex: number
  readonly role: LineRole
  readonly part: ColumnPart
  readonly similarity: number
  readonly levels: HeadingLevels
  readonly heading: string
}
export interface MoneyColumn {
  readonly kind: 'money'
  readonly columnIndex: number
  readonly levels: HeadingLevels
  readonly heading: string
}
interface SilentColumn {
  readonly kind: 'ignored' | 'unknown'
  readonly columnIndex: number
  /** A column of words under a heading that nobody listed. */
  readonly unlisted?: WordsColumn
}
/** A page column by what stands over it and in it. */
export type HeadedColumn = WordsColumn | MoneyColumn | SilentColumn

const LINE_ROLES = ['subject', 'unit', 'project', 'category'] as const
const PARTS_IN_ORDER: readonly ColumnPart[] = ['class', 'group', 'item']

/**
 * Header rows `start` to before `end` (0-based), and how alike a heading must be to a listed one (0 to 1). `isTitled`: the title says
 * that the table is a standard one.
 */
export interface HeadingRows {
  readonly start: number
  readonly end: number
  readonly least: number
  readonly isTitled: boolean
}

/** Says of every page column what it holds: words, money, or nothing of use. */
export function headColumns(
  view: TableView,
  form: BudgetForm,
  fiscalYear: number | null,
  { start, end, least, isTitled }: HeadingRows,
): readonly HeadedColumn[] {
  const body = skipColumnNumbers(view, end)
  const columns = Array.from({ length: view.columnCount }, (_, column) => {
    const path = headerPath(view, column, start, end).map((texts) => texts.map((text) => fold(text, fiscalYear)))
    return headColumn(view, column, path, body, form, least)
  })
  return splitCodeColumns(view, end, isTitled ? withLineNames(columns) : columns)
}

const LIKELIEST_SIMILARITY = 0.4

/** Some column names the lines of a standard table: where no heading is known to, the first column of words before the money does. */
function withLineNames(columns: readonly HeadedColumn[]): readonly HeadedColumn[] {
  if (columns.some(({ kind }) => kind === 'words')) return columns
  const money = columns.findIndex(({ kind }) => kind === 'money')
  const first = columns.slice(0, Math.max(0, money)).find((column) => isUnlisted(column))
  return columns.map((column) =>
    column === first && isUnlisted(column) ? { ...column.unlisted, similarity: LIKELIEST_SIMILARITY } : column,
  )
}

function isUnlisted(column: HeadedColumn): column is SilentColumn & { readonly unlisted: WordsColumn } {
  return column.kind === 'ignored' && column.unlisted !== undefined
}

/** A heading with its years as seen from the document's own ("2023年预算数" of a 2024 budget is 上年预算数). */
function fold(text: string, fiscalYear: number | null): string {
  if (fiscalYear === null) return foldHeader(text)
  const relative = text
    .normalize('NFKC')
    .replaceAll(new RegExp(`${fiscalYear - 1}年(?:度)?`, 'g'), '上年')
    .replaceAll(new RegExp(`${fiscalYear}年(?:度)?`, 'g'), '本年')
  return foldHeader(relative)
}

function headColumn(
  view: TableView,
  columnIndex: number,
  path: HeadingLevels,
  bodyStart: number,
  form: BudgetForm,
  least: number,
): HeadedColumn {
  const levels = path.map((texts) => texts.filter((text) => text !== '')).filter((texts) => texts.length > 0)
  const leaf = levels.at(-1) ?? []
  const content = contentOf(view, columnIndex, bodyStart)
  if (leaf.length === 0) return { kind: content === 'blank' ? 'ignored' : 'unknown', columnIndex }
  const heading = leaf[0] ?? ''
  const part = leaf.map((text) => SPLIT_CODE_PARTS.get(text)).find((found) => found !== undefined)
  if (part !== undefined) return { kind: 'words', columnIndex, role: 'subject', part, similarity: 1, levels, heading }
  const ignored = similarityOf(leaf, form.ignored)
  const words = wordsColumn(columnIndex, levels, form, heading)
  const isSide = leaf.some((text) => form.sides.income.includes(text) || form.sides.expenditure.includes(text))
  // A block may be headed by the manner alone in which it is parted: 按支出性质.
  const isManner = leaf.some((text) => /^按\p{Script=Han}{2}/u.test(text))
  if ((isSide || isManner) && content === 'words')
    return { kind: 'words', columnIndex, role: 'subject', part: 'whole', similarity: 1, levels, heading }
  const isOddContent = content === 'figures' && words.part !== 'code'
  const wordsSimilarity = isOddContent ? words.similarity * 0.5 : words.similarity
  if (ignored >= least && ignored > wordsSimilarity) return { kind: 'ignored', columnIndex }
  if (wordsSimilarity >= least && !isMoneyHeading(leaf, form, wordsSimilarity)) return words
  if (content === 'words') {
    const unlisted = { ...words, role: 'subject' as const, part: 'whole' as const }
    return { kind: 'ignored', columnIndex, unlisted }
  }
  return { kind: 'money', columnIndex, levels, heading }
}

function isMoneyHeading(leaf: readonly string[], form: BudgetForm, atLeast: number): boolean {
  const lists = [...form.measures, ...form.periods].map(({ headers }) => headers)
  return lists.some((headers) => similarityOf(leaf, headers) > atLeast)
}

function wordsColumn(columnIndex: number, levels: HeadingLevels, form: BudgetForm, heading: string): WordsColumn {
  const told = levels.at(-1) ?? []
  // The manner in which a block is parted is no part of what its column holds (支出功能分类科目（按大类）).
  const leaf = [...told, ...told.map((text) => text.replace(/按.*$/, '')).filter((text) => text.length > 1)]
  let best: WordsColumn = { kind: 'words', columnIndex, role: 'subject', part: 'whole', similarity: 0, levels, heading }
  for (const role of LINE_ROLES) {
    const { headers, codeHeaders, nameHeaders } = form.lines[role]
    for (const [part, list] of [
      ['whole', headers],
      ['code', codeHeaders],
      ['name', nameHeaders],
    ] as const) {
      const alike = similarityOf(leaf, list)
      // A heading that is not listed still ends in what its column holds.
      const similarity = alike === 1 || part === saidPart(heading) || saidPart(heading) === null ? alike : alike * 0.5
      if (similarity > best.similarity) best = { ...best, role, part, similarity }
    }
  }
  return best
}

function saidPart(heading: string): ColumnPart | null {
  if (/(?:编码|代码|编号)$/.test(heading)) return 'code'
  return /名称$/.test(heading) && !/(?:编码|代码)(?:及|和|与|、)?名称$/.test(heading) ? 'name' : null
}

function similarityOf(texts: readonly string[], headers: readonly string[]): number {
  let best = 0
  for (const text of texts) best = Math.max(best, bestHeaderSimilarity(text, headers))
  return best
}

const LEAST_SHARE = 0.5

/** What most cells under a heading are; cells that are merged over columns say nothing. */
function contentOf(view: TableView, column: number, bodyStart: number): 'figures' | 'words' | 'blank' {
  const texts: string[] = []
  for (let row = bodyStart; row < view.rowCount; row += 1) {
    const cell = view.cellAt(row, column)
    if (cell !== null && cell.row === row && cell.columnSpan === 1 && compactText(cell) !== '')
      texts.push(compactText(cell))
  }
  if (texts.length === 0) return 'blank'
  const figures = texts.filter((text) => ['amount', 'nil'].includes(parseAmount(text).kind) || /[\d.]%?$/.test(text))
  return figures.length >= texts.length * LEAST_SHARE ? 'figures' : 'words'
}

/** A code heading that is merged over two or three columns stands over 类, 款 and 项. */
function splitCodeColumns(view: TableView, end: number, columns: readonly HeadedColumn[]): readonly HeadedColumn[] {
  return columns.map((column, index) => {
    if (column.kind !== 'words' || !['code', 'whole'].includes(column.part)) return column
    const cell = view.cellAt(end - 1, index)
    if (cell === null || cell.columnSpan < 2 || cell.columnSpan > PARTS_IN_ORDER.length) return column
    if (contentOf(view, index, end) === 'words') return column
    const part = PARTS_IN_ORDER[index - cell.column]
    return part === undefined ? column : { ...column, part }
  })
}
