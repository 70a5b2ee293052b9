import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodePosteriors,
  encodePosteriors,
  LEAST_INK,
  LEAST_KEPT,
  LinePosteriors,
  MOST_GLYPHS,
  type PosteriorFrame,
} from '../../src/model/line-posteriors.ts'

const glyphs = fc.uniqueArray(fc.constantFrom(...'A01 2[］"\\台合式'.replace(' ', '')), { minLength: 1, maxLength: 12 })
const frame: fc.Arbitrary<PosteriorFrame> = glyphs.chain((texts) =>
  fc
    .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: texts.length + 2, maxLength: texts.length + 2 })
    .map((weights) => {
      const sum = weights.reduce((total, weight) => total + weight, 0)
      const [blank = 0, rest = 0, ...others] = weights.map((weight) => weight / sum)
      return { blank, rest, glyphs: texts.map((text, at) => ({ text, probability: others[at] ?? 0 })) }
    }),
)
const frames = fc.array(frame, { maxLength: 12 })

describe('posteriors of a line as text', () => {
  test('come back with their frames, their likeliest glyphs and nearly their probabilities', () => {
    fc.assert(
      fc.property(frames, (written) => {
        const read = decodePosteriors(LinePosteriors.parse(encodePosteriors(written)))
        expect(read.length).toBe(written.length)
        for (const [at, frame] of written.entries()) {
          const back = read[at]
          if (back === undefined || back.blank === 1) {
            expect(Math.max(0, ...frame.glyphs.map(({ probability }) => probability))).toBeLessThan(
              Math.max(LEAST_INK, LEAST_KEPT),
            )
            continue
          }
          expect(back.glyphs.length).toBeLessThanOrEqual(MOST_GLYPHS)
          const sum = back.glyphs.reduce((total, { probability }) => total + probability, back.blank + back.rest)
          expect(sum).toBeCloseTo(1, 9)
          for (const { text, probability } of back.glyphs) {
            const own = frame.glyphs.find((glyph) => glyph.text === text)?.probability ?? 0
            // Half a step of the scale, and the scaling of a sum that rounding took over 1.
            expect(Math.abs(Math.log(probability / own))).toBeLessThan(0.25)
          }
        }
      }),
    )
  })

  test('are the same text when written again', () => {
    fc.assert(
      fc.property(frames, (written) => {
        const once = encodePosteriors(written)
        expect(encodePosteriors(written)).toBe(once)
        expect(encodePosteriors(decodePosteriors(once)).length).toBeLessThanOrEqual(once.length)
      }),
    )
  })

  test('take two characters for a run of frames without a glyph, however long', () => {
    const nothing: PosteriorFrame = { blank: 0.99, glyphs: [], rest: 0.01 }
    expect(encodePosteriors(Array.from({ length: 60 }, () => nothing))).toHaveLength(2)
    expect(decodePosteriors(encodePosteriors(Array.from({ length: 700 }, () => nothing)))).toHaveLength(700)
  })

  test.each(['x', ' ', '2台0', '1台', '0', '3台0合1', '1台~'])('refuse %j', (text) => {
    expect(LinePosteriors.safeParse(text).success).toBe(false)
  })
})
