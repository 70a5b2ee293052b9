import { expect, test } from 'vitest'
import type { Equation } from '../../../src/normalize/reconcile/equation.ts'
import type { AmountOption, MoneyCell } from '../../../src/normalize/reconcile/money-cell.ts'
import { solveMoney } from '../../../src/normalize/reconcile/solve-money.ts'

const ROWS = 3000
/** Many times what a machine needs; what it guards against takes minutes. */
const TIME_LIMIT_MS = 20_000

const option = (fen: number): AmountOption => ({ fen, weight: 1, readers: 2, how: 'read' })

function cell(key: string, fen: number, neighbours: readonly number[] = []): MoneyCell {
  return {
    key,
    member: null,
    field: 'amount',
    state: 'firm',
    options: [option(fen)],
    neighbours: neighbours.map(option),
    isSigned: false,
    isOpen: false,
    glyphs: null,
    ceilingFen: 0,
    roundingFen: 0,
    raw: String(fen),
    bbox: { x0: 0, top: 0, x1: 1, bottom: 1 },
    pageNumber: 1,
    readings: [],
  }
}

const keys = Array.from({ length: ROWS }, (_, index) => `row ${index}`)
const fenOf = (index: number) => (index + 1) * 100
const total: Equation = { shape: 'sum', kind: 'column-total', where: 'total', parts: keys, whole: 'total' }
const sum = keys.reduce((all, _, index) => all + fenOf(index), 0)

test(
  'one misread figure among thousands is repaired, and soon',
  () => {
    const misread = 1234
    const cells = keys.map((key, index) => {
      const read = fenOf(index) + (index === misread ? 7 : 0)
      // Fifty other figures each, none of which mends the total but the misread one's.
      const others = Array.from({ length: 50 }, (_, at) => read + 20_000 + at)
      return cell(key, read, index === misread ? [...others, fenOf(index)] : others)
    })
    const { amounts } = solveMoney([...cells, cell('total', sum)], [total])
    expect(amounts.get(`row ${misread}`)).toMatchObject({ fen: fenOf(misread), how: 'repaired' })
  },
  TIME_LIMIT_MS,
)

test(
  'a table in which nothing fits is left as read, and soon',
  () => {
    const cells = keys.map((key, index) => cell(key, fenOf(index), [fenOf(index) + 3]))
    const { amounts } = solveMoney([...cells, cell('total', sum + 1)], [total])
    expect([...amounts.values()].every(({ how }) => how === 'read')).toBe(true)
  },
  TIME_LIMIT_MS,
)
