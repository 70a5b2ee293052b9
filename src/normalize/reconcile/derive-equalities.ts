import type { Equation } from './equation.ts'

type Sum = Extract<Equation, { shape: 'sum' }>
type Part = Extract<Equation, { shape: 'part' }>

/**
 * When every part is no more than its whole, row by row, and both columns have the same printed total, each part is its
 * whole: one equation a row. `totalOf` gives a total's figure when it is sure, else null.
 */
export function deriveEqualities(
  equations: readonly Equation[],
  totalOf: (key: string) => number | null,
): readonly Equation[] {
  const sums = equations.filter(
    (equation): equation is Sum => equation.shape === 'sum' && equation.kind === 'column-total',
  )
  const parts = equations.filter((equation): equation is Part => equation.shape === 'part')
  const wholeOf = new Map<string, Set<string>>()
  for (const { part, whole } of parts) wholeOf.set(part, (wholeOf.get(part) ?? new Set()).add(whole))
  return sums.flatMap((lesser) => {
    const total = totalOf(lesser.whole)
    const greater = sums.find(
      (other) => other !== lesser && total !== null && totalOf(other.whole) === total && covers(lesser, other, wholeOf),
    )
    if (greater === undefined) return []
    return lesser.parts.map((part, index): Equation => {
      const whole = greater.parts[index] ?? ''
      const row = parts.find((each) => each.part === part && each.whole === whole)
      return { shape: 'sum', kind: 'row-equality', where: row?.where ?? lesser.where, parts: [part], whole }
    })
  })
}

function covers(lesser: Sum, greater: Sum, wholeOf: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  if (lesser.parts.length !== greater.parts.length) return false
  return lesser.parts.every((part, index) => wholeOf.get(part)?.has(greater.parts[index] ?? '') === true)
}
