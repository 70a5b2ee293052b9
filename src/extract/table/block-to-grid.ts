import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import { type BodyRow, findBodyRows } from './find-body-rows.ts'
import { findColumnEdges, NARROWEST_GUTTER } from './find-columns.ts'
import { findHeadedEdges, splitHeading } from './find-headed-columns.ts'
import { columnOf, findHeadingSpans, gridToHeadingSpans, type HeadingSpan, snapToRules } from './find-heading-spans.ts'
import { type Grid, POINT_OPTIONS } from './grid.ts'
import { findLeading, joinHeadingLines } from './heading-cells.ts'
import { rulingsToGrids } from './rulings-to-grids.ts'
import { cutAtEdges, rowsToBands, type TextPiece, type TextRow } from './text-rows.ts'

/** Rules above, below and between the rows, in points. */
export interface Rules {
  readonly box: BoundingBox
  /** Where rules over the whole width stand. */
  readonly levels: readonly number[]
  /** Rules over some of the columns: the others are merged over them. */
  readonly partial: readonly Ruling[]
}

/** What else a page tells about a block's columns and heading. */
export interface BlockHints {
  /** Places where rulings or shaded cells end. */
  readonly columnEdges: readonly number[]
  /** Whether rules between many rows show the same edges. */
  readonly showsAll: boolean
  /** All edges of columns, the outer ones too, where they are known. */
  readonly columns?: readonly number[]
  /** Cells of the heading that shading draws. */
  readonly heading: Grid | null
}

/** A line nearer to the one above than this share of the usual pitch goes on with it. */
const WRAPPED_PITCH = 0.8
/** Lines that overlap by more than this share of their height are one row. */
const OVERLAP = 0.2
/** With a rule for most bands of text, rules are the rows. */
const RULED_ROWS_SHARE = 0.6
const MARGIN = 2
/** Partial rules begin and end this near the edges of columns. */
const RULE_TOLERANCE = 6
/** Drawn lines meet exactly; two rows are never this near. */
const EXACT = { ...POINT_OPTIONS, snap: 0.5, bridge: 0.5, minLength: 0.5 }

interface RowPlan {
  readonly edges: readonly number[]
  readonly spans: readonly HeadingSpan[]
}

/** The grid of lines that stand in columns; null where fewer than two columns, or two rows in columns that are not known, appear. */
export function blockToGrid(lines: readonly TextRow[], rules: Rules | null, hints: BlockHints): Grid | null {
  const inner = innerColumnEdges(lines, hints)
  const rows = lines.map((row) => cutAtEdges(row, inner))
  const around = unionOfBoxes(rows.map((row) => row.bbox))
  if (around === null) return null
  const box = rules?.box ?? hints.heading?.bbox ?? around
  const wide = {
    x0: Math.min(box.x0, around.x0 - MARGIN),
    top: rules?.box.top ?? Math.min(hints.heading?.bbox.top ?? around.top, around.top - MARGIN),
    x1: Math.max(box.x1, around.x1 + MARGIN),
    bottom: rules?.box.bottom ?? around.bottom + MARGIN,
  }
  const columnEdges = hints.columns ?? [wide.x0, ...inner, wide.x1]
  const { edges, spans } = planRows(rows, rules, hints, columnEdges, wide)
  const rowEdges = [...new Set([wide.top, ...edges, wide.bottom])].toSorted((a, b) => a - b)
  const fewestEdges = hints.columns === undefined ? 3 : 2
  if (columnEdges.length < 3 || rowEdges.length < fewestEdges) return null
  const drawn = [
    ...horizontalsOf(rows, rowEdges, columnEdges, rules, spans),
    ...verticalsOf(rows, rowEdges, columnEdges, spans),
  ]
  return rulingsToGrids(drawn, EXACT).find((grid) => grid.columnEdges.length === columnEdges.length) ?? null
}

