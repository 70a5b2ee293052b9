import { expect, test } from 'vitest'
import { chooseEdition } from '../../../src/normalize/match/choose-edition.ts'
import { readDictionaries } from '../../../src/store/read-dictionaries.ts'

const editions = readDictionaries().catalogues.filter(({ scheme }) => scheme === 'procurement')
const of2022 = [
  { code: 'A02010105', name: '台式计算机' },
  { code: 'A02010108', name: '便携式计算机' },
  { code: 'C23090199', name: '其他印刷服务' },
]
const of2013 = [
  { code: 'A02010104', name: '台式计算机' },
  { code: 'A02010105', name: '便携式计算机' },
]

test.each([
  ['the fiscal year decides without pairs', [], 2024, '2022'],
  ['an earlier year has the earlier edition', [], 2020, '2013'],
  ['no year: the one still in force', [], null, '2022'],
  ['pairs of the edition in force', of2022, 2024, '2022'],
  ['a document that still follows the old edition', of2013, 2023, '2013'],
  ['one pair against the year is not enough', of2013.slice(1), 2024, '2022'],
  ['damaged pairs do not count', [{ code: 'A田010105', name: '台式计算机' }], 2020, '2013'],
] as const)('%s', (_name, pairs, year, edition) => {
  expect(chooseEdition(pairs, editions, year).catalogue.edition).toBe(edition)
})

test('a year before every edition falls back to the newest and says so', () => {
  expect(chooseEdition([], editions, 1999).reason).toMatch(/none is known/)
})
