import { fenToYuan } from '../money/parse-amount.ts'
import { deriveEqualities } from './derive-equalities.ts'
import { type Equation, evaluate, keysOf } from './equation.ts'
import { canBeShown } from './explain-glyphs.ts'
import { type EquationsByKey, findRepair, indexEquations } from './find-repair.ts'
import { guessAmounts } from './guess-amounts.ts'
import type { AmountOption, MoneyCell } from './money-cell.ts'
import { only, type Propagation, propagate } from './propagate.ts'
import type { Domain } from './support-of-sum.ts'
import { createDocumentBudget, createWorkBudget, type WorkBudget } from './work-budget.ts'

/**
 * How a cell's figure was found. printed: as it stands. read: as the readers have it. repaired: equations leave just
 * this figure, or one misread glyph explains all of them. inferred: only the likeliest. none: nothing can be made of it.
 */
export type SettledHow = 'printed' | 'read' | 'repaired' | 'inferred' | 'none' | 'empty'

/** A cell after equations. `pinned`: an equation whose other members are sure leaves exactly this figure. */
export interface SettledAmount {
  readonly cell: MoneyCell
  readonly fen: number | null
  readonly how: SettledHow
  readonly pinned: boolean
  readonly options: readonly AmountOption[]
  readonly evidence: readonly string[]
}

export interface MoneySolution {
  readonly amounts: ReadonlyMap<string, SettledAmount>
  readonly equations: readonly Equation[]
}

/** Single-cell repairs of one table; each is a new propagation. */
const MAX_REPAIRS = 12

/**
 * Settles the money of one table by its equations. Trusted text is never altered. Work is bounded: at most 12 repairs, each
 * a propagation of at most 12 rounds; all sums together have one budget (about 10 s) out of that of the document, and what
 * goes beyond it stays unconstrained.
 */
export function solveMoney(
  cells: readonly MoneyCell[],
  equations: readonly Equation[],
  ofDocument: WorkBudget = createDocumentBudget(),
): MoneySolution {
  const byKey = new Map(cells.map((cell) => [cell.key, cell]))
  const usable = equations.filter((equation) => keysOf(equation).every((key) => isUsable(byKey.get(key))))
  const start = new Map(cells.map((cell) => [cell.key, startDomain(cell)]))
  const repairs = new Map<string, AmountOption>()
  const budget = createWorkBudget(undefined, ofDocument)
  let found = propagate(start, usable, budget)
  const derived = deriveEqualities(usable, (key) => only(found.domains.get(key)))
  if (derived.length > 0) {
    usable.push(...derived)
    found = propagate(start, usable, budget)
  }
  const equationsOf = indexEquations(usable)
  while (found.failed.size > 0 && repairs.size < MAX_REPAIRS) {
    const repair = findRepair(byKey, equationsOf, found, repairs)
    if (repair === null) break
    repairs.set(repair.key, repair.option)
    start.set(repair.key, { fens: [repair.option.fen], ceiling: repair.option.fen })
    found = propagate(start, usable, budget)
  }
  const guesses = guessAmounts(byKey, usable, found)
  const amounts = new Map<string, SettledAmount>()
  for (const cell of cells) amounts.set(cell.key, settle(cell, found, repairs, guesses, equationsOf, byKey))
  return { amounts, equations: usable }
}

function isUsable(cell: MoneyCell | undefined): boolean {
  return cell !== undefined && (cell.isOpen || cell.options.length > 0)
}

function startDomain(cell: MoneyCell): Domain {
  if (cell.isOpen) return { fens: null, ceiling: cell.ceilingFen }
  return { fens: cell.options.map(({ fen }) => fen), ceiling: cell.ceilingFen }
}

