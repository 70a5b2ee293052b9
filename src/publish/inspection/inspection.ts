import type { InspectedPage } from '../../model/inspection.ts'
import type { Check, GradedRecord, UnusedTable } from '../../model/record.ts'

/**
 * One page with every step of reading it, and what came of it. `isRead` is false when nobody read its pixels; `isAlone`
 * says that the document's other pages are not known, so that a unit or a heading on them is missing.
 */
export interface Inspection {
  readonly fileName: string
  readonly page: InspectedPage
  readonly isRead: boolean
  readonly isAlone: boolean
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
  readonly unusedTables: readonly UnusedTable[]
}
