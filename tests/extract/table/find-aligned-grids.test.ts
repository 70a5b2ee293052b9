import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findAlignedGrids } from '../../../src/extract/table/find-aligned-grids.ts'
import { wordsToTable } from '../../../src/extract/table/words-to-table.ts'
import { tableToRows } from '../../../src/model/table.ts'
import { identity, line, rule, size, tablesOf } from './draw-lines.ts'

const header = line(100, [50, '项目'], [200, '数量'], [300, '金额'])
const body = [
  ...line(120, [50, '台式计算机'], [215, '2'], [300, '2.00']),
  ...line(140, [50, '物业管理服务'], [210, '12'], [295, '28.00']),
  ...line(160, [50, '合计'], [210, '14'], [295, '30.00']),
]
const rows = [
  ['项目', '数量', '金额'],
  ['台式计算机', '2', '2.00'],
  ['物业管理服务', '12', '28.00'],
  ['合计', '14', '30.00'],
]
const prose = [100, 120, 140, 160, 180].flatMap((top) =>
  line(top, [50, '单位按照有关规定编制了部门预算共计3.00万元并按要求公开']),
)

test.each([
  ['columns of text and numbers', [...header, ...body], [], [rows]],
  ['the same between three rules', [...header, ...body], [rule(95), rule(115), rule(175)], [rows]],
  ['the same with a rule under each row', [...header, ...body], [95, 115, 135, 155, 175].map((y) => rule(y)), [rows]],
  [
    'a first row whose rule stayed on the page before',
    [...line(76, [50, '打印']), ...line(88, [50, '设备']), ...line(82, [215, '3'], [300, '9.00']), ...header, ...body],
    [95, 115, 135, 155, 175].map((y) => rule(y)),
    [[['打印设备', '3', '9.00'], ...rows]],
  ],
  [
    'a last row whose rule went to the next page',
    [...header, ...body, ...line(180, [50, '打印设备'], [215, '3'], [300, '9.00'])],
    [95, 115, 135, 155, 175].map((y) => rule(y)),
    [[...rows, ['打印设备', '3', '9.00']]],
  ],
  [
    'who signs below is no row, nor is the title above',
    [
      ...line(80, [50, '附表'], [200, '采购预算表'], [300, '万元']),
      ...header,
      ...body,
      ...line(180, [50, '制表人：'], [200, '复核：'], [300, '12']),
    ],
    [95, 115, 135, 155, 175].map((y) => rule(y)),
    [rows],
  ],
  [
    'who signs below a table without rules is no row either, though somebody wrote there',
    [...header, ...body, ...line(182, [50, '院长：'], [75, 'DY'], [200, '会计：'], [230, '乙'], [300, '制表：'])],
    [],
    [rows],
  ],
  [
    'a unit line above is no row',
    [...line(80, [50, '单位：教育局'], [300, '金额单位：万元']), ...header, ...body],
    [],
    [rows],
  ],
  [
    'cells of one row that wrap differently are one row',
    [...line(94, [50, '项目']), ...line(106, [50, '名称']), ...line(100, [200, '数量'], [300, '金额']), ...body],
    [],
    [[['项目名称', '数量', '金额'], ...rows.slice(1)]],
  ],
  [
    'a name that goes on closely below belongs to its row',
    [
      ...header,
      ...body.slice(0, 6),
      ...line(151, [300, '（全部）']),
      ...line(170, [50, '合计'], [210, '14'], [295, '30.00']),
    ],
    [],
    [[...rows.slice(0, 2), ['物业管理服务', '12', '28.00（全部）'], ['合计', '14', '30.00']]],
  ],
  [
    'names that wrap stand around their figures, however near the rows are',
    [
      ...header,
      ...line(120, [50, '台式计算机'], [215, '2'], [300, '2.00']),
      ...line(134, [50, '物业管理服']),
      ...line(140, [210, '12'], [295, '28.00']),
      ...line(146, [50, '务（二期）']),
      ...line(160, [50, '合计'], [210, '14'], [295, '30.00']),
    ],
    [],
    [[...rows.slice(0, 2), ['物业管理服务（二期）', '12', '28.00'], ['合计', '14', '30.00']]],
  ],
  [
    'names that wrap hang from their figures',
    [
      ...header,
      ...line(120, [50, '台式计算机'], [215, '2'], [300, '2.00']),
      ...line(136, [50, '物业管理服'], [210, '12'], [295, '28.00']),
      ...line(148, [50, '务（第二标段）']),
      ...line(164, [50, '印刷'], [210, '14'], [295, '30.00']),
    ],
    [],
    [[...rows.slice(0, 2), ['物业管理服务（第二标段）', '12', '28.00'], ['印刷', '14', '30.00']]],
  ],
  [
    'a name in the middle of two rows belongs to both',
    [
      ...line(100, [10, '单位'], [50, '项目'], [200, '数量'], [300, '金额']),
      ...body,
      ...line(130, [10, '本级']),
      ...line(180, [50, '印刷'], [210, '14'], [295, '30.00']),
    ],
    [],
    [
      [
        ['单位', '项目', '数量', '金额'],
        ['本级', ...(rows[1] ?? [])],
        ['', ...(rows[2] ?? [])],
        ['', ...(rows[3] ?? [])],
        ['', '印刷', '14', '30.00'],
      ],
    ],
  ],
  [
    'a long name near the next column is parted from it where the pieces of a rule meet',
    [...header, ...body, ...line(180, [50, '政府购买公共服务与物业管理单'], [194, '12345'], [295, '28.00'])],
    [rule(115, 40, 192), rule(115, 192, 250), rule(115, 250, 420)],
    [[...rows, ['政府购买公共服务与物业管理单', '12345', '28.00']]],
  ],
  [
    'a heading that says 其中： is no caption, and two headings over columns end on one level',
    [
      ...line(82, [71, '采购品目'], [208, '其中：专项预算']),
      ...line(100, [20, '代码'], [100, '名称']),
      ...line(102, [200, '数量'], [300, '金额']),
      ...[120, 140, 160].flatMap((top) => line(top, [20, 'A01'], [100, '服务器'], [210, '12'], [295, '28.00'])),
    ],
    [],
    [
      [
        ['采购品目', '', '其中：专项预算', ''],
        ['代码', '名称', '数量', '金额'],
        ...Array.from({ length: 3 }, () => ['A01', '服务器', '12', '28.00']),
      ],
    ],
  ],
  [
    'rows one under the other without room between them are rows, with figures or without',
    [
      ...header,
      ...line(112, [50, '房屋修缮'], [215, '2'], [300, '2.00']),
      ...line(124, [50, '保安服务']),
      ...line(136, [50, '物业管理'], [210, '12'], [295, '28.00']),
      ...line(148, [50, '印刷服务'], [210, '14'], [295, '30.00']),
    ],
    [],
    [
      [
        ['项目', '数量', '金额'],
        ['房屋修缮', '2', '2.00'],
        ['保安服务', '', ''],
        ['物业管理', '12', '28.00'],
        ['印刷服务', '14', '30.00'],
      ],
    ],
  ],
  [
    'what a numeral begins is no second line of a cell',
    [
      ...line(100, [50, '收入'], [200, '预算数'], [300, '决算数']),
      ...line(120, [50, '一、拨款'], [210, '12'], [295, '28.00']),
      ...line(134, [50, '二、事业']),
      ...line(148, [50, '三、其他'], [210, '14'], [295, '30.00']),
      ...line(176, [50, '合计'], [210, '26'], [295, '58.00']),
    ],
    [],
    [
      [
        ['收入', '预算数', '决算数'],
        ['一、拨款', '12', '28.00'],
        ['二、事业', '', ''],
        ['三、其他', '14', '30.00'],
        ['合计', '26', '58.00'],
      ],
    ],
  ],
  [
    'a heading over columns of different widths has no column of its own, though it stands nearer to one of its headings',
    [
      ...line(70, [100, '收入'], [330, '支出']),
      ...line(100, [80, '项目'], [165, '预算数'], [310, '项目'], [395, '预算数']),
      ...[130, 150, 170].flatMap((top) =>
        line(top, [20, '一般公共预算拨款'], [175, '2.00'], [240, '一般公共服务支出'], [405, '3.00']),
      ),
    ],
    [],
    [
      [
        ['收入', '', '支出', ''],
        ['项目', '预算数', '项目', '预算数'],
        ...Array.from({ length: 3 }, () => ['一般公共预算拨款', '2.00', '一般公共服务支出', '3.00']),
      ],
    ],
  ],
  [
    'a unit of money begins another table, however near',
    [
      ...header,
      ...body,
      ...line(178, [50, '部门：教育局'], [300, '单位：万元']),
      ...line(196, [50, '科目'], [240, '基本支出'], [320, '项目支出']),
      ...line(216, [50, '教育支出'], [250, '1.50'], [330, '2.00']),
      ...line(236, [50, '卫生支出'], [250, '2.50'], [330, '3.00']),
      ...line(256, [50, '合计'], [250, '4.00'], [330, '5.00']),
    ],
    [],
    [
      rows,
      [
        ['科目', '基本支出', '项目支出'],
        ['教育支出', '1.50', '2.00'],
        ['卫生支出', '2.50', '3.00'],
        ['合计', '4.00', '5.00'],
      ],
    ],
  ],
  ['prose', prose, [], []],
  ['prose between the rules of header and footer', prose, [rule(90), rule(200)], []],
  [
    'a list',
    ['一、', '二、', '三、', '四、'].flatMap((text, index) => line(100 + 20 * index, [50, text], [90, '部门职责'])),
    [],
    [],
  ],
  [
    'a table of contents',
    [100, 120, 140, 160].flatMap((top) => line(top, [50, '部门概况'], [100, '................'], [300, '3'])),
    [],
    [],
  ],
  [
    'a table of contents without leaders',
    [100, 120, 140, 160].flatMap((top) => line(top, [50, '部门概况'], [300, '3'])),
    [],
    [],
  ],
  [
    'a table of contents of numbered parts',
    [100, 120, 140, 160].flatMap((top) => line(top, [50, '第一部分'], [120, '部门概况'], [300, '3'])),
    [],
    [],
  ],
  [
    'two lines with a gap',
    [...line(100, [50, '公开单位'], [300, '2.00']), ...line(120, [50, '日期'], [300, '3.00'])],
    [],
    [],
  ],
  ['nothing', [], [], []],
] as const)('%s', (_name, words, rulings, expected) => expect(tablesOf(words, rulings)).toEqual(expected))

