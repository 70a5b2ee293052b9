import { groupBy } from '../../model/group-by.ts'
import { type Equation, evaluate, keysOf } from './equation.ts'
import { canBeMisread, glyphExcess } from './explain-glyphs.ts'
import type { MoneyCell } from './money-cell.ts'
import type { SettledAmount } from './solve-money.ts'

/**
 * What the pixels show so much less likely than what was read, in nats, is not what they show. One digit that the reader
 * does not hold for possible at all costs about 10: enough against two readers, not against one.
 */
const PLAIN_NATS = { firm: 8, lone: 12 }

interface Reach {
  readonly amounts: ReadonlyMap<string, SettledAmount>
  /** Whether another equation holds with a cell's figure. */
  readonly isVouched: (key: string) => boolean
}

/**
 * The cells of an equation that does not hold which a person has to look at. Not a part that is plainly what the page
 * shows: printed characters, a reading with which another equation holds, or one whose pixels show no figure that would
 * mend the sum, alone or with one other part. A sum that is a line of its own bears the question; else the parts that are
 * just the difference (left out, counted twice, of the wrong sign), else the last part: one question names the error.
 */
export function findSuspects(equation: Equation, { amounts, isVouched }: Reach): ReadonlySet<string> {
  if (equation.shape === 'product' || equation.shape === 'part') return new Set(keysOf(equation))
  const fenOf = (key: string) => amounts.get(key)?.fen ?? 0
  const { expected, found } = evaluate(equation, fenOf)
  const surplus = found - expected
  const read = equation.parts.filter((key) => isOnPaper(amounts.get(key)))
  const open = read.filter((key) => !isVouched(key)).flatMap((key) => amounts.get(key)?.cell ?? [])
  const unsure = [
    ...open.filter((cell) => isUnsure(cell, fenOf(cell.key) - surplus)),
    ...misreadPairs(open, surplus, fenOf),
  ]
  const suspects = new Set(unsure.map(({ key }) => key))
  const whole = equation.shape === 'sum' ? equation.whole : null
  if (whole !== null && amounts.get(whole)?.cell.member != null) return suspects.add(whole)
  const odd = read.filter((key) => [1, 2].some((times) => times * Math.abs(fenOf(key)) === Math.abs(surplus)))
  for (const key of odd) suspects.add(key)
  const last = read.at(-1)
  return suspects.size > 0 || last === undefined ? suspects : new Set([last])
}

function isOnPaper(settled: SettledAmount | undefined): boolean {
  return settled !== undefined && settled.cell.member !== null && settled.how !== 'empty'
}

/** Whether the figure that would mend the sum can stand there for all that the readers say. */
function isUnsure(cell: MoneyCell, wantedFen: number): boolean {
  if (cell.state === 'printed') return false
  if (cell.state !== 'firm' && cell.state !== 'lone') return true
  const excess = glyphExcess(cell, wantedFen)
  return excess === null ? cell.state !== 'firm' : excess <= PLAIN_NATS[cell.state]
}

/** Parts of which two, each misread by a glyph, would explain the whole difference. */
function misreadPairs(
  cells: readonly MoneyCell[],
  surplus: number,
  fenOf: (key: string) => number,
): readonly MoneyCell[] {
  const changes = cells.flatMap((cell) =>
    cell.neighbours
      .filter(({ fen }) => cell.glyphs !== null && canBeMisread(cell, fen))
      .map(({ fen }) => ({ cell, change: fenOf(cell.key) - fen })),
  )
  // By distinct changes, of which there are few: a table of thousands of rows has thousands of cells with the same one.
  const byChange = groupBy(changes, ({ change }) => change)
  return [...byChange].flatMap(([change, own]) => {
    const others = byChange.get(surplus - change) ?? []
    return own.filter(({ cell }) => others.some((other) => other.cell !== cell)).map(({ cell }) => cell)
  })
}
