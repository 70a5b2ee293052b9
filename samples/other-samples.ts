import type { DocumentPlan, SheetPlan } from '../bench/generate/build-document.ts'
import {
  codeNameColumn,
  moneyColumn,
  plainColumn,
  serialColumn,
  sourceShareColumn,
  yesNoColumn,
} from '../bench/generate/columns.ts'
import { overlayHtml, roundSeal } from '../bench/generate/marks.ts'
import type { MoneyFormat } from '../bench/generate/money.ts'
import { A4_LANDSCAPE, A4_PORTRAIT, type SheetStyle } from '../bench/generate/page-html.ts'
import { cover, heading, paragraph, prosePages, subheading } from '../bench/generate/prose.ts'
import { type Column, dataRow, type LineFields, type SheetRow, sumYuan, totalRow } from '../bench/generate/sheet.ts'
import { NO_WEAR } from '../bench/generate/wear.ts'
import { readFacts } from './facts/read-facts.ts'

const YUAN: MoneyFormat = { unit: '元', decimals: 2, grouped: false }
const GROUPED_YUAN: MoneyFormat = { unit: '元', decimals: 2, grouped: true }
const WAN: MoneyFormat = { unit: '万元', decimals: 2, grouped: false }

const PLAIN: SheetStyle = {
  paper: A4_LANDSCAPE,
  marginMm: 13,
  fontFamily: "'Noto Serif CJK SC',serif",
  headingFamily: "'Noto Sans CJK SC',sans-serif",
  fontSizePt: 8.5,
  rulings: 'solid',
  cellPaddingPt: 2,
  breaksAnywhere: false,
  shadedHeader: false,
  boldHeader: true,
  minRowHeightPt: 24,
}

const withoutOverlay = (): string => ''

const inWan = (yuan: string): string => String(Number(yuan) / 10_000)

/** A digital disclosure: narrative, then a procurement table over two pages with its heading repeated. */
export function planDigitalTwoPages(): DocumentPlan {
  const lines = readFacts<readonly LineFields[]>('fancheng-education-2025')
  const columns: readonly Column[] = [
    serialColumn('序号'),
    plainColumn('单位名称', 'unit_name', 20),
    plainColumn('项目名称', 'project_name', 18),
    codeNameColumn('采购品目', 'item', 24, 'dash'),
    codeNameColumn('支出功能分类', 'function', 20, 'dash'),
    codeNameColumn('支出经济分类', 'economic', 18, 'dash'),
    plainColumn('资金来源', 'fund_source', 12, { align: 'center' }),
    plainColumn('数量', 'quantity', 8, { align: 'right' }),
    plainColumn('计量单位', 'unit_of_measure', 7, { align: 'center' }),
    moneyColumn('单价（元）', 'unit_price', 12, YUAN, false),
    moneyColumn('采购金额（万元）', 'amount', 11, WAN),
    moneyColumn('面向中小企业采购金额（万元）', 'amount_sme', 12, WAN),
    moneyColumn('其中：小微企业（万元）', 'amount_micro', 11, WAN),
  ]
  const rows = [
    ...lines.map((fields, index) => dataRow(columns, fields, index + 1)),
    totalRow(columns, lines, '合计', { labelSpan: 3 }),
  ]
  const total = inWan(sumYuan(lines, 'amount'))
  return {
    title: '襄阳市樊城区教育局2025年部门预算',
    publisher: '襄阳市樊城区教育局',
    fiscalYear: 2025,
    parts: [
      prosePages([
        [
          cover('襄阳市樊城区教育局2025年部门预算'),
          subheading('一、部门职责'),
          paragraph('襄阳市樊城区教育局主管全区教育事业，负责学校布局、教师队伍、教学研究、校园安全和教育经费的管理。'),
          subheading('二、预算单位构成'),
          paragraph('纳入2025年部门预算编制范围的单位共4个，即局本级、教学研究室、实验幼儿园和电化教育馆。'),
          subheading('三、政府采购情况'),
          paragraph(
            `2025年政府采购预算总额${total}万元，其中面向中小企业预留${inWan(sumYuan(lines, 'amount_sme'))}万元，面向小微企业预留${inWan(sumYuan(lines, 'amount_micro'))}万元。明细见附表。`,
          ),
        ],
      ]),
      {
        sheet: {
          recordType: 'procurement_line',
          title: '2025年部门政府采购预算明细表',
          above: { left: '部门名称：襄阳市樊城区教育局', right: '' },
          below: '注：本表反映纳入部门预算的全部采购项目。',
          columns,
          rows,
        },
        style: { ...PLAIN, shadedHeader: true },
        repeatsHeader: true,
        scan: null,
        overlay: withoutOverlay,
      },
    ],
  }
}

