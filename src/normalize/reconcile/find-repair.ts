import { type Equation, evaluate, keysOf } from './equation.ts'
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

/**
 * The one single-cell change that explains the glyphs and makes all its equations hold; null when none or several. Each
 * figure of a failed equation is looked at once; only those that mend it are held against the other equations.
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
    const repairs = keys.flatMap((key) => {
      const cell = byKey.get(key)
      if (cell === undefined || cell.state === 'printed' || cell.state === 'empty' || done.has(key)) return []
      // What two readers saw does not give way to a figure that nobody read.
      if (cell.state === 'firm' && keys.some((other) => other !== key && byKey.get(other)?.state === 'damaged'))
        return []
      return repairsOf(cell, failed, equationsOf.get(key) ?? [], found)
    })
    const [repair, ...others] = repairs
    if (repair !== undefined && others.length === 0) return repair
  }
  return null
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
  return [...cell.options, ...cell.neighbours]
    .filter(({ fen }) => fen !== current && (wanted === null || Math.abs(fen - wanted.fen) <= wanted.toleranceFen))
    .filter(({ fen }) => makesAllHold(key, fen, concerned, found))
    .map((option) => ({ key, option }))
}

/** The figure with which a failed sum would hold; null where that is not one figure. Found in the time of one sum. */
function wantedFen(
  equation: Equation,
  key: string,
  { domains }: Propagation,
): { readonly fen: number; readonly toleranceFen: number } | null {
  if (equation.shape !== 'sum' && equation.shape !== 'stated') return null
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
