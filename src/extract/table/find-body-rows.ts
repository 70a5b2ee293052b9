import { boxHeight } from '../../model/bounding-box.ts'
import { isAmountText, isMoneyText } from './amount-text.ts'
import type { TextPiece } from './text-rows.ts'

/** What stands in one row of a table, top to bottom, in points. */
export interface BodyRow {
  readonly top: number
  readonly bottom: number
}

/** The rows that figures found, and the pieces above the first of them: the heading. */
export interface BodyRows {
  readonly rows: readonly BodyRow[]
  readonly heading: readonly TextPiece[]
}

/** A column of figures holds figures in this share of its lines (its heading is none). */
const FIGURE_SHARE = 0.6
/** Figures nearer than this share of their height stand in one row; those of two rows are further apart than the second. */
const SAME_ROW = 0.3
const NEXT_ROW = 0.85
/** Lines of one cell follow each other within this many heights. */
const WIDEST_LEADING = 1.8
const MOST_LINES = 12
/** What a line that belongs to no figures costs, in heights; above the first figures it is the heading. */
const LONE_LINE = 0.9
const HEADING_LINE = 0.5
/** What a line more of one cell costs: lines as far apart as the rows are cells of their own. */
const MORE_LINE = 0.2
/** All names of a table may stand this much higher or lower than its figures, in heights. */
const UNLEVEL = 0.25
const FEWEST_LINES = 3
/** Names are set at most so many times as high as figures. */
const HIGHEST_LINE = 1.5
/** Rows this near to the leading of lines leave no room between them: each line is a row. */
const NO_ROOM = 1.08
/** What numbers the items of a list begins a cell. */
const ITEM_START = /^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.．](?!\d)/
/** A line that reaches up into the heading by this share of its height belongs to it. */
const OVERLAP = 0.15

type Alignment = 'top' | 'middle' | 'bottom'

/**
 * The rows of a table without rules, by its figures: a row has one line of them, and the lines of a cell that wraps stand
 * around it (or hang from it, or end with it), the same all over the table. Null where fewer than two rows have figures.
 * `columns` hold the pieces of each column, top to bottom.
 */
export function findBodyRows(columns: readonly (readonly TextPiece[])[]): BodyRows | null {
  const figures = columns.filter(isColumnOfFigures).flatMap((column) => column.filter(({ text }) => isAmountText(text)))
  const anchors = findAnchors(figures)
  if (anchors.length < 2) return null
  const lines = columns.map((column) => column.filter((piece) => isAbove(piece, anchors[0]) || isLine(piece, anchors)))
  const closest = Math.min(
    ...anchors.slice(1).map((anchor, index) => middleOf(anchor) - middleOf(anchors[index] ?? anchor)),
  )
  const plans = (['middle', 'top', 'bottom'] as const).map((alignment) =>
    assignColumns(lines, anchors, alignment, closest),
  )
  const best = plans.reduce((a, b) => (b.cost < a.cost - 0.01 ? b : a))
  const [first, ...after] = anchors.map((anchor, index) => [anchor, ...(best.byAnchor[index] ?? [])])
  if (first === undefined) return null
  const above = best.lone.filter((piece) => isAbove(piece, anchors[0]))
  const end = Math.max(Number.NEGATIVE_INFINITY, ...above.map(({ bbox }) => bbox.bottom))
  const reachesUp = (piece: TextPiece): boolean => {
    return isAbove(piece, anchors[0]) && piece.bbox.top < end - OVERLAP * boxHeight(piece.bbox)
  }
  const heading = [...above, ...first.filter(reachesUp)]
  const own = [first.filter((piece) => !reachesUp(piece)), ...after].map(rowOf)
  // A line nearer to figures than any two rows are is no row: it stands between the rows that share it.
  const others = groupLoneLines(
    best.lone.filter((piece) => {
      const nearest = Math.min(...anchors.map((anchor) => Math.abs(middleOf(anchor) - middleOf(piece))))
      return !isAbove(piece, anchors[0]) && (nearest >= NEXT_ROW * closest || ITEM_START.test(piece.text))
    }),
    closest,
  )
  return { rows: [...own, ...others].toSorted((a, b) => a.top + a.bottom - b.top - b.bottom), heading }
}

/** Whether a line stands clearly over another one. */
function isAbove(piece: TextPiece | undefined, other: TextPiece | undefined): boolean {
  if (piece === undefined || other === undefined) return false
  return middleOf(other) - middleOf(piece) > SAME_ROW * boxHeight(other.bbox)
}

