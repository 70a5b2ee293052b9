import type { FlagCode } from '../model/flag.ts'
import type { FieldDraft } from '../model/record.ts'

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
  'reading-weak',
  'structure-uncertain',
  'unit-assumed',
  'value-missing',
  'vocabulary-unknown',
])

/** Whether a flag of the field wants a person. A doubtful heading does not where the figures below it add up. */
export function asksAPerson({ flags, support }: Pick<FieldDraft, 'flags' | 'support'>): boolean {
  const isProven = support.equationsHolding > 0 && support.equationsContradicted === 0
  return flags.some(({ code }) => ASKS_A_PERSON.has(code) && !(isProven && code === 'header-uncertain'))
}
