/** How fast the review page is on a large batch; see --help. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeJpeg } from '../src/extract/raster/image-file.ts'
import type { FlagCode } from '../src/model/flag.ts'
import type { FieldDraft, GradedField, GradedRecord } from '../src/model/record.ts'
import { readFieldLists } from '../src/queue/field-lists.ts'
import { loadDictionaries } from '../src/queue/load-dictionaries.ts'
import type { PagePool } from '../src/queue/page-pool.ts'
import { DEFAULT_PLAN } from '../src/queue/plan-document.ts'
import { keepIndex } from '../src/queue/review-index.ts'
import { createReviewRepository, type ReviewServices } from '../src/queue/review-repository.ts'
import { filesInPlace } from '../src/queue/source-files.ts'
import { toFraction, USUAL_AUDIT } from '../src/review/audit-sample.ts'
import { layOverRecords } from '../src/review/lay-over-records.ts'
import { settleJudgements } from '../src/review/settle-judgements.ts'
import { type DocumentOutcome, readOutcome } from '../src/store/assemblies.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { openPictureFolder } from '../src/store/picture-folder.ts'
import { localStore } from '../src/store/store-location.ts'
import { type OpenReview, openReview } from '../src/web/open-review.ts'
import { storeMadeDocument } from '../tests/support/store-made-document.ts'

const HELP = `npm run bench:review -- [--documents 500] [--rows 25] [--answers 100] [--unindexed]

Makes a batch of documents with 16 fields a row (5 % of them for review) in a store, opens the review page over it and measures,
in processor time of the server and the asking process together, and in wall time: until the first question is on its way, and
from an answer to the next question, each with the picture of its page, and the same after a restart. Painting a page and putting a
document together again happen in another process and are not in the figures.
--unindexed leaves out the index that an ingest makes, as in a store of an older version.
`

const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '500' },
    rows: { type: 'string', default: '25' },
    answers: { type: 'string', default: '100' },
    unindexed: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const FIELDS = [
  'unit_code',
  'unit_name',
  'project_name',
  'item_code',
  'item_name',
  'function_code',
  'function_name',
  'economic_code',
  'economic_name',
  'fund_source',
  'fund_nature',
  'quantity',
  'unit_of_measure',
  'unit_price',
  'amount',
  'amount_sme',
]
const OPEN_SHARE = 0.05
const PAGE_SIZE = { width: 842, height: 595 }
const FLAGS: readonly FlagCode[] = ['readers-disagree', 'code-ambiguous', 'amount-unreadable', 'equation-contradicted']

function makeOutcome(document: number, rows: number): DocumentOutcome {
  const records = Array.from({ length: rows }, (_row, index) => makeRecord(document, index + 1))
  const members = records.map(({ rowIndex }) => ({ pageNumber: 1, tableIndex: 1, rowIndex, field: 'amount' }))
  const check = { kind: 'column-total', where: 'page 1, total', pageNumber: 1, tableIndex: 1, members } as const
  const figures = { expected: '1.00', found: '2.00', difference: '1.00', outcome: 'contradicted' } as const
  const publisher = `某市第${document % 40}区财政局`
  return {
    title: null,
    publisher,
    fiscalYear: 2020 + (document % 6),
    records,
    checks: [{ ...check, ...figures }],
    unusedTables: [],
  }
}

function makeRecord(document: number, rowIndex: number): GradedRecord {
  const fields = FIELDS.map((name, column) => makeField(document, rowIndex, name, column))
  const status = fields.some(({ grade }) => grade === 'review') ? 'review' : 'accepted'
  return { recordType: 'procurement_line', pageNumber: 1, tableIndex: 1, rowIndex, status, fields }
}

function makeField(document: number, rowIndex: number, name: string, column: number): GradedField {
  const chance = toFraction(`${document}/${rowIndex}/${name}`)
  const isOpen = chance < OPEN_SHARE
  const value = name.startsWith('amount') ? `${rowIndex * 1000}.00` : `${name}-${rowIndex}`
  const characters = [...value].map((text) => ({ text, confidence: 0.99, alternatives: [] }))
  const reading = { reader: 'paddle', lines: [value], confidence: 0.98, characters } as const
  const flag = FLAGS[Math.floor((chance / OPEN_SHARE) * FLAGS.length)] ?? 'readers-disagree'
  const support: FieldDraft['support'] = {
    origin: 'ocr',
    readersAgreeing: 1,
    readersDisagreeing: isOpen ? 1 : 0,
    engineConfidence: 0.9,
    form: 'fits',
    catalogue: 'agrees',
    catalogueMargin: 0.9,
    equationsHolding: 0,
    equationsContradicted: 0,
    pinned: false,
    repeats: 0,
  }
  return {
    name,
    value,
    raw: value,
    pageNumber: 1,
    support,
    readings: [reading, { ...reading, reader: 'tesseract' }],
    bbox: { x0: 20 + column * 50, top: 20 + rowIndex * 20, x1: 68 + column * 50, bottom: 38 + rowIndex * 20 },
    flags: isOpen ? [{ code: flag, detail: 'made up' }] : [],
    evidence: [`column "${name}"`],
    candidates: isOpen ? [{ value, label: value, probability: 0.6, evidence: 'read' }] : [],
    grade: isOpen ? 'review' : 'accepted',
    confidence: isOpen ? 0.6 : 0.99,
  }
}

async function fillStore(store: Store, documents: number, rows: number, isIndexed: boolean): Promise<number> {
  let fields = 0
  for (let number = 0; number < documents; number += 1) {
    const documentId = number.toString(16).padStart(8, '0').padEnd(64, 'a')
    const outcome = makeOutcome(number, rows)
    const fileName = `${number}.pdf`
    const jobId = await storeMadeDocument(store, { documentId, fileName, outcome, pageSize: PAGE_SIZE })
    if (isIndexed) await keepIndex(store, documentId, jobId, outcome, [], USUAL_AUDIT)
    fields += outcome.records.length * FIELDS.length
  }
  return fields
}

/** Stands for the other process: judgements are laid over the records at once. */
function poolOver(store: Store, jpegBase64: string): PagePool {
  return {
    async run(task, request) {
      if (task === 'picture') return { jpegBase64 } as never
      if (task !== 'assemble' || !('reviewed' in request)) throw new Error(`made documents have no ${task}`)
      const { documentId, judgements, extractorVersion } = request.reviewed
      const assembly = await store.assemblies.find(`assemble__${documentId}`)
      if (assembly === null) throw new Error('no such document')
      const outcome = await readOutcome(store.artefacts, assembly)
      const standings = settleJudgements(judgements)
      const records = layOverRecords(documentId, outcome.records, outcome.records, standings, extractorVersion)
      return { ...outcome, records } as never
    },
    peakMemoryMib: () => 0,
    close: async () => undefined,
  }
}

