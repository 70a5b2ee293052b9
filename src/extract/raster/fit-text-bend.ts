import type { DetectedText } from './detected-text.ts'
import { type RulingTrace, traceAt } from './find-rulings.ts'
import { solveLinear } from './solve-linear.ts'
import { type Bend, bendOf, type CurvePoint, FLAT, fitBend, fitCurves } from './straighten.ts'

const TERMS = 3
/** Shorter texts, in heights, tell no slope. */
const SHORTEST = 3
const FEWEST_TEXTS = 12
const MOST_HEIGHT = 1.3
/** Rules this wide, so many and this far apart (as shares of the print) tell how a page bends better than its texts. */
const WIDE_RULE = 0.6
const FEWEST_RULES = 3
const REACH = 0.5
/** Bends that move nothing on the page by this part of a text's height are none. */
const LEAST_BEND = 0.12
/** Slopes this many times as far off as usual are those of something else. */
const OUTLIER = 3
const ROUNDS = 3
/** Middles nearer than this part of a text's height are on one level; rows of so many texts, this wide and so many of them tell a bend. */
const SAME_ROW = 0.4
const FEWEST_IN_ROW = 3
const WIDE_ROW = 0.3
const FEWEST_ROWS = 4
/** The next row is further off than this. */
const NEXT_ROW = 0.8
/** A bend must explain this share of what texts are off; noise is explained to a tenth. */
const EXPLAINED = 0.4
const MOST_WEIGHT = 400
/** Held against bends that a few texts would make. */
const RIDGE = 1e-4

/**
 * How a page bends where no grid tells: skew, bow and keystone that are left. First by horizontal rules over and under its lines of text, or by
 * the slope of each line; then, where the lines of a row are known by that, by the rows. Verticals are left as they are.
 */
export function fitTextBend(
  texts: readonly DetectedText[],
  rules: readonly RulingTrace[],
  width: number,
  height: number,
): Bend {
  const usualHeight = texts.map((text) => text.height).toSorted((a, b) => a - b)[texts.length >> 1] ?? 0
  const long = texts.filter((text) => {
    // Two lines that ran into each other slope as they are long.
    return text.height <= MOST_HEIGHT * usualHeight && text.x1 - text.x0 >= SHORTEST * text.height
  })
  if (long.length < FEWEST_TEXTS) return FLAT
  const bySlopes = bendByRules(rules, long, width, height) ?? bendBySlopes(long, width, height)
  const byRows = bendByRows(texts, bySlopes, width, height)
  const bendY = (x: number, y: number): number => bySlopes(x, y) + byRows(x, y)
  const most = Math.max(...long.flatMap(({ x0, x1, middle }) => [bendY(x0, middle), bendY(x1, middle)]).map(Math.abs))
  return most < LEAST_BEND * usualHeight ? FLAT : { bendX: () => 0, bendY }
}

type Sinking = (x: number, y: number) => number
const LEVEL: Sinking = () => 0

/** What rules tell; null where they do not reach over the print. */
function bendByRules(
  rules: readonly RulingTrace[],
  texts: readonly DetectedText[],
  width: number,
  height: number,
): Sinking | null {
  const x0 = Math.min(...texts.map((text) => text.x0))
  const x1 = Math.max(...texts.map((text) => text.x1))
  const wide = rules.filter(({ start, end }) => end - start >= WIDE_RULE * (x1 - x0))
  const levels = wide.map((rule) => traceAt(rule, (rule.start + rule.end) / 2))
  const middles = texts.map(({ middle }) => middle)
  const reach = Math.max(...levels) - Math.min(...levels)
  if (wide.length < FEWEST_RULES || reach < REACH * (Math.max(...middles) - Math.min(...middles))) return null
  return fitBend(wide, width, height).bendY
}

/** Slopes over `width` by `height` pixels are taken as c0 + c1 t + c2 s (skew, bow, keystone), t across and s down from the middle; long texts count more. */
function bendBySlopes(long: readonly DetectedText[], width: number, height: number): Sinking {
  let used = long
  let c: Float64Array = new Float64Array(TERMS)
  for (let round = 0; round < ROUNDS; round++) {
    c = fitSlopes(used, width, height)
    const found = c
    const misfits = long.map((text) => misfit(text, found, width, height))
    const usual = misfits.toSorted((a, b) => a - b)[misfits.length >> 1] ?? 0
    used = long.filter((_, i) => (misfits[i] ?? 0) <= OUTLIER * usual)
  }
  const found = c
  const isPlain = explained(
    long.map((text) => [text.slope, text.slope - slopeAt(text, found, width, height), weightOf(text)] as const),
  )
  if (!isPlain) return LEVEL
  return (x, y) => {
    const [t, s] = [x / width - 0.5, y / height - 0.5]
    return width * ((c[0] as number) * t + ((c[1] as number) * t * t) / 2 + (c[2] as number) * s * t)
  }
}

