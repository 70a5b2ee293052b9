import type { InspectedPage } from '../model/inspection.ts'
import type { PageExtract, PageKind } from '../model/page.ts'
import type { ErrorCode } from '../model/pipeline-error.ts'
import type { AuditPlan } from '../review/audit-sample.ts'
import type { PackedText } from '../store/artefacts.ts'
import type { DocumentOutcome, PackedOutcome } from '../store/assemblies.ts'
import type { StoreLocation } from '../store/store-location.ts'
import type { DocumentJudgements } from './assemble-reviewed.ts'

/** Instead of a choice of readers: pixels are looked at, and nobody reads. */
export const NOBODY = 'nobody'

/** Where a document lies. `documentId` is the SHA-256 that the file must have; null takes it as it is. */
export interface DocumentSource {
  readonly path: string
  readonly documentId: string | null
}

/** What a page child can be asked, and what it answers to each. */
export interface ChildTasks {
  readonly open: {
    readonly request: DocumentSource
    readonly answer: { readonly title: string | null; readonly pageCount: number }
  }
  readonly page: {
    readonly request: DocumentSource & { readonly pageNumber: number; readonly readers: string }
    readonly answer: PackedReading
  }
  /** Several pages of one document in one message: those that were read, the first of them in their order. */
  readonly pages: {
    readonly request: DocumentSource & { readonly pageNumbers: readonly number[]; readonly readers: string }
    readonly answer: PackedReadings
  }
  readonly assemble: {
    readonly request: ReviewedPages & {
      readonly fileName: string
      /** Which accepted fields the review page asks about beside the open ones. */
      readonly audit: AuditPlan
      /** Pages that were read just now, in place of what the store holds of them. */
      readonly fresh?: readonly PageExtract[]
    }
    readonly answer: AssembledDocument
  }
  readonly picture: {
    readonly request: DocumentSource & {
      readonly pageNumber: number
      readonly dpi: number
      /** Clockwise, from the page as displayed. */
      readonly quarterTurns: number
    }
    readonly answer: { readonly jpegBase64: string }
  }
  readonly inspect: {
    readonly request: DocumentSource & {
      readonly pageNumber: number
      readonly readers: string
      readonly dpi: number
      readonly others: ReviewedPages | null
    }
    readonly answer: PageInspection
  }
}

/** Pages of a document that were read before, as artefacts of a store. */
export interface StoredPages {
  readonly location: StoreLocation
  readonly artefacts: readonly string[]
}

/** Pages that were read before, with what people said of their document. */
export interface ReviewedPages extends StoredPages {
  readonly reviewed: DocumentJudgements
}

/** A page as it was read. `notice` says what the run as a whole went without, such as a reader; null when nothing. */
export interface PageReading {
  readonly extract: PageExtract
  readonly notice: string | null
}

/** The same, ready to be kept. */
export interface PackedReading {
  readonly pageNumber: number
  readonly kind: PageKind
  readonly reason: string
  readonly tableCount: number
  /** Whether what was read is a text, and not noise taken for one. */
  readonly isLegible: boolean
  readonly extract: PackedText
  readonly notice: string | null
}

export interface PackedReadings {
  readonly readings: readonly PackedReading[]
}

/** What the pages of a document came to, ready to be kept; `index` is its DocumentIndex as JSON. */
export interface AssembledDocument extends PackedOutcome {
  readonly index: string
}

export type TaskName = keyof ChildTasks

/** One page with every step of reading it, and what came of the document as far as its pages are known; for people. */
export interface PageInspection {
  readonly page: InspectedPage
  readonly outcome: DocumentOutcome
  readonly notice: string | null
}

export interface ChildRequest<Task extends TaskName = TaskName> {
  readonly id: number
  readonly task: Task
  readonly request: ChildTasks[Task]['request']
}

export type ChildMessage =
  | { readonly kind: 'ready' }
  /** From now on this child may take so many times longer: it reads with slower means. */
  | { readonly kind: 'patience'; readonly factor: number }
  /** A part of the page has been read: it is long, it does not hang. */
  | { readonly kind: 'progress'; readonly linesRead: number }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly code: ErrorCode; readonly detail: string }
  | { readonly kind: 'defect'; readonly id: number; readonly detail: string }

export type ChildWork = {
  readonly [Task in TaskName]: (request: ChildTasks[Task]['request']) => Promise<ChildTasks[Task]['answer']>
}
