import { describe, expect, test } from 'vitest'
import { findScanTables } from '../../../src/extract/raster/find-scan-tables.ts'
import { toUprightPage } from '../../../src/extract/raster/to-upright-page.ts'
import { DrawnPage, type Ink, SOLID, steps } from './draw-page.ts'

const XS = steps(90, 160, 60, 200, 110, 130)
const YS = steps(110, 60, 40, 40, 40, 80, 40, 40)
const GLYPH = 22

function fill(page: DrawnPage): DrawnPage {
  for (const [c, x] of XS.slice(0, -1).entries()) {
    for (const y of YS.slice(0, -1)) {
      if (c === 0) for (let k = 0; k < 4; k++) page.han(x + 12 + k * 26, y + 9, GLYPH)
      else if (c === 1) page.digits('1', x + 20, y + 11, GLYPH)
      else page.digits('12.50', x + 12, y + 11, GLYPH)
    }
  }
  return page
}

function shapesOf(page: DrawnPage): string[] {
  const upright = toUprightPage(page.color(), { quarterTurns: 0 })
  return findScanTables(upright).map(
    ({ grid }) => `${grid.rowEdges.length - 1} x ${grid.columnEdges.length - 1}, ${grid.cells.length} cells`,
  )
}

/** Thickens the border and draws another line around it, `gap` pixels of paper away. */
function inFrame(
  page: DrawnPage,
  xs: readonly number[],
  ys: readonly number[],
  gap: number,
  outer: number,
  inner: number,
): DrawnPage {
  const draw = (away: number, thickness: number): void => {
    const [left, right] = [(xs[0] ?? 0) - away, (xs.at(-1) ?? 0) + away]
    const [top, bottom] = [(ys[0] ?? 0) - away, (ys.at(-1) ?? 0) + away]
    page.grid([left, right], [top, bottom], { thickness, grey: 20 })
  }
  draw(0, inner)
  draw(gap + (outer + inner) / 2, outer)
  return page
}

const WHOLE = ['7 x 5, 35 cells']

/** A photocopy's ruling: pieces of five to seventy pixels with gaps of up to a glyph between them, never the same. */
function wornAway(seed: number): (along: number) => boolean {
  const breaks: number[] = []
  let [at, state] = [0, seed]
  const next = (most: number): number => {
    state = (state * 48271) % 2147483647
    return state % most
  }
  while (at < 2000) {
    const end = at + 5 + next(65)
    at = end + 2 + next(18)
    breaks.push(end, at)
  }
  return (along) => breaks.findIndex((place) => place > along) % 2 === 0
}
const INKS: readonly (readonly [string, Ink])[] = [
  ['plain', SOLID],
  ['hairline', { thickness: 0.8, grey: 60 }],
  ['faint grey', { thickness: 1.5, grey: 185 }],
  ['thick', { thickness: 6, grey: 10 }],
  ['dotted', { thickness: 2, grey: 20, pattern: (along) => along % 5 < 2.5 }],
  ['short dashes for', { thickness: 2, grey: 20, pattern: (along) => along % 9 < 5 }],
  ['dashes of half a glyph for', { thickness: 2, grey: 20, pattern: (along) => along % 19 < 12 }],
  ['broken', { thickness: 2, grey: 40, pattern: (along) => along % 97 < 91 }],
  ['a photocopy’s broken', { thickness: 3, grey: 20, pattern: wornAway(7) }],
  ['a photocopy’s thick and broken', { thickness: 6, grey: 10, pattern: wornAway(11) }],
]

