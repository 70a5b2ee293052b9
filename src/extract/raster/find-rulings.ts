import { dropShowThrough } from './drop-show-through.ts'
import { findRidges } from './find-ridges.ts'
import type { Darkness } from './image.ts'
import { type Components, labelComponents } from './label-components.ts'

/** Beyond this darkness, darker is not more of a ruling. */
const STRONGEST = 120
/** Rulings with less than this share of the usual strength are those of another page that shine through the paper. */
const SHOW_THROUGH = 0.28
/** Short pieces with less than this share are strokes of print that stand over each other. */
const STRAY_PRINT = 0.6
/** The side of a frame is at most so many times as thick as its top. */
const SIDE_THICKNESS = 2
/** Paper beside a ruling is found within this many pixels. */
const NEAR_RULING = 12
/** Two sides of a frame meet this near, in glyph heights. */
const SAME_CORNER = 0.7

/** Where a trace is sampled: every so many pixels along it. */
export const TRACE_STEP_PX = 8

/**
 * A ruling as it lies on the page, curved or not, in pixels. A horizontal one runs over x = start..end and lies at
 * y = positions[i] at x = start + (i + 0.5) * TRACE_STEP_PX; a vertical one the same with x and y exchanged.
 */
export interface RulingTrace {
  readonly orientation: 'horizontal' | 'vertical'
  readonly start: number
  readonly end: number
  readonly positions: Float32Array
  readonly thickness: number
  /** How much darker than its sides, 0 to 120: beyond that, darker is not more of a ruling. */
  readonly strength: number
}

/** A part of the page along a ruling, in pixels (half-open). */
export type Stretch = readonly [from: number, to: number]

/** The middle of the trace across its direction, at a place along it (clamped to its ends). */
export function traceAt({ start, positions }: RulingTrace, along: number): number {
  const place = (along - start) / TRACE_STEP_PX - 0.5
  const low = Math.min(positions.length - 1, Math.max(0, Math.floor(place)))
  const high = Math.min(positions.length - 1, low + 1)
  const share = Math.min(1, Math.max(0, place - low))
  return (positions[low] as number) * (1 - share) + (positions[high] as number) * share
}

/**
 * Everything on the page that could be a ruling: thin, dark against both sides, longer than print. Faint, dotted and
 * broken ones are caught by averaging along the direction; slopes and bows are followed. Some strokes of print pass:
 * who builds the grid sorts them out. `glyph` is the height of a full glyph.
 */
export function findRulings(darkness: Darkness, glyph: number): readonly RulingTrace[] {
  // Rows can be hardly higher than their print, so verticals are averaged over less and may be shorter.
  const found = dropShowThrough(
    [
      ...tracesOf(darkness, 'horizontal', glyph, 1.2 * glyph, 2.6 * glyph),
      ...tracesOf(darkness, 'vertical', glyph, 0.6 * glyph, 1.5 * glyph),
    ],
    glyph,
  )
  const horizontals = found.filter(({ orientation }) => orientation === 'horizontal')
  const verticals = found.filter(({ orientation }) => orientation === 'vertical')
  const isSide = (trace: RulingTrace): boolean => turnsCorner(trace, horizontals, 8 * glyph, SAME_CORNER * glyph)
  return [...likeTheUsual(horizontals, 8 * glyph), ...likeTheUsual(verticals, 4 * glyph, isSide)]
}

/**
 * Whether a vertical piece turns off the end of a long horizontal about as thick: the side of a frame around a row or two, which is
 * often drawn much thicker than the rulings inside.
 */
function turnsCorner(
  { start, end, positions, thickness }: RulingTrace,
  horizontals: readonly RulingTrace[],
  long: number,
  slack: number,
): boolean {
  const corners = [
    [positions[0] as number, start],
    [positions.at(-1) as number, end],
  ] as const
  return horizontals.some((other) => {
    if (other.end - other.start < long || thickness > SIDE_THICKNESS * other.thickness) return false
    return corners.some(([x, y]) => {
      const isEnd = Math.min(Math.abs(other.start - x), Math.abs(other.end - x)) <= slack
      return isEnd && Math.abs(traceAt(other, x) - y) <= slack
    })
  })
}

