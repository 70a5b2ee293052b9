import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowsToTexts, scorePage, toRates, toRelations } from '../../bench/adjacency.ts'

const relationsOf = (rows: readonly (readonly (string | null)[])[]) => [...toRelations(rowsToTexts(rows)).keys()].sort()

describe('a filled cell is related', () => {
  test.each([
    ['to the right and below', [['a', 'b'], ['c', 'd']], ['["below","a","c"]', '["below","b","d"]', '["right","a","b"]', '["right","c","d"]']],
    ['over empty cells', [['a', '', 'b'], ['', '', ''], ['c', '', '']], ['["below","a","c"]', '["right","a","b"]']],
    ['to nothing where it stands alone', [['a', null]], []],
    ['without its white space and width', [['Ａ １'], ['b\nc']], ['["below","A1","bc"]']],
  ] as const)('%s', (_how, rows, relations) => expect(relationsOf(rows)).toEqual(relations))
}) // biome-ignore format: a table

test('pieces of a line are below each other where they overlap', () => {
  const texts = [
    { text: 'heading', row: 0, start: 0, end: 30 },
    { text: 'a', row: 1, start: 2, end: 6 },
    { text: 'b', row: 1, start: 40, end: 44 },
  ]
  expect([...toRelations(texts).keys()]).toEqual(['["below","heading","a"]', '["right","a","b"]'])
})

const TRUTH = [['a', 'b', 'c'], ['1', '2', '3'], ['4', '5', '6']] // biome-ignore format: a table
test.each([
  ['the same table', TRUTH, 1, 1],
  ['nothing', [], 0, 0],
  [
    'one wrong cell loses the relations that it has',
    TRUTH.map((row) => row.map((text) => (text === '5' ? 'S' : text))),
    9 / 12,
    9 / 12,
  ],
  ['a row too few loses its own and those to it', TRUTH.slice(0, 2), 1, 7 / 12],
  ['a column too many costs no relation', TRUTH.map((row) => ['', ...row]), 1, 1],
  ['a row too many costs precision', [...TRUTH, ['x', 'y', 'z']], 12 / 17, 1],
])('%s', (_what, rows, precision, recall) => {
  const rates = toRates(scorePage([rowsToTexts(TRUTH)], [rowsToTexts(rows)]))
  expect([rates.precision, rates.recall]).toEqual([expect.closeTo(precision, 9), expect.closeTo(recall, 9)])
})

test('a table is all right against itself, and halves swapped are symmetric', () => {
  const tables = fc.array(fc.array(fc.constantFrom('a', 'b', '1', ''), { minLength: 2, maxLength: 5 }), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(tables, tables, (one, other) => {
      const [a, b] = [rowsToTexts(one), rowsToTexts(other)]
      const own = scorePage([a], [a])
      expect([own.correct, own.found]).toEqual([own.truth, own.truth])
      const [there, back] = [scorePage([a], [b]), scorePage([b], [a])]
      expect([there.correct, there.truth]).toEqual([back.correct, back.found])
    }),
  )
})
