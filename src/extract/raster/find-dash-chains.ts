import type { BitImage } from './image.ts'
import type { Components } from './label-components.ts'

/** A dashed or dotted ruling as it lies on the page, in pixels: `across` is its middle at each of the `along` places. */
export interface DashChain {
  readonly isRow: boolean
  readonly along: readonly number[]
  readonly across: readonly number[]
  readonly thickness: number
}

/** A mark as a piece of a dashed ruling; `isCross` where two of them meet. */
interface Dash {
  readonly from: number
  readonly to: number
  readonly middle: number
  readonly thickness: number
  readonly isCross: boolean
}

interface Chain {
  readonly dashes: readonly Dash[]
  readonly pitch: number
}

const FEWEST_DASHES = 4
/** Share of the steps from dash to dash that must be alike. */
const REGULAR_SHARE = 0.7
/** Upright figures stand at least this many glyphs apart from row to row; upright dashes are closer, or longer. */
const LONGEST_PITCH = 1.1
const TALLEST_FIGURE = 1.15
/** In each stretch of so many glyphs of a break … */
const BREAK_STRETCH = 2.5
/** … the line is inked at least this share of what dashes ink elsewhere, and its clearer side at most that of the line. */
const BREAK_INK = 0.6
const BREAK_SIDE = 0.4

/**
 * Finds rows and columns of thin marks of one length at one distance: dashed and dotted rulings. A row of screen dots
 * (a shaded area) has others right beside it and is left out. `glyph` is the height of a full glyph, `components` are those of `ink`.
 */
export function findDashChains(ink: BitImage, components: Components, glyph: number): readonly DashChain[] {
  const { rows, columns } = findDashes(components, glyph)
  return [...chainsOf(rows, true, glyph, ink), ...chainsOf(columns, false, glyph, ink)]
}

function chainsOf(dashes: readonly Dash[], isRow: boolean, glyph: number, ink: BitImage): DashChain[] {
  const chains = withoutScreens(
    linkDashes(dashes, glyph).flatMap((linked) => asChain(linked, isRow, glyph)),
    glyph,
  )
  return joinChains(chains, glyph, (gap) => isInkedBreak(gap, ink, isRow, glyph)).map(({ dashes: joined }) => ({
    isRow,
    along: joined.flatMap((dash) => [dash.from, dash.to]),
    across: joined.flatMap((dash) => [dash.middle, dash.middle]),
    thickness: median(joined.map((dash) => dash.thickness)),
  }))
}

/** Marks thin enough for a ruling: flat ones, upright ones, dots as both, and crossings as both. */
function findDashes(components: Components, glyph: number): { rows: Dash[]; columns: Dash[] } {
  const { count, x0, x1, top, bottom, area } = components
  const rows: Dash[] = []
  const columns: Dash[] = []
  const thickest = Math.max(3, 0.25 * glyph)
  const crossings: number[] = []
  for (let k = 0; k < count; k++) {
    const [left, right, up, down] = [x0[k] as number, x1[k] as number, top[k] as number, bottom[k] as number]
    const w = right - left
    const h = down - up
    if (Math.max(w, h) > 1.8 * glyph || (area[k] as number) < 2) continue
    // A blurred dot is a rhomb.
    const isFilled = (area[k] as number) >= 0.5 * w * h
    if (isFilled && h <= thickest && w >= 0.8 * h) {
      rows.push({ from: left, to: right, middle: (up + down) / 2, thickness: h, isCross: false })
    }
    if (isFilled && w <= thickest && h >= 0.8 * w) {
      columns.push({ from: up, to: down, middle: (left + right) / 2, thickness: w, isCross: false })
    }
    if (Math.min(w, h) >= 3 && (area[k] as number) <= thickest * (w + h)) crossings.push(k)
  }
  for (const { row, column } of measureCrossings(components, crossings)) {
    rows.push(row)
    columns.push(column)
  }
  return { rows: rows.toSorted((a, b) => a.from - b.from), columns: columns.toSorted((a, b) => a.from - b.from) }
}

