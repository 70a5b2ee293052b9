/**
 * For each of `texts` (characters of one reading) whether it is no part of the longest text that it shares with
 * `reference`. Time and memory grow with the product of both lengths.
 */
export function markDifferences(texts: readonly string[], reference: readonly string[]): boolean[] {
  const [rows, columns] = [texts.length, reference.length]
  const common = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1))
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const row = common[i] as Uint16Array
      row[j] = texts[i] === reference[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const differs = texts.map(() => true)
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    if (texts[i] === reference[j]) {
      differs[i] = false
      i++
      j++
    } else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return differs
}
