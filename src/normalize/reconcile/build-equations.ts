import type { BodyRow } from '../forms/classify-rows.ts'
import { compactText } from '../forms/table-view.ts'
import { type Equation, evaluate } from './equation.ts'
import type { ProseTotal } from './find-prose-totals.ts'
import type { MoneyCell } from './money-cell.ts'

/** The money of one table: its rows with the cells that stand in them, by column key. */
export interface MoneyRow {
  readonly row: BodyRow
  /** 1-based over data rows; null for totals and groups. */
  readonly rowIndex: number | null
  readonly cells: ReadonlyMap<string, MoneyCell>
  /** What the quantity cell says, when it can be read. */
  readonly quantity: number | null
}

const PRICE = 'unit_price/whole'
const AMOUNT = 'amount/whole'
const TOTAL_COLUMNS = ['amount/whole', 'amount_sme/whole', 'amount_micro/whole']

/** Every equation that a table and the prose give for its money. */
export function buildEquations(rows: readonly MoneyRow[], prose: readonly ProseTotal[]): readonly Equation[] {
  const data = rows.filter(({ row }) => row.kind === 'data')
  const finest = { price: finestRounding(data, PRICE), amount: finestRounding(data, AMOUNT) }
  return [
    ...data.flatMap((row) => productOf(row, finest)),
    ...usual(data.flatMap(fundEquality), rows),
    ...data.flatMap((row) => partOf(row, 'amount_sme/whole', 'amount/whole')),
    ...data.flatMap((row) => partOf(row, 'amount_micro/whole', 'amount/whole')),
    ...usual(
      data.flatMap((row) => partOf(row, 'amount_micro/whole', 'amount_sme/whole')),
      rows,
    ),
    ...totalColumns(rows).flatMap((column) => totalsOf(rows, column)),
    ...proseEquations(rows, prose),
  ]
}

function totalColumns(rows: readonly MoneyRow[]): readonly string[] {
  const funds = new Set(rows.flatMap(({ cells }) => [...cells.keys()].filter((key) => key.startsWith('fund/'))))
  return [...TOTAL_COLUMNS, ...funds]
}

function place({ row, rowIndex }: MoneyRow): string {
  return `page ${row.pageNumber}, table ${row.tableIndex}, row ${rowIndex ?? row.label}`
}

function isPrinted(cell: MoneyCell | undefined): cell is MoneyCell {
  return cell !== undefined && cell.state !== 'empty'
}

/**
 * What the figures of a column may be rounded by, in fen: by the finest place that any of them prints. One with fewer places
 * has lost its zeros, and is exact to that place, too.
 */
function finestRounding(rows: readonly MoneyRow[], column: string): number {
  const printed = rows.map(({ cells }) => cells.get(column)).filter(isPrinted)
  return Math.min(...printed.map(({ roundingFen }) => roundingFen))
}

function productOf(money: MoneyRow, finest: { price: number; amount: number }): readonly Equation[] {
  const price = money.cells.get(PRICE)
  const amount = money.cells.get(AMOUNT)
  if (money.quantity === null || money.quantity <= 0 || !isPrinted(price) || !isPrinted(amount)) return []
  const { quantity } = money
  // One piece costs its amount exactly; of several, each printed price is rounded, and so is the amount.
  const toleranceFen = quantity === 1 ? 0 : Math.floor(quantity * finest.price + finest.amount)
  return [
    {
      shape: 'product',
      kind: 'row-product',
      where: place(money),
      quantity,
      price: price.key,
      amount: amount.key,
      toleranceFen,
    },
  ]
}

function fundEquality(money: MoneyRow): readonly Equation[] {
  const amount = money.cells.get('amount/whole')
  const parts = [...money.cells].filter(([key]) => key.startsWith('fund/')).map(([, cell]) => cell.key)
  if (!isPrinted(amount) || parts.length === 0) return []
  return [{ shape: 'sum', kind: 'row-equality', where: place(money), parts, whole: amount.key }]
}

function partOf(money: MoneyRow, partKey: string, wholeKey: string): readonly Equation[] {
  const part = money.cells.get(partKey)
  const whole = money.cells.get(wholeKey)
  if (!isPrinted(part) || !isPrinted(whole)) return []
  return [{ shape: 'part', kind: 'part-not-above-whole', where: place(money), part: part.key, whole: whole.key }]
}

/** Equations that hold on most rows as read: a relation that most rows break is not one of this table. */
function usual(equations: readonly Equation[], rows: readonly MoneyRow[]): readonly Equation[] {
  const fenOf = bestFen(rows)
  const holding = equations.filter((equation) => evaluate(equation, fenOf).holds).length
  return holding * 2 > equations.length ? equations : []
}

function bestFen(rows: readonly MoneyRow[]): (key: string) => number {
  const best = new Map(
    rows.flatMap(({ cells }) => [...cells.values()].map((cell) => [cell.key, cell.options[0]?.fen ?? 0] as const)),
  )
  return (key) => best.get(key) ?? 0
}

