import type { DashChain } from './find-dash-chains.ts'
import type { GreyImage } from './image.ts'

/** Marks of less than this share of the usual darkness, or at distances that differ so many times, are of another kind. */
const FAINT = 0.6
const OTHER_PITCH = 1.6
/** What is usual is so many times as long, all together, as all that differs. */
const RARE = 4
/** A chain of another kind is dropped where it is shorter than this share of the usual one. */
const SHORT = 0.6

interface Measured {
  readonly chain: DashChain
  readonly darkness: number
  readonly pitch: number
  readonly length: number
}

type Grey = Pick<GreyImage, 'width' | 'height' | 'data'>

/**
 * Leaves out short dotted lines of another kind amid the dotted rulings of one direction: fainter ones, which are those of the
 * sheet's other side, and ones of another pitch, which are strokes of words that repeat row by row. Long ones stay: a table can
 * mix dots and dashes. `darkness` is 0 (paper) to 255.
 */
export function dropStrangeChains(chains: readonly DashChain[], darkness: Grey): readonly DashChain[] {
  return [true, false].flatMap((isRow) =>
    withoutStrange(
      chains.filter((chain) => chain.isRow === isRow),
      darkness,
    ),
  )
}

function withoutStrange(chains: readonly DashChain[], darkness: Grey): readonly DashChain[] {
  const measured = chains.map((chain): Measured => {
    return { chain, darkness: darknessOf(chain, darkness), pitch: pitchOf(chain), length: lengthOf(chain) }
  })
  const usual = {
    darkness: weightedMedian(measured, (each) => each.darkness),
    pitch: weightedMedian(measured, ({ pitch }) => pitch),
    length: weightedMedian(measured, ({ length }) => length),
  }
  const isOther = ({ darkness: own, pitch }: Measured) =>
    own < FAINT * usual.darkness || pitch > OTHER_PITCH * usual.pitch || pitch * OTHER_PITCH < usual.pitch
  const total = (some: readonly Measured[]) => some.reduce((sum, { length }) => sum + length, 0)
  const others = measured.filter(isOther)
  if (total(measured) - total(others) < RARE * total(others)) return chains
  return measured.filter((each) => !(isOther(each) && each.length < SHORT * usual.length)).map(({ chain }) => chain)
}

function lengthOf({ along }: DashChain): number {
  return (along.at(-1) ?? 0) - (along[0] ?? 0)
}

/** The usual distance from mark to mark; places come in pairs, where a mark begins and where it ends. */
function pitchOf({ along }: DashChain): number {
  const starts = along.filter((_, at) => at % 2 === 0)
  return median(starts.slice(1).map((start, at) => start - (starts[at] ?? start)))
}

/** The median over the marks of how dark each is at its darkest. */
function darknessOf({ isRow, along, across, thickness }: DashChain, { width, height, data }: Grey): number {
  const half = Math.ceil(thickness / 2)
  const marks: number[] = []
  for (let dash = 0; dash + 1 < along.length; dash += 2) {
    const middle = Math.round(across[dash] ?? 0)
    let darkest = 0
    for (let t = Math.round(along[dash] ?? 0); t <= (along[dash + 1] ?? 0); t += 1) {
      for (let s = middle - half; s <= middle + half; s += 1) {
        const [x, y] = isRow ? [t, s] : [s, t]
        if (x >= 0 && y >= 0 && x < width && y < height) darkest = Math.max(darkest, data[y * width + x] ?? 0)
      }
    }
    marks.push(darkest)
  }
  return median(marks)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** The median by length: what holds for half of all that is drawn. */
function weightedMedian(measured: readonly Measured[], of: (each: Measured) => number): number {
  const sorted = measured.toSorted((a, b) => of(a) - of(b))
  const half = sorted.reduce((sum, { length }) => sum + length, 0) / 2
  let passed = 0
  for (const each of sorted) {
    passed += each.length
    if (passed >= half) return of(each)
  }
  return 0
}