/** Whether a piece is print: what a hand wrote in the margin is higher than the figures, and ticks and specks are no text. */
function isLine({ text, bbox }: TextPiece, anchors: readonly TextPiece[]): boolean {
  const heights = anchors.map((anchor) => boxHeight(anchor.bbox)).toSorted((a, b) => a - b)
  return /[\p{L}\p{N}—－–/-]/u.test(text) && boxHeight(bbox) <= HIGHEST_LINE * (heights[heights.length >> 1] ?? 0)
}

function isColumnOfFigures(column: readonly TextPiece[]): boolean {
  const count = column.filter(({ text }) => isAmountText(text)).length
  return count >= 2 && count >= FIGURE_SHARE * column.length
}

/** One figure for each row: where lines of figures stand too near for two rows, the line with less of them wraps. */
function findAnchors(figures: readonly TextPiece[]): TextPiece[] {
  const clusters: { piece: TextPiece; weight: number }[] = []
  for (const piece of figures.toSorted((a, b) => middleOf(a) - middleOf(b))) {
    const last = clusters.at(-1)
    const weight = isMoneyText(piece.text) ? 2 : 1
    if (last !== undefined && middleOf(piece) - middleOf(last.piece) < SAME_ROW * boxHeight(piece.bbox))
      last.weight += weight
    else clusters.push({ piece, weight })
  }
  const chosen: TextPiece[] = []
  for (const { piece } of clusters.toSorted((a, b) => b.weight - a.weight)) {
    const isFree = chosen.every(
      (other) => Math.abs(middleOf(other) - middleOf(piece)) >= NEXT_ROW * boxHeight(piece.bbox),
    )
    if (isFree) chosen.push(piece)
  }
  return chosen.toSorted((a, b) => middleOf(a) - middleOf(b))
}

interface Assignment {
  readonly cost: number
  readonly byAnchor: readonly (readonly TextPiece[])[]
  readonly lone: readonly TextPiece[]
}

function assignColumns(
  columns: readonly (readonly TextPiece[])[],
  anchors: readonly TextPiece[],
  alignment: Alignment,
  closest: number,
): Assignment {
  const parts = columns.map((column) => assignColumn(column, anchors, alignment, closest))
  return {
    cost: parts.reduce((sum, part) => sum + part.cost, 0),
    byAnchor: anchors.map((_, index) => parts.flatMap((part) => part.byAnchor[index] ?? [])),
    lone: parts.flatMap((part) => part.lone),
  }
}

/** Shares the lines of one column out to the rows, in order, at the least cost (in heights). `closest` is the least distance of two rows. */
function assignColumn(
  column: readonly TextPiece[],
  anchors: readonly TextPiece[],
  alignment: Alignment,
  closest: number,
): Assignment {
  const leading = leadingOf(column)
  const mostLines = closest <= NO_ROOM * leading ? 1 : MOST_LINES
  const shift = shiftOf(column, anchors)
  const width = anchors.length + 1
  const costs = new Float64Array((column.length + 1) * width).fill(Number.POSITIVE_INFINITY)
  const steps = new Int32Array((column.length + 1) * width).fill(-1)
  costs[0] = 0
  const offer = (at: number, cost: number, step: number): void => {
    if (cost < (costs[at] ?? 0)) {
      costs[at] = cost
      steps[at] = step
    }
  }
  for (let line = 0; line <= column.length; line += 1) {
    for (let anchor = 0; anchor < width; anchor += 1) {
      const cost = costs[line * width + anchor] ?? 0
      if (cost === Number.POSITIVE_INFINITY) continue
      if (anchor < anchors.length) offer(line * width + anchor + 1, cost, 0)
      // -2 marks a line that stands alone; other steps are the number of lines that a row takes.
      if (line < column.length)
        offer((line + 1) * width + anchor, cost + (isAbove(column[line], anchors[0]) ? HEADING_LINE : LONE_LINE), -2)
      for (let count = 1; count <= mostLines && anchor < anchors.length && line + count <= column.length; count += 1) {
        const cell = cellCost(column, line, count, anchors[anchor], alignment, { leading, shift })
        if (cell === null) break
        offer((line + count) * width + anchor + 1, cost + cell, count)
      }
    }
  }
  return traceBack(column, anchors.length, costs, steps)
}

function traceBack(
  column: readonly TextPiece[],
  anchorCount: number,
  costs: Float64Array,
  steps: Int32Array,
): Assignment {
  const width = anchorCount + 1
  const byAnchor: (readonly TextPiece[])[] = Array.from({ length: anchorCount }, () => [])
  const lone: TextPiece[] = []
  let [line, anchor] = [column.length, anchorCount]
  while (line > 0 || anchor > 0) {
    const step = steps[line * width + anchor] ?? 0
    if (step === -2) {
      line -= 1
      lone.push(...column.slice(line, line + 1))
    } else {
      anchor -= 1
      byAnchor[anchor] = column.slice(line - step, line)
      line -= step
    }
  }
  return { cost: costs[column.length * width + anchorCount] ?? 0, byAnchor, lone: lone.toReversed() }
}