test('a heading over two columns spans both', () => {
  const words = [
    ...line(100, [50, '项目'], [220, '采购金额合计数']),
    ...line(120, [200, '数量'], [300, '金额']),
    ...body.map((word) => ({
      ...word,
      bbox: { ...word.bbox, top: word.bbox.top + 20, bottom: word.bbox.bottom + 20 },
    })),
  ]
  const [grid] = findAlignedGrids(words, [rule(95), rule(195)], { taken: [], headings: [] })
  expect(grid?.columnEdges).toHaveLength(4)
  expect(grid?.cells.filter((cell) => cell.row === 0).map((cell) => cell.columnSpan)).toEqual([1, 2])
})

test('a shaded heading gives its columns to the rows below it, the empty ones too', () => {
  const box = (x0: number, top: number, x1: number, bottom: number) => ({ x0, top, x1, bottom })
  const columnEdges = [40, 180, 260, 280, 420]
  const cells = columnEdges.slice(1).map((x1, column) => ({
    row: 0,
    column,
    rowSpan: 1,
    columnSpan: 1,
    bbox: box(columnEdges[column] ?? 0, 95, x1, 115),
  }))
  const heading = { bbox: box(40, 95, 420, 115), columnEdges, rowEdges: [95, 115], cells }
  const words = [...header, ...body]
  const [grid] = findAlignedGrids(words, [], { taken: [], headings: [heading] })
  expect(grid?.columnEdges.slice(1, -1)).toEqual([180, 260, 280])
  expect(grid?.rowEdges).toHaveLength(5)
})

