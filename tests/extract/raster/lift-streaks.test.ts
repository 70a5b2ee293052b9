import { describe, expect, test } from 'vitest'
import { findScanTables } from '../../../src/extract/raster/find-scan-tables.ts'
import type { GreyImage } from '../../../src/extract/raster/image.ts'
import { liftStreaks } from '../../../src/extract/raster/lift-streaks.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { DrawnPage, steps } from './draw-page.ts'

const XS = steps(90, 160, 60, 200, 110, 130)
const YS = steps(110, 60, 40, 40, 40, 80, 40, 40)
const FAINT = { thickness: 1.5, grey: 190 }

function drawTable(): DrawnPage {
  const page = new DrawnPage(840, 560, { degrees: 0.8 }).grid(XS, YS)
  for (const x of XS.slice(0, -1)) {
    for (const y of YS.slice(0, -1)) page.digits('12.5', x + 8, y + 11, 22)
  }
  return page
}

function paper(width: number, height: number): GreyImage {
  return { width, height, data: new Uint8Array(width * height).fill(240) }
}

function lineDown({ width, height, data }: GreyImage, x: number, from = 0, to = height): void {
  for (let y = from; y < to; y++) data.fill(150, y * width + x, y * width + x + 2)
}

function darkColumns({ width, height, data }: GreyImage): number {
  return Array.from({ length: width }, (_, x) => x).filter((x) => {
    let dark = 0
    for (let y = 0; y < height; y++) if ((data[y * width + x] as number) < 200) dark++
    return dark > height / 4
  }).length
}

describe('a streak from edge to edge', () => {
  test('is taken out of the paper, whether it runs down or across', () => {
    const image = paper(300, 400)
    lineDown(image, 120)
    for (let y = 200; y < 202; y++) image.data.fill(150, y * 300, y * 300 + 300)
    const lifted = liftStreaks(image)
    expect(Math.min(...lifted.data)).toBeGreaterThan(230)
  })

  test.each([
    ['level', 0],
    ['askew', 0.03],
  ])('is taken out of paper under a lid whose black edge lies %s', (_, slope) => {
    const image = paper(300, 400)
    lineDown(image, 120)
    const black = (x: number): number => Math.round(40 + slope * x)
    for (let x = 0; x < 300; x++) for (let y = 0; y < black(x); y++) image.data[y * 300 + x] = 10
    const lifted = liftStreaks(image)
    expect(Math.min(...lifted.data.subarray(60 * 300))).toBeGreaterThan(230)
  })

  test('is taken out of a bilevel scan though it leaps a pixel aside now and then', () => {
    const image = paper(300, 400)
    for (let y = 0; y < 400; y++) image.data[y * 300 + 120 + ((y * 7) % 13 < 6 ? 0 : 1)] = 0
    expect(darkColumns(liftStreaks(image))).toBe(0)
  })

  test('is taken out of paper whose upper edge the scanner saw as a line', () => {
    const image = paper(300, 400)
    lineDown(image, 120)
    image.data.fill(60, 4 * 300, 6 * 300)
    expect(darkColumns(liftStreaks(image))).toBe(0)
  })

  test('adds no column to a table that it crosses', () => {
    const image = drawTable().color()
    for (let y = 0; y < image.height; y++) {
      for (const x of [200, 430, 700]) {
        for (let i = 3 * (y * image.width + x); i < 3 * (y * image.width + x + 2); i++) {
          image.data[i] = Math.max(0, (image.data[i] ?? 0) - 70)
        }
      }
    }
    const tables = findScanTables(toUprightPage(image, { quarterTurns: 0 }))
    expect(tables.map(({ grid }) => [grid.rowEdges.length - 1, grid.columnEdges.length - 1])).toEqual([[7, 5]])
  })
})

describe('left alone are', () => {
  test('a ruling that ends before the paper does', () => {
    const image = paper(300, 400)
    lineDown(image, 120, 30, 370)
    expect(darkColumns(liftStreaks(image))).toBe(2)
  })

  test('the rulings of a picture that is cut to its table', () => {
    const image = paper(300, 400)
    for (const x of [0, 100, 200, 297]) lineDown(image, x)
    for (const y of [1, 100, 200, 300, 397]) image.data.fill(150, y * 300, (y + 2) * 300)
    expect(darkColumns(liftStreaks(image))).toBeGreaterThanOrEqual(4)
  })

  test('a page without one: it is the same picture', () => {
    const image = paper(300, 400)
    expect(liftStreaks(image).data).toEqual(image.data)
  })

  test('a table with faint rulings', () => {
    const page = new DrawnPage(840, 560).grid(XS, YS, FAINT)
    const tables = findScanTables(toUprightPage(page.color(), { quarterTurns: 0 }))
    expect(tables.map(({ grid }) => grid.cells.length)).toEqual([35])
  })
})
