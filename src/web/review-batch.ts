import type { AuditPlan } from '../review/audit-sample.ts'
import type { DocumentIndex } from '../review/index-document.ts'
import type { ReviewDocument, ReviewedOutcome, ReviewRepository } from '../review/review-repository.ts'
import { createQuestionQueue, type QuestionQueue } from './question-queue.ts'

/** The documents of a review with their questions, as they were last seen in the store. */
export interface ReviewBatch {
  readonly queue: QuestionQueue
  list(): readonly ReviewDocument[]
  get(documentId: string): ReviewDocument | undefined
  outcome(documentId: string): Promise<ReviewedOutcome>
  /** What putting a document together came to. */
  keep(documentId: string, index: DocumentIndex, stateId: string, outcome: ReviewedOutcome): void
  /** Takes in documents that are new or were put together anew; those without an index are looked through afterwards. */
  takeIn(): Promise<void>
  /** Looks at one document again; false while the store has not worked in what was said of it. */
  reload(documentId: string): Promise<boolean>
  /** Resolves when every document has been looked through. */
  indexed(): Promise<void>
  /** Begins nothing more. */
  close(): void
}

export interface BatchServices {
  readonly repository: ReviewRepository
  readonly plan: AuditPlan
  readonly onFailure: (error: unknown) => void
}

const OUTCOMES_KEPT = 12

export function createReviewBatch({ repository, plan, onFailure }: BatchServices): ReviewBatch {
  const documents = new Map<string, ReviewDocument>()
  const outcomes = new Map<string, ReviewedOutcome>()
  const queue = createQuestionQueue()
  let indexing: Promise<void> = Promise.resolve()
  let isClosing = false

  function keepIndex(documentId: string, index: DocumentIndex, stateId?: string): void {
    const document = documents.get(documentId)
    if (document === undefined) return
    const publisher = document.publisher ?? index.publisher
    const fiscalYear = document.fiscalYear ?? index.fiscalYear
    documents.set(documentId, { ...document, index, publisher, fiscalYear, stateId: stateId ?? document.stateId })
    queue.replace(documentId, index)
  }

  function keepOutcome(documentId: string, outcome: ReviewedOutcome): void {
    outcomes.delete(documentId)
    outcomes.set(documentId, outcome)
    const [oldest] = outcomes.keys()
    if (outcomes.size > OUTCOMES_KEPT && oldest !== undefined) outcomes.delete(oldest)
  }

  function put(document: ReviewDocument): void {
    documents.set(document.documentId, document)
    outcomes.delete(document.documentId)
    if (document.index !== null) queue.replace(document.documentId, document.index)
  }

  async function indexMissing(): Promise<void> {
    for (const { documentId, index } of [...documents.values()]) {
      if (isClosing) return
      // Whoever waits for a page comes first: a local database never gives way by itself.
      await new Promise((resolve) => setImmediate(resolve))
      if (index === null) keepIndex(documentId, await repository.makeIndex(documentId, plan))
    }
  }

  return {
    queue,
    list: () => [...documents.values()],
    get: (documentId) => documents.get(documentId),
    async outcome(documentId) {
      const known = outcomes.get(documentId)
      if (known !== undefined) return known
      const outcome = await repository.outcome(documentId)
      keepOutcome(documentId, outcome)
      return outcome
    },
    keep(documentId, index, stateId, outcome) {
      keepOutcome(documentId, outcome)
      keepIndex(documentId, index, stateId)
    },
    async takeIn() {
      const before = new Map(documents)
      for (const document of await repository.documents(plan)) {
        const known = documents.get(document.documentId)
        // What an answer changed while the store was asked is newer than what it said.
        if (known?.stateId === document.stateId || known !== before.get(document.documentId)) continue
        put(document)
      }
      indexing = indexing.then(indexMissing).catch(onFailure)
    },
    async reload(documentId) {
      const document = await repository.document(documentId, plan)
      if (document !== null && document.index === null) return false
      if (document !== null) put(document)
      return true
    },
    indexed: () => indexing,
    close() {
      isClosing = true
    },
  }
}