describe('a table of seven rows and five columns is found', () => {
  test.each(INKS)('with %s rulings', (_, ink) => {
    expect(shapesOf(fill(new DrawnPage(840, 560).grid(XS, YS, ink)))).toEqual(WHOLE)
  })

  test('with double rulings', () => {
    const near = (edges: readonly number[]): number[] => edges.map((edge) => edge + 4)
    const page = new DrawnPage(840, 560).grid(XS, YS, { thickness: 1, grey: 30 })
    for (const y of near(YS)) page.ruling(XS[0] ?? 0, y, XS.at(-1) ?? 0, y, { thickness: 1, grey: 30 })
    for (const x of near(XS)) page.ruling(x, YS[0] ?? 0, x, YS.at(-1) ?? 0, { thickness: 1, grey: 30 })
    expect(shapesOf(fill(page))).toEqual(WHOLE)
  })

  test.each([2, 3, 4, 5])('in a frame of two thick lines with %i pixels of paper between them', (gap) => {
    const thick: Ink = { thickness: 4, grey: 10 }
    const page = new DrawnPage(840, 560).grid(XS, YS)
    const [x0, x1, top, bottom] = [XS[0] ?? 0, XS.at(-1) ?? 0, YS[0] ?? 0, YS.at(-1) ?? 0]
    for (const out of [0, 4 + gap]) {
      for (const x of [x0 - out, x1 + out]) page.ruling(x, top - out, x, bottom + out, thick)
      for (const y of [top - out, bottom + out]) page.ruling(x0 - out, y, x1 + out, y, thick)
    }
    expect(shapesOf(fill(page))).toEqual(WHOLE)
  })

  test.each([
    [6, 5, 2],
    [8, 7, 2],
    [10, 5, 2],
    [12, 2, 5],
    [14, 2, 2],
  ])('in a frame of two lines %i pixels apart, %i and %i thick', (gap, outer, inner) => {
    expect(shapesOf(inFrame(fill(new DrawnPage(840, 560).grid(XS, YS)), XS, YS, gap, outer, inner))).toEqual(WHOLE)
  })

  test.each([-4.4, 0.9, 3])('turned by %f degrees', (degrees) => {
    expect(shapesOf(fill(new DrawnPage(840, 560, { degrees }).grid(XS, YS)))).toEqual(WHOLE)
  })

  test.each([6, 14, 28])('bent by %i pixels', (bow) => {
    expect(shapesOf(fill(new DrawnPage(840, 560, { bow }).grid(XS, YS)))).toEqual(WHOLE)
  })

  test.each([-30, -12, 12, 30])('wider below than above by %i pixels', (keystone) => {
    expect(shapesOf(fill(new DrawnPage(840, 560, { keystone }).grid(XS, YS)))).toEqual(WHOLE)
  })

  test.each([
    [-1.3, 12, -14],
    [2.4, 8, 20],
    [-3.1, 16, 10],
  ])('turned by %f degrees, bent by %i pixels and wider below by %i', (degrees, bow, keystone) => {
    expect(shapesOf(fill(new DrawnPage(840, 560, { degrees, bow, keystone }).grid(XS, YS)))).toEqual(WHOLE)
  })

  test('with both sides open', () => {
    const skip = new Set(YS.flatMap((_, r) => [`right:${r},-1`, `right:${r},${XS.length - 2}`]))
    expect(shapesOf(fill(new DrawnPage(840, 560).grid(XS, YS, SOLID, skip)))).toEqual(WHOLE)
  })

  test.each([1, 2, 3])('with dashed rulings that the print of %i rows touches', (rows) => {
    const dashes: Ink = { thickness: 2, grey: 20, pattern: (along) => along % 9 < 5 }
    const page = fill(new DrawnPage(840, 560).grid(XS, YS, dashes))
    for (const y of YS.slice(2, 2 + rows)) {
      for (const x of XS.slice(3, 5)) page.digits('8', x - 14, y + 2, 1.6 * GLYPH)
    }
    expect(shapesOf(page)).toEqual(WHOLE)
  })

  test('with the blurred dashes of a coarse scan, which run together where rulings cross', () => {
    const glyph = 13
    const [xs, ys] = [steps(40, 110, 40, 120, 70, 80), steps(60, ...Array.from({ length: 7 }, () => 24))]
    const dashes: Ink = { thickness: 3, grey: 90, pattern: (along) => along % 6 < 4 }
    const page = new DrawnPage(500, 320).grid(xs, ys, dashes)
    for (const x of xs) for (const y of ys) page.blob(x - 4, y - 4, 9, 9, 90)
    for (const [c, x] of xs.slice(0, -1).entries()) {
      for (const y of ys.slice(0, -1)) {
        if (c === 0) for (let k = 0; k < 4; k++) page.han(x + 14 + k * 15, y + 6, glyph)
        else page.digits(c === 1 ? '1' : '12.50', x + 12, y + 8, glyph)
      }
    }
    expect(shapesOf(page)).toEqual([expect.stringMatching(/^7 x 5, 3[45] cells$/)])
  })

  test('with dashes most of which run together by threes', () => {
    const glyph = 13
    const [xs, ys] = [steps(40, 110, 40, 120, 70, 80), steps(60, ...Array.from({ length: 7 }, () => 24))]
    // Of seven dashes the first three and the next three are one mark each.
    const isGap = (along: number): boolean => along % 6 >= 4 && [2, 5, 6].includes(Math.floor(along / 6) % 7)
    const page = new DrawnPage(500, 320)
    for (const x of xs) page.ruling(x, ys[0] ?? 0, x, ys.at(-1) ?? 0)
    for (const [r, y] of ys.entries()) {
      const isBorder = r === 0 || r === ys.length - 1
      const dashes: Ink = { thickness: 3, grey: 90, pattern: (along) => !isGap(along) }
      page.ruling(xs[0] ?? 0, y, xs.at(-1) ?? 0, y, isBorder ? SOLID : dashes)
    }
    for (const [c, x] of xs.slice(0, -1).entries()) {
      for (const y of ys.slice(0, -1)) {
        if (c === 0) for (let k = 0; k < 4; k++) page.han(x + 14 + k * 15, y + 6, glyph)
        else page.digits(c === 1 ? '1' : '12.50', x + 12, y + 8, glyph)
      }
    }
    expect(shapesOf(page)).toEqual(WHOLE)
  })

  test('beside the dark edge of the scanner and a punch hole', () => {
    const page = fill(new DrawnPage(840, 560).grid(XS, YS))
      .blob(0, 0, 12, 560)
      .blob(0, 550, 840, 10)
      .blob(30, 250, 36, 36)
    expect(shapesOf(page)).toEqual(WHOLE)
  })
})

