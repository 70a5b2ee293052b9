/** Who looks at what. A lock only keeps a question from being handed to two people; it never refuses an answer. */
export interface SoftLocks {
  /** Lets go of what the reviewer held and holds this. */
  hold(questionId: string, reviewer: string): void
  isHeldByOther(questionId: string, reviewer: string): boolean
}

const HELD_MS = 120_000

/** `now` in milliseconds. A lock ends by itself after two minutes without a sign of its holder. */
export function createSoftLocks(now: () => number): SoftLocks {
  const holders = new Map<string, { readonly reviewer: string; readonly until: number }>()
  const held = new Map<string, string>()
  return {
    hold(questionId, reviewer) {
      const before = held.get(reviewer)
      if (before !== undefined && holders.get(before)?.reviewer === reviewer) holders.delete(before)
      holders.set(questionId, { reviewer, until: now() + HELD_MS })
      held.set(reviewer, questionId)
    },
    isHeldByOther(questionId, reviewer) {
      const holder = holders.get(questionId)
      return holder !== undefined && holder.reviewer !== reviewer && holder.until > now()
    },
  }
}
