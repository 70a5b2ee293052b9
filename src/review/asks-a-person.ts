import type { FlagCode } from '../model/flag.ts'
import type { FieldDraft } from '../model/record.ts'

/** With one of these a person looks at the field, however probable its value is. */
const ASKS_A_PERSON: ReadonlySet<FlagCode> = new Set([
  'amount-inferred',
  'amount-unreadable',
  'code-ambiguous',
  'code-malformed',
  'code-name-contradict',
  'digits-confused',
  'edition-mismatch',
  'equation-contradicted',
  'header-uncertain',
  'line-too-small',
  'quantity-unreadable',
  'reading-weak',
  'structure-uncertain',
  'unit-assumed',
  'unit-contradicted',
  'value-missing',
  'vocabulary-unknown',
])

/** So many other cells of the column must hold the same digits before they count as the publisher's own word. */
const LEAST_REPEATS = 2

/**
 * Digits are what two readers mistake least: where both see the same ones in other cells of the column, and none sees
 * another here, they are what is printed, whether or not the column usually holds such a value (计量单位 "1"). Han words
 * have too many look-alikes for that.
 */
function isPlainlyPrinted({ value, support }: Pick<FieldDraft, 'value' | 'support'>): boolean {
  const { readersAgreeing, readersDisagreeing, repeats } = support
  return /^\d+$/.test(value ?? '') && readersAgreeing >= 1 && readersDisagreeing === 0 && repeats >= LEAST_REPEATS
}

/** A name that no list holds and tesseract alone saw: it is as sure of Han glyphs that it misreads (蒜州 for 赣州). */
function isWordOfTesseract({ readings, support }: Pick<FieldDraft, 'readings' | 'support'>): boolean {
  const has = (name: string) => readings.some(({ reader }) => reader === name)
  const isAlone = has('tesseract') && !has('paddle')
  return support.origin === 'ocr' && support.form === 'free' && support.catalogue === 'none' && isAlone
}

/** A name that no list holds, that stands in this cell alone, and that two readers see differently. */
function isDisputedName({ form, catalogue, readersDisagreeing, repeats }: FieldDraft['support']): boolean {
  return form === 'free' && catalogue === 'none' && readersDisagreeing > 0 && repeats === 0
}

/**
 * Whether a flag of the field wants a person. A doubtful heading, or digit, does not where the figures add up, nor an
 * unusual value where there is no doubt that it is printed: it is published as printed, with its flag.
 */
export function asksAPerson(field: Pick<FieldDraft, 'value' | 'flags' | 'readings' | 'support'>): boolean {
  const { flags, support } = field
  const isProven = support.equationsHolding > 0 && support.equationsContradicted === 0
  const isSettled = (code: FlagCode) =>
    ((code === 'header-uncertain' || code === 'digits-confused') && isProven) ||
    (code === 'vocabulary-unknown' && isPlainlyPrinted(field))
  return (
    isDisputedName(support) ||
    isWordOfTesseract(field) ||
    flags.some(({ code }) => ASKS_A_PERSON.has(code) && !isSettled(code))
  )
}