/** By what is drawn, where that fits the headings, else by the headings, else by gutters. */
function innerColumnEdges(rows: readonly TextRow[], hints: BlockHints): readonly number[] {
  if (hints.columns !== undefined) return hints.columns.slice(1, -1)
  const around = unionOfBoxes(rows.map((row) => row.bbox))
  const drawn = hints.columnEdges.filter((edge) => edge > (around?.x0 ?? 0) && edge < (around?.x1 ?? 0))
  if (hints.heading !== null && areCellsOf(hints.heading, rows, drawn)) return drawn
  const parts = splitHeading(rows)
  const headed = parts === null ? null : findHeadedEdges(parts)
  const byGutters = (): number[] => findColumnEdges(rows, hints.columnEdges, hints.showsAll)
  if (headed === null) return byGutters()
  const isMore = hints.showsAll || hints.heading !== null
  const isComplete = isMore ? drawn.length >= headed.edges.length : drawn.length === headed.edges.length
  if (isComplete && areParted(headed.leaves, drawn)) return drawn
  return hints.showsAll ? byGutters() : headed.edges
}

/** Of the rows under a shaded heading so many may hold two pieces of print in one of its columns. */
const ODD_ROWS = 0.1

/** Whether the rows under a heading whose cells are shaded one by one stand in its columns: one piece in each, and none over an edge. */
function areCellsOf(heading: Grid, rows: readonly TextRow[], edges: readonly number[]): boolean {
  const body = rows.filter(({ bbox }) => (bbox.top + bbox.bottom) / 2 > heading.bbox.bottom)
  const odd = body.filter(({ segments }) => !areParted(segments, edges))
  return edges.length > 0 && body.length > 0 && odd.length <= ODD_ROWS * body.length
}

/** Whether no heading reaches over an edge, and no two stand between the same edges. */
function areParted(leaves: readonly TextPiece[], edges: readonly number[]): boolean {
  const columns = leaves.map(({ bbox }) => edges.filter((edge) => edge < (bbox.x0 + bbox.x1) / 2).length)
  const isCrossed = leaves.some(({ bbox }) => edges.some((edge) => edge > bbox.x0 + 1 && edge < bbox.x1 - 1))
  return !isCrossed && new Set(columns).size === columns.length
}

function planRows(
  rows: readonly TextRow[],
  rules: Rules | null,
  hints: BlockHints,
  columnEdges: readonly number[],
  box: BoundingBox,
): RowPlan {
  const levels = rules === null ? [] : rules.levels.slice(1, -1)
  const headingEnd = hints.heading === null ? [] : [hints.heading.bbox.bottom]
  const outer = [box.top, ...levels, ...headingEnd, box.bottom].toSorted((a, b) => a - b)
  const bands = outer.slice(1).map((bottom, index) => linesBetween(rows, outer[index] ?? 0, bottom))
  const byFigures = bands.map((band) => findBodyRows(piecesByColumn(band, columnEdges)))
  const hasFigures = byFigures.some((found) => found !== null)
  const isRuled = levels.length + 1 >= RULED_ROWS_SHARE * rowsToBands(rows).length
  const shaded = hints.heading === null ? null : gridToHeadingSpans(hints.heading, columnEdges)
  const leading = findLeading(rows.flatMap((row) => row.pieces))
  const spans: HeadingSpan[] = [...(shaded ?? [])]
  const inner = bands.flatMap((band, index) => {
    const found = byFigures[index] ?? null
    const isHeading = index === 0 && (found === null || found.heading.length > 0)
    const heading = found?.heading ?? piecesByColumn(band, columnEdges).flat()
    const hasHeading = isHeading && (found !== null || hasFigures || levels.length > 0)
    if (hasHeading && shaded === null) {
      const drawn = rules?.partial ?? []
      const seen = findHeadingSpans(joinHeadingLines(heading, leading, drawn), columnEdges)
      spans.push(...snapToRules(seen, drawn, columnEdges, isRuled))
    }
    if (found !== null) return edgesBetween(withHeading(found.rows, heading))
    return hasFigures || isRuled || hasHeading ? [] : lineEdges(band, columnEdges)
  })
  const partial = (rules?.partial ?? []).filter((rule) => isOnEdges(rule, columnEdges)).map((rule) => rule.position)
  // A rule over some columns and the middle between two lines can be one and the same edge.
  const own = inner.filter((edge) => partial.every((level) => hasLineBetween(rows, edge, level)))
  return {
    edges: [...outer.slice(1, -1), ...own, ...partial, ...spans.flatMap(({ rule }) => rule?.position ?? [])],
    spans,
  }
}

