import { describe, expect, test } from 'vitest'
import { findAlignedGrids } from '../../../src/extract/table/find-aligned-grids.ts'
import { findLeading, joinHeadingLines } from '../../../src/extract/table/heading-cells.ts'
import { wordsToTable } from '../../../src/extract/table/words-to-table.ts'
import type { Ruling, Word } from '../../../src/model/page.ts'
import { tableToRows } from '../../../src/model/table.ts'

const size = 8
const identity = { pageNumber: 1, tableIndex: 1, structure: 'alignment', structureConfidence: 1 } as const

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character < '\u0100' ? size / 2 : size), 0)
}

/** A word whose left side, middle or right side stands at `x`, on the line at `top`. */
function word(text: string, x: number, top: number, side: 'left' | 'centre' | 'right' = 'left'): Word {
  const width = widthOf(text)
  const x0 = side === 'left' ? x : side === 'right' ? x - width : x - width / 2
  return { text, bbox: { x0, top, x1: x0 + width, bottom: top + size }, origin: 'text' }
}

function rowsOf(words: readonly Word[]): string[][][] {
  return findAlignedGrids(words, [], { taken: [], headings: [] }).map((grid) =>
    tableToRows(wordsToTable(grid, words, identity)),
  )
}

/** Rows of a table without a single line: the sides of its columns, the headings' words, the rows' texts. */
function body(
  rows: readonly (readonly string[])[],
  places: readonly (readonly [number, 'left' | 'right'])[],
  top = 140,
) {
  return rows.flatMap((row, r) =>
    row.flatMap((text, c) => {
      const [x, side] = places[c] ?? [0, 'left']
      return text === '' ? [] : [word(text, x, top + 16 * r, side)]
    }),
  )
}

/** Sides of the columns of a class, a group, an item, a name and two amounts. */
const CODED_PLACES = [
  [54, 'left'],
  [113, 'left'],
  [163, 'left'],
  [204, 'left'],
  [496, 'right'],
  [593, 'right'],
] as const

describe('a table without rules takes its columns from its headings', () => {
  const rows = [
    ['一、公共预算拨款收入', '1,377.39', '一、其他支出', ''],
    ['二、政府性基金拨款收入', '0.04', '二、城乡社区支出', ''],
    ['三、国有资本经营收入', '', '三、粮油物资储备支出', '2.55'],
    ['四、财政专户资金收入', '0.54', '四、农林水支出', '12.00'],
    ['本年收入合计', '1,377.97', '本年支出合计', '14.55'],
  ]
  const places = [
    [46, 'left'],
    [418, 'right'],
    [424, 'left'],
    [796, 'right'],
  ] as const

  test('where amounts at the right touch the names of the next column', () => {
    const heading = ['项目', '预算数', '项目（按功能分类）', '预算数']
    const middles = [165, 355, 544, 733]
    const words = [...heading.map((text, c) => word(text, middles[c] ?? 0, 116, 'centre')), ...body(rows, places)]
    expect(rowsOf(words)).toEqual([[heading, ...rows]])
  })

  test.each([
    ['the left half', '单价', '万', '元）'],
    ['the right half', '采购', '预算（万', '元）'],
  ])('where a wide bracket tore a heading of two lines, and all figures stand under %s', (_, left, right, below) => {
    const figures = (x: number) =>
      ['0.10', '1.45', '26.37', '4.72'].map((text, r) => word(text, x, 140 + 16 * r, 'right'))
    const [start, end] = [200, 200 + widthOf(left) + 5 + widthOf(right)]
    const words = [
      word('采购品目', 100, 120, 'centre'),
      word(left, start, 116),
      word(right, end - widthOf(right), 116),
      word(below, start + widthOf(left) + 3, 126, 'right'),
      word('数量', 320, 120, 'centre'),
      ...['书柜', '显示器', '路由器', '三人沙发'].map((text, r) => word(text, 70, 140 + 16 * r)),
      ...figures(end + 6),
      ...['9', '10', '12', '16'].map((text, r) => word(text, 324, 140 + 16 * r, 'right')),
    ]
    const [table = []] = rowsOf(words)
    expect(table.slice(1).map((row) => row.join(' '))).toEqual([
      '书柜 0.10 9',
      '显示器 1.45 10',
      '路由器 26.37 12',
      '三人沙发 4.72 16',
    ])
  })

  test('and what stands over several of them spans those that it is the middle of', () => {
    const words = [
      word('收入', 235, 100, 'centre'),
      word('支出', 610, 100, 'centre'),
      ...['项目', '预算数', '项目', '预算数'].map((text, c) => word(text, [165, 355, 544, 733][c] ?? 0, 120, 'centre')),
      ...body(rows, places),
    ]
    const heading = [
      ['收入', '', '支出', ''],
      ['项目', '预算数', '项目', '预算数'],
    ]
    expect(rowsOf(words)).toEqual([[...heading, ...rows]])
  })
})

