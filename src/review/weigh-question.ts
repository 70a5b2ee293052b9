import { placeKey } from '../model/judgement.ts'
import type { Check } from '../model/record.ts'

/**
 * How many fields an answer is expected to settle: the cells it is about, and what equations that are not yet settled
 * then say of the other open members. With one other member open the equation leaves just its figure; with more, or in a
 * contradiction that any of them may have caused, only a share is expected.
 */
export function weighQuestion(
  documentId: string,
  asked: ReadonlySet<string>,
  checks: readonly Check[],
  isOpen: ReadonlySet<string>,
): number {
  let payoff = asked.size
  for (const { members, outcome } of checks) {
    if (outcome === 'holds' || outcome === 'repaired') continue
    const keys = new Set(members.map((member) => placeKey({ documentId, ...member })))
    const own = [...keys].filter((key) => asked.has(key)).length
    if (own === 0) continue
    const others = [...keys].filter((key) => isOpen.has(key) && !asked.has(key)).length
    payoff += outcome === 'unconstrained' && others === 1 ? 1 : others / (others + 1)
  }
  return Math.round(payoff * 1000) / 1000
}
