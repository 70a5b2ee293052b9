import type { ColumnAssignment, ColumnContent, HeaderPath } from './assign-columns.ts'
import type { Form, FormColumn } from './form.ts'
import { pathTexts } from './path-texts.ts'

/** The headings of a page's columns, and what was already found to have a meaning (`taken`, by column index). */
export interface HeadedColumns {
  readonly paths: readonly HeaderPath[]
  readonly form: Form
  readonly content: ColumnContent
  readonly taken: ReadonlyMap<number, ColumnAssignment>
}

/** Of a heading that is damaged beyond words, at least these shares of its glyphs. */
const LEAST_COMMON = 0.5

/**
 * Figures under a heading of which only some glyphs are left ("主购且价" for 采购单价): the one missing column of figures
 * with half of its name's glyphs there, in order. For names, which have no form of their own, only where no reader is sure
 * of the heading; somebody looks at them.
 */
export function rescueColumns(
  { paths, form, content, taken }: HeadedColumns,
  used: ReadonlySet<string>,
): readonly ColumnAssignment[] {
  const missing = form.columns.filter(
    ({ kind, column }) => ['money', 'quantity', 'name'].includes(kind) && !used.has(`${column}/whole`),
  )
  const open = paths.flatMap((path, columnIndex) =>
    taken.has(columnIndex) || path.length === 0 ? [] : [{ path, columnIndex }],
  )
  const bids = open.flatMap(({ path, columnIndex }) =>
    missing.flatMap((column): ColumnAssignment[] => {
      const texts = pathTexts(path)
      const similarity = Math.max(
        0,
        ...texts.leaf.flatMap((text) => column.headers.map((header) => commonShare(text, header))),
      )
      if (similarity < LEAST_COMMON || !content.fits(columnIndex, column)) return []
      if (column.kind === 'name' && !content.isDamaged(columnIndex)) return []
      const headerText = texts.leaf[0] ?? ''
      return [
        {
          columnIndex,
          role: 'field',
          column,
          part: 'whole',
          headerText,
          fundField: null,
          similarity: similarity / 2,
          isExact: false,
        },
      ]
    }),
  )
  const isOnly = (bid: ColumnAssignment) =>
    bids.every((other) => other === bid || (other.columnIndex !== bid.columnIndex && other.column !== bid.column))
  return bids.filter(isOnly)
}

/** Headings that say that there are codes, or names, and not of what. */
const BARE_CODES = ['编码', '代码', '目录编码', '目录代码', '分类编码', '分类代码']
const BARE_NAMES = [
  '名称',
  '品名',
  '目录名称',
  '分类名称',
  '物品名称',
  '货物名称',
  '服务名称',
  '采购名称',
  '项目内容',
  '内容',
]
const BARE_SIMILARITY = 0.86

/**
 * Codes of the items that are bought under a bare 编码, and the names beside them under a bare 名称: what the form must have
 * and no heading names. What kind of codes they are is told by the codes themselves.
 */
export function findBareCodes({ paths, form, content, taken }: HeadedColumns): readonly ColumnAssignment[] {
  const item = form.columns.find(({ column, kind }) => column === 'item' && kind === 'coded')
  if (item === undefined || [...taken.values()].some(({ column }) => column === item)) return []
  const leaves = paths.map((path) => pathTexts(path).leaf)
  const isFree = (at: number, words: readonly string[]) =>
    (!taken.has(at) || taken.get(at)?.isExact === false) && (leaves[at] ?? []).some((text) => words.includes(text))
  const code = paths.findIndex((_, at) => isFree(at, BARE_CODES) && content.holdsItems(at, 'code'))
  if (code === -1) return []
  const name = [code + 1, code - 1].find((at) => isFree(at, BARE_NAMES) && content.fits(at, item))
  const headerText = (columnIndex: number) => leaves[columnIndex]?.[0] ?? ''
  return [
    plainField(item, code, 'code', headerText(code)),
    ...(name === undefined ? [] : [plainField(item, name, 'name', headerText(name))]),
  ]
}

/**
 * Columns whose headings are damaged beyond reading (a seal lies over them) and whose cells say what they are: codes of items,
 * and the one column of sums in a table that has no other amount. What a column that holds them could be instead, no form has.
 */
export function findPlainColumns(headed: HeadedColumns): readonly ColumnAssignment[] {
  return [...plainItems(headed), ...plainAmount(headed)]
}

function plainItems(headed: HeadedColumns): readonly ColumnAssignment[] {
  const { content, taken } = headed
  const item = missingColumn(headed, 'item')
  if (item === null) return []
  const at = onlyPlain(headed, (index) => content.holdsItems(index, 'whole') || content.holdsItems(index, 'code'))
  if (at === null) return []
  if (content.holdsItems(at, 'whole')) return [plainField(item, at, 'whole', leafOf(headed, at))]
  const code = plainField(item, at, 'code', leafOf(headed, at))
  const isName = (index: number) => index in headed.paths && !taken.has(index) && content.isDamaged(index)
  const name = [at + 1, at - 1].find((index) => isName(index) && content.fits(index, item))
  return name === undefined ? [code] : [code, plainField(item, name, 'name', leafOf(headed, name))]
}

/** None where sources of funds have columns: what else holds sums may be one more of them. */
function plainAmount(headed: HeadedColumns): readonly ColumnAssignment[] {
  const amount = missingColumn(headed, 'amount')
  const hasSources = [...headed.taken.values()].some(({ role }) => role === 'fund')
  const at = amount === null || hasSources ? null : onlyPlain(headed, headed.content.holdsSums)
  return amount === null || at === null ? [] : [plainField(amount, at, 'whole', leafOf(headed, at))]
}

/** The form's column of that name where no heading is known for it; null where one is, or the form has none. */
export function missingColumn({ form, taken }: HeadedColumns, name: string): FormColumn | null {
  const isTaken = [...taken.values()].some(({ column }) => column?.column === name)
  return isTaken ? null : (form.columns.find(({ column }) => column === name) ?? null)
}

/** The one column without a sure heading whose cells are plain, if its heading is the damaged one; null otherwise. */
function onlyPlain({ paths, content, taken }: HeadedColumns, holds: (at: number) => boolean): number | null {
  const [at, ...others] = [...paths.keys()].filter((index) => isSilent(taken.get(index)) && holds(index))
  if (at === undefined || others.length > 0) return null
  return content.isDamaged(at) && taken.get(at)?.isExact !== true ? at : null
}

/** The lowest heading over a column as it was read best, folded; empty where nothing is. */
export function leafOf({ paths }: HeadedColumns, at: number): string {
  return pathTexts(paths[at] ?? []).leaf[0] ?? ''
}

/** Whether no heading says for sure that the column gives a field. */
function isSilent(assignment: ColumnAssignment | undefined): boolean {
  return assignment === undefined || assignment.role !== 'field' || !assignment.isExact
}

function plainField(
  column: FormColumn,
  columnIndex: number,
  part: 'code' | 'name' | 'whole',
  headerText: string,
): ColumnAssignment {
  return {
    columnIndex,
    role: 'field',
    column,
    part,
    headerText,
    fundField: null,
    similarity: BARE_SIMILARITY,
    isExact: true,
  }
}

/** Share of a header's glyphs that stand in the text in the same order; headers of two glyphs are too short to tell. */
function commonShare(text: string, header: string): number {
  const glyphs = [...header]
  if (glyphs.length < 3) return 0
  let from = 0
  let common = 0
  for (const glyph of glyphs) {
    const at = text.indexOf(glyph, from)
    if (at === -1) continue
    from = at + 1
    common += 1
  }
  return common / glyphs.length
}
