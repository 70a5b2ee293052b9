/** A cost line: what, on what basis, and its money (yuan with two places) by source as printed. */
export type CostFact = readonly [
  content: string,
  basis: string,
  local: string | null,
  transfer: string | null,
  other: string | null,
]
/** Levels 1 to 3, what is aimed at as printed, and why. */
export type LongTermFact = readonly [level1: string, level2: string, level3: string, target: string, basis: string]
/** Levels 1 to 3, the values of the last two years, what is aimed at, the weight, and why; all as printed. */
export type AnnualFact = readonly [
  level1: string,
  level2: string,
  level3: string,
  beforePrior: string | null,
  prior: string | null,
  target: string,
  weight: string,
  basis: string | null,
]

/** What a project's sheet declares. Money is in yuan with two places. */
export interface ProjectFacts {
  readonly name: string
  readonly department: string
  readonly executingUnit: string
  readonly year: string | null
  readonly currentBudget: string
  readonly sources: { readonly local: string; readonly transfer?: string }
  /** The lines that tell of earlier years, and what they come to. */
  readonly earlier: readonly string[]
  readonly before_prior_budget?: string
  readonly before_prior_execution?: string
  readonly prior_year_budget?: string
  readonly prior_year_execution?: string
  readonly costs: readonly CostFact[]
  readonly purchases: readonly (readonly [what: string, count: string, amount: string])[]
  readonly goalWeight: string | null
  readonly longTerm: readonly LongTermFact[]
  readonly annual: readonly AnnualFact[]
  /** Whether its cost lines print money without thousands separators. */
  readonly plainAmounts?: boolean
}
