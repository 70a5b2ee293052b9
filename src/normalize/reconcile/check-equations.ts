import type { Check, CheckMember } from '../../model/record.ts'
import { fenToYuan } from '../money/parse-amount.ts'
import { type Equation, evaluate, keysOf } from './equation.ts'
import { findSuspects } from './find-suspects.ts'
import type { MoneySolution } from './solve-money.ts'

/** A table's equations after solving: a Check of each, and what they say of each cell. */
export interface CheckedEquations {
  readonly checks: readonly Check[]
  readonly tally: ReadonlyMap<string, EquationTally>
}

/**
 * What the equations say of one cell: how many hold with it, which do not and may be its fault, and which do not though
 * the cell is plainly what the page shows, in words.
 */
export interface EquationTally {
  readonly holding: number
  readonly contradicted: readonly string[]
  readonly beside: readonly string[]
}

/** Of a cell in no equation. */
export const NO_EQUATION: EquationTally = { holding: 0, contradicted: [], beside: [] }

/** Where the table of the equations begins. */
export interface TablePlace {
  readonly pageNumber: number
  readonly tableIndex: number
}

/** Evaluates every equation with the settled figures; an equation with a guessed or missing member proves nothing. */
export function checkEquations(
  solution: MoneySolution,
  equations: readonly Equation[],
  place: TablePlace,
): CheckedEquations {
  const evaluated = equations.map((equation) => ({ equation, ...evaluateSettled(equation, solution) }))
  const denied = deniedRepairs(evaluated, solution)
  const exact = new Map<string, number>()
  for (const { equation } of evaluated.filter(doesHold)) {
    if (keysOf(equation).some((key) => denied.has(key))) continue
    const tolerance = 'toleranceFen' in equation ? (equation.toleranceFen ?? 0) : 0
    for (const key of keysOf(equation)) exact.set(key, Math.min(exact.get(key) ?? Number.POSITIVE_INFINITY, tolerance))
  }
  return {
    checks: evaluated.map((each) => toCheck(each, solution, place)),
    tally: tallyCells(evaluated, exact, denied, solution),
  }
}

/**
 * Figures that were repaired for one equation, and that another one denies: either the repair or the rest of the equation
 * it was made for is wrong, and that equation says nothing for any of its members.
 */
function deniedRepairs(evaluated: readonly EvaluatedEquation[], { amounts }: MoneySolution): ReadonlySet<string> {
  const denied = evaluated
    .filter(({ outcome }) => outcome === 'contradicted')
    .flatMap(({ equation }) => keysOf(equation))
  return new Set(denied.filter((key) => amounts.get(key)?.how === 'repaired'))
}

interface EvaluatedEquation {
  readonly equation: Equation
  readonly outcome: Check['outcome']
  readonly expected: number
  readonly found: number
}

function evaluateSettled(equation: Equation, { amounts }: MoneySolution): Omit<EvaluatedEquation, 'equation'> {
  const settled = keysOf(equation).map((key) => amounts.get(key))
  const isKnown = settled.every(
    (each) => each !== undefined && (each.fen !== null || each.how === 'empty') && each.how !== 'inferred',
  )
  const { expected, found, holds } = evaluate(equation, (key) => amounts.get(key)?.fen ?? 0)
  const isRepaired = settled.some((each) => each?.how === 'repaired')
  const outcome = !isKnown ? 'unconstrained' : !holds ? 'contradicted' : isRepaired ? 'repaired' : 'holds'
  return { outcome, expected, found }
}

function toCheck(
  { equation, outcome, expected, found }: EvaluatedEquation,
  { amounts }: MoneySolution,
  place: TablePlace,
): Check {
  const members = keysOf(equation).map((key) => amounts.get(key)?.cell.member ?? null)
  const isKnown = outcome !== 'unconstrained'
  const whole = equation.shape === 'sum' ? amounts.get(equation.whole)?.cell : undefined
  return {
    kind: equation.kind,
    where: equation.where,
    ...placeOf(members, place),
    members: members.flatMap((member) => member ?? []),
    expected: fenToYuan(expected),
    found: isKnown ? fenToYuan(found) : null,
    difference: isKnown ? fenToYuan(found - expected) : null,
    outcome,
    ...(whole === undefined ? {} : { whole: { pageNumber: whole.pageNumber, bbox: whole.bbox } }),
  }
}

/** That a part is no more than its whole says little for either; that it is more speaks against both. */
function doesHold({ equation, outcome }: EvaluatedEquation): boolean {
  return (outcome === 'holds' || outcome === 'repaired') && equation.shape !== 'part'
}

/** How many equations hold with each figure; one with a suspect in it says nothing for its other members. */
function countHolding(
  evaluated: readonly EvaluatedEquation[],
  suspects: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const holding = new Map<string, number>()
  for (const { equation } of evaluated.filter(doesHold)) {
    const keys = keysOf(equation)
    for (const key of keys)
      if (!keys.some((other) => other !== key && suspects.has(other))) holding.set(key, (holding.get(key) ?? 0) + 1)
  }
  return holding
}

function tallyCells(
  evaluated: readonly EvaluatedEquation[],
  exact: ReadonlyMap<string, number>,
  denied: ReadonlySet<string>,
  { amounts }: MoneySolution,
): ReadonlyMap<string, EquationTally> {
  const vouchedWithin = (key: string) => exact.get(key) ?? Number.POSITIVE_INFINITY
  const told = evaluated
    .filter(({ outcome }) => outcome === 'contradicted')
    .flatMap(({ equation, expected, found }) => {
      const suspects = findSuspects(equation, { amounts, vouchedWithin })
      const difference = fenToYuan(found - expected)
      const words = `${equation.kind} (${equation.where}): expected ${fenToYuan(expected)}, found ${fenToYuan(found)}, difference ${difference} yuan`
      return keysOf(equation).map((key) => ({ key, words, isSuspect: suspects.has(key) || denied.has(key) }))
    })
  const besideDenied = evaluated
    .filter(({ equation, outcome }) => outcome === 'repaired' && keysOf(equation).some((key) => denied.has(key)))
    .flatMap(({ equation }) => {
      const words = `${equation.kind} (${equation.where}): holds only with a repaired figure that another equation denies`
      return keysOf(equation).map((key) => ({ key, words, isSuspect: true }))
    })
  const all = [...told, ...besideDenied]
  const suspects = new Set(all.filter(({ isSuspect }) => isSuspect).map(({ key }) => key))
  const tally = new Map<string, EquationTally>()
  for (const [key, count] of countHolding(evaluated, suspects)) tally.set(key, { ...NO_EQUATION, holding: count })
  for (const { key, words, isSuspect } of all) {
    const entry = tally.get(key) ?? NO_EQUATION
    const { contradicted, beside } = entry
    tally.set(
      key,
      isSuspect ? { ...entry, contradicted: [...contradicted, words] } : { ...entry, beside: [...beside, words] },
    )
  }
  return tally
}

function placeOf(members: readonly (CheckMember | null)[], table: TablePlace): TablePlace {
  const first = members.find((member) => member !== null)
  return first === undefined || first === null ? table : { pageNumber: first.pageNumber, tableIndex: first.tableIndex }
}
