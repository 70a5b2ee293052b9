import { CALIBRATION_WEIGHTS } from './calibration-weights.ts'

/**
 * The confidence model: additive log-odds that a value read from pixels is right. `npm run calibrate` fits the
 * weights; `provenance` says on what.
 */
export interface Calibration {
  readonly provenance: string
  /** A field is accepted from this calibrated confidence on, unless a flag forbids it. */
  readonly acceptFrom: number
  readonly weights: Readonly<Record<FeatureName, number>>
}

/** What the model looks at; every feature is 0 to about 4, most are 0 or 1. */
export const FEATURES = [
  'bias',
  'engineNines',
  'secondReaderAgrees',
  'readerDisagrees',
  'nobodyReadThis',
  'formFits',
  'formMisfits',
  'catalogueAgrees',
  'catalogueRestored',
  'catalogueMargin',
  'catalogueDoubts',
  'equationHolds',
  'equationContradicted',
  'pinned',
  'repeats',
  'nothingToRead',
  'wordOfOneReader',
  'askedByFlag',
] as const
export type FeatureName = (typeof FEATURES)[number]

export const CALIBRATION: Calibration = { ...CALIBRATION_WEIGHTS, acceptFrom: 0.95 }
