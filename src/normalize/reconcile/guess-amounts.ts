import type { Equation } from './equation.ts'
import { keysOf } from './equation.ts'
import type { MoneyCell } from './money-cell.ts'
import { only, type Propagation } from './propagate.ts'
import type { Domain } from './support-of-sum.ts'

/**
 * The likeliest figure of every cell that equations leave open; an open cell takes
 * what its sum then leaves. A ratio or a habit proves nothing: these figures are for a person to confirm.
 */
export function guessAmounts(
  byKey: ReadonlyMap<string, MoneyCell>,
  equations: readonly Equation[],
  found: Propagation,
): ReadonlyMap<string, number> {
  const guesses = new Map<string, number>()
  const fenOf = (key: string) => only(found.domains.get(key)) ?? guesses.get(key)
  for (const [key, cell] of byKey) {
    const domain = found.domains.get(key)
    if (domain === undefined || only(domain) !== null || cell.isOpen) continue
    const likeliest = likeliestOf(cell, domain)
    if (likeliest !== null) guesses.set(key, likeliest)
  }
  const ratio = usualRatio(equations, (key) => only(found.domains.get(key)))
  for (const equation of equations) {
    if (equation.shape !== 'part' || ratio === null || only(found.domains.get(equation.part)) !== null) continue
    const whole = only(found.domains.get(equation.whole))
    const expected = whole === null ? null : Math.round(whole * ratio)
    if (expected !== null && found.domains.get(equation.part)?.fens?.includes(expected))
      guesses.set(equation.part, expected)
  }
  for (const equation of equations) {
    if (equation.shape === 'part' || (equation.shape === 'sum' && (equation.toleranceFen ?? 0) > 0)) continue
    const unknown = keysOf(equation).filter((key) => fenOf(key) === undefined)
    const [key] = unknown
    if (key === undefined || unknown.length > 1) continue
    const left = remainder(equation, key, (each) => fenOf(each) ?? 0)
    const domain = found.domains.get(key)
    const isPossible =
      left !== null && left >= 0 && (domain?.fens === null ? left <= domain.ceiling : domain?.fens.includes(left))
    if (left !== null && isPossible) guesses.set(key, left)
  }
  for (const [key, cell] of byKey) {
    if (fenOf(key) !== undefined) continue
    const [best] = cell.options
    if (best !== undefined && cell.state === 'damaged') guesses.set(key, best.fen)
  }
  return guesses
}

const LEAST_RATIOS = 3
const USUAL_SHARE = 0.6

/** The share of the whole that most parts have (小微企业 are often 60 %); null when no share is usual. */
function usualRatio(equations: readonly Equation[], fenOf: (key: string) => number | null): number | null {
  const counts = new Map<number, number>()
  let total = 0
  for (const equation of equations) {
    if (equation.shape !== 'part') continue
    const part = fenOf(equation.part)
    const whole = fenOf(equation.whole)
    if (part === null || whole === null || whole === 0 || part === whole) continue
    const ratio = Math.round((part / whole) * 1000) / 1000
    counts.set(ratio, (counts.get(ratio) ?? 0) + 1)
    total += 1
  }
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1])
  return most !== undefined && most[1] >= LEAST_RATIOS && most[1] >= total * USUAL_SHARE ? most[0] : null
}

/** What an equation leaves for one cell when all others are given; null where that is no whole fen. */
function remainder(equation: Equation, key: string, fenOf: (key: string) => number): number | null {
  if (equation.shape === 'part') return null
  if (equation.shape === 'product') {
    const left =
      key === equation.amount ? equation.quantity * fenOf(equation.price) : fenOf(equation.amount) / equation.quantity
    return Number.isInteger(left) ? left : null
  }
  const others = equation.parts.filter((each) => each !== key).reduce((sum, each) => sum + fenOf(each), 0)
  if (equation.shape === 'stated') return equation.statedFen - others
  return equation.whole === key ? others : fenOf(equation.whole) - others
}

function likeliestOf(cell: MoneyCell, domain: Domain): number | null {
  const allowed = new Set(domain.fens ?? [])
  const option = cell.options.find(({ fen }) => allowed.has(fen)) ?? null
  return option?.fen ?? null
}
