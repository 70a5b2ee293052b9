/**
 * Pairs the items of two lists in order so that the summed similarity is largest (Needleman and Wunsch, 1970, with
 * free gaps). Pairs below `leastSimilarity` are not made. Returns index pairs; null on one side: no partner.
 */
export function alignRows<A, B>(
  left: readonly A[],
  right: readonly B[],
  similarity: (a: A, b: B) => number,
  leastSimilarity: number,
): readonly (readonly [number | null, number | null])[] {
  const width = right.length + 1
  const best = new Float64Array((left.length + 1) * width)
  const gain = (i: number, j: number) => {
    const [a, b] = [left[i], right[j]]
    if (a === undefined || b === undefined) return 0
    const value = similarity(a, b)
    return value >= leastSimilarity ? value : 0
  }
  const at = (i: number, j: number) => best[i * width + j] ?? 0
  const gains = left.map((_, i) => right.map((__, j) => gain(i, j)))
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      best[i * width + j] = Math.max(at(i + 1, j), at(i, j + 1), at(i + 1, j + 1) + (gains[i]?.[j] ?? 0))
    }
  }
  const pairs: [number | null, number | null][] = []
  let [i, j] = [0, 0]
  while (i < left.length && j < right.length) {
    const here = gains[i]?.[j] ?? 0
    if (here > 0 && at(i, j) === at(i + 1, j + 1) + here) pairs.push([i++, j++])
    else if (at(i, j) === at(i + 1, j)) pairs.push([i++, null])
    else pairs.push([null, j++])
  }
  while (i < left.length) pairs.push([i++, null])
  while (j < right.length) pairs.push([null, j++])
  return pairs
}
