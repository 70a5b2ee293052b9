import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Equation } from '../../../src/normalize/reconcile/equation.ts'
import type { AmountState, MoneyCell } from '../../../src/normalize/reconcile/money-cell.ts'
import { solveMoney } from '../../../src/normalize/reconcile/solve-money.ts'

function cell(key: string, state: AmountState, fens: readonly number[], more: Partial<MoneyCell> = {}): MoneyCell {
  const options = fens.map((fen, index) => ({
    fen,
    weight: 1 / (index + 1),
    readers: state === 'damaged' ? 0 : 1,
    how: 'for a test',
  }))
  const bbox = { x0: 0, top: 0, x1: 1, bottom: 1 }
  return {
    key,
    member: null,
    field: 'amount',
    state,
    options,
    neighbours: [],
    isSigned: false,
    isOpen: false,
    glyphs: null,
    ceilingFen: 1e9,
    roundingFen: 0,
    raw: key,
    bbox,
    pageNumber: 1,
    readings: [],
    ...more,
  }
}

const sum = (parts: readonly string[], whole: string): Equation => ({
  shape: 'sum',
  kind: 'column-total',
  where: 'a table',
  parts,
  whole,
})
const fenOf = (cells: readonly MoneyCell[], equations: readonly Equation[], key: string) =>
  solveMoney(cells, equations).amounts.get(key)

test('what two readers saw does not give way to a figure that nobody read', () => {
  const misread = { neighbours: [{ fen: 8_600_000, weight: 0.1, readers: 0, how: '3 misread for 8' }] }
  const cells = [cell('price', 'damaged', [8_600_000]), cell('amount', 'firm', [3_600_000], misread)]
  const product: Equation = {
    shape: 'product',
    kind: 'row-product',
    where: 'row 8',
    quantity: 1,
    price: 'price',
    amount: 'amount',
    toleranceFen: 0,
  }
  expect(fenOf(cells, [product], 'amount')).toMatchObject({ fen: 3_600_000, how: 'read', pinned: false })
})

describe('a figure that one reader read, in a sum with one that nobody could read', () => {
  const misread = { neighbours: [{ fen: 1_000_000, weight: 0.1, readers: 0, how: '7 misread for 1' }] }
  const cells = [cell('seven', 'lone', [7_000_000], misread), cell('garbled', 'damaged', [6_270_000])]
  const total = cell('total', 'lone', [7_270_000])
  const column = sum(['seven', 'garbled'], 'total')

  test('is not mended so that the sum holds with what the other may be', () => {
    expect(fenOf([...cells, total], [column], 'seven')).toMatchObject({ fen: 7_000_000, how: 'read' })
    expect(fenOf([...cells, total], [column], 'garbled')).toMatchObject({ how: 'inferred', pinned: false })
  })

  test('is where another equation vouches for that', () => {
    const product: Equation = {
      shape: 'product',
      kind: 'row-product',
      where: 'row 2',
      quantity: 1,
      price: 'price',
      amount: 'garbled',
      toleranceFen: 0,
    }
    const known = [...cells, total, cell('price', 'firm', [6_270_000])]
    expect(fenOf(known, [column, product], 'seven')).toMatchObject({ fen: 1_000_000, how: 'repaired' })
  })
})

