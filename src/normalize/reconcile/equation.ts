/**
 * What a document says of its money twice; cells by key, figures in fen. product: quantity times price is the amount,
 * within `toleranceFen` for rounding. sum: the parts add up to the whole, a cell or (prose) a stated figure, likewise.
 * part: no more than the whole.
 */
export type Equation =
  | {
      readonly shape: 'product'
      readonly kind: 'row-product'
      readonly where: string
      readonly quantity: number
      readonly price: string
      readonly amount: string
      readonly toleranceFen: number
    }
  | {
      readonly shape: 'sum'
      readonly kind:
        | 'row-equality'
        | 'column-total'
        | 'group-total'
        | 'classification-total'
        | 'column-parts'
        | 'income-expenditure-balance'
      readonly where: string
      readonly parts: readonly string[]
      readonly whole: string
      /** What the rounding of the printed figures may add up to; 0 where it is not given. */
      readonly toleranceFen?: number
    }
  | {
      readonly shape: 'part'
      readonly kind: 'part-not-above-whole'
      readonly where: string
      readonly part: string
      readonly whole: string
    }
  | {
      readonly shape: 'stated'
      readonly kind: 'prose-total'
      readonly where: string
      readonly parts: readonly string[]
      readonly statedFen: number
      readonly toleranceFen: number
    }

/** The cells that take part in an equation. */
export function keysOf(equation: Equation): readonly string[] {
  if (equation.shape === 'product') return [equation.price, equation.amount]
  if (equation.shape === 'part') return [equation.part, equation.whole]
  return equation.shape === 'sum' ? [...equation.parts, equation.whole] : equation.parts
}

/** What an equation expects and finds when every cell has one figure, in fen; `holds` within its tolerance. */
export function evaluate(equation: Equation, fenOf: (key: string) => number): EquationValue {
  if (equation.shape === 'part') {
    const [part, whole] = [fenOf(equation.part), fenOf(equation.whole)]
    return { expected: whole, found: part, holds: Math.abs(part) <= Math.abs(whole) }
  }
  if (equation.shape === 'product') {
    const expected = equation.quantity * fenOf(equation.price)
    const found = fenOf(equation.amount)
    return { expected, found, holds: Math.abs(expected - found) <= equation.toleranceFen }
  }
  const found = equation.parts.reduce((sum, key) => sum + fenOf(key), 0)
  const expected = equation.shape === 'sum' ? fenOf(equation.whole) : equation.statedFen
  const tolerance = equation.toleranceFen ?? 0
  return { expected, found, holds: Math.abs(expected - found) <= tolerance }
}

export interface EquationValue {
  readonly expected: number
  readonly found: number
  readonly holds: boolean
}
