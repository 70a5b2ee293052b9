import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cropPageLines } from '../../../src/extract/raster/crop-lines.ts'
import { findScanTables } from '../../../src/extract/raster/find-scan-tables.ts'
import type { GreyImage } from '../../../src/extract/raster/image.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { turnReversePrint } from '../../../src/extract/raster/turn-reverse-print.ts'
import { DrawnPage, steps, toColor } from './draw-page.ts'

const [width, height] = [1654, 1200]
const XS = steps(150, 220, 220, 260, 200, 240, 220)
const YS = steps(200, 80, 60, 60, 60, 60, 60)
const heading = { x0: 150, top: 200, x1: XS.at(-1) ?? 0, bottom: 280 }

/** A ruled table with a heading of Han figures over rows of digits. */
function tablePage(): GreyImage {
  const page = new DrawnPage(width, height).grid(XS, YS)
  for (const x of XS.slice(0, -1)) {
    for (const k of [0, 1, 2]) page.han(x + 30 + 50 * k, 222, 36)
    for (const y of YS.slice(1, -1)) page.digits('128.50', x + 30, y + 16, 30)
  }
  return page.grey()
}

/** Where `isGround` says so, paper becomes `ground` and print the paper's white; lines between cells become `rule`. */
function reversed(page: GreyImage, ground: number, rule: number): GreyImage {
  const isRule = (x: number, y: number) =>
    XS.some((edge) => Math.abs(edge - x) < 2) || YS.some((edge) => Math.abs(edge - y) < 2)
  const data = page.data.map((level, i) => {
    const [x, y] = [i % page.width, Math.floor(i / page.width)]
    if (x < heading.x0 || x > heading.x1 || y < heading.top || y > heading.bottom) return level
    return isRule(x, y) ? rule : ground + ((248 - level) * (248 - ground)) / 228
  })
  return { ...page, data }
}

function headingCells(page: GreyImage): readonly number[] {
  const upright = toUprightPage(toColor(page))
  const tables = findScanTables(upright)
  const [table] = cropPageLines(upright, tables).tables
  return (table?.cells ?? []).filter(({ row }) => row === 0).map(({ lines }) => lines.length)
}

describe('a heading in white on a dark ground', () => {
  test('has its cells and its print, whatever the ground and the lines in it', () => {
    const grounds = fc.record({ ground: fc.integer({ min: 10, max: 150 }), rule: fc.constantFrom(0.3, 1, 1.4) })
    fc.assert(
      fc.property(grounds, ({ ground, rule }) => {
        expect(headingCells(reversed(tablePage(), ground, Math.min(248, ground * rule)))).toEqual([1, 1, 1, 1, 1, 1])
      }),
      { numRuns: 8, seed: 5, examples: [[{ ground: 31, rule: 1.6 }], [{ ground: 81, rule: 0.6 }]] },
    )
  })

  test('is where it was found', () => {
    const [box] = toUprightPage(toColor(reversed(tablePage(), 60, 248))).grounds
    for (const side of ['x0', 'top', 'x1', 'bottom'] as const)
      expect(Math.abs((box?.[side] ?? 0) - heading[side])).toBeLessThan(8)
  })

  test('is turned where two short headings stand on a wide band with a dark rule over and in it', () => {
    const page = new DrawnPage(width, height)
    for (const x of [400, 1300]) for (const k of [0, 1]) page.han(x + 40 * k, 226, 26)
    const drawn = page.grey()
    const band = { x0: 100, x1: 1550, top: 200, bottom: 290 }
    const data = drawn.data.map((level, i) => {
      const [x, y] = [i % width, Math.floor(i / width)]
      if (x < band.x0 || x > band.x1 || y < band.top || y > band.bottom) return level
      return y < 203 || Math.abs(y - 262) < 2 ? 20 : 90 + ((248 - level) * (248 - 90)) / 228
    })
    const turned = turnReversePrint({ ...drawn, data })
    expect(turned.grounds).toHaveLength(1)
    expect(turned.grey.data[240 * width + 800]).toBeGreaterThan(200)
  })

  test('is turned on a coarse scan that slants, under a bold title and between rules as dark as print', () => {
    const page = new DrawnPage(width, height)
    for (const x of [200, 330, 460, 700, 830, 960]) for (const k of [0, 1]) page.han(x + 20 * k, 150, 16)
    const drawn = page.grey()
    // One step down every 40 pixels; two bands side by side, with upright rules in them.
    const data = drawn.data.map((level, i) => {
      const [x, y] = [i % width, Math.floor(i / width) - Math.floor((i % width) / 40)]
      const isTitle = y > 82 && y < 112 && x > 400 && x < 900 && (x * 7 + y * 3) % 31 < 21
      if (isTitle) return 20
      const isBand = y >= 118 && y <= 160 && ((x >= 150 && x <= 560) || (x >= 620 && x <= 1050))
      if (!isBand) return level
      const isRule = y < 121 || y > 157 || [150, 280, 410, 560, 620, 780, 910, 1050].some((at) => Math.abs(at - x) < 2)
      return isRule ? 15 : 84 + ((248 - level) * (248 - 84)) / 228
    })
    const { grounds } = turnReversePrint({ ...drawn, data })
    expect(grounds).toHaveLength(1)
    expect(grounds[0]?.top).toBeGreaterThan(105)
  })

  const filled = (level: (x: number, y: number) => number): GreyImage => {
    const page = tablePage()
    const isIn = (x: number, y: number) => x > 300 && x < 900 && y > 700 && y < 1000
    return {
      ...page,
      data: page.data.map((own, i) => {
        const [x, y] = [i % width, Math.floor(i / width)]
        return isIn(x, y) ? level(x, y) : own
      }),
    }
  }

  test.each([
    ['a page without one', tablePage()],
    [
      'a shaded heading with dark print',
      { ...tablePage(), data: tablePage().data.map((l, i) => (i < 280 * width ? l * 0.7 : l)) },
    ],
    ['a dark area without print', filled(() => 60)],
    ['a picture', filled((x, y) => 60 + ((x * y) % 150))],
    ['the lid beside the paper', { ...tablePage(), data: tablePage().data.map((l, i) => (i % width < 120 ? 30 : l)) }],
  ])('%s is left as it is', (_name, page) => expect(turnReversePrint(page).grounds).toEqual([]))
})