/** Which of the candidates have one full row and one full column of ink: crosses, tees and corners. */
function measureCrossings(components: Components, candidates: readonly number[]): { row: Dash; column: Dash }[] {
  const { count, runY, runStart, runEnd, runOf, x0, x1, top, bottom, area } = components
  const slot = new Int32Array(count).fill(-1)
  const heaps = candidates.map((k, i) => {
    slot[k] = i
    return {
      rows: new Int32Array((bottom[k] as number) - (top[k] as number)),
      columns: new Int32Array((x1[k] as number) - (x0[k] as number)),
    }
  })
  for (let i = 0; i < runY.length; i++) {
    const k = runOf[i] as number
    const heap = heaps[slot[k] as number]
    if (heap === undefined) continue
    const y = (runY[i] as number) - (top[k] as number)
    heap.rows[y] = (heap.rows[y] as number) + (runEnd[i] as number) - (runStart[i] as number)
    for (let x = runStart[i] as number; x < (runEnd[i] as number); x++) {
      const column = x - (x0[k] as number)
      heap.columns[column] = (heap.columns[column] as number) + 1
    }
  }
  return candidates.flatMap((k, i) => {
    const heap = heaps[i]
    const y = heap === undefined ? null : fullPlace(heap.rows, heap.columns.length)
    const x = heap === undefined ? null : fullPlace(heap.columns, heap.rows.length)
    if (x === null || y === null || heap === undefined) return []
    const thickness = Math.max(1, (area[k] as number) / (heap.rows.length + heap.columns.length))
    const [left, up] = [x0[k] as number, top[k] as number]
    return [
      {
        row: { from: left, to: x1[k] as number, middle: up + y, thickness, isCross: true },
        column: { from: up, to: bottom[k] as number, middle: left + x, thickness, isCross: true },
      },
    ]
  })
}

/** The middle of the lines that are inked nearly from side to side; null where there are none. */
function fullPlace(heap: Int32Array, length: number): number | null {
  let sum = 0
  let count = 0
  for (const [i, ink] of heap.entries()) {
    if (ink < 0.75 * length) continue
    sum += i + 0.5
    count++
  }
  return count === 0 ? null : sum / count
}

/** Each dash with the next one on its line, as far as they go. `dashes` are sorted by their start. */
function linkDashes(dashes: readonly Dash[], glyph: number): Dash[][] {
  const byBand = new Map<number, Dash[][]>()
  const chains: Dash[][] = []
  const slack = Math.max(1, 0.06 * glyph)
  const band = (middle: number): number => Math.floor(middle / 4)
  for (const dash of dashes) {
    const near = [-1, 0, 1].flatMap((d) => byBand.get(band(dash.middle) + d) ?? [])
    const fitting = near.filter((chain) => {
      const last = chain.at(-1)
      return last !== undefined && follows(last, dash, slack, glyph)
    })
    const nearest = fitting.sort((a, b) => (b.at(-1)?.to ?? 0) - (a.at(-1)?.to ?? 0))[0]
    const chain = nearest ?? []
    const before = chain.at(-1)
    chain.push(dash)
    if (nearest === undefined) chains.push(chain)
    if (before !== undefined && band(before.middle) === band(dash.middle)) continue
    if (before !== undefined) {
      const old = byBand.get(band(before.middle))
      old?.splice(old.indexOf(chain), 1)
    }
    byBand.set(band(dash.middle), [...(byBand.get(band(dash.middle)) ?? []), chain])
  }
  return chains
}

function follows(last: Dash, dash: Dash, slack: number, glyph: number): boolean {
  const gap = dash.from - last.to
  const longest = Math.max(last.to - last.from, dash.to - dash.from)
  const isAlike = Math.abs(last.thickness - dash.thickness) <= Math.max(2, 0.5 * last.thickness)
  return (
    gap >= -1 &&
    gap <= Math.min(glyph, 2.2 * longest + 2) &&
    Math.abs(last.middle - dash.middle) <= slack &&
    (isAlike || last.isCross || dash.isCross)
  )
}

/** The linked dashes if they are regular enough for a ruling. */
function asChain(dashes: readonly Dash[], isRow: boolean, glyph: number): Chain[] {
  const plain = dashes.filter((dash) => !dash.isCross)
  const [first, last] = [dashes[0], dashes.at(-1)]
  if (plain.length < FEWEST_DASHES || first === undefined || last === undefined) return []
  if (dashes.length < FEWEST_DASHES + 1 || last.to - first.from < 1.5 * glyph) return []
  const steps = dashes.flatMap((dash, i) => {
    const next = dashes[i + 1]
    return next === undefined || next.isCross || dash.isCross ? [] : [next.from - dash.from]
  })
  const length = median(plain.map((dash) => dash.to - dash.from))
  const pitch = median(steps)
  const share = (values: readonly number[], isUsual: (value: number) => boolean): number =>
    values.filter(isUsual).length / Math.max(1, values.length)
  // Two or three dashes can run into one.
  const isStep = (step: number): boolean => {
    const times = Math.min(3, Math.max(1, Math.round(step / pitch)))
    return Math.abs(step - times * pitch) <= Math.max(1.5, 0.3 * pitch)
  }
  const isLength = (dash: Dash): boolean => dash.to - dash.from <= length + 2 * pitch
  const isRegular =
    steps.length >= 3 &&
    share(steps, isStep) >= REGULAR_SHARE &&
    plain.filter(isLength).length >= REGULAR_SHARE * plain.length
  const isDense = pitch <= LONGEST_PITCH * glyph || isRow || length >= TALLEST_FIGURE * glyph
  return isRegular && isDense ? [{ dashes, pitch }] : []
}