describe('a table of one row is found whole', () => {
  const ONE_ROW = steps(110, 40)

  function oneRow(): DrawnPage {
    const page = new DrawnPage(840, 560).grid(XS, ONE_ROW)
    for (const x of XS.slice(0, -1)) page.digits('12', x + 12, 121, GLYPH)
    return page
  }

  test.each([5, 6, 8, 10, 12, 14])('in a frame of a thick and a thin line %i pixels apart', (gap) => {
    expect(shapesOf(inFrame(oneRow(), XS, ONE_ROW, gap, 5, 2))).toEqual(['1 x 5, 5 cells'])
  })

  test.each([
    ['top', new Set(XS.map((_, c) => `below:-1,${c}`))],
    ['bottom', new Set(XS.map((_, c) => `below:0,${c}`))],
  ])('without its %s line', (_, lost) => {
    const page = new DrawnPage(840, 560).grid(XS, ONE_ROW, SOLID, lost)
    for (const x of XS.slice(0, -1)) page.digits('12', x + 12, 121, GLYPH)
    expect(shapesOf(page)).toEqual(['1 x 5, 5 cells'])
  })

  test('with a side much thicker than the rulings inside', () => {
    const [right, top, bottom] = [XS.at(-1) ?? 0, 110, 150]
    const page = oneRow().ruling(right, top - 3, right, bottom + 3, { thickness: 8, grey: 10 })
    for (const y of [top, bottom]) page.ruling(XS[0] ?? 0, y, right, y, { thickness: 6, grey: 10 })
    expect(shapesOf(page)).toEqual(['1 x 5, 5 cells'])
  })
})

test('a table on the back that shines through adds nothing', () => {
  const back: Ink = { thickness: 2, grey: 228 }
  const page = fill(new DrawnPage(840, 560).grid(XS, YS)).grid(
    steps(60, 90, 210, 130, 200),
    steps(80, 75, 52, 52, 52, 90),
    back,
  )
  expect(shapesOf(page)).toEqual(WHOLE)
})

