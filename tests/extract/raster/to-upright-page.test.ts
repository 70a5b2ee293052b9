import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSkew } from '../../../src/extract/raster/find-skew.ts'
import { flattenLight } from '../../../src/extract/raster/flatten-light.ts'
import type { GreyImage, QuarterTurns } from '../../../src/extract/raster/image.ts'
import { mapPoint, turnByQuarters } from '../../../src/extract/raster/resample.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { DrawnPage, steps, toColor } from './draw-page.ts'

const XS = steps(80, 150, 120, 200, 120, 130)
const YS = steps(120, 50, 50, 50, 50, 50, 50, 50)

function moneyPage(degrees = 0): DrawnPage {
  const page = new DrawnPage(900, 640, { degrees }).grid(XS, YS)
  for (const x of XS.slice(1, -1)) {
    for (const y of YS.slice(0, -1)) page.digits('12.50', x + 14, y + 14, 24)
  }
  return page
}

/** Grain and a shadow towards one side, the same for the same seed. */
function worn({ width, height, data }: GreyImage, seed: number): GreyImage {
  let state = seed + 1
  const next = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647 - 0.5
  }
  const grain = (): number => 26 * (next() + next() + next())
  const shade = (i: number): number => 0.97 - (0.3 * (i % width)) / width
  return { width, height, data: data.map((level, i) => Math.max(0, Math.min(255, level * shade(i) + grain()))) }
}

/** Every two by two pixels as one: edges are grey, as a scanner sees them. */
function halved({ width, height, data }: GreyImage): GreyImage {
  const [w, h] = [width >> 1, height >> 1]
  const mean = (i: number): number => {
    const at = 2 * Math.floor(i / w) * width + 2 * (i % w)
    return ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + width] ?? 0) + (data[at + width + 1] ?? 0)) / 4
  }
  return { width: w, height: h, data: Uint8Array.from({ length: w * h }, (_, i) => mean(i)) }
}

/** Lines of figures of several widths and heights, some shorter than others. */
function textPage(degrees: number, lineCount: number): GreyImage {
  const page = new DrawnPage(1800, 1280, { degrees })
  for (let line = 0; line < lineCount; line++) {
    const [y, end] = [180 + line * 68, 1640 - 194 * (line % 4)]
    for (let x = 180 + 40 * (line % 3), k = line; x < end; x += 50, k++) {
      if (k % 5 === 0) page.digits('8', x, y + 8, 40)
      else page.han(x, y + ((k * k) % 5), 38 + ((k * 7) % 4))
    }
  }
  return halved(page.grey())
}

describe('the slope of a page is found to a twentieth of a degree, up to eight degrees', () => {
  const pages: readonly (readonly [string, (degrees: number) => GreyImage])[] = [
    ['a ruled table', (degrees) => moneyPage(degrees).grey()],
    ['a ruled table, worn', (degrees) => worn(moneyPage(degrees).grey(), 3)],
    ['a page of text', (degrees) => textPage(degrees, 14)],
    ['a page of text, worn', (degrees) => worn(textPage(degrees, 14), 5)],
    ['seven lines of text', (degrees) => textPage(degrees, 7)],
  ]

  test.each(pages)('%s', (_name, draw) => {
    fc.assert(
      fc.property(fc.integer({ min: -800, max: 800 }), (hundredths) => {
        const { degrees } = findSkew(flattenLight(draw(hundredths / 100)))
        expect(Math.abs(degrees - hundredths / 100)).toBeLessThanOrEqual(0.05)
      }),
      { numRuns: 12, examples: [[0], [800], [-800], [4]] },
    )
  })
})

