import type { FlagCode } from '../model/flag.ts'
import type { Check, GradedRecord } from '../model/record.ts'
import type { AuditPlan } from './audit-sample.ts'
import { findAuditQuestions, findQuestions, type Question } from './find-questions.ts'
import type { Standing } from './settle-judgements.ts'

/** What the review page needs to know of a document without opening it: counts and questions. */
export interface DocumentIndex {
  readonly publisher: string | null
  readonly fiscalYear: number | null
  readonly records: number
  readonly fields: number
  /** Fields by what they came to; they add up to `fields`. */
  readonly accepted: number
  readonly open: number
  readonly judged: number
  /** Of the judged ones those whose value people changed. */
  readonly corrected: number
  readonly contradicted: number
  /** Open fields by flag; a field with two flags counts under both. */
  readonly flags: Readonly<Partial<Record<FlagCode, number>>>
  readonly questions: readonly Question[]
  readonly auditQuestions: readonly Question[]
}

interface Indexed {
  readonly publisher: string | null
  readonly fiscalYear: number | null
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
}

export function indexDocument(
  documentId: string,
  { records, checks, publisher, fiscalYear }: Indexed,
  standings: ReadonlyMap<string, Standing>,
  plan: AuditPlan,
): DocumentIndex {
  const fields = records.flatMap((record) => record.fields)
  const open = fields.filter(({ grade }) => grade === 'review')
  const judgements = fields.flatMap(({ grade, judgement }) => (grade === 'accepted' ? (judgement ?? []) : []))
  const judged = judgements.length
  const flags: Partial<Record<FlagCode, number>> = {}
  for (const field of open) {
    for (const code of new Set(field.flags.map((flag) => flag.code))) flags[code] = (flags[code] ?? 0) + 1
  }
  return {
    publisher,
    fiscalYear,
    records: records.length,
    fields: fields.length,
    accepted: fields.length - open.length - judged,
    open: open.length,
    judged,
    corrected: judgements.filter(({ value, machineValue }) => value !== machineValue).length,
    contradicted: checks.filter(({ outcome }) => outcome === 'contradicted').length,
    flags,
    questions: findQuestions(documentId, records, checks),
    auditQuestions: findAuditQuestions(documentId, records, standings, plan),
  }
}