/** How far the lines of a column's cells stand apart, and how much lower than the figures they all stand. */
interface ColumnMeasures {
  readonly leading: number
  readonly shift: number
}

/** The usual distance of a column's lines from the nearest figures; none where it is more than unevenness, or hardly known. */
function shiftOf(column: readonly TextPiece[], anchors: readonly TextPiece[]): number {
  const shifts = column.map((piece) => {
    const distances = anchors.map((anchor) => middleOf(piece) - middleOf(anchor))
    return distances.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a), Number.POSITIVE_INFINITY)
  })
  const median = shifts.toSorted((a, b) => a - b)[shifts.length >> 1] ?? 0
  const height = Math.max(...column.map((piece) => boxHeight(piece.bbox)))
  return column.length >= FEWEST_LINES && Math.abs(median) <= UNLEVEL * height ? median : 0
}

/** How badly lines fit as one cell of the anchor's row, in heights; null where they cannot. */
function cellCost(
  column: readonly TextPiece[],
  start: number,
  count: number,
  anchor: TextPiece | undefined,
  alignment: Alignment,
  { leading, shift }: ColumnMeasures,
): number | null {
  const [first, last] = [column[start], column[start + count - 1]]
  if (first === undefined || last === undefined || anchor === undefined) return null
  const height = Math.max(boxHeight(first.bbox), 1)
  if (column.slice(start + 1, start + count).some(({ text }) => ITEM_START.test(text))) return null
  // A cell never holds two amounts.
  if (count > 1 && column.slice(start, start + count).filter(({ text }) => isMoneyText(text)).length > 1) return null
  let unevenness = 0
  for (let index = start + 1; index < start + count; index += 1) {
    const pitch = pitchAt(column, index)
    if (pitch > WIDEST_LEADING * height) return null
    unevenness += Math.max(0, Math.abs(pitch - leading) - 0.05 * height) / height
  }
  const offset =
    alignment === 'middle'
      ? (middleOf(first) + middleOf(last)) / 2 - middleOf(anchor)
      : middleOf(alignment === 'top' ? first : last) - middleOf(anchor)
  return unevenness + MORE_LINE * (count - 1) + Math.abs(offset - shift) / height
}

/** The least distance between two lines of the column that are not side by side. */
function leadingOf(column: readonly TextPiece[]): number {
  const height = Math.max(1, ...column.map((piece) => boxHeight(piece.bbox)))
  const pitches = column.map((_, index) => pitchAt(column, index)).filter((pitch) => pitch >= NEXT_ROW * height)
  return Math.min(1.5 * height, ...pitches)
}

function pitchAt(column: readonly TextPiece[], index: number): number {
  const [above, piece] = [column[index - 1], column[index]]
  return above === undefined || piece === undefined ? Number.POSITIVE_INFINITY : middleOf(piece) - middleOf(above)
}

/** Lines that belong to no figures are rows of their own (the name of a department over its lines). */
function groupLoneLines(pieces: readonly TextPiece[], closest: number): BodyRow[] {
  const leading = leadingOf(pieces)
  const isTight = closest <= NO_ROOM * leading
  const groups: TextPiece[][] = []
  for (const piece of pieces.toSorted((a, b) => middleOf(a) - middleOf(b))) {
    const last = groups.at(-1)?.at(-1)
    const isNear =
      last !== undefined &&
      middleOf(piece) - middleOf(last) < (isTight ? closest / 2 : WIDEST_LEADING * boxHeight(piece.bbox))
    if (isNear && (isTight || !ITEM_START.test(piece.text) || isLevel(piece, last))) groups.at(-1)?.push(piece)
    else groups.push([piece])
  }
  return groups.map(rowOf)
}

function isLevel(a: TextPiece, b: TextPiece): boolean {
  return Math.abs(middleOf(a) - middleOf(b)) < SAME_ROW * boxHeight(a.bbox)
}

function rowOf(pieces: readonly TextPiece[]): BodyRow {
  return {
    top: Math.min(...pieces.map(({ bbox }) => bbox.top)),
    bottom: Math.max(...pieces.map(({ bbox }) => bbox.bottom)),
  }
}

function middleOf({ bbox }: TextPiece): number {
  return (bbox.top + bbox.bottom) / 2
}
