import type { FlagCode } from '../model/flag.ts'
import type { FieldDraft, GradedField, GradedRecord, RecordDraft } from '../model/record.ts'
import { asksAPerson } from './asks-a-person.ts'
import { CALIBRATION, type Calibration } from './calibration.ts'
import { fieldToConfidence } from './field-to-confidence.ts'

/** Where the catalogue of items is whole, a pair of code and name that it knows neither of is hardly cut right. */
const COMPLETELY_LISTED = { code: 'item_code', name: 'item_name' }
const DOUBTED_CONFIDENCE = 0.9

/** A value that no reader saw, no catalogue knows and no equation leaves alone is a guess, however likely. */
function isUnwitnessed({ value, support }: FieldDraft): boolean {
  const isKnown = support.catalogue === 'agrees' || support.catalogue === 'restored' || support.pinned
  return support.origin === 'ocr' && value !== null && support.readersAgreeing === 0 && !isKnown
}

/** A quantity, or an amount in yuan. */
function isCounted({ name, value }: FieldDraft): boolean {
  return value !== null && (name === 'quantity' || /^-?\d+\.\d\d$/.test(value))
}

/** A figure that two readers see differently is one reader's word as long as no equation holds with it. */
function isDisputedFigure(field: FieldDraft): boolean {
  const { readersDisagreeing, equationsHolding, pinned } = field.support
  return isCounted(field) && readersDisagreeing > 0 && equationsHolding === 0 && !pinned
}

function gradeField(field: FieldDraft, calibration: Calibration): GradedField {
  const confidence = fieldToConfidence(field, calibration)
  const isAsked = asksAPerson(field) || isUnwitnessed(field) || isDisputedFigure(field)
  if (confidence >= calibration.acceptFrom && !isAsked) return { ...field, confidence, grade: 'accepted' }
  if (field.flags.length > 0) return { ...field, confidence, grade: 'review' }
  const flag = { code: 'confidence-low', detail: `${confidence.toFixed(3)} of ${calibration.acceptFrom}` } as const
  return { ...field, confidence, grade: 'review', flags: [flag] }
}

/** That a list which we hold in part has not what is plainly printed is no doubt: `none`. */
function isDoubted(fields: readonly FieldDraft[], name: string, code: FlagCode): boolean {
  return fields.some(
    ({ name: own, flags, support }) =>
      own === name && support.catalogue !== 'none' && flags.some((flag) => flag.code === code),
  )
}

function doubtUnlistedItem(fields: readonly GradedField[]): readonly GradedField[] {
  const { code, name } = COMPLETELY_LISTED
  if (!isDoubted(fields, code, 'code-unknown') || !isDoubted(fields, name, 'name-unknown')) return fields
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
