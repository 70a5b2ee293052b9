import { appendFileSync, existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PageExtract } from '../../../src/model/page.ts'
import { PipelineError } from '../../../src/model/pipeline-error.ts'
import type { GradedRecord } from '../../../src/model/record.ts'
import type { ChildWork } from '../../../src/queue/child-protocol.ts'
import { packAssembled, packReading } from '../../../src/queue/packed-answers.ts'
import { readQuickPages } from '../../../src/queue/read-quick-pages.ts'
import { askForPatience, serveChild, tellProgress } from '../../../src/queue/serve-child.ts'
import { openStore } from '../../../src/store/open-store.ts'
import { type Behaviour, FakeDocument } from './fake-document.ts'
import { fakeField } from './fake-field.ts'

/** A page child that reads fake documents: everything around it (pool, queue, store, output) is real. */
const work: ChildWork = {
  async open({ path }) {
    const document = read(path)
    await behave(document.opening, `${path}.open`)
    return { title: document.title, pageCount: document.pages.length }
  },
  page: ({ path, pageNumber }) => readPage(path, pageNumber),
  async pages({ path, pageNumbers }) {
    return { readings: await readQuickPages(pageNumbers, (pageNumber) => readPage(path, pageNumber)) }
  },
  async assemble({ location, artefacts, fresh = [], reviewed, audit, fileName }) {
    if (fileName === HANGS_TOGETHER) {
      appendFileSync(join(location.directory ?? '', 'put-together.txt'), 'tried\n')
      for (;;);
    }
    const store = await openStore(location, 'existing', { isKnownToBeThere: true })
    const extracts: PageExtract[] = []
    for (const hash of artefacts) extracts.push(JSON.parse(await store.artefacts.get(hash)) as PageExtract)
    await store.close()
    extracts.push(...fresh)
    const records = extracts.flatMap(toRecords)
    const outcome = { title: null, publisher: '某局', fiscalYear: 2024, records, checks: [], unusedTables: [] }
    return packAssembled(outcome, reviewed, audit)
  },
  picture: () => Promise.reject(new Error('not part of this fake')),
  inspect: () => Promise.reject(new Error('not part of this fake')),
}

/** A document that is read well, and that hangs when its pages are put together. */
const HANGS_TOGETHER = 'hangs-together.pdf'

async function readPage(path: string, pageNumber: number) {
  const page = read(path).pages[pageNumber - 1]
  if (page === undefined) throw new PipelineError('page/unreadable', `page ${pageNumber}`, { pageNumber })
  await behave(page.behaviour, `${path}.${pageNumber}`)
  return packReading({ extract: toExtract(pageNumber, page.rows), notice: page.notice ?? null })
}

function read(path: string) {
  const text = readFileSync(path, 'utf8')
  if (!text.startsWith('{')) throw new PipelineError('document/not-a-pdf', 'it does not begin with %PDF')
  return FakeDocument.parse(JSON.parse(text))
}

async function behave(behaviour: Behaviour, key: string): Promise<void> {
  const isSecondTry = existsSync(`${key}.tried`)
  const isThirdTry = existsSync(`${key}.tried-again`)
  writeFileSync(`${key}.tried`, String(process.pid))
  if (isSecondTry) writeFileSync(`${key}.tried-again`, '')
  if (behaviour.endsWith('-once') && isSecondTry) return
  if (behaviour.endsWith('-twice') && isThirdTry) return
  if (behaviour === 'slow') await sleep(30)
  if (behaviour === 'slow-readers') await readSlowly(() => askForPatience(4))
  if (behaviour === 'long-page') await readSlowly(() => tellProgress(1))
  if (behaviour.startsWith('hang')) for (;;);
  if (behaviour.startsWith('leak')) await leak()
  if (behaviour === 'abort') process.abort()
  if (behaviour === 'heap-full') endLikeTheEngine()
  if (behaviour.startsWith('throw')) throw new TypeError('a defect')
  if (behaviour.startsWith('refuse')) throw new PipelineError('page/too-large', 'ten thousand megapixels')
}

/** What V8 writes where its heap is full: the reason, and then its own stack, which may be as long as the calls are deep. */
function endLikeTheEngine(): never {
  writeSync(2, 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n')
  for (let frame = 0; frame < 60; frame += 1)
    writeSync(2, `${frame}: 0x10fb794 v8::internal::Heap::RecomputeLimits [node]\n`)
  process.abort()
}

const SLOW_MS = 3000

/** Longer than the limit of the tests that use it, as readers would that ask for more or tell how far they are. */
async function readSlowly(tell: () => void): Promise<void> {
  const spentMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000
  const begun = spentMs()
  // To ask for the time costs time too: it is asked for now and then.
  while (spentMs() - begun < SLOW_MS) {
    tell()
    await sleep(1)
    for (let step = 0; step < 1_000_000; step += 1) Math.sqrt(step)
  }
}

/** Memory outside the JavaScript heap, which no heap cap sees. */
async function leak(): Promise<never> {
  const held: Buffer[] = []
  for (;;) {
    held.push(Buffer.alloc(20 * 1024 * 1024, 1))
    await sleep(5)
  }
}

const BOX = { x0: 10, top: 20, x1: 30, bottom: 40 }

function toExtract(pageNumber: number, rows: readonly (readonly string[])[]): PageExtract {
  const cells = rows.flatMap((texts, row) =>
    texts.map((text, column) => ({
      row,
      column,
      rowSpan: 1,
      columnSpan: 1,
      bbox: BOX,
      text,
      origin: 'text' as const,
      confidence: null,
      readings: [],
      flags: [],
    })),
  )
  const table = {
    pageNumber,
    tableIndex: 1,
    bbox: BOX,
    rowCount: rows.length,
    columnCount: 2,
    structure: 'vector-rulings' as const,
    structureConfidence: 1,
    cells,
  }
  return { pageNumber, kind: 'text', reason: 'fake', width: 600, height: 800, lines: [], tables: [table], warnings: [] }
}

function toRecords(extract: PageExtract): readonly GradedRecord[] {
  return extract.tables.flatMap((table) =>
    Array.from({ length: table.rowCount }, (_, row) => ({
      recordType: 'procurement_line' as const,
      pageNumber: table.pageNumber,
      tableIndex: table.tableIndex,
      rowIndex: row + 1,
      status: 'accepted' as const,
      fields: table.cells
        .filter((cell) => cell.row === row)
        .map((cell) => fakeField(cell.column === 0 ? 'item_name' : 'amount', cell.text, extract.pageNumber)),
    })),
  )
}

serveChild(work)
