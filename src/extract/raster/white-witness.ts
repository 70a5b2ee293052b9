import { EDGE_STANDS, type InnerEdges, type UnitSpan } from './merge-units.ts'
import type { RulingGroup, RulingLine } from './ruling-lines.ts'
import type { Bend } from './straighten.ts'
import type { WhiteCells } from './white-cells.ts'

/** An edge seen this surely is not put in doubt by a white area that found a hole in it. */
const BEYOND_LEAKS = 0.9

/**
 * What the white areas say of each inner edge: 1 parted, 0 one area, 0.5 nothing. The paper around the table says
 * nothing of the cells that it reaches through an open side.
 */
export function whiteWitness(white: WhiteCells, bend: Bend, { rows, columns }: RulingGroup, glyph: number): InnerEdges {
  const outside = labelsAround(white, bend, rows, columns, glyph)
  const label = (r: number, c: number): number => {
    const x0 = columns[c]?.position ?? 0
    const x1 = columns[c + 1]?.position ?? 0
    const top = rows[r]?.position ?? 0
    const bottom = rows[r + 1]?.position ?? 0
    const votes = new Map<number, number>()
    for (let j = 1; j < 6; j++) {
      for (let i = 1; i < 6; i++) {
        const x = x0 + ((x1 - x0) * i) / 6
        const y = top + ((bottom - top) * j) / 6
        const found = white.labelAt(x + bend.bendX(x, y), y + bend.bendY(x, y))
        if (found > 0 && !outside.has(found)) votes.set(found, (votes.get(found) ?? 0) + 1)
      }
    }
    const best = [...votes].sort((a, b) => b[1] - a[1])[0]
    return best === undefined || best[1] < 8 ? -1 : best[0]
  }
  const unitRows = rows.length - 1
  const unitColumns = columns.length - 1
  const labels = Int32Array.from({ length: unitRows * unitColumns }, (_, i) =>
    label(Math.floor(i / unitColumns), i % unitColumns),
  )
  const isTooNarrow = (a: RulingLine | undefined, b: RulingLine | undefined): boolean =>
    (b?.position ?? 0) - (a?.position ?? 0) < 0.9 * glyph
  const compare = (a: number, b: number): number => {
    const first = labels[a] ?? -1
    const second = labels[b] ?? -1
    return first < 0 || second < 0 ? 0.5 : first === second ? 0 : 1
  }
  return {
    rows: unitRows,
    columns: unitColumns,
    right: (r, c) =>
      isTooNarrow(columns[c], columns[c + 1]) ? 0.5 : compare(r * unitColumns + c, r * unitColumns + c + 1),
    below: (r, c) =>
      isTooNarrow(rows[r], rows[r + 1]) ? 0.5 : compare(r * unitColumns + c, (r + 1) * unitColumns + c),
  }
}

/** The areas that lie beyond the table's four sides. */
function labelsAround(
  white: WhiteCells,
  bend: Bend,
  rows: readonly RulingLine[],
  columns: readonly RulingLine[],
  glyph: number,
): ReadonlySet<number> {
  const [left, right] = [(columns[0]?.position ?? 0) - glyph, (columns.at(-1)?.position ?? 0) + glyph]
  const [top, bottom] = [(rows[0]?.position ?? 0) - glyph, (rows.at(-1)?.position ?? 0) + glyph]
  const labels = new Set<number>()
  const add = (x: number, y: number): void => {
    labels.add(white.labelAt(x + bend.bendX(x, y), y + bend.bendY(x, y)))
  }
  for (let y = top; y <= bottom; y += glyph) for (const x of [left, right]) add(x, y)
  for (let x = left; x <= right; x += glyph) for (const y of [top, bottom]) add(x, y)
  return labels
}

/** An edge that the pixels leave open is settled by the white areas. */
export function withTieBreak(edges: InnerEdges, witness: InnerEdges): InnerEdges {
  const settle = (score: number, other: number): number =>
    score > 0.35 && score < 0.8 && other !== 0.5 ? (score + other) / 2 + 0.05 : score
  return {
    ...edges,
    right: (r, c) => settle(edges.right(r, c), witness.right(r, c)),
    below: (r, c) => settle(edges.below(r, c), witness.below(r, c)),
  }
}

function isLeaky(score: number): boolean {
  return score >= EDGE_STANDS && score < BEYOND_LEAKS
}

/** The share of inner edges on which the final cells and the white areas agree, of those where the latter say anything. */
export function agreementOf(cells: readonly UnitSpan[], edges: InnerEdges, witness: InnerEdges): number {
  const owner = new Int32Array(edges.rows * edges.columns)
  for (const [k, cell] of cells.entries()) {
    for (let r = cell.row; r < cell.rowEnd; r++) {
      owner.fill(k, r * edges.columns + cell.column, r * edges.columns + cell.columnEnd)
    }
  }
  let agree = 0
  let asked = 0
  const compare = (isParted: boolean, said: number): void => {
    if (said === 0.5) return
    asked++
    if (isParted === (said === 1)) agree++
  }
  for (let r = 0; r < edges.rows; r++) {
    for (let c = 0; c < edges.columns; c++) {
      const unit = r * edges.columns + c
      if (c + 1 < edges.columns) compare(owner[unit] !== owner[unit + 1], witness.right(r, c))
      if (r + 1 < edges.rows) compare(owner[unit] !== owner[unit + edges.columns], witness.below(r, c))
    }
  }
  return asked === 0 ? 0.5 : agree / asked
}

/** Whether the white areas run through most standing edges: their walls leak, and they can witness nothing. */
export function sharesNothing(edges: InnerEdges, witness: InnerEdges): boolean {
  let standing = 0
  let leaking = 0
  const add = (score: number, said: number): void => {
    if (score < EDGE_STANDS || said === 0.5) return
    standing++
    if (said === 0) leaking++
  }
  for (let r = 0; r < edges.rows; r++) {
    for (let c = 0; c < edges.columns; c++) {
      if (c + 1 < edges.columns) add(edges.right(r, c), witness.right(r, c))
      if (r + 1 < edges.rows) add(edges.below(r, c), witness.below(r, c))
    }
  }
  return standing === 0 || leaking > 0.6 * standing
}

/**
 * Cells (by index) with an edge, around or inside them, that the pixels leave open or on which the two ways to see
 * cells differ, and all cells of `doubtfulRows`. `witness` is null where it is blind.
 */
export function doubtfulCells(
  cells: readonly UnitSpan[],
  edges: InnerEdges,
  witness: InnerEdges | null,
  doubtfulRows: ReadonlySet<number> = new Set(),
): readonly number[] {
  const isOpen = (score: number, said: number): boolean =>
    (score > 0.3 && score < 0.8) || (said === 1 && score < EDGE_STANDS) || (said === 0 && isLeaky(score))
  const right = (r: number, c: number): boolean => isOpen(edges.right(r, c), witness?.right(r, c) ?? 0.5)
  const below = (r: number, c: number): boolean => isOpen(edges.below(r, c), witness?.below(r, c) ?? 0.5)
  return cells.flatMap((cell, index) => {
    for (let r = cell.row; r < cell.rowEnd; r++) {
      if (doubtfulRows.has(r)) return [index]
      for (let c = cell.column; c < cell.columnEnd; c++) {
        if (c + 1 < edges.columns && right(r, c)) return [index]
        if (r + 1 < edges.rows && below(r, c)) return [index]
        if (c === cell.column && c > 0 && right(r, c - 1)) return [index]
        if (r === cell.row && r > 0 && below(r - 1, c)) return [index]
      }
    }
    return []
  })
}
