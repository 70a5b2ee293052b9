import type { Check, CheckMember } from '../../model/record.ts'
import { fenToYuan } from '../money/parse-amount.ts'
import { type Equation, evaluate, keysOf } from './equation.ts'
import type { MoneySolution } from './solve-money.ts'

/** A table's equations after solving: a Check of each, and what they say of each cell. */
export interface CheckedEquations {
  readonly checks: readonly Check[]
  readonly tally: ReadonlyMap<string, { readonly holding: number; readonly contradicted: readonly string[] }>
}

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
  const tally = new Map<string, { holding: number; contradicted: string[] }>()
  const checks = equations.map((equation): Check => {
    const settled = keysOf(equation).map((key) => solution.amounts.get(key))
    const isKnown = settled.every(
      (each) => each !== undefined && (each.fen !== null || each.how === 'empty') && each.how !== 'inferred',
    )
    const { expected, found, holds } = evaluate(equation, (key) => solution.amounts.get(key)?.fen ?? 0)
    const isRepaired = settled.some((each) => each?.how === 'repaired')
    const outcome = !isKnown ? 'unconstrained' : !holds ? 'contradicted' : isRepaired ? 'repaired' : 'holds'
    for (const key of keysOf(equation)) note(tally, key, equation, outcome, expected, found)
    return {
      kind: equation.kind,
      where: equation.where,
      ...placeOf(
        settled.map((each) => each?.cell.member ?? null),
        place,
      ),
      members: settled.flatMap((each) => each?.cell.member ?? []),
      expected: fenToYuan(expected),
      found: isKnown ? fenToYuan(found) : null,
      difference: isKnown ? fenToYuan(found - expected) : null,
      outcome,
    }
  })
  return { checks, tally }
}

function placeOf(members: readonly (CheckMember | null)[], table: TablePlace): TablePlace {
  const first = members.find((member) => member !== null)
  return first === undefined || first === null ? table : { pageNumber: first.pageNumber, tableIndex: first.tableIndex }
}

function note(
  tally: Map<string, { holding: number; contradicted: string[] }>,
  key: string,
  equation: Equation,
  outcome: Check['outcome'],
  expected: number,
  found: number,
): void {
  const entry = tally.get(key) ?? { holding: 0, contradicted: [] }
  tally.set(key, entry)
  // That a part is no more than its whole says little for either; that it is more speaks against both.
  if ((outcome === 'holds' || outcome === 'repaired') && equation.shape !== 'part') entry.holding += 1
  if (outcome !== 'contradicted') return
  const difference = fenToYuan(found - expected)
  entry.contradicted.push(
    `${equation.kind} (${equation.where}): expected ${fenToYuan(expected)}, found ${fenToYuan(found)}, difference ${difference} yuan`,
  )
}
