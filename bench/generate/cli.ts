/** Writes invented disclosures with their truth; see --help. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openBrowser } from './browser.ts'
import { buildDocument } from './build-document.ts'
import { readVocabulary } from './content/vocabulary.ts'
import { planBudgetDocument } from './plan-budget.ts'
import { type DocumentKind, type PlanRequest, planDocument } from './plan-document.ts'
import { planFinalAccounts } from './plan-final-accounts.ts'
import { planPerformance } from './plan-performance.ts'
import { planUnruled } from './plan-unruled.ts'
import { createRandom } from './random.ts'
import { TREATMENTS, type WearManner } from './treatments.ts'

const HELP = `npx tsx bench/generate/cli.ts --out DIR [--seed N] [--count N] [--step N] [--kind scan|text|mixed|any|unruled|unruled-text|budget|budget-scan|performance|final-accounts] [--wear light|ordinary|hard|office|rough|marked|stress]

Writes DIR/gNNNN-KIND.pdf, DIR/expected/gNNNN-KIND.jsonl (the records that the document must give), DIR/cells/gNNNN-KIND.json (its printed cells) and a line for each in
DIR/documents.jsonl (seed, layouts, wear, page kinds). unruled: scanned tables without a grid and pages without a table; unruled-text: the same, digital.
budget: ruled budget tables behind a cover; budget-scan: the same, scanned.
performance: sheets of projects behind prose that names them, with both as truth; final-accounts: the standard tables of 决算. Seeds go up by --step (2) from --seed (1): by convention EVEN seeds are
for tuning and calibration, ODD seeds for testing, and the step keeps them apart. --kind any (the default) takes turns.
Wants a Chromium on PATH; one seed gives the same contents everywhere, the same pixels on one machine.
`

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '10' },
    step: { type: 'string', default: '2' },
    kind: { type: 'string', default: 'any' },
    wear: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const TURNS: readonly DocumentKind[] = ['scan', 'mixed', 'text']
const KINDS: readonly DocumentKind[] = [
  ...TURNS,
  'unruled',
  'unruled-text',
  'budget',
  'budget-scan',
  'performance',
  'final-accounts',
]
const MANNERS: readonly WearManner[] = ['light', 'ordinary', 'hard', ...TREATMENTS]
const kind = KINDS.find((one) => one === values.kind) ?? null
const manner = MANNERS.find((one) => one === values.wear) ?? null
const isUnknown = (kind === null && values.kind !== 'any') || (manner === null && values.wear !== undefined)

if (values.help || values.out === undefined || isUnknown) {
  ;(values.help ? process.stdout : process.stderr).write(HELP)
  process.exit(values.help ? 0 : 2)
}

const out = values.out
const register = join(out, 'documents.jsonl')

/** Adds the document to the folder's register, in place of an earlier one of its name. */
function registerDocument(entry: { readonly file_name: string }): void {
  const known = existsSync(register) ? readFileSync(register, 'utf8').trimEnd().split('\n') : []
  const others = known.filter((line) => line !== '' && !line.startsWith(`{"file_name":"${entry.file_name}"`))
  writeFileSync(register, `${[...others, JSON.stringify(entry)].sort().join('\n')}\n`)
}

function plan({ seed, kind: asked, manner: wear }: PlanRequest) {
  const isUnruled = asked === 'unruled' || asked === 'unruled-text'
  if (isUnruled) return planUnruled({ seed, kind: asked, manner: wear }, vocabulary)
  if (asked === 'budget' || asked === 'budget-scan')
    return planBudgetDocument({ seed, kind: asked, manner: wear }, vocabulary)
  if (asked === 'performance') return planPerformance({ seed }, vocabulary)
  if (asked === 'final-accounts') return planFinalAccounts({ seed }, vocabulary)
  return planDocument({ seed, kind: asked, manner: wear }, vocabulary)
}

mkdirSync(join(out, 'expected'), { recursive: true })
mkdirSync(join(out, 'cells'), { recursive: true })
const vocabulary = readVocabulary()
const browser = await openBrowser()
try {
  for (let index = 0; index < Number(values.count); index += 1) {
    const seed = Number(values.seed) + index * Number(values.step)
    const generated = plan({ seed, kind: kind ?? TURNS[index % TURNS.length] ?? 'scan', manner })
    const name = `g${seed}-${generated.kind}`
    const { pdf, records, pageKinds, pages } = await buildDocument(
      generated.plan,
      browser,
      createRandom(seed).fork('wear'),
    )
    writeFileSync(join(out, `${name}.pdf`), pdf)
    const lines = records.map((record) => `${JSON.stringify({ file_name: `${name}.pdf`, ...record })}\n`)
    writeFileSync(join(out, 'expected', `${name}.jsonl`), lines.join(''))
    writeFileSync(join(out, 'cells', `${name}.json`), `${JSON.stringify({ pages })}\n`)
    const { plan: _plan, ...about } = generated
    const entry = { file_name: `${name}.pdf`, records: records.length, page_kinds: pageKinds, ...about }
    registerDocument(entry)
    process.stderr.write(
      `${name}: ${Math.round(pdf.length / 1024)} KiB, ${records.length} records, ${about.layouts.join(' + ')}; ${about.wear.join(', ')}\n`,
    )
  }
} finally {
  await browser.close()
}