function hasLineBetween(rows: readonly TextRow[], a: number, b: number): boolean {
  return linesBetween(rows, Math.min(a, b), Math.max(a, b)).some((row) => row.segments.length >= 2)
}

function linesBetween(rows: readonly TextRow[], top: number, bottom: number): readonly TextRow[] {
  return rows.filter(({ bbox }) => (bbox.top + bbox.bottom) / 2 > top && (bbox.top + bbox.bottom) / 2 <= bottom)
}

/** The pieces of each column, top to bottom; those side by side are one. */
function piecesByColumn(rows: readonly TextRow[], columnEdges: readonly number[]): TextPiece[][] {
  const columns: TextPiece[][] = columnEdges.slice(1).map(() => [])
  for (const row of rows) {
    for (const [column, target] of columns.entries()) {
      const pieces = row.pieces.filter((piece) => columnOf(piece, columnEdges) === column)
      const bbox = unionOfBoxes(pieces.map((piece) => piece.bbox))
      if (bbox !== null) target.push({ text: pieces.map((piece) => piece.text).join(' '), bbox })
    }
  }
  return columns
}

function withHeading(rows: readonly BodyRow[], heading: readonly TextPiece[]): readonly BodyRow[] {
  const box = unionOfBoxes(heading.map((piece) => piece.bbox))
  return box === null ? rows : [{ top: box.top, bottom: box.bottom }, ...rows]
}

function edgesBetween(rows: readonly BodyRow[]): number[] {
  return rows.slice(1).map((row, index) => ((rows[index]?.bottom ?? row.top) + row.top) / 2)
}

/** Edges halfway between lines; a line that only continues the one above (nearer, and in fewer columns) gets none. */
function lineEdges(rows: readonly TextRow[], columnEdges: readonly number[]): number[] {
  const pitches = rows.slice(1).map((row, index) => row.bbox.top - (rows[index]?.bbox.top ?? 0))
  const usual = pitches.toSorted((a, b) => a - b)[Math.floor(pitches.length / 2)] ?? 0
  return rows.slice(1).flatMap((row, index) => {
    const above = rows[index]
    if (above === undefined) return []
    // Cells of one row that wrap differently overlap line by line.
    if (row.bbox.top < above.bbox.bottom - OVERLAP * boxHeight(row.bbox)) return []
    const isNear = (pitches[index] ?? 0) < WRAPPED_PITCH * usual
    const startsRow = row.segments.some((segment) => segment.bbox.x0 < (columnEdges[1] ?? 0))
    const isContinuation = isNear && !startsRow && row.segments.length < above.segments.length
    if (isContinuation) return []
    return [
      (above.bbox.bottom + row.bbox.top) / 2 + (above.bbox.bottom > row.bbox.top ? 0.01 * boxHeight(row.bbox) : 0),
    ]
  })
}

function isOnEdges(rule: Ruling, columnEdges: readonly number[]): boolean {
  return [rule.start, rule.end].every((end) => columnEdges.some((edge) => Math.abs(edge - end) <= RULE_TOLERANCE))
}

