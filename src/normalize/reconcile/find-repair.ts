import { type Equation, evaluate, keysOf } from './equation.ts'
import { canBeMisread, glyphExcess } from './explain-glyphs.ts'
import type { AmountOption, MoneyCell } from './money-cell.ts'
import { only, type Propagation } from './propagate.ts'

/** Another figure for one cell, with which every equation of that cell holds. */
export interface Repair {
  readonly key: string
  readonly option: AmountOption
}

/** Equations by the cells that take part in them. */
export type EquationsByKey = ReadonlyMap<string, readonly Equation[]>

export function indexEquations(equations: readonly Equation[]): EquationsByKey {
  const byKey = new Map<string, Equation[]>()
  for (const equation of equations) {
    for (const key of new Set(keysOf(equation))) {
      const known = byKey.get(key)
      if (known === undefined) byKey.set(key, [equation])
      else known.push(equation)
    }
  }
  return byKey
}

/** Of several changes that mend an equation the pixels decide for one that is so much likelier than the next, in nats. */
const CLEAR_NATS = 6

/**
 * The one single-cell change that explains the glyphs and makes all its equations hold; null when none, or several of which
 * the pixels show none clearly better. Each figure of a failed equation is looked at once; only those that mend it are
 * held against the other equations.
 */
export function findRepair(
  byKey: ReadonlyMap<string, MoneyCell>,
  equationsOf: EquationsByKey,
  found: Propagation,
  done: ReadonlyMap<string, AmountOption>,
): Repair | null {
  for (const failed of found.failed) {
    const keys = keysOf(failed)
    if (keys.some((key) => only(found.domains.get(key)) === null)) continue
    const guessed = keys.filter(
      (key) => byKey.get(key)?.state === 'damaged' && !isVouched(key, failed, equationsOf, found),
    )
    const repairs = keys.flatMap((key) => {
      const cell = byKey.get(key)
      if (cell === undefined || cell.state === 'printed' || cell.state === 'empty' || done.has(key)) return []
      // What was read does not give way to a figure that nobody read: that one may be wrong as well.
      if (guessed.some((other) => other !== key)) return []
      if (cell.state === 'firm' && keys.some((other) => other !== key && byKey.get(other)?.state === 'damaged'))
        return []
      return repairsOf(cell, failed, equationsOf.get(key) ?? [], found)
    })
    const repair = clearest(repairs, byKey)
    if (repair !== null) return repair
  }
  return null
}

/** Whether another equation than the failed one holds with the cell's figure. */
function isVouched(
  key: string,
  failed: Equation,
  equationsOf: EquationsByKey,
  { domains, failed: all }: Propagation,
): boolean {
  return (equationsOf.get(key) ?? []).some((equation) => {
    if (equation === failed || all.has(equation)) return false
    if (keysOf(equation).some((each) => only(domains.get(each)) === null)) return false
    return evaluate(equation, (each) => only(domains.get(each)) ?? 0).holds
  })
}

function clearest(repairs: readonly Repair[], byKey: ReadonlyMap<string, MoneyCell>): Repair | null {
  const [only, ...others] = repairs
  if (only === undefined || others.length === 0) return only ?? null
  const ranked = repairs
    .map((repair) => {
      const cell = byKey.get(repair.key)
      return { repair, excess: cell === undefined ? null : glyphExcess(cell, repair.option.fen) }
    })
    .toSorted((a, b) => (a.excess ?? 0) - (b.excess ?? 0))
  if (ranked.some(({ excess }) => excess === null)) return null
  const [first, second] = ranked
  return first !== undefined && (second?.excess ?? 0) - (first.excess ?? 0) >= CLEAR_NATS ? first.repair : null
}

function repairsOf(
  cell: MoneyCell,
  failed: Equation,
  concerned: readonly Equation[],
  found: Propagation,
): readonly Repair[] {
  const { key } = cell
  const current = only(found.domains.get(key))
  const wanted = wantedFen(failed, key, found)
  const listed = [...cell.options, ...cell.neighbours.filter(({ fen }) => canBeMisread(cell, fen))].filter(
    ({ fen }) => wanted === null || Math.abs(fen - wanted.fen) <= wanted.toleranceFen,
  )
  return (listed.length > 0 ? listed : shownFigure(cell, wanted))
    .filter(({ fen }) => fen !== current && makesAllHold(key, fen, concerned, found))
    .map((option) => ({ key, option }))
}

interface WantedFen {
  readonly fen: number
  readonly toleranceFen: number
}

/** The one figure that an equation wants, where it is no listed misreading but the pixels show that it can be one. */
function shownFigure(cell: MoneyCell, wanted: WantedFen | null): readonly AmountOption[] {
  if (wanted === null || wanted.toleranceFen > 0 || cell.glyphs === null) return []
  const { fen } = wanted
  if (!Number.isSafeInteger(fen) || fen <= 0 || !canBeMisread(cell, fen)) return []
  return [{ fen, weight: 0.1, readers: 0, how: 'the reader held its glyphs for possible' }]
}

/** The figure with which a failed equation would hold; null where that is not one figure. Found in the time of one sum. */
function wantedFen(equation: Equation, key: string, { domains }: Propagation): WantedFen | null {
  if (equation.shape === 'part') return null
  if (equation.shape === 'product') {
    const { quantity, price, amount, toleranceFen } = equation
    if (key === amount) return { fen: quantity * (only(domains.get(price)) ?? 0), toleranceFen }
    return { fen: (only(domains.get(amount)) ?? 0) / quantity, toleranceFen: toleranceFen / quantity }
  }
  const others = equation.parts.reduce((sum, part) => sum + (part === key ? 0 : (only(domains.get(part)) ?? 0)), 0)
  if (equation.shape === 'stated') return { fen: equation.statedFen - others, toleranceFen: equation.toleranceFen }
  const toleranceFen = equation.toleranceFen ?? 0
  if (equation.whole === key) return { fen: others, toleranceFen }
  return { fen: (only(domains.get(equation.whole)) ?? 0) - others, toleranceFen }
}

function makesAllHold(key: string, fen: number, concerned: readonly Equation[], found: Propagation): boolean {
  return concerned.every((equation) => {
    if (keysOf(equation).some((each) => each !== key && only(found.domains.get(each)) === null)) return true
    return evaluate(equation, (each) => (each === key ? fen : (only(found.domains.get(each)) ?? 0))).holds
  })
}
