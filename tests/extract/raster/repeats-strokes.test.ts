import { expect, test } from 'vitest'
import { repeatsStrokes } from '../../../src/extract/raster/repeats-strokes.ts'

const rows = (count: number, score: number) => Array.from({ length: count }, () => score)

test.each([
  ['strokes of a name that repeats', [0, 0, 0.33, 0.35, 0.15, 0.5, 0.35, 0.35, 0.41, 0.94, 1, 1, 0.5, 0.15, 0], true],
  ['a column of a few rows of a form', [...rows(9, 0), 1, 1, 1], false],
  ['a column of a few rows that print of another row touches', [...rows(8, 0), 0.4, 1, 1, 1], false],
  ['a column whose heading is merged', [0, 0, ...rows(12, 0.9)], false],
  ['a column half worn away', [...rows(7, 0.4), ...rows(7, 0.9)], false],
  ['a short table', [0.3, 0.3, 0.3, 1], false],
])('%s', (_what, scores, isPrint) => expect(repeatsStrokes(scores)).toBe(isPrint))
