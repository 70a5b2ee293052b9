import { boxHeight, unionOfBoxes } from '../../model/bounding-box.ts'
import { isAmountText } from './amount-text.ts'
import { type BodyPiece, countBetween, findLeafHeadings, runsAt, STEPS } from './find-leaf-headings.ts'
import { findLeading, joinHeadingLines, middleY } from './heading-cells.ts'
import { cutAtEdges, type TextPiece, type TextRow } from './text-rows.ts'

/** Headings of more lines are none. */
const MOST_HEADING_LINES = 9
/** A gutter that more of the lines cross parts no columns. */
const CROSSING_SHARE = 0.2
/** Sides of texts that line up, and texts of one cell that stand apart, in line heights. */
const ALIGNED = 0.4
const APART = 0.7
/** What speaks against a place for an edge: a text cut, a line with two texts in one column, mixed kinds, ragged sides. */
const CUT_COST = 2
const DOUBLE_COST = 1.5
const MIXED_COST = 1.2
const RAGGED_COST = 0.5
/** A heading that stands in the middle of no column that holds this text. */
const OFF_CENTRE_COST = 1

/** The lines of a table's heading and those below it. */
export interface HeadedRows {
  readonly heading: readonly TextRow[]
  readonly body: readonly TextRow[]
}

/** The headings over one column each, and the edges between their columns, in points. */
export interface HeadedEdges {
  readonly leaves: readonly TextPiece[]
  readonly edges: readonly number[]
}

/** Parts lines at the first one that holds figures; null where no heading of a few lines stands over some rows. */
export function splitHeading(rows: readonly TextRow[]): HeadedRows | null {
  const first = rows.findIndex((row) => row.pieces.some(({ text }) => isFigureText(text)))
  const figures = rows[first]
  if (figures === undefined || first > MOST_HEADING_LINES || rows.length - first < 2) return null
  // Lines that reach down beside the first figures belong to cells of that row.
  const reaching = rows.slice(0, first).findIndex(({ bbox }) => bbox.bottom > figures.bbox.top + 0.1 * boxHeight(bbox))
  const end = reaching < 0 ? first : reaching
  return end === 0 ? null : { heading: rows.slice(0, end), body: rows.slice(end) }
}

