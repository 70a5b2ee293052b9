import type { Cell } from '../../model/table.ts'
import { foldText } from '../match/fold-text.ts'
import { closeAsOpened, isReader } from './text-of-cell.ts'

/** Whether two readers saw the same text, however wide its brackets are set. */
export function isAgreed(cell: Cell): boolean {
  return agreedReading(cell) !== undefined
}

/** The reading that two readers share, in the better one's spelling, else the cell's own text. */
export function bestReading(cell: Cell): string {
  const text = agreedReading(cell) ?? cell.text
  return cell.origin === 'ocr' ? closeAsOpened(text) : text
}

function agreedReading(cell: Cell): string | undefined {
  const seen = cell.readings.filter(isReader).map(({ reader, lines }) => ({ reader, text: lines.join('') }))
  // One engine may have read a cell twice: it is one witness all the same.
  const isShared = ({ reader, text }: (typeof seen)[number]) =>
    seen.some((other) => other.reader !== reader && foldText(other.text) === foldText(text))
  return seen.find(isShared)?.text
}

/**
 * In how many cells each word stands cleanly: in the document's own characters, or alike for two readers. What one
 * reader repeats from row to row is one opinion, however often.
 */
export function countCleanWords(cells: readonly Cell[], tidy: (text: string) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const cell of new Set(cells)) {
    if (cell.origin === 'ocr' && !isAgreed(cell)) continue
    const text = tidy(cell.origin === 'text' ? cell.text : bestReading(cell))
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return counts
}

/** In how many other cells the value of `cell` stands cleanly. */
export function repeatsBeside(
  cell: Cell,
  value: string,
  counts: ReadonlyMap<string, number>,
  tidy: (text: string) => string,
): number {
  const isClean = cell.origin === 'text' || isAgreed(cell)
  const own = isClean && tidy(cell.origin === 'text' ? cell.text : bestReading(cell)) === value ? 1 : 0
  return Math.max(0, (counts.get(value) ?? 0) - own)
}