describe('a last page of two rows', () => {
  const columns = steps(60, 40, 130, 200, 60, 60, 110, 120)
  const rows = (top: number, count: number, height: number): number[] => [
    ...steps(top, ...Array.from({ length: count }, () => height)),
  ]
  const twoRows = (ink?: Ink): DrawnPage => {
    const page = new DrawnPage(840, 1100).grid(columns, rows(80, 2, 40), ink)
    for (const x of columns.slice(0, -1)) for (const y of [90, 130]) page.digits('1', x + 12, y, GLYPH)
    return page
  }

  test('is all there is beside the long table of its back that shines through', () => {
    const page = twoRows().grid(columns, rows(200, 20, 40), { thickness: 3, grey: 230 })
    expect(shapesOf(page)).toEqual(['2 x 7, 14 cells'])
  })

  test('over another table that is printed in grey are two tables', () => {
    const page = twoRows().grid(columns, rows(200, 20, 40), { thickness: 2, grey: 160 })
    expect(shapesOf(page)).toEqual(['2 x 7, 14 cells', '20 x 7, 140 cells'])
  })

  test('printed in grey like a table below makes two tables', () => {
    const pale: Ink = { thickness: 2, grey: 205 }
    const page = twoRows(pale).grid(columns, rows(200, 20, 40), pale)
    expect(shapesOf(page)).toEqual(['2 x 7, 14 cells', '20 x 7, 140 cells'])
  })
})

test('strokes fainter than the rulings that stand over each other in tight rows are no ruling', () => {
  const rows = steps(100, ...Array.from({ length: 4 }, () => 34))
  const page = new DrawnPage(840, 560).grid([80, 300, 700], rows)
  for (const y of rows.slice(0, -1)) page.han(500, y + 6, GLYPH).han(200, y + 6, GLYPH)
  for (const r of [1, 2]) page.blob(420, (rows[r] ?? 0) + 1, 3, 33, 195)
  expect(shapesOf(page)).toEqual(['4 x 2, 8 cells'])
})

test('merged cells of a two-line header are one cell each', () => {
  const skip = new Set(['below:0,0', 'below:0,1', 'right:0,2', 'right:0,3'])
  const page = new DrawnPage(840, 560).grid(XS, YS, SOLID, skip)
  const upright = toUprightPage(fill(page).color(), { quarterTurns: 0 })
  const cells = findScanTables(upright)[0]?.grid.cells ?? []
  const header = cells
    .filter((cell) => cell.row < 2)
    .map((cell) => [cell.row, cell.column, cell.rowSpan, cell.columnSpan])
  expect(header).toEqual([
    [0, 0, 2, 1],
    [0, 1, 2, 1],
    [0, 2, 1, 3],
    [1, 2, 1, 1],
    [1, 3, 1, 1],
    [1, 4, 1, 1],
  ])
})

test('two tables of one page are two, top to bottom', () => {
  const page = new DrawnPage(840, 700).grid(steps(60, 200, 200, 200), steps(60, 50, 50, 50))
  page.grid(steps(60, 300, 300), steps(340, 60, 60, 60, 60))
  expect(shapesOf(page)).toEqual(['3 x 3, 9 cells', '4 x 2, 8 cells'])
})

test('text, a frame and an underline are no table', () => {
  const page = new DrawnPage(840, 560).grid([20, 820], [20, 540]).ruling(100, 200, 600, 200)
  for (let x = 100; x < 600; x += 26) page.han(x, 170, GLYPH).han(x, 300, GLYPH)
  expect(shapesOf(page)).toEqual([])
})

test('a column of ones and brackets in tight rows is no ruling', () => {
  const rows = steps(100, ...Array.from({ length: 10 }, () => 30))
  const page = new DrawnPage(840, 560).grid([80, 300, 700], rows)
  for (const y of rows.slice(0, -1))
    page
      .blob(190, y + 5, 3, 21)
      .blob(420, y + 5, 3, 21)
      .han(500, y + 4, GLYPH)
  expect(shapesOf(page)).toEqual(['10 x 2, 20 cells'])
})

function doubtfulRows(page: DrawnPage): number[] {
  const upright = toUprightPage(page.color(), { quarterTurns: 0 })
  return findScanTables(upright).flatMap((table) =>
    table.doubtfulCells.map((index) => table.grid.cells[index]?.row ?? -1),
  )
}

describe('no cell is doubtful', () => {
  const openSides = new Set(YS.flatMap((_, r) => [`right:${r},-1`, `right:${r},${XS.length - 2}`]))

  test.each([
    ['of a whole table', new DrawnPage(840, 560).grid(XS, YS)],
    [
      'of a table with open sides, through which the paper joins its cells',
      new DrawnPage(840, 560).grid(XS, YS, SOLID, openSides),
    ],
  ])('%s', (_, page) => {
    expect(doubtfulRows(fill(page))).toEqual([])
  })
})

