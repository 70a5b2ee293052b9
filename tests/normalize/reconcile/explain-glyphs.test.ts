import { describe, expect, test } from 'vitest'
import type { Cell, Reading } from '../../../src/model/table.ts'
import type { Equation } from '../../../src/normalize/reconcile/equation.ts'
import type { MoneyCell } from '../../../src/normalize/reconcile/money-cell.ts'
import { readMoneyCell } from '../../../src/normalize/reconcile/read-money-cells.ts'
import { solveMoney } from '../../../src/normalize/reconcile/solve-money.ts'
import { type Shown, showGlyphs } from '../../support/posteriors.ts'

const habit = { decimals: 2, roundShare: 0.8 }

/** A money cell that PP-OCR read as `text`, with its posteriors. */
function read(key: string, text: string, ...shown: readonly Shown[]): MoneyCell {
  const reading: Reading = {
    reader: 'paddle',
    lines: [text],
    confidence: 0.9,
    characters: [],
    posteriors: [showGlyphs(...shown)],
  }
  const cell: Cell = {
    row: 0,
    column: 0,
    rowSpan: 1,
    columnSpan: 1,
    bbox: { x0: 0, top: 0, x1: 1, bottom: 1 },
    text,
    origin: 'ocr',
    confidence: 0.9,
    readings: [reading],
    flags: [],
  }
  return readMoneyCell(cell, {
    key,
    member: null,
    pageNumber: 1,
    field: 'amount',
    yuanPerUnit: 1,
    habit,
    confusions: new Map(),
  })
}

const sure = (key: string, text: string) => read(key, text, text)
const sum = (...parts: readonly string[]): Equation => ({
  shape: 'sum',
  kind: 'column-total',
  where: 'total',
  parts,
  whole: 'total',
})

function settle(cells: readonly MoneyCell[], equations: readonly Equation[]) {
  const { amounts } = solveMoney(cells, equations)
  return Object.fromEntries([...amounts].map(([key, { fen, how, pinned }]) => [key, { fen, how, pinned }]))
}

describe('a repair that an equation proposes must explain the glyphs', () => {
  const [b, total] = [sure('b', '40.00'), sure('total', '100.00')]

  test('a digit between two that the reader held for possible', () => {
    const a = read('a', '80.00', { 8: 0.7, 6: 0.25 }, '0.00')
    expect(settle([a, b, total], [sum('a', 'b')]).a).toEqual({ fen: 6000, how: 'repaired', pinned: true })
  })

  test('a digit that it is sure of is what is printed: the sum is the publisher’s error', () => {
    const settled = settle([sure('a', '80.00'), b, total], [sum('a', 'b')])
    expect(Object.values(settled).map(({ fen, how }) => [fen, how])).toEqual([
      [8000, 'read'],
      [4000, 'read'],
      [10000, 'read'],
    ])
  })

  test('a figure that is no misread digit of what was read: a zero was lost', () => {
    const a = read('a', '6.00', '6', { 0: 0.3 }, '.00')
    expect(settle([a, b, total], [sum('a', 'b')]).a).toEqual({ fen: 6000, how: 'repaired', pinned: true })
  })

  test('a price or an amount, whichever the pixels show', () => {
    const product: Equation = {
      shape: 'product',
      kind: 'row-product',
      where: 'row',
      quantity: 3,
      price: 'price',
      amount: 'amount',
      toleranceFen: 0,
    }
    const price = read('price', '30.00', { 3: 0.6, 8: 0.35 }, '0.00')
    expect(settle([price, sure('amount', '240.00')], [product]).price).toEqual({
      fen: 8000,
      how: 'repaired',
      pinned: true,
    })
  })

  test('of two cells that could make up for each other, only one that the pixels show far better', () => {
    const doubtful = read('a', '80.00', { 8: 0.6, 6: 0.39 }, '0.00')
    const alike = read('b', '80.00', { 8: 0.6, 6: 0.38 }, '0.00')
    const barely = read('b', '80.00', { 8: 0.98, 6: 0.01 }, '0.00')
    const whole = sure('total', '140.00')
    expect(settle([doubtful, alike, whole], [sum('a', 'b')]).a?.how).toBe('read')
    expect(settle([doubtful, barely, whole], [sum('a', 'b')]).a?.how).toBe('read')
    expect(settle([doubtful, sure('b', '80.00'), whole], [sum('a', 'b')]).a).toMatchObject({
      fen: 6000,
      how: 'repaired',
    })
  })
})

describe('a cell that nobody could read', () => {
  const [b, total] = [sure('b', '40.00'), sure('total', '100.00')]

  test('takes the figure that an equation leaves where the pixels can show it', () => {
    const blot = { '#': 0.3, 6: 0.2 }
    const a = read('a', '#囗.00', blot, { '#': 0.4, 0: 0.1 }, '.00')
    expect(settle([a, b, sure('total', '100.00')], [sum('a', 'b')]).a?.fen).toBe(6000)
  })

  test('is asked about where they plainly show another', () => {
    const a = read('a', '7#囗4.37', '7', { '#': 0.4 }, { '#': 0.4 }, '4.37')
    const settled = settle([a, b, total], [sum('a', 'b')]).a
    expect([settled?.how, settled?.pinned]).not.toEqual(['repaired', true])
  })

  test('is likeliest the figure that the pixels show best', () => {
    const a = read('a', '1?.00', '1', { '?': 0.4, 2: 0.35, 7: 0.01 }, '.00')
    const c = read('c', '1?.00', '1', { '?': 0.4, 7: 0.35, 2: 0.01 }, '.00')
    expect([a.options[0]?.fen, c.options[0]?.fen]).toEqual([1200, 1700])
  })
})
