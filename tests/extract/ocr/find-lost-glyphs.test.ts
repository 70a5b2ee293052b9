import { describe, expect, test } from 'vitest'
import { decodeCtc } from '../../../src/extract/ocr/decode-ctc.ts'
import { findLostGlyphs, type SeenGlyph } from '../../../src/extract/ocr/find-lost-glyphs.ts'
import type { GreyImage } from '../../../src/extract/raster/image.ts'

const GLYPH = 32

/** A strip of glyphs of 32 columns (4 steps) each; `#` is inked, `.` is paper. */
function strip(pattern: string): GreyImage {
  const width = pattern.length * GLYPH
  const data = new Uint8Array(width * 48).fill(240)
  for (const [index, mark] of [...pattern].entries()) {
    if (mark !== '#') continue
    for (let y = 8; y < 40; y++) data.fill(20, y * width + index * GLYPH + 3, y * width + (index + 1) * GLYPH - 3)
  }
  return { width, height: 48, data }
}

function han(...positions: readonly number[]): SeenGlyph[] {
  return positions.map((position) => ({ step: position * 4 + 1.5, isWide: true }))
}

describe('a glyph that the recogniser passed over', () => {
  test.each([
    ['nothing is lost where every glyph was seen', '#####', han(0, 1, 2, 3, 4), []],
    ['in the middle', '#####', han(0, 1, 3, 4), [2]],
    ['two in a row', '#######', han(0, 1, 2, 5, 6), [3, 3]],
    ['at the end', '#####', han(0, 1, 2, 3), [4]],
    ['at the beginning', '#####', han(1, 2, 3, 4), [0]],
    ['a space is no glyph', '##.##', han(0, 1, 3, 4), []],
    ['wide letter spacing is no glyph', '#.#.#', han(0, 2, 4), []],
    ['beside digits the pitch is not known', '###', [{ step: 1, isWide: false }, ...han(2)], []],
    ['an empty line has none', '...', [], []],
  ])('%s', (_name, pattern, seen, positions) => {
    expect(findLostGlyphs(strip(pattern), seen, GLYPH).map((glyph) => glyph.position)).toEqual(positions)
  })

  test('comes back as the likeliest Han glyph, with the little confidence that it has', () => {
    const alphabet = ['', '甲', '乙', '丙', '7']
    // Four steps a glyph; the second one is 乙 with a twentieth of the probability, 7 with a little more, else nothing.
    const steps = Array.from({ length: 12 }, (_, step) => {
      if (step === 1) return [0.02, 0.98, 0, 0, 0]
      if (step === 5) return [0.87, 0, 0.05, 0, 0.08]
      if (step === 9) return [0.02, 0, 0, 0.98, 0]
      return [1, 0, 0, 0, 0]
    })
    const posteriors = { data: Float32Array.from(steps.flat()), steps: 12, classes: 5 }
    const seen = decodeCtc(posteriors, alphabet, null, (glyphs) => findLostGlyphs(strip('###'), glyphs, GLYPH))
    expect(seen.map((character) => character.text).join('')).toBe('甲乙丙')
    expect(seen[1]?.confidence).toBeCloseTo(0.05)
  })
})
