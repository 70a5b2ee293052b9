/**
 * Refits the confidence of values that were read from pixels: `npm run calibrate -- FOLDER OUT [--write]`.
 * FOLDER holds generated documents with truth (even seeds only: odd seeds are for testing); OUT is where
 * `gongkai ingest FOLDER --out OUT` put its results. `--write` replaces src/review/calibration-weights.ts.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CALIBRATION, FEATURES, type FeatureName } from '../src/review/calibration.ts'
import { fieldToFeatures } from '../src/review/field-to-confidence.ts'
import { collectExamples } from './collect-examples.ts'
import { fitLogistic, fitOneWeight } from './fit-logistic.ts'

/** More of these may only raise (+1) or lower (-1) a confidence. */
const SIGNS: Readonly<Record<FeatureName, -1 | 0 | 1>> = {
  bias: 0,
  engineNines: 1,
  secondReaderAgrees: 1,
  readerDisagrees: -1,
  nobodyReadThis: -1,
  formFits: 1,
  formMisfits: -1,
  catalogueAgrees: 1,
  catalogueRestored: 0,
  catalogueMargin: 1,
  catalogueDoubts: -1,
  equationHolds: 1,
  equationContradicted: -1,
  pinned: 1,
  repeats: 1,
  nothingToRead: 0,
  wordOfOneReader: -1,
  askedByFlag: -1,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
})
const pairs = positionals.flatMap((folder, index) => {
  const out = positionals[index + 1]
  return index % 2 === 0 && out !== undefined ? [{ folder, out }] : []
})
if (pairs.length === 0) {
  process.stderr.write('npm run calibrate -- FOLDER OUT [FOLDER OUT ...] [--write]\n')
  process.exit(2)
}

const judged = (await Promise.all(pairs.map(({ folder, out }) => collectExamples(folder, out)))).flat()
const fromPixels = judged.filter(({ field }) => field.support.origin === 'ocr')
const toExample = ({ field, isRight }: (typeof fromPixels)[number]) => {
  const features = fieldToFeatures(field)
  return { features: FEATURES.map((name) => features[name]), isRight }
}
const [ASKED, PRIOR] = [FEATURES.indexOf('askedByFlag'), FEATURES.map((name) => CALIBRATION.weights[name])]
const examples = fromPixels.map(toExample)
// A field that a flag sends to a person is never accepted: the figures that acceptance rests on are fitted on the rest.
const unasked = examples.filter(({ features }) => features[ASKED] === 0)
const weights = [
  ...fitLogistic(unasked, {
    signs: FEATURES.map((name) => SIGNS[name]),
    prior: PRIOR,
    priorStrength: 1 / Math.max(1, unasked.length),
    steps: 20_000,
  }),
]
weights[ASKED] = fitOneWeight(
  examples.filter(({ features }) => features[ASKED] === 1),
  weights,
  ASKED,
)
const rounded = Object.fromEntries(FEATURES.map((name, index) => [name, Number((weights[index] ?? 0).toFixed(3))]))
const wrong = examples.filter((one) => !one.isRight).length
const documents = new Set(fromPixels.map(({ document }) => document)).size
const provenance = `fitted on ${examples.length} fields read from pixels (${wrong} wrong) of ${documents} generated documents with even seeds`
process.stdout.write(`${provenance}\n${JSON.stringify(rounded, null, 2)}\n`)

if (values.write) {
  const data = JSON.stringify({ provenance, weights: rounded }, null, 2).replaceAll(/"([a-zA-Z]+)":/g, '$1:')
  const source = `/** Written by \`npm run calibrate -- --write\`; not by hand. */\nexport const CALIBRATION_WEIGHTS = ${data.replaceAll('"', "'")} as const\n`
  writeFileSync('src/review/calibration-weights.ts', source)
}
