import { describe, expect, test } from 'vitest'
import { normalizeDocument } from '../../../src/normalize/normalize-document.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'
import { buildPage } from '../../support/factory.ts'

const dictionaries = readDictionaries()

type Rows = readonly (readonly string[])[]

/** The values of every record of one page whose title and unit stand over one table. */
function read(title: string, unit: string, rows: Rows) {
  const page = buildPage({ lines: ['某县某局2025年部门预算', title, `单位：${unit}`], tables: [{ rows }] })
  const { records } = normalizeDocument([page], dictionaries, { fileName: 'x.pdf' })
  return records.map(({ recordType, fields }) => ({
    recordType,
    ...Object.fromEntries(fields.map(({ name, value }) => [name, value])),
  }))
}

/** Headings as provinces print them, each with a line or two and what they say. */
const TREES: readonly (readonly [string, string, string, Rows, Readonly<Record<string, string>>])[] = [
  [
    'Hubei: a code and a name under the item, four sources of funds',
    '部门预算政府采购情况表',
    '万元',
    [
      ['单位名称', '采购项目名称', '采购品目', '<', '采购数量', '计量单位', '预算总金额', '资金来源', '<', '<', '<'],
      ['^', '^', '编码', '名称', '^', '^', '^', '一般公共预算拨款', '政府性基金', '专户', '其他'],
      ['某局', '设备更新', 'A02010105', '台式计算机', '4', '台', '2.00', '2.00', '', '', ''],
    ],
    {
      item_code: 'A02010105',
      item_name: '台式计算机',
      project_name: '设备更新',
      amount: '20000.00',
      fund_source: '一般公共预算拨款',
    },
  ],
  [
    'Guangdong: the amount of which columns by budget',
    '政府采购预算表',
    '万元',
    [
      [
        '序号',
        '预算单位',
        '采购项目类别',
        '采购项目名称',
        '采购品目',
        '采购数量',
        '采购预算金额',
        '其中：一般公共预算',
        '其中：政府性基金预算',
        '是否面向中小企业采购',
      ],
      ['1', '某局', '货物', '办公设备', 'A02010105 台式计算机', '4', '2.00', '', '2.00', '是'],
    ],
    {
      unit_name: '某局',
      project_name: '办公设备',
      item_code: 'A02010105',
      amount: '20000.00',
    },
  ],
  [
    'Zhejiang: this year and carried over under each source',
    '2025年部门政府采购预算表',
    '万元',
    [
      [
        '单位名称',
        '采购项目',
        '采购目录',
        '规格要求',
        '数量',
        '计量单位',
        '合计',
        '一般公共预算',
        '<',
        '<',
        '政府性基金预算',
        '单位资金',
      ],
      ['^', '^', '^', '^', '^', '^', '^', '小计', '当年预算', '上年结转', '^', '^'],
      ['某局', '办公设备', '台式计算机', '一般', '4', '台', '2.00', '2.00', '1.50', '0.50', '', ''],
    ],
    {
      project_name: '办公设备',
      item_name: '台式计算机',
      quantity: '4',
      amount: '20000.00',
    },
  ],
  [
    'Shandong: 类款项 apart and funds in three levels',
    '政府采购预算表',
    '万元',
    [
      [
        '科目编码',
        '<',
        '<',
        '科目名称',
        '项目名称',
        '采购目录编码',
        '采购目录名称',
        '采购数量',
        '资金来源',
        '<',
        '<',
        '<',
        '<',
      ],
      ['类', '款', '项', '^', '^', '^', '^', '^', '总计', '财政拨款', '<', '财政专户管理资金', '单位资金'],
      ['^', '^', '^', '^', '^', '^', '^', '^', '^', '一般公共预算', '政府性基金预算', '^', '^'],
      ['201', '06', '01', '行政运行', '办公设备', 'A02010105', '台式计算机', '4', '2.00', '', '', '', '2.00'],
    ],
    {
      function_code: '2010601',
      function_name: '行政运行',
      item_code: 'A02010105',
      amount: '20000.00',
      fund_source: '单位资金',
    },
  ],
  [
    'Sichuan: the project beside the name of the unit',
    '表13 政府采购预算表',
    '万元',
    [
      [
        '单位编码',
        '单位名称（项目）',
        '项目名称',
        '采购品目编码',
        '采购品目名称',
        '采购数量',
        '单价',
        '金额',
        '其中：专门面向中小企业采购',
        '<',
      ],
      ['^', '^', '^', '^', '^', '^', '^', '^', '金额', '其中：小微企业'],
      ['301001', '某局', '办公设备', 'A02010105', '台式计算机', '4', '0.50', '2.00', '2.00', '1.20'],
    ],
    { unit_code: '301001', unit_name: '某局', amount: '20000.00', amount_sme: '20000.00', amount_micro: '12000.00' },
  ],
  [
    'Shanghai: department and unit before the project, sources called funds',
    '2025年政府采购预算明细表',
    '元',
    [
      [
        '部门名称',
        '单位名称',
        '预算项目名称',
        '采购品目名称',
        '采购品目代码',
        '计量单位',
        '采购数量',
        '预算单价',
        '采购预算总额',
        '采购资金来源',
        '<',
      ],
      ['^', '^', '^', '^', '^', '^', '^', '^', '^', '财政资金', '非财政资金'],
      ['某局', '某局中心', '办公设备', '台式计算机', 'A02010105', '台', '4', '5,000.00', '20,000.00', '20,000.00', ''],
    ],
    {
      unit_name: '某局中心',
      project_name: '办公设备',
      item_code: 'A02010105',
      unit_price: '5000.00',
      amount: '20000.00',
      fund_source: '财政资金',
    },
  ],
  [
    'Beijing: services with the code and the name of the directory',
    '政府购买服务预算财政拨款明细表',
    '万元',
    [
      ['单位名称', '项目名称', '科目编码', '科目名称', '政府购买服务指导性目录', '<', '<', '服务领域', '预算金额'],
      ['^', '^', '^', '^', '一级目录', '二级目录', '三级目录', '^', '^'],
      [
        '某局',
        '绩效管理',
        '2010650',
        '事业运行',
        '政府履职辅助性服务',
        '评审、评估和评价服务',
        '评估和评价服务',
        '其他',
        '10.00',
      ],
    ],
    {
      recordType: 'service_purchase_line',
      function_code: '2010650',
      directory_level3: '评估和评价服务',
      amount: '100000.00',
    },
  ],
  [
    'Fujian: quantity and its unit in one cell, yuan and wan in the cells',
    '2025年度政府采购预算表',
    '万元',
    [
      ['预算单位名称', '项目名称', '采购品目', '采购数量及单位', '采购单价', '采购金额', '资金性质', '备注'],
      ['某局', '办公设备', 'A02010105-台式计算机', '4台', '5000元', '2万元', '经费拨款', ''],
    ],
    { item_code: 'A02010105', quantity: '4', unit_price: '5000.00', amount: '20000.00', fund_nature: '经费拨款' },
  ],
  [
    'Hunan: funds with sub-totals under the sources',
    '部门政府采购预算表',
    '万元',
    [
      ['单位代码', '单位名称（项目名称）', '采购项目', '采购目录', '资金来源', '<', '<', '<', '<', '<'],
      ['^', '^', '^', '^', '总计', '一般公共预算拨款', '<', '<', '政府性基金拨款', '附属单位上缴收入'],
      ['^', '^', '^', '^', '^', '小计', '经费拨款', '纳入一般公共预算管理的非税收入拨款', '^', '^'],
      ['301001', '某局', '办公设备', '台式计算机', '2.00', '', '', '', '', '2.00'],
    ],
    {
      unit_code: '301001',
      item_name: '台式计算机',
      project_name: '办公设备',
      amount: '20000.00',
      fund_source: '附属单位上缴收入',
    },
  ],
  [
    'Henan: specification, unit and price before the funds',
    '2025年部门政府采购预算表',
    '元',
    [
      ['单位编码', '单位名称', '项目名称', '采购品目', '规格型号', '计量单位', '数量', '单价', '金额', '<', '<', '<'],
      ['^', '^', '^', '^', '^', '^', '^', '^', '合计', '一般公共预算', '专户管理的教育收费', '其他收入'],
      ['301001', '某局', '办公设备', '台式计算机', '一般', '台', '4', '5000', '20000', '', '20000', ''],
    ],
    { unit_price: '5000.00', amount: '20000.00' },
  ],
  [
    'Jiangsu: large groups of items, economic subject and funds',
    '公开13表 政府采购支出预算表',
    '万元',
    [
      ['采购品目大类', '专项名称', '经济科目', '采购品目名称', '采购组织形式', '资金来源', '<', '<', '<', '<'],
      ['^', '^', '^', '^', '^', '总计', '一般公共预算资金', '政府性基金', '其他资金', '上年结转和结余资金'],
      ['货物', '办公设备', '30201 办公费', '台式计算机', '集中采购', '2.00', '', '', '', '2.00'],
    ],
    {
      project_name: '办公设备',
      economic_code: '30201',
      item_name: '台式计算机',
      amount: '20000.00',
      fund_source: '上年结转和结余资金',
    },
  ],
  [
    'Shaanxi: procurement, assets and services in one table',
    '部门综合预算政府采购（资产配置、购买服务）预算表',
    '万元',
    [
      [
        '科目编码',
        '<',
        '<',
        '单位编码',
        '采购项目',
        '采购目录',
        '购买服务内容',
        '规格型号',
        '数量',
        '部门预算支出经济科目编码',
        '政府预算支出经济科目编码',
        '实施采购时间',
        '预算金额',
        '说明',
      ],
      ['类', '款', '项', '^', '^', '^', '^', '^', '^', '^', '^', '^', '^', '^'],
      ['201', '06', '01', '301001', '办公设备', '台式计算机', '', '一般', '4', '31002', '50306', '3月', '2.00', ''],
    ],
    {
      recordType: 'procurement_line',
      function_code: '2010601',
      unit_code: '301001',
      economic_code: '31002',
      item_name: '台式计算机',
      amount: '20000.00',
    },
  ],
  [
    'Hebei: the number in the catalogue, the goods by name',
    '部门政府采购预算',
    '万元',
    [
      [
        '政府采购项目来源',
        '<',
        '采购物品名称',
        '政府采购目录序号',
        '计量单位',
        '数量',
        '单价',
        '政府采购金额',
        '<',
        '<',
        '<',
      ],
      ['项目名称', '预算资金', '^', '^', '^', '^', '^', '合计', '一般公共预算拨款', '基金预算拨款', '单位资金'],
      ['办公设备', '9.00', '台式计算机', 'A02010105', '台', '4', '0.50', '2.00', '2.00', '', ''],
    ],
    {
      project_name: '办公设备',
      item_code: 'A02010105',
      item_name: '台式计算机',
      amount: '20000.00',
    },
  ],
  [
    'Yunnan: reserved funds before the sources',
    '部门政府采购预算表',
    '元',
    [
      [
        '预算项目',
        '采购项目',
        '采购目录',
        '计量单位',
        '数量',
        '面向中小企业预留资金',
        '政府采购预算',
        '<',
        '<',
        '<',
        '<',
      ],
      ['^', '^', '^', '^', '^', '^', '合计', '一般公共预算', '国有资本经营收益', '财政专户管理的收入', '单位自筹'],
      ['办公设备', '电脑', 'A02010105 台式计算机', '台', '4', '20,000.00', '20,000.00', '', '', '', '20,000.00'],
    ],
    {
      project_name: '办公设备',
      item_code: 'A02010105',
      amount_sme: '20000.00',
      amount: '20000.00',
    },
  ],
  [
    'Yunnan: services with kind, field and a short description',
    '部门政府购买服务预算表',
    '元',
    [
      [
        '预算项目',
        '政府购买服务项目',
        '政府购买服务指导性目录代码',
        '所属服务类别',
        '所属服务领域',
        '购买内容简述',
        '单位自筹',
        '<',
        '合计',
        '一般公共预算',
      ],
      ['^', '^', '^', '^', '^', '^', '小计', '事业收入', '^', '^'],
      ['绩效管理', '绩效评价', 'B1002', 'B 政府履职辅助性服务', '其他', '第三方评价', '', '', '20,000.00', '20,000.00'],
    ],
    {
      recordType: 'service_purchase_line',
      project_name: '绩效管理',
      service_content: '第三方评价',
      amount: '20000.00',
    },
  ],
  [
    'Chongqing: a name of the goods alone, the amount by kind of budget',
    '政府采购明细表',
    '万元',
    [
      ['单位名称', '项目名称', '采购标的', '年初预算', '上级补助'],
      ['某局', '办公设备', '台式计算机', '2.00', ''],
    ],
    { item_name: '台式计算机', amount: '20000.00' },
  ],
  [
    'Tianjin: codes without names, economic 类 and 款 apart',
    '政府采购预算表',
    '元',
    [
      [
        '预算单位代码',
        '功能分类科目编码',
        '<',
        '<',
        '经济分类科目编码',
        '<',
        '采购品目编码',
        '采购数量',
        '采购预算金额',
      ],
      ['^', '类', '款', '项', '类', '款', '^', '^', '^'],
      ['301001', '201', '06', '01', '310', '02', 'A02010105', '4', '20000'],
    ],
    {
      unit_code: '301001',
      function_code: '2010601',
      economic_code: '31002',
      item_code: 'A02010105',
      amount: '20000.00',
    },
  ],
  [
    'Jiangxi: title, unit and column numbers inside the grid',
    '附件',
    '万元',
    [
      ['部门政府采购预算明细表', '<', '<', '<', '<', '<'],
      ['编制单位：某县某局', '<', '<', '<', '单位：元', '<'],
      ['序号', '采购项目名称', '采购目录', '数量（台/套）', '采购预算（元）', '资金渠道'],
      ['栏次', '1', '2', '3', '4', '5'],
      ['1', '办公设备', 'A02010105 台式计算机', '4', '20,000.00', '财政拨款'],
    ],
    { project_name: '办公设备', item_code: 'A02010105', quantity: '4', amount: '20000.00', fund_source: '财政拨款' },
  ],
  [
    'Anhui: the name of the item over two lines, the amount by year',
    '2025年部门政府采购支出表',
    '万元',
    [
      ['单位名称', '项目名称', '采购目录\n（品目名称）', '数量', '计量单位', '2025年采购预算', '<', '<'],
      ['^', '^', '^', '^', '^', '合计', '其中：财政拨款', '其中：其他资金'],
      ['某局', '办公设备', '台式计算机', '4', '台', '2.00', '2.00', ''],
    ],
    { item_name: '台式计算机', quantity: '4', unit_of_measure: '台', amount: '20000.00' },
  ],
  [
    'Guizhou: services by project with the directory in one column',
    '2025年政府购买服务预算表',
    '万元',
    [
      [
        '序号',
        '购买主体',
        '购买服务项目名称',
        '购买服务内容',
        '政府购买服务指导性目录名称',
        '承接主体类别',
        '购买方式',
        '预算金额（万元）',
        '资金来源',
      ],
      ['1', '某局', '绩效管理', '第三方评价', '评估和评价服务', '社会组织', '公开招标', '10.00', '财政拨款'],
    ],
    {
      recordType: 'service_purchase_line',
      unit_name: '某局',
      project_name: '绩效管理',
      service_content: '第三方评价',
      directory_level3: '评估和评价服务',
      amount: '100000.00',
    },
  ],
  [
    'Liaoning: services with the three levels as plain headings and the kind of service',
    '部门政府购买服务支出预算表',
    '万元',
    [
      ['单位', '项目名称', '是否为政府采购项目', '一级', '二级', '三级', '购买内容', '数量', '资金性质', '<', '备注'],
      ['^', '^', '^', '^', '^', '^', '^', '^', '一般公共预算', '其他资金', '^'],
      [
        '某局',
        '绩效管理',
        '否',
        '政府履职辅助性服务',
        '评审、评估和评价服务',
        '评估和评价服务',
        '第三方评价',
        '1',
        '10.00',
        '',
        '',
      ],
    ],
    {
      includes_procurement: 'false',
      directory_level1: '政府履职辅助性服务',
      amount: '100000.00',
      fund_nature: '一般公共预算',
    },
  ],
]

