import type { JudgementPurpose } from '../model/judgement.ts'
import { byPayoff, type Question } from '../review/find-questions.ts'
import type { DocumentIndex } from '../review/index-document.ts'

/** Which questions a reviewer wants to see; what is left out says nothing. */
export interface QuestionFilter {
  readonly documentId?: string
  readonly flag?: string
  readonly purpose?: JudgementPurpose
}

/** Questions of a batch in the order in which they are asked. */
export interface QuestionQueue {
  replace(documentId: string, index: DocumentIndex): void
  /** Takes out what was just answered, before the document has been put together again. */
  remove(questionId: string): void
  find(questionId: string): Question | null
  /** The first that `isFree`, in order. */
  first(filter: QuestionFilter, isFree: (question: Question) => boolean): Question | null
  /** The first so many that are free, in order. */
  ahead(filter: QuestionFilter, isFree: (question: Question) => boolean, count: number): readonly Question[]
  /** How many are open, by purpose. */
  counts(): Readonly<Record<JudgementPurpose, number>>
}

/** Doubts first, by what they pay; then what reviewers dispute; then the blind audit. */
const ORDER: readonly JudgementPurpose[] = ['review', 'conflict', 'audit']

export function createQuestionQueue(): QuestionQueue {
  const byDocument = new Map<string, readonly Question[]>()
  const byId = new Map<string, Question>()
  let sorted: readonly Question[] | null = null

  function inOrder(): readonly Question[] {
    sorted ??= [...byId.values()].toSorted(
      (a, b) => ORDER.indexOf(a.purpose) - ORDER.indexOf(b.purpose) || byPayoff(a, b),
    )
    return sorted
  }

  function replace(documentId: string, { questions, auditQuestions }: DocumentIndex): void {
    for (const { questionId } of byDocument.get(documentId) ?? []) byId.delete(questionId)
    // A field that is asked for another reason is not in the audit.
    const all = [...questions, ...auditQuestions]
    byDocument.set(documentId, all)
    for (const question of all) byId.set(question.questionId, question)
    sorted = null
  }

  return {
    replace,
    remove(questionId) {
      if (byId.delete(questionId)) sorted = sorted?.filter((question) => question.questionId !== questionId) ?? null
    },
    find: (questionId) => byId.get(questionId) ?? null,
    first(filter, isFree) {
      return inOrder().find((question) => matches(question, filter) && isFree(question)) ?? null
    },
    ahead(filter, isFree, count) {
      const found: Question[] = []
      for (const question of inOrder()) {
        if (found.length === count) break
        if (matches(question, filter) && isFree(question)) found.push(question)
      }
      return found
    },
    counts() {
      const counts = { review: 0, conflict: 0, audit: 0, correction: 0 }
      for (const { purpose } of byId.values()) counts[purpose] += 1
      return counts
    },
  }
}

function matches(question: Question, { documentId, flag, purpose }: QuestionFilter): boolean {
  return (
    (documentId === undefined || question.documentId === documentId) &&
    (flag === undefined || question.flags.some((code) => code === flag)) &&
    (purpose === undefined || question.purpose === purpose)
  )
}
