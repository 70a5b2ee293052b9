import type { BoundingBox } from '../../model/bounding-box.ts'
import { unionOfBoxes } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import type { Glyph } from './page-content.ts'
import type { PdfWord } from './pdf-page.ts'
import { readableText } from './readable-text.ts'

/** Gaps inside a word stay under this many ems; a space in a Latin font is about 0.25. */
const WIDEST_GAP_EM = 0.2
/** Inside one operator, glyphs nearer than this stand in one cell, whatever ruling is between them. */
const OVERFLOW_GAP_EM = 0.05
/** A glyph may start this many ems before the one ahead of it ends (kerning, Han punctuation, scaled widths). */
const DEEPEST_OVERLAP_EM = 0.5
/** Two equal glyphs nearer than this are one, printed twice for boldness. */
const DUPLICATE_EM = 0.15
/** Glyphs of one word may stand on baselines this far apart (digits beside Han text, in ems of the smaller). */
const BASELINE_TOLERANCE_EM = 0.5

/** A glyph seen along its reading direction: `along` runs with the text, `across` down from line to line. */
interface Placed {
  readonly glyph: Glyph
  readonly text: string
  readonly angle: number
  readonly along: number
  readonly end: number
  readonly across: number
  readonly isInvisible: boolean
}

/**
 * Joins glyphs to words: along one direction, on one baseline, without a wide gap, and not over a ruling that stands
 * between two operators, so that two cells of a table share no word. `isHidden` tells which glyphs an image covers.
 */
export function glyphsToWords(
  glyphs: readonly Glyph[],
  rulings: readonly Ruling[],
  isHidden: (glyph: Glyph) => boolean,
): PdfWord[] {
  const placed = glyphs.map((glyph) => placeGlyph(glyph, isHidden(glyph)))
  const walls = toWalls(rulings)
  const runs = glyphsToRuns(withoutDuplicates(placed), walls)
  return joinRuns(runs, walls).map(runToWord)
}

function placeGlyph(glyph: Glyph, isHidden: boolean): Placed {
  const direction = glyph.isVertical ? glyph.advance : turnedRight(glyph.up)
  const length = Math.hypot(direction.x, direction.y) || 1
  const [ux, uy] = [direction.x / length, direction.y / length]
  const degrees = (Math.atan2(uy, ux) * 180) / Math.PI
  // Text within a degree of an axis is on it: scanners and drivers leave such slopes.
  const quarter = Math.round(degrees / 90) * 90
  const rounded = Math.abs(degrees - quarter) < 1 ? quarter : Math.round(degrees * 2) / 2
  const angle = ((rounded % 360) + 360) % 360
  const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  const start = glyph.origin.x * cosine + glyph.origin.y * sine
  const width = glyph.advance.x * cosine + glyph.advance.y * sine
  const lift = glyph.isVertical ? 0 : 0.36 * glyph.fontSize
  const across = glyph.origin.y * cosine - glyph.origin.x * sine - lift
  return {
    glyph,
    text: readableText(glyph.text),
    angle,
    along: Math.min(start, start + width),
    end: Math.max(start, start + width),
    across,
    isInvisible: glyph.isInkless || isHidden,
  }
}

/** `up` turned clockwise as displayed: where upright text goes on, whatever mirrored advance says. */
function turnedRight(up: { readonly x: number; readonly y: number }): { readonly x: number; readonly y: number } {
  return { x: -up.y, y: up.x }
}

function withoutDuplicates(placed: readonly Placed[]): Placed[] {
  const [seen, seenInvisible] = [new Map<string, Map<number, Placed[]>>(), new Map<string, Map<number, Placed[]>>()]
  return placed.filter((item) => {
    if (item.text.trim() === '') return true
    const byText = item.isInvisible ? seenInvisible : seen
    const alike = byText.get(item.text) ?? new Map<number, Placed[]>()
    byText.set(item.text, alike)
    const step = Math.max(item.glyph.fontSize, 0.1)
    const [column, row] = [Math.floor(item.along / step), Math.floor(item.across / step)]
    for (let x = column - 1; x <= column + 1; x += 1) {
      for (let y = row - 1; y <= row + 1; y += 1) {
        if (alike.get(x * ROWS_APART + y)?.some((other) => isSamePlace(item, other)) === true) return false
      }
    }
    const key = column * ROWS_APART + row
    const here = alike.get(key)
    if (here === undefined) alike.set(key, [item])
    else here.push(item)
    return true
  })
}

/** Places of glyphs by column and row in one number; two that share one are told apart by where they stand. */
const ROWS_APART = 2 ** 20

function isSamePlace(a: Placed, b: Placed): boolean {
  const limit = DUPLICATE_EM * Math.min(a.glyph.fontSize, b.glyph.fontSize)
  return a.angle === b.angle && Math.abs(a.along - b.along) < limit && Math.abs(a.across - b.across) < limit
}

