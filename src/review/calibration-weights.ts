/** Written by `npm run calibrate -- --write`; not by hand. */
export const CALIBRATION_WEIGHTS = {
  provenance: 'fitted on 5639 fields read from pixels (213 wrong) of 24 generated documents with even seeds',
  weights: {
    bias: 2.61,
    engineNines: 0.61,
    secondReaderAgrees: 0.349,
    readerDisagrees: -2.534,
    nobodyReadThis: 0,
    formFits: 1.092,
    formMisfits: -3.22,
    catalogueAgrees: 3.467,
    catalogueRestored: 2.359,
    catalogueMargin: 2.857,
    catalogueDoubts: -2.994,
    equationHolds: 3.058,
    equationContradicted: -4.119,
    pinned: 4.009,
    repeats: 1.754,
    nothingToRead: 2.122,
    wordOfOneReader: -0.289,
    askedByFlag: -1.165,
  },
} as const
