import type { Judgement, JudgementContent, Verdict } from '../model/judgement.ts'
import { placeKey } from '../model/judgement.ts'
import type { GradedField, GradedRecord } from '../model/record.ts'
import type { Question, QuestionCell } from '../review/find-questions.ts'
import type { ReviewedOutcome } from '../review/review-repository.ts'
import { standingJudgements } from '../review/settle-judgements.ts'

/** An answer as it was given: to which cells of the question, and what they hold, one value a field. */
export interface Answer {
  readonly cells: readonly QuestionCell[]
  readonly kind: 'value' | 'unreadable' | 'printed-so'
  readonly values: readonly string[]
  readonly reason: string
  readonly typed: string | null
}

export interface AnswerContext {
  readonly reviewer: string
  readonly judgedAt: string
  readonly batchId: string
  readonly extractorVersion: string
}

/** The judgements that an answer means: one a field of each cell, each with what it judged. */
export function judgeQuestion(
  question: Question,
  answer: Answer,
  outcome: ReviewedOutcome,
  judgements: readonly Judgement[],
  context: AnswerContext,
): readonly JudgementContent[] {
  return answer.cells.flatMap((cell) => {
    const record = outcome.records.find((each) => isSamePlace(each, cell))
    if (record === undefined) return []
    return question.fields.flatMap((name, index) => {
      const field = record.fields.find((each) => each.name === name)
      if (field === undefined) return []
      const value = answer.kind === 'unreadable' ? null : (answer.values[index] ?? null)
      return [toContent(question, answer, record, field, value, judgements, context)]
    })
  })
}

function toContent(
  question: Question,
  answer: Answer,
  record: GradedRecord,
  field: GradedField,
  value: string | null,
  judgements: readonly Judgement[],
  context: AnswerContext,
): JudgementContent {
  const { pageNumber, tableIndex, rowIndex } = record
  const place = { documentId: question.documentId, pageNumber, tableIndex, rowIndex, field: field.name }
  const key = placeKey(place)
  const before = standingJudgements(judgements.filter((judgement) => placeKey(judgement.place) === key))
  // Whoever settles a conflict speaks for everybody; otherwise only one's own earlier answer is replaced.
  const replaced =
    question.purpose === 'conflict' ? before : before.filter(({ reviewer }) => reviewer === context.reviewer)
  // A judged field shows the person's value; what the machine held of it stands in that judgement.
  const machineValue = field.judgement === undefined ? field.value : field.judgement.machineValue
  return {
    place,
    recordType: record.recordType,
    bbox: field.bbox,
    raw: field.raw,
    machineValue,
    verdict: verdictOf(answer, value, machineValue),
    value,
    purpose: question.purpose,
    reason: answer.reason,
    shown: {
      flags: field.flags.map(({ code }) => code),
      candidates: field.candidates.map((candidate) => candidate.value),
      cells: answer.cells.length,
      confidence: field.confidence,
      typed: answer.typed,
    },
    ...context,
    supersedes: replaced.map(({ judgementId }) => judgementId),
  }
}

function verdictOf({ kind }: Answer, value: string | null, machineValue: string | null): Verdict {
  if (kind !== 'value') return kind
  return value === machineValue ? 'confirmed' : 'corrected'
}

function isSamePlace(a: QuestionCell, b: QuestionCell): boolean {
  return a.pageNumber === b.pageNumber && a.tableIndex === b.tableIndex && a.rowIndex === b.rowIndex
}

/** Takes back everything that the reviewer's last key press said and that still stands; empty when there is nothing. */
export function withdrawLast(
  judgements: readonly Judgement[],
  context: Omit<AnswerContext, 'extractorVersion'>,
): readonly JudgementContent[] {
  const own = standingJudgements(judgements).filter(({ reviewer }) => reviewer === context.reviewer)
  const [last] = own.toSorted((a, b) => (a.judgedAt < b.judgedAt ? 1 : a.judgedAt > b.judgedAt ? -1 : 0))
  if (last === undefined) return []
  return own
    .filter(({ batchId }) => batchId === last.batchId)
    .map(({ judgementId, ...content }) => ({
      ...content,
      ...context,
      verdict: 'withdrawn',
      value: null,
      reason: '',
      supersedes: [judgementId],
    }))
}
