import { placeKey } from '../model/judgement.ts'
import type { Check } from '../model/record.ts'

/** An equation that is not settled: how many of its members are open, and what kind it is. */
interface Unsettled {
  readonly openCount: number
  readonly outcome: Check['outcome']
}

/**
 * Tells how many fields an answer is expected to settle: the cells it is about, and what equations that are not yet settled
 * then say of the other open members. With one other member open the equation leaves just its figure; with more, or in a
 * contradiction that any of them may have caused, only a share is expected. `asked` and `isOpen` are keys of fields. The equations
 * are gone over once: a document whose sums are all wrong has thousands of them, and as many questions.
 */
export function createQuestionWeigher(
  documentId: string,
  checks: readonly Check[],
  isOpen: ReadonlySet<string>,
): (asked: ReadonlySet<string>) => number {
  const unsettled: Unsettled[] = []
  const equationsOf = new Map<string, number[]>()
  for (const { members, outcome } of checks) {
    if (outcome === 'holds' || outcome === 'repaired') continue
    const keys = new Set(members.map((member) => placeKey({ documentId, ...member })))
    for (const key of keys) {
      const known = equationsOf.get(key)
      if (known === undefined) equationsOf.set(key, [unsettled.length])
      else known.push(unsettled.length)
    }
    unsettled.push({ openCount: [...keys].filter((key) => isOpen.has(key)).length, outcome })
  }

  return (asked) => {
    const askedOpen = new Map<number, number>()
    for (const key of asked) {
      for (const equation of equationsOf.get(key) ?? []) {
        askedOpen.set(equation, (askedOpen.get(equation) ?? 0) + (isOpen.has(key) ? 1 : 0))
      }
    }
    let payoff = asked.size
    for (const equation of [...askedOpen.keys()].sort((a, b) => a - b)) {
      const { openCount = 0, outcome } = unsettled[equation] ?? {}
      const others = openCount - (askedOpen.get(equation) ?? 0)
      payoff += outcome === 'unconstrained' && others === 1 ? 1 : others / (others + 1)
    }
    return Math.round(payoff * 1000) / 1000
  }
}
