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
  /** How exactly, in fen, another equation that holds vouches for a cell's figure; infinite where none does. */
  readonly vouchedWithin: (key: string) => number
}

/**
 * The cells of an equation that does not hold which a person has to look at. Not a part that is plainly what the page
 * shows: printed characters, a reading with which another equation holds more exactly than this one fails, or one whose pixels show no figure that would
 * mend the sum, alone or with one other part. A sum that is a line of its own bears the question; else the parts that are
 * just the difference (left out, counted twice, of the wrong sign), else the last part: one question names the error.
 * Where none of that and no typing slip explains the difference, every reading that no equation vouches for is looked at.
 */
export function findSuspects(equation: Equation, { amounts, vouchedWithin }: Reach): ReadonlySet<string> {
  if (equation.shape === 'product' || equation.shape === 'part') return new Set(keysOf(equation))
  const fenOf = (key: string) => amounts.get(key)?.fen ?? 0
  const { expected, found } = evaluate(equation, fenOf)
  const surplus = found - expected
  const read = equation.parts.filter((key) => isOnPaper(amounts.get(key)))
  const open = read
    .filter((key) => vouchedWithin(key) >= Math.abs(surplus))
    .flatMap((key) => amounts.get(key)?.cell ?? [])
  const shown = [
    ...open.filter((cell) => canBeShownAs(cell, fenOf(cell.key) - surplus)),
    ...misreadPairs(open, surplus, fenOf),
  ]
  const odd = read.filter((key) => [1, 2].some((times) => times * Math.abs(fenOf(key)) === Math.abs(surplus)))
  // What nothing explains may be a fault of the grid on a scan: then no reading is plain.
  const isExplained = shown.length > 0 || odd.length > 0 || isSlip(expected, found)
  const unsure = open.filter((cell) => (isExplained ? isUnsure(cell) : cell.state !== 'printed'))
  const suspects = new Set([...shown, ...unsure].map(({ key }) => key))
  const whole = equation.shape === 'sum' ? equation.whole : null
  if (whole !== null && amounts.get(whole)?.cell.member != null) return suspects.add(whole)
  for (const key of odd) suspects.add(key)
  const last = read.at(-1)
  return suspects.size > 0 || last === undefined ? suspects : new Set([last])
}

/** Whether the sum is the parts' but for one digit, or two that changed places: a slip of whoever typed it. */
function isSlip(expectedFen: number, foundFen: number): boolean {
  const [a, b] = [String(Math.abs(expectedFen)), String(Math.abs(foundFen))]
  if (a.length !== b.length) return false
  const at = [...a].flatMap((digit, place) => (digit === b[place] ? [] : [place]))
  const [first = 0, second = 0] = at
  const isSwap = at.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first]
  return at.length === 1 || isSwap
}

function isOnPaper(settled: SettledAmount | undefined): boolean {
  return settled !== undefined && settled.cell.member !== null && settled.how !== 'empty'
}

/** Whether the pixels can show the figure that would mend the sum. */
function canBeShownAs(cell: MoneyCell, wantedFen: number): boolean {
  if (cell.state !== 'firm' && cell.state !== 'lone') return false
  const excess = glyphExcess(cell, wantedFen)
  return excess !== null && excess <= PLAIN_NATS[cell.state]
}

/** A cell whose readers differ, that nobody could read, or whose one reader says nothing of other glyphs. */
function isUnsure({ state, glyphs }: MoneyCell): boolean {
  return state !== 'printed' && state !== 'firm' && (state !== 'lone' || glyphs === null)
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
