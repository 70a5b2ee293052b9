/**
 * Pages a minute: `npm run bench:speed -- [--jobs 1,2] [FOLDER...]` (default: samples).
 * First each stage alone in one process, then `gongkai ingest` as it is installed (built), once for each number of jobs.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { extractPage } from '../src/extract/extract-page.ts'
import type { OcrEngine, ReadingHint } from '../src/extract/ocr/ocr-engine.ts'
import { openReaders } from '../src/extract/ocr/open-readers.ts'
import type { LineImage } from '../src/extract/raster/image.ts'
import type { PageExtract } from '../src/model/page.ts'
import { assembleDocument } from '../src/queue/assemble-document.ts'
import { openDocumentBytes } from '../src/queue/document-file.ts'
import { readDictionaries } from '../src/store/read-dictionaries.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string', default: '1,2' }, out: { type: 'string', default: 'out/bench' } },
})
const folders = positionals.length > 0 ? positionals : ['samples']
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.toLowerCase().endsWith('.pdf'))
    .sort()
    .map((name) => join(folder, name)),
)

interface Spent {
  readonly ms: number
  /** Processor time of the whole process, all threads: what counts where the machine is shared. */
  readonly cpuMs: number
}

const NOTHING_SPENT: Spent = { ms: 0, cpuMs: 0 }

function spentUntilNow(): Spent {
  const { user, system } = process.cpuUsage()
  return { ms: performance.now(), cpuMs: (user + system) / 1000 }
}

function minus(a: Spent, b: Spent): Spent {
  return { ms: a.ms - b.ms, cpuMs: a.cpuMs - b.cpuMs }
}

function plus(a: Spent, b: Spent): Spent {
  return { ms: a.ms + b.ms, cpuMs: a.cpuMs + b.cpuMs }
}

/** What a stage has taken, and how often it ran (pages; lines for the readers). */
class Stopwatch {
  readonly stages = new Map<string, Spent & { readonly units: number }>()

  add(stage: string, spent: Spent, units: number): void {
    const before = this.stages.get(stage) ?? { ...NOTHING_SPENT, units: 0 }
    this.stages.set(stage, { ...plus(before, spent), units: before.units + units })
  }

  async measure<T>(stage: string, units: number, work: () => Promise<T> | T): Promise<T> {
    const begun = spentUntilNow()
    const result = await work()
    this.add(stage, minus(spentUntilNow(), begun), units)
    return result
  }

  spentOn(...stages: readonly string[]): Spent {
    return stages.map((stage) => this.stages.get(stage) ?? NOTHING_SPENT).reduce(plus, NOTHING_SPENT)
  }
}

function timed(engine: OcrEngine, watch: Stopwatch): OcrEngine {
  const recognize = (lines: readonly LineImage[], hint: ReadingHint, signal: AbortSignal) =>
    watch.measure(engine.name, lines.length, () => engine.recognize(lines, hint, signal))
  return { name: engine.name, recognize, close: () => engine.close() }
}

const SCAN_STAGE = 'scan page: pixels, grid, crops'

async function measureStages() {
  const watch = new Stopwatch()
  const dictionaries = await readDictionaries()
  const readers = await watch.measure('load readers', 1, () => openReaders('both'))
  const pair = { first: timed(readers.first, watch), second: readers.second && timed(readers.second, watch) }
  const signal = new AbortController().signal
  let [textPages, scanPages] = [0, 0]
  for (const file of files) {
    const document = await watch.measure('open', 1, () => openDocumentBytes(new Uint8Array(readFileSync(file))))
    const extracts: PageExtract[] = []
    for (let pageNumber = 1; pageNumber <= document.pageCount; pageNumber++) {
      const ocrBefore = watch.spentOn('paddle', 'tesseract')
      const begun = spentUntilNow()
      const extract = await extractPage(await document.readPage(pageNumber), pair, signal)
      const spent = minus(minus(spentUntilNow(), begun), minus(watch.spentOn('paddle', 'tesseract'), ocrBefore))
      const isText = extract.kind === 'text' || extract.kind === 'blank'
      if (isText) textPages += 1
      else scanPages += 1
      watch.add(isText ? 'text page: layer, rulings, tables' : SCAN_STAGE, spent, 1)
      extracts.push(extract)
    }
    await watch.measure('assemble: forms, match, equations', 1, () => assembleDocument(extracts, dictionaries, file))
    await document.close()
  }
  await readers.close()
  return { watch, textPages, scanPages, peakMib: process.resourceUsage().maxRSS / 1024 }
}

function measureIngest(jobs: string) {
  const out = mkdtempSync(join(tmpdir(), 'gongkai-speed-'))
  try {
    const parameters = ['dist/start.js', 'ingest', ...files, '--out', out, '--jobs', jobs, '--no-progress', '--json']
    const run = spawnSync(process.execPath, parameters, { maxBuffer: 1 << 28 })
    if (run.status !== 0 && run.status !== 3) throw new Error(run.stderr.toString('utf8'))
    return JSON.parse(run.stdout.toString('utf8')) as {
      pages_read: number
      seconds: number
      peak_child_memory_mib: number
    }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

const { watch, textPages, scanPages, peakMib } = await measureStages()
const total = watch.spentOn(...watch.stages.keys())
const scan = watch.spentOn('paddle', 'tesseract', SCAN_STAGE)
process.stdout.write(`${files.length} documents, ${textPages} text pages, ${scanPages} scan pages, one process\n`)
process.stdout.write(`  ${'stage'.padEnd(38)} ${'wall'.padStart(9)} ${'processor'.padStart(11)}   share\n`)
for (const [stage, { ms, cpuMs, units }] of watch.stages) {
  const share = ((100 * cpuMs) / total.cpuMs).toFixed(1)
  process.stdout.write(
    `  ${stage.padEnd(38)} ${(ms / 1000).toFixed(2).padStart(7)} s ${(cpuMs / 1000).toFixed(2).padStart(9)} s ` +
      `${share.padStart(5)} %  ${units} x ${(cpuMs / Math.max(1, units)).toFixed(1)} ms\n`,
  )
}
process.stdout.write(
  `  a scan page takes ${(scan.cpuMs / 1000 / Math.max(1, scanPages)).toFixed(1)} s of processor time\n`,
)
process.stdout.write(`  peak resident memory ${peakMib.toFixed(0)} MiB\n`)
const runs = values.jobs.split(',').map((jobs) => ({ jobs, summary: measureIngest(jobs) }))
for (const { jobs, summary } of runs) {
  const perMinute = ((60 * summary.pages_read) / summary.seconds).toFixed(1)
  process.stdout.write(
    `ingest --jobs ${jobs}: ${summary.pages_read} pages in ${summary.seconds} s, ${perMinute} pages a minute, ` +
      `largest page process ${summary.peak_child_memory_mib} MiB\n`,
  )
}
mkdirSync(values.out, { recursive: true })
const report = { files, textPages, scanPages, peakMib, stages: Object.fromEntries(watch.stages), runs }
writeFileSync(join(values.out, 'speed.json'), `${JSON.stringify(report, null, 1)}\n`)
