import { type DetectedText, middleAt } from './detected-text.ts'
import { groupRows, isLoosePrint, type MarkRow } from './join-text-lines.ts'
import type { Mark } from './page-marks.ts'

/** A row of marks; `isSeen`: a detector sees text there, too. */
export interface SeenRow extends MarkRow {
  readonly isSeen: boolean
}

/** A band this much higher than its highest mark holds two lines that ran into each other. */
const MOST_HEIGHT = 2
/** Print that a band leaves out at its ends stands this near to its marks, in glyphs, and shares so much of its height. */
const NEAR = 0.5
const SHARED_HEIGHT = 0.5
/** The sure part of a band, as a share of its height: lines that nearly touch have bands that overlap. */
const REACH = 0.5

/**
 * Groups loose print to rows by the lines of text that a detector sees: what stands in one of them is one row, wherever
 * the rows beside it stand. Print that it does not see is grouped by its place alone.
 */
export function groupByTexts(
  marks: readonly Mark[],
  texts: readonly DetectedText[],
  glyph: number,
): readonly SeenRow[] {
  const print = marks.filter((mark) => isLoosePrint(mark, glyph))
  const owned = texts.map((): Mark[] => [])
  const rest: Mark[] = []
  for (const mark of print) {
    const owner = ownerOf(mark, texts)
    if (owner < 0) rest.push(mark)
    else owned[owner]?.push(mark)
  }
  const rows: { marks: Mark[]; row: Omit<SeenRow, 'marks'> }[] = []
  for (const [index, text] of texts.entries()) {
    const own = owned[index] ?? []
    const row = toRow(own, text)
    if (row === null) rest.push(...own)
    else rows.push({ marks: own, row })
  }
  const unseen = rest.filter((mark) => {
    const near = rows.find(({ marks: own, row }) => isAtEnd(mark, own, row, glyph))
    near?.marks.push(mark)
    return near === undefined
  })
  return [
    ...rows.map(({ marks: own, row }) => ({ ...row, marks: own })),
    ...groupRows(unseen, glyph).map((row) => ({ ...row, isSeen: false })),
  ]
}

/** The index of the text whose middle runs nearest to that of a mark in its band; -1 for none. */
function ownerOf(mark: Mark, texts: readonly DetectedText[]): number {
  const [x, y] = [(mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2]
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (const [index, text] of texts.entries()) {
    if (x < text.x0 || x > text.x1) continue
    const distance = Math.abs(middleAt(text, x) - y) / text.height
    if (distance > REACH || distance >= least) continue
    best = index
    least = distance
  }
  return best
}

/** The height that the print of a text shares, at the place of its highest mark; null where it holds two lines, or nothing. */
function toRow(marks: readonly Mark[], text: DetectedText): Omit<SeenRow, 'marks'> | null {
  const [first, ...others] = marks
  if (first === undefined) return null
  const highest = others.reduce((a, b) => (b.bottom - b.top > a.bottom - a.top ? b : a), first)
  if (text.height > MOST_HEIGHT * (highest.bottom - highest.top) && marks.length > 2) return null
  const { top, bottom, x0, x1 } = highest
  return { top, bottom, at: (x0 + x1) / 2, slope: text.slope, isSeen: true }
}

/** Whether a mark goes on with a row where the detector saw its end too early. */
function isAtEnd(
  mark: Mark,
  own: readonly Mark[],
  { top, bottom, at, slope }: Omit<SeenRow, 'marks'>,
  glyph: number,
): boolean {
  const sunk = slope * ((mark.x0 + mark.x1) / 2 - at)
  const shared = Math.min(bottom + sunk, mark.bottom) - Math.max(top + sunk, mark.top)
  if (shared < SHARED_HEIGHT * (mark.bottom - mark.top)) return false
  return own.some((other) => Math.max(other.x0 - mark.x1, mark.x0 - other.x1) <= NEAR * glyph)
}
