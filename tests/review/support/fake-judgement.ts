import { createHash } from 'node:crypto'
import type { Judgement, JudgementContent } from '../../../src/model/judgement.ts'
import type { GradedField, GradedRecord } from '../../../src/model/record.ts'

export const DOCUMENT = 'd'.repeat(64)
const BOX = { x0: 10.126, top: 20, x1: 30, bottom: 40 }

/** A judgement of row 1's amount, to be varied where a test cares; its id follows from its content. */
export function fakeJudgement(
  change: Partial<JudgementContent> & { readonly rowIndex?: number; readonly field?: string } = {},
): Judgement {
  const { rowIndex = 1, field = 'amount', ...rest } = change
  const content: JudgementContent = {
    place: { documentId: DOCUMENT, pageNumber: 1, tableIndex: 1, rowIndex, field },
    recordType: 'procurement_line',
    bbox: BOX,
    raw: '2回',
    machineValue: '200.00',
    verdict: 'corrected',
    value: '20000.00',
    purpose: 'review',
    reason: '',
    reviewer: 'wang',
    judgedAt: '2026-01-02T03:04:05.000Z',
    batchId: 'batch-1',
    shown: { flags: [], candidates: [], cells: 1, confidence: 0.5, typed: null },
    extractorVersion: '2',
    supersedes: [],
    ...rest,
  }
  return { ...content, judgementId: createHash('sha256').update(JSON.stringify(content)).digest('hex') }
}

export function fakeRecord(rowIndex: number, fields: readonly GradedField[]): GradedRecord {
  return {
    recordType: 'procurement_line',
    pageNumber: 1,
    tableIndex: 1,
    rowIndex,
    status: fields.some(({ grade }) => grade === 'review') ? 'review' : 'accepted',
    fields,
  }
}
