import { describe, expect, test } from 'vitest'
import { findSkew } from '../../../src/extract/raster/find-skew.ts'
import { flattenLight, inkOf } from '../../../src/extract/raster/flatten-light.ts'
import type { QuarterTurns } from '../../../src/extract/raster/image.ts'
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

test.each([-7.3, -3.05, -0.4, 0, 0.15, 2.2, 6.6])('a page turned by %f degrees is recovered within 0.05', (degrees) => {
  const { degrees: found } = findSkew(inkOf(flattenLight(moneyPage(degrees).grey())))
  expect(Math.abs(found - degrees)).toBeLessThanOrEqual(0.05)
})

test('lines of text alone give the skew', () => {
  const page = new DrawnPage(800, 600, { degrees: 1.7 })
  for (let y = 60; y < 540; y += 44) for (let x = 60; x < 740; x += 27) page.han(x, y, 22)
  expect(Math.abs(findSkew(inkOf(flattenLight(page.grey()))).degrees - 1.7)).toBeLessThanOrEqual(0.06)
})

describe('quarter turns', () => {
  test.each([0, 1, 2, 3] as const)('a page that lies %i quarters round is turned upright', (turned) => {
    const lying = toColor(turnByQuarters(moneyPage().grey(), turned))
    expect(toUprightPage(lying).quarterTurns).toBe((4 - turned) % 4)
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
