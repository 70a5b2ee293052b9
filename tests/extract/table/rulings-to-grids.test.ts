import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { POINT_OPTIONS } from '../../../src/extract/table/grid.ts'
import { rulingsToGrids } from '../../../src/extract/table/rulings-to-grids.ts'
import type { Ruling } from '../../../src/model/page.ts'

function across(position: number, start: number, end: number): Ruling {
  return { orientation: 'horizontal', position, start, end, thickness: 0.5 }
}

function down(position: number, start: number, end: number): Ruling {
  return { orientation: 'vertical', position, start, end, thickness: 0.5 }
}

/** All lines of a grid with these edges. */
function lattice(columnEdges: readonly number[], rowEdges: readonly number[]): Ruling[] {
  const [left, right] = [columnEdges[0] ?? 0, columnEdges.at(-1) ?? 0]
  const [top, bottom] = [rowEdges[0] ?? 0, rowEdges.at(-1) ?? 0]
  return [...rowEdges.map((y) => across(y, left, right)), ...columnEdges.map((x) => down(x, top, bottom))]
}

/** Grids as 'rows x columns: cells'. */
function shapes(rulings: readonly Ruling[], options = POINT_OPTIONS): string[] {
  return rulingsToGrids(rulings, options).map(
    (grid) => `${grid.rowEdges.length - 1}x${grid.columnEdges.length - 1}: ${grid.cells.length}`,
  )
}

const columns = [100, 200, 300]
const rows = [100, 120, 140, 160]
const whole = lattice(columns, rows)
const withoutSides = whole.filter((line) => line.orientation === 'horizontal' || line.position === 200)

describe('rulings make grids', () => {
  test.each([
    ['a whole grid', whole, ['3x2: 6']],
    [
      'every line drawn twice, a little off',
      [...whole, ...whole.map((line) => ({ ...line, position: line.position + 1.5 }))],
      ['3x2: 6'],
    ],
    ['lines in pieces with small gaps', whole.flatMap(inPieces), ['3x2: 6']],
    [
      'lines that stop short of the crossing',
      whole.map((line) => ({ ...line, start: line.start + 2, end: line.end - 2 })),
      ['3x2: 6'],
    ],
    ['open sides left and right', withoutSides, ['3x2: 6']],
    ['open at the bottom', whole.filter((line) => line.position !== 160), ['3x2: 6']],
    ['a tick beside a line', [...whole, across(110, 198, 202)], ['3x2: 6']],
    ['a mark inside a cell', [...whole, down(150, 104, 112), across(108, 146, 154)], ['3x2: 6']],
    ['two tables one above the other', [...whole, ...lattice(columns, [300, 320, 340])], ['3x2: 6', '2x2: 4']],
    ['two tables side by side', [...whole, ...lattice([400, 500, 600], rows)], ['3x2: 6', '3x2: 6']],
    ['a frame', lattice([50, 500], [50, 500]), []],
    ['an underline', [across(100, 50, 200)], []],
    ['lines that never meet', [across(100, 50, 200), across(120, 50, 200), down(300, 50, 200)], []],
    ['nothing', [], []],
  ] as const)('%s', (_name, rulings, expected) => expect(shapes(rulings)).toEqual(expected))

  test('a missing piece of a line joins two cells, and only those', () => {
    const merged = [...lattice(columns, rows).filter((line) => line.position !== 200), down(200, 120, 160)]
    const [grid] = rulingsToGrids(merged, POINT_OPTIONS)
    expect(grid?.cells).toHaveLength(5)
    expect(grid?.cells[0]).toMatchObject({
      row: 0,
      column: 0,
      rowSpan: 1,
      columnSpan: 2,
      bbox: { x0: 100, top: 100, x1: 300, bottom: 120 },
    })
  })

  test('tolerances are in the unit of the rulings', () => {
    const scale = 4
    const pixels = whole.map((line) => ({
      ...line,
      position: line.position * scale,
      start: (line.start + 2) * scale,
      end: (line.end - 2) * scale,
    }))
    const options = { snap: 2.5 * scale, bridge: 3 * scale, minLength: 5 * scale, minCover: 0.5 }
    expect(shapes(pixels, options)).toEqual(['3x2: 6'])
    expect(shapes(pixels, POINT_OPTIONS)).not.toEqual(['3x2: 6'])
  })
})

