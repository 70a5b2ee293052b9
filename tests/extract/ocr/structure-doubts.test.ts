import { describe, expect, test } from 'vitest'
import { readScanPage } from '../../../src/extract/ocr/read-scan-page.ts'
import { DrawnPage, SOLID, steps } from '../raster/draw-page.ts'
import { fakeEngine, reading } from './ocr-fixtures.ts'

const XS = steps(90, 160, 60, 200, 110, 130)
const YS = steps(110, 60, 40, 40, 40, 80, 40, 40)
const PLACEMENT = { x0: 0, top: 0, x1: 420, bottom: 280 }

function fill(page: DrawnPage): DrawnPage {
  for (const [c, x] of XS.slice(0, -1).entries()) {
    for (const y of YS.slice(0, -1)) {
      if (c === 0) for (let k = 0; k < 4; k++) page.han(x + 12 + k * 26, y + 9, 22)
      else page.digits('12.50'.slice(0, c === 1 ? 1 : 5), x + 12, y + 11, 22)
    }
  }
  return page
}

async function doubtfulShare(page: DrawnPage): Promise<number> {
  const engine = fakeEngine('paddle', () => reading('字'))
  const picture = { pageNumber: 1, image: page.color(), placement: PLACEMENT, isPainted: false }
  const read = await readScanPage(picture, { first: engine, second: null }, [], new AbortController().signal)
  const cells = read.tables.flatMap((table) => table.cells)
  return cells.filter((cell) => cell.flags.includes('structure-uncertain')).length / cells.length
}

test('the cells of a clear grid carry no doubt', async () => {
  expect(await doubtfulShare(fill(new DrawnPage(840, 560).grid(XS, YS)))).toBe(0)
})

test('a half lost ruling casts doubt on the cells beside it and on no others', async () => {
  const page = fill(new DrawnPage(840, 560).grid(XS, YS, SOLID, new Set(['below:4,2'])))
  page.ruling((XS[2] ?? 0) + 45, YS[5] ?? 0, (XS[3] ?? 0) - 45, YS[5] ?? 0)
  const share = await doubtfulShare(page)
  expect(share).toBeGreaterThan(0)
  expect(share).toBeLessThan(0.2)
})

test('a value over another where the row beside it is ruled in two is doubtful', async () => {
  // The ruling between two rows is lost in one column, and both values stand in the one cell that is left.
  const page = fill(new DrawnPage(840, 560).grid(XS, YS, SOLID, new Set(['below:2,4'])))
  expect(await doubtfulShare(page)).toBeCloseTo(1 / 34)
})

