import { type RulingTrace, traceAt } from './find-rulings.ts'

/** What is drawn on the sheet itself is at least this much darker than its sides, of 120. */
const DRAWN = 60
/** Rulings of the back of the sheet have less than this share of the strength of those that are drawn on it. */
const SHINES_THROUGH = 0.25
/** Above that and below this share nothing lies but a little dirt: what shines through and what is drawn are far apart. */
const NEARLY_DRAWN = 0.6
const MOST_BETWEEN = 0.05
/** Two cells side by side. */
const FEWEST_SIDES = 3

/**
 * Leaves out the rulings that shine through from the back of a sheet where they are most of all there is (a last page with one
 * row): far fainter than a table that is drawn on it, with nothing between, and beside that table. What is faint inside of it
 * may be its own. `glyph` is the height of a full glyph, in pixels.
 */
export function dropShowThrough(traces: readonly RulingTrace[], glyph: number): readonly RulingTrace[] {
  const drawn = drawnTables(traces, glyph)
  const usual = middleOf(drawn.map(({ strength }) => strength))
  if (drawn.length === 0 || !areApart(traces, usual)) return traces
  const box = boxOf(drawn)
  return traces.filter((trace) => {
    const own = boxOf([trace])
    const isBeside =
      own.top > box.bottom + glyph || own.bottom < box.top - glyph || own.x0 > box.x1 + glyph || own.x1 < box.x0 - glyph
    return !isBeside || trace.strength >= SHINES_THROUGH * usual
  })
}

/** The dark rulings that make rows of two cells or more: two long ones with three that stand between them. */
function drawnTables(traces: readonly RulingTrace[], glyph: number): readonly RulingTrace[] {
  const dark = traces.filter(({ strength }) => strength >= DRAWN)
  const across = dark.filter(({ orientation, start, end }) => orientation === 'horizontal' && end - start >= 8 * glyph)
  const reaches = (side: RulingTrace, along: number): readonly RulingTrace[] =>
    across.filter((line) => {
      const x = traceAt(side, along)
      return x >= line.start - glyph && x <= line.end + glyph && Math.abs(traceAt(line, x) - along) <= glyph
    })
  const sides = dark
    .filter(({ orientation }) => orientation === 'vertical')
    .map((side) => ({ side, lines: [...reaches(side, side.start), ...reaches(side, side.end)] }))
    .filter(
      ({ side, lines }) =>
        reaches(side, side.start).length > 0 && reaches(side, side.end).length > 0 && lines.length > 1,
    )
  return sides.length < FEWEST_SIDES ? [] : [...new Set(sides.flatMap(({ side, lines }) => [side, ...lines]))]
}

function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function areApart(traces: readonly RulingTrace[], usual: number): boolean {
  const length = (from: number, to: number) =>
    traces
      .filter(({ strength }) => strength >= from * usual && strength < to * usual)
      .reduce((sum, { start, end }) => sum + end - start, 0)
  return length(SHINES_THROUGH, NEARLY_DRAWN) <= MOST_BETWEEN * length(0, Number.POSITIVE_INFINITY)
}

interface Extent {
  readonly x0: number
  readonly top: number
  readonly x1: number
  readonly bottom: number
}

function boxOf(traces: readonly RulingTrace[]): Extent {
  const box = { x0: Infinity, top: Infinity, x1: -Infinity, bottom: -Infinity }
  for (const { orientation, start, end, positions } of traces) {
    const [low, high] = [Math.min(...positions), Math.max(...positions)]
    const [x0, x1, top, bottom] = orientation === 'horizontal' ? [start, end, low, high] : [low, high, start, end]
    box.x0 = Math.min(box.x0, x0)
    box.x1 = Math.max(box.x1, x1)
    box.top = Math.min(box.top, top)
    box.bottom = Math.max(box.bottom, bottom)
  }
  return box
}
