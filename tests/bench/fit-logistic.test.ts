import { expect, test } from 'vitest'
import { type Example, fitLogistic, fitOneWeight } from '../../bench/fit-logistic.ts'

/** 1,000 examples, half with the feature: right 99 times in 100 with it, 60 times in 100 without. */
const examples: readonly Example[] = Array.from({ length: 1000 }, (_, index) => {
  const has = index % 2
  const isRight = has === 1 ? Math.floor(index / 2) % 100 < 99 : Math.floor(index / 2) % 100 < 60
  return { features: [1, has], isRight }
})
const probability = (weights: readonly number[], has: number) =>
  1 / (1 + Math.exp(-((weights[0] ?? 0) + has * (weights[1] ?? 0))))
const free = { signs: [0, 0] as const, prior: [0, 0], priorStrength: 0, steps: 3000 }

test('a fit gives back the shares that are in the data', () => {
  const weights = fitLogistic(examples, free)
  expect(probability(weights, 1)).toBeCloseTo(0.99, 2)
  expect(probability(weights, 0)).toBeCloseTo(0.6, 2)
})

test('a weight never takes the sign that is forbidden', () => {
  const weights = fitLogistic(examples, { ...free, signs: [0, -1] })
  expect(weights[1]).toBeLessThanOrEqual(0)
})

test('without examples of a feature its weight stays at the prior', () => {
  const silent = examples.map((one) => ({ ...one, features: [...one.features, 0] }))
  const options = { signs: [0, 0, 0] as const, prior: [0, 0, 1.5], priorStrength: 0.001, steps: 500 }
  expect(fitLogistic(silent, options)[2]).toBeCloseTo(1.5, 5)
})

test('one weight alone brings the mean probability to the share that is right', () => {
  const flagged = Array.from({ length: 200 }, (_, index) => ({ features: [1, 1], isRight: index % 4 !== 0 }))
  expect(probability([3, fitOneWeight(flagged, [3, 0], 1)], 1)).toBeCloseTo(0.75, 3)
})
