/** Written by `npm run calibrate -- --write`; not by hand. */
export const CALIBRATION_WEIGHTS = {
  provenance: 'fitted on 3612 fields read from pixels (97 wrong) of 18 generated documents with even seeds',
  weights: {
    bias: 2.266,
    engineNines: 2.313,
    secondReaderAgrees: 0,
    readerDisagrees: -2.627,
    nobodyReadThis: 0,
    formFits: 0.751,
    formMisfits: -3.22,
    catalogueAgrees: 3.543,
    catalogueRestored: 2.588,
    catalogueMargin: 3.087,
    catalogueDoubts: -2.885,
    equationHolds: 3.06,
    equationContradicted: -4.113,
    pinned: 4.011,
    repeats: 1.954,
    nothingToRead: 2.202,
    wordOfOneReader: 0,
    askedByFlag: -1.305,
  },
} as const
