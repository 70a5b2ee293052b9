import type { CutRegion } from './cut-line.ts'
import type { UprightPage } from './image.ts'
import type { MarkLine } from './split-lines.ts'

/** A horizontal stroke of coarse print has this share of the page's usual darkness, and stands out of the grain so many times. */
const FAINT_SHARE = 0.25
const ABOVE_NOISE = 3
/** 一 is so long, stands so near to the next glyph and about so high in its line, in glyph heights; it is thinner than this. */
const SHORTEST = 0.5
const LONGEST = 1.15
const FURTHEST = 0.45
const OFF_MIDDLE = 0.25
const THICKEST = 0.2

/**
 * The line with the 一 before its first or behind its last glyph whose stroke is too faint to be a mark: a thin horizontal run in the
 * middle of the line, with paper above, below and beyond. `region` is the line's cell without its rulings; `glyph` in pixels.
 */
export function reachFaintStrokes(
  { darkness }: Pick<UprightPage, 'darkness'>,
  line: MarkLine,
  region: CutRegion,
  glyph: number,
): MarkLine {
  const middle = Math.round((line.top + line.bottom) / 2)
  const faint = Math.max(FAINT_SHARE * darkness.ink, ABOVE_NOISE * darkness.noise)
  const at = (x: number, y: number) => darkness.data[y * darkness.width + x] ?? 0
  const find = (edge: number, step: -1 | 1, border: number): number | null => {
    for (let off = 0; off <= OFF_MIDDLE * glyph; off += 1) {
      for (const y of off === 0 ? [middle] : [middle - off, middle + off]) {
        const end = strokeEnd((x) => at(x, y) >= faint, edge, step, border, glyph)
        if (end !== null && isThin(at, edge, end, y, faint, glyph)) return end
      }
    }
    return null
  }
  const before = find(line.x0 - 1, -1, Math.ceil(region.leftAt(middle)))
  const behind = find(line.x1, 1, Math.floor(region.rightAt(middle)) - 1)
  return before === null && behind === null
    ? line
    : { ...line, x0: before ?? line.x0, x1: behind === null ? line.x1 : behind + 1 }
}

/** Where a run of the right length ends that begins near the edge of the print; null where none does. */
function strokeEnd(
  isDark: (x: number) => boolean,
  edge: number,
  step: -1 | 1,
  border: number,
  glyph: number,
): number | null {
  const isInside = (x: number) => (border - x) * step > 2
  let x = edge
  while (isInside(x) && !isDark(x) && Math.abs(x - edge) <= FURTHEST * glyph) x += step
  const start = x
  while (isInside(x) && (isDark(x) || isDark(x + step))) x += step
  const length = Math.abs(x - start)
  return isInside(x) && length >= SHORTEST * glyph && length <= LONGEST * glyph ? x - step : null
}

function isThin(
  at: (x: number, y: number) => number,
  edge: number,
  end: number,
  y: number,
  faint: number,
  glyph: number,
): boolean {
  const away = Math.max(3, Math.round(THICKEST * glyph))
  const [from, to] = [Math.min(edge, end), Math.max(edge, end)]
  let dark = 0
  for (let x = from; x <= to; x += 1) for (const other of [y - away, y + away]) if (at(x, other) >= faint) dark += 1
  return dark <= 0.2 * (to - from + 1)
}
