import type { Mark } from './page-marks.ts'
import { isSolid, type MarkLine, speckArea, toLine } from './split-lines.ts'

/** A line of print outside tables with its own glyph height: titles are bigger than the rest. */
export interface TextLineMarks extends MarkLine {
  readonly glyph: number
}

/** A gap this many glyphs wide ends a line: what follows is another text on the same height. */
const GAP = 2.2

/**
 * Joins loose marks to lines of text, whatever their size: marks beside each other that overlap in height. Specks,
 * big figures (pictures, frames) and lines of nothing but points are left out. Sorted top to bottom, left to right.
 */
export function joinTextLines(marks: readonly Mark[], glyph: number): readonly TextLineMarks[] {
  const lines = groupRows(marks, glyph)
    .flatMap((row) => splitAtGaps(row.marks))
    .map((line) => withPoints(line, marks, glyph))
  return lines.toSorted((a, b) => (sameHeight(a, b) ? a.x0 - b.x0 : a.top - b.top))
}

/** Marks beside each other that overlap in height, with the height that they share at `at`; it sinks by `slope` pixels a pixel to the right. */
export interface MarkRow {
  readonly marks: readonly Mark[]
  readonly top: number
  readonly bottom: number
  readonly at: number
  readonly slope: number
}

/** Whether a mark can be print: specks and big figures cannot. */
export function isLoosePrint(mark: Mark, glyph: number): boolean {
  const isFigure = mark.bottom - mark.top > 5 * glyph || mark.x1 - mark.x0 > 12 * glyph
  return isSolid(mark, glyph) && !isFigure
}

/** Groups loose print to rows; specks and big figures are left out. */
export function groupRows(marks: readonly Mark[], glyph: number): readonly MarkRow[] {
  const solid = marks
    .filter((mark) => isLoosePrint(mark, glyph))
    .toSorted((a, b) => b.bottom - b.top - (a.bottom - a.top))
  const rows: (MarkRow & { marks: Mark[] })[] = []
  for (const mark of solid) {
    const overlapping = rows.filter(({ top, bottom }) => {
      const overlap = Math.min(bottom, mark.bottom) - Math.max(top, mark.top)
      return overlap > 0.5 * (mark.bottom - mark.top)
    })
    // Beside a cell of two lines stands one of a single line, halfway between: the nearest print decides.
    const row = overlapping.length < 2 ? overlapping[0] : nearestRow(overlapping, mark)
    if (row === undefined) {
      rows.push({ marks: [mark], top: mark.top, bottom: mark.bottom, at: (mark.x0 + mark.x1) / 2, slope: 0 })
    } else row.marks.push(mark)
  }
  return rows
}

function nearestRow<Row extends { readonly marks: readonly Mark[] }>(
  rows: readonly Row[],
  mark: Mark,
): Row | undefined {
  const distance = (row: Row): number =>
    Math.min(...row.marks.map((other) => Math.max(0, other.x0 - mark.x1, mark.x0 - other.x1)))
  return rows
    .map((row) => ({ row, distance: distance(row) }))
    .reduce((best, next) => (next.distance < best.distance ? next : best)).row
}

function sameHeight(a: MarkLine, b: MarkLine): boolean {
  const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return overlap > 0.5 * Math.min(a.bottom - a.top, b.bottom - b.top)
}

function splitAtGaps(marks: readonly Mark[]): TextLineMarks[] {
  const lines: Mark[][] = []
  const height = Math.max(...marks.map((mark) => mark.bottom - mark.top))
  let end = Number.NEGATIVE_INFINITY
  for (const mark of marks.toSorted((a, b) => a.x0 - b.x0)) {
    const last = lines.at(-1)
    if (last !== undefined && mark.x0 - end <= GAP * height) last.push(mark)
    else lines.push([mark])
    end = Math.max(end, mark.x1)
  }
  return lines.map((line) => {
    const box = toLine(line)
    return { ...box, glyph: box.bottom - box.top }
  })
}

function withPoints(line: TextLineMarks, marks: readonly Mark[], glyph: number): TextLineMarks {
  const near = marks.filter(
    (mark) =>
      !isSolid(mark, glyph) &&
      mark.area >= speckArea(glyph) &&
      mark.x0 < line.x1 + 0.9 * line.glyph &&
      mark.x1 > line.x0 - 0.9 * line.glyph &&
      mark.top >= line.top - 0.15 * line.glyph &&
      mark.bottom <= line.bottom + 0.2 * line.glyph,
  )
  return { ...toLine([...line.marks, ...near]), glyph: line.glyph }
}