describe('a heading over three columns', () => {
  const amounts = [
    ['208', '社会保障和就业支出', '120.00', '80.00', '40.00'],
    ['210', '卫生健康支出', '30.50', '30.50', ''],
    ['221', '住房保障支出', '9.75', '', '9.75'],
  ]
  const places = [
    [40, 'left'],
    [90, 'left'],
    [300, 'right'],
    [380, 'right'],
    [460, 'right'],
  ] as const
  const leaves = [
    word('编码', 60, 106, 'centre'),
    word('科目名称', 160, 106, 'centre'),
    word('合计', 270, 114, 'centre'),
    word('基本支出', 350, 114, 'centre'),
    word('项目支出', 430, 114, 'centre'),
  ]

  test('is no first line of the one in the middle', () => {
    const words = [word('本年支出', 350, 98, 'centre'), ...leaves, ...body(amounts, places)]
    expect(rowsOf(words)).toEqual([
      [['编码', '科目名称', '本年支出', '', ''], ['', '', '合计', '基本支出', '项目支出'], ...amounts],
    ])
  })

  test('and a heading of two lines beside it is one', () => {
    const words = [
      word('本年支出', 350, 94, 'centre'),
      ...leaves.filter(({ text }) => text !== '科目名称').map((one) => ({ ...one })),
      word('科目', 160, 101, 'centre'),
      word('名称', 160, 111, 'centre'),
      ...body(amounts, places),
    ]
    expect(rowsOf(words)[0]?.slice(0, 2)).toEqual([
      ['编码', '科目名称', '本年支出', '', ''],
      ['', '', '合计', '基本支出', '项目支出'],
    ])
  })
})

test('a heading over four columns has none of its own, though it stands over figures beside the heading of the second', () => {
  const rows = [
    ['204', '公共安全支出', '4105.90', '844.72', '2914.16', '347.02'],
    ['205', '教育支出', '321.71', '279.69', '37.89', '4.13'],
    ['208', '社会保障支出', '316.50', '278.61', '37.89', ''],
    ['210', '卫生健康支出', '4.10', '', '', '4.10'],
  ]
  const places = [
    [60, 'left'],
    [200, 'left'],
    [495, 'right'],
    [592, 'right'],
    [689, 'right'],
    [786, 'right'],
  ] as const
  const leaves = ['编码', '科目名称', '总计', '基本支出', '项目支出', '经营支出']
  const middles = [70, 240, 451, 547, 644, 741]
  const words = [
    word('预算数', 596, 96, 'centre'),
    ...leaves.map((text, c) => word(text, middles[c] ?? 0, c < 2 ? 106 : 116, 'centre')),
    ...body(rows, places),
  ]
  expect(rowsOf(words)[0]?.slice(2)).toEqual(rows)
})

test('a heading halfway between those of its neighbours has its column, though only short names stand beside it', () => {
  const rows = [
    ['221', '02', '', '住房改革支出', '26.56', '10.93'],
    ['221', '02', '01', '住房公积金', '15.49', ''],
    ['221', '02', '03', '购房补贴', '11.07', '10.93'],
  ]
  const words = [
    word('科目编码', 111, 96, 'centre'),
    word('预算数', 500, 96, 'centre'),
    word('科目名称', 297, 106, 'centre'),
    ...['类', '款', '项'].map((text, c) => word(text, [61, 117, 167][c] ?? 0, 116, 'centre')),
    ...['总计', '基本支出'].map((text, c) => word(text, [451, 547][c] ?? 0, 116, 'centre')),
    ...body(rows, CODED_PLACES),
  ]
  expect(rowsOf(words)[0]?.slice(-3)).toEqual(rows)
})

test('of headings on three levels each spans its own, and one beside them in the middle stands beside all', () => {
  const rows = [
    ['518001', '民政局', '公用经费', 'C23150000', '广告宣传服务', '1', '5,944.85', '5,944.85', ''],
    ['518001', '民政局', '补助资金', 'A08060301', '基础软件', '2', '1,531.00', '1,000.00', '531.00'],
    ['518003', '殡仪馆', '公用经费', 'C05040200', '食品药品服务', '1', '193,000.00', '193,000.00', ''],
  ]
  const places = [
    [42, 'left'],
    [90, 'left'],
    [186, 'left'],
    [290, 'left'],
    [344, 'left'],
    [470, 'right'],
    [644, 'right'],
    [713, 'right'],
    [782, 'right'],
  ] as const
  const words = [
    ...['预算单位', '政府采购品目', '采购预算'].map((text, c) => word(text, [80, 340, 679][c] ?? 0, 77, 'centre')),
    ...['项目名称', '采购数量'].map((text, c) => word(text, [227, 452][c] ?? 0, 98, 'centre')),
    word('资金来源', 716, 98, 'centre'),
    ...['编码', '名称', '编码', '名称', '总计'].map((text, c) =>
      word(text, [54, 120, 306, 386, 610][c] ?? 0, 108, 'centre'),
    ),
    ...['一般公共预算', '政府性基金预算'].map((text, c) => word(text, [682, 750][c] ?? 0, 118, 'centre')),
    ...body(rows, places, 142),
  ]
  expect(rowsOf(words)).toEqual([
    [
      ['预算单位', '', '项目名称', '政府采购品目', '', '采购数量', '采购预算', '', ''],
      ['编码', '名称', '', '编码', '名称', '', '总计', '资金来源', ''],
      ['', '', '', '', '', '', '', '一般公共预算', '政府性基金预算'],
      ...rows,
    ],
  ])
})

