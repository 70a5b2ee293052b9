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
  'line-too-small',
  'quantity-unreadable',
  'structure-uncertain',
  'unit-assumed',
  'value-missing',
])

function gradeField(field: FieldDraft, calibration: Calibration): GradedField {
  const confidence = supportToConfidence(field.support, calibration)
  const isAsked = field.flags.some((flag) => ASKS_A_PERSON.has(flag.code))
  return { ...field, confidence, grade: confidence >= calibration.acceptFrom && !isAsked ? 'accepted' : 'review' }
}

/** Gives every field its confidence and grade; a record is accepted when every field is. */
export function gradeRecords(
  records: readonly RecordDraft[],
  calibration: Calibration = CALIBRATION,
): readonly GradedRecord[] {
  return records.map((record) => {
    const fields = record.fields.map((field) => gradeField(field, calibration))
    return { ...record, fields, status: fields.every((field) => field.grade === 'accepted') ? 'accepted' : 'review' }
  })
}
