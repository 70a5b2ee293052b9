import fc from 'fast-check'
import Fuse from 'fuse.js'
import { expect, test } from 'vitest'
import { createSearch } from '../../../src/normalize/match/fuse-search.ts'

const GLYPHS = [...'台式计算机设备打印采购服务其他aB1（）']
const name = fc.array(fc.constantFrom(...GLYPHS), { maxLength: 14 }).map((glyphs) => glyphs.join(''))

test('only those that can be near are compared, and the answer is that of a comparison with all', () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 60 }), name, fc.integer({ min: 1, max: 5 }), (names, text, limit) => {
      const all = new Fuse(names, { threshold: 0.6, ignoreLocation: true })
      const expected = all.search(text, { limit }).map(({ refIndex }) => refIndex)
      expect(createSearch(names)(text, limit)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['a name with a wrong glyph', '台弍计算机', [1]],
  ['a name that shares too little', '计划生育', []],
])('%s', (_name, text, expected) => {
  expect(createSearch(['打印设备', '台式计算机', '其他服务'])(text, 3)).toEqual(expected)
})
