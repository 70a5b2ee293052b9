import type { FlagCode } from '../model/flag.ts'
import { groupBy } from '../model/group-by.ts'
import type { FieldPlace, JudgementPurpose } from '../model/judgement.ts'
import { placeKey } from '../model/judgement.ts'
import type { Check, GradedField, GradedRecord } from '../model/record.ts'
import { type AuditPlan, isAudited } from './audit-sample.ts'
import type { Standing } from './settle-judgements.ts'
import { createQuestionWeigher } from './weigh-question.ts'

/** One cell that a question asks about. `places` has one entry a field of the question, in their order. */
export interface QuestionCell {
  readonly pageNumber: number
  readonly tableIndex: number
  readonly rowIndex: number
}

/**
 * What a person is asked at once: one cell, or all cells of a column that hold the same glyphs and got the same value.
 * `fields` are the fields of one cell that are open: one, or a code with its name. `values` is what the machine proposes.
 * `payoff` is how many fields the answer is expected to settle.
 */
export interface Question {
  readonly questionId: string
  readonly documentId: string
  readonly recordType: string
  readonly purpose: JudgementPurpose
  readonly fields: readonly string[]
  readonly raw: string
  readonly values: readonly (string | null)[]
  /** Which of the fields are money. */
  readonly money: readonly boolean[]
  readonly flags: readonly FlagCode[]
  readonly cells: readonly QuestionCell[]
  readonly payoff: number
}

interface OpenCell {
  readonly record: GradedRecord
  readonly fields: readonly GradedField[]
}

/** The questions that a document leaves: open fields by cell, like cells together, the most paying first. */
export function findQuestions(
  documentId: string,
  records: readonly GradedRecord[],
  checks: readonly Check[],
): readonly Question[] {
  const open = records.flatMap((record) => openCells(record))
  const isOpen = new Set(
    open.flatMap(({ record, fields }) => fields.map((field) => placeKey(placeOf(documentId, record, field.name)))),
  )
  const groups = groupBy(open, ({ record, fields }) =>
    JSON.stringify([
      record.recordType,
      fields.map(({ name, value }) => [name, value]),
      fields[0]?.raw,
      isDisputed(fields) ? [record.pageNumber, record.tableIndex, record.rowIndex] : [],
    ]),
  )
  const weigh = createQuestionWeigher(documentId, checks, isOpen)
  const questions = [...groups.values()].map((cells) => toQuestion(documentId, cells, weigh))
  return questions.toSorted(byPayoff)
}

/** Higher payoff first, then the order of reading. */
export function byPayoff(a: Question, b: Question): number {
  return b.payoff - a.payoff || (a.questionId < b.questionId ? -1 : a.questionId > b.questionId ? 1 : 0)
}

/** Accepted fields that the audit draws and nobody has judged: each is a question of its own, asked without its value. */
export function findAuditQuestions(
  documentId: string,
  records: readonly GradedRecord[],
  standings: ReadonlyMap<string, Standing>,
  plan: AuditPlan,
): readonly Question[] {
  return records.flatMap((record) =>
    record.fields.flatMap((field) => {
      const place = placeOf(documentId, record, field.name)
      const isDue =
        field.grade === 'accepted' &&
        isAudited(place, plan) &&
        isPrinted(field, record) &&
        !standings.has(placeKey(place))
      return isDue ? [describe(documentId, [{ record, fields: [field] }], 'audit', 1)] : []
    }),
  )
}

/** Nobody types more than this for an audit. */
const LONGEST_AUDITED = 60

/**
 * Whether a person can read the value in its cell: not a key of ours (total_budget, income), and of a sentence that gave many
 * fields only what it says in so many words.
 */
function isPrinted({ value, raw, bbox, isMoney }: GradedField, { fields }: GradedRecord): boolean {
  if (value === null || value.length > LONGEST_AUDITED || value.includes('。')) return false
  if (/^[a-z]+(?:_[a-z]+)*$/.test(value) && value !== 'true' && value !== 'false') return false
  const isOfSentence = fields.filter((other) => JSON.stringify(other.bbox) === JSON.stringify(bbox)).length > 2
  return !isOfSentence || isMoney === true || raw.includes(value)
}

function openCells(record: GradedRecord): readonly OpenCell[] {
  const open = record.fields.filter(({ grade }) => grade === 'review')
  const byCell = groupBy(open, ({ pageNumber, bbox }) => JSON.stringify([pageNumber, bbox]))
  return [...byCell.values()].map((fields) => ({ record, fields }))
}

function isDisputed(fields: readonly GradedField[]): boolean {
  return fields.some(({ flags }) => flags.some(({ code }) => code === 'judgements-disagree'))
}

function toQuestion(
  documentId: string,
  cells: readonly OpenCell[],
  weigh: (asked: ReadonlySet<string>) => number,
): Question {
  const keys = cells.flatMap(({ record, fields }) =>
    fields.map((field) => placeKey(placeOf(documentId, record, field.name))),
  )
  const purpose = cells.some(({ fields }) => isDisputed(fields)) ? 'conflict' : 'review'
  return describe(documentId, cells, purpose, weigh(new Set(keys)))
}

function describe(documentId: string, cells: readonly OpenCell[], purpose: JudgementPurpose, payoff: number): Question {
  const [first] = cells
  if (first === undefined) throw new Error('a question asks about at least one cell')
  const { record, fields } = first
  return {
    questionId: questionId(documentId, record, fields),
    documentId,
    recordType: record.recordType,
    purpose,
    fields: fields.map(({ name }) => name),
    raw: fields[0]?.raw ?? '',
    values: fields.map(({ value }) => value),
    money: fields.map(({ isMoney }) => isMoney === true),
    flags: [...new Set(fields.flatMap(({ flags }) => flags.map(({ code }) => code)))],
    cells: cells.map(({ record: { pageNumber, tableIndex, rowIndex } }) => ({ pageNumber, tableIndex, rowIndex })),
    payoff,
  }
}

function placeOf(documentId: string, { pageNumber, tableIndex, rowIndex }: GradedRecord, field: string): FieldPlace {
  return { documentId, pageNumber, tableIndex, rowIndex, field }
}

/** Sorts in reading order within a document; the same cell keeps its id as long as it is asked about. */
function questionId(documentId: string, record: GradedRecord, fields: readonly GradedField[]): string {
  const pad = (value: number) => String(value).padStart(4, '0')
  const { pageNumber, tableIndex, rowIndex } = record
  const names = fields.map(({ name }) => name).join('+')
  return `${documentId.slice(0, 16)}-p${pad(pageNumber)}-t${pad(tableIndex)}-r${pad(rowIndex)}-${names}`
}
