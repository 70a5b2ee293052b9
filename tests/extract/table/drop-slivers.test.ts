import { describe, expect, test } from 'vitest'
import { dropSlivers } from '../../../src/extract/table/drop-slivers.ts'

interface Sketch {
  readonly row: number
  readonly column: number
  readonly text: string
  readonly rowSpan: number
  readonly columnSpan: number
  readonly bbox: { x0: number; top: number; x1: number; bottom: number }
}

/** A grid of texts with the widths of its columns and the heights of its rows. */
function grid(texts: readonly (readonly string[])[], widths: readonly number[], heights: readonly number[]): Sketch[] {
  const edge = (sizes: readonly number[], at: number) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0)
  return texts.flatMap((row, r) =>
    row.map((text, c) => ({
      row: r,
      column: c,
      text,
      rowSpan: 1,
      columnSpan: 1,
      bbox: { x0: edge(widths, c), x1: edge(widths, c + 1), top: edge(heights, r), bottom: edge(heights, r + 1) },
    })),
  )
}

const rowsOf = (cells: readonly Sketch[]) => {
  const rows: string[][] = []
  for (const { row, column, text } of cells) {
    rows[row] ??= []
    ;(rows[row] as string[])[column] = text
  }
  return rows
}
const GLYPH = 10

describe('columns and rows that no print fits into', () => {
  const full = [
    ['品目', '', '金额'],
    ['台式机', '', '2.00'],
  ]
  test.each([
    [
      'a narrow empty column goes',
      full,
      [60, 7, 40],
      [20, 20],
      [
        ['品目', '金额'],
        ['台式机', '2.00'],
      ],
    ],
    ['a wide empty one stays', full, [60, 30, 40], [20, 20], full],
    [
      'a narrow one with print stays',
      [
        ['甲', '1'],
        ['乙', ''],
      ],
      [60, 7],
      [20, 20],
      [
        ['甲', '1'],
        ['乙', ''],
      ],
    ],
    [
      'a low empty row goes',
      [
        ['甲', '1'],
        ['', ''],
        ['乙', '2'],
      ],
      [60, 40],
      [20, 5, 20],
      [
        ['甲', '1'],
        ['乙', '2'],
      ],
    ],
    [
      'an empty row of the usual height stays',
      [
        ['甲', '1'],
        ['', ''],
      ],
      [60, 40],
      [20, 20],
      [
        ['甲', '1'],
        ['', ''],
      ],
    ],
  ])('%s', (_name, texts, widths, heights, wanted) => {
    expect(rowsOf(dropSlivers(grid(texts, widths, heights), GLYPH))).toEqual(wanted)
  })

  test('a heading over one spans a column less', () => {
    const [first, sliver, last, ...body] = grid(full, [60, 7, 40], [20, 20])
    if (first === undefined || sliver === undefined || last === undefined) throw new Error('no heading')
    const heading = { ...first, columnSpan: 3, bbox: { ...first.bbox, x1: 107 } }
    const [whole, ...others] = dropSlivers([heading, ...body], GLYPH)
    expect(whole?.columnSpan).toBe(2)
    expect(others.map(({ column }) => column)).toEqual([0, 1])
  })
})
