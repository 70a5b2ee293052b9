import type { Cell } from '../../model/table.ts'
import { createTextGlyphs } from '../match/text-glyphs.ts'
import { cleanText } from './text-of-cell.ts'

/**
 * Tells by how many nats the pixels of a cell make a text less likely than `read` in its place; what else the cell holds
 * stays. Null where no reader gives posteriors, or `read` is not what stands in the cell letter by letter.
 */
export function costInPlace(cell: Cell, read: string): ((text: string) => number) | null {
  const glyphs = createTextGlyphs(cell.readings)
  const whole = cleanText(cell.text)
  if (glyphs === null || read === '' || !whole.includes(read)) return null
  const costOfRead = glyphs.costOf(whole)
  return (text) => glyphs.costOf(whole.replace(read, () => text)) - costOfRead
}
