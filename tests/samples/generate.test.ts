import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SheetPlan } from '../../bench/generate/build-document.ts'
import { readVocabulary } from '../../bench/generate/content/vocabulary.ts'
import { garbleText, placeGarble } from '../../bench/generate/garble.ts'
import { fenToYuan, printMoney, yuanToFen } from '../../bench/generate/money.ts'
import { type GeneratedPlan, planDocument } from '../../bench/generate/plan-document.ts'
import { planUnruled } from '../../bench/generate/plan-unruled.ts'
import { createRandom } from '../../bench/generate/random.ts'
import { wearPixels } from '../../bench/generate/scan-page.ts'
import { dataRow, headerRows, sumFen } from '../../bench/generate/sheet.ts'
import { NO_WEAR, type Pixels, printToScan, scanToPrint, turnQuarters, type Wear } from '../../bench/generate/wear.ts'

const vocabulary = readVocabulary()

const plans: readonly GeneratedPlan[] = Array.from({ length: 40 }, (_, index) =>
  planDocument(
    { seed: 3001 + index, kind: (['scan', 'mixed', 'text'] as const)[index % 3] ?? 'scan', manner: null },
    vocabulary,
  ),
)

const sheetsOf = ({ plan }: GeneratedPlan): SheetPlan[] => plan.parts.flatMap((part) => ('sheet' in part ? [part] : []))

/** Sheets without a publisher's mistake. */
const sheets = plans.filter((plan) => plan.publisherErrors.length === 0).flatMap(sheetsOf)

/** A plan as text: functions (columns, layers) by their source, the rest by value. */
const describePlan = (plan: GeneratedPlan): string =>
  JSON.stringify(plan, (_, value: unknown) => (typeof value === 'function' ? String(value) : value))

describe('a seed', () => {
  test('gives the same document twice', () => {
    const again = planDocument({ seed: 3001, kind: 'scan', manner: null }, vocabulary)
    expect(describePlan(again)).toBe(describePlan(plans[0] as GeneratedPlan))
  })

  test('gives another document than its neighbour', () => {
    const contents = plans.map((plan) => JSON.stringify(sheetsOf(plan).map(({ sheet }) => sheet.rows)))
    expect(new Set(contents).size).toBe(plans.length)
  })

  test('gives the same wear twice, pixel by pixel, and another seed another', async () => {
    const print = chequered(90, 60)
    const wear: Wear = {
      ...NO_WEAR,
      skewDegrees: 1.2,
      bow: 0.01,
      keystone: 0.02,
      blurSigmaPx: 0.6,
      noise: 6,
      salt: 0.002,
      shadow: 0.2,
      faint: 0.2,
      bleedThrough: 0.1,
    }
    const digest = async (seed: number): Promise<string> =>
      createHash('sha256')
        .update((await wearPixels(print, wear, createRandom(seed))).data)
        .digest('hex')
    expect(await digest(5)).toBe(await digest(5))
    expect(await digest(5)).not.toBe(await digest(7))
  })
})

describe('the truth', () => {
  test('is on the page: every printed total is the sum of the data rows', () => {
    let checked = 0
    for (const { sheet } of sheets) {
      const lines = sheet.rows.flatMap((row) => (row.kind === 'data' && row.fields !== null ? [row.fields] : []))
      const total = sheet.rows.find((row) => row.kind === 'total')
      for (const [index, { gives, totals, format }] of sheet.columns.entries()) {
        if (total === undefined || format === undefined || totals === undefined || !gives.includes(totals)) continue
        expect(total.cells[index]).toBe(printMoney(sumFen(lines, totals), format))
        checked += 1
      }
    }
    expect(checked).toBeGreaterThan(30)
  })

  test('multiplies quantity by price to the amount', () => {
    for (const { sheet } of sheets) {
      for (const { fields } of sheet.rows) {
        if (fields?.unit_price == null || fields.amount == null) continue
        expect(yuanToFen(fields.unit_price) * Number(fields.quantity)).toBe(yuanToFen(fields.amount))
      }
    }
  })

  test('counts data rows from 1 without gaps', () => {
    for (const { sheet } of sheets) {
      const indices = sheet.rows.flatMap((row) => (row.kind === 'data' ? [row.rowIndex] : []))
      expect(indices).toEqual(indices.map((_, index) => index + 1))
    }
  })

  test('has no field that no column tells', () => {
    for (const { sheet } of sheets) {
      const told = new Set(sheet.columns.flatMap((column) => column.gives))
      for (const { fields } of sheet.rows) for (const name of Object.keys(fields ?? {})) expect(told).toContain(name)
    }
  })
})

