import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth, unionOfBoxes } from '../../model/bounding-box.ts'
import type { Ruling, Word } from '../../model/page.ts'
import { isAmountText, isMoneyText } from './amount-text.ts'
import { blockToGrid, type TextRow, usualPieces } from './block-to-grid.ts'
import { type Grid, POINT_OPTIONS } from './grid.ts'
import { joinRulings } from './join-rulings.ts'
import { groupLines, type WordLine } from './words-to-lines.ts'

/** A gap of this many ems suggests two cells; a line of prose has few of them. */
const CELL_GAP_EM = 1
/** Cells of a table that was found may stand this near. */
const NARROW_GAP_EM = 0.4
/** A line above a table that names its unit or its author. */
const CAPTION = /[:：]/
const UNIT = /单位\s*[:：]/
/** Rows further apart than this many line heights belong to different tables. */
const FURTHEST_ROWS = 3.2
/** Fewer rows than this are no table without rules around them. */
const FEWEST_ROWS = 3
const SHORTEST_RULE = 80
/** Rules of one table begin and end within this many points. */
const RULE_END_TOLERANCE = 6
const LEADERS = /\.{4,}|…{2,}|·{4,}|-{6,}|_{6,}/

/**
 * Tables without vertical lines: by horizontal rules above and below, or by alignment alone. Careful on purpose: prose,
 * lists and tables of contents are no tables. `taken` are the places of tables that were found already. In points.
 */
export function findAlignedGrids(
  words: readonly Word[],
  rulings: readonly Ruling[],
  taken: readonly BoundingBox[],
): Grid[] {
  const rows = groupLines(words).map(toRow)
  const regions = ruledRegions(rulings, taken)
  const grids: Grid[] = []
  const used = new Set<TextRow>()
  for (const { box, levels } of regions) {
    const inside = rows.filter((row) => !used.has(row) && isBetween(row, box))
    const grid = isTabular(inside, true) ? blockToGrid(inside, { box, levels }) : null
    if (grid === null) continue
    for (const row of inside) used.add(row)
    grids.push(grid)
  }
  for (const block of blocksOf(
    rows.filter((row) => !used.has(row)),
    taken,
  ).map(withoutCaptions)) {
    const grid = isTabular(block, false) ? blockToGrid(block, null) : null
    if (grid !== null) grids.push(grid)
  }
  return grids
}

function toRow(line: WordLine): TextRow {
  return { bbox: line.bbox, segments: segmentsOf(line, CELL_GAP_EM), pieces: segmentsOf(line, NARROW_GAP_EM) }
}

/** Cuts a line at its gaps of `gapEm` ems and more. */
function segmentsOf(line: WordLine, gapEm: number): TextRow['segments'] {
  const segments: Word[][] = []
  for (const word of line.words) {
    const last = segments.at(-1)?.at(-1)
    const em = Math.min(boxHeight(word.bbox), last === undefined ? Infinity : boxHeight(last.bbox))
    if (last !== undefined && word.bbox.x0 - last.bbox.x1 < gapEm * em) segments.at(-1)?.push(word)
    else segments.push([word])
  }
  return segments.map((segment) => ({
    text: segment.map((word) => word.text).join(' '),
    bbox: unionOfBoxes(segment.map((word) => word.bbox)) ?? line.bbox,
  }))
}

/** Leaves out lines above a table that only look like a row: its unit, its author. */
function withoutCaptions(rows: readonly TextRow[]): readonly TextRow[] {
  const usual = usualPieces(rows)
  const first = rows.findIndex((row) => {
    const text = row.segments.map((segment) => segment.text).join(' ')
    return !CAPTION.test(text) || (row.pieces.length >= usual && !UNIT.test(text))
  })
  return first <= 0 ? rows : rows.slice(first)
}

interface RuledRegion {
  readonly box: BoundingBox
  readonly levels: readonly number[]
}

