import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight } from '../../model/bounding-box.ts'
import { isAmountText } from './amount-text.ts'
import type { Rules } from './block-to-grid.ts'
import { MANY_RULES } from './find-ruled-regions.ts'
import type { TextPiece, TextRow } from './text-rows.ts'

/** A row whose rule the page break cut off stands no further from the next rule than rows are high. */
const ROOM = 1.1
/** Lines of one row stand this near, in line heights. */
const WRAPPED = 0.7
/** A row has so many pieces, and this share of them stands in columns of the table. */
const FEWEST_PIECES = 3
const IN_COLUMNS = 0.8
const CAPTION = /[:：]/

/**
 * The rules of a table with a rule under each row, and the row before the first or after the last of them whose own rule
 * a page break took away: print that stands in the table's columns, with a figure, and is no caption.
 */
export function withRowsBeyond(rules: Rules, rows: readonly TextRow[]): Rules {
  const { box, levels } = rules
  // With fewer there is none between each two rows: the first and the last one frame the table.
  if (levels.length < MANY_RULES) return rules
  const inside = rows.filter(({ bbox }) => middleOf(bbox) > box.top && middleOf(bbox) < box.bottom)
  const columns = inside.flatMap((row) => row.segments)
  const room = ROOM * Math.max(...levels.slice(1).map((level, k) => level - (levels[k] ?? level)))
  const above = nextRow(
    rows.filter(({ bbox }) => bbox.bottom <= box.top + 1 && box.top - bbox.top <= room).toReversed(),
    columns,
  )
  const below = nextRow(
    rows.filter(({ bbox }) => bbox.top >= box.bottom - 1 && bbox.bottom - box.bottom <= room),
    columns,
  )
  const top = above === null ? [] : [above.top - 2]
  const bottom = below === null ? [] : [below.bottom + 2]
  return {
    ...rules,
    box: { ...box, top: top[0] ?? box.top, bottom: bottom[0] ?? box.bottom },
    levels: [...top, ...levels, ...bottom],
  }
}

/** Where the lines that come first are one row of the table; null where they are none. */
function nextRow(rows: readonly TextRow[], columns: readonly TextPiece[]): { top: number; bottom: number } | null {
  const lines: TextRow[] = []
  for (const row of rows) {
    const last = lines.at(-1)
    const gap = last === undefined ? 0 : Math.max(row.bbox.top - last.bbox.bottom, last.bbox.top - row.bbox.bottom)
    if (last !== undefined && gap > WRAPPED * boxHeight(row.bbox)) break
    lines.push(row)
  }
  const pieces = lines.flatMap((row) => row.segments)
  const placed = pieces.filter((piece) => columns.some((other) => overlaps(piece.bbox, other.bbox)))
  const isRow =
    pieces.length >= FEWEST_PIECES &&
    placed.length >= IN_COLUMNS * pieces.length &&
    pieces.some(({ text }) => isAmountText(text)) &&
    !pieces.some(({ text }) => CAPTION.test(text))
  if (!isRow) return null
  return {
    top: Math.min(...lines.map(({ bbox }) => bbox.top)),
    bottom: Math.max(...lines.map(({ bbox }) => bbox.bottom)),
  }
}

function overlaps(a: BoundingBox, b: BoundingBox): boolean {
  return a.x0 < b.x1 && a.x1 > b.x0
}

function middleOf({ top, bottom }: BoundingBox): number {
  return (top + bottom) / 2
}
