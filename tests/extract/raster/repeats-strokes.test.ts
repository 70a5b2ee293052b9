import { expect, test } from 'vitest'
import { isBrokenAmidWhole, repeatsStrokes } from '../../../src/extract/raster/repeats-strokes.ts'

const rows = (count: number, score: number) => Array.from({ length: count }, () => score)

test.each([
  ['strokes of a name that repeats', [0, 0, 0.33, 0.35, 0.15, 0.5, 0.35, 0.35, 0.41, 0.94, 1, 1, 0.5, 0.15, 0], true],
  ['a column of a few rows of a form', [...rows(9, 0), 1, 1, 1], false],
  ['a column of a few rows that print of another row touches', [...rows(8, 0), 0.4, 1, 1, 1], false],
  ['a column whose heading is merged', [0, 0, ...rows(12, 0.9)], false],
  ['a column half worn away', [...rows(7, 0.4), ...rows(7, 0.9)], false],
  ['a short table', [0.3, 0.3, 0.3, 1], false],
])('%s', (_what, scores, isPrint) => expect(repeatsStrokes(scores)).toBe(isPrint))

const solid = [rows(14, 1), rows(14, 1), [...rows(13, 1), 0.98]]
const worn = [rows(14, 0.9), rows(14, 1), rows(14, 0.85)]

test.each([
  [
    'broken strokes of names in three rows, beside rulings that are whole',
    [...rows(7, 0), 0.39, 0.81, 0.81, 0.73, 0.35, 0, 0.4],
    solid,
    true,
  ],
  ['the same beside rulings that are worn', [...rows(7, 0), 0.39, 0.81, 0.81, 0.73, 0.35, 0, 0.4], worn, false],
  ['a ruling that is whole in a few rows', [...rows(8, 0), 0.4, 1, 1, 1, 0.3, 0], solid, false],
  ['a broken ruling without ink in other rows', [...rows(8, 0), 0.8, 0.8, 0.8, ...rows(3, 0)], solid, false],
  ['a broken ruling of half the rows', [...rows(5, 0.3), ...rows(9, 0.8)], solid, false],
])('%s', (_what, scores, others, isPrint) => expect(isBrokenAmidWhole(scores, others)).toBe(isPrint))
