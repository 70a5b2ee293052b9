import { type RulingTrace, TRACE_STEP_PX } from './find-rulings.ts'
import { solveLinear } from './solve-linear.ts'

/**
 * How the page bends: horizontals by `bendY` pixels down at (x, y), verticals by `bendX` pixels right. Straightened
 * coordinates are those in which every ruling has one position.
 */
export interface Bend {
  bendX(x: number, y: number): number
  bendY(x: number, y: number): number
}

const TERMS = 6
/** A page that does not bend. */
export const FLAT: Bend = { bendX: () => 0, bendY: () => 0 }

/** Fits bow, keystone and rest of skew (cubic along a ruling, linear across) to all the long rulings of a page. */
export function fitBend(traces: readonly RulingTrace[], width: number, height: number): Bend {
  const rows = fitDirection(traces, 'horizontal', width, height)
  const columns = fitDirection(traces, 'vertical', height, width)
  if (rows === null && columns === null) return FLAT
  return {
    bendY: (x, y) => (rows === null ? 0 : bendOf(rows, x / width - 0.5, y / height - 0.5)),
    bendX: (x, y) => (columns === null ? 0 : bendOf(columns, y / height - 0.5, x / width - 0.5)),
  }
}

/** The bend that was fitted, at `t` along and `s` across, both from the middle of the page in parts of its size. */
export function bendOf(c: Float64Array, t: number, s: number): number {
  const plain = (c[0] as number) * t + (c[1] as number) * t * t + (c[2] as number) * t * t * t
  return plain + s * ((c[3] as number) * t + (c[4] as number) * t * t + (c[5] as number) * t * t * t)
}

interface Sample {
  readonly features: Float64Array
  readonly offset: number
}

function fitDirection(
  traces: readonly RulingTrace[],
  orientation: RulingTrace['orientation'],
  alongLength: number,
  acrossLength: number,
): Float64Array | null {
  const own = traces.filter((trace) => trace.orientation === orientation)
  const longest = Math.max(0, ...own.map((trace) => trace.end - trace.start))
  if (longest < alongLength * 0.08) return null
  const curves = own.filter((trace) => trace.end - trace.start >= 0.35 * longest).map(toCurve)
  return fitCurves(curves, alongLength, acrossLength)
}

/** A place on a line that should be straight, in pixels along it and across. */
export interface CurvePoint {
  readonly along: number
  readonly across: number
}

function toCurve(trace: RulingTrace): CurvePoint[] {
  return [...trace.positions].map((across, i) => ({ along: trace.start + (i + 0.5) * TRACE_STEP_PX, across }))
}

/** Fits the bend of lines that should be straight, to be had by `bendOf`; null without lines. */
export function fitCurves(
  curves: readonly (readonly CurvePoint[])[],
  alongLength: number,
  acrossLength: number,
): Float64Array | null {
  let used = curves
  let coefficients: Float64Array | null = null
  // Twice more without the lines that fit worst: a long stroke that is no ruling must not bend the page.
  for (let round = 0; round < 3 && used.length > 0; round++) {
    const samples = used.map((curve) => centredSamples(curve, alongLength, acrossLength))
    coefficients = solve(samples.flat())
    const found = coefficients
    const misfits = samples.map((list) => rootMeanSquare(list, found))
    const limit = Math.max(0.8, 2.5 * (misfits.toSorted((a, b) => a - b)[misfits.length >> 1] ?? 0))
    const fitting = used.filter((_, i) => (misfits[i] ?? 0) <= limit)
    if (fitting.length === used.length) break
    used = fitting
  }
  return coefficients
}

/** The line's points less their mean, so that its own position drops out of the fit. */
function centredSamples(curve: readonly CurvePoint[], alongLength: number, acrossLength: number): Sample[] {
  const points = curve.map(({ along, across }) => {
    const t = along / alongLength - 0.5
    const s = across / acrossLength - 0.5
    return { across, features: [t, t * t, t * t * t, s * t, s * t * t, s * t * t * t] }
  })
  const mean = points.reduce((sum, point) => sum + point.across, 0) / points.length
  const means = Array.from(
    { length: TERMS },
    (_, k) => points.reduce((sum, p) => sum + (p.features[k] ?? 0), 0) / points.length,
  )
  return points.map((point) => ({
    features: Float64Array.from(point.features, (value, k) => value - (means[k] ?? 0)),
    offset: point.across - mean,
  }))
}

function rootMeanSquare(samples: readonly Sample[], coefficients: Float64Array): number {
  let sum = 0
  for (const { features, offset } of samples) {
    let rest = offset
    for (let k = 0; k < TERMS; k++) rest -= (coefficients[k] as number) * (features[k] as number)
    sum += rest * rest
  }
  return Math.sqrt(sum / Math.max(1, samples.length))
}

/** Least squares with a little damping, so that a page with few rulings stays flat where nothing is known. */
function solve(samples: readonly Sample[]): Float64Array {
  const matrix = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 1))
  for (const { features, offset } of samples) {
    for (let i = 0; i < TERMS; i++) {
      const row = matrix[i] as Float64Array
      for (let j = 0; j < TERMS; j++) row[j] = (row[j] as number) + (features[i] as number) * (features[j] as number)
      row[TERMS] = (row[TERMS] as number) + (features[i] as number) * offset
    }
  }
  for (let i = 0; i < TERMS; i++) {
    const row = matrix[i] as Float64Array
    row[i] = (row[i] as number) + 1e-4 * samples.length + 1e-9
  }
  return solveLinear(matrix)
}