test('a shaded heading on two levels gives its columns to rows that stand under none of its words', () => {
  const box = (x0: number, top: number, x1: number, bottom: number) => ({ x0, top, x1, bottom })
  const columnEdges = [40, 110, 340, 500, 660, 800]
  const cellAt = (row: number, column: number, columnSpan: number) => {
    const [x0, x1] = [columnEdges[column] ?? 0, columnEdges[column + columnSpan] ?? 0]
    return { row, column, rowSpan: 1, columnSpan, bbox: box(x0, 95 + 20 * row, x1, 115 + 20 * row) }
  }
  const cells = [cellAt(0, 0, 2), cellAt(0, 2, 3), ...[0, 1, 2, 3, 4].map((column) => cellAt(1, column, 1))]
  const heading = { bbox: box(40, 95, 800, 135), columnEdges, rowEdges: [95, 115, 135], cells }
  const lines = [
    ['30215', '会议费', '20,000.00', '', '20,000.00'],
    ['30216', '培训费', '72,000.00', '', '72,000.00'],
    ['303', '抚恤金', '74,200.00', '74,200.00', ''],
    ['30302', '退休费', '54,580.00', '54,580.00', ''],
  ]
  const right = (x1: number, text: string): readonly [number, string] => [x1 - (text.length * size) / 2, text]
  const words = [
    ...line(100, [130, '部门预算支出经济分类'], [530, '2026年基本支出']),
    ...line(120, [55, '科目编码'], [205, '科目名称'], [410, '合计'], [560, '人员经费'], [710, '公用经费']),
    ...lines.flatMap(([code = '', name = '', ...figures], row) => {
      const shown = figures.flatMap((text, at) => (text === '' ? [] : [right([495, 655, 795][at] ?? 0, text)]))
      return line(140 + 20 * row, [45, code], [115, name], ...shown)
    }),
  ]
  const [grid] = findAlignedGrids(words, [], { taken: [], headings: [heading] })
  if (grid === undefined) throw new Error('no table')
  expect(tableToRows(wordsToTable(grid, words, identity))).toEqual([
    ['部门预算支出经济分类', '', '2026年基本支出', '', ''],
    ['科目编码', '科目名称', '合计', '人员经费', '公用经费'],
    ...lines,
  ])
})

