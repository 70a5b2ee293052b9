import { boxHeight, boxWidth } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import type { Grid } from './grid.ts'
import type { TextPiece } from './text-rows.ts'

/** Texts that go on over several lines share their left side, middle or right side within this many points. */
const ALIGNED = 3

/** A heading over the columns first..last (0-based), from top to bottom, with the line under it (null: none inside). */
export interface HeadingSpan {
  readonly first: number
  readonly last: number
  readonly top: number
  readonly bottom: number
  readonly rule: Ruling | null
}

/**
 * The headings that stand over several columns: a text over another one of its column that is no line of the same cell,
 * because it is not aligned with it. It covers the columns that it stands in the middle of. `columnEdges` are all edges.
 */
export function findHeadingSpans(pieces: readonly TextPiece[], columnEdges: readonly number[]): HeadingSpan[] {
  const spans: HeadingSpan[] = []
  for (const piece of pieces.toSorted((a, b) => a.bbox.top - b.bbox.top || a.bbox.x0 - b.bbox.x0)) {
    const below = pieces.filter((other) => other.bbox.top >= piece.bbox.bottom - 1)
    const [reachedFirst, reachedLast] = columnsUnder(piece, columnEdges)
    const children = below.filter((other) => {
      const column = columnOf(other, columnEdges)
      return column >= reachedFirst && column <= reachedLast
    })
    const isOverOne = new Set(children.map((child) => columnOf(child, columnEdges))).size < 2
    if (children.length === 0 || (isOverOne && children.some((child) => isSameCell(piece, child)))) continue
    const covered = new Set(below.map((other) => columnOf(other, columnEdges)))
    const range = coveredRange(piece, columnEdges, covered, [reachedFirst, reachedLast])
    if (range === null) continue
    const [first, last] = range
    const next = Math.min(...below.filter((other) => isIn(other, first, last, columnEdges)).map(({ bbox }) => bbox.top))
    const middle = (piece.bbox.bottom + next) / 2
    const beside = spans.find((other) => Math.abs((other.rule?.position ?? 0) - middle) < boxHeight(piece.bbox) / 2)
    const rule: Ruling = {
      orientation: 'horizontal',
      position: beside?.rule?.position ?? middle,
      start: columnEdges[first] ?? 0,
      end: columnEdges[last + 1] ?? 0,
      thickness: 0,
    }
    spans.push({ first, last, top: piece.bbox.top, bottom: piece.bbox.bottom, rule })
  }
  return spans
}

/** The cells of a heading that shading draws, as headings over columns; null where its columns are others. */
export function gridToHeadingSpans(heading: Grid, columnEdges: readonly number[]): HeadingSpan[] | null {
  const places = heading.columnEdges.map((edge) => columnEdges.findIndex((other) => Math.abs(other - edge) <= ALIGNED))
  if (places.some((place) => place < 0) || places.length !== columnEdges.length) return null
  return heading.cells.map(({ row, rowSpan, column, columnSpan, bbox }) => {
    const isLast = row + rowSpan >= heading.rowEdges.length - 1
    const rule: Ruling = {
      orientation: 'horizontal',
      position: bbox.bottom,
      start: bbox.x0,
      end: bbox.x1,
      thickness: 0,
    }
    const last = (places[column + columnSpan] ?? 1) - 1
    return { first: places[column] ?? 0, last, top: bbox.top, bottom: bbox.bottom, rule: isLast ? null : rule }
  })
}

/** Puts the lines under headings where rules over some of the columns are drawn; without one there is no such heading. */
export function snapToRules(spans: readonly HeadingSpan[], rules: readonly Ruling[]): HeadingSpan[] {
  return spans.flatMap((span) => {
    const drawn = rules.find(({ position, start, end }) => {
      const covers = start < (span.rule?.end ?? end) - ALIGNED && end > (span.rule?.start ?? start) + ALIGNED
      return covers && position >= span.bottom - ALIGNED && position <= span.bottom + 2 * (span.bottom - span.top)
    })
    return drawn === undefined ? [] : [{ ...span, rule: null }]
  })
}

function isSameCell(a: TextPiece, b: TextPiece): boolean {
  const sides = [a.bbox.x0 - b.bbox.x0, a.bbox.x1 - b.bbox.x1, (a.bbox.x0 + a.bbox.x1 - b.bbox.x0 - b.bbox.x1) / 2]
  return sides.some((distance) => Math.abs(distance) <= ALIGNED)
}

/** The column (0-based) that the middle of a text stands in. */
export function columnOf({ bbox }: TextPiece, columnEdges: readonly number[]): number {
  const centre = (bbox.x0 + bbox.x1) / 2
  const column = columnEdges.findIndex((edge, index) => centre >= edge && centre < (columnEdges[index + 1] ?? edge))
  return Math.max(0, column)
}

function isIn(piece: TextPiece, first: number, last: number, columnEdges: readonly number[]): boolean {
  const column = columnOf(piece, columnEdges)
  return column >= first && column <= last
}

function columnsUnder(piece: TextPiece, columnEdges: readonly number[]): [number, number] {
  const reached = columnEdges.slice(1).flatMap((right, column) => {
    const overlap = Math.min(piece.bbox.x1, right) - Math.max(piece.bbox.x0, columnEdges[column] ?? right)
    return overlap > 1 ? [column] : []
  })
  return [reached[0] ?? 0, reached.at(-1) ?? 0]
}

/** The run of columns with headings below that the text stands nearest the middle of; null where that is one column. */
function coveredRange(
  piece: TextPiece,
  columnEdges: readonly number[],
  covered: ReadonlySet<number>,
  [reachedFirst, reachedLast]: readonly [number, number],
): [number, number] | null {
  const own = columnOf(piece, columnEdges)
  const centre = (piece.bbox.x0 + piece.bbox.x1) / 2
  let best: { range: [number, number]; distance: number } | null = null
  for (let first = reachedFirst; first >= 0 && (first === reachedFirst || covered.has(first)); first -= 1) {
    for (let last = Math.max(reachedLast, first); last < columnEdges.length - 1; last += 1) {
      if (last > reachedLast && !covered.has(last)) break
      const [left, right] = [columnEdges[first] ?? 0, columnEdges[last + 1] ?? 0]
      const distance = Math.abs((left + right) / 2 - centre) + 0.002 * (right - left)
      const fits = right - left >= boxWidth(piece.bbox) - 2 * ALIGNED
      if (fits && (best === null || distance < best.distance)) best = { range: [first, last], distance }
    }
  }
  return best === null || (best.range[0] === best.range[1] && best.range[0] === own) ? null : best.range
}
