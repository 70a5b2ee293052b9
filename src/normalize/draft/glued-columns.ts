import type { BudgetLine } from '../forms/classify-lines.ts'
import { compactText } from '../forms/table-view.ts'
import { holdsCodeAndName } from './draft-coded-fields.ts'

const PARTS = ['whole', 'name', 'code'] as const
/** From this share of its lines on, a column holds codes and names in one. */
const GLUED_SHARE = 0.6

/**
 * The key of the only column of a role (`unit-words`, `economic-words` …) whose cells hold a code before the name, whatever its heading
 * says; null where they stand apart, or there are no codes. Totals say nothing.
 */
export function gluedKey(lines: readonly BudgetLine[], role: string): string | null {
  const textsOf = (key: string): readonly string[] =>
    lines
      .filter(({ name }) => name?.kind !== 'total' && name?.kind !== 'subtotal')
      .map(({ row }) => compactText(row.uses.get(key)?.cell ?? null))
      .filter((text) => text !== '')
  const [only, ...others] = PARTS.map((part) => `${role}/${part}`).filter((key) => textsOf(key).length > 0)
  if (only === undefined || others.length > 0) return null
  const texts = textsOf(only)
  return texts.filter(holdsCodeAndName).length >= GLUED_SHARE * texts.length ? only : null
}
