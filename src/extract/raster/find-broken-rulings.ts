import type { DashChain } from './find-dash-chains.ts'
import type { BitImage } from './image.ts'
import { type Components, labelComponents, runLookup } from './label-components.ts'
import { nextSet, toMaskBytes, transposeMask } from './scan-mask.ts'

/** A thin straight piece of ink, in pixels: `y0` and `y1` are its middle at its two ends. */
interface Bar {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
  readonly thickness: number
}

/** All lengths in heights of a full glyph. */
const THICKEST = 0.32
const SHORTEST_BAR = 0.15
/** Pieces further apart are left to those who judge the edges of cells: a ruling may really end there. */
const WIDEST_GAP = 1.5
/** No stroke of print is as long: a chain without such a piece may be strokes of a line of text. */
const LONG_ROW_BAR = 1.8
const LONG_COLUMN_BAR = 1.25
const SHORTEST_ROW = 5
const SHORTEST_COLUMN = 2.4
/** No glyph is larger; one has more ink than so many times its box's half outline, at the thickness of its strokes. */
const LARGEST_GLYPH = 1.8
const STROKES = 1.3
/** The share of a chain that ink covers, and the share that long pieces do. */
const COVERED_SHARE = 0.5
const LONG_SHARE = 0.3

interface MarkSize {
  readonly width: number
  readonly height: number
  readonly area: number
}

/** The connected mark of ink at a pixel; null on paper. */
type MarkAt = (x: number, y: number) => MarkSize | null

/**
 * Finds rulings that wear or a scanner's threshold broke into pieces of any length: thin bars of ink that lie on one
 * line, at least some of them longer than any stroke of print. `components` are the marks of `ink`, print included;
 * `glyph` the height of a full glyph. Whole rulings come out too, as chains of one bar.
 */
export function findBrokenRulings(ink: BitImage, components: Components, glyph: number): readonly DashChain[] {
  const markAt = markLookup(components)
  const rows = { ink, markAt, isRow: true, longBar: LONG_ROW_BAR * glyph, shortest: SHORTEST_ROW * glyph }
  const columns = {
    ink: transposeMask(ink),
    markAt: (x: number, y: number) => markAt(y, x),
    isRow: false,
    longBar: LONG_COLUMN_BAR * glyph,
    shortest: SHORTEST_COLUMN * glyph,
  }
  return [...chainsOf(rows, glyph), ...chainsOf(columns, glyph)]
}

function markLookup(components: Components): MarkAt {
  const runAt = runLookup(components)
  const { runOf, x0, x1, top, bottom, area } = components
  return (x, y) => {
    const k = runOf[runAt(x, y)]
    if (k === undefined) return null
    return {
      width: (x1[k] as number) - (x0[k] as number),
      height: (bottom[k] as number) - (top[k] as number),
      area: area[k] as number,
    }
  }
}

/** One direction's search; for columns everything is transposed. Lengths in pixels. */
interface Direction {
  readonly ink: BitImage
  readonly markAt: MarkAt
  readonly isRow: boolean
  readonly longBar: number
  readonly shortest: number
}

function chainsOf({ ink, markAt, isRow, longBar, shortest }: Direction, glyph: number): DashChain[] {
  const thickest = Math.max(3, Math.round(THICKEST * glyph))
  const bars = toBars(labelComponents(thinPixels(ink, thickest)), glyph, thickest)
  const pieces = bars.filter((bar) => bar.x1 - bar.x0 >= longBar || !isStroke(bar, markAt, glyph))
  return linkBars(pieces, glyph)
    .filter((chain) => isRuling(chain, longBar, shortest))
    .map((chain) => ({
      isRow,
      along: chain.flatMap((bar) => [bar.x0, bar.x1]),
      across: chain.flatMap((bar) => [bar.y0, bar.y1]),
      thickness: usualThickness(chain),
    }))
}

/** The pixels whose ink is no thicker than `thickest` across the row: bars, and strokes of print. */
function thinPixels({ width, height, data }: BitImage, thickest: number): BitImage {
  const thin = new Uint8Array(data.length)
  // For each column the row in which its ink began.
  const begun = new Int32Array(width)
  const ink = toMaskBytes(data)
  for (let y = 0; y < height; y++) {
    const [base, limit] = [y * width, (y + 1) * width]
    for (let i = nextSet(ink, base, limit); i < limit; i = nextSet(ink, i + 1, limit)) {
      const x = i - base
      if (y === 0 || data[i - width] === 0) begun[x] = y
      const start = begun[x] as number
      if (y - start >= thickest || (y + 1 < height && data[i + width] !== 0)) continue
      for (let j = start * width + x; j <= i; j += width) thin[j] = 1
    }
  }
  return { width, height, data: thin }
}

/** Components that are long, thin and straight; `y0` and `y1` from the ink of their first and last few columns. */
function toBars(components: Components, glyph: number, thickest: number): Bar[] {
  const { count, x0, x1, top, bottom, area } = components
  const ends = measureEnds(components, Math.max(2, Math.round(0.3 * glyph)))
  const bars: Bar[] = []
  for (let k = 0; k < count; k++) {
    const width = (x1[k] as number) - (x0[k] as number)
    const height = (bottom[k] as number) - (top[k] as number)
    const thickness = (area[k] as number) / Math.max(1, width)
    // A long ruling may climb a little, by what is left of the skew, or bow.
    const isFlat = height <= thickest + 0.05 * width
    if (width < SHORTEST_BAR * glyph || width < 1.4 * thickness || !isFlat) continue
    bars.push({ x0: x0[k] as number, x1: x1[k] as number, y0: ends.left(k), y1: ends.right(k), thickness })
  }
  return bars.toSorted((a, b) => a.x0 - b.x0)
}