function settle(
  cell: MoneyCell,
  found: Propagation,
  repairs: ReadonlyMap<string, AmountOption>,
  guesses: ReadonlyMap<string, number>,
  equationsOf: EquationsByKey,
  byKey: ReadonlyMap<string, MoneyCell>,
): SettledAmount {
  const domain = found.domains.get(cell.key)
  const allowed = new Set(domain?.fens ?? [])
  const options = domain?.fens === null ? cell.options : cell.options.filter(({ fen }) => allowed.has(fen))
  if (cell.state === 'empty') return { cell, fen: null, how: 'empty', pinned: false, options: [], evidence: [] }
  if (cell.state === 'printed') {
    const fen = cell.options[0]?.fen ?? null
    return { cell, fen, how: fen === null ? 'none' : 'printed', pinned: false, options, evidence: [] }
  }
  const proof = findProof(cell.key, found, equationsOf.get(cell.key) ?? [], byKey)
  const single = only(domain)
  const repair = repairs.get(cell.key)
  const evidence = proof === null ? [] : [proof]
  if (repair !== undefined && single !== null) {
    const told = [`${repair.how}: the only single misreading with which the equations hold`]
    return {
      cell,
      fen: single,
      how: 'repaired',
      pinned: proof !== null,
      options: [repair],
      evidence: [...told, ...evidence],
    }
  }
  const isRead = cell.options[0]?.fen === single && cell.state !== 'damaged'
  if (single !== null && isRead) return { cell, fen: single, how: 'read', pinned: proof !== null, options, evidence }
  if (single !== null && cell.state === 'damaged' && !canBeShown(cell, single)) {
    const evidence = ['an equation leaves this figure, and the pixels hardly show it']
    return { cell, fen: single, how: 'inferred', pinned: false, options, evidence }
  }
  if (single !== null && (proof !== null || cell.state === 'split')) {
    return { cell, fen: single, how: 'repaired', pinned: proof !== null, options, evidence }
  }
  const guess = single ?? guesses.get(cell.key) ?? null
  if (guess === null) return { cell, fen: null, how: 'none', pinned: false, options, evidence: [] }
  const how = cell.state === 'damaged' ? 'inferred' : cell.options[0]?.fen === guess ? 'read' : 'inferred'
  return { cell, fen: guess, how, pinned: false, options, evidence: [] }
}

/**
 * The equation, in words with figures, that leaves exactly this cell's figure; null when none does. An open cell would
 * absorb any misreading of the others, so for it they must be surer than one reader's word.
 */
function findProof(
  key: string,
  found: Propagation,
  concerned: readonly Equation[],
  byKey: ReadonlyMap<string, MoneyCell>,
): string | null {
  const fen = only(found.domains.get(key))
  if (fen === null) return null
  const needsFirm = byKey.get(key)?.isOpen === true
  for (const equation of concerned) {
    const keys = keysOf(equation)
    if (equation.shape === 'part' || found.failed.has(equation)) continue
    // Within a rounding several figures fit: such a sum supports what was read and proves nothing.
    if (equation.shape === 'sum' && (equation.toleranceFen ?? 0) > 0) continue
    if (keys.some((each) => only(found.domains.get(each)) === null)) continue
    if (needsFirm && keys.some((each) => each !== key && byKey.get(each)?.state === 'lone')) continue
    if (!evaluate(equation, (each) => only(found.domains.get(each)) ?? 0).holds) continue
    return tellEquation(equation, key, (each) => only(found.domains.get(each)) ?? 0)
  }
  return null
}

function tellEquation(equation: Equation, key: string, fenOf: (key: string) => number): string {
  const yuan = (each: string) => fenToYuan(fenOf(each))
  if (equation.shape === 'product')
    return `${equation.where}: ${equation.quantity} x ${yuan(equation.price)} = ${yuan(equation.amount)} yuan`
  if (equation.shape === 'part')
    return `${equation.where}: ${yuan(equation.part)} is no more than ${yuan(equation.whole)} yuan`
  const others = equation.parts.filter((each) => each !== key)
  const sum = fenToYuan(others.reduce((total, each) => total + fenOf(each), 0))
  if (equation.shape === 'stated') return `${equation.where}: the text states ${fenToYuan(equation.statedFen)} yuan`
  if (equation.whole === key) return `${equation.where}: the ${others.length} parts add up to ${sum} yuan`
  return `${equation.where}: ${yuan(equation.whole)} less the other ${others.length} (${sum}) leaves ${yuan(key)} yuan`
}
