import {
  codeNameColumn,
  moneyColumn,
  plainColumn,
  quantityColumn,
  serialColumn,
  sourceShareColumn,
  splitCodeColumns,
} from '../columns.ts'
import * as paper from '../page-html.ts'
import type { Column } from '../sheet.ts'
import { DEFAULT_ROWS, type DrawLayout, withUnit } from './layout.ts'

const CENTRE = { align: 'center' } as const
const RIGHT = { align: 'right' } as const

const methodColumn = (heading: string): Column => ({ ...plainColumn(heading, 'method', 12, CENTRE), gives: [] })
const emptyColumn = (heading: string): Column => ({
  header: [heading],
  weight: 7,
  align: 'left',
  gives: [],
  text: () => '',
})

/** [code]name in one cell, department row, total first; the widest of the common forms. */
const bracketed: DrawLayout = ({ random, price, amount }) => {
  const style = random.pick(['[]', '【】', '()'] as const)
  const shows = random.chance(0.7)
  return {
    ...DEFAULT_ROWS,
    name: 'bracketed',
    paper: paper.A4_LANDSCAPE,
    hasDepartmentRow: true,
    totalLabelColumn: 1,
    unitStandsAbove: !shows,
    columns: [
      plainColumn(random.pick(['单位代码', '单位编码', '预算单位编码']), 'unit_code', 9, CENTRE),
      plainColumn(random.pick(['单位名称', '预算单位']), 'unit_name', 24),
      plainColumn(random.pick(['项目', '项目名称', '支出项目']), 'project_name', 18),
      codeNameColumn(random.pick(['政府采购品目', '采购品目', '采购目录']), 'item', 26, style),
      codeNameColumn(random.pick(['功能科目', '功能分类科目', '支出功能科目']), 'function', 23, style),
      codeNameColumn(random.pick(['部门支出经济分类', '经济科目', '部门经济分类']), 'economic', 22, style),
      plainColumn('资金来源', 'fund_source', 10, CENTRE),
      plainColumn('资金性质', 'fund_nature', 12, CENTRE),
      quantityColumn(random.pick(['数量', '采购数量']), 7, random.chance(0.2) ? 2 : 0),
      moneyColumn(
        withUnit(random.pick(['单价', '采购单价']), price, shows),
        'unit_price',
        12,
        price,
        random.chance(0.3),
      ),
      plainColumn(random.pick(['计量单位', '单位']), 'unit_of_measure', 6, CENTRE),
      moneyColumn(withUnit(random.pick(['采购金额合计', '采购金额', '金额合计']), amount, shows), 'amount', 13, amount),
      moneyColumn(withUnit('其中：面向中小企业', amount, shows), 'amount_sme', 13, amount),
      moneyColumn(
        withUnit(random.pick(['其中：面向小微企业', '其中面向小微企业']), amount, shows),
        'amount_micro',
        13,
        amount,
      ),
    ],
  }
}

/** Serial number, code and name apart, total last over a wide cell. */
const serialAndApart: DrawLayout = ({ random, price, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'serial-and-apart',
  paper: paper.A4_LANDSCAPE,
  total: 'last',
  totalLabelSpan: random.pick([1, 2, 4]),
  unitStandsAbove: true,
  columns: [
    serialColumn('序号'),
    plainColumn(random.pick(['预算单位名称', '采购单位', '采购人']), 'unit_name', 22),
    plainColumn(random.pick(['采购项目名称', '项目名称']), 'project_name', 18),
    plainColumn(random.pick(['品目编码', '采购品目编码', '品目代码']), 'item_code', 14, CENTRE),
    plainColumn(random.pick(['品目名称', '采购品目名称']), 'item_name', 20),
    methodColumn(random.pick(['采购方式', '采购组织形式'])),
    quantityColumn(random.pick(['数量', '采购数量']), 8, random.chance(0.2) ? 2 : 0),
    plainColumn('计量单位', 'unit_of_measure', 7, CENTRE),
    moneyColumn('单价', 'unit_price', 13, price, false),
    moneyColumn(random.pick(['预算金额', '采购预算', '总价']), 'amount', 14, amount),
    plainColumn('资金来源', 'fund_source', 13, CENTRE),
    emptyColumn('备注'),
  ],
})

