import type { Flag, FlagCode } from '../model/flag.ts'

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

export function asksAPerson(flags: readonly Flag[]): boolean {
  return flags.some((flag) => ASKS_A_PERSON.has(flag.code))
}
