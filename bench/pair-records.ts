/** What pairing asks of a record of the truth or of one that was found. */
interface Placed {
  readonly page_number: number
}

/** A page break may put a record on the next page for one maker and on this one for another. */
const FARTHEST_PAGES = 1
const OTHER_PAGE_COST = 0.1

/**
 * Pairs records whose order says nothing (lines of blocks that stand beside each other, figures of prose), the most alike first; of
 * equally alike ones the nearest in order. Pairs below `leastSimilarity` are not made. Returns index pairs; null on one side: no partner.
 */
export function pairRecords<A extends Placed, B extends Placed>(
  truths: readonly A[],
  found: readonly B[],
  similarity: (a: A, b: B) => number,
  leastSimilarity: number,
): readonly (readonly [number | null, number | null])[] {
  const offers = truths.flatMap((truth, i) =>
    found.flatMap((record, j) => {
      const distance = Math.abs(truth.page_number - record.page_number)
      if (distance > FARTHEST_PAGES) return []
      const alike = similarity(truth, record) - distance * OTHER_PAGE_COST
      return alike < leastSimilarity ? [] : [{ i, j, alike }]
    }),
  )
  const [ranks, ranksFound] = [ranksOnPage(truths), ranksOnPage(found)]
  const shift = ({ i, j }: { i: number; j: number }) => Math.abs((ranks[i] ?? 0) - (ranksFound[j] ?? 0))
  offers.sort((a, b) => b.alike - a.alike || shift(a) - shift(b))
  const partners = new Map<number, number>()
  const taken = new Set<number>()
  for (const { i, j } of offers) {
    if (partners.has(i) || taken.has(j)) continue
    partners.set(i, j)
    taken.add(j)
  }
  return [
    ...truths.map((_, i) => [i, partners.get(i) ?? null] as const),
    ...found.flatMap((_, j) => (taken.has(j) ? [] : [[null, j] as const])),
  ]
}

/** Which of its page's records each is, from 0. */
function ranksOnPage(records: readonly Placed[]): readonly number[] {
  return records.map(
    ({ page_number }, index) => records.slice(0, index).filter((each) => each.page_number === page_number).length,
  )
}