describe('variety', () => {
  test('at least 8 procurement and 4 service layouts come up', () => {
    const names = (recordType: string): Set<string> =>
      new Set(
        plans.flatMap((plan) =>
          sheetsOf(plan).flatMap(({ sheet }, index) =>
            sheet.recordType === recordType ? [plan.layouts[index] ?? ''] : [],
          ),
        ),
      )
    expect(names('procurement_line').size).toBeGreaterThanOrEqual(8)
    expect(names('service_purchase_line').size).toBeGreaterThanOrEqual(4)
  })

  test('headings fill their rows: spans cover every column once on every level', () => {
    for (const { sheet } of sheets) {
      const rows = headerRows(sheet.columns)
      const covered = rows.map(() => new Array<number>(sheet.columns.length).fill(0))
      rows.forEach((cells, level) => {
        for (const { column, columnSpan, rowSpan } of cells) {
          for (let row = level; row < level + rowSpan; row += 1) {
            for (let at = column; at < column + columnSpan; at += 1)
              (covered[row] as number[])[at] = (covered[row]?.[at] ?? 0) + 1
          }
        }
      })
      for (const row of covered) expect(row.every((count) => count === 1)).toBe(true)
    }
  })
})

describe('money', () => {
  test.each([
    [2_000_000, { unit: '万元', decimals: 2, grouped: false }, '2.00'],
    [2_800_000_000, { unit: '万元', decimals: 2, grouped: true }, '2,800.00'],
    [12_345, { unit: '万元', decimals: 6, grouped: false }, '0.012345'],
    [123_456_789, { unit: '元', decimals: 2, grouped: true }, '1,234,567.89'],
    [53_500_000, { unit: '万元', decimals: null, grouped: false }, '53.5'],
    [500_000_000, { unit: '万元', decimals: null, grouped: false }, '500'],
  ] as const)('%i fen print as %o: %s', (fen, format, text) => expect(printMoney(fen, format)).toBe(text))

  test('an amount that the format cannot hold is refused', () => {
    expect(() => printMoney(12_345, { unit: '万元', decimals: 2, grouped: false })).toThrow(/more than 2 decimals/)
  })

  test('yuan and fen are inverse', () => {
    fc.assert(fc.property(fc.nat(), (fen) => yuanToFen(fenToYuan(fen)) === fen))
  })
})

describe('geometry', () => {
  test('print to scan and back ends where it began', () => {
    const wear: Wear = { ...NO_WEAR, skewDegrees: 3, bow: 0.006, keystone: 0.02, paperScale: 0.95 }
    const [there, back] = [printToScan(wear, 2000, 1400), scanToPrint(wear, 2000, 1400)]
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 2000, noNaN: true }),
        fc.double({ min: 0, max: 1400, noNaN: true }),
        (x, y) => {
          const [backX, backY] = back(...there(x, y))
          return Math.hypot(backX - x, backY - y) < 0.5
        },
      ),
    )
  })

  test('four quarter turns are none, and one turn moves the top left to the top right', () => {
    const image = chequered(5, 3)
    const turned = turnQuarters(image, 1)
    expect([turned.width, turned.height]).toEqual([3, 5])
    expect(turned.data.slice(6, 9)).toEqual(image.data.slice(0, 3))
    expect(turnQuarters(turnQuarters(image, 3), 1).data).toEqual(image.data)
    expect(turnQuarters(turnQuarters(image, 2), 2).data).toEqual(image.data)
  })
})

