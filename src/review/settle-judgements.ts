import { groupBy } from '../model/group-by.ts'
import { type Judgement, placeKey } from '../model/judgement.ts'

/** What the judgements of one field come to. conflict: reviewers differ and nobody has settled it yet. */
export type Standing =
  | { readonly kind: 'settled'; readonly judgement: Judgement; readonly others: readonly Judgement[] }
  | { readonly kind: 'conflict'; readonly judgements: readonly Judgement[] }

/**
 * What stands, by `placeKey`. A judgement that another one supersedes says nothing any more; of one reviewer's the last
 * counts; reviewers who give one value agree. The order in which judgements come makes no difference.
 */
export function settleJudgements(judgements: readonly Judgement[]): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>()
  for (const [key, ofField] of groupBy(standingJudgements(judgements), ({ place }) => placeKey(place))) {
    const [last, ...others] = ofField.toSorted(newestFirst)
    if (last === undefined) continue
    const agree = others.every((other) => saysTheSame(other, last))
    standings.set(
      key,
      agree
        ? { kind: 'settled', judgement: last, others }
        : { kind: 'conflict', judgements: ofField.toSorted(newestFirst) },
    )
  }
  return standings
}

/**
 * The judgements that nothing supersedes, withdrawals left out, the last of each reviewer a field. What was withdrawn
 * supersedes nothing any more: the answer before it stands again.
 */
export function standingJudgements(judgements: readonly Judgement[]): readonly Judgement[] {
  const superseded = findSuperseded(judgements)
  const live = judgements.filter(({ judgementId, verdict }) => !superseded.has(judgementId) && verdict !== 'withdrawn')
  const last = new Map<string, Judgement>()
  for (const judgement of live) {
    const key = `${placeKey(judgement.place)}/${judgement.reviewer}`
    const known = last.get(key)
    if (known === undefined || newestFirst(judgement, known) < 0) last.set(key, judgement)
  }
  return [...last.values()]
}

/** Ids that a judgement which is not itself withdrawn supersedes. Ids are hashes of content: no chain leads back to its start. */
function findSuperseded(judgements: readonly Judgement[]): ReadonlySet<string> {
  const withdrawals = new Map<string, string[]>()
  for (const { judgementId, verdict, supersedes } of judgements) {
    if (verdict !== 'withdrawn') continue
    for (const target of supersedes) withdrawals.set(target, [...(withdrawals.get(target) ?? []), judgementId])
  }
  const isWithdrawn = (id: string): boolean => (withdrawals.get(id) ?? []).some((by) => !isWithdrawn(by))
  return new Set(
    judgements.flatMap(({ judgementId, supersedes }) =>
      supersedes.length > 0 && !isWithdrawn(judgementId) ? supersedes : [],
    ),
  )
}

/** By time, then by id: one order wherever the judgements were gathered. */
export function newestFirst(a: Judgement, b: Judgement): number {
  return compare(b.judgedAt, a.judgedAt) || compare(a.judgementId, b.judgementId)
}

/** Whether two answers publish the same. That a value is printed so is a remark on the same value. */
export function saysTheSame(a: Judgement, b: Judgement): boolean {
  return a.value === b.value
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