/** Runs of glyphs that were painted one after the other. White space ends a run and is dropped. */
function glyphsToRuns(placed: readonly Placed[], walls: Walls): Placed[][] {
  const runs: Placed[][] = []
  let current: Placed[] = []
  for (const item of placed) {
    const last = current.at(-1)
    const isBlank = item.text.trim() === ''
    if (isBlank || (last !== undefined && !followsOn(last, item, walls))) {
      if (current.length > 0) runs.push(current)
      current = []
    }
    if (!isBlank) current.push(item)
  }
  if (current.length > 0) runs.push(current)
  return runs
}

function followsOn(last: Placed, next: Placed, walls: Walls): boolean {
  const em = Math.min(last.glyph.fontSize, next.glyph.fontSize)
  if (last.angle !== next.angle || last.isInvisible !== next.isInvisible) return false
  if (last.glyph.isVertical !== next.glyph.isVertical) return false
  if (Math.abs(last.across - next.across) > BASELINE_TOLERANCE_EM * em) return false
  const gap = next.along - last.end
  if (gap > WIDEST_GAP_EM * em || gap < -DEEPEST_OVERLAP_EM * em || next.along < last.along) return false
  // Text that one operator paints without a gap overflows its cell; a slanting watermark runs over the lines of tables.
  const isOneRun = last.glyph.order === next.glyph.order && gap < OVERFLOW_GAP_EM * em
  return isOneRun || last.angle % 90 !== 0 || !isWallBetween(last.glyph.bbox, next.glyph.bbox, walls)
}

/** Rulings by the way they run, each sorted by where they stand. */
interface Walls {
  readonly vertical: readonly Ruling[]
  readonly horizontal: readonly Ruling[]
}

function toWalls(rulings: readonly Ruling[]): Walls {
  const longest = rulings.filter((ruling) => ruling.end - ruling.start > 4)
  const sorted = (orientation: Ruling['orientation']) =>
    longest.filter((ruling) => ruling.orientation === orientation).toSorted((a, b) => a.position - b.position)
  return { vertical: sorted('vertical'), horizontal: sorted('horizontal') }
}

/** Whether a ruling stands between the centres of two glyphs and reaches over them. */
function isWallBetween(a: BoundingBox, b: BoundingBox, { vertical, horizontal }: Walls): boolean {
  const [ax, ay, bx, by] = [(a.x0 + a.x1) / 2, (a.top + a.bottom) / 2, (b.x0 + b.x1) / 2, (b.top + b.bottom) / 2]
  return stands(vertical, ax, bx, (ay + by) / 2) || stands(horizontal, ay, by, (ax + bx) / 2)
}

/** Whether one of the walls stands between two places and reaches over the level. */
function stands(walls: readonly Ruling[], from: number, to: number, level: number): boolean {
  const [least, most] = [Math.min(from, to), Math.max(from, to)]
  for (let index = firstBehind(walls, least); index < walls.length; index += 1) {
    const wall = walls[index]
    if (wall === undefined || wall.position >= most) return false
    if (wall.start <= level && wall.end >= level) return true
  }
  return false
}

/** The index of the first wall that stands behind a place. */
function firstBehind(walls: readonly Ruling[], place: number): number {
  let [low, high] = [0, walls.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((walls[middle]?.position ?? Number.POSITIVE_INFINITY) > place) high = middle
    else low = middle + 1
  }
  return low
}

/** Joins runs that were painted apart but stand together, for instance digits drawn one by one. */
function joinRuns(runs: readonly Placed[][], walls: Walls): Placed[][] {
  const sorted = runs.toSorted((a, b) => (a[0]?.along ?? 0) - (b[0]?.along ?? 0))
  const open: Placed[][] = []
  const joined: Placed[][] = []
  for (const run of sorted) {
    const first = run[0]
    if (first === undefined) continue
    const before = open.findIndex((other) => {
      const last = other.at(-1)
      return last !== undefined && followsOn(last, first, walls)
    })
    const target = open[before]
    if (target === undefined) {
      open.push([...run])
    } else target.push(...run)
    // Runs that ended far behind can take nothing more: keep the search short.
    for (let index = open.length - 1; index >= 0; index -= 1) {
      const last = open[index]?.at(-1)
      if (last !== undefined && last.end < first.along - 3 * last.glyph.fontSize) joined.push(...open.splice(index, 1))
    }
  }
  return [...joined, ...open].toSorted((a, b) => (a[0]?.glyph.order ?? 0) - (b[0]?.glyph.order ?? 0))
}

function runToWord(run: readonly Placed[]): PdfWord {
  const first = run[0]?.glyph
  const bbox = unionOfBoxes(run.map(({ glyph }) => glyph.bbox))
  if (first === undefined || bbox === null) throw new Error('a run of glyphs cannot be empty')
  return {
    text: run.map(({ text }) => text).join(''),
    bbox,
    origin: 'text',
    invisible: run[0]?.isInvisible ?? false,
    fontSize: Math.max(...run.map(({ glyph }) => glyph.fontSize)),
    fontName: first.fontName,
    angle: run[0]?.angle ?? 0,
    isVertical: first.isVertical,
  }
}
