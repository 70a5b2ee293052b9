/** Measures restoration without a single pixel: `npm run bench:restoration -- [--verbose]`; see --help. */
import { parseArgs } from 'node:util'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { foundingLayerFigures, judgeFoundingLayer } from './founding-layer-figures.ts'
import { printFoundingLayer } from './print-founding-layer.ts'

const HELP = `npm run bench:restoration -- [--verbose]

Prints what the founding document's garbled text layer gives by itself. --verbose adds every field that is wrong or asked about.
`

const { values } = parseArgs({
  options: { verbose: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
})

if (values.help) {
  process.stdout.write(HELP)
} else {
  const { fields, rows } = judgeFoundingLayer(readDictionaries())
  printFoundingLayer(foundingLayerFigures(fields, rows), fields, values.verbose)
}
