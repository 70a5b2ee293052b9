import type { ProsePlan } from './build-document.ts'
import { drawProcurementLines, drawPublisher, drawServiceLines, type Publisher } from './content/draw-lines.ts'
import type { Vocabulary } from './content/vocabulary.ts'
import { drawStyle } from './draw-style.ts'
import { drawWear } from './draw-wear.ts'
import { BUDGET_LAYOUTS } from './layouts/budget-layouts.ts'
import { A4_PORTRAIT, type RulingStyle } from './page-html.ts'
import { type GeneratedPlan, MANNERS, type PlannedTable, planTable, scanPlan, unitLine } from './plan-document.ts'
import { createRandom, type Random } from './random.ts'
import { tablelessPage } from './tableless-pages.ts'
import type { WearManner } from './treatments.ts'

/** Tables as offices print them where nobody draws a grid. */
const UNRULED: readonly RulingStyle[] = [
  'three-line',
  'three-line',
  'spanner-rules',
  'horizontal-only',
  'none',
  'shaded-rows',
  'white',
  'white',
]

export interface UnruledRequest {
  readonly seed: number
  readonly kind: 'unruled' | 'unruled-text'
  readonly manner: WearManner | null
}

/**
 * Draws a document whose tables have no grid: an ordinary budget table, a procurement or service table, and a page
 * without any table that looks as if it had columns.
 */
export function planUnruled({ seed, kind, manner }: UnruledRequest, vocabulary: Vocabulary): GeneratedPlan {
  const random = createRandom(seed).fork('unruled')
  const publisher = drawPublisher(vocabulary, random.fork('publisher'))
  const year = random.integer(2023, 2026)
  const wear = kind === 'unruled' ? (manner ?? 'office') : null
  const drawn: DrawnTable = { vocabulary, publisher, year, wear, random: random.fork('budget') }
  const tables = [
    planBudget(drawn),
    planBudget({ ...drawn, random: random.fork('second budget') }),
    planRecords({ ...drawn, random: random.fork('records') }),
  ]
  const prose = planTableless({ ...drawn, random: random.fork('prose') })
  return {
    plan: {
      title: `${publisher.name}${year}年部门预算`,
      publisher: publisher.name,
      fiscalYear: year,
      parts: [...tables.map((table) => table.sheetPlan), prose],
    },
    seed,
    kind,
    layouts: tables.map((table) => table.layout),
    wear: [...new Set(tables.flatMap((table) => table.wear))],
    publisherErrors: [],
  }
}

export interface DrawnTable {
  readonly vocabulary: Vocabulary
  readonly publisher: Publisher
  readonly year: number
  readonly wear: WearManner | null
  readonly random: Random
}

/** Draws one ordinary budget table; `rulings` are those that it may have. */
export function planBudget(
  { vocabulary, publisher, year, wear, random }: DrawnTable,
  rulings: readonly RulingStyle[] = UNRULED,
): PlannedTable {
  const money = { unit: '万元', decimals: 2, grouped: random.chance(0.35) } as const
  const layout = random.pick(BUDGET_LAYOUTS)({ vocabulary, publisher, money, random })
  const style = { ...drawStyle(layout.paper, layout.columns.length, wear, random), rulings: random.pick(rulings) }
  const worn = wear === null ? null : drawWear(wear, layout.paper, publisher.name, random)
  const sheetPlan = {
    sheet: {
      recordType: 'budget_line' as const,
      title: random.chance(0.7) ? `${year}年${layout.title}` : layout.title,
      above: { left: `部门：${publisher.name}`, right: unitLine({ price: money, amount: money }, random) },
      below: random.chance(0.3) ? '注：本表以万元为单位，因四舍五入可能存在尾差。' : '',
      columns: layout.columns,
      rows: layout.rows,
    },
    style: { ...style, shadedHeader: style.rulings === 'shaded-rows' || (style.shadedHeader && random.chance(0.5)) },
    repeatsHeader: true,
    scan: worn === null ? null : scanPlan(worn, false, random),
    overlay: () => worn?.overlay ?? '',
  }
  return { sheetPlan, layout: layout.name, wear: [...(worn?.names ?? []), `${style.rulings} rulings`] }
}

function planRecords({ vocabulary, publisher, year, wear, random }: DrawnTable): PlannedTable {
  const manner = random.pick(MANNERS)
  const isProcurement = random.chance(0.6)
  const count = random.integer(5, 12)
  const lines = isProcurement
    ? drawProcurementLines(vocabulary, publisher, count, manner, random)
    : drawServiceLines(vocabulary, publisher, count, manner, random)
  const planned = planTable({
    recordType: isProcurement ? 'procurement_line' : 'service_purchase_line',
    publisher,
    year,
    manner: isProcurement ? manner : { ...manner, price: manner.amount },
    lines,
    wear,
    random,
    rulings: random.pick(UNRULED),
  })
  // Without a line between rows nobody could tell which of them a merged cell covers.
  const columns = planned.sheetPlan.sheet.columns.map(({ mergesDown: _merged, ...column }) => column)
  return { ...planned, sheetPlan: { ...planned.sheetPlan, sheet: { ...planned.sheetPlan.sheet, columns } } }
}

function planTableless({ publisher, year, wear, random }: DrawnTable): ProsePlan {
  const page = tablelessPage(publisher, year, random)
  const worn = wear === null ? null : drawWear(wear, A4_PORTRAIT, publisher.name, random)
  return { ...page, scan: worn === null ? null : scanPlan(worn, false, random), isTableless: true }
}
