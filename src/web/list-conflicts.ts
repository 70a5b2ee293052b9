import type { Judgement } from '../model/judgement.ts'
import type { ReviewDocument } from '../review/review-repository.ts'
import { settleJudgements } from '../review/settle-judgements.ts'

/** A field on which reviewers differ. `questionId` null: a newer extraction dropped what they judged. */
export interface ListedConflict {
  readonly fileName: string
  readonly judgements: readonly Judgement[]
  readonly questionId: string | null
}

export function listConflicts(
  documents: readonly ReviewDocument[],
  judgements: readonly Judgement[],
): readonly ListedConflict[] {
  const byId = new Map(documents.map((document) => [document.documentId, document]))
  return [...settleJudgements(judgements).values()].flatMap((standing) => {
    const [first] = standing.kind === 'conflict' ? standing.judgements : []
    if (first === undefined || standing.kind !== 'conflict') return []
    const document = byId.get(first.place.documentId)
    const question = document?.index?.questions.find(
      ({ purpose, fields, cells }) =>
        purpose === 'conflict' &&
        fields.includes(first.place.field) &&
        cells.some(
          ({ pageNumber, tableIndex, rowIndex }) =>
            pageNumber === first.place.pageNumber &&
            tableIndex === first.place.tableIndex &&
            rowIndex === first.place.rowIndex,
        ),
    )
    return [
      { fileName: document?.fileName ?? '', judgements: standing.judgements, questionId: question?.questionId ?? null },
    ]
  })
}
