import { describe, expect, test } from 'vitest'
import { amountHypotheses } from '../../../src/normalize/money/amount-hypotheses.ts'

const TWO_PLACES = { decimals: 2, roundShare: 0.6 }
const textsOf = (reading: string, habit = TWO_PLACES) =>
  amountHypotheses([reading], habit).hypotheses.map(({ text }) => text)

describe('what a damaged amount may be', () => {
  test.each([
    ['St.SO', '51.50'],
    ['51.SO', '51.50'],
    ['2ll.OO', '28.00'],
    ['28945', '289.45'],
    ['2 00', '2.00'],
    ['30.0。', '30.00'],
    ['2回', '2.00'],
    ['30佣', '30.00'],
    ['10.回', '10.00'],
    ['3田', '3.00'],
  ])('%s may be %s', (reading, truth) => expect(textsOf(reading)).toContain(truth))

  test.each([
    ['St.SO', '51.50'],
    ['28945', '289.45'],
    ['30佣', '30.00'],
  ])('of %s the likeliest is %s in a column of two places', (reading, first) => expect(textsOf(reading)[0]).toBe(first))

  test('a glyph never takes the readable digits away', () => {
    for (const text of textsOf('30佣')) expect(text.replace('.', '')).toMatch(/^30/)
  })

  test('every hypothesis has the places of its column, or is the reading as it stands', () => {
    for (const text of textsOf('1680')) expect(text === '1680' || /^\d+\.\d{2}$/.test(text)).toBe(true)
  })

  test('two unreadable glyphs leave the set open', () => {
    expect(amountHypotheses(['咽皿'], TWO_PLACES).isBounded).toBe(false)
    expect(amountHypotheses(['4回'], TWO_PLACES).isBounded).toBe(true)
  })

  test('weights sum to one and the set stays small', () => {
    const { hypotheses } = amountHypotheses(['曲3回', '3田'], { decimals: null, roundShare: 0.5 })
    expect(hypotheses.length).toBeLessThanOrEqual(4000)
    expect(hypotheses.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1)
  })
})
