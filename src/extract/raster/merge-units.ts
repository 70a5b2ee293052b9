import { rootOf } from './label-components.ts'

/** A rectangle of units of a grid (rows and columns half-open). */
export interface UnitSpan {
  readonly row: number
  readonly column: number
  readonly rowEnd: number
  readonly columnEnd: number
}

/** Scores (0 to 1) of the edges inside a grid of `rows` x `columns` units. */
export interface InnerEdges {
  readonly rows: number
  readonly columns: number
  /** Between unit (row, column) and the one to its right. */
  right(row: number, column: number): number
  /** Between unit (row, column) and the one below. */
  below(row: number, column: number): number
}

/** An edge with this score or more parts two units. */
export const EDGE_STANDS = 0.6

/**
 * Merges units that no edge parts into cells. A merged area that is no rectangle, or that a standing edge cuts in two,
 * is split along its best line until all cells are rectangles; `splits` counts how often that was needed.
 */
export function mergeUnits(edges: InnerEdges): { readonly cells: readonly UnitSpan[]; readonly splits: number } {
  const { rows, columns } = edges
  const parent = Int32Array.from({ length: rows * columns }, (_, i) => i)
  const join = (a: number, b: number): void => {
    parent[rootOf(parent, a)] = rootOf(parent, b)
  }
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (c + 1 < columns && edges.right(r, c) < EDGE_STANDS) join(r * columns + c, r * columns + c + 1)
      if (r + 1 < rows && edges.below(r, c) < EDGE_STANDS) join(r * columns + c, (r + 1) * columns + c)
    }
  }
  const areas = new Map<number, number[]>()
  for (let i = 0; i < rows * columns; i++) {
    const root = rootOf(parent, i)
    const area = areas.get(root)
    if (area === undefined) areas.set(root, [i])
    else area.push(i)
  }
  const cells: UnitSpan[] = []
  let splits = 0
  for (const area of areas.values()) {
    const parts = toRectangles(edges, new Set(area))
    splits += parts.length - 1
    cells.push(...parts)
  }
  cells.sort((a, b) => a.row - b.row || a.column - b.column)
  return { cells, splits }
}

function toRectangles(edges: InnerEdges, area: ReadonlySet<number>): UnitSpan[] {
  const span = spanOf(area, edges.columns)
  const isRectangle = area.size === (span.rowEnd - span.row) * (span.columnEnd - span.column)
  if (isRectangle && (area.size === 1 || bestCut(edges, area, span).score < EDGE_STANDS)) return [span]
  const cut = bestCut(edges, area, span)
  const before = new Set<number>()
  const after = new Set<number>()
  for (const unit of area) {
    const place = cut.isRow ? Math.floor(unit / edges.columns) : unit % edges.columns
    ;(place < cut.at ? before : after).add(unit)
  }
  return [...connected(before, edges.columns), ...connected(after, edges.columns)].flatMap((part) =>
    toRectangles(edges, part),
  )
}

function spanOf(area: ReadonlySet<number>, columns: number): UnitSpan {
  const rowsOf = [...area].map((unit) => Math.floor(unit / columns))
  const columnsOf = [...area].map((unit) => unit % columns)
  return {
    row: Math.min(...rowsOf),
    column: Math.min(...columnsOf),
    rowEnd: Math.max(...rowsOf) + 1,
    columnEnd: Math.max(...columnsOf) + 1,
  }
}

/** The line through the area with the highest mean score. */
function bestCut(
  edges: InnerEdges,
  area: ReadonlySet<number>,
  span: UnitSpan,
): { isRow: boolean; at: number; score: number } {
  const { columns } = edges
  let best = { isRow: true, at: span.row + 1, score: -1 }
  const consider = (isRow: boolean, at: number): void => {
    let sum = 0
    let count = 0
    for (const unit of area) {
      const row = Math.floor(unit / columns)
      const column = unit % columns
      if (isRow && row === at - 1 && area.has(unit + columns)) {
        sum += edges.below(row, column)
        count++
      } else if (!isRow && column === at - 1 && area.has(unit + 1)) {
        sum += edges.right(row, column)
        count++
      }
    }
    const score = count === 0 ? 1 : sum / count
    if (score > best.score) best = { isRow, at, score }
  }
  for (let r = span.row + 1; r < span.rowEnd; r++) consider(true, r)
  for (let c = span.column + 1; c < span.columnEnd; c++) consider(false, c)
  return best
}

function connected(area: ReadonlySet<number>, columns: number): Set<number>[] {
  const rest = new Set(area)
  const parts: Set<number>[] = []
  for (const seed of area) {
    if (!rest.delete(seed)) continue
    const part = new Set([seed])
    for (const unit of part) {
      const column = unit % columns
      const near = [unit - columns, unit + columns]
      if (column > 0) near.push(unit - 1)
      if (column + 1 < columns) near.push(unit + 1)
      for (const next of near) if (rest.delete(next)) part.add(next)
    }
    parts.push(part)
  }
  return parts
}
