import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth } from '../../model/bounding-box.ts'
import type { Ruling, Word } from '../../model/page.ts'
import { isAmountText, isMoneyText } from './amount-text.ts'
import { type BlockHints, blockToGrid } from './block-to-grid.ts'
import { usualPieces } from './find-columns.ts'
import { isHeadedTable } from './find-headed-columns.ts'
import { MANY_RULES, ruledRegions } from './find-ruled-regions.ts'
import type { Grid } from './grid.ts'
import { isOverTable, partRegion } from './part-regions.ts'
import { withoutPrintAside } from './print-aside.ts'
import { withRowsBeyond } from './rows-beyond-rules.ts'
import { rowsToBands, type TextBand, type TextRow, toTextRow } from './text-rows.ts'
import { groupLines } from './words-to-lines.ts'

/** A line above a table that names its unit or its author; headings say "of which:" too. */
const CAPTION = /(?<!其中)[:：]/
/** Captions stand at the left, in the middle and at the right. */
const MOST_CAPTIONS = 3
const UNIT = /单位\s*[:：]/
/** Rows further apart than this many line heights belong to different tables. */
const FURTHEST_ROWS = 3.2
/** Lines of one piece go on with a table only this near (in line heights) and this narrow (a share of the table). */
const FURTHEST_LONE_LINE = 1.6
const WIDEST_LONE_LINE = 0.4
/** Rows as far apart as their neighbours, this uneven at most, go on with a table up to so many line heights. */
const UNEVEN = 0.25
const FURTHEST_REGULAR = 2 * FURTHEST_ROWS
/** A heading over several columns stands this near (in line heights), is no bigger and not in the middle of the table. */
const FURTHEST_HEAD = 1.5
const BIGGEST_HEAD = 1.25
const OFF_CENTRE = 2
/** Fewer rows than this are no table without rules around them. */
const FEWEST_ROWS = 3
/** Print sticks out over the ends of a table's rules by so many points at most. */
const STICKS_OUT = 8
/** Pieces of a rule that meet at an edge of columns end this near each other. */
const MEETING = 1
const LEADERS = /\.{4,}|…{2,}|·{4,}|-{6,}|_{6,}/

/**
 * What was found on the page before: places of tables, headings that only shading draws, and where vertical rulings part columns.
 * Rules of a table end up to `unevenEnds` of their length apart.
 */
export interface KnownParts {
  readonly taken: readonly BoundingBox[]
  readonly headings: readonly Grid[]
  readonly unevenEnds?: number
  readonly columnEdges?: readonly number[]
}

/**
 * Tables without vertical lines: by horizontal rules above and below, or by alignment alone. Careful on purpose: prose,
 * lists and tables of contents are no tables. In points.
 */
export function findAlignedGrids(words: readonly Word[], rulings: readonly Ruling[], known: KnownParts): Grid[] {
  const rows = groupLines(words).map(toTextRow)
  const taken = known.taken
  const grids: Grid[] = []
  const used = new Set<TextRow>()
  const regions = ruledRegions(rulings, taken, known.unevenEnds ?? 0)
  for (const region of regions.flatMap((found) => partRegion(found, rows))) {
    const rules = withRowsBeyond(
      region,
      rows.filter((row) => !used.has(row)),
    )
    const between = rows.filter((row) => !used.has(row) && isLevelWith(row, rules.box))
    const cut = withoutPrintAside(between, rules.box)
    const inside = cut.filter((row) => isAcross(row, rules.box))
    const hints = hintsFor(rules.box, rulings, known)
    const grid = isRuledTable(inside, rules.levels) ? blockToGrid(inside, rules, hints) : null
    if (grid === null) continue
    for (const [index, row] of cut.entries()) if (inside.includes(row)) used.add(between[index] ?? row)
    grids.push(grid)
  }
  const rest = rowsToBands(rows.filter((row) => !used.has(row)))
  for (const block of blocksOf(rest, taken).map((found) =>
    withoutSigners(withoutCaptions(withHeadAbove(found, rest))),
  )) {
    const [first, last] = [block[0], block.at(-1)]
    if (first === undefined || last === undefined || !isTabular(block)) continue
    const x0 = Math.min(...block.map((band) => band.bbox.x0))
    const x1 = Math.max(...block.map((band) => band.bbox.x1))
    const hints = hintsFor({ x0, top: first.bbox.top - 4, x1, bottom: last.bbox.bottom + 4 }, rulings, known)
    const grid = blockToGrid(
      block.flatMap((band) => band.rows),
      null,
      hints,
    )
    if (grid !== null) grids.push(grid)
  }
  return grids
}

