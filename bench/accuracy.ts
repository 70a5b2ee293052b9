/**
 * Scores what the command line gives against truth: `npm run bench:accuracy -- [--out DIR] [--jobs N] [FOLDER...]`.
 * Folders default to samples and, where present, ../shared/real. Records are read from records.jsonl, as a user would;
 * cells before restoration are those of the tables that the run kept.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { chooseFolders } from './choose-folders.ts'
import { type Case, findCases } from './find-cases.ts'
import { printReport } from './print-report.ts'
import { readFoundTables } from './read-found-tables.ts'
import { reliabilitySvg } from './reliability-svg.ts'
import { type DocumentScore, type FoundRecord, scoreRecords } from './score-records.ts'
import { scoreTables, type TableScore } from './score-tables.ts'
import { calibrationBins, costPerField, expectedCalibrationError, summarizeByKind } from './summarize-fields.ts'

const DEFAULT_FOLDERS = ['samples', '../shared/real']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'out/bench' },
    jobs: { type: 'string', default: '2' },
    ocr: { type: 'string' },
    verbose: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    each: { type: 'boolean', default: false },
    'asked-only': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(
    'npm run bench:accuracy -- [--out DIR] [--jobs N] [--ocr both|paddle|tesseract] [--verbose] [--keep] [--each] [--asked-only] [FOLDER...]\n' +
      'A folder holds PDFs with truth: expected/NAME.jsonl, NAME.jsonl, NAME.truth.json or NAME.gold.json.\n' +
      '--keep goes on with what an earlier run left in --out instead of reading everything again.\n' +
      '--each reads the documents one by one and prints the time and the peak memory of each.\n' +
      '--asked-only scores just the fields that a record of the truth names; what it leaves out is not asked.\n',
  )
  process.exit(0)
}

function runCommandLine(parameters: readonly string[]): string {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  })
  if (run.status !== 0 && run.status !== 3) throw new Error(`gongkai ${parameters.join(' ')}: exit ${run.status}`)
  return run.stdout.toString('utf8')
}

function readRecords(folder: string): Map<string, FoundRecord[]> {
  const byFile = new Map<string, FoundRecord[]>()
  for (const line of readFileSync(join(folder, 'records.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue
    const record = JSON.parse(line) as FoundRecord & { file_name: string }
    byFile.set(record.file_name, [...(byFile.get(record.file_name) ?? []), record])
  }
  return byFile
}

/** Reads one document and prints what it took; later runs into the same folder add to it. */
function ingestAlone(one: Case, options: readonly string[]): void {
  const summary = JSON.parse(runCommandLine(['ingest', one.path, '--json', ...options])) as {
    pages_read: number
    seconds: number
    peak_child_memory_mib: number
    documents: readonly { file_name: string; status: string }[]
  }
  const status = summary.documents.find((document) => document.file_name === basename(one.path))?.status ?? 'failed'
  process.stdout.write(
    `  ${one.name}: ${status}, ${summary.pages_read} pages in ${summary.seconds} s, ` +
      `largest page process ${summary.peak_child_memory_mib} MiB\n`,
  )
}

async function scoreFolder(folder: string) {
  const cases = findCases(folder)
  const out = join(values.out, basename(folder))
  if (!values.keep) rmSync(out, { recursive: true, force: true })
  const started = performance.now()
  const readers = values.ocr === undefined ? [] : ['--ocr', values.ocr]
  const options = ['--out', out, '--jobs', values.jobs, '--no-progress', ...readers]
  if (values.each) for (const one of cases) ingestAlone(one, options)
  else runCommandLine(['ingest', ...cases.map((one) => one.path), ...options])
  const seconds = (performance.now() - started) / 1000
  const records = readRecords(out)
  const told = new Set(cases.flatMap((one) => one.records ?? []).map((record) => record.record_type))
  const documents: DocumentScore[] = cases
    .filter((one) => one.records !== null)
    .map((one) =>
      scoreRecords(one.name, one.records ?? [], records.get(basename(one.path)) ?? [], told, !values['asked-only']),
    )
  const found = await readFoundTables(out)
  const tables = cases.flatMap((one): TableScore[] =>
    one.tables === null ? [] : [scoreTables(one.name, one.tables, found.get(basename(one.path)) ?? [])],
  )
  const fields = documents.flatMap((document) => document.fields)
  const bins = calibrationBins(fields)
  return {
    folder,
    seconds,
    documents,
    tables,
    kinds: summarizeByKind(fields),
    bins,
    expectedCalibrationError: expectedCalibrationError(bins),
    cost: costPerField(documents),
  }
}

const folders = chooseFolders(positionals, DEFAULT_FOLDERS)
const reports = []
for (const folder of folders) reports.push(await scoreFolder(folder))
mkdirSync(values.out, { recursive: true })
writeFileSync(join(values.out, 'accuracy.json'), `${JSON.stringify(reports, null, 1)}\n`)
for (const report of reports) {
  printReport(report, values.verbose)
  if (report.bins.length === 0) continue
  const { folder, bins, expectedCalibrationError: error } = report
  const curve = join(values.out, `reliability-${basename(folder)}.svg`)
  writeFileSync(curve, reliabilitySvg(folder, bins, error))
  process.stdout.write(`  reliability curve: ${curve}\n`)
}
process.stdout.write(`\nall figures: ${join(values.out, 'accuracy.json')}\n`)