describe('garble', () => {
  test('a rate of 0 leaves the text alone, a rate of 1 does not', () => {
    expect(garbleText('[A02010105]台式计算机', 0, createRandom(1))).toBe('[A02010105]台式计算机')
    expect(garbleText('[A02010105]台式计算机', 1, createRandom(1))).not.toContain('A02010105')
  })

  test('a known garble goes onto the lines of its cell, whole', () => {
    const at = { x0: 0, top: 0, x1: 1, bottom: 1 }
    const lines = [
      { key: 'r1c1', text: '财政业务管理工作经', ...at },
      { key: 'r1c1', text: '费', ...at },
      { key: 'r2c1', text: '其他', ...at },
    ]
    const placed = placeGarble(lines, new Map([['r1c1', ['财政业务官理工作经费']]]))
    expect(placed.map((line) => line.text)).toEqual(['财政业务官理工作经', '费', '其他'])
  })
})

test('a data row prints what its fields say and keeps only the fields that its columns tell', () => {
  const [plan] = plans
  const columns = sheetsOf(plan as GeneratedPlan)[0]?.sheet.columns ?? []
  const row = dataRow(
    columns,
    { item_name: '台式计算机', secret: 'x', amount: '20000.00', unit_price: '20000.00', quantity: '1' },
    1,
  )
  expect(Object.keys(row.fields ?? {})).not.toContain('secret')
  expect(row.cells).toHaveLength(columns.length)
})

/** A small picture with an edge in every direction. */
function chequered(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3).map((_, index) => {
    const pixel = Math.floor(index / 3)
    return (((pixel % width) >> 3) + (Math.floor(pixel / width) >> 3)) % 2 === 0 ? (index * 7) % 256 : 255
  })
  return { width, height, data }
}

describe('a document without grids', () => {
  const unruled = Array.from({ length: 12 }, (_, index) =>
    planUnruled({ seed: 3001 + index, kind: 'unruled', manner: null }, vocabulary),
  )

  test('has no table with lines between its columns', () => {
    const rulings = unruled.flatMap((plan) => sheetsOf(plan).map(({ style }) => style.rulings))
    expect(new Set(rulings).size).toBeGreaterThan(4)
    expect(rulings.filter((style) => ['solid', 'hairline', 'thick', 'grey', 'dotted'].includes(style))).toEqual([])
  })

  test('is the same when it is digital', () => {
    const digital = planUnruled({ seed: 3001, kind: 'unruled-text', manner: null }, vocabulary)
    const rowsOf = (plan: GeneratedPlan) => sheetsOf(plan).map(({ sheet }) => sheet.rows)
    expect(rowsOf(digital)).toEqual(rowsOf(unruled[0] as GeneratedPlan))
  })

  test('closes with a page on which no table may be found', () => {
    const last = unruled.map(({ plan }) => plan.parts.at(-1))
    expect(last.every((part) => part !== undefined && 'html' in part && part.isTableless === true)).toBe(true)
  })

  test('adds up: the total of a column of an ordinary budget table is the sum of its lowest lines', () => {
    const sheets = unruled.flatMap(sheetsOf).filter(({ sheet }) => sheet.recordType === 'budget_line')
    const byProject = sheets.filter(({ sheet }) => sheet.columns.some((column) => column.header.includes('单位名称')))
    expect(byProject.length).toBeGreaterThan(2)
    for (const { sheet } of byProject) {
      const column = sheet.columns.findIndex(({ header }) => header.some((text) => text.includes('合计')))
      const fen = sheet.rows.map((row) => Math.round(Number((row.cells[column] ?? '').replaceAll(',', '')) * 100))
      const [total = 0, ...parts] = fen
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total)
    }
  })
})