describe('a row that stands just outside its table', () => {
  /** What a reader sees: the first column's glyphs are wide, its lines the longest. */
  const engine = fakeEngine('paddle', ({ inkInCrop: { x0, x1 } }) => reading(x1 - x0 > 85 ? '公用经费' : '12.50'))
  const below = (YS.at(-1) ?? 0) + 18

  async function readPage(page: DrawnPage) {
    const picture = { pageNumber: 1, image: page.color(), placement: PLACEMENT, isPainted: false }
    return readScanPage(picture, { first: engine, second: null }, [], new AbortController().signal)
  }

  test('is told, and casts doubt on the row beside it', async () => {
    const page = fill(new DrawnPage(840, 560).grid(XS, YS))
    for (let k = 0; k < 4; k++) page.han(102 + k * 26, below, 22)
    page.digits('12.50', (XS[2] ?? 0) + 12, below + 2, 22).digits('12.50', (XS[4] ?? 0) + 12, below + 2, 22)
    const { tables, warnings } = await readPage(page)
    const doubtful = tables[0]?.cells.filter(({ flags }) => flags.includes('structure-uncertain')) ?? []
    expect([...new Set(doubtful.map(({ row }) => row))]).toEqual([YS.length - 2])
    expect(warnings).toEqual(['table 1: beside it stands what looks like a row of it: 公用经费 12.50 12.50'])
  })

  test('is told, though it stands far below, where it has three texts', async () => {
    const page = fill(new DrawnPage(840, 700).grid(XS, YS))
    for (let k = 0; k < 4; k++) page.han(102 + k * 26, below + 120, 22)
    for (const c of [2, 4]) page.digits('12.50', (XS[c] ?? 0) + 12, below + 122, 22)
    const { warnings } = await readPage(page)
    expect(warnings).toEqual(['table 1: beside it stands what looks like a row of it: 公用经费 12.50 12.50'])
  })

  test('is told where the page has no table at all', async () => {
    const page = new DrawnPage(840, 560)
    for (let k = 0; k < 4; k++) page.han(102 + k * 26, 120, 22)
    for (const c of [2, 4]) page.digits('12.50', (XS[c] ?? 0) + 12, 122, 22)
    const { tables, warnings } = await readPage(page)
    expect(tables).toEqual([])
    expect(warnings).toEqual(['without a table, this looks like a row of one: 公用经费 12.50 12.50'])
  })

  test.each([
    ['a line of words', (page: DrawnPage) => Array.from({ length: 4 }, (_, k) => page.han(102 + k * 26, below, 22))],
    ['a number alone', (page: DrawnPage) => page.digits('12.50', (XS[2] ?? 0) + 12, below + 2, 22)],
    [
      'two numbers without a name',
      (page: DrawnPage) => [2, 4].map((c) => page.digits('12.50', (XS[c] ?? 0) + 12, below + 2, 22)),
    ],
    [
      'what stands far below',
      (page: DrawnPage) => [2, 4].map((c) => page.digits('12.50', (XS[c] ?? 0) + 12, below + 62, 22)),
    ],
  ])('%s is none', async (_, draw) => {
    const page = fill(new DrawnPage(840, 600).grid(XS, YS))
    draw(page)
    const { tables, warnings } = await readPage(page)
    expect(warnings).toEqual([])
    expect(tables[0]?.cells.flatMap(({ flags }) => flags.filter((flag) => flag === 'structure-uncertain'))).toEqual([])
  })
})

describe('a column that stands just outside its table', () => {
  const engine = fakeEngine('paddle', ({ inkInCrop: { x0, x1 } }) =>
    reading(x1 - x0 > 75 ? 'PE一一' : x1 - x0 > 30 ? '12.50' : '√'),
  )
  const right = (XS.at(-1) ?? 0) + 20

  async function readPage(page: DrawnPage) {
    const picture = { pageNumber: 1, image: page.color(), placement: PLACEMENT, isPainted: false }
    return readScanPage(picture, { first: engine, second: null }, [], new AbortController().signal)
  }
  const beside = (draw: (page: DrawnPage, y: number) => void, ys: readonly number[]) => {
    const page = fill(new DrawnPage(1100, 560).grid(XS, YS))
    for (const y of ys) draw(page, y + 11)
    return readPage(page)
  }
  const amount = (page: DrawnPage, y: number) => page.digits('12.50', right, y, 22)

  test('is told, and casts doubt on the cells beside it', async () => {
    const { tables, warnings } = await beside(amount, YS.slice(1, 5))
    const doubtful = tables[0]?.cells.filter(({ flags }) => flags.includes('structure-uncertain')) ?? []
    expect(doubtful.map(({ row, column }) => [row, column])).toEqual([1, 2, 3, 4].map((row) => [row, 4]))
    expect(warnings).toEqual(['table 1: beside it stands what looks like a column of it: 12.50 12.50 12.50 12.50'])
  })

  test.each([
    ['a number alone', amount, YS.slice(1, 2)],
    [
      'numbers that stand in no column',
      (page: DrawnPage, y: number) => page.digits('12.50', right + 1.2 * (y - 170), y, 22),
      YS.slice(1, 5),
    ],
    [
      'what strokes along the edge of the sheet are read as',
      (page: DrawnPage, y: number) => [0, 1, 2, 3].map((k) => page.han(right + k * 26, y, 22)),
      YS.slice(1, 6),
    ],
    ['ticks', (page: DrawnPage, y: number) => page.han(right, y, 20), YS.slice(1, 6)],
  ])('%s is none', async (_, draw, ys) => {
    const { tables, warnings } = await beside(draw, ys)
    expect(warnings).toEqual([])
    expect(tables[0]?.cells.some(({ flags }) => flags.includes('structure-uncertain'))).toBe(false)
  })
})
