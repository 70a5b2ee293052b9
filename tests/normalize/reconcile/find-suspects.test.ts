import { describe, expect, test } from 'vitest'
import type { Cell, Reading } from '../../../src/model/table.ts'
import { checkEquations } from '../../../src/normalize/reconcile/check-equations.ts'
import type { Equation } from '../../../src/normalize/reconcile/equation.ts'
import type { MoneyCell } from '../../../src/normalize/reconcile/money-cell.ts'
import { readMoneyCell } from '../../../src/normalize/reconcile/read-money-cells.ts'
import { solveMoney } from '../../../src/normalize/reconcile/solve-money.ts'
import { type Shown, showGlyphs } from '../../support/posteriors.ts'

const habit = { decimals: 2, roundShare: 0.8 }

function moneyCell(key: string, text: string, origin: Cell['origin'], readings: readonly Reading[]): MoneyCell {
  const cell: Cell = {
    row: 0,
    column: 0,
    rowSpan: 1,
    columnSpan: 1,
    bbox: { x0: 0, top: 0, x1: 1, bottom: 1 },
    text,
    origin,
    confidence: 0.9,
    readings,
    flags: [],
  }
  const member =
    key === 'total' ? null : { recordType: 'procurement_line', pageNumber: 1, tableIndex: 1, rowIndex: 1, field: key }
  return readMoneyCell(cell, {
    key,
    member,
    pageNumber: 1,
    field: 'amount',
    yuanPerUnit: 1,
    habit,
    confusions: new Map(),
  })
}

const printed = (key: string, text: string) => moneyCell(key, text, 'text', [])
const reading = (reader: Reading['reader'], text: string, ...shown: readonly Shown[]): Reading => ({
  reader,
  lines: [text],
  confidence: 0.9,
  characters: [],
  ...(shown.length > 0 ? { posteriors: [showGlyphs(...shown)] } : {}),
})
/** What PP-OCR read, with what it held for possible. */
const lone = (key: string, text: string, ...shown: readonly Shown[]) =>
  moneyCell(key, text, 'ocr', [reading('paddle', text, ...(shown.length > 0 ? shown : [text]))])
const firm = (key: string, text: string, ...shown: readonly Shown[]) =>
  moneyCell(key, text, 'ocr', [
    reading('paddle', text, ...(shown.length > 0 ? shown : [text])),
    reading('tesseract', text),
  ])
const byTesseract = (key: string, text: string) => moneyCell(key, text, 'ocr', [reading('tesseract', text)])

const sum = (...parts: readonly string[]): Equation => ({
  shape: 'sum',
  kind: 'column-total',
  where: 'total',
  parts,
  whole: 'total',
})

/** Of which cells a person is asked because of the equations. */
function asked(cells: readonly MoneyCell[], ...equations: readonly Equation[]): readonly string[] {
  const solution = solveMoney(cells, equations)
  const { tally } = checkEquations(solution, solution.equations, { pageNumber: 1, tableIndex: 1 })
  return cells.map(({ key }) => key).filter((key) => (tally.get(key)?.contradicted.length ?? 0) > 0)
}

describe('a sum of printed figures that does not hold is one question', () => {
  test.each([
    ['the row that the total leaves out', ['10.00', '20.00', '70.00'], '30.00', ['c']],
    ['the row that it counts twice', ['10.00', '20.00', '70.00'], '110.00', ['a']],
    ['the row that it takes with the other sign', ['10.00', '20.00', '70.00'], '60.00', ['b']],
    ['the last row where no figure explains it', ['10.00', '20.00', '70.00'], '99.00', ['c']],
  ])('%s', (_what, [a = '', b = '', c = ''], total, wanted) => {
    const cells = [printed('a', a), printed('b', b), printed('c', c), printed('total', total)]
    expect(asked(cells, sum('a', 'b', 'c'))).toEqual(wanted)
  })

  test('the rows beside it know that it does not hold', () => {
    const cells = [printed('a', '10.00'), printed('b', '20.00'), printed('total', '20.00')]
    const solution = solveMoney(cells, [sum('a', 'b')])
    const { tally } = checkEquations(solution, solution.equations, { pageNumber: 1, tableIndex: 1 })
    expect(tally.get('b')?.beside).toHaveLength(1)
  })
})

