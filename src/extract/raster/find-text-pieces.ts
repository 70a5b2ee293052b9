import type { BoundingBox } from '../../model/bounding-box.ts'
import { ANYWHERE } from './crop-lines.ts'
import { cutLine } from './cut-line.ts'
import type { DetectedText } from './detected-text.ts'
import type { RulingTrace } from './find-rulings.ts'
import type { ScanTable } from './grid.ts'
import { groupByTexts, type SeenRow } from './group-by-texts.ts'
import type { LineImage, UprightPage } from './image.ts'
import { groupRows, type MarkRow } from './join-text-lines.ts'
import { findMarks, type Mark, type PageMarks } from './page-marks.ts'
import { type MarkLine, speckArea, toLine } from './split-lines.ts'
import { type Bend, FLAT, fitBend } from './straighten.ts'

/** Print between two gaps of its line. `bboxPx` is at least as high as a full glyph, wherever its ink lies in it; `isSeen`: a detector sees it, too. */
export interface TextPieceImage {
  readonly line: LineImage
  readonly bboxPx: BoundingBox
  readonly isSeen: boolean
  /** Gaps inside that could still part two cells which nearly touch, left to right. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
}

/** Cells of a table can stand this near, in glyphs; so can the two sides of a bracket, which belong together again in the end. */
const NARROW_GAP = 0.5
/** Glyphs of one text hardly stand this far apart. */
const LEAST_GAP = 0.25
/** A point between two digits makes a gap of up to this. */
const POINT_GAP = 0.85
/** A gap this wide suggests two cells, and so many lines with one suggest a table. */
const WIDE_GAP = 1.2
const FEWEST_PARTED_ROWS = 3
/** In a frame around a table at least this share of the lines have one, names over two lines or three beside them; in one around prose few have. */
const PARTED_SHARE = 0.25
/** A mark as wide as a glyph leaves so much of its square empty on one side. */
const WIDEST_BEARING = 0.7
/** Colons stand in the middle of their square, and further off where a detector says that they belong to the line. */
const WIDEST_SEEN_BEARING = 0.95
const WIDEST_DIGIT = 0.75
/** Ink lower than this share of a glyph (a dash, 一) does not tell where its line is. */
const LOW_INK = 0.55

/** The print of a page outside its ruled tables, where it may stand in columns. `rules` belong to no ruled table. */
export interface LoosePrint {
  readonly page: UprightPage
  readonly marks: PageMarks
  readonly rows: readonly MarkRow[]
  readonly rules: readonly RulingTrace[]
  readonly glyph: number
  /** How the page bends there, as far as its rulings tell. */
  readonly bend: Bend
}

/**
 * The print outside the ruled tables of a page; null where it does not look as if it stood in columns.
 * `rules` are horizontal rules that belong to no ruled table, `glyph` the height of a full glyph, in pixels.
 */
export function findLoosePrint(
  page: UprightPage,
  tables: readonly ScanTable[],
  rules: readonly RulingTrace[],
  glyph: number,
): LoosePrint | null {
  const marks = findMarks(page, tables, rules)
  const print = { page, marks, rows: groupRows(marks.outside, glyph), rules, glyph, bend: FLAT }
  return countPartedRows(print) < FEWEST_PARTED_ROWS ? null : print
}

/**
 * The print of each ruled table of one column, a frame; null where it does not stand in columns, in more lines than not, or the table has
 * more columns. `rules` are the horizontal rules in each frame that part none of its rows.
 */
export function findFramedPrint(
  page: UprightPage,
  tables: readonly ScanTable[],
  rules: readonly (readonly RulingTrace[])[],
  glyph: number,
): readonly (LoosePrint | null)[] {
  if (!tables.some(isFrame)) return tables.map(() => null)
  const marks = findMarks(page, tables, rules.flat())
  return tables.map((table, index) => {
    if (!isFrame(table)) return null
    const outside = (marks.inCells[index] ?? []).flat()
    // Two pages on one sheet can each lie in their own way.
    const bend = fitBend(table.traces, page.grey.width, page.grey.height)
    const rows = groupStraightRows(outside, bend, glyph)
    const print = { page, marks: { ...marks, outside }, rows, rules: table.traces.filter(isHorizontal), glyph, bend }
    const parted = countPartedRows(print)
    return parted < FEWEST_PARTED_ROWS || parted < PARTED_SHARE * rows.length ? null : print
  })
}

/** The print whose middle lies from one place to before another across the page, in pixels. */
export function printBetween(print: LoosePrint, from: number, to: number): LoosePrint {
  const isThere = (x0: number, x1: number): boolean => (x0 + x1) / 2 >= from && (x0 + x1) / 2 < to
  const outside = print.marks.outside.filter(({ x0, x1 }) => isThere(x0, x1))
  const rows = groupRows(outside, print.glyph)
  const rules = print.rules.filter(({ start, end }) => isThere(start, end))
  return { ...print, marks: { ...print.marks, outside }, rows, rules }
}

function isFrame({ straightColumns }: ScanTable): boolean {
  return straightColumns.length === 2
}

function isHorizontal({ orientation }: RulingTrace): boolean {
  return orientation === 'horizontal'
}

function countPartedRows({ rows, glyph }: Pick<LoosePrint, 'rows' | 'glyph'>): number {
  return rows.filter((row) => splitAt(row.marks, WIDE_GAP * glyph).length >= 2).length
}

/** Rows of print on a page that bends as is known. */
function groupStraightRows(marks: readonly Mark[], bend: Bend, glyph: number): readonly MarkRow[] {
  const byIndex = new Map(marks.map((mark) => [mark.index, mark]))
  const straight = marks.map((mark) => {
    const sunk = bend.bendY((mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2)
    return { ...mark, top: mark.top - sunk, bottom: mark.bottom - sunk }
  })
  return groupRows(straight, glyph).map((row) => {
    const own = row.marks.flatMap(({ index }) => byIndex.get(index) ?? [])
    const [x0, x1] = [Math.min(...own.map((mark) => mark.x0)), Math.max(...own.map((mark) => mark.x1))]
    const [first, sunk, last] = [x0, row.at, x1].map((x) => bend.bendY(x, row.top)) as [number, number, number]
    const slope = (last - first) / Math.max(1, x1 - x0)
    return { marks: own, top: row.top + sunk, bottom: row.bottom + sunk, at: row.at, slope }
  })
}

/** Loose print cut at every gap that could part two cells; `texts` are what a detector sees of it, null without one. */
export function findTextPieces(
  { page, marks, rows, glyph }: LoosePrint,
  texts: readonly DetectedText[] | null,
): readonly TextPieceImage[] {
  const points = marks.outside.filter((mark) => mark.area >= speckArea(glyph))
  const seen: readonly SeenRow[] =
    texts === null ? rows.map((row) => ({ ...row, isSeen: true })) : groupByTexts(marks.outside, texts, glyph)
  return seen.flatMap((row) =>
    withPoints(splitRow(row, points, glyph), row, points, glyph).map((piece) => {
      const line = toLine(piece)
      return {
        line: cutLine(page, marks, line, ANYWHERE, glyph),
        bboxPx: glyphBox(line, row, glyph),
        isSeen: row.isSeen,
        gaps: gapsOf(piece, LEAST_GAP * glyph),
      }
    }),
  )
}

function gapsOf(marks: readonly Mark[], least: number): { from: number; to: number }[] {
  const parts = splitAt(marks, least).map(toLine)
  return parts.slice(1).map((part, index) => ({ from: parts[index]?.x1 ?? part.x0, to: part.x0 }))
}

function splitAt(marks: readonly Mark[], gap: number): Mark[][] {
  const pieces: Mark[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const mark of marks.toSorted((a, b) => a.x0 - b.x0)) {
    const last = pieces.at(-1)
    if (last !== undefined && mark.x0 - end <= gap) last.push(mark)
    else pieces.push([mark])
    end = Math.max(end, mark.x1)
  }
  return pieces
}

/** The solid marks of a row, parted at every gap but those of points between digits. */
function splitRow(row: MarkRow, points: readonly Mark[], glyph: number): Mark[][] {
  const { marks, top, bottom } = row
  const gap = NARROW_GAP * Math.max(glyph, bottom - top)
  const pieces: Mark[][] = []
  for (const piece of splitAt(marks, gap)) {
    const last = pieces.at(-1)
    const [before, after] = [last?.at(-1), piece[0]]
    const isPoint =
      before !== undefined &&
      after !== undefined &&
      after.x0 - before.x1 <= POINT_GAP * glyph &&
      [before, after].every((mark) => mark.x1 - mark.x0 < WIDEST_DIGIT * glyph) &&
      points.some((mark) => {
        const isBetween = mark.x0 >= before.x1 && mark.x1 <= after.x0
        const sunk = sunkBy(row, mark)
        const isLow = mark.top > (top + bottom) / 2 + sunk && mark.bottom < bottom + sunk + 0.25 * glyph
        return isBetween && isSmall(mark, glyph) && isLow
      })
    if (isPoint) last?.push(...piece)
    else pieces.push(piece)
  }
  return pieces
}

function isSmall(mark: Mark, glyph: number): boolean {
  return mark.bottom - mark.top < LOW_INK * glyph && mark.x1 - mark.x0 < LOW_INK * glyph
}

/** Small marks go with the print that they stand beside; a colon in the middle of its square with what is before it. */
function withPoints(
  pieces: readonly Mark[][],
  row: SeenRow,
  points: readonly Mark[],
  glyph: number,
): (readonly Mark[])[] {
  const { isSeen } = row
  const own = new Set(row.marks)
  const small = points.filter((mark) => {
    const sunk = sunkBy(row, mark)
    const isLevel = mark.top >= row.top + sunk - 0.15 * glyph && mark.bottom <= row.bottom + sunk + 0.25 * glyph
    return isLevel && isSmall(mark, glyph) && !own.has(mark)
  })
  return pieces.map((piece) => {
    const { x0, x1 } = toLine(piece)
    const reach = isSeen ? WIDEST_SEEN_BEARING : WIDEST_BEARING
    const near = small.filter((mark) => mark.x0 >= x0 - 0.15 * glyph && mark.x1 <= x1 + reach * glyph)
    return [...piece, ...near]
  })
}

/** How much lower a row runs at a place than where its height was measured. */
function sunkBy({ at, slope }: MarkRow, { x0, x1 }: Pick<MarkLine, 'x0' | 'x1'>): number {
  return slope * ((x0 + x1) / 2 - at)
}

function glyphBox(line: MarkLine, row: MarkRow, glyph: number): BoundingBox {
  const isLow = line.bottom - line.top < LOW_INK * glyph
  const middle = isLow ? (row.top + row.bottom) / 2 + sunkBy(row, line) : (line.top + line.bottom) / 2
  const height = Math.max(glyph, line.bottom - line.top)
  return { x0: line.x0, x1: line.x1, top: middle - height / 2, bottom: middle + height / 2 }
}
