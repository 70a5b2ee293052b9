import { describe, expect, test } from 'vitest'
import { createRandom } from '../../bench/generate/random.ts'
import { createContenders, measureContender } from '../../bench/restoration/compare-matchers.ts'
import { damageCell } from '../../bench/restoration/damage-cells.ts'
import { damagedSets, itemCatalogue } from '../../bench/restoration/matcher-figures.ts'
import { nearestByEdits } from '../../bench/restoration/nearest-by-edits.ts'
import { readDictionaries } from '../../src/store/read-dictionaries.ts'

const dictionaries = readDictionaries()
const catalogue = itemCatalogue(dictionaries)
const sets = damagedSets(catalogue, 60)
const contenders = createContenders(catalogue, dictionaries.glyphConfusions)
const [entry] = catalogue.entries

describe('damage', () => {
  test('is the same for the same seed, and grows with its rate', () => {
    if (entry === undefined) throw new Error('an empty catalogue')
    const damaged = (seed: number, rate: number) => damageCell(entry, rate, createRandom(seed)).text
    expect(damaged(5, 0.4)).toBe(damaged(5, 0.4))
    expect(damaged(5, 0)).toBe(`[${entry.code}]${entry.name}`)
    expect(damaged(5, 0.9)).not.toBe(damaged(5, 0))
  })

  test('comes in sets, the founding cells among them', () => {
    expect(sets.map(([, cells]) => cells.length)).toEqual([60, 60, 60, 14])
  })
})

describe.each(sets)('the matcher on cells with %s', (_name, cells) => {
  const [matcher] = contenders
  const figures = matcher === undefined ? null : measureContender(matcher, cells)

  test('takes none that is wrong', () => expect(figures?.takenWrong).toBe(0))
  test('has the right one first in nine of ten', () => {
    expect(figures?.bestRight).toBeGreaterThanOrEqual(0.9 * cells.length)
  })
})

test.each([
  ['one text is nearest', 'abcd', ['abxd', 'xxxx', 'abc'], [0, 2]],
  ['an insertion counts like a swap', 'ab', ['abc', 'xb', 'xyz'], [0, 1]],
  ['nothing is near nothing', '', [], []],
] as const)('plain edits: %s', (_name, text, texts, expected) => expect(nearestByEdits(text, texts)).toEqual(expected))
