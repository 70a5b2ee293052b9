/**
 * Tables by the measure of ICDAR 2013 (adjacency relations, see adjacency.ts), ours beside peers on the same pages:
 * `npm run bench:tables -- [--out DIR] [--python PATH] [FOLDER...]` (default ../shared/real/text and ../shared/real/scans).
 * Wanted are documents with the rows of their tables (see find-cases.ts), such as the folders of the ICDAR 2013 competition;
 * only pages that have some are scored. A peer that is
 * not installed is named and left out. Peers without tables give lines, which are cut at wide gaps and kept where there are
 * two pieces or more; their pieces are below each other where they overlap, as kindly as we can.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { openPdf } from '../src/extract/pdf/open-pdf.ts'
import { encodePng } from '../src/extract/raster/image-file.ts'
import { toTextRow } from '../src/extract/table/text-rows.ts'
import { groupLines } from '../src/extract/table/words-to-lines.ts'
import type { Word } from '../src/model/page.ts'
import { type AdjacencyScore, foldText, type PlacedText, rowsToTexts, scorePage, toRates } from './adjacency.ts'
import { chooseFolders } from './choose-folders.ts'
import { type Case, findCases } from './find-cases.ts'

const DPI = 300
const GAP = / {2,}/

type Table = readonly PlacedText[]
/** The tables of one page. */
type ReadPage = (path: string, pageNumber: number) => Promise<readonly Table[]>
/** The tables of some pages of a document, by page. */
type ReadPages = (path: string, pageNumbers: readonly number[]) => Promise<ReadonlyMap<number, readonly Table[]>>

interface Peer {
  readonly name: string
  readonly isThere: boolean
  readonly read: ReadPages
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: 'out/bench' }, python: { type: 'string', default: 'python3' } },
})
const folders = chooseFolders(positionals, ['../shared/real/text', '../shared/real/scans'])

function run(command: string, parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')}: ${stderr}`)
  return stdout
}

function isThere(command: string, parameters: readonly string[]): boolean {
  return spawnSync(command, parameters, { stdio: 'ignore' }).status === 0
}

const gongkai: ReadPages = async (path, pageNumbers) => {
  const parameters = ['tables', path, '--pages', pageNumbers.join(','), '--format', 'json']
  const printed = JSON.parse(run(process.execPath, ['--import', 'tsx', 'src/cli.ts', ...parameters])) as {
    readonly tables: readonly { readonly page_number: number; readonly rows: string[][] }[]
  }
  const tables = printed.tables.map(({ page_number, rows }) => ({ page_number, texts: rowsToTexts(rows) }))
  return new Map(
    pageNumbers.map((pageNumber) => [
      pageNumber,
      tables.filter(({ page_number }) => page_number === pageNumber).map(({ texts }) => texts),
    ]),
  )
}

const pageByPage =
  (readPage: ReadPage): ReadPages =>
  async (path, pageNumbers) => {
    const pages = new Map<number, readonly Table[]>()
    for (const pageNumber of pageNumbers) pages.set(pageNumber, await readPage(path, pageNumber))
    return pages
  }

const PLUMBER = `import json, sys, pdfplumber
page = pdfplumber.open(sys.argv[1]).pages[int(sys.argv[2]) - 1]
json.dump(page.extract_tables(), sys.stdout)`

const pdfplumber: ReadPage = async (path, pageNumber) => {
  const tables = JSON.parse(run(values.python, ['-c', PLUMBER, path, String(pageNumber)])) as (string | null)[][][]
  return tables.map(rowsToTexts)
}

const pdftotext: ReadPage = async (path, pageNumber) => {
  const page = String(pageNumber)
  return [layoutToTexts(run('pdftotext', ['-layout', '-f', page, '-l', page, path, '-']))]
}

/** Lines of a page as pdftotext lays it out; Han characters take two columns there only in print, so places are counted. */
function layoutToTexts(printed: string): Table {
  return printed.split('\n').flatMap((line, row) => {
    const pieces = [...line.matchAll(/\S+(?: \S+)*/g)]
    if (pieces.length < 2 || !GAP.test(line.trim())) return []
    return pieces.map((piece) => {
      const start = widthOf(line.slice(0, piece.index))
      return { text: foldText(piece[0]), row, start, end: start + widthOf(piece[0]) }
    })
  })
}

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0)
}