describe('a column with its total', () => {
  const total = cell('total', 'firm', [10000])

  test('pins the one figure that a damaged cell can be', () => {
    const cells = [cell('a', 'firm', [6000]), cell('b', 'damaged', [3000, 4000, 5000]), total]
    expect(fenOf(cells, [sum(['a', 'b'], 'total')], 'b')).toMatchObject({ fen: 4000, how: 'repaired', pinned: true })
  })

  test('pins nothing while two cells can make up for each other', () => {
    const cells = [cell('a', 'damaged', [6000, 7000]), cell('b', 'damaged', [4000, 3000]), total]
    const settled = solveMoney(cells, [sum(['a', 'b'], 'total')]).amounts
    expect([...settled.values()].map(({ how, pinned }) => [how, pinned])).toEqual([
      ['inferred', false],
      ['inferred', false],
      ['read', false],
    ])
  })

  test('fills an open cell only from members that are surer than one reader', () => {
    const open = { isOpen: true, ceilingFen: 99999 }
    const sure = [cell('a', 'firm', [6000]), cell('b', 'damaged', [1], open), total]
    expect(fenOf(sure, [sum(['a', 'b'], 'total')], 'b')).toMatchObject({ fen: 4000, pinned: true })
    const unsure = [cell('a', 'lone', [6000]), cell('b', 'damaged', [1], open), total]
    expect(fenOf(unsure, [sum(['a', 'b'], 'total')], 'b')).toMatchObject({ fen: 4000, how: 'inferred', pinned: false })
  })

  test('leaves a wrong sum alone when two single changes would mend it', () => {
    const other = (fen: number) => ({ neighbours: [{ fen, weight: 0.1, readers: 0, how: 'another glyph' }] })
    const cells = [cell('a', 'firm', [7000], other(6000)), cell('b', 'firm', [4000], other(3000)), total]
    expect(fenOf(cells, [sum(['a', 'b'], 'total')], 'a')).toMatchObject({ fen: 7000, how: 'read', pinned: false })
  })

  test('makes each part its whole when both columns have the same total', () => {
    const le = (part: string, whole: string): Equation => ({
      shape: 'part',
      kind: 'part-not-above-whole',
      where: 'a row',
      part,
      whole,
    })
    const cells = [
      cell('a1', 'firm', [6000]),
      cell('a2', 'damaged', [4000, 4500]),
      cell('b1', 'damaged', [6000, 5500]),
      cell('b2', 'damaged', [4000, 4500]),
      total,
      cell('total-b', 'firm', [10000]),
    ]
    const equations = [sum(['a1', 'a2'], 'total'), sum(['b1', 'b2'], 'total-b'), le('b1', 'a1'), le('b2', 'a2')]
    const { amounts } = solveMoney(cells, equations)
    expect(['a2', 'b1', 'b2'].map((key) => amounts.get(key)?.fen)).toEqual([4000, 6000, 4000])
    expect(amounts.get('b1')?.pinned).toBe(true)
  })
})

const figure = fc.integer({ min: 0, max: 5000 }).map((n) => n * 100)

test('trusted text is never altered, whatever the equations say', () => {
  fc.assert(
    fc.property(fc.array(figure, { minLength: 1, maxLength: 8 }), figure, (fens, whole) => {
      const cells = [
        ...fens.map((fen, index) => cell(`p${index}`, 'printed', [fen])),
        cell('total', 'printed', [whole]),
      ]
      const { amounts } = solveMoney(cells, [
        sum(
          fens.map((_, index) => `p${index}`),
          'total',
        ),
      ])
      expect([...amounts.values()].map(({ fen }) => fen)).toEqual([...fens, whole])
    }),
  )
})

test('a pinned figure is the truth whenever the truth is among the options', () => {
  const truth = fc.array(fc.tuple(figure, fc.array(figure, { maxLength: 5 }), fc.boolean()), {
    minLength: 1,
    maxLength: 6,
  })
  fc.assert(
    fc.property(truth, (rows) => {
      const cells = rows.map(([fen, others, isDamaged], index) => {
        const wrong = others.filter((other) => other !== fen)
        return isDamaged
          ? cell(`p${index}`, 'damaged', [...new Set([...wrong, fen])])
          : cell(`p${index}`, 'firm', [fen])
      })
      const whole = rows.reduce((total, [fen]) => total + fen, 0)
      const keys = rows.map((_, index) => `p${index}`)
      const { amounts } = solveMoney([...cells, cell('total', 'firm', [whole])], [sum(keys, 'total')])
      for (const [index, [fen]] of rows.entries()) {
        const settled = amounts.get(`p${index}`)
        if (settled?.pinned === true) expect(settled.fen).toBe(fen)
      }
    }),
  )
})

test('what is settled still adds up when every cell is proven', () => {
  fc.assert(
    fc.property(fc.array(figure, { minLength: 2, maxLength: 6 }), (fens) => {
      const whole = fens.reduce((total, fen) => total + fen, 0)
      const cells = fens.map((fen, index) =>
        index === 0 ? cell('p0', 'damaged', [fen, fen + 700, fen + 1300]) : cell(`p${index}`, 'firm', [fen]),
      )
      const keys = fens.map((_, index) => `p${index}`)
      const { amounts } = solveMoney([...cells, cell('total', 'firm', [whole])], [sum(keys, 'total')])
      expect(keys.reduce((total, key) => total + (amounts.get(key)?.fen ?? 0), 0)).toBe(whole)
    }),
  )
})

test('a table of two thousand rows is settled, its largest sums skipped', () => {
  const rows = Array.from({ length: 2000 }, (_, index) =>
    cell(`p${index}`, index % 3 === 0 ? 'damaged' : 'firm', index % 3 === 0 ? [101 + index, 7, 13] : [index + 11]),
  )
  const whole = rows.reduce((total, { options }) => total + (options[0]?.fen ?? 0), 0)
  const { amounts } = solveMoney(
    [...rows, cell('total', 'firm', [whole * 1000])],
    [
      sum(
        rows.map(({ key }) => key),
        'total',
      ),
    ],
  )
  expect(amounts.size).toBe(2001)
})
