import type { Ruling } from '../../model/page.ts'
import type { Grid, GridCell, GridOptions } from './grid.ts'
import { joinRulings } from './join-rulings.ts'

/** More lines than any page of tables has: a map or a drawing. */
const MOST_LINES = 5000

interface Crossing {
  readonly horizontals: readonly Ruling[]
  readonly verticals: readonly Ruling[]
}

/**
 * Finds the tables that rulings draw: each connected set of crossing lines is one grid, top to bottom. A missing piece
 * of a line joins the cells beside it; an open outer side is closed where the lines end. Grids of one cell are frames,
 * not tables, and left out. Everything is in the unit of `rulings`.
 */
export function rulingsToGrids(rulings: readonly Ruling[], options: GridOptions): readonly Grid[] {
  const lines = joinRulings(rulings, options)
  if (lines.length > MOST_LINES) return []
  return connectedLines(lines, options.bridge)
    .flatMap((crossing) => crossingToGrid(crossing, options) ?? [])
    .toSorted((a, b) => a.bbox.top - b.bbox.top || a.bbox.x0 - b.bbox.x0)
}

function connectedLines(lines: readonly Ruling[], reach: number): Crossing[] {
  const horizontals = lines.filter((line) => line.orientation === 'horizontal')
  const verticals = lines.filter((line) => line.orientation === 'vertical')
  const all = [...horizontals, ...verticals]
  const parents = all.map((_, index) => index)
  const rootOf = (index: number): number => {
    let root = index
    while (parents[root] !== root) root = parents[root] ?? root
    parents[index] = root
    return root
  }
  horizontals.forEach((horizontal, index) => {
    verticals.forEach((vertical, offset) => {
      if (meets(horizontal, vertical, reach)) parents[rootOf(index)] = rootOf(horizontals.length + offset)
    })
  })
  const groups = new Map<number, Ruling[]>()
  all.forEach((line, index) => {
    const root = rootOf(index)
    groups.set(root, [...(groups.get(root) ?? []), line])
  })
  return [...groups.values()].map((group) => ({
    horizontals: group.filter((line) => line.orientation === 'horizontal'),
    verticals: group.filter((line) => line.orientation === 'vertical'),
  }))
}

function meets(horizontal: Ruling, vertical: Ruling, reach: number): boolean {
  const crossesX = vertical.position >= horizontal.start - reach && vertical.position <= horizontal.end + reach
  const crossesY = horizontal.position >= vertical.start - reach && horizontal.position <= vertical.end + reach
  return crossesX && crossesY
}

function crossingToGrid({ horizontals, verticals }: Crossing, options: GridOptions): Grid | null {
  const columnEdges = usedEdges(withOpenSides(verticals, horizontals, options), verticals, horizontals, options)
  const rowEdges = usedEdges(withOpenSides(horizontals, verticals, options), horizontals, verticals, options)
  if (columnEdges.length < 2 || rowEdges.length < 2) return null
  // Edges of shaded areas have no thickness: one shaded row is an ornament of a table, not a table.
  if (rowEdges.length === 2 && [...horizontals, ...verticals].every((line) => line.thickness === 0)) return null
  const cells = edgesToCells(columnEdges, rowEdges, { horizontals, verticals }, options)
  if (cells.length < 2) return null
  return {
    bbox: {
      x0: columnEdges[0] ?? 0,
      top: rowEdges[0] ?? 0,
      x1: columnEdges.at(-1) ?? 0,
      bottom: rowEdges.at(-1) ?? 0,
    },
    columnEdges,
    rowEdges,
    cells,
  }
}

/** The positions of `lines`, and of the sides that are open: where at least two crossing lines stick out together. */
function withOpenSides(lines: readonly Ruling[], crossing: readonly Ruling[], options: GridOptions): number[] {
  const edges = mergePositions(
    lines.map((line) => line.position),
    options.snap,
  )
  const overhang = Math.max(options.minLength, 2 * options.bridge)
  const [first, last] = [edges[0], edges.at(-1)]
  if (first === undefined || last === undefined) return edges
  const before = agreedEnd(
    crossing.map((line) => line.start).filter((start) => start < first - overhang),
    options.bridge,
  )
  const after = agreedEnd(
    crossing.map((line) => line.end).filter((end) => end > last + overhang),
    options.bridge,
  )
  return [...(before === null ? [] : [before]), ...edges, ...(after === null ? [] : [after])]
}

