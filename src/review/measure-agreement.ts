import { groupBy } from '../model/group-by.ts'
import { type Judgement, placeKey } from '../model/judgement.ts'
import { type Rate, toRate } from './error-rate.ts'
import { saysTheSame, settleJudgements, standingJudgements } from './settle-judgements.ts'

/** How far reviewers agree, over fields that at least two of them judged, and how often accepted fields were wrong. */
export interface ReviewQuality {
  /** Share of doubly judged fields on which all give one value. */
  readonly agreement: { readonly agreed: number; readonly of: number }
  /** Keys of fields on which reviewers differ. */
  readonly conflicts: readonly string[]
  /** Audited fields whose accepted value was wrong; what nobody could read is left out and counted. */
  readonly audit: Rate
  readonly auditUnreadable: number
}

export function measureReview(judgements: readonly Judgement[]): ReviewQuality {
  const byField = groupBy(standingJudgements(judgements), ({ place }) => placeKey(place))
  const double = [...byField.values()].filter((ofField) => ofField.length > 1)
  const agreed = double.filter(
    ([first, ...others]) => first !== undefined && others.every((j) => saysTheSame(j, first)),
  )
  const standings = settleJudgements(judgements)
  const drawn = new Set(judgements.flatMap(({ place, purpose }) => (purpose === 'audit' ? [placeKey(place)] : [])))
  const conflicts = [...standings].flatMap(([key, { kind }]) => (kind === 'conflict' ? [key] : []))
  const audited = [...standings].flatMap(([key, standing]) => {
    return standing.kind === 'settled' && drawn.has(key) ? [standing.judgement] : []
  })
  const readable = audited.filter(({ verdict }) => verdict !== 'unreadable')
  const wrong = readable.filter(({ value, machineValue }) => value !== machineValue)
  return {
    agreement: { agreed: agreed.length, of: double.length },
    conflicts,
    audit: toRate(wrong.length, readable.length),
    auditUnreadable: audited.length - readable.length,
  }
}