function totalsOf(rows: readonly MoneyRow[], column: string): readonly Equation[] {
  const fenOf = bestFen(rows)
  return rows.flatMap((money, index): readonly Equation[] => {
    const whole = money.cells.get(column)
    if (money.row.kind === 'data' || !isPrinted(whole)) return []
    const scopes = scopesOf(rows, index)
      .map((scope) => partsIn(scope, column))
      .filter((parts) => parts.length > 0)
    const kind = money.row.kind === 'total' ? 'column-total' : 'group-total'
    const options = scopes.map(
      (parts): Equation => ({ shape: 'sum', kind, where: place(money), parts, whole: whole.key }),
    )
    const chosen = options.find((equation) => evaluate(equation, fenOf).holds) ?? options[0]
    return chosen === undefined ? [] : [chosen]
  })
}

function partsIn(rows: readonly MoneyRow[], column: string): readonly string[] {
  const cells = rows
    .filter(({ row }) => row.kind === 'data')
    .map(({ row, cells }) => ({ use: row.uses.get(column), cell: cells.get(column) }))
  // A merged cell counts once, in the row where it starts.
  return cells.flatMap(({ use, cell }) => (cell === undefined || use?.isInherited === true ? [] : [cell.key]))
}

/** The runs of rows that a total may be the sum of, the likeliest first; what is carried over a page break parts no run. */
function scopesOf(all: readonly MoneyRow[], place: number): readonly (readonly MoneyRow[])[] {
  const own = all[place]
  if (own === undefined) return []
  if (own.row.kind === 'carried') return soFar(all.slice(0, place), own.row.pageNumber)
  const rows = all.filter(({ row }) => row.kind !== 'carried')
  const index = rows.indexOf(own)
  const sameKindBefore = rows.slice(0, index).findLastIndex(({ row }) => row.kind === own.row.kind)
  const headBefore = rows.slice(0, index).findLastIndex(({ row }) => row.kind !== 'data')
  const since = rows.slice(sameKindBefore + 1, index)
  const sinceHead = rows.slice(headBefore + 1, index)
  const after = rows.slice(
    index + 1,
    endOfRun(rows, index, ({ row }) => row.kind !== 'data'),
  )
  const afterSame = rows.slice(
    index + 1,
    endOfRun(rows, index, ({ row }) => row.kind === own.row.kind),
  )
  if (own.row.kind === 'total') return [rows, since, afterSame]
  if (own.row.kind === 'subtotal') {
    const page = rows.filter(({ row }) => row.pageNumber === own.row.pageNumber)
    return [sinceHead, since, page, after]
  }
  const code = unitCodeOf(own.row)
  const below = rows.slice(
    index + 1,
    endOfRun(rows, index, ({ row }) => row.kind === 'total' || leavesGroup(row, code)),
  )
  return code === '' ? [after, below] : [below, after]
}

/** Rows before what is carried: all of them, those of this total, or those of the page, of which the first may be unread. */
function soFar(before: readonly MoneyRow[], pageNumber: number): readonly (readonly MoneyRow[])[] {
  const lastTotal = before.findLastIndex(({ row }) => row.kind === 'total' || row.kind === 'subtotal')
  return [before, before.slice(lastTotal + 1), before.filter(({ row }) => row.pageNumber === pageNumber)]
}

function endOfRun(rows: readonly MoneyRow[], index: number, isEnd: (row: MoneyRow) => boolean): number {
  const end = rows.findIndex((row, position) => position > index && isEnd(row))
  return end === -1 ? rows.length : end
}

function leavesGroup(row: BodyRow, code: string): boolean {
  return row.kind === 'group' && !unitCodeOf(row).startsWith(code)
}

function unitCodeOf(row: BodyRow): string {
  const use = row.uses.get('unit/code') ?? row.uses.get('unit/whole')
  return /\d{3,}/.exec(compactText(use?.cell ?? null))?.[0] ?? ''
}

/** What the prose states, as a witness for the printed total or, without one, for the sum of the rows. */
function proseEquations(rows: readonly MoneyRow[], prose: readonly ProseTotal[]): readonly Equation[] {
  const totals = rows
    .filter(({ row }) => row.kind === 'total')
    .map(({ cells }) => cells.get('amount/whole'))
    .filter(isPrinted)
  const all = partsIn(rows, 'amount/whole')
  const [total] = totals
  // On a scan a statement helps to read the printed total; printed rows are held against it themselves.
  const parts = total === undefined || total.state === 'printed' ? all : [total.key]
  if (parts.length === 0) return []
  const whole = prose.filter(({ part }) => part === 'all')
  const fenOf = bestFen(rows)
  const equations = whole.map((stated): Equation => {
    const where = `page ${stated.pageNumber}, text "${stated.quote}"`
    return {
      shape: 'stated',
      kind: 'prose-total',
      where,
      parts,
      statedFen: stated.fen,
      toleranceFen: stated.toleranceFen,
    }
  })
  // Several sentences may state several totals (all units, this unit); one that fits is the table's.
  const fitting = equations.filter((equation) => evaluate(equation, fenOf).holds)
  return fitting.length > 0 ? fitting.slice(0, 1) : equations.slice(0, 1)
}
