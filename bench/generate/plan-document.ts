import type { DocumentPlan, ScanPlan, SheetPlan } from './build-document.ts'
import {
  drawProcurementLines,
  drawPublisher,
  drawServiceLines,
  type MoneyManner,
  type Publisher,
} from './content/draw-lines.ts'
import type { Vocabulary } from './content/vocabulary.ts'
import { drawNarrative, hostPage } from './draw-narrative.ts'
import { drawStyle } from './draw-style.ts'
import { drawWear, type WornPage } from './draw-wear.ts'
import { garbleLines } from './garble.ts'
import { type Layout, sourcesOf } from './layouts/layout.ts'
import { PROCUREMENT_LAYOUTS } from './layouts/procurement-layouts.ts'
import { SERVICE_LAYOUTS } from './layouts/service-layouts.ts'
import { fenToYuan, type MoneyFormat, moneyStepFen, yuanToFen } from './money.ts'
import { A4_LANDSCAPE, type RulingStyle } from './page-html.ts'
import { createRandom, type Random } from './random.ts'
import { dataRow, groupRow, type LineFields, ordinalRow, type Sheet, type SheetRow, totalRow } from './sheet.ts'
import type { WearManner } from './treatments.ts'

export type DocumentKind =
  | 'scan'
  | 'text'
  | 'mixed'
  | 'unruled'
  | 'unruled-text'
  | 'budget'
  | 'budget-scan'
  | 'performance'
  | 'final-accounts'

/** A planned document with what tables of results want to know about it. */
export interface GeneratedPlan {
  readonly plan: DocumentPlan
  readonly seed: number
  readonly kind: DocumentKind
  readonly layouts: readonly string[]
  readonly wear: readonly string[]
  /** Mistakes that the publisher made: the truth keeps them as printed. */
  readonly publisherErrors: readonly string[]
}

export interface PlanRequest {
  readonly seed: number
  readonly kind: DocumentKind
  /** Null draws one; harder documents are rarer. */
  readonly manner: WearManner | null
}

const YUAN: MoneyFormat = { unit: '元', decimals: 2, grouped: false }
const WAN: MoneyFormat = { unit: '万元', decimals: 2, grouped: false }

export const MANNERS: readonly MoneyManner[] = [
  { price: WAN, amount: WAN },
  { price: WAN, amount: WAN },
  { price: YUAN, amount: YUAN },
  { price: { ...YUAN, grouped: true }, amount: { ...YUAN, grouped: true } },
  { price: YUAN, amount: WAN },
  { price: { ...WAN, decimals: 6 }, amount: { ...WAN, decimals: 6 } },
  { price: { ...WAN, decimals: 4 }, amount: { ...WAN, decimals: 4 } },
  { price: { ...YUAN, decimals: 0 }, amount: { ...YUAN, decimals: 0 } },
]

/** What a publisher got wrong: mostly nothing. */
const SLIPS = [...new Array<null>(30).fill(null), 'amount', 'total'] as const

const PROCUREMENT_TITLES = [
  '政府采购预算表',
  '政府采购预算明细表',
  '部门政府采购预算表',
  '政府采购情况表',
  '政府采购预算安排表',
]
const SERVICE_TITLES = [
  '政府购买服务预算表',
  '政府购买服务支出预算表',
  '政府向社会力量购买服务预算表',
  '政府购买服务项目表',
]

