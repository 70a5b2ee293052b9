import { type Dash, findDashes } from './find-dashes.ts'
import type { BitImage } from './image.ts'
import type { Components } from './label-components.ts'

/** A dashed or dotted ruling as it lies on the page, in pixels: `across` is its middle at each of the `along` places. */
export interface DashChain {
  readonly isRow: boolean
  readonly along: readonly number[]
  readonly across: readonly number[]
  readonly thickness: number
}

interface Chain {
  readonly dashes: readonly Dash[]
  readonly pitch: number
}

const FEWEST_DASHES = 4
/** Share of the steps from dash to dash that must be alike. */
const REGULAR_SHARE = 0.7
/** At least so many of the steps are single ones, and all are multiples of those, this exactly. */
const SHORT_STEPS = 0.2
const SAME_STEP = 0.25
/** Upright figures stand at least this many glyphs apart from row to row; upright dashes are closer, or longer. */
const LONGEST_PITCH = 1.1
const TALLEST_FIGURE = 1.15
/** Marks that run together hide this much of a dashed line, in glyphs, and ink it at least so much. */
const LONGEST_BRIDGE = 3
const BRIDGE_INK = 0.55
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
  const plain = linkDashes(dashes, glyph, () => false).flatMap((linked) => asChain(linked, isRow, glyph))
  const taken = new Set(plain.flatMap((chain) => chain.dashes))
  // What is no ruling by itself may be one with what runs together between.
  const bridged = linkDashes(dashes, glyph, (last, next) => isBridged(last, next, ink, isRow, glyph))
    .filter((linked) => linked.some((dash) => !taken.has(dash)))
    .flatMap((linked) => asChain(linked, isRow, glyph))
  const isNew = new Set(bridged)
  const more = withoutScreens([...plain, ...bridged], glyph).filter((chain) => isNew.has(chain))
  const chains = [...withoutScreens(plain, glyph), ...more]
  return joinChains(chains, glyph, (gap) => goesOn(gap, ink, isRow, glyph)).map(({ dashes: joined }) => ({
    isRow,
    along: joined.flatMap((dash) => [dash.from, dash.to]),
    across: joined.flatMap((dash) => [dash.middle, dash.middle]),
    thickness: median(joined.map((dash) => dash.thickness)),
  }))
}

/** Each dash with the next one on its line, as far as they go. `dashes` are sorted by their start. */
function linkDashes(
  dashes: readonly Dash[],
  glyph: number,
  isBridgedBy: (last: Dash, next: Dash) => boolean,
): Dash[][] {
  const byBand = new Map<number, Dash[][]>()
  const chains: Dash[][] = []
  const slack = Math.max(1, 0.06 * glyph)
  const band = (middle: number): number => Math.floor(middle / 4)
  for (const dash of dashes) {
    const near = [-1, 0, 1].flatMap((d) => byBand.get(band(dash.middle) + d) ?? [])
    const fitting = near.filter((chain) => {
      const last = chain.at(-1)
      return last !== undefined && (follows(last, dash, slack, glyph) || isBridgedBy(last, dash))
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

/**
 * Whether two dashes are of one line that is inked between them as dashes are: where rulings of a coarse scan cross, their dashes run
 * together to one mark.
 */
function isBridged(last: Dash, dash: Dash, ink: BitImage, isRow: boolean, glyph: number): boolean {
  const gap = dash.from - last.to
  const isOnLine = Math.abs(last.middle - dash.middle) <= Math.max(1, 0.06 * glyph)
  const isAlike = Math.abs(last.thickness - dash.thickness) <= 1
  if (gap <= 0 || gap > LONGEST_BRIDGE * glyph || !isOnLine || !isAlike) return false
  return shareOfInk(ink, isRow, last.to, dash.from, (last.middle + dash.middle) / 2) >= BRIDGE_INK
}

/** The linked dashes if they are regular enough for a ruling. */
function asChain(dashes: readonly Dash[], isRow: boolean, glyph: number): Chain[] {
  const plain = dashes.filter((dash) => !dash.isCross)
  const [first, last] = [dashes[0], dashes.at(-1)]
  if (plain.length < FEWEST_DASHES || first === undefined || last === undefined) return []
  if (dashes.length < FEWEST_DASHES + 1 || last.to - first.from < 1.5 * glyph) return []
  const steps = dashes.flatMap((dash, i) => {
    const next = dashes[i + 1]
    const isBroken = next === undefined || next.isCross || dash.isCross || next.from - dash.to > glyph
    return isBroken ? [] : [next.from - dash.from]
  })
  const length = median(plain.map((dash) => dash.to - dash.from))
  const share = (values: readonly number[], isUsual: (value: number) => boolean): number =>
    values.filter(isUsual).length / Math.max(1, values.length)
  const isRegular = (pitch: number): boolean => {
    // Two or three dashes can run into one.
    const isStep = (step: number): boolean => {
      const times = Math.min(3, Math.max(1, Math.round(step / pitch)))
      return Math.abs(step - times * pitch) <= Math.max(1.5, 0.3 * pitch)
    }
    const isLength = (dash: Dash): boolean => dash.to - dash.from <= length + 2 * pitch
    return share(steps, isStep) >= REGULAR_SHARE && plain.filter(isLength).length >= REGULAR_SHARE * plain.length
  }
  const pitch = steps.length < 3 ? undefined : [...sharedStep(steps), median(steps)].find(isRegular)
  const isDense = (step: number): boolean => step <= LONGEST_PITCH * glyph || isRow || length >= TALLEST_FIGURE * glyph
  return pitch !== undefined && isDense(pitch) ? [{ dashes, pitch }] : []
}

/** The shortest step that several share, where all are multiples of it: most dashes run together by twos and threes. */
function sharedStep(steps: readonly number[]): readonly number[] {
  const [shortest] = steps.toSorted((a, b) => a - b).slice(Math.floor(SHORT_STEPS * steps.length))
  if (shortest === undefined) return []
  const sharing = steps.filter((step) => Math.abs(step - shortest) <= 1)
  const areMultiples = steps.every(
    (step) => Math.abs(step - shortest * Math.round(step / shortest)) <= SAME_STEP * shortest,
  )
  return areMultiples && sharing.length >= Math.max(3, SHORT_STEPS * steps.length) ? [shortest] : []
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

function goesOn(gap: Break, ink: BitImage, isRow: boolean, glyph: number): boolean {
  const [last, first] = [gap.before.dashes.at(-1), gap.chain.dashes[0]]
  if (last !== undefined && first !== undefined && isBridged(last, first, ink, isRow, glyph)) return true
  return isInkedBreak(gap, ink, isRow, glyph)
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
  const shareAt = (from: number, to: number, middle: number): number => shareOfInk(ink, isRow, from, to, middle)
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

function shareOfInk(ink: BitImage, isRow: boolean, from: number, to: number, middle: number): number {
  let inked = 0
  for (let t = from; t < to; t++) if (isSet(ink, t, Math.floor(middle), isRow)) inked++
  return inked / Math.max(1, to - from)
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