test('a heading well over three columns stays over them between rules that part all rows', () => {
  const rows = [
    ['208', '01', '03', '机关服务', '2.85', '2.87'],
    ['208', '01', '07', '社会保险业务', '209.55', '144.82'],
    ['208', '02', '01', '养老保险', '61.86', ''],
    ['210', '11', '01', '行政单位医疗', '12.00', '12.00'],
  ]
  const words = [
    word('科目编码', 111, 92, 'centre'),
    ...['科目名称', '小计', '基本支出'].map((text, c) => word(text, [297, 451, 547][c] ?? 0, 104, 'centre')),
    ...['类', '款', '项'].map((text, c) => word(text, [61, 117, 167][c] ?? 0, 116, 'centre')),
    ...body(rows, CODED_PLACES),
  ]
  const rules = [86, 132, 152, 168, 184, 204].map((position): Ruling => {
    return { orientation: 'horizontal', position, start: 40, end: 600, thickness: 0.5 }
  })
  const [grid] = findAlignedGrids(words, rules, { taken: [], headings: [] })
  expect(grid === undefined ? [] : tableToRows(wordsToTable(grid, words, identity))).toEqual([
    ['科目编码', '', '', '科目名称', '小计', '基本支出'],
    ['类', '款', '项', '', '', ''],
    ...rows,
  ])
})

test('codes hardly apart from the names beside them are a column where a heading says so', () => {
  const rows = [
    ['2070114', '文化和旅游管理事务', '12.50'],
    ['2070112', '文化市场管理', '29.00'],
    ['2079902', '宣传文化发展专项', '3.50'],
  ]
  const places = [
    [50, 'left'],
    [81, 'left'],
    [260, 'right'],
  ] as const
  const heading = ['编码', '名称', '金额']
  const words = [...heading.map((text, c) => word(text, [64, 120, 235][c] ?? 0, 116, 'centre')), ...body(rows, places)]
  expect(rowsOf(words)).toEqual([[heading, ...rows]])
})

test('a heading whose letters are set apart is one', () => {
  const words = [
    word('合', 60, 116),
    word('计', 84, 116),
    word('金额', 220, 116, 'centre'),
    word('数量', 320, 116, 'centre'),
    ...body(
      [
        ['办公设备购置', '12.50', '3'],
        ['会议保障服务', '29.00', '1'],
        ['信息系统运维', '3.50', '2'],
      ],
      [
        [50, 'left'],
        [240, 'right'],
        [330, 'right'],
      ],
    ),
  ]
  expect(rowsOf(words)[0]?.[0]).toEqual(['合 计', '金额', '数量'])
})

describe('rows of a table without rules', () => {
  const heading = ['项目', '预算数', '上年数', '备注'].map((text, c) =>
    word(text, [70, 200, 300, 380][c] ?? 0, 100, 'centre'),
  )
  const lines = [
    ['基本支出', '120.00', '80.00', ''],
    ['人员经费', '', '', ''],
    ['公用经费', '', '', ''],
    ['项目支出', '9.00', '8.00', '新增'],
    ['合计', '129.00', '88.00', ''],
  ]

  test('with a name alone are rows each where they follow as regularly as the others', () => {
    const words = [
      ...heading,
      ...lines.flatMap((row, r) =>
        row.flatMap((text, c) =>
          text === ''
            ? []
            : [word(text, [50, 220, 320, 372][c] ?? 0, 120 + 24 * r, c === 1 || c === 2 ? 'right' : 'left')],
        ),
      ),
    ]
    expect(rowsOf(words)[0]?.slice(1)).toEqual(lines)
  })

  test('may stand wide apart', () => {
    const words = [
      ...heading.map((one) => ({ ...one, bbox: { ...one.bbox, top: 84, bottom: 92 } })),
      ...lines.flatMap((row, r) =>
        row.flatMap((text, c) =>
          text === ''
            ? []
            : [word(text, [50, 220, 320, 372][c] ?? 0, 120 + 36 * r, c === 1 || c === 2 ? 'right' : 'left')],
        ),
      ),
    ]
    expect(rowsOf(words)[0]?.slice(1)).toEqual(lines)
  })
})

test('lines of one heading are joined, a heading of several is not joined to the one in the middle', () => {
  const lines = [word('计量', 40, 100, 'centre'), word('单位', 40, 110, 'centre')]
  const several = [
    word('本年收入', 200, 95, 'centre'),
    ...[120, 200, 280].map((x) => word('公共预算', x, 105, 'centre')),
  ]
  const cells = joinHeadingLines([...lines, ...several], findLeading([...lines, ...several]))
  expect(cells.map(({ text }) => text).toSorted()).toEqual(
    ['计量单位', '本年收入', '公共预算', '公共预算', '公共预算'].toSorted(),
  )
})