/** Draws one whole document from its seed: everything but the printing, which wants a browser. */
export function planDocument({ seed, kind, manner: worn }: PlanRequest, vocabulary: Vocabulary): GeneratedPlan {
  const random = createRandom(seed)
  const publisher = drawPublisher(vocabulary, random.fork('publisher'))
  const year = random.integer(2023, 2026)
  const manner = random.pick(MANNERS)
  const rows = random.fork('lines')
  const drawn = drawProcurementLines(vocabulary, publisher, drawCount(kind, rows), manner, rows)
  const service = random.chance(0.6) ? drawServiceLines(vocabulary, publisher, random.integer(4, 14), manner, rows) : []
  const slip = random.pick(SLIPS)
  const { lines: procurement, error } =
    slip === 'amount' ? misprintAmount(drawn, manner, rows) : { lines: drawn, error: slip }
  const scanned = worn ?? random.pick(['light', 'ordinary', 'ordinary', 'ordinary', 'hard'] as const)
  const shared = { publisher, year, wear: kind === 'text' ? null : scanned }
  const bought: TableRequest = {
    ...shared,
    recordType: 'procurement_line',
    manner,
    lines: procurement,
    random: random.fork('procurement'),
  }
  const tables = [
    planTable({ ...bought, isPicture: kind === 'mixed' && random.chance(0.15), forgetsLastRow: slip === 'total' }),
  ]
  if (service.length > 0) {
    const serviceManner = { ...manner, price: manner.amount }
    tables.push(
      planTable({
        ...shared,
        recordType: 'service_purchase_line',
        manner: serviceManner,
        lines: service,
        random: random.fork('service'),
      }),
    )
  }
  const narrative =
    kind === 'scan' ? [] : [drawNarrative(publisher, year, procurement, service, random.fork('narrative'))]
  return {
    plan: {
      title: `${publisher.name}${year}年部门预算`,
      publisher: publisher.name,
      fiscalYear: year,
      parts: [...narrative, ...tables.map((table) => table.sheetPlan)],
    },
    seed,
    kind,
    layouts: tables.map((table) => table.layout),
    wear: [...new Set(tables.flatMap((table) => table.wear))],
    publisherErrors: error === null ? [] : [error === 'total' ? 'the total leaves out the last row' : error],
  }
}

/** Most tables fit on one page; some go on over two or three. */
function drawCount(kind: DocumentKind, random: Random): number {
  if (random.chance(kind === 'text' ? 0.3 : 0.08)) return random.integer(30, 55)
  return random.integer(10, kind === 'scan' ? 18 : 25)
}

/** Alters one printed amount, so that its row does not multiply any more (the total follows): publishers do err. */
function misprintAmount(
  lines: readonly LineFields[],
  manner: MoneyManner,
  random: Random,
): { lines: LineFields[]; error: string } {
  const at = random.integer(0, lines.length - 1)
  const altered = lines.map((line, index) => {
    if (index !== at || line.amount == null) return line
    const fen = yuanToFen(line.amount) + moneyStepFen(manner.amount) * random.integer(1, 90)
    return { ...line, amount: fenToYuan(fen) }
  })
  return { lines: altered, error: `procurement row ${at + 1}: amount is not quantity times price` }
}

export interface TableRequest {
  readonly recordType: NonNullable<Sheet['recordType']>
  readonly publisher: Publisher
  readonly year: number
  readonly manner: MoneyManner
  readonly lines: readonly LineFields[]
  /** Null for a digital table. */
  readonly wear: WearManner | null
  readonly random: Random
  /** Whether it stands as a picture on a page of digital text. */
  readonly isPicture?: boolean
  /** Whether the printed total leaves out the last row. */
  readonly forgetsLastRow?: boolean
  /** Absent: drawn. */
  readonly rulings?: RulingStyle
}

export interface PlannedTable {
  readonly sheetPlan: SheetPlan
  readonly layout: string
  readonly wear: readonly string[]
}