/** Whether a piece is a stroke of a glyph: its whole mark is compact and has more ink than two crossing bars. */
function isStroke(bar: Bar, markAt: MarkAt, glyph: number): boolean {
  const mark = markAt(Math.floor((bar.x0 + bar.x1) / 2), Math.floor((bar.y0 + bar.y1) / 2))
  if (mark === null) return false
  const [small, big] = [Math.min(mark.width, mark.height), Math.max(mark.width, mark.height)]
  const isCompact = big <= LARGEST_GLYPH * glyph && small > 2 * bar.thickness
  return isCompact && mark.area > STROKES * bar.thickness * (mark.width + mark.height)
}

interface BarEnds {
  left(component: number): number
  right(component: number): number
}

/** The middle of each component over its first and its last `reach` columns. */
function measureEnds({ count, runY, runStart, runEnd, runOf, x0, x1 }: Components, reach: number): BarEnds {
  const sums = { left: new Float64Array(count), right: new Float64Array(count) }
  const weights = { left: new Float64Array(count), right: new Float64Array(count) }
  const add = (side: 'left' | 'right', k: number, y: number, columns: number): void => {
    if (columns <= 0) return
    sums[side][k] = (sums[side][k] as number) + y * columns
    weights[side][k] = (weights[side][k] as number) + columns
  }
  for (let i = 0; i < runY.length; i++) {
    const k = runOf[i] as number
    const y = (runY[i] as number) + 0.5
    const [start, end] = [runStart[i] as number, runEnd[i] as number]
    add('left', k, y, Math.min(end, (x0[k] as number) + reach) - start)
    add('right', k, y, end - Math.max(start, (x1[k] as number) - reach))
  }
  const mean = (side: 'left' | 'right', k: number): number =>
    (sums[side][k] as number) / Math.max(1, weights[side][k] as number)
  return { left: (k) => mean('left', k), right: (k) => mean('right', k) }
}

/** Each bar with the nearest one that goes on with it, as far as they go. `bars` are sorted by their start. */
function linkBars(bars: readonly Bar[], glyph: number): Bar[][] {
  const chains: Bar[][] = []
  const byBand = new Map<number, Bar[][]>()
  const bandHeight = Math.max(4, Math.round(0.25 * glyph))
  const bandOf = (y: number): number => Math.floor(y / bandHeight)
  for (const bar of bars) {
    const near = [-1, 0, 1].flatMap((step) => byBand.get(bandOf(bar.y0) + step) ?? [])
    let best: Bar[] | null = null
    let least = Number.POSITIVE_INFINITY
    for (const chain of near) {
      const miss = missOf(chain, bar, glyph)
      if (miss < least) [best, least] = [chain, miss]
    }
    if (best === null) {
      best = []
      chains.push(best)
    }
    const before = best.at(-1)
    if (before !== undefined) {
      const old = byBand.get(bandOf(before.y1)) ?? []
      old.splice(old.indexOf(best), 1)
    }
    best.push(bar)
    const band = byBand.get(bandOf(bar.y1))
    if (band === undefined) byBand.set(bandOf(bar.y1), [best])
    else band.push(best)
  }
  return chains
}

/** How badly a bar goes on with a chain (0 perfectly); infinite where it does not. */
function missOf(chain: readonly Bar[], bar: Bar, glyph: number): number {
  const last = chain.at(-1)
  if (last === undefined) return Number.POSITIVE_INFINITY
  const gap = bar.x0 - last.x1
  if (gap < -0.2 * glyph || gap > WIDEST_GAP * glyph) return Number.POSITIVE_INFINITY
  const step = Math.abs(bar.y0 - last.y1)
  const allowed = Math.max(1.6, 0.07 * glyph) + 0.02 * Math.max(0, gap)
  if (step > allowed) return Number.POSITIVE_INFINITY
  const isAlike =
    Math.abs(bar.thickness - last.thickness) <= Math.max(2.5, 0.6 * Math.max(bar.thickness, last.thickness))
  return isAlike ? step / allowed + Math.max(0, gap) / (WIDEST_GAP * glyph) : Number.POSITIVE_INFINITY
}

function isRuling(chain: readonly Bar[], longBar: number, shortest: number): boolean {
  const [first, last] = [chain[0], chain.at(-1)]
  if (first === undefined || last === undefined) return false
  const extent = last.x1 - first.x0
  if (extent < shortest) return false
  const lengthOf = (some: readonly Bar[]): number => some.reduce((sum, bar) => sum + bar.x1 - bar.x0, 0)
  const long = lengthOf(chain.filter((bar) => bar.x1 - bar.x0 >= longBar))
  return long >= LONG_SHARE * extent && lengthOf(chain) >= COVERED_SHARE * extent
}

/** The thickness up to which half of the chain's length lies. */
function usualThickness(chain: readonly Bar[]): number {
  const sorted = chain.toSorted((a, b) => a.thickness - b.thickness)
  const half = sorted.reduce((sum, bar) => sum + bar.x1 - bar.x0, 0) / 2
  let seen = 0
  for (const bar of sorted) {
    seen += bar.x1 - bar.x0
    if (seen >= half) return bar.thickness
  }
  return 1
}