/** An amount or a code. */
function isFigureText(text: string): boolean {
  return isAmountText(text) || /^[[【(（]?[A-C]?\d{3,}/.test(text)
}

/** A place where one column can end: the stretch without text (or with the least). */
interface Candidate {
  readonly from: number
  readonly to: number
  readonly crossed: number
}

/**
 * The edges between columns, one column for each heading: between two headings stands one edge, where the texts below
 * part best. Null where the headings do not say (fewer than two). In points.
 */
export function findHeadedEdges({ heading, body }: HeadedRows): HeadedEdges | null {
  const pieces = body.flatMap((row, line) =>
    row.words.map((piece): BodyPiece => ({ piece, line, isFigure: isAmountText(piece.text) })),
  )
  const em = medianHeight(body)
  const leading = findLeading([...heading, ...body].flatMap((row) => row.pieces))
  const cells = joinHeadingLines(
    heading.flatMap((row) => headingPieces(row, pieces, body.length)),
    leading,
  )
  const leaves = joinSpacedHeadings(findLeafHeadings(cells, pieces), pieces, body.length, em)
  if (leaves.length < 2) return null
  const choices = leaves.slice(1).map((right, index) => candidatesBetween(leaves[index] ?? right, right, pieces, em))
  const start = Math.min(...[...leaves, ...pieces.map(({ piece }) => piece)].map(({ bbox }) => bbox.x0)) - em
  const end = Math.max(...[...leaves, ...pieces.map(({ piece }) => piece)].map(({ bbox }) => bbox.x1)) + em
  return { leaves, edges: chooseEdges(leaves, choices, pieces, { start, end, em, lines: body.length }) }
}

/** Whether headings stand over three columns or more that no text below crosses, and figures in one of them at least. */
export function isHeadedTable(rows: readonly TextRow[]): boolean {
  const parts = splitHeading(rows)
  const headed = parts === null ? null : findHeadedEdges(parts)
  if (parts === null || headed === null || headed.edges.length < 2) return false
  const words = parts.body.flatMap((row) => row.words)
  const crossing = words.filter(({ bbox }) => headed.edges.some((edge) => bbox.x0 < edge - 1 && bbox.x1 > edge + 1))
  const columnOf = ({ bbox }: TextPiece): number => headed.edges.filter((edge) => edge < (bbox.x0 + bbox.x1) / 2).length
  const figures = words.filter(({ text }) => isAmountText(text))
  const lines = parts.body.filter((row) => row.words.some(({ text }) => isAmountText(text)))
  const isColumnOfFigures = [...new Set(figures.map(columnOf))].some((column) => {
    const own = words.filter((word) => columnOf(word) === column)
    return own.length >= 3 && own.filter(({ text }) => isAmountText(text)).length >= 0.6 * own.length
  })
  return crossing.length <= 0.05 * words.length && isColumnOfFigures && lines.length >= 0.5 * parts.body.length
}

/** The pieces of a line of headings, parted also where two words stand over a gutter. */
function headingPieces(row: TextRow, pieces: readonly BodyPiece[], lines: number): readonly TextPiece[] {
  const gutters = row.words.slice(1).flatMap((word, index) => {
    const end = row.words[index]?.bbox.x1 ?? word.bbox.x0
    return isOpen(end, word.bbox.x0, pieces, lines) ? [(end + word.bbox.x0) / 2] : []
  })
  return cutAtEdges(row, gutters).pieces
}

/**
 * Headings whose letters are set apart (合　计) are one where the texts below do not part there; so are, whatever stands
 * below, the halves of a line beside a wide bracket that was not read (单价　万 over 元）).
 */
function joinSpacedHeadings(
  leaves: readonly TextPiece[],
  pieces: readonly BodyPiece[],
  lines: number,
  em: number,
): TextPiece[] {
  const joined: TextPiece[] = []
  for (const leaf of leaves) {
    const last = joined.at(-1)
    const isLevel = last !== undefined && Math.abs(middleY(last) - middleY(leaf)) < 0.5 * boxHeight(leaf.bbox)
    const isParted = last !== undefined && isOpen(last.bbox.x1, leaf.bbox.x0, pieces, lines)
    const isWord = last !== undefined && isLevel && isSpacedWord(last.text + leaf.text, leaves)
    if (last === undefined || !((isLevel && !isParted) || isWord || isTorn(last, leaf, em))) joined.push(leaf)
    else
      joined[joined.length - 1] = {
        text: last.text + leaf.text,
        bbox: unionOfBoxes([last.bbox, leaf.bbox]) ?? last.bbox,
      }
  }
  return joined
}

/** Headings of two letters that are set apart over a wide column, however short the words below are. */
const SPACED_WORD =
  /^(?:项目|科目|名称|编[码号]|代码|金额|[合小总]计|数量|单[价位]|备注|序号|类别|收入|支出|内容|部门)$/

/** Whether two letters make such a heading; those over 类, 款, 项 and 目 are four. */
function isSpacedWord(text: string, leaves: readonly TextPiece[]): boolean {
  return SPACED_WORD.test(text) && !(text === '项目' && leaves.some((leaf) => leaf.text === '款'))
}

/** Whether two texts all but touch at a line of theirs, and one has a bracket without its other one. */
function isTorn(left: TextPiece, right: TextPiece, em: number): boolean {
  const [a, b] = [left.bbox, right.bbox]
  const isAtLine = Math.min(Math.abs(a.top - b.top), Math.abs(a.bottom - b.bottom)) < 0.25 * em
  return isAtLine && b.x0 - a.x1 < APART * em && [left, right].some(({ text }) => hasLoneBracket(text))
}

function hasLoneBracket(text: string): boolean {
  return text.replaceAll(/[^(（]/g, '').length !== text.replaceAll(/[^)）]/g, '').length
}

function isOpen(from: number, to: number, pieces: readonly BodyPiece[], lines: number): boolean {
  const inside = pieces.map(({ piece: { bbox } }) => bbox)
  const stops = [from, to, ...inside.flatMap(({ x0, x1 }) => [x0, x1])].filter((x) => x >= from && x <= to)
  return stops.some((stop) => {
    const crossing = inside.filter(({ x0, x1 }) => x0 < stop - 0.5 && x1 > stop + 0.5).length
    return crossing <= CROSSING_SHARE * lines
  })
}

function candidatesBetween(left: TextPiece, right: TextPiece, pieces: readonly BodyPiece[], em: number): Candidate[] {
  const from = Math.min(left.bbox.x1, right.bbox.x0)
  const to = Math.max(right.bbox.x0, left.bbox.x1, from + 1)
  const counts = countBetween(from, to, pieces)
  const found = runsAt(counts, Math.min(...counts)).concat(Math.min(...counts) === 0 ? [] : runsAt(counts, 0))
  const few = runsAt(counts, Math.min(...counts) + 1)
  return [...found, ...few]
    .map((run) => ({ from: from + run.from / STEPS, to: from + run.to / STEPS, crossed: run.most }))
    .filter(({ from: a, to: b }, index) => b - a > 0.1 * em || index === 0)
}

interface Frame {
  readonly start: number
  readonly end: number
  readonly em: number
  readonly lines: number
}

/** The cheapest choice of one candidate for every edge. */
function chooseEdges(
  leaves: readonly TextPiece[],
  choices: readonly (readonly Candidate[])[],
  pieces: readonly BodyPiece[],
  frame: Frame,
): number[] {
  const outer = (x: number): Candidate => ({ from: x, to: x, crossed: 0 })
  const stages = [[outer(frame.start)], ...choices, [outer(frame.end)]]
  let states: { cost: number; path: number[] }[] = [{ cost: 0, path: [] }]
  for (let stage = 1; stage < stages.length; stage += 1) {
    const before = stages[stage - 1] ?? []
    const leaf = leaves[stage - 1]
    states = (stages[stage] ?? []).map((candidate) => {
      const options = states.map((state, k) => {
        const a = middleOf(before[k] ?? candidate)
        const b = middleOf(candidate)
        const cost = state.cost + columnCost(leaf, a, b, pieces, frame) + (CUT_COST * candidate.crossed) / frame.lines
        return { cost: cost - 0.0005 * Math.min(40, candidate.to - candidate.from), path: [...state.path, b] }
      })
      return options.reduce((best, next) => (next.cost < best.cost ? next : best))
    })
  }
  return states[0]?.path.slice(0, -1) ?? []
}

function middleOf({ from, to }: Candidate): number {
  return (from + to) / 2
}

/** What speaks against the texts between two edges being one column under its heading. */
function columnCost(
  leaf: TextPiece | undefined,
  a: number,
  b: number,
  pieces: readonly BodyPiece[],
  { em, lines }: Frame,
): number {
  const own = pieces.filter(({ piece: { bbox } }) => (bbox.x0 + bbox.x1) / 2 >= a && (bbox.x0 + bbox.x1) / 2 < b)
  if (own.length === 0 || leaf === undefined) return 0
  const figures = own.filter(({ isFigure }) => isFigure).length
  const mixed = Math.min(figures, own.length - figures) / own.length
  let double = 0
  for (const [index, { line, piece }] of own.entries()) {
    const next = own[index + 1]
    if (next?.line === line && next.piece.bbox.x0 - piece.bbox.x1 > APART * em) double += 1
  }
  const sides = [
    own.map(({ piece }) => piece.bbox.x0),
    own.map(({ piece }) => piece.bbox.x1),
    own.map(({ piece }) => (piece.bbox.x0 + piece.bbox.x1) / 2),
  ]
  const [left = 0, right = 0, centre = 0] = sides.map((values) => aligned(values, ALIGNED * em))
  const ragged = 1 - Math.max(left, right, centre)
  const x0 = Math.min(...(sides[0] ?? []))
  const x1 = Math.max(...(sides[1] ?? []))
  const middle = (leaf.bbox.x0 + leaf.bbox.x1) / 2
  // A heading in the middle of its column tells how far the column reaches on the side that its texts leave open, and it
  // stands within what they keep to.
  const ways = [
    { share: left, off: Math.max(0, 2 * middle - x0 - b - em) + Math.max(0, x0 - leaf.bbox.x0) },
    { share: right, off: Math.max(0, a - em - (2 * middle - x1)) + Math.max(0, leaf.bbox.x1 - x1) },
    { share: centre, off: Math.max(0, Math.abs((x0 + x1) / 2 - middle) - em) },
  ]
  const likely = ways.filter(({ share }) => share >= 1 - ragged - 0.1).map(({ off }) => off)
  const offCentre = Math.min(1, Math.min(...likely) / (4 * em))
  return (
    (DOUBLE_COST * double) / lines +
    ((MIXED_COST * mixed + RAGGED_COST * ragged + OFF_CENTRE_COST * offCentre) * own.length) / lines
  )
}

/** The largest share of values that lie within `tolerance` of one of them. */
function aligned(values: readonly number[], tolerance: number): number {
  const best = Math.max(...values.map((value) => values.filter((other) => Math.abs(other - value) <= tolerance).length))
  return best / values.length
}

function medianHeight(rows: readonly TextRow[]): number {
  const heights = rows.flatMap((row) => row.pieces.map((piece) => boxHeight(piece.bbox))).toSorted((a, b) => a - b)
  return heights[Math.floor(heights.length / 2)] ?? 10
}
