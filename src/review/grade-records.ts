import type { FlagCode } from '../model/flag.ts'
import type { FieldDraft, GradedField, GradedRecord, RecordDraft } from '../model/record.ts'
import { CALIBRATION, type Calibration } from './calibration.ts'
import { supportToConfidence } from './support-to-confidence.ts'

/** With one of these a person looks at the field, however probable its value is. */
const ASKS_A_PERSON: ReadonlySet<FlagCode> = new Set([
  'amount-inferred',
  'amount-unreadable',
  'code-ambiguous',
  'code-malformed',
  'code-name-contradict',
  'edition-mismatch',
  'equation-contradicted',
  'header-uncertain',
  'line-too-small',
  'quantity-unreadable',
  'structure-uncertain',
  'unit-assumed',
  'value-missing',
])

/** The catalogue of items is complete: there a pair of code and name that it knows neither of is hardly cut right. */
const COMPLETELY_LISTED = { code: 'item_code', name: 'item_name' }
const DOUBTED_CONFIDENCE = 0.9

function gradeField(field: FieldDraft, calibration: Calibration): GradedField {
  const confidence = supportToConfidence(field.support, calibration)
  const isAsked = field.flags.some((flag) => ASKS_A_PERSON.has(flag.code))
  if (confidence >= calibration.acceptFrom && !isAsked) return { ...field, confidence, grade: 'accepted' }
  if (field.flags.length > 0) return { ...field, confidence, grade: 'review' }
  const flag = { code: 'confidence-low', detail: `${confidence.toFixed(3)} of ${calibration.acceptFrom}` } as const
  return { ...field, confidence, grade: 'review', flags: [flag] }
}

function hasFlag(fields: readonly FieldDraft[], name: string, code: FlagCode): boolean {
  return fields.some((field) => field.name === name && field.flags.some((flag) => flag.code === code))
}

function doubtUnlistedItem(fields: readonly GradedField[]): readonly GradedField[] {
  const { code, name } = COMPLETELY_LISTED
  if (!hasFlag(fields, code, 'code-unknown') || !hasFlag(fields, name, 'name-unknown')) return fields
  return fields.map((field) => {
    if (field.name !== code && field.name !== name) return field
    return { ...field, grade: 'review', confidence: Math.min(field.confidence, DOUBTED_CONFIDENCE) }
  })
}

/** Gives every field its confidence and grade; a record is accepted when every field is. */
export function gradeRecords(
  records: readonly RecordDraft[],
  calibration: Calibration = CALIBRATION,
): readonly GradedRecord[] {
  return records.map((record) => {
    const fields = doubtUnlistedItem(record.fields.map((field) => gradeField(field, calibration)))
    return { ...record, fields, status: fields.every((field) => field.grade === 'accepted') ? 'accepted' : 'review' }
  })
}
