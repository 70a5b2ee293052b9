/** The indices of the texts with the fewest insertions, deletions and substitutions to `text`, in order. */
export function nearestByEdits(text: string, texts: readonly string[]): readonly number[] {
  let least = Number.POSITIVE_INFINITY
  let nearest: number[] = []
  for (const [index, other] of texts.entries()) {
    if (Math.abs(other.length - text.length) > least) continue
    const edits = countEdits(text, other)
    if (edits > least) continue
    if (edits < least) nearest = []
    least = edits
    nearest.push(index)
  }
  return nearest
}

function countEdits(a: string, b: string): number {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    let diagonal = row[0] ?? 0
    row[0] = i
    for (let j = 1; j <= b.length; j += 1) {
      const above = row[j] ?? 0
      const swap = diagonal + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(swap, above + 1, (row[j - 1] ?? 0) + 1)
      diagonal = above
    }
  }
  return row[b.length] ?? 0
}
