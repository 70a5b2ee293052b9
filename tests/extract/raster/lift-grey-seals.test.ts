import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flattenLight } from '../../../src/extract/raster/flatten-light.ts'
import type { GreyImage } from '../../../src/extract/raster/image.ts'
import { liftGreySeals } from '../../../src/extract/raster/lift-grey-seals.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { DrawnPage, toColor } from './draw-page.ts'

const [width, height] = [1654, 2339]
const places = Array.from({ length: 24 }, (_, row) =>
  [120, 520, 900, 1240].map((x) => [x, 500 + 52 * row] as const),
).flat()

/** A page of figures in columns without lines. */
function printedPage(): GreyImage {
  const page = new DrawnPage(width, height)
  for (const [x, y] of places) page.digits('128.50', x, y, 30)
  return page.grey()
}

interface Seal {
  readonly x: number
  readonly y: number
  readonly radius: number
  /** Half the width of its ring. */
  readonly half: number
  readonly grey: number
}

/** A ring with a star's blob in its middle and strokes between them, under print as a copier sees both: the darker one shows. */
function sealed(page: GreyImage, { x, y, radius, half, grey }: Seal): GreyImage {
  const data = page.data.map((level, i) => {
    const [dx, dy] = [(i % page.width) + 0.5 - x, Math.floor(i / page.width) + 0.5 - y]
    const [distance, angle] = [Math.hypot(dx, dy), Math.atan2(dy, dx)]
    const isRing = Math.abs(distance - radius) < half
    const isStar = distance < radius / 5
    const isLetter = distance > 0.65 * radius && distance < 0.85 * radius && Math.abs(Math.sin(7 * angle)) < 0.3
    return isRing || isStar || isLetter ? Math.min(level, grey) : level
  })
  return { ...page, data }
}

function lift(page: GreyImage): { readonly grey: GreyImage; readonly sealShare: number } {
  return liftGreySeals(page, flattenLight(page))
}

/** The share of the pixels of a mask that are darker than `limit`. */
function darkShare(page: GreyImage, limit: number, isAsked: (i: number) => boolean): number {
  let [asked, dark] = [0, 0]
  for (const [i, level] of page.data.entries()) {
    if (!isAsked(i)) continue
    asked++
    if (level < limit) dark++
  }
  return dark / Math.max(1, asked)
}

describe('round seals that were copied in grey', () => {
  const seals = fc.record({
    x: fc.integer({ min: 500, max: 1200 }),
    y: fc.integer({ min: 700, max: 1600 }),
    radius: fc.integer({ min: 110, max: 220 }),
    half: fc.integer({ min: 3, max: 6 }),
    grey: fc.integer({ min: 100, max: 190 }),
  })

  test('leave the paper, and the print under them stays', () => {
    const clean = printedPage()
    fc.assert(
      fc.property(seals, (seal) => {
        const page = sealed(clean, seal)
        const { grey, sealShare } = lift(page)
        const isStamp = (i: number) => page.data[i] !== clean.data[i]
        const isPrint = (i: number) => (clean.data[i] ?? 0) < 60
        expect(sealShare).toBeGreaterThan(0)
        expect(darkShare(grey, 220, isStamp)).toBeLessThan(0.1)
        expect(darkShare(grey, 90, isPrint)).toBeGreaterThan(0.98)
      }),
      { numRuns: 6, seed: 3 },
    )
  })

  test('no longer tie the figures of many rows together', () => {
    const page = sealed(printedPage(), { x: 1000, y: 1000, radius: 190, half: 4, grey: 130 })
    const { structure } = toUprightPage(toColor(page))
    const column = (x: number) => Array.from({ length: height }, (_, y) => structure.data[y * width + x] ?? 0)
    expect(
      column(1000 + 190)
        .slice(900, 1100)
        .every((bit) => bit === 0),
    ).toBe(true)
  })

  test.each([
    ['a page without one', printedPage()],
    [
      'one as dark as print, which nothing tells from print',
      sealed(printedPage(), { x: 900, y: 1000, radius: 190, half: 4, grey: 20 }),
    ],
    ['a shaded heading', shaded(printedPage())],
  ])('%s is left as it is', (_name, page) => expect(lift(page).grey === page).toBe(true))
})

function shaded(page: GreyImage): GreyImage {
  const isShaded = (i: number) => i % width > 100 && i % width < 1500 && i / width > 380 && i / width < 470
  return { ...page, data: page.data.map((level, i) => (isShaded(i) ? Math.min(level, 170) : level)) }
}
