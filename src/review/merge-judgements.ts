import type { Judgement } from '../model/judgement.ts'

/** What `incoming` adds to `held`: judgements are never changed, so merging is their union by id. */
export function newJudgements(held: readonly Judgement[], incoming: readonly Judgement[]): readonly Judgement[] {
  const known = new Set(held.map(({ judgementId }) => judgementId))
  return incoming.filter(({ judgementId }) => {
    if (known.has(judgementId)) return false
    known.add(judgementId)
    return true
  })
}

/** The union of both, sorted by time and id: the same whichever comes first, and however often. */
export function mergeJudgements(a: readonly Judgement[], b: readonly Judgement[]): readonly Judgement[] {
  const union = [...newJudgements([], a), ...newJudgements(a, b)]
  return union.toSorted(
    (left, right) =>
      left.judgedAt.localeCompare(right.judgedAt, 'en') || (left.judgementId < right.judgementId ? -1 : 1),
  )
}
