import { groupBy } from '../model/group-by.ts'
import type { Judgement } from '../model/judgement.ts'
import { standingJudgements } from './settle-judgements.ts'

/** A glyph that stood in readings where people saw another, and in how many cells. */
export interface ProposedConfusion {
  readonly observed: string
  readonly truth: string
  readonly count: number
}

/** A value that people found printed in a field whose list does not have it, and in how many documents. */
export interface ProposedWord {
  readonly field: string
  readonly value: string
  readonly documents: number
}

/** Once may be a slip; twice is a habit of a scanner or of a publisher. */
const LEAST_COUNT = 2
/** Less than this share of the value in common: the reading does not show the value, only something beside it. */
const LEAST_COMMON = 0.5

/** Glyphs that corrections show to be taken for others, in at least two cells. Money is left out: a unit lies between. */
export function proposeConfusions(judgements: readonly Judgement[]): readonly ProposedConfusion[] {
  const pairs = standingJudgements(judgements).flatMap(({ value, raw, verdict }) =>
    verdict === 'corrected' && value !== null && !/^-?\d+\.\d{2}$/.test(value) ? misreadGlyphs(raw, value) : [],
  )
  return [...groupBy(pairs, ([observed, truth]) => `${observed}\0${truth}`).values()]
    .flatMap((same): readonly ProposedConfusion[] => {
      const [first] = same
      return first === undefined || same.length < LEAST_COUNT
        ? []
        : [{ observed: first[0], truth: first[1], count: same.length }]
    })
    .toSorted((a, b) => b.count - a.count || (a.observed + a.truth < b.observed + b.truth ? -1 : 1))
}

/** Values that people confirmed or gave in listed fields and that `isKnown` does not know, in at least two documents. */
export function proposeWords(
  judgements: readonly Judgement[],
  isKnown: (field: string, value: string) => boolean,
): readonly ProposedWord[] {
  const found = standingJudgements(judgements).filter(
    ({ value, place, verdict }) => value !== null && verdict !== 'unreadable' && !isKnown(place.field, value),
  )
  return [...groupBy(found, ({ place, value }) => `${place.field}\0${value ?? ''}`).values()].flatMap((same) => {
    const [first] = same
    const documents = new Set(same.map(({ place }) => place.documentId)).size
    if (first === undefined || first.value === null || documents < LEAST_COUNT) return []
    return [{ field: first.place.field, value: first.value, documents }]
  })
}

/**
 * Where one glyph stands in the reading for one of the value, by the cheapest alignment of the value anywhere in the
 * reading. Glyphs that were lost or added tell nothing of look-alikes.
 */
export function misreadGlyphs(raw: string, value: string): readonly (readonly [string, string])[] {
  const [read, said] = [[...raw.replaceAll(/\s/g, '')], [...value.replaceAll(/\s/g, '')]]
  const costs = alignmentCosts(read, said)
  let at = bestEnd(costs, said.length)
  let left = said.length
  const pairs: (readonly [string, string])[] = []
  let common = 0
  while (left > 0) {
    const cost = costs[left]?.[at] ?? 0
    const [observed = '', truth = ''] = [read[at - 1] ?? '', said[left - 1] ?? '']
    const stays = observed === truth ? 0 : 1
    if (at > 0 && cost === (costs[left - 1]?.[at - 1] ?? 0) + stays) {
      if (stays === 0) common += 1
      else pairs.push([observed, truth])
      at -= 1
      left -= 1
    } else if (cost === (costs[left - 1]?.[at] ?? 0) + 1) left -= 1
    else at -= 1
  }
  return common >= LEAST_COMMON * said.length ? pairs.toReversed() : []
}

/** costs[i][j]: the fewest changes that make the first i glyphs of the value of some stretch of the reading that ends at j. */
function alignmentCosts(read: readonly string[], said: readonly string[]): number[][] {
  const costs = [Array.from({ length: read.length + 1 }, () => 0)]
  for (const [row, truth] of said.entries()) {
    const above = costs[row] ?? []
    const line = [row + 1]
    for (const [column, observed] of read.entries()) {
      const changed = (above[column] ?? 0) + (observed === truth ? 0 : 1)
      line.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1))
    }
    costs.push(line)
  }
  return costs
}

function bestEnd(costs: readonly (readonly number[])[], row: number): number {
  const line = costs[row] ?? []
  return line.indexOf(Math.min(...line))
}
