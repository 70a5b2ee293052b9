/**
 * Ours beside its peers on the same scanned pages: `npm run bench:peers -- [--out DIR] [FOLDER...]` (default ../shared/real/scans).
 * Wanted are documents with the truth of their tables (see find-cases.ts). A peer that is not installed is named and left
 * out. Peers give words, not tables: their lines are cut at wide gaps, as kindly as we can. `in place` counts cells that
 * stand in the right row and column, `anywhere` those whose text stands somewhere on the page as a cell.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openPdf } from '../src/extract/pdf/open-pdf.ts'
import { encodePng } from '../src/extract/raster/image-file.ts'
import { toTextRow } from '../src/extract/table/text-rows.ts'
import { groupLines } from '../src/extract/table/words-to-lines.ts'
import type { Word } from '../src/model/page.ts'
import { chooseFolders } from './choose-folders.ts'
import { type Case, findCases } from './find-cases.ts'
import { foldForComparison } from './score-records.ts'
import { type FoundTable, scoreTables } from './score-tables.ts'

const DPI = 300
const LANGUAGES = 'chi_sim+eng'
/** One core each, so that pages a minute compare. */
const ENVIRONMENT = { ...process.env, OMP_THREAD_LIMIT: '1' }

interface Peer {
  readonly name: string
  /** Null where it can run, else what is missing. */
  readonly missing: string | null
  /** The tables of one document; only what the peer itself does is timed. */
  readonly read: (
    path: string,
    folder: string,
    timed: (command: string, parameters: readonly string[]) => string,
  ) => Promise<FoundTable[]>
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'out/bench' } },
})
const cases = chooseFolders(positionals, ['../shared/real/scans'])
  .flatMap(findCases)
  .filter((one) => one.tables !== null)

function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0
}

const gongkai = (readers: string): Peer => ({
  name: `gongkai --ocr ${readers}`,
  missing: null,
  read: async (path, _folder, timed) => {
    const parameters = [
      '--import',
      'tsx',
      'src/cli.ts',
      'tables',
      path,
      '--format',
      'json',
      '--jobs',
      '1',
      '--ocr',
      readers,
    ]
    const printed = JSON.parse(timed(process.execPath, parameters)) as {
      readonly tables: readonly { readonly page_number: number; readonly rows: string[][] }[]
    }
    return printed.tables.map((table) => ({ pageNumber: table.page_number, rows: table.rows }))
  },
})

const tesseract = (segmentation: string): Peer => ({
  name: `tesseract --psm ${segmentation}`,
  missing: isInstalled('tesseract') ? null : 'tesseract-ocr and tesseract-ocr-chi-sim',
  read: async (path, folder, timed) => {
    const pdf = await openPdf(new Uint8Array(readFileSync(path)))
    const tables: FoundTable[] = []
    for (let pageNumber = 1; pageNumber <= pdf.pageCount; pageNumber++) {
      const picture = join(folder, `page-${pageNumber}.png`)
      writeFileSync(picture, await encodePng(await (await pdf.readPage(pageNumber)).render(DPI)))
      const printed = timed('tesseract', [picture, 'stdout', '-l', LANGUAGES, '--psm', segmentation, 'tsv'])
      tables.push({ pageNumber, rows: wordsToRows(parseTsv(printed)) })
    }
    await pdf.close()
    return tables
  },
})

const ocrmypdf: Peer = {
  name: 'ocrmypdf --force-ocr',
  missing: isInstalled('ocrmypdf') ? null : 'ocrmypdf',
  read: async (path, folder, timed) => {
    const output = join(folder, 'ocr.pdf')
    timed('ocrmypdf', ['--quiet', '--jobs', '1', '--force-ocr', '-l', LANGUAGES, path, output])
    const pdf = await openPdf(new Uint8Array(readFileSync(output)))
    const tables: FoundTable[] = []
    for (let pageNumber = 1; pageNumber <= pdf.pageCount; pageNumber++) {
      tables.push({ pageNumber, rows: wordsToRows((await pdf.readPage(pageNumber)).words) })
    }
    await pdf.close()
    return tables
  },
}

