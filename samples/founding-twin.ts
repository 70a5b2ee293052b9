import type { DocumentPlan, SheetPlan } from '../bench/generate/build-document.ts'
import { codeNameColumn, moneyColumn, plainColumn, yesNoColumn } from '../bench/generate/columns.ts'
import { placeGarble } from '../bench/generate/garble.ts'
import type { MoneyFormat } from '../bench/generate/money.ts'
import { A4_LANDSCAPE, type SheetStyle } from '../bench/generate/page-html.ts'
import { type Column, dataRow, groupRow, type LineFields, type Sheet, totalRow } from '../bench/generate/sheet.ts'
import { NO_WEAR, type Wear } from '../bench/generate/wear.ts'
import { type FoundLine, readFacts } from './facts/read-facts.ts'
import { foundingPerformance } from './founding-performance.ts'
import { foundingNarrative } from './founding-prose.ts'

const WAN: MoneyFormat = { unit: '万元', decimals: 2, grouped: false }
const DEPARTMENT = { 0: '120', 1: '武汉市江汉区财政局' }

const STYLE: SheetStyle = {
  paper: A4_LANDSCAPE,
  marginMm: 10,
  fontFamily: "'AR PL SungtiL GB','AR PL UMing CN','Noto Serif CJK SC',serif",
  headingFamily: "'Noto Serif CJK SC',serif",
  fontSizePt: 7.6,
  rulings: 'solid',
  cellPaddingPt: 1.4,
  breaksAnywhere: false,
  shadedHeader: false,
  boldHeader: false,
  minRowHeightPt: 22,
}

/** An office scanner on an ordinary day. */
const OFFICE_SCANNER: Wear = {
  ...NO_WEAR,
  dpi: 200,
  skewDegrees: 0.5,
  blurSigmaPx: 0.6,
  noise: 4,
  salt: 0.00008,
  faint: 0.1,
  paper: [247, 247, 247],
  jpegQuality: 52,
}

const PROCUREMENT_COLUMNS: readonly Column[] = [
  plainColumn('单位代码', 'unit_code', 9, { align: 'center' }),
  plainColumn('单位名称', 'unit_name', 24.5),
  plainColumn('项目', 'project_name', 19),
  codeNameColumn('政府采购品目', 'item', 27, '[]'),
  codeNameColumn('功能科目', 'function', 23, '[]'),
  codeNameColumn('部门支出经济分类', 'economic', 23, '[]'),
  plainColumn('资金来源', 'fund_source', 7.6, { align: 'center' }),
  plainColumn('资金性质', 'fund_nature', 11.5, { align: 'center' }),
  plainColumn('采购数量', 'quantity', 6, { align: 'center' }),
  moneyColumn('采购单价（万元）', 'unit_price', 10, WAN),
  plainColumn('计量单位', 'unit_of_measure', 6, { align: 'center' }),
  moneyColumn('采购金额合计（万元）', 'amount', 11, WAN),
  moneyColumn('其中：面向中小企业（万元）', 'amount_sme', 11, WAN),
  moneyColumn('其中：面向小微企业（万元）', 'amount_micro', 11, WAN),
]

/** What the scanner's layer says in the headings of the procurement table, column by column. */
export const PROCUREMENT_HEADER_LAYER: readonly string[] = [
  '单位代码',
  '单位在称',
  '项目',
  '政府采购品目',
  '功能科目',
  '部门主出经济分类',
  '资盘来语',
  '资盘性质',
  '菜购翻量',
  '主购且价t丑元｝',
  '计量单位',
  '采购盘额合计〈万元）',
  '真申面向申小企业〈万元）',
  '且申面向4、笛企业〈万元｝',
]

/** … and in its row of totals, by column. */
export const PROCUREMENT_TOTAL_LAYER: Readonly<Record<number, string>> = {
  1: '吉计',
  9: '28945',
  11: '289.45',
  12: '289.45',
  13: '17447',
}

