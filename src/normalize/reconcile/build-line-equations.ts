import type { BudgetForm } from '../forms/budget-form.ts'
import { isGrandTotal, type LineName } from '../forms/line-names.ts'
import { type Equation, evaluate } from './equation.ts'
import type { MoneyCell } from './money-cell.ts'

/** A line of a budget table with its money by field; `code` is null for totals and in tables without codes. */
export interface LineMoney {
  readonly block: number
  readonly side: 'income' | 'expenditure' | null
  readonly code: string | null
  readonly name: LineName | null
  readonly depth: number
  /** The first of the blocks over which its name reaches, where that is not its own (公用经费合计 under two blocks). */
  readonly fromBlock: number
  readonly where: string
  readonly cells: ReadonlyMap<string, MoneyCell>
}

type SumKind = Extract<Equation, { shape: 'sum' }>['kind']

/** Every equation that a budget table gives: down its classification, across its columns, and income against expenditure. */
export function buildLineEquations(lines: readonly LineMoney[], form: BudgetForm): readonly Equation[] {
  const blocks = [...new Set(lines.map(({ block }) => block))]
  // What stands under a class may go on in the next block: where every code stands once, they are one classification.
  const whole = parentsOf(lines)
  const classes = whole === null ? [] : fieldsOf(lines).flatMap((field) => codedSums(whole, field))
  const down = blocks.flatMap((block) => {
    const own = lines.filter((line) => line.block === block)
    // A block without codes (income beside classes of expenditure) is told by its numbering.
    const isCoded = own.some(({ code }) => code !== null)
    const parents = isCoded ? (whole ?? parentsOf(own)) : null
    return fieldsOf(own).flatMap((field) => [
      ...(whole === null || !isCoded ? classificationSums(own, field) : []),
      ...totalSums(own, lines, field, parents),
    ])
  })
  return [...classes, ...down, ...columnSums(lines, form), ...balance(lines)]
}

function fieldsOf(lines: readonly LineMoney[]): readonly string[] {
  return [...new Set(lines.flatMap(({ cells }) => [...cells.keys()]))]
}

const isTotal = ({ name }: LineMoney) => name?.kind === 'total' || name?.kind === 'subtotal'

/** The line above each by its code; null for those at the top. */
type Parents = ReadonlyMap<LineMoney, LineMoney | null>

/** Lines whose code no other line begins. Null where a code stands twice: then codes say nothing of sums. */
function parentsOf(lines: readonly LineMoney[]): Parents | null {
  const coded = lines.filter(({ code }) => code !== null)
  const byCode = new Map(coded.map((line) => [line.code, line]))
  if (coded.length === 0 || byCode.size < coded.length) return null
  return new Map(coded.map((line) => [line, nearestAbove(line.code ?? '', byCode)]))
}

function nearestAbove(code: string, byCode: ReadonlyMap<string | null, LineMoney>): LineMoney | null {
  for (let length = code.length - 1; length >= 3; length -= 1) {
    const above = byCode.get(code.slice(0, length))
    if (above !== undefined) return above
  }
  return null
}

function classificationSums(lines: readonly LineMoney[], field: string): readonly Equation[] {
  const parents = parentsOf(lines)
  return parents === null ? usual(numberedSums(lines, field), lines) : codedSums(parents, field)
}

function codedSums(parents: Parents, field: string): readonly Equation[] {
  const children = new Map<LineMoney, LineMoney[]>()
  for (const [line, parent] of parents) {
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), line])
  }
  return [...children].flatMap(([parent, parts]) => sum('classification-total', parent, parts, field))
}

/** A line with deeper lines under it is their sum, unless these are only parts of it (其中). */
function numberedSums(lines: readonly LineMoney[], field: string): readonly Equation[] {
  return lines.flatMap((line, index) => {
    if (isTotal(line) || line.name?.kind === 'of_which') return []
    const after = lines.slice(index + 1)
    const end = after.findIndex((other) => other.depth <= line.depth)
    const below = end === -1 ? after : after.slice(0, end)
    const parts = below.filter(({ depth, name }) => depth === line.depth + 1 && name?.kind === 'line')
    return parts.length === 0 ? [] : sum('classification-total', line, parts, field)
  })
}