test('what a hand wrote beside the rows ties none of them together', () => {
  const numbered = (top: number, ...words: Parameters<typeof line>[1][]) => line(top, ...words)
  const rowAt = (index: number) =>
    numbered(120 + 33 * index, [50, String(index + 8)], [90, '洒水车'], [215, '1'], [300, '2380.00'])
  const words = [
    ...line(100, [48, '序号'], [90, '采购品目'], [210, '数量'], [300, '金额']),
    ...[0, 1, 2, 3].flatMap(rowAt),
  ]
  const noted = { text: '已核', bbox: { x0: 20, top: 138, x1: 46, bottom: 153 }, origin: 'ocr' } as const
  const tick = { text: '<', bbox: { x0: 28, top: 154, x1: 44, bottom: 178 }, origin: 'ocr' } as const
  const found = tablesOf([...words, noted, tick])
  expect(found[0]?.map((row) => row.slice(1))).toEqual(tablesOf(words)[0]?.map((row) => row.slice(1)))
  expect(found[0]).toHaveLength(5)
})

test('rows as far apart as the lines of a cell stay rows, wherever names and figures stand in them', () => {
  const shift = fc.double({ min: -1, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('台式计算机', '复印纸'), { minLength: 4, maxLength: 12 }),
      fc.tuple(shift, shift, shift),
      fc.double({ min: 14, max: 18, noNaN: true }),
      (names, [a, b, c], pitch) => {
        const words = names.flatMap((name, index) => [
          ...line(120 + pitch * index + a, [50, name]),
          ...line(120 + pitch * index + b, [215, '2']),
          ...line(120 + pitch * index + c, [300, '2.00']),
        ])
        const bottom = 120 + pitch * names.length
        expect(tablesOf([...header, ...words], [rule(95), rule(115), rule(bottom)])).toEqual([
          [['项目', '数量', '金额'], ...names.map((name) => [name, '2', '2.00'])],
        ])
      },
    ),
    { numRuns: 100, seed: 7 },
  )
})

test('rules of a scan whose ends wore off differently are those of one table', () => {
  const rulings = [rule(95, 40, 420), rule(115, 49, 414), rule(175, 43, 409)]
  const find = (unevenEnds: number) =>
    findAlignedGrids([...header, ...body], rulings, { taken: [], headings: [], unevenEnds }).map(({ bbox }) => bbox.top)
  expect(find(0.03)).toEqual([95])
  expect(find(0)).not.toEqual([95])
})

test('rules at the height of a table beside them are those of a table of their own', () => {
  const taken = [{ x0: 500, top: 80, x1: 800, bottom: 400 }]
  const rules = [95, 115, 175].map((position) => rule(position))
  const bare = [
    ...line(100, [50, '项目'], [200, '去年'], [300, '今年']),
    ...line(120, [50, '印刷'], [215, '有'], [300, '无']),
  ]
  const found = findAlignedGrids(bare, rules, { taken, headings: [] })
  expect(found.map((grid) => tableToRows(wordsToTable(grid, bare, identity)))).toEqual([
    [
      ['项目', '去年', '今年'],
      ['印刷', '有', '无'],
    ],
  ])
  expect(
    findAlignedGrids(bare, rules, { taken: [{ ...taken[0], x0: 300 } as (typeof taken)[number]], headings: [] }),
  ).toEqual([])
})
