import type { FieldDraft } from '../../model/record.ts'
import type { BudgetLine } from '../forms/classify-lines.ts'
import type { Matchers } from './matchers.ts'

/** What the lines of a table are classified by. */
export type Classification = 'function' | 'economic' | 'source' | 'none'

/** The words of one line: its fields, its code where it has one, and how deep it stands (0 for totals). */
export interface LineWords {
  readonly line: BudgetLine
  readonly fields: readonly FieldDraft[]
  readonly code: string | null
  readonly level: number
  readonly classification: Classification
  /** Whether the line is a unit, also over its classes or its projects. */
  readonly isUnit: boolean
  /** The fields of a class that other columns than that of the names tell in parts (类, 款, 项). */
  readonly classesBeside?: readonly FieldDraft[]
}

export interface LineContext {
  readonly matchers: Matchers
  readonly fiscalYear: number | null
  readonly editions: ReadonlyMap<string, string>
}
