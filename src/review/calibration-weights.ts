/** Written by `npm run calibrate -- --write`; not by hand. */
export const CALIBRATION_WEIGHTS = {
  provenance: 'fitted on 3612 fields read from pixels (97 wrong) of 18 generated documents with even seeds',
  weights: {
    bias: 1.997,
    engineNines: 2.588,
    secondReaderAgrees: 0,
    readerDisagrees: -2.579,
    nobodyReadThis: 0,
    formFits: 0.531,
    formMisfits: -3.22,
    catalogueAgrees: 3.63,
    catalogueRestored: 2.799,
    catalogueMargin: 3.287,
    catalogueDoubts: -2.789,
    equationHolds: 3.062,
    equationContradicted: -4.108,
    pinned: 4.013,
    repeats: 2.113,
    nothingToRead: 2.296,
    wordOfOneReader: 0,
    askedByFlag: -0.859,
  },
} as const
