import { describe, expect, test } from 'vitest'
import { doubtAlignedCells } from '../../../src/extract/table/doubt-aligned-cells.ts'
import type { Grid } from '../../../src/extract/table/grid.ts'
import type { Word } from '../../../src/model/page.ts'

const [WIDTH, PITCH, HEIGHT] = [100, 24, 10]

interface Print {
  readonly text: string
  /** From the left edge of its cell, and below its top. */
  readonly at?: readonly [number, number]
  readonly width?: number
}

/** A grid of equal cells with print in them. */
function table(rows: readonly (readonly (string | readonly Print[])[])[]): { grid: Grid; words: Word[] } {
  const columns = rows[0]?.length ?? 0
  const edges = (count: number, size: number) => Array.from({ length: count + 1 }, (_, at) => at * size)
  const [columnEdges, rowEdges] = [edges(columns, WIDTH), edges(rows.length, PITCH)]
  const cells = rows.flatMap((row, r) =>
    row.map((_, c) => ({
      row: r,
      column: c,
      rowSpan: 1,
      columnSpan: 1,
      bbox: { x0: c * WIDTH, x1: (c + 1) * WIDTH, top: r * PITCH, bottom: (r + 1) * PITCH },
    })),
  )
  const words = rows.flatMap((row, r) =>
    row.flatMap((cell, c) => {
      const prints = typeof cell === 'string' ? (cell === '' ? [] : [{ text: cell }]) : cell
      return prints.map(({ text, at = [10, 7], width = 60 }: Print): Word => {
        const [x0, top] = [c * WIDTH + at[0], r * PITCH + at[1]]
        return { text, bbox: { x0, x1: x0 + width, top, bottom: top + HEIGHT }, origin: 'ocr' }
      })
    }),
  )
  const bbox = { x0: 0, x1: columns * WIDTH, top: 0, bottom: rows.length * PITCH }
  return { grid: { bbox, columnEdges, rowEdges, cells }, words }
}

const HEADING = ['项目', '内容', '金额']
const BODY = [
  ['甲', '印刷服务', '1.00'],
  ['乙', '会计服务', '2.00'],
  ['丙', '审计服务', '3.00'],
]
/** Rows and columns of the cells that are in doubt. */
function doubted(rows: readonly (readonly (string | readonly Print[])[])[]): readonly string[] {
  const { grid, words } = table(rows)
  return doubtAlignedCells(grid, words).map((index) => `${grid.cells[index]?.row}/${grid.cells[index]?.column}`)
}

test('a table whose columns are parted by white and whose rows have one line is sure', () => {
  expect(doubted([HEADING, ...BODY])).toEqual([])
})

describe('sure are', () => {
  test('columns whose headings stand in the second row of a heading', () => {
    expect(doubted([['', '经济分类科目', ''], HEADING, ...BODY])).toEqual([])
  })

  const beside = (left: string, right: string, at = 98.5) => [
    [{ text: left, at: [at - 60, 7], width: 60 }] as Print[],
    [{ text: right, at: [1, 7], width: 60 }] as Print[],
    '1',
  ]
  test.each([
    ['figures and words', ['1.00', '12.00', '3.00'], ['一般公共预算', '事业收入', '一般公共预算']],
    ['words and codes', ['某局', '某局', '某中心'], ['[30201]办公费', '[31002]办公设备购置', '30227委托业务费']],
  ])('%s that line up side by side, though little white parts them', (_, left, right) => {
    expect(doubted([HEADING, ...left.map((text, row) => beside(text, right[row] ?? ''))])).toEqual([])
  })

  test.each([
    ['two columns of words', ['甲', '乙', '丙'], ['印刷服务', '会计服务', '审计服务'], [98.5, 98.5, 98.5]],
    ['pieces of figures', ['1,', '12,', '3,'], ['000.00', '400.00', '500.00'], [98.5, 98.5, 98.5]],
    ['figures that do not line up', ['1.00', '2.00', '3.00'], ['甲项', '乙项', '丙项'], [98.5, 90, 98.5]],
  ])('and not %s', (_, left, right, ends) => {
    const rows = left.map((text, row) => beside(text, right[row] ?? '', ends[row]))
    expect(doubted([HEADING, ...rows])).not.toEqual([])
  })
})