/** Tells the lines that stand at the top of a block. */
function topOf(parents: Parents | null): (line: LineMoney) => boolean {
  return (line) => (parents === null ? line.depth === 1 : parents.get(line) === null)
}

/** The lines at the top of the blocks over which the name of a total reaches; none where it reaches over its own alone. */
function topsOfBlocks({ block, fromBlock }: LineMoney, all: readonly LineMoney[]): readonly LineMoney[] {
  if (fromBlock >= block) return []
  const whole = parentsOf(all)
  const blocks = [...new Set(all.map((line) => line.block))].filter((each) => each >= fromBlock && each <= block)
  return blocks.flatMap((each) => {
    const own = all.filter((line) => line.block === each)
    const isTop = topOf(whole ?? parentsOf(own))
    return own.filter((line) => !isTotal(line) && isTop(line))
  })
}

/**
 * A total is the sum of the lines at the top, of those since the last total, or of that total and what follows it; under several blocks it
 * is that of all of them; where it stands over its lines, of those up to the next.
 */
function totalSums(
  lines: readonly LineMoney[],
  all: readonly LineMoney[],
  field: string,
  parents: Parents | null,
): readonly Equation[] {
  const isTop = topOf(parents)
  const fenOf = bestFen(lines)
  return lines.flatMap((total, index): readonly Equation[] => {
    if (!isTotal(total)) return []
    const others = lines.filter((line) => line !== total && !isTotal(line))
    const before = lines.slice(0, index)
    const last = before.findLastIndex(isTotal)
    const since = before.slice(last + 1).filter(isTop)
    const lastTotal = before[last]
    const scopes = [
      topsOfBlocks(total, all),
      ...(lastTotal !== undefined && isGrandTotal(total.name?.name ?? '') ? [[lastTotal, ...since]] : []),
      ...(lastTotal === undefined ? [] : [[lastTotal, ...since.slice(0, 1)]]),
      others.filter(isTop),
      since,
      others.filter((line) => line.code !== null && isLeaf(line, others)),
      leavesAfter(lines.slice(index + 1)),
    ]
    const options = scopes
      .filter((parts) => parts.length > 0)
      .flatMap((parts) => sum('column-total', total, parts, field))
    const chosen = options.find((equation) => evaluate(equation, fenOf).holds) ?? options[0]
    return chosen === undefined ? [] : [chosen]
  })
}

/** The classes after a total, up to the next: under a unit its sub-total may stand first. */
function leavesAfter(after: readonly LineMoney[]): readonly LineMoney[] {
  const next = after.findIndex(isTotal)
  const own = next === -1 ? after : after.slice(0, next)
  return own.filter((line) => line.code !== null && isLeaf(line, own))
}

function isLeaf(line: LineMoney, lines: readonly LineMoney[]): boolean {
  return !lines.some(({ code }) => code !== line.code && code?.startsWith(line.code ?? '') === true)
}

function columnSums(lines: readonly LineMoney[], form: BudgetForm): readonly Equation[] {
  const fields = new Set(fieldsOf(lines))
  const relations = form.columnSums
    .filter(({ unless = [] }) => !unless.some((field) => fields.has(field)))
    .map((relation) => ({ ...relation, equations: equationsOf(lines, relation) }))
    .filter(({ equations }) => equations.length > 0)
  const fenOf = bestFen(lines)
  const holding = relations.map(
    ({ equations }) => equations.filter((equation) => evaluate(equation, fenOf).holds).length,
  )
  const kept = relations.flatMap((relation, index) => {
    // Of relations that share parts (基本, 项目 with or without 结转) the table keeps the one that holds on more lines.
    const isBeaten = relations.some((other, at) => {
      if (!other.parts.some((part) => relation.parts.includes(part))) return false
      const more = (holding[at] ?? 0) - (holding[index] ?? 0)
      // Parts of another whole (基本, 项目 under 一般公共预算): not for one line that may be wrong.
      return other.whole === relation.whole ? more > 0 : sameParts(other.parts, relation.parts) && more > 1
    })
    if (relation.isStrict === true) return relation.equations
    return isBeaten ? [] : usual(relation.equations, lines)
  })
  // Relations that differ only in parts that the table does not have are one.
  return [...new Map(kept.map((equation) => [JSON.stringify(equation), equation])).values()]
}