/** One scanned sheet without any text layer: askew, in colour, an office seal over the table. */
export function planSealedScan(): DocumentPlan {
  const lines = readFacts<readonly LineFields[]>('shashi-culture-2024')
  const columns: readonly Column[] = [
    plainColumn('单位编码', 'unit_code', 9, { align: 'center' }),
    plainColumn('单位名称', 'unit_name', 24),
    plainColumn('项目名称', 'project_name', 18),
    plainColumn('品目编码', 'item_code', 13, { align: 'center' }),
    plainColumn('品目名称', 'item_name', 20),
    plainColumn('功能科目编码', 'function_code', 11, { align: 'center' }),
    plainColumn('功能科目名称', 'function_name', 17),
    plainColumn('数量', 'quantity', 8, { align: 'right' }),
    plainColumn('单位', 'unit_of_measure', 6, { align: 'center' }),
    moneyColumn('单价', 'unit_price', 14, YUAN, false),
    moneyColumn('采购预算', 'amount', 15, YUAN),
    plainColumn('资金来源', 'fund_source', 16, { align: 'center' }),
  ]
  const rows = [totalRow(columns, lines, '合计'), ...lines.map((fields, index) => dataRow(columns, fields, index + 1))]
  const seal = roundSeal('荆州市沙市区文化和旅游局', 232, 128, -12)
  return {
    title: '荆州市沙市区文化和旅游局2024年政府采购预算表',
    publisher: '荆州市沙市区文化和旅游局',
    fiscalYear: 2024,
    parts: [
      {
        sheet: {
          recordType: 'procurement_line',
          title: '2024年政府采购预算表',
          above: { left: '填报部门：荆州市沙市区文化和旅游局', right: '单位：元' },
          below: '',
          columns,
          rows,
        },
        style: {
          ...PLAIN,
          fontFamily: "'AR PL UMing CN','Noto Serif CJK SC',serif",
          fontSizePt: 8,
          minRowHeightPt: 20,
        },
        repeatsHeader: true,
        scan: {
          wear: {
            ...NO_WEAR,
            dpi: 200,
            skewDegrees: -1.6,
            blurSigmaPx: 0.6,
            noise: 3,
            salt: 0.00005,
            faint: 0.08,
            shadow: 0.07,
            paper: [250, 248, 242],
            mode: 'colour',
            jpegQuality: 55,
          },
          layer: null,
        },
        overlay: () => overlayHtml([seal], A4_LANDSCAPE),
      },
    ],
  }
}

interface HealthFacts {
  readonly procurement: readonly LineFields[]
  readonly service: readonly LineFields[]
}

/** A digital disclosure in another province's manner: headings on two levels, code and name apart, yuan. */
export function planTwoLevelHeader(): DocumentPlan {
  const { procurement, service } = readFacts<HealthFacts>('yiling-health-2024')
  const total = sumYuan(procurement, 'amount')
  return {
    title: '宜昌市夷陵区卫生健康局2024年部门预算公开',
    publisher: '宜昌市夷陵区卫生健康局',
    fiscalYear: 2024,
    parts: [
      prosePages([
        [
          heading('宜昌市夷陵区卫生健康局2024年部门预算公开'),
          subheading('一、主要职责'),
          paragraph('宜昌市夷陵区卫生健康局统筹全区卫生健康资源，组织疾病预防控制、妇幼健康、医疗服务和卫生应急工作。'),
          subheading('二、采购与购买服务'),
          paragraph(`2024年度政府采购预算${total}元，由3个预算单位实施。`),
          paragraph(`2024年度政府购买服务预算${sumYuan(service, 'amount')}元，共${service.length}个项目。`),
        ],
      ]),
      healthProcurement(procurement),
      healthService(service),
    ],
  }
}

