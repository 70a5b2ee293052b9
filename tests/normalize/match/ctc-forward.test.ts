import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodePosteriors, type PosteriorFrame } from '../../../src/model/line-posteriors.ts'
import {
  backwardColumn,
  ctcForwardLogProbability,
  forwardColumn,
  spellBackward,
  spellForward,
  toScored,
} from '../../../src/normalize/match/ctc-forward.ts'
import { createGlyphLattice, type GlyphLattice } from '../../../src/normalize/match/glyph-lattice.ts'

const ALPHABET = ['A', '3', '台']
const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
const frame = weights.map((given): PosteriorFrame => {
  const sum = given.reduce((total, weight) => total + weight, 0)
  const [blank = 0, ...others] = given.map((weight) => weight / sum)
  return { blank, glyphs: ALPHABET.map((text, at) => ({ text, probability: others[at] ?? 0 })), rest: 0 }
})
const lattice = fc
  .array(frame, { minLength: 1, maxLength: 5 })
  .map((frames) => createGlyphLattice([encodePosteriors(frames)]))
const word = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 4 })

/** Every way to give each frame a glyph or none. */
function allPaths(length: number, labels: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length }).reduce<readonly (readonly string[])[]>(
    (paths) => paths.flatMap((path) => labels.map((label) => [...path, label])),
    [[]],
  )
}

/** What a path spells: repeats are one, '' is none. */
const spell = (path: readonly string[]) => path.filter((label, at) => label !== path[at - 1]).join('')

function probabilityOf({ blank, emissionOf, logScale }: GlyphLattice, path: readonly string[]): number {
  const factors = path.map((label, at) => (label === '' ? blank : emissionOf(label.charCodeAt(0)))[at] ?? 0)
  return factors.reduce((product, factor) => product * factor, Math.exp(logScale))
}

describe('the probability of a string', () => {
  test('is the sum over all paths that spell it', () => {
    fc.assert(
      fc.property(lattice, word, (given, text) => {
        const paths = allPaths(given.length, ['', ...ALPHABET]).filter((path) => spell(path) === text)
        const sum = paths.reduce((total, path) => total + probabilityOf(given, path), 0)
        expect(Math.exp(ctcForwardLogProbability(given, text))).toBeCloseTo(sum, 9)
      }),
    )
  })

  test('of the string that the best path spells is not below that path', () => {
    fc.assert(
      fc.property(lattice, (given) => {
        const best = Array.from(
          { length: given.length },
          (_, at) => ['', ...ALPHABET].toSorted((a, b) => at1(given, b, at) - at1(given, a, at))[0] ?? '',
        )
        const path = Math.log(probabilityOf(given, best))
        expect(ctcForwardLogProbability(given, spell(best))).toBeGreaterThanOrEqual(path - 1e-9)
      }),
    )
  })

  test('is found in two parts as in one', () => {
    fc.assert(
      fc.property(lattice, word, word, (given, before, after) => {
        fc.pre(after !== '' && before.at(-1) !== after[0])
        const glyphs = (text: string) => [...text].map((glyph) => toScored(given, glyph.charCodeAt(0)))
        const [first, second] = [
          forwardColumn(spellForward(given), glyphs(before)),
          backwardColumn(spellBackward(given), glyphs(after)),
        ]
        const joined = first.reduce((sum, value, border) => sum + value * (second[border] ?? 0), 0)
        expect(joined).toBeCloseTo(forwardColumn(spellForward(given), glyphs(before + after))[given.length] ?? 0, 12)
      }),
    )
  })

  test('of a glyph that may be missing is that with it and, by its weight, that without it', () => {
    fc.assert(
      fc.property(
        lattice,
        fc.constantFrom('[3', '3]', '[A台]'),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (given, text, omission) => {
          const scored = [...text].map((glyph) =>
            toScored(given, glyph.charCodeAt(0), /\w|台/.test(glyph) ? 0 : omission),
          )
          const forms = ['', '['].flatMap((open) => ['', ']'].map((close) => ({ open, close })))
          const [hasOpen, hasClose] = [text.startsWith('['), text.endsWith(']')]
          const sum = forms
            .filter(({ open, close }) => (hasOpen || open === '') && (hasClose || close === ''))
            .reduce((total, { open, close }) => {
              const missing = (hasOpen && open === '' ? omission : 1) * (hasClose && close === '' ? omission : 1)
              const form = open + text.replaceAll(/[[\]]/g, '') + close
              return total + missing * Math.exp(ctcForwardLogProbability(given, form) - given.logScale)
            }, 0)
          expect(forwardColumn(spellForward(given), scored)[given.length] ?? 0).toBeCloseTo(sum, 12)
        },
      ),
    )
  })

  test.each([
    ['full and half width are one glyph', '（3）', '(3)'],
    ['kinds of brackets are', '【A〕', '[A]'],
    ['the reader cannot tell O from 0, nor l from 1', '1O5l', '1051'],
    ['a comma from a point', '1，25', '1.25'],
  ])('does not depend on how glyphs are set: %s', (_name, seen, text) => {
    const frames = [...seen].map(
      (glyph): PosteriorFrame => ({ blank: 0.05, glyphs: [{ text: glyph, probability: 0.95 }], rest: 0 }),
    )
    expect(Math.exp(ctcForwardLogProbability(createGlyphLattice([encodePosteriors(frames)]), text))).toBeGreaterThan(
      0.7,
    )
  })

  test('joins the lines of a cell, and keeps a glyph that ends one and begins the next', () => {
    const line = encodePosteriors([{ blank: 0.001, glyphs: [{ text: '0', probability: 0.999 }], rest: 0 }])
    const cell = createGlyphLattice([line, line])
    expect(ctcForwardLogProbability(cell, '00')).toBeGreaterThan(-0.01)
    expect(ctcForwardLogProbability(cell, '0')).toBeLessThan(-5)
  })

  test('of a glyph that no frame names is small and not nothing', () => {
    const line = encodePosteriors([{ blank: 0.001, glyphs: [{ text: '域', probability: 0.999 }], rest: 0 }])
    const cell = createGlyphLattice([line])
    expect(ctcForwardLogProbability(cell, '城')).toBeLessThan(-8)
    expect(ctcForwardLogProbability(cell, '城')).toBeGreaterThan(-20)
    expect(ctcForwardLogProbability(cell, '城城')).toBe(Number.NEGATIVE_INFINITY)
  })
})

function at1({ blank, emissionOf }: GlyphLattice, label: string, frame: number): number {
  return (label === '' ? blank : emissionOf(label.charCodeAt(0)))[frame] ?? 0
}