interface ShownQuestion {
  readonly question: {
    readonly questionId: string
    readonly documentId: string
    readonly values: readonly (string | null)[]
  }
  readonly cells: readonly {
    readonly pageNumber: number
    readonly tableIndex: number
    readonly rowIndex: number
    readonly boxPage: number
  }[]
}

interface Spent {
  readonly cpuMs: number
  readonly wallMs: number
}

async function measure(step: () => Promise<unknown>): Promise<Spent> {
  const [cpu, wall] = [process.cpuUsage(), performance.now()]
  await step()
  const { user, system } = process.cpuUsage(cpu)
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall }
}

const tell = ({ cpuMs, wallMs }: Spent) => `${cpuMs.toFixed(0)} ms of processor, ${wallMs.toFixed(0)} ms on the clock`

function middle(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** A page of noise: about as many bytes as a scan of 200 dpi. */
async function makePicture(): Promise<string> {
  const [width, height] = [1654, 1170]
  const data = new Uint8Array(width * height)
  for (let at = 0; at < data.length; at += 1) data[at] = 200 + ((at * 2_654_435_761) >>> 27)
  return Buffer.from(await encodeJpeg({ width, height, data }, 60)).toString('base64')
}

interface Start {
  readonly question: ShownQuestion | null
  readonly progress: { readonly questions: unknown }
}

/** A browser's side of one review. */
interface Visitor {
  readonly start: Start
  readonly get: (path: string) => Promise<Uint8Array>
  readonly answer: (question: ShownQuestion) => Promise<Start>
}

const pictureOf = ({ question, cells }: ShownQuestion) => `/picture/${question.documentId}/${cells[0]?.boxPage ?? 1}`

async function visit(url: string): Promise<Visitor> {
  const response = await fetch(url)
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const page = await response.text()
  const start = JSON.parse(/<script id="start"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? '{}') as Start
  const csrf = /name="csrf" content="([^"]+)"/.exec(page)?.[1] ?? ''
  const { origin } = new URL(url)
  const headers = { cookie, 'x-csrf-token': csrf, origin, 'content-type': 'application/json' }
  return {
    start,
    async get(path) {
      const answer = await fetch(new URL(path, url), { headers: { cookie } })
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
      return new Uint8Array(await answer.arrayBuffer())
    },
    async answer({ question, cells }) {
      const body = {
        questionId: question.questionId,
        kind: 'accept',
        values: [],
        shown: question.values,
        cells: cells.map(({ pageNumber, tableIndex, rowIndex }) => ({ pageNumber, tableIndex, rowIndex })),
        reason: '',
        typed: null,
      }
      const answer = await fetch(new URL('/api/answer', url), { method: 'POST', headers, body: JSON.stringify(body) })
      return (await answer.json()) as Start
    },
  }
}