/** One line whose money stands in columns under `parent`. */
const underHeading = (parent: string, headings: readonly string[], amounts: readonly string[]): Rows => [
  ['项目名称', '采购品目', '采购金额', parent, ...headings.slice(1).map(() => '<')],
  ['^', '^', '^', ...headings],
  ['办公设备', '台式计算机', '2.00', ...amounts],
]

describe('a heading over money columns says what they are', () => {
  test.each([
    ['资金来源', ['年初预算', '上年结转'], ['2.00', ''], { fund_source: '年初预算' }],
    ['资金来源', ['年初预算', '上年结转'], ['1.50', '0.50'], {}],
    ['资金安排', ['福利彩票公益金', '上级补助'], ['2.00', ''], { fund_source: '福利彩票公益金' }],
    ['资金性质', ['经费拨款', '非税收入'], ['', '2.00'], { fund_nature: '非税收入' }],
    ['预算金额', ['本年预算', '单位资金'], ['2.00', ''], {}],
  ] as const)('%s over %j', (parent, headings, amounts, expected) => {
    const [record] = read('政府采购预算表', '万元', underHeading(parent, headings, amounts))
    expect(record).toMatchObject({ amount: '20000.00', ...expected })
    expect(Object.keys(record ?? {}).filter((name) => name.startsWith('fund_'))).toEqual(Object.keys(expected))
  })
})

describe('headings of the provinces', () => {
  test.each(TREES)('%s', (_name, title, unit, rows, expected) => {
    expect(read(title, unit, rows)).toEqual([expect.objectContaining(expected)])
  })
})