describe('of a scan every part is asked about that may be misread', () => {
  test('not the one whose glyphs are plain', () => {
    const cells = [lone('a', '10.00'), lone('b', '20.00'), lone('c', '70.00'), lone('total', '30.00')]
    expect(asked(cells, sum('a', 'b', 'c'))).toEqual(['c'])
  })

  test('all where nothing explains the difference: the grid itself may be wrong', () => {
    const cells = [firm('a', '10.00'), firm('b', '20.00'), firm('c', '70.00'), firm('total', '312.55')]
    expect(asked(cells, sum('a', 'b', 'c'))).toEqual(['a', 'b', 'c'])
  })

  test('the last where the total is off by one digit: a slip of whoever typed it', () => {
    const cells = [firm('a', '10.00'), firm('b', '20.00'), firm('c', '70.50'), firm('total', '107.50')]
    expect(asked(cells, sum('a', 'b', 'c'))).toEqual(['c'])
  })

  test('one digit of what one reader alone saw, however sure it is', () => {
    const cells = [lone('a', '80.00'), firm('b', '25.00'), firm('c', '70.00'), firm('total', '155.00')]
    expect(asked(cells, sum('a', 'b', 'c'))).toEqual(['a'])
  })

  test('the one that the reader itself doubts, though the second saw the same', () => {
    const dim = firm('a', '80.00', { 8: 0.98, 6: 0.004 }, '0.00')
    const cells = [dim, firm('b', '25.00'), firm('c', '70.00'), firm('total', '155.00')]
    expect(asked(cells, sum('a', 'b', 'c'))).toEqual(['a'])
  })

  test('two that explain the difference together', () => {
    const dim = (key: string) => firm(key, '80.00', { 8: 0.7, 6: 0.25 }, '0.00')
    const cells = [dim('a'), dim('b'), firm('c', '70.00'), firm('total', '190.00')]
    expect(asked(cells, sum('a', 'b', 'c'))).toEqual(['a', 'b'])
  })

  test('all that tesseract alone has read: it tells nothing of other glyphs', () => {
    const cells = [byTesseract('a', '10.00'), byTesseract('b', '20.00'), byTesseract('total', '35.00')]
    expect(asked(cells, sum('a', 'b'))).toEqual(['a', 'b'])
  })

  test('one with which a product holds no more exactly than the sum fails', () => {
    const product: Equation = {
      shape: 'product',
      kind: 'row-product',
      where: 'row 1',
      quantity: 2,
      price: 'price',
      amount: 'a',
      toleranceFen: 2,
    }
    const cells = [byTesseract('price', '5.00'), byTesseract('a', '10.02'), firm('b', '20.00'), firm('total', '30.00')]
    expect(asked(cells, sum('a', 'b'), product)).toEqual(['a'])
  })

  test('not one with which another equation holds', () => {
    const product: Equation = {
      shape: 'product',
      kind: 'row-product',
      where: 'row 1',
      quantity: 2,
      price: 'price',
      amount: 'a',
      toleranceFen: 0,
    }
    const cells = [byTesseract('price', '5.00'), byTesseract('a', '10.00'), byTesseract('b', '20.00')]
    expect(asked([...cells, byTesseract('total', '35.00')], sum('a', 'b'), product)).toEqual(['b'])
  })
})

test('a sum tells where its total is printed, though the total is no field of a record', () => {
  const solution = solveMoney([printed('a', '1.00'), printed('total', '3.00')], [sum('a')])
  const { checks } = checkEquations(solution, solution.equations, { pageNumber: 1, tableIndex: 1 })
  expect(checks.map(({ whole }) => whole)).toEqual([{ pageNumber: 1, bbox: { x0: 0, top: 0, x1: 1, bottom: 1 } }])
  expect(checks[0]?.members.map(({ field }) => field)).toEqual(['a'])
})

describe('a figure that was mended for its product', () => {
  const cells = [
    firm('price', '857.11'),
    lone('amount', '3571.10', { 3: 0.55, 8: 0.4 }, '571.10'),
    firm('other', '20.00'),
  ]
  const product: Equation = {
    shape: 'product',
    kind: 'row-product',
    where: 'row 1',
    quantity: 10,
    price: 'price',
    amount: 'amount',
    toleranceFen: 0,
  }
  const askedBeside = (total: string) => {
    const all = [...cells, firm('total', total)]
    const solution = solveMoney(all, [product])
    expect(solution.amounts.get('amount')).toMatchObject({ how: 'repaired', fen: 857110 })
    const { tally } = checkEquations(solution, [product, sum('amount', 'other')], { pageNumber: 1, tableIndex: 1 })
    const isAsked = (key: string) => (tally.get(key)?.contradicted.length ?? 0) > 0
    return { asked: all.map(({ key }) => key).filter(isAsked), holdingForPrice: tally.get('price')?.holding ?? 0 }
  }

  test('is asked about, and so is what it was mended by, where its sum denies it', () => {
    expect(askedBeside('3591.10')).toEqual({ asked: ['price', 'amount'], holdingForPrice: 0 })
  })

  test('is proved where its sum agrees', () => {
    expect(askedBeside('8591.10')).toEqual({ asked: [], holdingForPrice: 1 })
  })
})

test('a product with a figure that is asked about says nothing for the price in it', () => {
  const cells = [lone('price', '16000.00'), lone('amount', '16000.00'), firm('total', '116020.55')]
  const product: Equation = {
    shape: 'product',
    kind: 'row-product',
    where: 'row 1',
    quantity: 1,
    price: 'price',
    amount: 'amount',
    toleranceFen: 0,
  }
  const equations = [product, sum('amount')]
  const { tally } = checkEquations(solveMoney(cells, equations), equations, { pageNumber: 1, tableIndex: 1 })
  expect(tally.get('amount')?.contradicted.length).toBe(1)
  expect(tally.get('price')?.holding ?? 0).toBe(0)
})
