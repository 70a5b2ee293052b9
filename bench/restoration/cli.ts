/** Measures restoration and the manners towards a publisher's errors; all but one part without a pixel; see --help. */
import { parseArgs } from 'node:util'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'
import { foundingLayerFigures, judgeFoundingLayer } from './founding-layer-figures.ts'
import { judgePlanted } from './judge-planted.ts'
import { compareMatchers, measureMatcherSpeed } from './matcher-figures.ts'
import { rankByPosteriors } from './posterior-figures.ts'
import { printFoundingLayer } from './print-founding-layer.ts'
import { printMatchers } from './print-matchers.ts'
import { printPlanted } from './print-planted.ts'
import { printRankings } from './print-rankings.ts'
import { judgeScannedErrors, printScannedErrors } from './scanned-errors.ts'

const HELP = `npm run bench:restoration -- [--part founding|errors|matchers|posteriors|scanned-errors] [--seed N] [--count N] [--cells N] [--verbose]

founding: what the founding document's garbled text layer gives by itself.
errors: publisher's errors planted in generated digital documents (seeds from --seed, 1001, in steps of two; --count, 40, of them).
matchers: damaged cells of the item catalogue restored by the matcher, by fuse.js alone, by Levenshtein alone (--cells, 100, a set).
posteriors: cells of the item catalogue drawn badly (--cells of each wear, --seed; even seeds were tuned on), read by both readers, and ranked by their strings
alone and by PP-OCR's posteriors. Wants CJK fonts; not part of a run without --part.
scanned-errors: one digit of a scanned figure printed otherwise, in what the readers saw and in PP-OCR's posteriors, one error at a time, for the documents that
gongkai ingest left in --out DIR; only with --part.
--verbose adds every field that is wrong or asked about, and every planted error.
`

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    seed: { type: 'string', default: '1001' },
    cells: { type: 'string', default: '100' },
    count: { type: 'string', default: '40' },
    out: { type: 'string', default: 'out/samples' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const isWanted = (part: string) => values.part === undefined || values.part === part

if (values.help) {
  process.stdout.write(HELP)
} else {
  const dictionaries = readDictionaries()
  if (isWanted('founding')) {
    const { fields, rows } = judgeFoundingLayer(dictionaries)
    printFoundingLayer(foundingLayerFigures(fields, rows), fields, values.verbose)
  }
  if (isWanted('errors')) {
    const seeds = Array.from({ length: Number(values.count) }, (_, index) => Number(values.seed) + 2 * index)
    printPlanted(judgePlanted(seeds, dictionaries), values.verbose)
  }
  if (values.part === 'posteriors') {
    printRankings(await rankByPosteriors(dictionaries, Number(values.seed), Number(values.cells)))
  }
  if (values.part === 'scanned-errors') {
    printScannedErrors(await judgeScannedErrors(values.out, dictionaries))
  }
  if (isWanted('matchers')) {
    const cells = Number(values.cells)
    printMatchers(compareMatchers(dictionaries, cells), measureMatcherSpeed(dictionaries, 5 * cells))
  }
}