describe('quarter turns', () => {
  test.each([0, 1, 2, 3] as const)('a page that lies %i quarters round is turned upright', (turned) => {
    const lying = toColor(turnByQuarters(moneyPage().grey(), turned))
    expect(toUprightPage(lying).quarterTurns).toBe((4 - turned) % 4)
  })

  test('and a slope beside it is taken out as well', () => {
    const turns = fc.constantFrom<QuarterTurns>(0, 1, 2, 3)
    fc.assert(
      fc.property(turns, fc.integer({ min: -70, max: 70 }), (turned, tenths) => {
        const lying = toColor(turnByQuarters(moneyPage(tenths / 10).grey(), turned))
        const { quarterTurns, skewDegrees } = toUprightPage(lying)
        expect(quarterTurns).toBe((4 - turned) % 4)
        expect(Math.abs(skewDegrees - tenths / 10)).toBeLessThanOrEqual(0.05)
      }),
      { numRuns: 10 },
    )
  })

  test('candidates come best first and sum to 1; a reader can overrule them', () => {
    const page = toUprightPage(moneyPage().color(), { quarterTurns: 2 })
    expect(page.quarterTurns).toBe(2)
    const scores = page.orientationCandidates.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 6)
  })
})

test.each([0, 1, 2, 3] as const)(
  'toSource leads back to the source pixel after %i quarter turns and deskew',
  (turned) => {
    const lying = turnByQuarters(new DrawnPage(700, 500, { degrees: 1.5 }).blob(200, 150, 9, 9, 0).grey(), turned)
    const page = toUprightPage(toColor(lying), { quarterTurns: ((4 - turned) % 4) as QuarterTurns })
    const source = darkestMiddle(lying.data, lying.width)
    const upright = darkestMiddle(page.grey.data, page.grey.width)
    const back = mapPoint(page.toSource, upright.x, upright.y)
    expect(Math.hypot(back.x - source.x, back.y - source.y)).toBeLessThan(1)
  },
)

function darkestMiddle(data: Uint8Array, width: number): { x: number; y: number } {
  let count = 0
  let x = 0
  let y = 0
  for (const [i, level] of data.entries()) {
    if (level > 100) continue
    count++
    x += (i % width) + 0.5
    y += Math.floor(i / width) + 0.5
  }
  return { x: x / count, y: y / count }
}

describe('seals', () => {
  const base = moneyPage().color()
  const sealed = { ...base, data: Uint8Array.from(base.data) }
  let covered = 0
  for (let y = 0; y < base.height; y++) {
    for (let x = 0; x < base.width; x++) {
      const radius = Math.hypot(x - 450, y - 300)
      if (radius > 80 || radius < 70) continue
      const i = (y * base.width + x) * 3
      sealed.data[i] = (sealed.data[i] ?? 0) * 0.93
      sealed.data[i + 1] = (sealed.data[i + 1] ?? 0) * 0.2
      sealed.data[i + 2] = (sealed.data[i + 2] ?? 0) * 0.25
      covered++
    }
  }

  test('a red ring is taken off and the print under it stays', () => {
    const { grey, sealShare } = toUprightPage(sealed, { quarterTurns: 0 })
    const clean = toUprightPage(base, { quarterTurns: 0 })
    expect(sealShare).toBeGreaterThan((0.5 * covered) / (base.width * base.height))
    let wrong = 0
    for (const [i, level] of grey.data.entries()) {
      const was = clean.grey.data[i] ?? 0
      if ((was > 200 && level < 190) || (was < 60 && level > 130)) wrong++
    }
    expect(wrong).toBeLessThan(covered * 0.02)
  })

  test('red text that is no seal stays readable', () => {
    const page = new DrawnPage(900, 300)
    for (let x = 60; x < 800; x += 30) page.han(x, 100, 24)
    const { data, ...size } = page.color()
    const red = Uint8Array.from(data, (level, i) => (level < 100 && i % 3 === 0 ? 200 : level))
    const { grey, sealShare } = toUprightPage({ ...size, data: red }, { quarterTurns: 0 })
    expect(sealShare).toBe(0)
    expect(grey.data.filter((level) => level < 110).length).toBeGreaterThan(1000)
  })
})
