/** Written by `npm run calibrate -- --write`; not by hand. */
export const CALIBRATION_WEIGHTS = {
  provenance: 'set by hand before the first fit',
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
} as const
