import type { PublishedField, PublishedRecord } from './published-record.ts'

/** What is not the same; `field` is null for what the record as a whole says. Texts are JSON where they are not texts. */
export interface RecordDifference {
  readonly field: string | null
  readonly property: string
  readonly published: string | null
  readonly derived: string | null
}

/**
 * same: to the last letter. reworded: values and grades are the same, but not all of what is told of them (evidence,
 * confidence, box). differs: another value or grade, another or no field, another record. missing: the pages give no such
 * record. underivable: the pages could not be read, so that nothing can be said.
 */
export type VerificationOutcome = 'same' | 'reworded' | 'differs' | 'missing' | 'underivable'

export interface RecordVerification {
  readonly published: PublishedRecord
  readonly outcome: VerificationOutcome
  readonly differences: readonly RecordDifference[]
  /** Why it is underivable; null otherwise. */
  readonly trouble: string | null
}

/** What a difference in makes another record, and not only other words about the same one. */
const DECISIVE = ['value', 'grade', 'record_type', 'document_id', 'status', 'field']

/** Holds a record as it was published against what its pages give now, field by field. */
export function compareRecords(published: PublishedRecord, derived: PublishedRecord | null): RecordVerification {
  if (derived === null) return { published, outcome: 'missing', differences: [], trouble: null }
  const names = [...new Set([...Object.keys(published.fields), ...Object.keys(derived.fields)])]
  const differences = [
    ...compareProperties(null, withoutFields(published), withoutFields(derived)),
    ...names.flatMap((name) => compareFields(name, published.fields[name], derived.fields[name])),
  ]
  return { published, outcome: judge(differences), differences, trouble: null }
}

export function underivable(published: PublishedRecord, trouble: string): RecordVerification {
  return { published, outcome: 'underivable', differences: [], trouble }
}

function judge(differences: readonly RecordDifference[]): VerificationOutcome {
  if (differences.length === 0) return 'same'
  return differences.some(({ property }) => DECISIVE.includes(property)) ? 'differs' : 'reworded'
}

function compareFields(
  name: string,
  published: PublishedField | undefined,
  derived: PublishedField | undefined,
): readonly RecordDifference[] {
  if (published !== undefined && derived !== undefined) return compareProperties(name, published, derived)
  return [{ field: name, property: 'field', published: toText(published), derived: toText(derived) }]
}

function withoutFields({ fields: _, ...rest }: PublishedRecord): Readonly<Record<string, unknown>> {
  return rest
}

function compareProperties(
  field: string | null,
  published: Readonly<Record<string, unknown>>,
  derived: Readonly<Record<string, unknown>>,
): readonly RecordDifference[] {
  const properties = [...new Set([...Object.keys(published), ...Object.keys(derived)])]
  return properties.flatMap((property) => {
    const [before, after] = [toText(published[property]), toText(derived[property])]
    return before === after ? [] : [{ field, property, published: before, derived: after }]
  })
}

function toText(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
