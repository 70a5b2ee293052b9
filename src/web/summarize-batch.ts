import { groupBy } from '../model/group-by.ts'
import type { Judgement } from '../model/judgement.ts'
import { toRate } from '../review/error-rate.ts'
import type { ReviewDocument } from '../review/review-repository.ts'
import { standingJudgements } from '../review/settle-judgements.ts'
import type { ReliabilityBin, StackedBar } from './views/charts.tsx'

/** Bars of accepted, judged and open fields by what `keyOf` says of a document; the largest first. */
export function gradesBy(
  documents: readonly ReviewDocument[],
  keyOf: (document: ReviewDocument) => string,
): readonly StackedBar[] {
  const bars = [...groupBy(documents, keyOf)].map(([label, ofKey]): StackedBar => {
    const sum = (part: 'accepted' | 'judged' | 'open') =>
      ofKey.reduce((total, { index }) => total + (index?.[part] ?? 0), 0)
    const parts = [
      { kind: 'accepted', count: sum('accepted') },
      { kind: 'judged', count: sum('judged') },
      { kind: 'review', count: sum('open') },
    ]
    return { label, parts }
  })
  return bars.toSorted((a, b) => totalOf(b) - totalOf(a))
}

/** Open fields by flag, the most frequent first. */
export function openByFlag(
  documents: readonly ReviewDocument[],
  nameOf: (code: string) => string,
): readonly StackedBar[] {
  const counts = new Map<string, number>()
  for (const { index } of documents) {
    for (const [code, count] of Object.entries(index?.flags ?? {})) counts.set(code, (counts.get(code) ?? 0) + count)
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([code, count]) => ({ label: nameOf(code), href: `/?flag=${code}`, parts: [{ kind: 'review', count }] }))
}

/** Upper ends of the ranges of confidence: finer where most fields lie. */
const RANGES = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1]

/** What the machine stated of judged fields against what people found; unreadable fields say nothing. */
export function reliabilityOf(judgements: readonly Judgement[]): readonly ReliabilityBin[] {
  const readable = standingJudgements(judgements).filter(({ verdict }) => verdict !== 'unreadable')
  const byRange = groupBy(readable, ({ shown }) => RANGES.findIndex((end) => shown.confidence <= end))
  return [...byRange]
    .toSorted(([a], [b]) => a - b)
    .map(([, ofRange]) => {
      const right = ofRange.filter(({ value, machineValue }) => value === machineValue).length
      const confidence = ofRange.reduce((sum, { shown }) => sum + shown.confidence, 0) / ofRange.length
      return { confidence, right: toRate(right, ofRange.length) }
    })
}

/** Judged fields per hour, UTC, hours without any left out. */
export function judgedPerHour(
  judgements: readonly Judgement[],
): readonly { readonly label: string; readonly count: number }[] {
  const hours = groupBy(standingJudgements(judgements), ({ judgedAt }) => judgedAt.slice(0, 13))
  return [...hours]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([hour, ofHour]) => ({ label: `${hour.slice(5).replace('T', ' ')}h`, count: ofHour.length }))
}

function totalOf({ parts }: StackedBar): number {
  return parts.reduce((sum, { count }) => sum + count, 0)
}