/** Leaves out chains with a neighbour closer than any two rulings: dots of a screened area. */
function withoutScreens(chains: readonly Chain[], glyph: number): readonly Chain[] {
  const sorted = chains.toSorted((a, b) => middleOf(a) - middleOf(b))
  return sorted.filter((chain, i) => {
    for (const step of [-1, 1]) {
      for (let k = i + step; k >= 0 && k < sorted.length; k += step) {
        const other = sorted[k] as Chain
        const distance = Math.abs(middleOf(other) - middleOf(chain))
        if (distance > 0.45 * glyph) break
        if (distance > 1.5 && startOf(other) < endOf(chain) && endOf(other) > startOf(chain)) return false
      }
    }
    return true
  })
}

/** Joins chains of one line that break off only where something crosses or touches them. */
function joinChains(chains: readonly Chain[], glyph: number, isInked: (gap: Break) => boolean): Chain[] {
  const joined: Chain[] = []
  for (const chain of chains.toSorted((a, b) => startOf(a) - startOf(b))) {
    const k = joined.findIndex((before) => {
      const gap = startOf(chain) - endOf(before)
      const end = before.dashes.at(-1)?.middle ?? 0
      const isOnLine = Math.abs(end - (chain.dashes[0]?.middle ?? 0)) <= Math.max(1.5, 0.1 * glyph)
      const isAlike = Math.abs(chain.pitch - before.pitch) <= 0.3 * before.pitch + 1
      if (!isOnLine || !isAlike || gap < -1) return false
      return gap <= Math.min(glyph, 3 * before.pitch) || isInked({ before, chain })
    })
    const before = joined[k]
    if (before === undefined) joined.push(chain)
    else joined[k] = { dashes: [...before.dashes, ...chain.dashes], pitch: before.pitch }
  }
  return joined
}

/** Two chains of one line, and what lies between them. */
interface Break {
  readonly before: Chain
  readonly chain: Chain
}

/**
 * Whether the line goes on through a break: print that touches dashes makes them parts of glyphs, but the line stays
 * inked as elsewhere, and white on one side at least; text that runs over the line is inked on both.
 */
function isInkedBreak({ before, chain }: Break, ink: BitImage, isRow: boolean, glyph: number): boolean {
  const last = before.dashes.at(-1)
  const first = chain.dashes[0]
  if (last === undefined || first === undefined) return false
  const thickness = median([...before.dashes, ...chain.dashes].map((dash) => dash.thickness))
  const shareAt = (from: number, to: number, middle: number): number => {
    let inked = 0
    for (let t = from; t < to; t++) if (isSet(ink, t, Math.floor(middle), isRow)) inked++
    return inked / Math.max(1, to - from)
  }
  const usual = shareAt(startOf(before), endOf(before), last.middle)
  const middle = (last.middle + first.middle) / 2
  const beside = Math.ceil(thickness / 2 + Math.max(1.5, 0.1 * glyph))
  const stretches = Math.ceil((first.from - last.to) / (BREAK_STRETCH * glyph))
  const length = (first.from - last.to) / stretches
  return Array.from({ length: stretches }, (_, i) => last.to + i * length).every((from) => {
    const share = (offset: number): number => shareAt(Math.round(from), Math.round(from + length), middle + offset)
    return share(0) >= BREAK_INK * usual && Math.min(share(-beside), share(beside)) <= BREAK_SIDE * share(0)
  })
}

function isSet({ width, height, data }: BitImage, along: number, across: number, isRow: boolean): boolean {
  const [x, y] = isRow ? [along, across] : [across, along]
  return x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1
}

function startOf(chain: Chain): number {
  return chain.dashes[0]?.from ?? 0
}

function endOf(chain: Chain): number {
  return chain.dashes.at(-1)?.to ?? 0
}

function middleOf(chain: Chain): number {
  return median(chain.dashes.map((dash) => dash.middle))
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}
