import type { BoundingBox } from './bounding-box.ts'
import type { Flag } from './flag.ts'
import type { Judgement } from './judgement.ts'
import type { Reading } from './table.ts'

export const RECORD_TYPES = [
  'procurement_line',
  'service_purchase_line',
  'budget_line',
  'key_figure',
  'performance_project',
  'performance_cost_line',
  'performance_indicator',
] as const
/** What a record is about; docs/output.md lists the fields of each. */
export type RecordType = (typeof RECORD_TYPES)[number]

/** A value that was considered, for the person who settles the field. `probability` is 0 to 1. */
export interface Candidate {
  readonly value: string
  readonly label: string
  readonly probability: number
  readonly evidence: string
}

/**
 * What speaks for a field's value, as facts; `review` turns them into one calibrated confidence.
 * `readersAgreeing` counts independent OCR readers whose reading gives this very value (after normalisation), before
 * any restoration; `readersDisagreeing` those that give another. `engineConfidence` is the best agreeing reader's
 * weakest character, 0 to 1 (null on a trusted text layer).
 */
export interface Support {
  readonly origin: 'text' | 'ocr'
  readonly readersAgreeing: number
  readonly readersDisagreeing: number
  readonly engineConfidence: number | null
  /** Whether the value has the shape its column demands (a code's pattern, a money amount, a known word). */
  readonly form: 'fits' | 'misfits' | 'free'
  readonly catalogue: 'agrees' | 'restored' | 'ambiguous' | 'contradicts' | 'unknown' | 'none'
  /** Probability of the chosen entry less that of the runner-up; null where no catalogue was asked. */
  readonly catalogueMargin: number | null
  readonly equationsHolding: number
  readonly equationsContradicted: number
  /** True when equations leave exactly this value. */
  readonly pinned: boolean
  /** How often the same value was read cleanly elsewhere in the document. */
  readonly repeats: number
}

/** One field of a record before grading. `value` is null when the cell is empty or nothing could be made of it. */
export interface FieldDraft {
  readonly name: string
  readonly value: string | null
  readonly raw: string
  readonly pageNumber: number
  readonly bbox: BoundingBox
  readonly flags: readonly Flag[]
  readonly evidence: readonly string[]
  readonly candidates: readonly Candidate[]
  readonly readings: readonly Reading[]
  readonly support: Support
  /** Set where the value is money, in yuan with two places. */
  readonly isMoney?: true
}

/**
 * A record before grading. `rowIndex` is 1-based over data lines and goes on over page breaks; `tableIndex` is 0 for what
 * stands in no table.
 */
export interface RecordDraft {
  readonly recordType: RecordType
  readonly pageNumber: number
  readonly tableIndex: number
  readonly rowIndex: number
  readonly fields: readonly FieldDraft[]
}

/** accepted: fit for use as it is. review: a person is asked first. */
export type Grade = 'accepted' | 'review'

/**
 * What a record is fit for. After a person: corrected where a value of it was changed, else confirmed where one was
 * looked at; both only when no field is left for review.
 */
export type RecordStatus = Grade | 'confirmed' | 'corrected'

/**
 * A graded field. `confidence` is the calibrated probability (0 to 1) that the machine's value is right. `judgement` is
 * there when a person settled the field: `value` is then the person's, the machine's is kept in it.
 */
export interface GradedField extends FieldDraft {
  readonly grade: Grade
  readonly confidence: number
  readonly judgement?: Judgement
}

/** A record whose fields are graded. */
export interface GradedRecord extends Omit<RecordDraft, 'fields'> {
  readonly status: RecordStatus
  readonly fields: readonly GradedField[]
}

/** An equation that was tried. Money is in yuan, two places. `members` name record fields as `recordKey#field`. */
export interface Check {
  readonly kind:
    | 'row-product'
    | 'row-equality'
    | 'part-not-above-whole'
    | 'column-total'
    | 'group-total'
    | 'classification-total'
    | 'column-parts'
    | 'income-expenditure-balance'
    | 'table-agreement'
    | 'prose-total'
    | 'prose-agreement'
    | 'project-agreement'
    | 'year-agreement'
  readonly where: string
  readonly pageNumber: number
  readonly tableIndex: number
  readonly members: readonly CheckMember[]
  readonly expected: string | null
  readonly found: string | null
  readonly difference: string | null
  readonly outcome: 'holds' | 'repaired' | 'contradicted' | 'unconstrained'
  /** Where the whole of a sum is printed; the cell of a total is no field of a record. */
  readonly whole?: { readonly pageNumber: number; readonly bbox: BoundingBox }
}

/** A field that takes part in an equation, by its place. */
export interface CheckMember {
  readonly pageNumber: number
  readonly tableIndex: number
  readonly rowIndex: number
  readonly field: string
  /** Of another document, when given. */
  readonly documentId?: string
}

/** A table that nothing was made of, and why, in words. */
export interface LeftTable {
  readonly pageNumber: number
  readonly tableIndex: number
  readonly reason: string
}

/** Why a table of the document gave no records, and how many amounts other than nought are printed in it. */
export interface UnusedTable extends LeftTable {
  readonly amounts: number
}

/** What the pages of one document mean. */
export interface NormalizedDocument {
  readonly title: string | null
  readonly publisher: string | null
  readonly fiscalYear: number | null
  readonly records: readonly RecordDraft[]
  readonly checks: readonly Check[]
  readonly unusedTables: readonly UnusedTable[]
}