/** The lines between rows: everywhere, except where rules or a heading over several columns leave cells whole. */
function horizontalsOf(
  rows: readonly TextRow[],
  rowEdges: readonly number[],
  columnEdges: readonly number[],
  rules: Rules | null,
  spans: readonly HeadingSpan[],
): Ruling[] {
  const [start, end] = [columnEdges[0] ?? 0, columnEdges.at(-1) ?? 0]
  return rowEdges.flatMap((position): Ruling[] => {
    const parts = [...(rules?.partial ?? []), ...spans.flatMap(({ rule }) => rule ?? [])].filter(
      (rule) => rule.position === position,
    )
    const whole: Ruling = { orientation: 'horizontal', position, start, end, thickness: 1 }
    const isDrawn = rules?.levels.includes(position) ?? false
    const shared = isDrawn ? [] : columnsAcross(rows, position, columnEdges)
    const isWhole = isDrawn || (parts.length === 0 && shared.length === 0)
    if (isWhole) return [whole]
    if (parts.length > 0) return parts.map((part) => ({ ...whole, start: snap(part.start), end: snap(part.end) }))
    return columnEdges.slice(1).flatMap((right, column): Ruling[] => {
      return shared.includes(column) ? [] : [{ ...whole, start: columnEdges[column] ?? right, end: right }]
    })
  })
  function snap(x: number): number {
    return columnEdges.reduce((best, edge) => (Math.abs(edge - x) < Math.abs(best - x) ? edge : best), start)
  }
}

/** The columns whose text stands in the middle of an edge between rows: it belongs to both. */
function columnsAcross(rows: readonly TextRow[], position: number, columnEdges: readonly number[]): number[] {
  const across = rows
    .flatMap((row) => row.pieces)
    .filter(({ bbox }) => {
      const margin = boxHeight(bbox) / 4
      return bbox.top + margin < position && bbox.bottom - margin > position
    })
  return across.map((piece) => columnOf(piece, columnEdges))
}

/** The lines between columns: in every row, except where a text reaches over. */
function verticalsOf(
  rows: readonly TextRow[],
  rowEdges: readonly number[],
  columnEdges: readonly number[],
  spans: readonly HeadingSpan[],
): Ruling[] {
  const lowest = Math.max(Number.NEGATIVE_INFINITY, ...spans.map((span) => span.rule?.position ?? span.bottom))
  return rowEdges.slice(1).flatMap((bottom, index) => {
    const top = rowEdges[index] ?? bottom
    const pieces = linesBetween(rows, top, bottom).flatMap((row) => row.pieces)
    return columnEdges.flatMap((position, edge): Ruling[] => {
      const isOuter = edge === 0 || edge === columnEdges.length - 1
      const isSpanned = spans.some((span) => {
        const [middle, rowMiddle] = [(span.top + span.bottom) / 2, (top + bottom) / 2]
        const isInRow = (middle > top && middle <= bottom) || (rowMiddle > span.top && rowMiddle < span.bottom)
        const isThere = isInRow || (rowMiddle > upperEnd(span, spans) && rowMiddle < (span.rule?.position ?? span.top))
        return edge > span.first && edge <= span.last && isThere
      })
      const isCrossed =
        bottom > lowest &&
        pieces.some((piece) => reachesOver(piece, position, columnEdges[edge + 1] ?? position, pieces))
      if (!isOuter && (isSpanned || isCrossed)) return []
      return [{ orientation: 'vertical', position, start: top, end: bottom, thickness: 1 }]
    })
  })
}

/** Where a heading's cell begins: at the line under the headings over it, if there are any. */
function upperEnd({ first, last, top }: HeadingSpan, spans: readonly HeadingSpan[]): number {
  const over = spans.filter(
    (other) => other.first <= first && other.last >= last && (other.rule?.position ?? top) < top,
  )
  return Math.max(Number.NEGATIVE_INFINITY, ...over.map(({ rule }) => rule?.position ?? top))
}

/** Whether a text goes well over an edge, and no other text stands in the column that it reaches into. */
function reachesOver({ bbox }: TextPiece, edge: number, next: number, pieces: readonly TextPiece[]): boolean {
  if (bbox.x0 >= edge - NARROWEST_GUTTER || bbox.x1 <= edge + NARROWEST_GUTTER) return false
  return pieces.every((other) => {
    const centre = (other.bbox.x0 + other.bbox.x1) / 2
    return other.bbox === bbox || centre < edge || centre >= next
  })
}
