import { boxHeight } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import type { Grid } from './grid.ts'
import { middleY } from './heading-cells.ts'
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

/** A line under a heading covers its columns by this share of their width. */
const COVERED = 0.6
/** Cells stand on one level when their middles are nearer than this share of a line's height. */
const SAME_LEVEL = 0.35

/**
 * The headings that stand over other headings: over several columns, each in the middle of its own, or over one where others stand over
 * several on the same level. `cells` are whole texts (lines joined), `columnEdges` all edges.
 */
export function findHeadingSpans(cells: readonly TextPiece[], columnEdges: readonly number[]): HeadingSpan[] {
  const height = Math.min(...cells.map(({ bbox }) => boxHeight(bbox)))
  const parents = cells.filter((cell) => cellsUnder(cell, cells, columnEdges, height).length > 0)
  const spans: HeadingSpan[] = []
  for (const level of levelsOf(parents, height)) {
    const top = Math.min(...level.map(middleY))
    const under = level.flatMap((parent) => cellsUnder(parent, cells, columnEdges, height))
    // Between three levels what stands on the second is over others there, or stands beside all three, in their middle.
    const isChild = (cell: TextPiece): boolean => {
      const like = parents.includes(cell) ? under : under.filter((other) => !parents.includes(other))
      return middleY(cell) >= Math.min(...like.map(middleY)) - SAME_LEVEL * height
    }
    const isLone = (column: number): boolean =>
      !cells.some((cell) => {
        const [first, last] = columnsUnder(cell, columnEdges)
        const isBetween = middleY(cell) >= top - SAME_LEVEL * height && !isChild(cell)
        return isBetween && !level.includes(cell) && column >= first && column <= last
      })
    const covered = columnEdges
      .slice(1)
      .map(
        (_, column) => isLone(column) && cells.some((cell) => isChild(cell) && isIn(cell, column, column, columnEdges)),
      )
    const found: HeadingSpan[] = []
    for (const [first, last] of runsOf(covered)) {
      const own = level.filter((parent) => isIn(parent, first, last, columnEdges)).toSorted(byPlace)
      const ranges = partition(own, first, last, columnEdges)
      const children = cells.filter(isChild)
      for (const [index, range] of ranges.entries()) {
        const parent = own[index]
        if (parent !== undefined) found.push(toSpan(parent, range, children, columnEdges, spans))
      }
    }
    spans.push(...onOneLine(found))
  }
  return spans
}

/** Headings of one level end at one line: that of those whose own headings are the nearest. */
function onOneLine(spans: readonly HeadingSpan[]): HeadingSpan[] {
  const position = Math.min(...spans.map(({ rule, bottom }) => rule?.position ?? bottom))
  const isUnderAll = spans.every(({ bottom }) => position > bottom)
  return spans.map((span) => (span.rule === null || !isUnderAll ? span : { ...span, rule: { ...span.rule, position } }))
}

/** Cells clearly below a cell, in the columns that it reaches. */
function cellsUnder(
  cell: TextPiece,
  cells: readonly TextPiece[],
  edges: readonly number[],
  height: number,
): TextPiece[] {
  const [first, last] = columnsUnder(cell, edges)
  return cells.filter((other) => {
    return (
      middleY(other) > middleY(cell) + SAME_LEVEL * height &&
      other.bbox.top > cell.bbox.bottom - SAME_LEVEL * height &&
      isIn(other, first, last, edges)
    )
  })
}

/** Parents by the height at which they stand, top to bottom. */
function levelsOf(parents: readonly TextPiece[], height: number): TextPiece[][] {
  const levels: TextPiece[][] = []
  for (const parent of parents.toSorted((a, b) => middleY(a) - middleY(b))) {
    const level = levels.at(-1)
    const isSame = level !== undefined && middleY(parent) - middleY(level[0] ?? parent) < SAME_LEVEL * height
    if (isSame) level.push(parent)
    else levels.push([parent])
  }
  return levels
}

function runsOf(flags: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = []
  for (const [index, isSet] of flags.entries()) {
    const last = runs.at(-1)
    if (isSet && last !== undefined && last[1] === index - 1) last[1] = index
    else if (isSet) runs.push([index, index])
  }
  return runs
}

function byPlace(a: TextPiece, b: TextPiece): number {
  return a.bbox.x0 - b.bbox.x0
}

