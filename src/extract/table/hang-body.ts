import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth, centreIsInside } from '../../model/bounding-box.ts'
import type { Ruling, Word } from '../../model/page.ts'
import { isAmountText } from './amount-text.ts'
import { blockToGrid, type Rules } from './block-to-grid.ts'
import { type Grid, POINT_OPTIONS } from './grid.ts'
import { joinRulings } from './join-rulings.ts'
import { withRowsBeyond } from './rows-beyond-rules.ts'
import { type TextRow, toTextRow } from './text-rows.ts'
import { groupLines } from './words-to-lines.ts'

/** Headings have at most so many rows, the numbers of their columns included. */
const MOST_HEADING_ROWS = 4
/** Rules of one table begin and end within this many points, or this share of their length where that is told. */
const RULE_END_TOLERANCE = 6
/** Print sticks out over the sides of a table by so many points at most. */
const STICKS_OUT = 8
/** Lines of a table stand this near under each other, in line heights: one may be the middle line of a row that wraps. */
const FURTHEST_LINE = 3.2
/** A body that no rules part has so many lines of several texts. */
const FEWEST_UNRULED_LINES = 3
/** So many of the lines of a body in which several texts stand have figures. */
const FIGURES_SHARE = 0.5
const EDGE_TOLERANCE = 2
const CAPTION = /[:：]/
const COLUMN_NUMBER = /^\d{1,2}$/

/** Whether words stand in a grid and no figure but the numbers of its columns. */
export function isHeading({ bbox }: Grid, words: readonly Word[]): boolean {
  const inside = words.filter((word) => centreIsInside(word.bbox, bbox))
  return inside.length > 0 && !inside.some(({ text }) => isAmountText(text) && !COLUMN_NUMBER.test(text))
}

/** The first rows of a grid in which lines part columns, where none does in the rows after them: a frame goes on around these. */
export function headingIn(grid: Grid): Grid {
  const columns = grid.columnEdges.length - 1
  const rows = Math.max(
    0,
    ...grid.cells.flatMap(({ row, rowSpan, columnSpan }) => (columnSpan < columns ? [row + rowSpan] : [])),
  )
  const bottom = grid.rowEdges[rows] ?? grid.bbox.bottom
  return {
    ...grid,
    bbox: { ...grid.bbox, bottom },
    rowEdges: grid.rowEdges.slice(0, rows + 1),
    cells: grid.cells.filter(({ row }) => row < rows),
  }
}

/**
 * The table whose heading alone has lines between its columns: cells ruled on all sides (`isHeading`), and right under them lines of figures in the
 * same columns, with rules of the same width between them or none. The columns of the heading are those of the body, the empty ones too. Null where
 * nothing such stands under it. `others` are the other grids of the page. Everything in points; rules end up to `unevenEnds` of their length apart.
 */
export function hangBody(
  heading: Grid,
  words: readonly Word[],
  rulings: readonly Ruling[],
  others: readonly Grid[],
  unevenEnds = 0,
): Grid | null {
  const { bbox, rowEdges, columnEdges } = heading
  if (rowEdges.length - 1 > MOST_HEADING_ROWS || columnEdges.length < 3) return null
  const inner = columnEdges.slice(1, -1)
  const under = linesUnder(bbox, words, others)
  const levels = levelsUnder(heading, under, rulings, unevenEnds)
  const lines = levels.length > 0 ? under : regularLines(under)
  const end = lines.findIndex((line) => !fits(line, bbox) || isAcrossEdges(line, inner))
  const own = end < 0 ? lines : lines.slice(0, end)
  const rules = levels.length === 0 ? null : rulesOver(heading, own, levels)
  const body = rules === null ? own : own.filter((line) => middleOf(line.bbox) < rules.box.bottom)
  if (!isBody(body, bbox, rules)) return null
  const grid = blockToGrid(body, rules, { columnEdges: inner, columns: columnEdges, showsAll: true, heading: null })
  return grid === null ? null : stack(heading, grid)
}

