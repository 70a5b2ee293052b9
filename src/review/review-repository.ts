import type { Judgement, JudgementContent } from '../model/judgement.ts'
import type { Check, GradedRecord } from '../model/record.ts'
import type { AuditPlan } from './audit-sample.ts'
import type { DocumentIndex } from './index-document.ts'
import type { PageView } from './upright.ts'

/** A document as the review page lists it. `index` is null until it has been looked through. */
export interface ReviewDocument {
  readonly documentId: string
  readonly fileName: string
  readonly publisher: string | null
  /** As the manifest gave it. */
  readonly district: string | null
  readonly fiscalYear: number | null
  readonly pageCount: number | null
  readonly status: 'complete' | 'partial' | 'failed'
  /** By which version of the extractor its pages were read. */
  readonly extractorVersion: string
  readonly index: DocumentIndex | null
  /** Changes when the document was put together anew. */
  readonly stateId: string
}

/** A document with what people said laid over it. */
export interface ReviewedOutcome {
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
}

/** A page for people, turned upright, its longer side of as many pixels as will do. */
export interface PagePicture {
  readonly bytes: Uint8Array
  readonly mediaType: string
}

/** Who looks at what. A lock only keeps a question from being handed to two people; it never refuses an answer. */
export interface QuestionLocks {
  /** Holds the question for the reviewer and lets go of what he held; false where somebody else looks at it. */
  claim(questionId: string, reviewer: string): Promise<boolean>
  /** Holds it also where somebody else looks at it. */
  take(questionId: string, reviewer: string): Promise<void>
}

/** All that the review page needs of the world behind it. Documents are named by their id. */
export interface ReviewRepository {
  /** Shared by all review pages on the store. */
  readonly locks: QuestionLocks
  documents(plan: AuditPlan): Promise<readonly ReviewDocument[]>
  outcome(documentId: string): Promise<ReviewedOutcome>
  /** One document as it is listed now; its index is null while an answer has not been worked in, the whole null where it is gone. */
  document(documentId: string, plan: AuditPlan): Promise<ReviewDocument | null>
  /** What was added by anybody after the mark of an earlier call; 0 gives all. */
  judgementsSince(mark: number): Promise<{ readonly judgements: readonly Judgement[]; readonly mark: number }>
  /** Adds judgements, gives them their ids, and keeps them before it resolves. */
  append(contents: readonly JudgementContent[]): Promise<readonly Judgement[]>
  /** Puts the document together again with all its judgements, keeps the result and its index. */
  solve(
    documentId: string,
    plan: AuditPlan,
  ): Promise<{ readonly outcome: ReviewedOutcome; readonly index: DocumentIndex; readonly stateId: string }>
  /** Makes and keeps the index of a document that has none. */
  makeIndex(documentId: string, plan: AuditPlan): Promise<DocumentIndex>
  picture(documentId: string, pageNumber: number): Promise<PagePicture>
  pageView(documentId: string, pageNumber: number): Promise<PageView>
  /** Writes the output files as the store has them now. */
  publish(): Promise<void>
}
