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

/** All that the review page needs of the world behind it. Documents are named by their id. */
export interface ReviewRepository {
  documents(plan: AuditPlan): Promise<readonly ReviewDocument[]>
  outcome(documentId: string): Promise<ReviewedOutcome>
  judgements(): Promise<readonly Judgement[]>
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
