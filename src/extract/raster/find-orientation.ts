import type { BitImage, OrientationCandidate, QuarterTurns } from './image.ts'
import { type Components, labelComponents } from './label-components.ts'
import { voteComponentHeight } from './vote-glyph-height.ts'

/** Pages that stand on their head are rare: without any cue the page stays as it is. */
const UPRIGHT_HABIT = 1.5

/**
 * Which quarter turn makes the page upright, best first. Digits are higher than wide and glyphs stand closer to their
 * neighbours in the line than to other lines (axis); points and commas lie low in their line, and titles stand at the
 * top in bigger print (direction). These are cues, not proofs: a reader can try the candidates on a few lines.
 */
export function findOrientation(ink: BitImage): readonly OrientationCandidate[] {
  const components = labelComponents(ink)
  const glyph = voteComponentHeight(components, Math.max(ink.width, ink.height))
  const glyphs = glyphComponents(components, glyph)
  const axis = axisVote(components, glyphs, glyph)
  const asIs = directionVote(components, glyphs, glyph, ink, false)
  const sideways = directionVote(components, glyphs, glyph, ink, true)
  const horizontal = logistic(axis)
  const scores: readonly OrientationCandidate[] = [
    { quarterTurns: 0, score: horizontal * logistic(asIs + UPRIGHT_HABIT) },
    { quarterTurns: 2, score: horizontal * logistic(-asIs - UPRIGHT_HABIT) },
    // Read with the head tilted: the line's upper side is the page's left when it must be turned clockwise.
    { quarterTurns: 1, score: (1 - horizontal) * logistic(sideways) },
    { quarterTurns: 3, score: (1 - horizontal) * logistic(-sideways) },
  ]
  return [...scores].sort((p, q) => q.score - p.score)
}

function logistic(vote: number): number {
  return 1 / (1 + Math.exp(-vote))
}

function glyphComponents({ count, x0, x1, top, bottom, area }: Components, glyph: number): Int32Array {
  const kept: number[] = []
  for (let k = 0; k < count; k++) {
    const w = (x1[k] as number) - (x0[k] as number)
    const h = (bottom[k] as number) - (top[k] as number)
    const big = Math.max(w, h)
    if (big >= 0.45 * glyph && big <= 1.6 * glyph && (area[k] as number) >= 0.06 * glyph * glyph) kept.push(k)
  }
  return Int32Array.from(kept)
}

/** Above 0: lines of text run from left to right (or right to left); below 0: up or down. */
function axisVote(components: Components, glyphs: Int32Array, glyph: number): number {
  let tall = 0
  let wide = 0
  for (const k of glyphs) {
    const w = (components.x1[k] as number) - (components.x0[k] as number)
    const h = (components.bottom[k] as number) - (components.top[k] as number)
    if (h >= 1.25 * w && h <= 2.6 * w) tall++
    else if (w >= 1.25 * h && w <= 2.6 * h) wide++
  }
  const neighbours = neighbourVote(components, glyphs, glyph)
  const shape = (tall - wide) / Math.max(12, tall + wide)
  return 10 * neighbours + 5 * shape
}

/** (pairs beside - pairs above) / pairs, over the nearest neighbour of each glyph by the gap between their boxes. */
function neighbourVote(components: Components, glyphs: Int32Array, glyph: number): number {
  const { x0, x1, top, bottom } = components
  const order = [...glyphs].sort((p, q) => (top[p] as number) - (top[q] as number))
  let beside = 0
  let above = 0
  const step = Math.max(1, Math.floor(order.length / 3000))
  for (let i = 0; i < order.length; i += step) {
    const k = order[i] as number
    let nearestBeside = 1.2 * glyph
    let nearestAbove = 1.2 * glyph
    const visit = (n: number): boolean => {
      const gapX = Math.max(x0[n] as number, x0[k] as number) - Math.min(x1[n] as number, x1[k] as number)
      const gapY = Math.max(top[n] as number, top[k] as number) - Math.min(bottom[n] as number, bottom[k] as number)
      if (gapY < 0 && gapX >= 0 && gapX < nearestBeside) nearestBeside = gapX
      if (gapX < 0 && gapY >= 0 && gapY < nearestAbove) nearestAbove = gapY
      return Math.abs((top[n] as number) - (top[k] as number)) < 3 * glyph
    }
    for (let j = i - 1; j >= 0 && visit(order[j] as number); j--);
    for (let j = i + 1; j < order.length && visit(order[j] as number); j++);
    if (nearestBeside < nearestAbove) beside++
    else if (nearestAbove < nearestBeside) above++
  }
  return (beside - above) / Math.max(12, beside + above)
}