/** The place where most of some line ends lie; null where no two agree. */
function agreedEnd(ends: readonly number[], tolerance: number): number | null {
  let best: readonly number[] = []
  for (const end of ends) {
    const near = ends.filter((other) => Math.abs(other - end) <= tolerance)
    if (near.length > best.length) best = near
  }
  return best.length < 2 ? null : best.reduce((sum, end) => sum + end, 0) / best.length
}

function mergePositions(positions: readonly number[], snap: number): number[] {
  const groups: number[][] = []
  for (const position of positions.toSorted((a, b) => a - b)) {
    const group = groups.at(-1)
    if (group !== undefined && position - (group[0] ?? position) <= snap) group.push(position)
    else groups.push([position])
  }
  return groups.map((group) => group.reduce((sum, position) => sum + position, 0) / group.length)
}

/** Drops edges whose lines part no two cells anywhere: stubs that cover no whole cell side. Outer edges stay. */
function usedEdges(
  edges: readonly number[],
  lines: readonly Ruling[],
  crossing: readonly Ruling[],
  options: GridOptions,
): number[] {
  const across = mergePositions(
    crossing.map((line) => line.position),
    options.snap,
  )
  const ends = lines.flatMap((line) => [line.start, line.end])
  const stops = mergePositions([...across, Math.min(...ends), Math.max(...ends)], options.snap)
  return edges.filter((edge, index) => {
    if (index === 0 || index === edges.length - 1) return true
    const own = lines.filter((line) => Math.abs(line.position - edge) <= options.snap)
    return stops.slice(1).some((stop, position) => coverOf(own, stops[position] ?? stop, stop) >= options.minCover)
  })
}

/** The share of from..to that the lines cover, 0 to 1. */
function coverOf(lines: readonly Ruling[], from: number, to: number): number {
  const pieces = lines
    .map((line) => ({ start: Math.max(line.start, from), end: Math.min(line.end, to) }))
    .filter((piece) => piece.end > piece.start)
    .toSorted((a, b) => a.start - b.start)
  let [covered, reached] = [0, from]
  for (const { start, end } of pieces) {
    covered += Math.max(0, end - Math.max(start, reached))
    reached = Math.max(reached, end)
  }
  return to > from ? covered / (to - from) : 0
}

/** Joins elementary cells over missing lines, always to rectangles: first to the right, then down. */
function edgesToCells(
  columnEdges: readonly number[],
  rowEdges: readonly number[],
  { horizontals, verticals }: Crossing,
  options: GridOptions,
): GridCell[] {
  const [columns, rows] = [columnEdges.length - 1, rowEdges.length - 1]
  const wallRightOf = wallTable(columnEdges, rowEdges, verticals, options)
  const wallBelow = wallTable(rowEdges, columnEdges, horizontals, options)
  const taken = new Set<number>()
  const isFree = (row: number, column: number): boolean => !taken.has(row * columns + column)
  const cells: GridCell[] = []
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      if (!isFree(row, column)) continue
      let columnSpan = 1
      while (
        column + columnSpan < columns &&
        isFree(row, column + columnSpan) &&
        !wallRightOf(column + columnSpan, row)
      ) {
        columnSpan += 1
      }
      const span = Array.from({ length: columnSpan }, (_, offset) => column + offset)
      const continues = (next: number): boolean =>
        span.every((position) => isFree(next, position) && !wallBelow(next, position)) &&
        span.slice(1).every((position) => !wallRightOf(position, next))
      let rowSpan = 1
      while (row + rowSpan < rows && continues(row + rowSpan)) rowSpan += 1
      for (let y = row; y < row + rowSpan; y += 1) for (const x of span) taken.add(y * columns + x)
      cells.push({
        row,
        column,
        rowSpan,
        columnSpan,
        bbox: {
          x0: columnEdges[column] ?? 0,
          top: rowEdges[row] ?? 0,
          x1: columnEdges[column + columnSpan] ?? 0,
          bottom: rowEdges[row + rowSpan] ?? 0,
        },
      })
    }
  }
  return cells
}

/** Answers whether the inner edge `edge` is ruled along the interval `interval` of the crossing edges. */
function wallTable(
  edges: readonly number[],
  crossingEdges: readonly number[],
  lines: readonly Ruling[],
  options: GridOptions,
): (edge: number, interval: number) => boolean {
  const walls = edges.map((edge) => {
    const own = lines.filter((line) => Math.abs(line.position - edge) <= options.snap)
    return crossingEdges.slice(1).map((to, index) => coverOf(own, crossingEdges[index] ?? to, to) >= options.minCover)
  })
  return (edge, interval) => walls[edge]?.[interval] ?? true
}