async function countPages(path: string): Promise<number> {
  const pdf = await openPdf(new Uint8Array(readFileSync(path)))
  await pdf.close()
  return pdf.pageCount
}

/** Words of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
function parseTsv(printed: string): Word[] {
  return printed.split('\n').flatMap((line): Word[] => {
    const columns = line.split('\t')
    const [left = 0, top = 0, width = 0, height = 0] = columns.slice(6, 10).map(Number)
    const text = (columns[11] ?? '').trim()
    if (columns[0] !== '5' || text === '') return []
    return [{ text, bbox: { x0: left, top, x1: left + width, bottom: top + height }, origin: 'ocr' }]
  })
}

function wordsToRows(words: readonly Word[]): string[][] {
  return groupLines(words).map((line) => toTextRow(line).segments.map(({ text }) => text))
}

/** How many filled cells of the truth stand somewhere on their page as a cell of that text. */
function countAnywhere(
  one: Case,
  found: readonly FoundTable[],
): { readonly filled: number; readonly anywhere: number } {
  let [filled, anywhere] = [0, 0]
  for (const { pageNumber, rows } of one.tables ?? []) {
    const left = new Map<string, number>()
    for (const text of found.filter((table) => table.pageNumber === pageNumber).flatMap((table) => table.rows.flat())) {
      const folded = foldForComparison(text)
      left.set(folded, (left.get(folded) ?? 0) + 1)
    }
    for (const text of rows
      .flat()
      .map(foldForComparison)
      .filter((wanted) => wanted !== '')) {
      filled += 1
      const count = left.get(text) ?? 0
      if (count > 0) anywhere += 1
      left.set(text, count - 1)
    }
  }
  return { filled, anywhere }
}

async function measure(peer: Peer) {
  const total = { name: peer.name, pages: 0, seconds: 0, cells: 0, inPlace: 0, filled: 0, anywhere: 0 }
  for (const one of cases) {
    const folder = mkdtempSync(join(tmpdir(), 'gongkai-peers-'))
    const timed = (command: string, parameters: readonly string[]): string => {
      const begun = performance.now()
      const run = spawnSync(command, parameters, { env: ENVIRONMENT, maxBuffer: 1 << 28 })
      total.seconds += (performance.now() - begun) / 1000
      if (run.status !== 0) throw new Error(`${command} ${one.name}: ${run.stderr.toString('utf8')}`)
      return run.stdout.toString('utf8')
    }
    try {
      const found = await peer.read(one.path, folder, timed)
      const score = scoreTables(one.name, one.tables ?? [], found)
      const { filled, anywhere } = countAnywhere(one, found)
      total.pages += await countPages(one.path)
      total.cells += score.cells
      total.inPlace += score.cellsExact
      total.filled += filled
      total.anywhere += anywhere
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return total
}

const percent = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`.padStart(8)

process.stdout.write(`${cases.length} documents; one core each, start included\n`)
process.stdout.write(`${''.padEnd(24)} in place anywhere  pages a minute\n`)
const results = []
for (const peer of [gongkai('both'), gongkai('tesseract'), tesseract('6'), tesseract('11'), ocrmypdf]) {
  if (peer.missing !== null) {
    process.stdout.write(`${peer.name.padEnd(24)} left out: ${peer.missing} is not installed\n`)
    continue
  }
  const total = await measure(peer)
  results.push(total)
  const pace = ((60 * total.pages) / total.seconds).toFixed(1)
  const shares = `${percent(total.inPlace, total.cells)} ${percent(total.anywhere, total.filled)}`
  process.stdout.write(`${peer.name.padEnd(24)} ${shares}  ${pace}\n`)
}
mkdirSync(values.out, { recursive: true })
writeFileSync(join(values.out, 'peers.json'), `${JSON.stringify(results, null, 1)}\n`)
