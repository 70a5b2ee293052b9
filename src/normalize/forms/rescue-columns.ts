import type { ColumnAssignment, FitsContent, HeaderPath } from './assign-columns.ts'
import type { Form } from './form.ts'
import { pathTexts } from './path-texts.ts'

/** Of a heading that is damaged beyond words, at least these shares of its glyphs. */
const LEAST_COMMON = 0.5

/**
 * Figures under a heading of which only some glyphs are left ("主购且价" for 采购单价): the one missing column of figures
 * with half of its name's glyphs there, in order. Never for words, which have no form of their own.
 */
export function rescueColumns(
  paths: readonly HeaderPath[],
  form: Form,
  fitsContent: FitsContent,
  taken: ReadonlyMap<number, ColumnAssignment>,
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