/** Where pieces of rules meet inside a box, and where shaded cells of its heading end. */
function hintsFor(
  box: BoundingBox,
  rulings: readonly Ruling[],
  { headings, columnEdges = [] }: KnownParts,
): BlockHints {
  const inside = rulings.filter((ruling) => {
    const isThere = ruling.position >= box.top - 2 && ruling.position <= box.bottom + 2
    return ruling.orientation === 'horizontal' && ruling.thickness > 0 && isThere
  })
  const meetings = inside.filter((ruling) =>
    inside.some((other) => {
      const isLevel = Math.abs(other.position - ruling.position) <= MEETING
      return other !== ruling && isLevel && Math.abs(other.start - ruling.end) <= MEETING
    }),
  )
  const heading = headings.find(({ bbox }) => {
    const overlap = Math.min(bbox.x1, box.x1) - Math.max(bbox.x0, box.x0)
    return overlap > 0.6 * boxWidth(bbox) && bbox.top < box.bottom && bbox.bottom > box.top && bbox.bottom < box.bottom
  })
  const between = columnEdges.filter((edge) => edge > box.x0 + MEETING && edge < box.x1 - MEETING)
  const edges = [...meetings.map(({ end }) => end), ...(heading?.columnEdges ?? []), ...between].toSorted(
    (a, b) => a - b,
  )
  const distinct = edges.filter((edge, index) => index === 0 || edge - (edges[index - 1] ?? 0) > 2 * MEETING)
  const levels = new Set(meetings.map(({ position }) => Math.round(position)))
  return { columnEdges: distinct, showsAll: levels.size >= MANY_RULES, heading: heading ?? null }
}

/** With the line above a table that is one heading over several of its columns, and no title. */
function withHeadAbove(block: readonly TextBand[], bands: readonly TextBand[]): readonly TextBand[] {
  const first = block[0]
  const head = first === undefined ? undefined : bands[bands.indexOf(first) - 1]
  if (first === undefined || head === undefined || !isLone(head) || CAPTION.test(head.segments[0]?.text ?? '')) {
    return block
  }
  const height = lineHeight(first)
  const [x0, x1] = [Math.min(...block.map(({ bbox }) => bbox.x0)), Math.max(...block.map(({ bbox }) => bbox.x1))]
  const centre = (head.bbox.x0 + head.bbox.x1) / 2
  const isNear = gapOver(first, head) < FURTHEST_HEAD * height && lineHeight(head) <= BIGGEST_HEAD * height
  const isNarrow = boxWidth(head.bbox) < WIDEST_LONE_LINE * (x1 - x0)
  const isAside = Math.abs(centre - (x0 + x1) / 2) > OFF_CENTRE * height && centre > x0 && centre < x1
  const isOver = first.segments.some(({ bbox }) => bbox.x1 < head.bbox.x0) && isNear && isNarrow
  return isOver && isAside ? [head, ...block] : block
}

/** Leaves out lines above a table that only look like a row: its unit, its author. */
function withoutCaptions(bands: readonly TextBand[]): readonly TextBand[] {
  const usual = usualPieces(bands.flatMap((band) => band.rows))
  const first = bands.findIndex((band) => {
    const text = band.segments.map((segment) => segment.text).join(' ')
    const isFull = band.segments.length > MOST_CAPTIONS || band.rows.some((row) => row.pieces.length >= usual)
    return !CAPTION.test(text) || (isFull && !UNIT.test(text))
  })
  return first <= 0 ? bands : bands.slice(first)
}

/** Leaves out lines below a table that say who signs (负责人：, 会计：) and hold no figure. */
function withoutSigners(bands: readonly TextBand[]): readonly TextBand[] {
  const last = bands.findLastIndex(({ segments }) => {
    return !segments.some(({ text }) => CAPTION.test(text)) || segments.some(({ text }) => isAmountText(text))
  })
  return last === -1 ? bands : bands.slice(0, last + 1)
}

function isLevelWith(row: TextRow, box: BoundingBox): boolean {
  const middle = (row.bbox.top + row.bbox.bottom) / 2
  return middle > box.top && middle < box.bottom
}

function isAcross(row: TextRow, box: BoundingBox): boolean {
  return row.bbox.x0 >= box.x0 - STICKS_OUT && row.bbox.x1 <= box.x1 + STICKS_OUT
}

/** Runs of bands that have cells; narrow lines of one piece may stand inside and near (a wrapped name), others end it. */
function blocksOf(bands: readonly TextBand[], taken: readonly BoundingBox[]): TextBand[][] {
  const blocks: TextBand[][] = []
  let block: TextBand[] = []
  const close = (): void => {
    while (block.length > 0 && isLone(block.at(-1)) && !isNearLone(block.at(-2), block.at(-1), block)) block.pop()
    if (block.length > 0) blocks.push(block)
    block = []
  }
  for (const [index, band] of bands.entries()) {
    const last = block.at(-1)
    const height = Math.max(lineHeight(band), last === undefined ? 0 : lineHeight(last))
    const isFar =
      last !== undefined && gapOver(band, last) > FURTHEST_ROWS * height && !isRegular(bands, index, FURTHEST_REGULAR)
    const isParted =
      last !== undefined && taken.some((box) => box.top >= last.bbox.top && box.bottom <= band.bbox.bottom)
    const isWideLone =
      isLone(band) &&
      isLone(last) &&
      !isNearLone(last, band, block) &&
      !(isRegular(bands, index, FURTHEST_REGULAR) && isInColumn(band, block))
    if (isFar || isParted || isWideLone || isOverTable(band)) close()
    if (!isLone(band) || block.length > 0) block.push(band)
  }
  close()
  return blocks
}

