/**
 * Makes the sample documents and their expected records anew from `facts/`: `npx tsx samples/make.ts [NAME...]`.
 * Wants a Chromium on PATH and the fonts named in the README; the results are committed, so nobody needs to run it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openBrowser } from '../bench/generate/browser.ts'
import { buildDocument, type DocumentPlan } from '../bench/generate/build-document.ts'
import { createRandom } from '../bench/generate/random.ts'
import { planFoundingTwin } from './founding-twin.ts'
import { planDigitalTwoPages, planSealedScan, planTwoLevelHeader } from './other-samples.ts'

const PLANS: Readonly<Record<string, () => DocumentPlan>> = {
  'jianghan-finance-2024-twin': planFoundingTwin,
  'fancheng-education-2025-digital': planDigitalTwoPages,
  'shashi-culture-2024-sealed-scan': planSealedScan,
  'yiling-health-2024-two-level-header': planTwoLevelHeader,
}

const SEED = 2024
const folder = fileURLToPath(new URL('.', import.meta.url))
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => PLANS[name] === undefined)
if (unknown.length > 0)
  throw new Error(`no such sample: ${unknown.join(', ')}; there are ${Object.keys(PLANS).join(', ')}`)

mkdirSync(`${folder}expected`, { recursive: true })
const browser = await openBrowser()
try {
  for (const [name, plan] of Object.entries(PLANS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const { pdf, records, pageKinds } = await buildDocument(plan(), browser, createRandom(SEED).fork(name))
    writeFileSync(`${folder}${name}.pdf`, pdf)
    const lines = records.map((record) => `${JSON.stringify({ file_name: `${name}.pdf`, ...record })}\n`)
    writeFileSync(`${folder}expected/${name}.jsonl`, lines.join(''))
    process.stderr.write(`${name}: ${pdf.length} bytes, ${records.length} records, pages ${pageKinds.join(' ')}\n`)
  }
} finally {
  await browser.close()
}
