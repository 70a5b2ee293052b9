/**
 * Hostile files beside good ones, as one batch: `npm run bench:hostile -- [FOLDER] [--made] [--each] [--good samples] [--jobs 2]`.
 * Run `npm run build` before. `--made` adds the files that tests/support/hostile makes; `--each` also takes every hostile file
 * alone and fails where one needs more than 60 s of processor time (Linux). Fails when a good document is not complete, a bad one has no code or no remedy, or the batch does not end by
 * itself. Tells the statuses, the codes, the longest pages by the clock, and the highest memory of the parent and of any child.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { residentMemoryMib } from '../src/queue/process-usage.ts'
import { openStore } from '../src/store/open-store.ts'
import { localStore } from '../src/store/store-location.ts'
import { writeHostileDocuments } from '../tests/support/hostile/hostile-documents.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    good: { type: 'string', default: 'samples' },
    made: { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    out: { type: 'string', default: 'out/bench' },
  },
})
const out = mkdtempSync(join(tmpdir(), 'gongkai-hostile-'))
const folders = [...positionals]
if (values.made) {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-hostile-made-'))
  writeHostileDocuments(folder)
  folders.push(folder)
}
if (folders.length === 0) throw new Error('name the folder of hostile files, or say --made')

interface Summary {
  readonly peak_child_memory_mib: number
  readonly documents: readonly {
    readonly file_name: string
    readonly status: string
    readonly error: Failure | null
    readonly failed_pages: readonly { readonly error: Failure }[]
  }[]
}
interface Failure {
  readonly code: string
  readonly remedy: string
}

const WATCH_MS = 100
const MOST_LISTED = 8
const MOST_SECONDS = 60
const CLOCK_TICKS = 100

/** Runs the batch; gives its exit code, its summary and the highest memory of the parent, MiB. */
async function runBatch(): Promise<{ code: number | null; summary: Summary; parentMib: number; seconds: number }> {
  const parameters = ['ingest', ...folders, values.good, '--out', out, '--jobs', values.jobs, '--json', '--no-progress']
  const begun = performance.now()
  const child = spawn(process.execPath, ['dist/cli.js', ...parameters], { stdio: ['ignore', 'pipe', 'ignore'] })
  let parentMib = 0
  const watch = setInterval(() => {
    parentMib = Math.max(parentMib, residentMemoryMib(child.pid ?? 0) ?? 0)
  }, WATCH_MS)
  let said = ''
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString('utf8')
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(watch)
  return { code, summary: JSON.parse(said) as Summary, parentMib, seconds: (performance.now() - begun) / 1000 }
}

async function longestPages(): Promise<readonly string[]> {
  const store = await openStore(localStore(out), 'existing')
  const rows = await store.query
    .selectFrom('pages')
    .innerJoin('documents', 'documents.document_id', 'pages.document_id')
    .select(['file_name', 'page_number', 'seconds'])
    .orderBy('seconds', 'desc')
    .limit(MOST_LISTED)
    .execute()
  await store.close()
  return rows.map(({ file_name, page_number, seconds }) => `${file_name}, page ${page_number}: ${seconds.toFixed(1)} s`)
}

/** Processor time (s) of all processes that this one has started and that have ended, with theirs. */
function secondsOfChildren(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[13]) + Number(fields[14])) / CLOCK_TICKS
}

/** Each hostile file alone: its processor time, the dearest first. */
function takeEach(): readonly { readonly file: string; readonly seconds: number }[] {
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  const taken = files
    .filter((file) => file.endsWith('.pdf'))
    .map((file) => {
      const place = mkdtempSync(join(tmpdir(), 'gongkai-hostile-one-'))
      const before = secondsOfChildren()
      spawnSync(process.execPath, ['dist/cli.js', 'ingest', file, '--out', place, '--jobs', '1', '--no-progress'])
      rmSync(place, { recursive: true, force: true })
      const seconds = secondsOfChildren() - before
      console.error(`${basename(file)}: ${seconds.toFixed(1)} s`)
      return { file: basename(file), seconds }
    })
  return taken.toSorted((a, b) => b.seconds - a.seconds)
}

const good = new Set(readdirSync(values.good).filter((name) => /\.pdf$/i.test(name)))
const { code, summary, parentMib, seconds } = await runBatch()
const count = (of: readonly string[]) =>
  Object.fromEntries([...new Set(of)].sort().map((one) => [one, of.filter((other) => other === one).length]))
const failures = summary.documents.flatMap(({ error, failed_pages }) => [
  error,
  ...failed_pages.map((page) => page.error),
])
const each = values.each ? takeEach() : []
const faults = [
  ...each.filter(({ seconds }) => seconds > MOST_SECONDS).map(({ file, seconds }) => `${file} took ${seconds} s`),
  ...(code === 0 || code === 3 ? [] : [`the batch ended with ${code}`]),
  ...summary.documents
    .filter((document) => good.has(document.file_name) && document.status !== 'complete')
    .map((document) => `${document.file_name} is good and ${document.status}`),
  ...summary.documents
    .filter(({ status, error, failed_pages }) => {
      const known = [error, ...failed_pages.map((page) => page.error)].filter((one) => one !== null)
      return status !== 'complete' && (known.length === 0 || known.some((one) => one.code === '' || one.remedy === ''))
    })
    .map((document) => `${document.file_name} failed without a word`),
]
const report = {
  documents: summary.documents.length,
  seconds: Math.round(seconds),
  statuses: count(summary.documents.map((document) => document.status)),
  codes: count(failures.flatMap((failure) => failure?.code ?? [])),
  peakParentMib: Math.round(parentMib),
  peakChildMib: summary.peak_child_memory_mib,
  longestPages: await longestPages(),
  ...(values.each
    ? { dearestAlone: each.slice(0, MOST_LISTED).map(({ file, seconds }) => `${file}: ${seconds} s`) }
    : {}),
  faults,
}
mkdirSync(values.out, { recursive: true })
writeFileSync(join(values.out, 'hostile.json'), `${JSON.stringify(report, null, 2)}\n`)
console.log(JSON.stringify(report, null, 2))
process.exitCode = faults.length === 0 ? 0 : 1