function gapOver(band: TextBand, above: TextBand): number {
  return band.bbox.top - above.bbox.bottom
}

/** Whether a band follows as the bands around it do, at no more than `most` line heights. */
function isRegular(bands: readonly TextBand[], index: number, most: number): boolean {
  const pitchAt = (at: number): number => {
    const [above, band] = [bands[at - 1], bands[at]]
    return above === undefined || band === undefined ? Number.POSITIVE_INFINITY : middleOf(band) - middleOf(above)
  }
  const pitch = pitchAt(index)
  const band = bands[index]
  const isPossible = band !== undefined && pitch <= (most + 1) * lineHeight(band)
  return isPossible && [index - 1, index + 1].some((at) => Math.abs(pitchAt(at) - pitch) <= UNEVEN * pitch)
}

function middleOf({ bbox }: TextBand): number {
  return (bbox.top + bbox.bottom) / 2
}

/** Whether a line of one piece begins or ends where pieces of the block do: beside it cells are empty. */
function isInColumn(band: TextBand, block: readonly TextBand[]): boolean {
  const piece = band.segments[0]
  if (piece === undefined || CAPTION.test(piece.text)) return false
  const tolerance = 0.4 * lineHeight(band)
  const others = block.filter((other) => !isLone(other)).flatMap((other) => other.segments)
  const like = others.filter(({ bbox }) => {
    return Math.abs(bbox.x0 - piece.bbox.x0) <= tolerance || Math.abs(bbox.x1 - piece.bbox.x1) <= tolerance
  })
  return like.length >= 1
}

function isLone(band: TextBand | undefined): boolean {
  return band !== undefined && band.segments.length < 2
}

/** Whether a line of one piece can be a part of the table above it: a line of a cell that wraps. */
function isNearLone(above: TextBand | undefined, band: TextBand | undefined, block: readonly TextBand[]): boolean {
  if (above === undefined || band === undefined || CAPTION.test(band.segments[0]?.text ?? '')) return false
  const x0 = Math.min(...block.map((one) => one.bbox.x0))
  const width = Math.max(...block.map((one) => one.bbox.x1)) - x0
  const isNear = gapOver(band, above) < (FURTHEST_LONE_LINE - 1) * lineHeight(band)
  return isNear && boxWidth(band.bbox) < WIDEST_LONE_LINE * width
}

function lineHeight(band: TextBand): number {
  return Math.max(...band.rows.map((row) => boxHeight(row.bbox)))
}

/** Whether lines between rules stand in columns. */
function isRuledTable(rows: readonly TextRow[], levels: readonly number[]): boolean {
  if (rows.some((row) => row.segments.some((segment) => LEADERS.test(segment.text)))) return false
  const bands = levels.slice(1).flatMap((bottom, index) => {
    const inside = rows.filter(
      ({ bbox }) => bbox.top + bbox.bottom > 2 * (levels[index] ?? 0) && bbox.top + bbox.bottom <= 2 * bottom,
    )
    return inside.length > 0 ? [inside] : []
  })
  const groups = levels.length >= MANY_RULES ? bands : rowsToBands(rows).map((band) => band.rows)
  const split = groups.filter((group) => group.some((row) => row.segments.length >= 2))
  return rows.filter((row) => row.segments.length >= 2).length >= 2 && split.length >= 0.6 * groups.length
}

/** Whether bands stand in columns, without any rule to say so. */
function isTabular(bands: readonly TextBand[]): boolean {
  const split = bands.filter((band) => band.segments.length >= 2)
  if (split.length < FEWEST_ROWS || split.length < 0.5 * bands.length) return false
  if (bands.some((band) => band.segments.some((segment) => LEADERS.test(segment.text)))) return false
  const numeric = split.filter((band) => band.segments.slice(1).some((segment) => isAmountText(segment.text)))
  const money = split.filter((band) => band.segments.slice(1).some((segment) => isMoneyText(segment.text)))
  const counts = split.map((band) => Math.max(...band.rows.map((row) => row.segments.length))).toSorted((a, b) => a - b)
  const columns = counts[Math.floor(counts.length / 2)] ?? 0
  // Full lines of prose with two wide gaps exist; lines of mostly empty paper do not come in threes by chance.
  const isSparse = split.every((band) =>
    band.segments.every((segment) => boxWidth(segment.bbox) < 0.6 * boxWidth(band.bbox) + 60),
  )
  // One whole number a line can be the page number of a contents list.
  const twice = split.filter((band) => band.segments.filter((segment) => isAmountText(segment.text)).length >= 2)
  const isNumeric = money.length >= 0.3 * split.length || twice.length >= 0.5 * split.length
  if (isSparse && isHeadedTable(bands.flatMap((band) => band.rows))) return true
  if (columns >= 3) return isSparse && isNumeric && numeric.length >= 0.5 * split.length
  return isSparse && money.length >= 0.6 * split.length
}