function sameParts(a: readonly string[], b: readonly string[]): boolean {
  return a.every((part) => b.includes(part))
}

function equationsOf(
  lines: readonly LineMoney[],
  { whole, parts }: BudgetForm['columnSums'][number],
): readonly Equation[] {
  return lines.flatMap((line) => {
    const target = line.cells.get(whole)
    const present = parts.flatMap((field) => line.cells.get(field) ?? [])
    if (target === undefined || present.length < 2 || !isPrinted(target)) return []
    // Only a few columns of sources may be printed beside the total: all blank, they are no parts of it.
    return present.some(isPrinted) ? [toSum('column-parts', line, present, target)] : []
  })
}

/** Income and expenditure of a two-sided table end in the same figure. */
function balance(lines: readonly LineMoney[]): readonly Equation[] {
  const last = (side: string) => lines.findLast((line) => line.side === side && isTotal(line))
  const [income, expenditure] = [last('income'), last('expenditure')]
  const [left, right] = [income?.cells.get('total'), expenditure?.cells.get('total')]
  if (income === undefined || left === undefined || right === undefined) return []
  if (!isPrinted(left) || !isPrinted(right)) return []
  return [toSum('income-expenditure-balance', income, [right], left)]
}

function isPrinted(cell: MoneyCell): boolean {
  return cell.state !== 'empty'
}

function sum(kind: SumKind, whole: LineMoney, parts: readonly LineMoney[], field: string): readonly Equation[] {
  const target = whole.cells.get(field)
  const cells = parts.flatMap((line) => line.cells.get(field) ?? [])
  const isSilent = target === undefined || (!isPrinted(target) && !cells.some(isPrinted))
  return isSilent ? [] : [toSum(kind, whole, cells, target)]
}

function toSum(kind: SumKind, { where }: LineMoney, parts: readonly MoneyCell[], whole: MoneyCell): Equation {
  const toleranceFen = roundingOf([...parts, whole])
  return {
    shape: 'sum',
    kind,
    where: `${where}, ${whole.field}`,
    parts: parts.map(({ key }) => key),
    whole: whole.key,
    toleranceFen,
  }
}

const FEN_OF_YUAN = 100

/**
 * By how much a sum of figures that were rounded to one place may miss the rounded whole. Figures in yuan are exact;
 * so is one figure against another.
 */
function roundingOf(cells: readonly MoneyCell[]): number {
  const half = Math.min(...cells.filter(isPrinted).map(({ roundingFen }) => roundingFen))
  if (!Number.isFinite(half) || half * 2 <= FEN_OF_YUAN) return 0
  const places = Math.ceil(cells.length / 2) - 1
  return Math.max(0, places) * half * 2
}

function bestFen(lines: readonly LineMoney[]): (key: string) => number {
  const best = new Map(
    lines.flatMap(({ cells }) => [...cells.values()].map((cell) => [cell.key, cell.options[0]?.fen ?? 0] as const)),
  )
  return (key) => best.get(key) ?? 0
}

/** Equations that hold on most lines as read: a relation that most lines break is not one of this table. */
function usual(equations: readonly Equation[], lines: readonly LineMoney[]): readonly Equation[] {
  const fenOf = bestFen(lines)
  const holding = equations.filter((equation) => evaluate(equation, fenOf).holds).length
  return holding * 2 > equations.length ? equations : []
}