/**
 * Leaves out what is far fainter than the usual ruling of the page, and short pieces that differ from it much: print
 * that stands aligned in tight rows; not what `isSide` knows for the side of a frame. Compared with the upper quarter of all length, because what shines through can be
 * half of all there is.
 */
function likeTheUsual(
  traces: readonly RulingTrace[],
  long: number,
  isSide: (trace: RulingTrace) => boolean = () => false,
): readonly RulingTrace[] {
  const total = traces.reduce((sum, { start, end }) => sum + end - start, 0)
  const strength = atShare(traces, 0.75 * total, (trace) => trace.strength)
  const strong = traces.filter((trace) => trace.strength >= STRAY_PRINT * strength)
  const strongTotal = strong.reduce((sum, { start, end }) => sum + end - start, 0)
  const thickness = atShare(strong, 0.5 * strongTotal, (trace) => trace.thickness)
  return traces.filter((trace) => {
    if (trace.end - trace.start >= long) return trace.strength >= SHOW_THROUGH * strength
    const isThin = trace.thickness <= Math.max(2.2 * thickness, thickness + 3)
    return trace.strength >= STRAY_PRINT * strength && (isThin || isSide(trace))
  })
}

/** The value up to which `length` of all traces lies. */
function atShare(traces: readonly RulingTrace[], length: number, measureOf: (trace: RulingTrace) => number): number {
  let seen = 0
  for (const trace of traces.toSorted((a, b) => measureOf(a) - measureOf(b))) {
    seen += trace.end - trace.start
    if (seen >= length) return measureOf(trace)
  }
  return 0
}

function tracesOf(
  darkness: Darkness,
  orientation: RulingTrace['orientation'],
  glyph: number,
  window: number,
  shortest: number,
): RulingTrace[] {
  const reach = Math.max(4, Math.round(window / 2))
  const cap = Math.min(60, Math.max(12, 0.3 * darkness.ink, 4 * darkness.noise))
  const side = Math.max(3, Math.round(0.2 * glyph))
  const threshold = Math.max(0.22 * cap, (4 * darkness.noise) / Math.sqrt(2 * reach))
  const components = labelComponents(findRidges(darkness, orientation, { reach, cap, side, threshold }), 2)
  return componentTraces(components, orientation, darkness, glyph, shortest, reach)
}

function componentTraces(
  components: Components,
  orientation: RulingTrace['orientation'],
  darkness: Darkness,
  glyph: number,
  shortest: number,
  reach: number,
): RulingTrace[] {
  const { count, x0, x1, top, bottom, area } = components
  const slot = new Int32Array(count).fill(-1)
  const kept: { k: number; sums: Float64Array; weights: Float64Array }[] = []
  for (let k = 0; k < count; k++) {
    const length = (x1[k] as number) - (x0[k] as number)
    const spread = (bottom[k] as number) - (top[k] as number)
    if (length < shortest || spread > Math.max(0.8 * glyph, 0.08 * length)) continue
    if ((area[k] as number) / length > 0.6 * glyph) continue
    slot[k] = kept.length
    const bins = Math.ceil(length / TRACE_STEP_PX)
    kept.push({ k, sums: new Float64Array(bins), weights: new Float64Array(bins) })
  }
  gatherBins(components, slot, kept)
  return kept.flatMap(({ k, sums, weights }) => {
    const start = x0[k] as number
    const positions = fillGaps(sums, weights)
    const trace = { orientation, start, end: x1[k] as number, positions, thickness: 1, strength: 0 }
    return trimTrace(trace, darkness, reach, glyph)
  })
}

