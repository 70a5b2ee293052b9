import type { DocumentScore, ScoredField } from './score-records.ts'

/** Kinds of columns, for a table that says where the errors are. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['code', /_code$/],
  ['money', /^(amount|unit_price)/],
  ['quantity', /^quantity$/],
  ['name', /^(item|function|economic)_name$|^directory_/],
  ['text', /./],
]

const ALL = 'all'
/** All but those whose print is under 14 px a line: they are asked about, whatever the readers say. */
const LEGIBLE = '>= 14 px'

export interface KindSummary {
  readonly kind: string
  readonly cells: number
  readonly exact: number
  readonly accepted: number
  readonly acceptedWrong: number
}

export interface CalibrationBin {
  readonly from: number
  readonly to: number
  readonly fields: number
  readonly meanConfidence: number
  readonly shareRight: number
}

/** Edges are close together where it matters: near 1. */
const BIN_EDGES = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0000001]

export function kindOfField(name: string): string {
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'text'
}

export function summarizeByKind(fields: readonly ScoredField[]): readonly KindSummary[] {
  const kinds = [...KINDS.map(([kind]) => kind), ALL, LEGIBLE]
  return kinds.map((kind) => {
    const own = fields.filter((field) => isOfKind(field, kind))
    const accepted = own.filter((field) => field.grade === 'accepted')
    return {
      kind,
      cells: own.length,
      exact: own.filter((field) => field.isRight).length,
      accepted: accepted.length,
      acceptedWrong: accepted.filter((field) => !field.isRight).length,
    }
  })
}

function isOfKind({ name, flags }: ScoredField, kind: string): boolean {
  if (kind === LEGIBLE) return !flags.includes('line-too-small')
  return kind === ALL || kindOfField(name) === kind
}

/** Reliability: mean confidence beside the share that is right, bin by bin. */
export function calibrationBins(fields: readonly ScoredField[]): readonly CalibrationBin[] {
  return BIN_EDGES.slice(0, -1).flatMap((from, index) => {
    const to = BIN_EDGES[index + 1] ?? 1
    const own = fields.filter((field) => field.confidence >= from && field.confidence < to)
    if (own.length === 0) return []
    const meanConfidence = own.reduce((sum, field) => sum + field.confidence, 0) / own.length
    const shareRight = own.filter((field) => field.isRight).length / own.length
    return [{ from, to: Math.min(to, 1), fields: own.length, meanConfidence, shareRight }]
  })
}

/** Expected calibration error: the mean gap between confidence and truth, weighted by the size of the bins. */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number {
  const fields = bins.reduce((sum, bin) => sum + bin.fields, 0)
  if (fields === 0) return 0
  return bins.reduce((sum, bin) => sum + bin.fields * Math.abs(bin.meanConfidence - bin.shareRight), 0) / fields
}

/**
 * One figure of cost: an accepted wrong field counts ten, a field for review or lost counts one, over all true fields.
 * 0 is perfect.
 */
export function costPerField(scores: readonly DocumentScore[]): number {
  const fields = scores.flatMap((score) => score.fields)
  const lost = scores.reduce((sum, score) => sum + score.fieldsLost, 0)
  const cost = fields.reduce((sum, field) => {
    if (field.grade === 'accepted') return sum + (field.isRight ? 0 : 10)
    return sum + 1
  }, lost)
  return fields.length + lost === 0 ? 0 : cost / (fields.length + lost)
}
