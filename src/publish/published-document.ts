import type { PageKind } from '../model/page.ts'
import type { ErrorCode } from '../model/pipeline-error.ts'
import type { Check, GradedRecord, UnusedTable } from '../model/record.ts'

/** Why something failed: its code, what happened, and what to do about it. */
export interface PublishedError {
  readonly code: ErrorCode
  readonly message: string
  readonly remedy: string
}

/** A page as documents.jsonl tells of it; `kind` is null when the page could not be read. */
export interface PublishedPage {
  readonly pageNumber: number
  readonly kind: PageKind | null
  readonly reason: string | null
  readonly tableCount: number
  /** What was noticed in reading it, in words: a weak grid, a text layer without a picture under it. */
  readonly warnings: readonly string[]
  readonly error: PublishedError | null
}

/**
 * Another document of the same body. previous_year, next_year: the same stage a year apart. accounts, budget: the other stage
 * of the year. repeats: another file of the year with the same totals (a department and its only unit): one of them is enough.
 * same_body: another file of the year with totals of its own.
 */
export interface RelatedDocument {
  readonly documentId: string
  readonly fileName: string
  readonly relation: 'previous_year' | 'next_year' | 'accounts' | 'budget' | 'repeats' | 'same_body'
}

/** Everything that the output files say of one document. */
export interface PublishedDocument {
  readonly documentId: string
  readonly fileName: string
  /** File names under which the same content was seen too. */
  readonly otherNames: readonly string[]
  readonly title: string | null
  readonly publisher: string | null
  readonly fiscalYear: number | null
  /** As a manifest gave them. */
  readonly district: string | null
  readonly department: string | null
  readonly sourceUrl: string | null
  readonly pageCount: number | null
  readonly status: 'complete' | 'partial' | 'failed'
  readonly error: PublishedError | null
  readonly pages: readonly PublishedPage[]
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
  readonly unusedTables: readonly UnusedTable[]
  /** Where the batch holds other documents of the same body. */
  readonly related?: readonly RelatedDocument[]
}