/**
 * Above 0: as it stands (or, `sideways`, after a clockwise quarter turn) the page is the right way up. Points and
 * commas between two digits tell: they share the lower edge of their line.
 */
function directionVote(
  components: Components,
  glyphs: Int32Array,
  glyph: number,
  page: BitImage,
  sideways: boolean,
): number {
  // Along the line and down the line; turned clockwise, the page's left is its top and its bottom its left.
  const start = sideways ? components.top : components.x0
  const end = sideways ? components.bottom : components.x1
  const upper = sideways ? components.x0 : components.top
  const lower = sideways ? components.x1 : components.bottom
  const order = [...glyphs].sort((p, q) => (upper[p] as number) - (upper[q] as number))
  const uppers = order.map((k) => upper[k] as number)
  const isDigitLike = (n: number): boolean => {
    const h = (lower[n] as number) - (upper[n] as number)
    return h >= 0.5 * glyph && h <= 1.1 * glyph && h >= 1.2 * ((end[n] as number) - (start[n] as number))
  }
  let low = 0
  let high = 0
  for (let k = 0; k < components.count; k++) {
    const w = (end[k] as number) - (start[k] as number)
    const h = (lower[k] as number) - (upper[k] as number)
    if (Math.max(w, h) > 0.38 * glyph || (components.area[k] as number) < 3) continue
    const middle = ((upper[k] as number) + (lower[k] as number)) / 2
    let before = -1
    let after = -1
    for (let i = firstAtLeast(uppers, middle - 1.2 * glyph); i < order.length; i++) {
      const n = order[i] as number
      if ((upper[n] as number) > middle + 0.3 * glyph) break
      if (!isDigitLike(n)) continue
      const gapBefore = (start[k] as number) - (end[n] as number)
      const gapAfter = (start[n] as number) - (end[k] as number)
      if (gapBefore >= -1 && gapBefore < 0.5 * glyph) before = n
      if (gapAfter >= -1 && gapAfter < 0.6 * glyph) after = n
    }
    if (before < 0 || after < 0) continue
    const slip = Math.abs((upper[before] as number) - (upper[after] as number))
    if (slip > 0.15 * glyph) continue
    const place = (middle - (upper[before] as number)) / ((lower[before] as number) - (upper[before] as number))
    if (place > 0.75 && place < 1.25) low++
    else if (place < 0.25 && place > -0.25) high++
  }
  const points = (low - high) / Math.sqrt(low + high + 4)
  return Math.max(-6, Math.min(6, 2 * points)) + 1.5 * titleVote(components, glyph, page, sideways)
}

function firstAtLeast(sorted: readonly number[], value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] as number) < value) from = middle + 1
    else to = middle
  }
  return from
}

/** 1 when print clearly bigger than the rest stands only in the first fifth of the page, -1 when only in the last. */
function titleVote(components: Components, glyph: number, page: BitImage, sideways: boolean): number {
  const length = sideways ? page.width : page.height
  let first = 0
  let last = 0
  for (let k = 0; k < components.count; k++) {
    const w = (components.x1[k] as number) - (components.x0[k] as number)
    const h = (components.bottom[k] as number) - (components.top[k] as number)
    if (Math.min(w, h) < 1.35 * glyph || Math.max(w, h) > 3.5 * glyph) continue
    const place = (sideways ? (components.x0[k] as number) : (components.top[k] as number)) / length
    if (place < 0.2) first++
    else if (place > 0.75) last++
  }
  return (first - last) / Math.max(4, first + last)
}

/** The best turn of a list of candidates. */
export function bestTurn(candidates: readonly OrientationCandidate[]): QuarterTurns {
  return candidates[0]?.quarterTurns ?? 0
}
