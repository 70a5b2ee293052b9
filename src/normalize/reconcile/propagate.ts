import type { Equation } from './equation.ts'
import { keysOf } from './equation.ts'
import { type Domain, supportOfSum } from './support-of-sum.ts'
import type { WorkBudget } from './work-budget.ts'

/** Domains by cell key, and the equations that no choice of figures satisfies. */
export interface Propagation {
  readonly domains: ReadonlyMap<string, Domain>
  readonly failed: ReadonlySet<Equation>
}

const MAX_ROUNDS = 12

/**
 * Removes, to a fixed point, every figure that takes part in no solution of some equation. Sound: a figure that goes
 * cannot be the printed one unless an equation of the document is wrong. An equation without any solution removes
 * nothing and is named in `failed`. At most 12 rounds over all equations.
 */
export function propagate(
  start: ReadonlyMap<string, Domain>,
  equations: readonly Equation[],
  budget: WorkBudget,
): Propagation {
  const domains = new Map(start)
  const failed = new Set<Equation>()
  let stale = new Set(equations)
  for (let round = 0; round < MAX_ROUNDS && stale.size > 0; round += 1) {
    const changed = new Set<string>()
    for (const equation of stale) {
      const narrowed = narrow(equation, domains, budget)
      if (narrowed === null) continue
      if ([...narrowed.values()].some(({ fens }) => fens !== null && fens.length === 0)) {
        failed.add(equation)
        continue
      }
      for (const [key, domain] of narrowed) {
        if (sizeOf(domain) === sizeOf(domains.get(key))) continue
        domains.set(key, domain)
        changed.add(key)
      }
    }
    stale = new Set(equations.filter((each) => !failed.has(each) && keysOf(each).some((key) => changed.has(key))))
  }
  return { domains, failed }
}

/** The one figure that a domain leaves; null when there are more or none. */
export function only(domain: Domain | undefined): number | null {
  return domain?.fens?.length === 1 ? (domain.fens[0] ?? null) : null
}

function sizeOf(domain: Domain | undefined): number {
  if (domain === undefined) return -1
  return domain.fens === null ? Number.MAX_SAFE_INTEGER + domain.ceiling : domain.fens.length
}

const UNKNOWN: Domain = { fens: null, ceiling: Number.MAX_SAFE_INTEGER }

function narrow(
  equation: Equation,
  domains: ReadonlyMap<string, Domain>,
  budget: WorkBudget,
): ReadonlyMap<string, Domain> | null {
  const domainOf = (key: string) => domains.get(key) ?? UNKNOWN
  if (equation.shape === 'sum') {
    const support = supportOfSum(equation.parts.map(domainOf), domainOf(equation.whole), budget, equation.toleranceFen)
    if (support === null) return null
    const narrowed = new Map(equation.parts.map((key, index) => [key, support.parts[index] ?? UNKNOWN]))
    return narrowed.set(equation.whole, support.whole)
  }
  if (equation.shape === 'stated') {
    const [only, ...others] = equation.parts
    if (only === undefined || others.length > 0) return null
    const { fens } = domainOf(only)
    if (fens === null) return new Map([[only, { fens: [equation.statedFen], ceiling: equation.statedFen }]])
    const kept = fens.filter((fen) => Math.abs(fen - equation.statedFen) <= equation.toleranceFen)
    return new Map([[only, { fens: kept, ceiling: 0 }]])
  }
  return equation.shape === 'part' ? narrowPart(equation, domainOf) : narrowProduct(equation, domainOf)
}

type DomainOf = (key: string) => Domain

function narrowPart(equation: Equation & { shape: 'part' }, domainOf: DomainOf): ReadonlyMap<string, Domain> {
  const part = domainOf(equation.part)
  const whole = domainOf(equation.whole)
  const wholeFens = whole.fens
  const most = wholeFens === null ? whole.ceiling : wholeFens.reduce((high, fen) => Math.max(high, fen), 0)
  const partFens = part.fens
  const least = partFens === null ? 0 : partFens.reduce((low, fen) => Math.min(low, fen), Number.MAX_SAFE_INTEGER)
  const narrowedPart =
    partFens === null
      ? { fens: null, ceiling: Math.min(part.ceiling, most) }
      : { ...part, fens: partFens.filter((fen) => fen <= most) }
  const narrowedWhole = wholeFens === null ? whole : { ...whole, fens: wholeFens.filter((fen) => fen >= least) }
  return new Map([
    [equation.part, narrowedPart],
    [equation.whole, narrowedWhole],
  ])
}

/** Pairs of price and amount that fit; for one single piece they are simply equal. */
function narrowProduct(
  equation: Equation & { shape: 'product' },
  domainOf: DomainOf,
): ReadonlyMap<string, Domain> | null {
  const price = domainOf(equation.price)
  const amount = domainOf(equation.amount)
  const { quantity, toleranceFen } = equation
  if (price.fens === null && amount.fens === null) return null
  if (price.fens === null || amount.fens === null) return fillOpenSide(equation, price, amount)
  const amounts = Float64Array.from(amount.fens).sort()
  const prices = price.fens.filter((fen) => hasNear(amounts, quantity * fen, toleranceFen))
  const products = Float64Array.from(price.fens, (fen) => fen * quantity).sort()
  const kept = amount.fens.filter((fen) => hasNear(products, fen, toleranceFen))
  return new Map([
    [equation.price, { ...price, fens: prices }],
    [equation.amount, { ...amount, fens: kept }],
  ])
}

/** The other side of a product, where it is exact. */
function fillOpenSide(
  equation: Equation & { shape: 'product' },
  price: Domain,
  amount: Domain,
): ReadonlyMap<string, Domain> | null {
  if (equation.toleranceFen > 0) return null
  if (amount.fens === null) {
    const fens = (price.fens ?? [])
      .map((fen) => fen * equation.quantity)
      .filter((fen) => Number.isInteger(fen) && fen <= amount.ceiling)
    return new Map([[equation.amount, { ...amount, fens }]])
  }
  const fens = amount.fens
    .map((fen) => fen / equation.quantity)
    .filter((fen) => Number.isInteger(fen) && fen <= price.ceiling)
  return new Map([[equation.price, { ...price, fens }]])
}

function hasNear(sorted: Float64Array, target: number, tolerance: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < target - tolerance) low = middle + 1
    else high = middle
  }
  return low < sorted.length && (sorted[low] ?? Number.POSITIVE_INFINITY) <= target + tolerance
}