test('cells beside a half lost ruling are doubtful', () => {
  const half = new DrawnPage(840, 560).grid(XS, YS, SOLID, new Set(['below:4,2']))
  half.ruling((XS[2] ?? 0) + 45, YS[5] ?? 0, (XS[3] ?? 0) - 45, YS[5] ?? 0)
  const rows = doubtfulRows(fill(half))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every((row) => row === 4 || row === 5)).toBe(true)
})

test('cells that the border of a stamp parts are doubtful, and those of a sub-heading are not', () => {
  const doubted = (page: DrawnPage): string[] => {
    const [table] = findScanTables(toUprightPage(page.color(), { quarterTurns: 0 }))
    return (table?.doubtfulCells ?? []).map((index) => {
      const { row = -1, column = -1 } = table?.grid.cells[index] ?? {}
      return `${row},${column}`
    })
  }
  const x = ((XS[2] ?? 0) + (XS[3] ?? 0)) / 2 + 30
  const [top, bottom] = [YS[4] ?? 0, YS[6] ?? 0]
  const stamp = { thickness: 4, grey: 30 }
  const stamped = doubted(fill(new DrawnPage(840, 560).grid(XS, YS)).ruling(x, top + 6, x, bottom - 18, stamp))
  expect(stamped.toSorted()).toEqual(['4,2', '4,3', '5,2'])
  expect(doubted(fill(new DrawnPage(840, 560).grid(XS, YS)).ruling(x, top, x, bottom))).toEqual([])
})

test('tables of two pages on one sheet are read from left to right, whichever begins higher', () => {
  const YS6 = steps(160, 40, 40, 40)
  for (const raised of [-12, 12]) {
    const page = new DrawnPage(1400, 420).grid(steps(60, 120, 120, 120), YS6).grid(
      steps(800, 120, 120, 120),
      YS6.map((y) => y + raised),
    )
    for (const x of [...steps(60, 120, 120), ...steps(800, 120, 120)])
      for (const y of YS6.slice(0, -1)) page.digits('12.50', x + 12, y + 11 + (x >= 800 ? raised : 0), GLYPH)
    const upright = toUprightPage(page.color(), { quarterTurns: 0 })
    expect(findScanTables(upright).map(({ grid }) => grid.bbox.x0 < 400)).toEqual([true, false])
  }
})

test.each([50, 60, 80])(
  'a title in type of %i pixels over the table is no table, though its glyphs are boxes',
  (size) => {
    const page = fill(new DrawnPage(840, 560).grid(XS, YS))
    for (let k = 0; k < 5; k++) page.han(150 + 1.4 * k * size, 12, size)
    expect(shapesOf(page)).toEqual(WHOLE)
  },
)

test.each([2, 3])(
  'glyphs whose strokes fill the height of %i tight rows part no columns of a table without verticals',
  (rows) => {
    const rules = steps(110, ...Array.from({ length: 9 }, () => 38))
    const page = new DrawnPage(840, 560)
    for (const y of rules) page.ruling(60, y, 780, y)
    for (const [row, y] of rules.slice(0, -1).entries()) {
      for (const x of [80, 108, 300, 328, 356]) page.han(x, y + 8, GLYPH)
      page.digits('12.50', 600, y + 10, GLYPH)
      // The upright strokes of two glyphs (津, 法) in the same places of a few rows.
      if (row >= 2 && row < 2 + rows) for (const x of [270, 420]) page.blob(x, y + 1, 4, 36)
    }
    expect(shapesOf(page)).toEqual([])
  },
)

test('an open table of a few rows with verticals stays one, though another without verticals is as wide', () => {
  const skip = new Set([0, 1, 2, 3].flatMap((row) => [`right:${row},-1`, `right:${row},2`]))
  const page = new DrawnPage(840, 560).grid([60, 300, 540, 780], [60, 98, 136, 174], SOLID, skip)
  for (const y of steps(260, 38, 38, 38, 38, 38)) page.ruling(60, y, 780, y)
  expect(shapesOf(page)).toEqual(['3 x 3, 9 cells'])
})
