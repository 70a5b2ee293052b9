/** How fast the review page is on a large batch; see --help. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FlagCode } from '../src/model/flag.ts'
import type { FieldDraft, GradedField, GradedRecord } from '../src/model/record.ts'
import { readFieldLists } from '../src/queue/field-lists.ts'
import { loadDictionaries } from '../src/queue/load-dictionaries.ts'
import type { PagePool } from '../src/queue/page-pool.ts'
import { DEFAULT_PLAN } from '../src/queue/plan-document.ts'
import { keepIndex } from '../src/queue/review-index.ts'
import { createReviewRepository } from '../src/queue/review-repository.ts'
import { filesInPlace } from '../src/queue/source-files.ts'
import { toFraction, USUAL_AUDIT } from '../src/review/audit-sample.ts'
import { layOverRecords } from '../src/review/lay-over-records.ts'
import { settleJudgements } from '../src/review/settle-judgements.ts'
import { packText } from '../src/store/artefacts.ts'
import { type DocumentOutcome, keepOutcome, packOutcome, readOutcome } from '../src/store/assemblies.ts'
import { openStore, type Store } from '../src/store/open-store.ts'
import { localStore } from '../src/store/store-location.ts'
import { openReview } from '../src/web/open-review.ts'

const HELP = `npm run bench:review -- [--documents 500] [--rows 25] [--answers 100] [--unindexed]

Makes a batch of documents with 16 fields a row (5 % of them for review) in a store, opens the review page over it and measures,
in processor time of the server and the asking process together, and in wall time: until the first question is on its way, and
from an answer to the next question. Putting the document together again happens in another process and is not in the figures.
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
    const jobId = `assemble__${documentId}`
    const page = `page__${documentId}__v1-both`
    const extract = {
      pageNumber: 1,
      kind: 'scan',
      reason: 'made up',
      ...PAGE_SIZE,
      lines: [],
      tables: [],
      warnings: [],
    }
    const artefact = await store.artefacts.put(packText(JSON.stringify(extract)))
    const assembly = await keepOutcome(store.artefacts, jobId, packOutcome(outcome))
    const input = { documentId, path: `/made/${number}.pdf`, fileName: `${number}.pdf`, byteSize: 1 }
    const asked = {
      givenPublisher: null,
      givenFiscalYear: null,
      givenDistrict: null,
      givenDepartment: null,
      sourceUrl: null,
      selection: 'all',
      readers: 'both',
    }
    await store.transaction(async (tables) => {
      await tables.documents.register({ ...input, ...asked }, { code: 'document/unfinished', message: '', remedy: '' })
      await tables.documents.setNames(documentId, [{ path: input.path, fileName: input.fileName }])
      await tables.documents.setOpened(documentId, { openedId: 'x', title: null, pageCount: 1 })
      await tables.documents.setPlan(documentId, [page], jobId)
      await tables.documents.setStatus(documentId, 'complete', null)
      await tables.pages.save(page, documentId, {
        pageNumber: 1,
        kind: 'scan',
        reason: '',
        tableCount: 1,
        artefact,
        seconds: 0,
      })
      await tables.assemblies.save(documentId, assembly)
    })
    if (isIndexed) await keepIndex(store, documentId, jobId, outcome, [], USUAL_AUDIT)
    fields += outcome.records.length * FIELDS.length
  }
  return fields
}

/** Stands for the other process: judgements are laid over the records at once. */
function poolOver(store: Store): PagePool {
  return {
    async run(task, request) {
      if (task !== 'assemble' || !('reviewed' in request)) throw new Error('there are no pictures of made documents')
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
  readonly question: { readonly questionId: string; readonly values: readonly (string | null)[] }
  readonly cells: readonly { readonly pageNumber: number; readonly tableIndex: number; readonly rowIndex: number }[]
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

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'gongkai-review-speed-'))
  const store = await openStore(localStore(directory))
  try {
    const fields = await fillStore(store, Number(values.documents), Number(values.rows), !values.unindexed)
    const dictionaries = loadDictionaries()
    const { kinds, lists } = readFieldLists(dictionaries)
    const never = new AbortController().signal
    const services = {
      store,
      pool: poolOver(store),
      files: filesInPlace(store),
      plan: DEFAULT_PLAN,
      signal: never,
      pictures: null,
    }
    let review: Awaited<ReturnType<typeof openReview>> | null = null
    let page = ''
    let cookie = ''
    const first = await measure(async () => {
      review = await openReview(createReviewRepository(services), {
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
      const response = await fetch(review.url)
      cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      page = await response.text()
    })
    const opened = review as unknown as Awaited<ReturnType<typeof openReview>>
    const start: { question: ShownQuestion | null; progress: { questions: unknown } } = JSON.parse(
      /<script id="start"[^>]*>(.*?)<\/script>/s.exec(page)?.[1] ?? '{}',
    )
    const csrf = /name="csrf" content="([^"]+)"/.exec(page)?.[1] ?? ''
    process.stdout.write(
      `${values.documents} documents, ${fields.toLocaleString('en')} fields, ${JSON.stringify(start.progress.questions)} questions\n`,
    )
    process.stdout.write(`first question, from opening the store on: ${tell(first)}\n`)
    const headers = {
      cookie,
      'x-csrf-token': csrf,
      origin: new URL(opened.url).origin,
      'content-type': 'application/json',
    }
    const spent: Spent[] = []
    let { question } = start
    for (let count = 0; count < Number(values.answers) && question !== null; count += 1) {
      const body = {
        questionId: question.question.questionId,
        kind: 'accept',
        values: [],
        shown: question.question.values,
        cells: question.cells.map(({ pageNumber, tableIndex, rowIndex }) => ({ pageNumber, tableIndex, rowIndex })),
        reason: '',
        typed: null,
      }
      spent.push(
        await measure(async () => {
          const response = await fetch(new URL('/api/answer', opened.url), {
            method: 'POST',
            headers,
            body: JSON.stringify(body),
          })
          ;({ question } = (await response.json()) as typeof start)
        }),
      )
      await opened.desk.settled()
    }
    const [cpu, wall] = [
      spent.map(({ cpuMs }) => cpuMs).toSorted((a, b) => a - b),
      spent.map(({ wallMs }) => wallMs).toSorted((a, b) => a - b),
    ]
    process.stdout.write(
      `next question after an answer, ${spent.length} answers: median ${tell({ cpuMs: middle(cpu, 0.5), wallMs: middle(wall, 0.5) })}; 95 of 100 within ${tell({ cpuMs: middle(cpu, 0.95), wallMs: middle(wall, 0.95) })}\n`,
    )
    for (const path of ['/documents', '/overview', '/conflicts']) {
      process.stdout.write(
        `${path}: ${tell(await measure(async () => (await fetch(new URL(path, opened.url), { headers: { cookie } })).text()))}\n`,
      )
    }
    process.stdout.write(`resident memory: ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB\n`)
    await opened.close()
  } finally {
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

if (values.help) process.stdout.write(HELP)
else await main()