function inPieces(line: Ruling): Ruling[] {
  const middle = (line.start + line.end) / 2
  return [
    { ...line, end: middle - 1 },
    { ...line, start: middle + 1 },
  ]
}

interface Span {
  readonly row: number
  readonly column: number
  readonly rowSpan: number
  readonly columnSpan: number
}

/** A table cut into rectangles: rows of cells, some of them joined over columns or with the row below. */
const tables = fc
  .record({
    widths: fc.array(fc.integer({ min: 20, max: 120 }), { minLength: 2, maxLength: 8 }),
    heights: fc.array(fc.integer({ min: 12, max: 40 }), { minLength: 2, maxLength: 10 }),
    wishes: fc.array(
      fc.record({ at: fc.nat(79), right: fc.integer({ min: 1, max: 3 }), down: fc.integer({ min: 1, max: 3 }) }),
      {
        maxLength: 6,
      },
    ),
  })
  .map(({ widths, heights, wishes }) => ({
    widths,
    heights,
    spans: cutIntoSpans(widths.length, heights.length, wishes),
  }))

function cutIntoSpans(
  columnCount: number,
  rowCount: number,
  wishes: readonly { readonly at: number; readonly right: number; readonly down: number }[],
): Span[] {
  const taken = new Set<number>()
  const take = (span: Span): boolean => {
    const places = Array.from({ length: span.rowSpan * span.columnSpan }, (_, index) => {
      const row = span.row + Math.floor(index / span.columnSpan)
      return row * columnCount + span.column + (index % span.columnSpan)
    })
    if (places.some((place) => taken.has(place))) return false
    for (const place of places) taken.add(place)
    return true
  }
  // A merged cell always leaves a row and a column that are not merged, so that every edge is drawn somewhere.
  const merged = wishes
    .map(({ at, right, down: deep }) => {
      const [row, column] = [Math.floor(at / columnCount) % rowCount, at % columnCount]
      return {
        row,
        column,
        rowSpan: Math.min(deep, rowCount - 1 - row),
        columnSpan: Math.min(right, columnCount - 1 - column),
      }
    })
    .filter((span) => span.rowSpan > 0 && span.columnSpan > 0)
    .filter(take)
  const single = Array.from({ length: rowCount * columnCount }, (_, index) => ({
    row: Math.floor(index / columnCount),
    column: index % columnCount,
    rowSpan: 1,
    columnSpan: 1,
  })).filter(take)
  return [...merged, ...single].toSorted((a, b) => a.row - b.row || a.column - b.column)
}

function edgesOf(sizes: readonly number[]): number[] {
  const edges = [50]
  for (const size of sizes) edges.push((edges.at(-1) ?? 0) + size)
  return edges
}

test('drawing the sides of the cells and reading them back gives the same cells', () => {
  fc.assert(
    fc.property(tables, fc.integer({ min: -10, max: 10 }), ({ widths, heights, spans }, jitter) => {
      const [xs, ys] = [edgesOf(widths), edgesOf(heights)]
      const sides = spans.flatMap(({ row, column, rowSpan, columnSpan }, index) => {
        const shift = ((index * jitter) % 10) / 10
        const [x0, x1] = [xs[column] ?? 0, xs[column + columnSpan] ?? 0]
        const [top, bottom] = [ys[row] ?? 0, ys[row + rowSpan] ?? 0]
        return [
          across(top + shift, x0, x1),
          across(bottom + shift, x0, x1),
          down(x0 + shift, top, bottom),
          down(x1 + shift, top, bottom),
        ]
      })
      const [grid, ...others] = rulingsToGrids(sides, POINT_OPTIONS)
      expect(others).toEqual([])
      const found = grid?.cells.map(({ row, column, rowSpan, columnSpan }) => ({ row, column, rowSpan, columnSpan }))
      expect(found).toEqual(spans)
    }),
    { numRuns: 300 },
  )
})