export function planTable(request: TableRequest): PlannedTable {
  const { recordType, publisher, year, manner, lines, wear, random } = request
  const isProcurement = recordType === 'procurement_line'
  const draw = random.pick(isProcurement ? PROCUREMENT_LAYOUTS : SERVICE_LAYOUTS)
  const layout = draw({ random, ...manner, sources: sourcesOf(lines) })
  const drawnStyle = drawStyle(layout.paper, layout.columns.length, wear, random)
  const style = { ...drawnStyle, rulings: request.rulings ?? drawnStyle.rulings }
  const drawn = wear === null ? null : drawWear(wear, layout.paper, publisher.name, random)
  const isPicture = request.isPicture === true && layout.paper === A4_LANDSCAPE
  const worn =
    drawn === null || !isPicture
      ? drawn
      : { ...drawn, wear: { ...drawn.wear, quarterTurns: 0 as const, stripHeight: 0 } }
  const hasLayer = worn !== null && !isPicture && random.chance(0.45)
  const base = random.pick(isProcurement ? PROCUREMENT_TITLES : SERVICE_TITLES)
  const sheetPlan: SheetPlan = {
    sheet: {
      recordType,
      title: random.chance(0.75) ? `${year}年${base}` : base,
      above: {
        left: `${random.pick(['部门：', '部门名称：', '填报单位：', '编制部门：'])}${publisher.name}`,
        right: layout.unitStandsAbove ? unitLine(manner, random) : '',
      },
      below: random.chance(0.3) ? random.pick(['注：本表按预算批复口径编制。', '备注：空白处表示无此项支出。']) : '',
      columns: layout.columns,
      rows: sheetRows(layout, publisher, lines, request.forgetsLastRow === true),
    },
    style,
    repeatsHeader: random.chance(0.6),
    scan: worn === null ? null : scanPlan(worn, hasLayer, random.fork('layer')),
    overlay: () => worn?.overlay ?? '',
    ...(isPicture ? { host: hostPage(publisher, year, lines) } : {}),
  }
  const names = [
    ...(worn?.names ?? []),
    `${style.rulings} rulings`,
    ...(hasLayer ? ['garbled layer'] : []),
    ...(isPicture ? ['picture on a page of text'] : []),
  ]
  return { sheetPlan, layout: layout.name, wear: names }
}

export function scanPlan(worn: WornPage, hasLayer: boolean, random: Random): ScanPlan {
  const rate = random.between(0.15, 0.6)
  return { wear: worn.wear, layer: hasLayer ? (scanned) => garbleLines(scanned, rate, random) : null }
}

export function unitLine({ price, amount }: MoneyManner, random: Random): string {
  const lead = random.pick(['单位：', '金额单位：', '单位:'])
  return price.unit === amount.unit ? `${lead}${amount.unit}` : `${lead}${amount.unit}（单价：${price.unit}）`
}

function sheetRows(
  layout: Layout,
  publisher: Publisher,
  lines: readonly LineFields[],
  forgetsLastRow: boolean,
): SheetRow[] {
  const { columns } = layout
  const data = lines.map((fields, index) => dataRow(columns, fields, index + 1))
  const total = totalRow(columns, forgetsLastRow ? lines.slice(0, -1) : lines, '合计', {
    labelColumn: layout.totalLabelColumn,
    labelSpan: layout.totalLabelSpan,
  })
  return [
    ...(layout.hasOrdinalRow ? [ordinalRow(columns)] : []),
    ...(layout.total === 'first' ? [total] : []),
    ...(layout.hasDepartmentRow ? [groupRow(columns, { 0: publisher.departmentCode, 1: publisher.name })] : []),
    ...(layout.hasUnitTotals ? withUnitTotals(layout, publisher, lines, data) : data),
    ...(layout.total === 'last' ? [total] : []),
  ]
}

function withUnitTotals(
  layout: Layout,
  publisher: Publisher,
  lines: readonly LineFields[],
  data: readonly SheetRow[],
): SheetRow[] {
  return publisher.units.flatMap((unit) => {
    const own = lines.filter((line) => line.unit_code === unit.code)
    if (own.length === 0) return []
    const sums = totalRow(layout.columns, own, unit.code)
    const row: SheetRow = {
      ...sums,
      kind: 'group',
      cells: sums.cells.map((cell, index) => (index === 1 ? unit.name : cell)),
    }
    return [row, ...data.filter((_, index) => lines[index]?.unit_code === unit.code)]
  })
}
