import type { InspectedPage } from '../../model/inspection.ts'
import type { Check, GradedRecord, UnusedTable } from '../../model/record.ts'

/** One page with every step of reading it, and what came of it. `isRead` is false when nobody read its pixels. */
export interface Inspection {
  readonly fileName: string
  readonly page: InspectedPage
  readonly isRead: boolean
  readonly records: readonly GradedRecord[]
  readonly checks: readonly Check[]
  readonly unusedTables: readonly UnusedTable[]
}