/** 类 | 款 | 项 in three columns under one heading, economic codes in two. */
const splitCodes: DrawLayout = ({ random, price, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'split-codes',
  paper: paper.A4_LANDSCAPE,
  total: random.pick(['first', 'last'] as const),
  totalLabelColumn: 3,
  unitStandsAbove: true,
  columns: [
    ...splitCodeColumns(random.pick(['科目编码', '功能分类科目编码', '支出功能分类']), 'function', [
      ['类', 3],
      ['款', 2],
      ['项', 2],
    ]),
    plainColumn(random.pick(['科目名称', '功能分类科目名称']), 'function_name', 18),
    ...splitCodeColumns('部门经济科目', 'economic', [
      ['类', 3],
      ['款', 2],
    ]),
    plainColumn('经济科目名称', 'economic_name', 16),
    plainColumn('单位名称', 'unit_name', 22),
    plainColumn('项目名称', 'project_name', 18),
    codeNameColumn('采购品目', 'item', 24, random.pick(['space', 'dash'] as const)),
    plainColumn('数量', 'quantity', 8, RIGHT),
    plainColumn('单位', 'unit_of_measure', 6, CENTRE),
    moneyColumn('单价', 'unit_price', 13, price, false),
    moneyColumn(random.pick(['采购金额', '金额']), 'amount', 14, amount),
  ],
})

/** Three levels of headings; each fund source is a column of money. */
const fundColumns: DrawLayout = ({ random, price, amount, sources }) => ({
  ...DEFAULT_ROWS,
  name: 'fund-columns',
  paper: paper.A4_LANDSCAPE,
  totalLabelSpan: 2,
  unitStandsAbove: true,
  columns: [
    plainColumn(['预算单位', '编码'], 'unit_code', 9, CENTRE),
    plainColumn(['预算单位', '名称'], 'unit_name', 20),
    plainColumn('项目名称', 'project_name', 17),
    plainColumn(['政府采购品目', '编码'], 'item_code', 13, CENTRE),
    plainColumn(['政府采购品目', '名称'], 'item_name', 17),
    quantityColumn('采购数量', 8, random.chance(0.2) ? 2 : 0),
    plainColumn('计量单位', 'unit_of_measure', 6, CENTRE),
    moneyColumn('单价', 'unit_price', 13, price, false),
    moneyColumn(['采购预算', random.pick(['总计', '合计'])], 'amount', 14, amount),
    ...sources.map((source) => sourceShareColumn(['采购预算', '资金来源', source], source, 13, amount)),
  ],
})

/** Portrait, names only: no code anywhere. */
const namesOnly: DrawLayout = ({ random, price, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'names-only',
  paper: paper.A4_PORTRAIT,
  total: random.pick(['first', 'last'] as const),
  unitStandsAbove: true,
  columns: [
    plainColumn(random.pick(['单位名称', '部门（单位）名称']), 'unit_name', 24),
    plainColumn(random.pick(['项目名称', '采购项目']), 'project_name', 20),
    plainColumn(random.pick(['采购品目名称', '采购品目', '采购内容']), 'item_name', 22),
    plainColumn('数量', 'quantity', 8, RIGHT),
    plainColumn('计量单位', 'unit_of_measure', 8, CENTRE),
    moneyColumn('单价', 'unit_price', 14, price, false),
    moneyColumn(random.pick(['金额', '预算数', '采购金额']), 'amount', 16, amount),
  ],
})

/** A row of sums before the lines of each unit. */
const unitTotals: DrawLayout = ({ random, price, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'unit-totals',
  paper: random.pick([paper.A4_LANDSCAPE, paper.A4_PORTRAIT]),
  hasUnitTotals: true,
  totalLabelColumn: 1,
  unitStandsAbove: true,
  columns: [
    plainColumn('单位编码', 'unit_code', 11, CENTRE),
    plainColumn('单位名称（项目）', 'unit_name', 24),
    plainColumn('项目名称', 'project_name', 18),
    codeNameColumn(
      random.pick(['政府采购品目', '集采目录品目']),
      'item',
      26,
      random.pick(['dash', 'bare', '[]'] as const),
    ),
    plainColumn('资金来源', 'fund_source', 13, CENTRE),
    plainColumn('采购数量', 'quantity', 9, RIGHT),
    moneyColumn('采购单价', 'unit_price', 13, price, false),
    moneyColumn(random.pick(['采购总额', '采购预算金额']), 'amount', 14, amount),
    moneyColumn('面向中小企业预留', 'amount_sme', 14, amount),
  ],
})