/** Whether a bend leaves much less of the offsets than there was: [offset before, after, weight]. */
function explained(offsets: readonly (readonly [number, number, number])[]): boolean {
  const before = offsets.reduce((sum, [offset, , weight]) => sum + weight * offset * offset, 0)
  const after = offsets.reduce((sum, [, offset, weight]) => sum + weight * offset * offset, 0)
  return after <= (1 - EXPLAINED) * before
}

/** What rows of texts tell beyond that: texts on one level, over a good part of the page. */
function bendByRows(texts: readonly DetectedText[], sunkBy: Sinking, width: number, height: number): Sinking {
  const wide = findRows(texts, sunkBy).filter((points) => {
    const places = points.map(({ along }) => along)
    return points.length >= FEWEST_IN_ROW && Math.max(...places) - Math.min(...places) >= WIDE_ROW * width
  })
  const c = wide.length < FEWEST_ROWS ? null : fitCurves(wide, width, height)
  if (c === null) return LEVEL
  const bendY: Sinking = (x, y) => bendOf(c, x / width - 0.5, y / height - 0.5)
  const offsets = wide.flatMap((row) => {
    const [before, after] = [row, row.map(({ along, across }) => ({ along, across: across - bendY(along, across) }))]
    const [a, b] = [meanAcross(before), meanAcross(after)]
    return row.map(({ across }, k) => [across - a, (after[k]?.across ?? 0) - b, 1] as const)
  })
  return explained(offsets) ? bendY : LEVEL
}

function meanAcross(points: readonly CurvePoint[]): number {
  return points.reduce((sum, { across }) => sum + across, 0) / points.length
}

/** Texts on one level. Where lines of cells that wrap differently stand between each other's, nobody knows which belong together. */
function findRows(texts: readonly DetectedText[], sunkBy: Sinking): readonly (readonly CurvePoint[])[] {
  const rows: { points: CurvePoint[]; height: number }[] = []
  const straight = texts.map((text) => {
    const along = (text.x0 + text.x1) / 2
    return { along, across: text.middle - sunkBy(along, text.middle), height: text.height }
  })
  for (const text of straight.toSorted((a, b) => a.across - b.across)) {
    const last = rows.at(-1)
    const height = Math.min(text.height, last?.height ?? 0)
    if (last !== undefined && text.across - meanAcross(last.points) < SAME_ROW * height) last.points.push(text)
    else rows.push({ points: [text], height: text.height })
  }
  return rows.flatMap(({ points, height }, index) => {
    const gaps = [rows[index - 1], rows[index + 1]].map((other) =>
      other === undefined ? Number.POSITIVE_INFINITY : Math.abs(meanAcross(points) - meanAcross(other.points)),
    )
    return Math.min(...gaps) < NEXT_ROW * height ? [] : [points]
  })
}

function features({ x0, x1, middle }: DetectedText, width: number, height: number): readonly number[] {
  const [t, s] = [(x0 + x1) / 2 / width - 0.5, middle / height - 0.5]
  return [1, t, s]
}

function slopeAt(text: DetectedText, c: Float64Array, width: number, height: number): number {
  return features(text, width, height).reduce((sum, value, k) => sum + value * (c[k] as number), 0)
}

/** The error of a slope falls with the length of its text; beyond some length slopes are as good as they get. */
function weightOf({ x0, x1, height }: DetectedText): number {
  return Math.min(MOST_WEIGHT, ((x1 - x0) / height) ** 2)
}

/** How far a text's end lies off, in its heights. */
function misfit(text: DetectedText, c: Float64Array, width: number, height: number): number {
  return (Math.abs(slopeAt(text, c, width, height) - text.slope) * (text.x1 - text.x0)) / text.height
}

/** Weighted least squares. */
function fitSlopes(texts: readonly DetectedText[], width: number, height: number): Float64Array {
  const matrix = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 1))
  let total = 0
  for (const text of texts) {
    const weight = weightOf(text)
    const f = features(text, width, height)
    total += weight
    for (let i = 0; i < TERMS; i++) {
      const row = matrix[i] as Float64Array
      for (let j = 0; j < TERMS; j++) row[j] = (row[j] as number) + weight * (f[i] as number) * (f[j] as number)
      row[TERMS] = (row[TERMS] as number) + weight * (f[i] as number) * text.slope
    }
  }
  for (let i = 0; i < TERMS; i++) {
    const row = matrix[i] as Float64Array
    row[i] = (row[i] as number) + RIDGE * total
  }
  return solveLinear(matrix)
}
