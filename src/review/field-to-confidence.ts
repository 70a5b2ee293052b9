import type { FieldDraft } from '../model/record.ts'
import { asksAPerson } from './asks-a-person.ts'
import type { Calibration, FeatureName } from './calibration.ts'

/** A trusted text layer is the document's own text: what can go wrong is only how we cut it into cells. */
const TEXT_CONFIDENCE = 0.9995
const TEXT_DOUBT_CONFIDENCE = 0.9
const MAX_NINES = 4
const MAX_REPEATS = 7

/** What the confidence of a field rests on. */
export type FieldEvidence = Pick<FieldDraft, 'value' | 'flags' | 'readings' | 'support'>

/** The model's features of a value that was read from pixels. */
export function fieldToFeatures(field: FieldEvidence): Readonly<Record<FeatureName, number>> {
  const { support } = field
  const isBlank = field.value === null && field.readings.length === 0
  const isLone = support.readersAgreeing === 1 && support.readersDisagreeing === 0
  const is = (condition: boolean) => (condition ? 1 : 0)
  const doubt = Math.max(1 - (support.engineConfidence ?? 0), 10 ** -MAX_NINES)
  return {
    bias: 1,
    engineNines: support.readersAgreeing > 0 ? -Math.log10(doubt) : 0,
    secondReaderAgrees: is(support.readersAgreeing >= 2),
    readerDisagrees: is(support.readersDisagreeing > 0),
    nobodyReadThis: is(support.readersAgreeing === 0 && !isBlank),
    formFits: is(support.form === 'fits'),
    formMisfits: is(support.form === 'misfits'),
    catalogueAgrees: is(support.catalogue === 'agrees'),
    catalogueRestored: is(support.catalogue === 'restored'),
    catalogueMargin: support.catalogueMargin ?? 0,
    catalogueDoubts: is(['ambiguous', 'contradicts', 'unknown'].includes(support.catalogue)),
    equationHolds: is(support.equationsHolding > 0),
    equationContradicted: is(support.equationsContradicted > 0),
    pinned: is(support.pinned),
    repeats: Math.log2(1 + Math.min(support.repeats, MAX_REPEATS)),
    nothingToRead: is(isBlank),
    wordOfOneReader: is(isLone && support.form === 'free'),
    askedByFlag: is(asksAPerson(field)),
  }
}

/** Calibrated probability, 0 to 1, that the value is right. */
export function fieldToConfidence(field: FieldEvidence, calibration: Calibration): number {
  const { support } = field
  if (support.origin === 'text') {
    const isDoubtful = support.form === 'misfits' || ['ambiguous', 'contradicts'].includes(support.catalogue)
    return isDoubtful || support.equationsContradicted > 0 ? TEXT_DOUBT_CONFIDENCE : TEXT_CONFIDENCE
  }
  const features = fieldToFeatures(field)
  let logOdds = 0
  for (const [name, value] of Object.entries(features)) logOdds += calibration.weights[name as FeatureName] * value
  return 1 / (1 + Math.exp(-logOdds))
}