const tesseract: ReadPage = async (path, pageNumber) => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-tables-'))
  const pdf = await openPdf(new Uint8Array(readFileSync(path)))
  try {
    const picture = join(folder, 'page.png')
    writeFileSync(picture, await encodePng(await (await pdf.readPage(pageNumber)).render(DPI)))
    return [wordsToTexts(parseTsv(run('tesseract', [picture, 'stdout', '-l', 'chi_sim+eng', '--psm', '11', 'tsv'])))]
  } finally {
    await pdf.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Words of tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
function parseTsv(printed: string): readonly Word[] {
  return printed.split('\n').flatMap((line): Word[] => {
    const columns = line.split('\t')
    const [left = 0, top = 0, width = 0, height = 0] = columns.slice(6, 10).map(Number)
    const text = (columns[11] ?? '').trim()
    if (columns[0] !== '5' || text === '') return []
    return [{ text, bbox: { x0: left, top, x1: left + width, bottom: top + height }, origin: 'ocr' }]
  })
}

function wordsToTexts(words: readonly Word[]): Table {
  return groupLines(words).flatMap((line, row) => {
    const { segments } = toTextRow(line)
    if (segments.length < 2) return []
    return segments.map(({ text, bbox }) => ({ text: foldText(text), row, start: bbox.x0, end: bbox.x1 }))
  })
}

const peers: readonly Peer[] = [
  { name: 'gongkai', isThere: true, read: gongkai },
  {
    name: 'pdfplumber, defaults',
    isThere: isThere(values.python, ['-c', 'import pdfplumber']),
    read: pageByPage(pdfplumber),
  },
  { name: 'pdftotext -layout', isThere: isThere('pdftotext', ['-v']), read: pageByPage(pdftotext) },
  { name: 'tesseract --psm 11', isThere: isThere('tesseract', ['--version']), read: pageByPage(tesseract) },
]

async function measure({ name, read }: Peer, cases: readonly Case[]): Promise<AdjacencyScore> {
  const total = { truth: 0, found: 0, correct: 0 }
  for (const [index, { path, tables }] of cases.entries()) {
    if (process.stderr.isTTY)
      process.stderr.write(`\r\u001b[K${name}: ${index + 1} of ${cases.length}, ${basename(path)}`)
    const pageNumbers = [...new Set((tables ?? []).map((table) => table.pageNumber))].toSorted((a, b) => a - b)
    const found = await read(path, pageNumbers)
    for (const pageNumber of pageNumbers) {
      const truth = (tables ?? [])
        .filter((table) => table.pageNumber === pageNumber)
        .map(({ rows }) => rowsToTexts(rows))
      const score = scorePage(truth, found.get(pageNumber) ?? [])
      total.truth += score.truth
      total.found += score.found
      total.correct += score.correct
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  return total
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(9)
const results: object[] = []
for (const folder of folders) {
  const cases = findCases(folder).filter(({ tables }) => tables !== null && tables.length > 0)
  const pages = cases.reduce(
    (sum, { tables }) => sum + new Set((tables ?? []).map((table) => table.pageNumber)).size,
    0,
  )
  process.stdout.write(`${folder}: ${pages} pages with tables of ${cases.length} documents\n`)
  process.stdout.write(`${''.padEnd(22)} precision    recall        F1\n`)
  for (const peer of peers) {
    const { name, isThere } = peer
    if (!isThere) {
      process.stdout.write(`${name.padEnd(22)} left out: not installed\n`)
      continue
    }
    const score = await measure(peer, cases)
    const { precision, recall, f1 } = toRates(score)
    results.push({ folder, name, ...score, precision, recall, f1 })
    process.stdout.write(
      `${name.padEnd(22)} ${percent(precision)} ${percent(recall)} ${percent(f1)}   of ${score.truth}\n`,
    )
  }
}
mkdirSync(values.out, { recursive: true })
writeFileSync(join(values.out, 'tables.json'), `${JSON.stringify(results, null, 1)}\n`)
