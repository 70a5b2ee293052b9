/**
 * Weights of the confidence model: additive log-odds that a value read from pixels is right.
 * Written by `npm run calibrate`; `provenance` says on what.
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
] as const
export type FeatureName = (typeof FEATURES)[number]

export const CALIBRATION: Calibration = {
  provenance: 'set by hand before the first fit',
  acceptFrom: 0.99,
  weights: {
    bias: 0,
    engineNines: 1,
    secondReaderAgrees: 2.5,
    readerDisagrees: -2.5,
    nobodyReadThis: -3,
    formFits: 1,
    formMisfits: -3,
    catalogueAgrees: 3,
    catalogueRestored: 2,
    catalogueMargin: 2,
    catalogueDoubts: -3,
    equationHolds: 3,
    equationContradicted: -4,
    pinned: 4,
    repeats: 0.5,
  },
}
