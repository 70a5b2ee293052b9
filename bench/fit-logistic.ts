export interface Example {
  readonly features: readonly number[]
  readonly isRight: boolean
}

export interface FitOptions {
  /** Per feature: +1 or -1 where the weight may only have that sign, 0 where it is free. */
  readonly signs: readonly (-1 | 0 | 1)[]
  /** Weights to stay near where the data say nothing, and how strongly (per example of the mean loss). */
  readonly prior: readonly number[]
  readonly priorStrength: number
  readonly steps: number
}

/**
 * Logistic regression by accelerated projected gradient descent (Nesterov, 1983): deterministic, no library's random
 * start. Signs are held, so that more evidence for a value can never lower its confidence.
 */
export function fitLogistic(examples: readonly Example[], options: FitOptions): readonly number[] {
  const size = options.prior.length
  let weights = [...options.prior]
  let previous = [...weights]
  const rate = 4 / (1 + maxSquaredNorm(examples))
  for (let step = 1; step <= options.steps; step++) {
    const momentum = (step - 1) / (step + 2)
    const ahead = weights.map((weight, i) => weight + momentum * (weight - (previous[i] ?? 0)))
    const slope = gradient(examples, ahead, options)
    previous = weights
    weights = ahead.map((weight, i) => project(weight - rate * (slope[i] ?? 0), options.signs[i] ?? 0))
  }
  return weights.slice(0, size)
}

function project(weight: number, sign: -1 | 0 | 1): number {
  if (sign > 0) return Math.max(0, weight)
  return sign < 0 ? Math.min(0, weight) : weight
}

function maxSquaredNorm(examples: readonly Example[]): number {
  return examples.reduce(
    (most, one) =>
      Math.max(
        most,
        one.features.reduce((sum, x) => sum + x * x, 0),
      ),
    1,
  )
}

function gradient(examples: readonly Example[], weights: readonly number[], options: FitOptions): number[] {
  const slope = weights.map((weight, i) => options.priorStrength * (weight - (options.prior[i] ?? 0)))
  for (const { features, isRight } of examples) {
    const logOdds = features.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0)
    const error = 1 / (1 + Math.exp(-logOdds)) - (isRight ? 1 : 0)
    features.forEach((x, i) => {
      slope[i] = (slope[i] ?? 0) + (error * x) / examples.length
    })
  }
  return slope
}

const WIDEST_WEIGHT = 10
const BISECTIONS = 40

/** The weight of one feature, all others held, at which the mean probability of `examples` is the share that is right. */
export function fitOneWeight(examples: readonly Example[], weights: readonly number[], index: number): number {
  const right = examples.filter((one) => one.isRight).length
  const expectedAt = (weight: number) =>
    examples.reduce((sum, { features }) => {
      const logOdds = features.reduce((total, x, i) => total + x * (i === index ? weight : (weights[i] ?? 0)), 0)
      return sum + 1 / (1 + Math.exp(-logOdds))
    }, 0)
  let [low, high] = [-WIDEST_WEIGHT, WIDEST_WEIGHT]
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2
    if (expectedAt(middle) < right) low = middle
    else high = middle
  }
  return (low + high) / 2
}
