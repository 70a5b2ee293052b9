import type { DocumentIndex } from '../review/index-document.ts'
import type { ReviewDocument } from '../review/review-repository.ts'
import type { Settlement } from './solver.ts'

/** Counts over the whole batch. `solving` documents are being put together again after an answer. */
export interface ReviewProgress {
  readonly fields: number
  readonly accepted: number
  readonly judged: number
  readonly open: number
  readonly questions: Readonly<Record<'review' | 'conflict' | 'audit', number>>
  readonly solving: number
  /** Documents that have not been looked through yet. */
  readonly waiting: number
  /** What the last answers settled, the newest first. */
  readonly settlements: readonly Settlement[]
}

export function countProgress(
  documents: readonly ReviewDocument[],
  questions: ReviewProgress['questions'],
  solving: number,
  settlements: readonly Settlement[],
): ReviewProgress {
  const indexes = documents.flatMap(({ index }) => index ?? [])
  const sum = (of: (index: DocumentIndex) => number) => indexes.reduce((total, index) => total + of(index), 0)
  return {
    fields: sum(({ fields }) => fields),
    accepted: sum(({ accepted }) => accepted),
    judged: sum(({ judged }) => judged),
    open: sum(({ open }) => open),
    questions: { review: questions.review, conflict: questions.conflict, audit: questions.audit },
    solving,
    waiting: documents.length - indexes.length,
    settlements,
  }
}