/** One grid of both, the columns being those of the heading. */
function stack(heading: Grid, body: Grid): Grid {
  const rows = heading.rowEdges.length - 1
  return {
    bbox: { ...heading.bbox, bottom: body.bbox.bottom },
    columnEdges: heading.columnEdges,
    rowEdges: [...heading.rowEdges, ...body.rowEdges.slice(1)],
    cells: [...heading.cells, ...body.cells.map((cell) => ({ ...cell, row: cell.row + rows }))],
  }
}

/** The lines under a box and not beside it, down to the next grid. */
function linesUnder(box: BoundingBox, words: readonly Word[], others: readonly Grid[]): readonly TextRow[] {
  const isUnder = ({ x0, x1, top }: BoundingBox): boolean => x0 < box.x1 && x1 > box.x0 && top >= box.bottom - 1
  const grids = others.map(({ bbox }) => bbox).filter(isUnder)
  const end = Math.min(Number.POSITIVE_INFINITY, ...grids.map(({ top }) => top))
  return groupLines(words.filter(({ bbox }) => isUnder(bbox) && bbox.bottom <= end + 1)).map(toTextRow)
}

/** Where rules as wide as the heading stand under it, below the first line at least. */
function levelsUnder(
  { bbox }: Grid,
  [first]: readonly TextRow[],
  rulings: readonly Ruling[],
  unevenEnds: number,
): readonly number[] {
  if (first === undefined) return []
  const tolerance = Math.max(RULE_END_TOLERANCE, unevenEnds * boxWidth(bbox))
  const horizontal = rulings.filter(({ orientation, thickness }) => orientation === 'horizontal' && thickness > 0)
  return joinRulings(horizontal, POINT_OPTIONS)
    .filter(({ start, end }) => Math.abs(start - bbox.x0) <= tolerance && Math.abs(end - bbox.x1) <= tolerance)
    .map(({ position }) => position)
    .filter((position) => position > Math.max(middleOf(first.bbox), bbox.bottom + EDGE_TOLERANCE))
    .toSorted((a, b) => a - b)
}

/** The rules under the heading, down to the last one above which a line of the body stands. */
function rulesOver({ bbox }: Grid, lines: readonly TextRow[], levels: readonly number[]): Rules | null {
  const last = lines.at(-1)
  const below = levels.findIndex((level) => last !== undefined && level > middleOf(last.bbox))
  const own = below < 0 ? levels : levels.slice(0, below + 1)
  const bottom = own.at(-1)
  if (bottom === undefined) return null
  const rules = { box: { ...bbox, top: bbox.bottom, bottom }, levels: [bbox.bottom, ...own], partial: [] }
  return withRowsBeyond(rules, lines)
}

/** The first lines that follow each other as those of a table do. */
function regularLines(lines: readonly TextRow[]): readonly TextRow[] {
  const end = lines.findIndex(({ bbox }, index) => {
    const above = lines[index - 1]
    return above !== undefined && bbox.top - above.bbox.bottom > FURTHEST_LINE * boxHeight(bbox)
  })
  return end < 0 ? lines : lines.slice(0, end)
}

function isBody(lines: readonly TextRow[], heading: BoundingBox, rules: Rules | null): boolean {
  const [first] = lines
  if (first === undefined || first.bbox.top - heading.bottom > FURTHEST_LINE * boxHeight(first.bbox)) return false
  const split = lines.filter(({ segments }) => segments.length >= 2)
  const withFigures = split.filter(({ segments }) => segments.some(({ text }) => isAmountText(text)))
  const isEnough = split.length >= (rules === null ? FEWEST_UNRULED_LINES : 1)
  return isEnough && withFigures.length >= FIGURES_SHARE * split.length
}

function fits({ bbox }: TextRow, box: BoundingBox): boolean {
  return bbox.x0 >= box.x0 - STICKS_OUT && bbox.x1 <= box.x1 + STICKS_OUT
}

/** A line of its own over several columns, as a title is, or the caption of a table. */
function isAcrossEdges({ segments }: TextRow, edges: readonly number[]): boolean {
  const [only, ...others] = segments
  if (only === undefined || others.length > 0) return false
  const { x0, x1 } = only.bbox
  return CAPTION.test(only.text) || edges.some((edge) => x0 < edge - EDGE_TOLERANCE && x1 > edge + EDGE_TOLERANCE)
}

function middleOf({ top, bottom }: BoundingBox): number {
  return (top + bottom) / 2
}