const SERVICE_COLUMNS: readonly Column[] = [
  plainColumn('单位代码', 'unit_code', 9, { align: 'center' }),
  plainColumn('单位名称', 'unit_name', 19),
  yesNoColumn('是否包含政府采购', 'includes_procurement', 8),
  plainColumn('项目', 'project_name', 20),
  plainColumn('政府购买服务内容', 'service_content', 15),
  plainColumn('购买数量', 'quantity', 6, { align: 'center' }),
  moneyColumn('购买金额', 'amount', 9, WAN),
  plainColumn('资金来源', 'fund_source', 7.6, { align: 'center' }),
  plainColumn('资金性质', 'fund_nature', 14, { align: 'center' }),
  codeNameColumn('支出功能分类科目', 'function', 18, '[]'),
  codeNameColumn('部门支出经济分类', 'economic', 16, '[]'),
  plainColumn(['政府购买服务指导目录', '一级目录'], 'directory_level1', 12.5),
  plainColumn(['政府购买服务指导目录', '二级目录'], 'directory_level2', 12.5),
  {
    ...plainColumn(['政府购买服务指导目录', '三级目录'], 'directory_level3', 24),
    text: (fields) => `${fields.directory_level3 ?? ''}（省级第二版）`,
  },
]

const SERVICE_HEADER_LAYER: readonly (readonly [string, string])[] = [
  ['h0c0', '单位代码'],
  ['h0c1', '单位名称'],
  ['h0c2', '是否包含政府采购'],
  ['h0c4', '政府购买服务内窑'],
  ['h0c5', '购买勤量'],
  ['h0c6', '购买金额'],
  ['h0c7', '资金来源'],
  ['h0c9', '支出功能分类科目'],
  ['h0c11', '政府购买服务指导曰景'],
  ['h1c11', '－级自景'],
  ['h1c12', '二！I\\目录'],
  ['h1c13', '三级自景'],
]

function sheetOf(
  recordType: Sheet['recordType'],
  title: string,
  columns: readonly Column[],
  lines: readonly LineFields[],
): Sheet {
  return {
    recordType,
    title,
    above: { left: '', right: '' },
    below: '',
    columns,
    rows: [
      totalRow(columns, lines, '合计', { labelColumn: 1 }),
      groupRow(columns, DEPARTMENT),
      ...lines.map((fields, index) => dataRow(columns, fields, index + 1)),
    ],
  }
}

/** Layer texts by cell key for the lines of a table. */
function layerOf(
  found: readonly FoundLine[],
  others: readonly (readonly [string, string])[],
): Map<string, readonly string[]> {
  const layer = new Map<string, readonly string[]>(others.map(([key, text]) => [key, [text]]))
  found.forEach((line, row) => {
    line.layer.forEach((texts, column) => {
      layer.set(`r${row + 1}c${column}`, texts)
    })
  })
  return layer
}

function scannedSheet(sheet: Sheet, layer: ReadonlyMap<string, readonly string[]>, skewDegrees: number): SheetPlan {
  return {
    sheet,
    style: STYLE,
    repeatsHeader: false,
    scan: { wear: { ...OFFICE_SCANNER, skewDegrees }, layer: (lines) => placeGarble(lines, layer) },
    overlay: () => '',
  }
}

/**
 * The twin of the founding disclosure: digital narrative and performance sheets around two scanned tables that lie
 * under the invisible, wrong text layer of somebody's scanner.
 */
export function planFoundingTwin(): DocumentPlan {
  const procurement = readFacts<readonly FoundLine[]>('founding-procurement')
  const service = readFacts<readonly FoundLine[]>('founding-service')
  const fieldsOf = (found: readonly FoundLine[]): LineFields[] => found.map((line) => line.fields)
  const procurementLayer = layerOf(procurement, [
    ...PROCUREMENT_HEADER_LAYER.map((text, column) => [`h0c${column}`, text] as const),
    ...Object.entries(PROCUREMENT_TOTAL_LAYER).map(([column, text]) => [`x0c${column}`, text] as const),
  ])
  return {
    title: '武汉市江汉区财政局2024年部门预算公开',
    publisher: '武汉市江汉区财政局',
    fiscalYear: 2024,
    parts: [
      foundingNarrative(),
      scannedSheet(
        sheetOf('procurement_line', '2024年政府采购预算表', PROCUREMENT_COLUMNS, fieldsOf(procurement)),
        procurementLayer,
        0.5,
      ),
      scannedSheet(
        sheetOf('service_purchase_line', '2024年政府向社会力量购买服务预算表', SERVICE_COLUMNS, fieldsOf(service)),
        layerOf(service, SERVICE_HEADER_LAYER),
        -0.4,
      ),
      foundingPerformance(),
    ],
  }
}