/** Shares the columns first..last out to the parents over them, in order, so that each stands in the middle of its own. */
function partition(
  parents: readonly TextPiece[],
  first: number,
  last: number,
  columnEdges: readonly number[],
): [number, number][] {
  let states: { next: number; cost: number; ranges: [number, number][] }[] = [{ next: first, cost: 0, ranges: [] }]
  for (const [index, parent] of parents.entries()) {
    const centre = (parent.bbox.x0 + parent.bbox.x1) / 2
    const [reachedFirst, reachedLast] = columnsUnder(parent, columnEdges)
    const isLast = index === parents.length - 1
    states = states.flatMap((state) => {
      const ends = Array.from({ length: Math.max(0, last - state.next + 1) }, (_, k) => state.next + k)
      return ends
        .filter((end) => end >= reachedLast && state.next <= reachedFirst && (!isLast || end === last))
        .map((end) => {
          const middle = ((columnEdges[state.next] ?? 0) + (columnEdges[end + 1] ?? 0)) / 2
          const range: [number, number] = [state.next, end]
          return { next: end + 1, cost: state.cost + Math.abs(middle - centre), ranges: [...state.ranges, range] }
        })
    })
  }
  return states.length === 0 ? [] : states.reduce((best, next) => (next.cost < best.cost ? next : best)).ranges
}

function toSpan(
  piece: TextPiece,
  [first, last]: readonly [number, number],
  children: readonly TextPiece[],
  columnEdges: readonly number[],
  spans: readonly HeadingSpan[],
): HeadingSpan {
  const next = Math.min(
    ...children.filter((child) => isIn(child, first, last, columnEdges)).map(({ bbox }) => bbox.top),
  )
  const middle = (piece.bbox.bottom + next) / 2
  const beside = spans.find((other) => Math.abs((other.rule?.position ?? 0) - middle) < boxHeight(piece.bbox) / 2)
  const rule: Ruling = {
    orientation: 'horizontal',
    position: beside?.rule?.position ?? middle,
    start: columnEdges[first] ?? 0,
    end: columnEdges[last + 1] ?? 0,
    thickness: 0,
  }
  return { first, last, top: piece.bbox.top, bottom: piece.bbox.bottom, rule }
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

/**
 * Puts the lines under headings where rules over some of the columns are drawn; `areAllDrawn`: without one only what stands well over several is such
 * a heading.
 */
export function snapToRules(
  spans: readonly HeadingSpan[],
  rules: readonly Ruling[],
  columnEdges: readonly number[],
  areAllDrawn: boolean,
): HeadingSpan[] {
  return spans.flatMap((span) => {
    const drawn = rules.find(({ position, start, end }) => {
      const covers = start < (span.rule?.end ?? end) - ALIGNED && end > (span.rule?.start ?? start) + ALIGNED
      return covers && position >= span.bottom - ALIGNED && position <= span.bottom + 2 * (span.bottom - span.top)
    })
    if (span.rule === null) return areAllDrawn ? [] : [span]
    if (drawn === undefined) return !areAllDrawn || isFarOver(span) ? [span] : []
    const beside = spans.filter((other) => other !== span && other.top < span.bottom && other.bottom > span.top)
    return [widenToRule({ ...span, rule: { ...span.rule, position: drawn.position } }, drawn, columnEdges, beside)]
  })
}

/** The heading over all columns that the line under it covers: drawn lines may end a little before the columns do. */
function widenToRule(
  span: HeadingSpan,
  drawn: Ruling,
  columnEdges: readonly number[],
  beside: readonly HeadingSpan[],
): HeadingSpan {
  const covered = columnEdges.slice(1).flatMap((right, column) => {
    const left = columnEdges[column] ?? right
    return Math.min(right, drawn.end) - Math.max(left, drawn.start) >= COVERED * (right - left) ? [column] : []
  })
  const first = Math.min(span.first, ...covered)
  const last = Math.max(span.last, ...covered)
  const isFree = !beside.some((other) => other.first <= last && other.last >= first)
  if (span.rule === null || !isFree) return span
  return {
    ...span,
    first,
    last,
    rule: { ...span.rule, start: columnEdges[first] ?? 0, end: columnEdges[last + 1] ?? 0 },
  }
}

/** Whether a heading stands too far over others, in the middle of several, to be the first line of one of them. */
function isFarOver({ first, last, top, bottom, rule }: HeadingSpan): boolean {
  return last > first && rule !== null && 2 * (rule.position - bottom) >= bottom - top
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
