import { alignRows } from './align-rows.ts'
import type { TruthTable } from './find-cases.ts'
import { foldForComparison } from './score-records.ts'

export interface FoundTable {
  readonly pageNumber: number
  readonly rows: readonly (readonly string[])[]
}

export interface TableScore {
  readonly document: string
  readonly tables: number
  /** Tables of the truth that were found with as many rows and columns as they have. */
  readonly gridsExact: number
  readonly cells: number
  readonly cellsExact: number
  readonly rowsTrue: number
  readonly rowsFound: number
  readonly rowsInvented: number
  readonly differences: readonly { page: number; row: number; column: number; truth: string; found: string }[]
}

const LEAST_SIMILARITY = 0.2

function rowSimilarity(a: readonly (string | null)[], b: readonly string[]): number {
  const wanted = a.map(foldForComparison).filter((text) => text !== '')
  if (wanted.length === 0) return b.every((text) => text === '') ? 0.5 : 0
  const found = new Set(b.map(foldForComparison))
  return wanted.filter((text) => found.has(text)).length / wanted.length
}

function shapeOf(rows: readonly (readonly (string | null)[])[]): string {
  return `${rows.length} x ${Math.max(0, ...rows.map((row) => row.length))}`
}

/** How many true grids of a page were found with their rows and columns; a found one stands for one true one at most. */
function countExactGrids(wanted: readonly TruthTable[], got: readonly FoundTable[]): number {
  const shapes = got.map(({ rows }) => shapeOf(rows))
  return wanted.filter(({ rows }) => {
    const at = shapes.indexOf(shapeOf(rows))
    if (at !== -1) shapes.splice(at, 1)
    return at !== -1
  }).length
}

/** Compares tables cell by cell; rows are aligned, columns must stand where they stand in the truth. */
export function scoreTables(document: string, truths: readonly TruthTable[], found: readonly FoundTable[]): TableScore {
  let [cells, cellsExact, rowsTrue, rowsFound, rowsInvented, gridsExact] = [0, 0, 0, 0, 0, 0]
  const differences: { page: number; row: number; column: number; truth: string; found: string }[] = []
  const pages = [...new Set(truths.map((table) => table.pageNumber))]
  for (const page of pages) {
    const wantedTables = truths.filter((table) => table.pageNumber === page)
    const gotTables = found.filter((table) => table.pageNumber === page)
    gridsExact += countExactGrids(wantedTables, gotTables)
    const wanted = wantedTables.flatMap((table) => [...table.rows])
    const got = gotTables.flatMap((table) => [...table.rows])
    rowsTrue += wanted.length
    for (const [i, j] of alignRows(wanted, got, rowSimilarity, LEAST_SIMILARITY)) {
      const truth = i === null ? undefined : wanted[i]
      const row = j === null ? undefined : got[j]
      if (truth === undefined) {
        if (row?.some((text) => text !== '')) rowsInvented += 1
        continue
      }
      if (row !== undefined) rowsFound += 1
      truth.forEach((text, column) => {
        cells += 1
        const seen = row?.[column] ?? ''
        if (row !== undefined && foldForComparison(text) === foldForComparison(seen)) cellsExact += 1
        else
          differences.push({
            page,
            row: i ?? 0,
            column,
            truth: text ?? '',
            found: row === undefined ? '(no row)' : seen,
          })
      })
    }
  }
  return {
    document,
    tables: truths.length,
    gridsExact,
    cells,
    cellsExact,
    rowsTrue,
    rowsFound,
    rowsInvented,
    differences,
  }
}
