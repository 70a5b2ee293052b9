import { codeNameColumn, moneyColumn, plainColumn, serialColumn, sourceShareColumn, yesNoColumn } from '../columns.ts'
import * as paper from '../page-html.ts'
import { DEFAULT_ROWS, type DrawLayout, withUnit } from './layout.ts'

const CENTRE = { align: 'center' } as const
const RIGHT = { align: 'right' } as const

/** The fullest form: everything, the directory on three levels at the end. */
const fullDirectory: DrawLayout = ({ random, amount }) => {
  const style = random.pick(['[]', '()', '【】'] as const)
  const directory = random.pick(['政府购买服务指导目录', '政府购买服务指导性目录', '指导性目录'])
  const shows = random.chance(0.5)
  return {
    ...DEFAULT_ROWS,
    name: 'full-directory',
    paper: paper.A4_LANDSCAPE,
    hasDepartmentRow: random.chance(0.5),
    totalLabelColumn: 1,
    unitStandsAbove: !shows,
    columns: [
      plainColumn(random.pick(['单位代码', '单位编码']), 'unit_code', 9, CENTRE),
      plainColumn('单位名称', 'unit_name', 22),
      yesNoColumn(random.pick(['是否包含政府采购', '是否政府采购', '是否纳入政府采购']), 'includes_procurement', 8),
      plainColumn('项目', 'project_name', 19),
      plainColumn(random.pick(['政府购买服务内容', '购买服务内容', '服务内容']), 'service_content', 18),
      plainColumn('购买数量', 'quantity', 7, RIGHT),
      moneyColumn(withUnit('购买金额', amount, shows), 'amount', 13, amount),
      plainColumn('资金来源', 'fund_source', 11, CENTRE),
      plainColumn('资金性质', 'fund_nature', 13, CENTRE),
      codeNameColumn('支出功能分类科目', 'function', 19, style),
      codeNameColumn('部门支出经济分类', 'economic', 17, style),
      plainColumn([directory, '一级目录'], 'directory_level1', 12.5),
      plainColumn([directory, '二级目录'], 'directory_level2', 14),
      plainColumn([directory, '三级目录'], 'directory_level3', 18),
    ],
  }
}

/** Portrait and short. */
const shortPortrait: DrawLayout = ({ random, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'short-portrait',
  paper: paper.A4_PORTRAIT,
  total: 'last',
  totalLabelColumn: 1,
  unitStandsAbove: true,
  columns: [
    serialColumn('序号'),
    plainColumn(random.pick(['购买主体', '购买单位']), 'unit_name', 20),
    plainColumn(random.pick(['购买服务项目名称', '项目名称']), 'project_name', 20),
    plainColumn(random.pick(['具体内容', '服务内容', '购买内容']), 'service_content', 22),
    plainColumn(random.pick(['三级目录', '对应指导目录三级名称']), 'directory_level3', 20),
    moneyColumn(random.pick(['预算金额', '购买服务预算']), 'amount', 16, amount),
  ],
})

/** Each fund source a column of money under a common heading. */
const fundColumns: DrawLayout = ({ random, amount, sources }) => ({
  ...DEFAULT_ROWS,
  name: 'service-fund-columns',
  paper: paper.A4_LANDSCAPE,
  totalLabelSpan: 2,
  unitStandsAbove: true,
  columns: [
    plainColumn('单位编码', 'unit_code', 9, CENTRE),
    plainColumn('单位名称', 'unit_name', 20),
    plainColumn('项目名称', 'project_name', 18),
    plainColumn(['政府购买服务目录', '一级'], 'directory_level1', 14),
    plainColumn(['政府购买服务目录', '二级'], 'directory_level2', 15),
    plainColumn(['政府购买服务目录', '三级'], 'directory_level3', 18),
    plainColumn('数量', 'quantity', 7, RIGHT),
    moneyColumn([random.pick(['资金来源', '购买服务预算']), '合计'], 'amount', 14, amount),
    ...sources.map((source) => sourceShareColumn(['其中', source], source, 13, amount)),
  ],
})

/** Function code and name in columns of their own, units merged. */
const functionsApart: DrawLayout = ({ random, amount }) => ({
  ...DEFAULT_ROWS,
  name: 'functions-apart',
  paper: paper.A4_LANDSCAPE,
  total: random.pick(['first', 'last'] as const),
  unitStandsAbove: true,
  columns: [
    plainColumn('预算单位', 'unit_name', 22, { mergesDown: true }),
    plainColumn(['功能分类科目', '编码'], 'function_code', 11, CENTRE),
    plainColumn(['功能分类科目', '名称'], 'function_name', 18),
    plainColumn('项目名称', 'project_name', 18),
    plainColumn(random.pick(['购买服务内容', '服务内容']), 'service_content', 20),
    plainColumn(['指导性目录', '一级目录'], 'directory_level1', 14),
    plainColumn(['指导性目录', '二级目录'], 'directory_level2', 15),
    plainColumn(['指导性目录', '三级目录'], 'directory_level3', 18),
    moneyColumn('金额', 'amount', 14, amount),
    yesNoColumn('是否政府采购', 'includes_procurement', 8),
  ],
})

export const SERVICE_LAYOUTS: readonly DrawLayout[] = [fullDirectory, shortPortrait, fundColumns, functionsApart]
