import sharp from 'sharp'
import type { Judgement } from '../../../src/model/judgement.ts'
import type { Check, GradedField, GradedRecord } from '../../../src/model/record.ts'
import { indexDocument } from '../../../src/review/index-document.ts'
import { layOverRecords } from '../../../src/review/lay-over-records.ts'
import type { QuestionLocks, ReviewRepository } from '../../../src/review/review-repository.ts'
import { settleJudgements } from '../../../src/review/settle-judgements.ts'
import { identifyJudgement } from '../../../src/store/judgements.ts'
import { fakeField } from '../../queue/support/fake-field.ts'

export const DOCUMENT = 'a'.repeat(64)
export const PAGE = { width: 842, height: 595 }
const VERSION = '1'
const ROW_HEIGHT = 20
const COLUMNS = [
  'unit_name',
  'item_code',
  'item_name',
  'amount',
  'quantity',
  'fund_source',
  'project_name',
  'unit_price',
]

/** A table of so many rows; `open` names fields for review as "row.field". */
export function fakeTable(rows: number, open: Readonly<Record<string, Partial<GradedField>>>): readonly GradedRecord[] {
  return Array.from({ length: rows }, (_row, index) => {
    const rowIndex = index + 1
    const fields = COLUMNS.map((name, column) => {
      const top = 30 + (index * ROW_HEIGHT) / (rows > 25 ? rows / 25 : 1)
      const height = rows > 25 ? (ROW_HEIGHT * 25) / rows : ROW_HEIGHT
      const bbox = { x0: 30 + column * 95, top, x1: 120 + column * 95, bottom: top + height - 1 }
      const change = open[`${rowIndex}.${name}`]
      const value = name === 'amount' ? `${rowIndex}00.00` : `${name} ${rowIndex}`
      const grade = change === undefined ? 'accepted' : 'review'
      const isMoney = name === 'amount' ? ({ isMoney: true } as const) : {}
      return fakeField(name, value, 1, { bbox, grade, raw: `${value}?`, ...isMoney, ...change })
    })
    const status = fields.some(({ grade }) => grade === 'review') ? 'review' : 'accepted'
    return { recordType: 'procurement_line', pageNumber: 1, tableIndex: 1, rowIndex, status, fields }
  })
}

export interface MemoryRepository extends ReviewRepository {
  readonly kept: Judgement[]
}

/** A batch of one document in memory: answers are laid over the records, nothing else follows from them. */
export function memoryRepository(records: readonly GradedRecord[], checks: readonly Check[] = []): MemoryRepository {
  const kept: Judgement[] = []
  const now = () => {
    const standings = settleJudgements(kept)
    return { records: layOverRecords(DOCUMENT, records, records, standings, VERSION), checks, standings }
  }
  const about = { publisher: '某市某区财政局', fiscalYear: 2024 }
  return {
    kept,
    async documents(plan) {
      const { standings, ...outcome } = now()
      const index = indexDocument(DOCUMENT, { ...outcome, ...about }, standings, plan)
      const document = { district: null, documentId: DOCUMENT, fileName: '预算 <b>2024</b>.pdf', ...about }
      return [{ ...document, pageCount: 1, status: 'complete', extractorVersion: VERSION, index, stateId: '1' }]
    },
    outcome: async () => now(),
    async document(_documentId, plan) {
      return (await this.documents(plan))[0] ?? null
    },
    judgementsSince: async (mark) => ({ judgements: kept.slice(mark), mark: kept.length }),
    locks: memoryLocks(),
    async append(contents) {
      const added = contents.map(identifyJudgement)
      kept.push(...added)
      return added
    },
    async solve(documentId, plan) {
      const { standings, ...outcome } = now()
      return { outcome, index: indexDocument(documentId, { ...outcome, ...about }, standings, plan), stateId: '1' }
    },
    makeIndex: () => Promise.reject(new Error('every document has an index')),
    async picture() {
      return { bytes: await drawPage(records), mediaType: 'image/png' }
    },
    pageView: async () => ({ ...PAGE, quarterTurns: 0 }),
    publish: async () => undefined,
  }
}

/** Locks that never end by themselves. */
function memoryLocks(): QuestionLocks {
  const holders = new Map<string, string>()
  const take = async (questionId: string, reviewer: string) => {
    for (const [held, holder] of holders) if (holder === reviewer) holders.delete(held)
    holders.set(questionId, reviewer)
  }
  return {
    take,
    async claim(questionId, reviewer) {
      const holder = holders.get(questionId)
      if (holder !== undefined && holder !== reviewer) return false
      await take(questionId, reviewer)
      return true
    },
  }
}

/** Cells as boxes with a stroke in each, so that crops differ. */
function drawPage(records: readonly GradedRecord[]): Promise<Uint8Array> {
  const cells = records.flatMap(({ fields, rowIndex }) =>
    fields.map(({ bbox, value }) => {
      const { x0, top, x1, bottom } = bbox
      const text = `${(value ?? '').replaceAll(/[<>&]/g, '')}`
      const size = Math.min(9, (bottom - top) * 0.7)
      return `<rect x="${x0}" y="${top}" width="${x1 - x0}" height="${bottom - top}" fill="none" stroke="#333" stroke-width=".6"/>
        <text x="${x0 + 3}" y="${bottom - size * 0.4}" font-size="${size}" font-family="sans-serif">${rowIndex}: ${text}</text>`
    }),
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${PAGE.width * 2}" height="${PAGE.height * 2}" viewBox="0 0 ${PAGE.width} ${PAGE.height}"><rect width="100%" height="100%" fill="#fdfcf8"/>${cells.join('')}</svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}