/** Regions between rules that begin and end at the same places: the rules of one table. */
function ruledRegions(rulings: readonly Ruling[], taken: readonly BoundingBox[]): RuledRegion[] {
  const rules = joinRulings(rulings, POINT_OPTIONS).filter((rule) => {
    // Edges of shaded areas have no thickness and are no rules.
    const isLong = rule.orientation === 'horizontal' && rule.thickness > 0 && rule.end - rule.start >= SHORTEST_RULE
    return isLong && !taken.some((box) => rule.position >= box.top - 2 && rule.position <= box.bottom + 2)
  })
  const groups: Ruling[][] = []
  for (const rule of rules.toSorted((a, b) => a.position - b.position)) {
    const group = groups.find((other) => other.some((member) => isSameSpan(member, rule)))
    if (group === undefined) groups.push([rule])
    else group.push(rule)
  }
  return groups.flatMap((group) => {
    const levels = group.map((rule) => rule.position)
    const [top, bottom] = [levels[0], levels.at(-1)]
    if (group.length < 2 || top === undefined || bottom === undefined) return []
    const x0 = Math.min(...group.map((rule) => rule.start))
    const x1 = Math.max(...group.map((rule) => rule.end))
    if (taken.some((box) => box.top < bottom && box.bottom > top)) return []
    return [{ box: { x0, top, x1, bottom }, levels }]
  })
}

function isSameSpan(a: Ruling, b: Ruling): boolean {
  return Math.abs(a.start - b.start) <= RULE_END_TOLERANCE && Math.abs(a.end - b.end) <= RULE_END_TOLERANCE
}

function isBetween(row: TextRow, box: BoundingBox): boolean {
  const middle = (row.bbox.top + row.bbox.bottom) / 2
  return middle > box.top && middle < box.bottom && row.bbox.x0 >= box.x0 - 8 && row.bbox.x1 <= box.x1 + 8
}

/** Runs of lines that have cells; a line of one piece may stand inside (a wrapped name), not at the end. */
function blocksOf(rows: readonly TextRow[], taken: readonly BoundingBox[]): TextRow[][] {
  const blocks: TextRow[][] = []
  let block: TextRow[] = []
  const close = (): void => {
    while (block.length > 0 && (block.at(-1)?.segments.length ?? 0) < 2) block.pop()
    if (block.length > 0) blocks.push(block)
    block = []
  }
  for (const row of rows) {
    const last = block.at(-1)
    const height = Math.max(boxHeight(row.bbox), last === undefined ? 0 : boxHeight(last.bbox))
    const isFar = last !== undefined && row.bbox.top - last.bbox.bottom > FURTHEST_ROWS * height
    const isParted =
      last !== undefined && taken.some((box) => box.top >= last.bbox.top && box.bottom <= row.bbox.bottom)
    const isSingle = row.segments.length < 2
    const followsSingle = last !== undefined && last.segments.length < 2
    if (isFar || isParted || (isSingle && followsSingle)) close()
    if (!isSingle || block.length > 0) block.push(row)
  }
  close()
  return blocks
}

/** Whether lines stand in columns; `isRuled` lowers what is asked for. */
function isTabular(rows: readonly TextRow[], isRuled: boolean): boolean {
  const split = rows.filter((row) => row.segments.length >= 2)
  if (split.length < (isRuled ? 2 : FEWEST_ROWS) || split.length < 0.6 * rows.length) return false
  if (rows.some((row) => row.segments.some((segment) => LEADERS.test(segment.text)))) return false
  if (isRuled) return true
  const numeric = split.filter((row) => row.segments.slice(1).some((segment) => isAmountText(segment.text)))
  const money = split.filter((row) => row.segments.slice(1).some((segment) => isMoneyText(segment.text)))
  const counts = split.map((row) => row.segments.length).toSorted((a, b) => a - b)
  const columns = counts[Math.floor(counts.length / 2)] ?? 0
  // Full lines of prose with two wide gaps exist; lines of mostly empty paper do not come in threes by chance.
  const isSparse = split.every((row) =>
    row.segments.every((segment) => boxWidth(segment.bbox) < 0.6 * boxWidth(row.bbox) + 60),
  )
  // One whole number a line can be the page number of a contents list.
  const twice = split.filter((row) => row.segments.filter((segment) => isAmountText(segment.text)).length >= 2)
  const isNumeric = money.length >= 0.3 * split.length || twice.length >= 0.5 * split.length
  if (columns >= 3) return isSparse && isNumeric && numeric.length >= 0.5 * split.length
  return isSparse && money.length >= 0.6 * split.length
}