function gatherBins(
  { runY, runStart, runEnd, runOf, x0 }: Components,
  slot: Int32Array,
  kept: readonly { sums: Float64Array; weights: Float64Array }[],
): void {
  for (let i = 0; i < runY.length; i++) {
    const component = runOf[i] as number
    const target = kept[slot[component] as number]
    if (target === undefined) continue
    const origin = x0[component] as number
    const y = (runY[i] as number) + 0.5
    for (let x = runStart[i] as number; x < (runEnd[i] as number); x++) {
      const bin = Math.floor((x - origin) / TRACE_STEP_PX)
      target.sums[bin] = (target.sums[bin] as number) + y
      target.weights[bin] = (target.weights[bin] as number) + 1
    }
  }
}

function fillGaps(sums: Float64Array, weights: Float64Array): Float32Array {
  const positions = new Float32Array(sums.length)
  let last = 0
  for (let i = 0; i < sums.length; i++) {
    const weight = weights[i] as number
    positions[i] = weight > 0 ? (sums[i] as number) / weight : last
    last = positions[i] as number
  }
  return positions
}

/** Cuts off what averaging added to the ends, and measures the thickness; nothing is left of what had no dark core. */
function trimTrace(trace: RulingTrace, darkness: Darkness, reach: number, glyph: number): RulingTrace[] {
  const { width, height, data } = darkness
  const isRow = trace.orientation === 'horizontal'
  const [alongStep, acrossStep, across] = isRow ? [1, width, height] : [width, 1, width]
  const half = NEAR_RULING + Math.round(glyph / 2)
  const profile = new Float64Array(2 * half + 1)
  const threshold = Math.max(6, 3 * darkness.noise)
  const isDark = (x: number): boolean => {
    const y = Math.floor(traceAt(trace, x))
    for (let d = -2; d <= 2; d++) {
      if (y + d < 0 || y + d >= across) continue
      if ((data[(y + d) * acrossStep + x * alongStep] as number) >= threshold) return true
    }
    return false
  }
  let start = trace.start
  let end = trace.end
  for (let k = 0; k < reach && start < end && !isDark(start); k++) start++
  for (let k = 0; k < reach && start < end && !isDark(end - 1); k++) end--
  if (end - start < TRACE_STEP_PX) return []
  let samples = 0
  for (let x = start; x < end; x += 3) {
    samples++
    const y = Math.floor(traceAt(trace, x))
    for (let d = -half; d <= half; d++) {
      if (y + d < 0 || y + d >= across) continue
      const value = data[(y + d) * acrossStep + x * alongStep] as number
      profile[d + half] = (profile[d + half] as number) + Math.min(STRONGEST, value)
    }
  }
  const shift = Math.floor((start - trace.start) / TRACE_STEP_PX)
  const floor = Math.min(...profile.subarray(half - NEAR_RULING, half + NEAR_RULING + 1))
  const { low, high } = extentAtHalf(profile, floor, Math.max(4, Math.round(0.25 * glyph)))
  const positions = trace.positions
    .subarray(shift, shift + Math.ceil((end - start) / TRACE_STEP_PX) + 1)
    .map((position) => position + (low + high) / 2)
  const strength = (Math.max(...profile.subarray(half - 2, half + 3)) - floor) / samples
  return [{ ...trace, start: trace.start + shift * TRACE_STEP_PX, end, positions, thickness: high - low + 1, strength }]
}

/**
 * How far the ruling reaches before and behind its middle; both lines of a double one, up to `gap` apart, where the profile holds both
 * whole: of a line that runs out of it nobody knows where its middle is.
 */
function extentAtHalf(
  profile: Float64Array,
  floor: number,
  gap: number,
): { readonly low: number; readonly high: number } {
  const middle = (profile.length - 1) / 2
  let peak = middle
  for (let d = -2; d <= 2; d++) if ((profile[middle + d] as number) > (profile[peak] as number)) peak = middle + d
  const limit = floor + ((profile[peak] as number) - floor) / 2
  const isInk = (i: number): boolean => (profile[i] as number) > limit
  const reachOf = (step: -1 | 1): number => {
    let own = peak
    while (isInk(own + step)) own += step
    let far = own
    for (let i = own; i in profile && Math.abs(i - far) <= gap; i += step) if (isInk(i)) far = i
    return far + step in profile ? far : own
  }
  return { low: reachOf(-1) - middle, high: reachOf(1) - middle }
}