/** Opens the review page and asks for its first question and that question's picture. */
async function openAndVisit(services: ReviewServices): Promise<{ review: OpenReview; visitor: Visitor }> {
  const dictionaries = loadDictionaries()
  const { kinds, lists } = readFieldLists(dictionaries)
  const review = await openReview(createReviewRepository(services), {
    host: '127.0.0.1',
    port: 0,
    token: null,
    reviewer: 'bench',
    audit: USUAL_AUDIT,
    dictionaries,
    fieldKinds: kinds,
    fieldSchemes: lists,
    fieldNames: new Map(),
    proposals: () => '',
    onFailure: () => undefined,
  })
  const visitor = await visit(review.url)
  if (visitor.start.question !== null) await visitor.get(pictureOf(visitor.start.question))
  return { review, visitor }
}

async function answerQuestions({ start, get, answer }: Visitor, review: OpenReview, most: number): Promise<Spent[]> {
  const spent: Spent[] = []
  let { question } = start
  while (spent.length < most && question !== null) {
    const asked: ShownQuestion = question
    spent.push(
      await measure(async () => {
        question = (await answer(asked)).question ?? null
        if (question !== null) await get(pictureOf(question))
      }),
    )
    await review.desk.settled()
  }
  return spent
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'gongkai-review-speed-'))
  const store = await openStore(localStore(directory))
  const write = (line: string) => process.stdout.write(`${line}\n`)
  try {
    const fields = await fillStore(store, Number(values.documents), Number(values.rows), !values.unindexed)
    const pool = poolOver(store, await makePicture())
    const shared = { store, pool, files: filesInPlace(store), plan: DEFAULT_PLAN }
    const openServices = (): ReviewServices => ({
      ...shared,
      signal: new AbortController().signal,
      pictures: openPictureFolder(join(directory, '.review-pictures')),
    })
    let opened: Awaited<ReturnType<typeof openAndVisit>> | null = null
    const first = await measure(async () => {
      opened = await openAndVisit(openServices())
    })
    const { review, visitor } = opened as unknown as Awaited<ReturnType<typeof openAndVisit>>
    const { questions } = visitor.start.progress
    write(
      `${values.documents} documents, ${fields.toLocaleString('en')} fields, ${JSON.stringify(questions)} questions`,
    )
    write(`first question with its picture, from opening the store on: ${tell(first)}`)
    const spent = await answerQuestions(visitor, review, Number(values.answers))
    const sorted = (of: (each: Spent) => number) => spent.map(of).toSorted((a, b) => a - b)
    const [cpu, wall] = [sorted(({ cpuMs }) => cpuMs), sorted(({ wallMs }) => wallMs)]
    const at = (share: number) => tell({ cpuMs: middle(cpu, share), wallMs: middle(wall, share) })
    write(`next question with its picture, ${spent.length} answers: median ${at(0.5)}; 95 of 100 within ${at(0.95)}`)
    for (const path of ['/documents', '/overview', '/conflicts']) {
      write(`${path}: ${tell(await measure(() => visitor.get(path)))}`)
    }
    await review.close()
    const again = await measure(async () => {
      opened = await openAndVisit(openServices())
    })
    write(`first question with its picture, after a restart: ${tell(again)}`)
    await (opened as unknown as Awaited<ReturnType<typeof openAndVisit>>).review.close()
    write(`resident memory: ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`)
  } finally {
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

if (values.help) process.stdout.write(HELP)
else await main()