/** Tall merged unit cells and a row of column numbers under the heading. */
const mergedUnits: DrawLayout = ({ random, price, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'merged-units',
  paper: paper.A4_LANDSCAPE,
  total: 'last',
  hasOrdinalRow: random.chance(0.6),
  unitStandsAbove: true,
  columns: [
    plainColumn(random.pick(['预算单位', '单位名称']), 'unit_name', 22, { mergesDown: true }),
    plainColumn('项目名称', 'project_name', 19, { mergesDown: random.chance(0.4) }),
    plainColumn(['采购品目', '代码'], 'item_code', 14, CENTRE),
    plainColumn(['采购品目', '名称'], 'item_name', 20),
    plainColumn(['支出功能科目', '编码'], 'function_code', 12, CENTRE),
    plainColumn(['支出功能科目', '名称'], 'function_name', 18),
    plainColumn('数量', 'quantity', 8, RIGHT),
    moneyColumn('单价', 'unit_price', 13, price, false),
    moneyColumn('采购预算金额', 'amount', 14, amount),
    moneyColumn(['其中：预留中小企业份额', '小计'], 'amount_sme', 13, amount),
    moneyColumn(['其中：预留中小企业份额', '其中：小微企业'], 'amount_micro', 13, amount),
  ],
})

/** The item comes first and the unit last; units of money stand in the headings. */
const itemFirst: DrawLayout = ({ random, price, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'item-first',
  paper: random.pick([paper.A4_LANDSCAPE, paper.A4_PORTRAIT]),
  total: random.pick(['first', 'last', 'none'] as const),
  totalLabelColumn: 1,
  unitStandsAbove: false,
  columns: [
    plainColumn('品目编码', 'item_code', 15, CENTRE),
    plainColumn('品目名称', 'item_name', 22),
    plainColumn(random.pick(['采购项目名称', '项目']), 'project_name', 20),
    plainColumn('计量单位', 'unit_of_measure', 8, CENTRE),
    plainColumn(random.pick(['采购数量', '数量']), 'quantity', 9, RIGHT),
    moneyColumn(`单价（${price.unit}）`, 'unit_price', 15, price, false),
    moneyColumn(`${random.pick(['采购金额', '预算金额'])}（${amount.unit}）`, 'amount', 16, amount),
    plainColumn('采购单位', 'unit_name', 24),
  ],
})

/** A wide sheet with everything, as systems export it. */
const systemExport: DrawLayout = ({ random, price, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'system-export',
  paper: random.pick([paper.A3_LANDSCAPE, paper.A4_LANDSCAPE]),
  total: random.pick(['first', 'last'] as const),
  totalLabelColumn: 1,
  unitStandsAbove: true,
  columns: [
    plainColumn('单位代码', 'unit_code', 9, CENTRE),
    plainColumn('单位名称', 'unit_name', 22),
    plainColumn('项目名称', 'project_name', 18),
    plainColumn('品目代码', 'item_code', 12.5, CENTRE),
    plainColumn('品目名称', 'item_name', 18),
    plainColumn('功能科目编码', 'function_code', 10.5, CENTRE),
    plainColumn('功能科目名称', 'function_name', 17),
    plainColumn('部门经济科目编码', 'economic_code', 9, CENTRE),
    plainColumn('部门经济科目名称', 'economic_name', 16),
    plainColumn('资金来源', 'fund_source', 12, CENTRE),
    quantityColumn('采购数量', 7, random.chance(0.2) ? 2 : 0),
    plainColumn('计量单位', 'unit_of_measure', 6, CENTRE),
    moneyColumn('采购单价', 'unit_price', 13, price, false),
    moneyColumn('采购金额', 'amount', 14, amount),
  ],
})

export const PROCUREMENT_LAYOUTS: readonly DrawLayout[] = [
  bracketed,
  serialAndApart,
  splitCodes,
  fundColumns,
  namesOnly,
  unitTotals,
  mergedUnits,
  itemFirst,
  systemExport,
]