function healthProcurement(bare: readonly LineFields[]): SheetPlan {
  const lines = bare.map((line) => ({ ...line, [`share:${line.fund_source}`]: line.amount ?? null }))
  const funds = ['一般公共预算', '政府性基金预算', '其他资金']
  const columns: readonly Column[] = [
    plainColumn(['预算单位', '编码'], 'unit_code', 9, { align: 'center', mergesDown: true }),
    plainColumn(['预算单位', '名称'], 'unit_name', 18, { mergesDown: true }),
    plainColumn('项目名称', 'project_name', 17),
    plainColumn(['政府采购品目', '编码'], 'item_code', 12.5, { align: 'center' }),
    plainColumn(['政府采购品目', '名称'], 'item_name', 17),
    plainColumn(['支出功能分类', '科目编码'], 'function_code', 10.5, { align: 'center' }),
    plainColumn(['支出功能分类', '科目名称'], 'function_name', 15),
    plainColumn('采购数量', 'quantity', 7, { align: 'right' }),
    plainColumn('计量单位', 'unit_of_measure', 6, { align: 'center' }),
    moneyColumn('单价', 'unit_price', 14, GROUPED_YUAN, false),
    moneyColumn(['资金安排', '合计'], 'amount', 15, GROUPED_YUAN),
    ...funds.map((fund) => sourceShareColumn(['资金安排', fund], fund, 15, GROUPED_YUAN)),
  ]
  const rows = [
    totalRow(columns, lines, '总计', { labelSpan: 2 }),
    ...lines.map((fields, index) => dataRow(columns, fields, index + 1)),
  ]
  return {
    sheet: {
      recordType: 'procurement_line',
      title: '政府采购预算表',
      above: { left: '部门：宜昌市夷陵区卫生健康局', right: '金额单位：元' },
      below: '',
      columns,
      rows,
    },
    style: { ...PLAIN, fontFamily: "'Noto Sans CJK SC',sans-serif", fontSizePt: 7.5, marginMm: 11, rulings: 'grey' },
    repeatsHeader: true,
    scan: null,
    overlay: withoutOverlay,
  }
}

function healthService(lines: readonly LineFields[]): SheetPlan {
  const columns: readonly Column[] = [
    serialColumn('序号'),
    plainColumn('购买主体', 'unit_name', 18),
    plainColumn('项目名称', 'project_name', 17),
    plainColumn('服务内容', 'service_content', 18),
    plainColumn(['指导性目录', '一级'], 'directory_level1', 14),
    plainColumn(['指导性目录', '二级'], 'directory_level2', 15),
    plainColumn(['指导性目录', '三级'], 'directory_level3', 18),
    plainColumn('数量', 'quantity', 8, { align: 'right' }),
    moneyColumn('预算金额', 'amount', 16, GROUPED_YUAN),
    plainColumn('资金来源', 'fund_source', 12, { align: 'center' }),
    yesNoColumn('是否政府采购', 'includes_procurement', 8),
  ]
  const rows: readonly SheetRow[] = [
    ...lines.map((fields, index) => dataRow(columns, fields, index + 1)),
    totalRow(columns, lines, '合计', { labelColumn: 1 }),
  ]
  return {
    sheet: {
      recordType: 'service_purchase_line',
      title: '政府购买服务预算表',
      above: { left: '部门：宜昌市夷陵区卫生健康局', right: '金额单位：元' },
      below: '',
      columns,
      rows,
    },
    style: { ...PLAIN, paper: A4_PORTRAIT, fontFamily: "'Noto Sans CJK SC',sans-serif", fontSizePt: 7.5 },
    repeatsHeader: true,
    scan: null,
    overlay: withoutOverlay,
  }
}
