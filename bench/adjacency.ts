/**
 * Adjacency relations as the ICDAR 2013 table competition scores tables (Göbel, Hassan, Oro, Orsi: "A methodology for
 * evaluating algorithms for table understanding in PDF documents"): every filled cell and its next filled neighbour to the
 * right and below make a relation, so that one wrong cell costs its relations and a shifted column costs no more.
 */

/** A filled cell: its row, and where it stands from left to right (columns of a grid, or points of a page). */
export interface PlacedText {
  readonly text: string
  readonly row: number
  readonly start: number
  readonly end: number
}

export interface AdjacencyScore {
  readonly truth: number
  readonly found: number
  readonly correct: number
}

/** Rows of strings as placed texts, one column apart; empty cells are left out. */
export function rowsToTexts(rows: readonly (readonly (string | null)[])[]): readonly PlacedText[] {
  return rows.flatMap((cells, row) =>
    cells.flatMap((text, column) => {
      const folded = foldText(text)
      return folded === '' ? [] : [{ text: folded, row, start: column, end: column + 1 }]
    }),
  )
}

/** White space and the width of characters count for nothing. */
export function foldText(text: string | null): string {
  return (text ?? '').normalize('NFKC').replaceAll(/\s/g, '')
}

/** The relations of one table, how often each stands there. */
export function toRelations(texts: readonly PlacedText[]): ReadonlyMap<string, number> {
  const rows = new Map<number, PlacedText[]>()
  for (const text of texts) rows.set(text.row, [...(rows.get(text.row) ?? []), text])
  for (const row of rows.values()) row.sort((a, b) => a.start - b.start)
  const order = [...rows.keys()].sort((a, b) => a - b)
  const relations = new Map<string, number>()
  const add = (direction: string, from: PlacedText, to: PlacedText | undefined): void => {
    if (to === undefined) return
    const key = JSON.stringify([direction, from.text, to.text])
    relations.set(key, (relations.get(key) ?? 0) + 1)
  }
  for (const [at, number] of order.entries()) {
    const row = rows.get(number) ?? []
    for (const [index, text] of row.entries()) {
      add('right', text, row[index + 1])
      add('below', text, firstBelow(text, order.slice(at + 1), rows))
    }
  }
  return relations
}

function firstBelow(
  { start, end }: PlacedText,
  order: readonly number[],
  rows: ReadonlyMap<number, readonly PlacedText[]>,
): PlacedText | undefined {
  for (const number of order) {
    const found = rows.get(number)?.find((text) => text.start < end && text.end > start)
    if (found !== undefined) return found
  }
  return undefined
}

/** Relations of one page, those of its tables taken together: which truth has, which were found, and which are in both. */
export function scorePage(
  truth: readonly (readonly PlacedText[])[],
  found: readonly (readonly PlacedText[])[],
): AdjacencyScore {
  const [wanted, got] = [sumUp(truth), sumUp(found)]
  const correct = [...wanted].reduce((sum, [key, count]) => sum + Math.min(count, got.get(key) ?? 0), 0)
  return { truth: countAll(wanted), found: countAll(got), correct }
}

function sumUp(tables: readonly (readonly PlacedText[])[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>()
  for (const table of tables) {
    for (const [key, count] of toRelations(table)) sum.set(key, (sum.get(key) ?? 0) + count)
  }
  return sum
}

function countAll(relations: ReadonlyMap<string, number>): number {
  return [...relations.values()].reduce((sum, count) => sum + count, 0)
}

export interface Rates {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** 0 to 1; nothing found, or nothing to find, is 0. */
export function toRates({ truth, found, correct }: AdjacencyScore): Rates {
  const [precision, recall] = [correct / Math.max(1, found), correct / Math.max(1, truth)]
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
