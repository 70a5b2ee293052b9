import type { ColumnAssignment, FitsContent, HeaderPath } from './assign-columns.ts'
import type { Form } from './form.ts'
import { pathTexts } from './path-texts.ts'

/** The headings of a page's columns, and what was already found to have a meaning (`taken`, by column index). */
export interface HeadedColumns {
  readonly paths: readonly HeaderPath[]
  readonly form: Form
  readonly fitsContent: FitsContent
  readonly taken: ReadonlyMap<number, ColumnAssignment>
}

/** Of a heading that is damaged beyond words, at least these shares of its glyphs. */
const LEAST_COMMON = 0.5

/**
 * Figures under a heading of which only some glyphs are left ("主购且价" for 采购单价): the one missing column of figures
 * with half of its name's glyphs there, in order. Never for words, which have no form of their own.
 */
export function rescueColumns(
  { paths, form, fitsContent, taken }: HeadedColumns,
  used: ReadonlySet<string>,
): readonly ColumnAssignment[] {
  const missing = form.columns.filter(
    ({ kind, column }) => (kind === 'money' || kind === 'quantity') && !used.has(`${column}/whole`),
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
      if (similarity < LEAST_COMMON || !fitsContent(columnIndex, column)) return []
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
export function findBareCodes({ paths, form, fitsContent, taken }: HeadedColumns): readonly ColumnAssignment[] {
  const item = form.columns.find(({ column, kind }) => column === 'item' && kind === 'coded')
  if (item === undefined || [...taken.values()].some(({ column }) => column === item)) return []
  const leaves = paths.map((path) => pathTexts(path).leaf)
  const isFree = (at: number, words: readonly string[]) =>
    (!taken.has(at) || taken.get(at)?.isExact === false) && (leaves[at] ?? []).some((text) => words.includes(text))
  const code = paths.findIndex((_, at) => isFree(at, BARE_CODES) && fitsContent(at, item, 'code'))
  if (code === -1) return []
  const name = [code + 1, code - 1].find((at) => isFree(at, BARE_NAMES) && fitsContent(at, item))
  const assign = (columnIndex: number, part: 'code' | 'name'): ColumnAssignment => ({
    columnIndex,
    role: 'field',
    column: item,
    part,
    headerText: leaves[columnIndex]?.[0] ?? '',
    fundField: null,
    similarity: BARE_SIMILARITY,
    isExact: true,
  })
  return [assign(code, 'code'), ...(name === undefined ? [] : [assign(name, 'name')])]
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
