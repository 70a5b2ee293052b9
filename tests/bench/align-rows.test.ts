import { expect, test } from 'vitest'
import { alignRows } from '../../bench/align-rows.ts'

const same = (a: string, b: string) => (a === b ? 1 : 0)

test.each([
  ['equal lists pair one to one', 'abc', 'abc', '00 11 22'],
  ['a lost row has no partner', 'abc', 'ac', '00 1- 21'],
  ['an invented row has no partner', 'ac', 'abc', '00 -1 12'],
  ['two empty lists give nothing', '', '', ''],
  ['nothing alike pairs nothing', 'ab', 'xy', '0- 1- -0 -1'],
] as const)('%s', (_name, left, right, expected) => {
  const pairs = alignRows([...left], [...right], same, 0.5)
  const text = pairs.map(([i, j]) => `${i ?? '-'}${j ?? '-'}`).join(' ')
  expect(text).toBe(expected)
})