describe('in doubt are', () => {
  test('two columns that no white parts', () => {
    const far: Print[] = [{ text: '丁戊己庚辛壬癸', at: [10, 7], width: 88 }]
    const near: Print[] = [{ text: '会计服务', at: [1, 7], width: 60 }]
    const rows = [HEADING, ...BODY, [far, near, '4.00']]
    expect(new Set(doubted(rows).map((place) => place.split('/')[1]))).toEqual(new Set(['0', '1']))
  })

  test('a column without a heading', () => {
    expect(doubted([['项目', '', '金额'], ...BODY])).toEqual(['0/1', '1/1', '2/1', '3/1'])
  })

  test('print that reaches into the next cell', () => {
    const wide: Print[] = [{ text: '单位名称很长很长', at: [30, 7], width: 74 }]
    expect(doubted([HEADING, ...BODY, ['丁', wide, '4.00']])).toContain('4/1')
  })

  test('a cell with two pieces far apart on one line', () => {
    const two: Print[] = [
      { text: '甲', at: [5, 7], width: 20 },
      { text: '乙', at: [60, 7], width: 20 },
    ]
    expect(doubted([HEADING, ...BODY, ['丁', two, '4.00']])).toEqual(['4/1'])
  })

  test('a row whose lines stand as far apart as the rows do', () => {
    const wrapped: Print[] = [
      { text: '会计', at: [10, 0], width: 40 },
      { text: '服务', at: [10, 16], width: 40 },
    ]
    expect(doubted([HEADING, ...BODY, ['丁', wrapped, '4.00']])).toEqual(['4/0', '4/1', '4/2'])
  })

  test('all cells where the first row begins with the last line of the heading', () => {
    const mixed: Print[] = [
      { text: '小计', at: [10, 1], width: 40 },
      { text: '1.00', at: [10, 13], width: 40 },
    ]
    expect(doubted([HEADING, ['甲', '印刷服务', mixed], ...BODY.slice(1)])).toHaveLength(12)
  })

  test('all cells where no figure tells heading from body', () => {
    expect(doubted([HEADING, ['甲', '印刷服务', '一'], ['乙', '会计服务', '二']])).toHaveLength(9)
  })
})

describe('rules', () => {
  const [CODE_OVER_NAME, BLANK] = [
    [
      { text: '205001', at: [10, 14] as const },
      { text: '教育局', at: [10, 26] as const },
    ],
    [] as const,
  ]
  const rows = [HEADING, [CODE_OVER_NAME, '防火墙', '1.00'], [BLANK, '打印机', '2.00'], ['中学', '办公桌', '3.00']]
  const rule = (edge: number, from = 0, to = 3 * WIDTH) => {
    return { orientation: 'horizontal' as const, position: edge * PITCH, start: from, end: to, thickness: 1 }
  }

  /** The first column merged over the first two rows of the body. */
  function doubtedBeside(rules: readonly ReturnType<typeof rule>[]): readonly string[] {
    const { grid, words } = table(rows)
    const cells = grid.cells.flatMap((cell) => {
      if (cell.column !== 0 || cell.row === 0 || cell.row === 3) return [cell]
      return cell.row === 1 ? [{ ...cell, rowSpan: 2, bbox: { ...cell.bbox, bottom: 3 * PITCH } }] : []
    })
    const found = doubtAlignedCells({ ...grid, cells }, words, rules)
    return found.map((index) => `${cells[index]?.row}/${cells[index]?.column}`)
  }
  const AROUND = [rule(0), rule(1), rule(3), rule(4)]

  test('that leave a merged cell out make it sure, and the heading above it, too', () => {
    expect(doubtedBeside([...AROUND, rule(2, WIDTH)])).toEqual([])
  })

  test.each([
    ['none at all', []],
    ['one that runs through the merged cell', [...AROUND, rule(2)]],
    ['none below the merged cell', [rule(0), rule(1), rule(3, WIDTH), rule(4), rule(2, WIDTH)]],
  ])('but not %s', (_name, rules) => {
    expect(doubtedBeside(rules)).not.toEqual([])
  })
})
