import type { RulingTrace } from './find-rulings.ts'
import { type RulingGroup, straightenTrace } from './ruling-lines.ts'
import type { Bend } from './straighten.ts'

/** Rules of one table end this near each other, in glyphs. */
const SAME_END = 1.5
/** Rules further apart than this many of the group's widest rows are those of another table. */
const FURTHEST = 1.6
/** Pieces of one rule lie this near, in glyphs. */
const SAME_RULE = 0.4

/**
 * Whether the verticals of a table that is open on both sides cross only some of the rules that follow each other with the same two
 * ends: strokes of a glyph that stands in the same place of two or three tight rows, in a table without verticals. Columns run through
 * their table. `glyph` is the height of print in pixels.
 */
export function crossesFewRules(
  { rows, columns }: RulingGroup,
  traces: readonly RulingTrace[],
  bend: Bend,
  glyph: number,
): boolean {
  const [left, right, first, last] = [columns[0], columns.at(-1), rows[0], rows.at(-1)]
  if (!left?.isVirtual || !right?.isVirtual || first === undefined || last === undefined) return false
  const heights = rows.slice(1).map((row, index) => row.position - (rows[index]?.position ?? row.position))
  const step = FURTHEST * Math.max(...heights)
  const others = traces
    .filter(({ orientation }) => orientation === 'horizontal')
    .map((trace) => straightenTrace(trace, bend))
    .filter(({ start, end }) => {
      return Math.abs(start - left.position) <= SAME_END * glyph && Math.abs(end - right.position) <= SAME_END * glyph
    })
    .map(({ position }) => position)
  const above = following(
    first.position,
    others.filter((y) => y < first.position).toSorted((a, b) => b - a),
    step,
    glyph,
  )
  const below = following(
    last.position,
    others.filter((y) => y > last.position).toSorted((a, b) => a - b),
    step,
    glyph,
  )
  return above + below >= rows.length
}

/** How many rules follow from `from` on, none further than `step` from the one before. */
function following(from: number, positions: readonly number[], step: number, glyph: number): number {
  let [count, at] = [0, from]
  for (const position of positions) {
    const distance = Math.abs(position - at)
    if (distance > step) return count
    if (distance > SAME_RULE * glyph) {
      count += 1
      at = position
    }
  }
  return count
}
