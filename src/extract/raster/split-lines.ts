import type { Mark } from './page-marks.ts'

/** A line of print: its marks and their common box (pixels, half-open). */
export interface MarkLine {
  readonly marks: readonly Mark[]
  readonly x0: number
  readonly top: number
  readonly x1: number
  readonly bottom: number
}

/** What one more line costs against keeping print together. */
const LINE_COST = 0.5
/** What it costs where bare paper parts it from the line before, and it is this high: a name in smaller print in a low cell. No glyph but 吕 has such a gap. */
const PARTED_COST = 0.2
const PARTED_HEIGHT = 0.5
/** A line up to this many glyphs high is as it should be; brackets and mixed sizes need the room. */
const FREE_HEIGHT = 1.3
const MOST_HEIGHT = 2.4

/**
 * Splits the marks of one cell into lines, top to bottom. Specks are dropped; a small mark beside print (a point, a
 * comma) stays with it; a single stroke (1, 一, -) is a line of its own where nothing else is. `glyph` is the height of
 * a full glyph in pixels.
 */
export function splitLines(marks: readonly Mark[], glyph: number): readonly MarkLine[] {
  const ink = marks.filter((mark) => mark.area >= speckArea(glyph))
  const solid = ink.filter((mark) => isSolid(mark, glyph))
  if (solid.length === 0) return []
  const bands = bandsOf(solid, glyph)
  const lines = bands.map((): Mark[] => [])
  for (const mark of solid) lines[nearestBand(bands, mark)]?.push(mark)
  const boxes = lines.map((line) => (line.length === 0 ? null : toLine(line)))
  for (const mark of ink) {
    if (isSolid(mark, glyph)) continue
    const k = boxes.findIndex((box) => box !== null && isBeside(mark, box, glyph))
    lines[k]?.push(mark)
  }
  const filled = withoutDirtLines(lines, glyph)
  return filled.map((line, k) => toLine(withoutEdgeDots(line, glyph, k + 1 < filled.length)))
}

/** A line that is no larger than this, over or under print, is dirt: no text is wrapped before a point. */
const DIRT_LINE = 0.4

function withoutDirtLines(lines: readonly (readonly Mark[])[], glyph: number): readonly (readonly Mark[])[] {
  const filled = lines.filter((line) => line.length > 0)
  const isPrint = (line: readonly Mark[]): boolean => {
    const { x0, x1, top, bottom } = toLine(line)
    return Math.max(x1 - x0, bottom - top) >= DIRT_LINE * glyph
  }
  return filled.some(isPrint) ? filled.filter(isPrint) : filled
}

/** A dot is at most this large; commas, the ring of 。 and the dots of 心 are larger. */
const DOT = 0.2
/** A dot this near to print is a part of it: broken strokes. */
const DOT_GAP = 0.06
/** A decimal point that begins an amount (.50), or at which one is wrapped, stands this near to its digits and to their foot. */
const POINT_GAP = 0.35
const POINT_FOOT = 0.15

/**
 * The line without the dots that stand apart before its first or after its last glyph. No text in a cell ends with a
 * point, but dust lies there; two dots over each other are a colon, two side by side a quotation mark, an amount can
 * begin with its decimal point, or be wrapped after it.
 */
function withoutEdgeDots(line: readonly Mark[], glyph: number, goesOn: boolean): readonly Mark[] {
  const isDot = (mark: Mark): boolean => Math.max(mark.x1 - mark.x0, mark.bottom - mark.top) < DOT * glyph
  const print = line.filter((mark) => !isDot(mark))
  if (print.length === 0) return line
  const box = toLine(print)
  const isBefore = (mark: Mark): boolean => mark.x1 < box.x0 - DOT_GAP * glyph
  const isAfter = (mark: Mark): boolean => mark.x0 > box.x1 + DOT_GAP * glyph
  const isApart = (mark: Mark): boolean => isDot(mark) && (isBefore(mark) || isAfter(mark))
  const isPoint = (mark: Mark): boolean => {
    const gap = isBefore(mark) ? box.x0 - mark.x1 : mark.x0 - box.x1
    const isAtFoot = Math.abs(mark.bottom - box.bottom) <= POINT_FOOT * glyph
    return isAtFoot && gap <= POINT_GAP * glyph && (isBefore(mark) || goesOn)
  }
  const isPaired = (mark: Mark): boolean =>
    line.some((other) => other !== mark && isApart(other) && areAligned(mark, other, glyph))
  return line.filter((mark) => !isApart(mark) || isPaired(mark) || isPoint(mark))
}

function areAligned(a: Mark, b: Mark, glyph: number): boolean {
  const across = Math.abs(a.x0 + a.x1 - b.x0 - b.x1) / 2
  const down = Math.abs(a.top + a.bottom - b.top - b.bottom) / 2
  return Math.min(across, down) <= 0.08 * glyph && Math.max(across, down) <= 0.6 * glyph
}

/**
 * Splits marks into lines where the page curls: `sunkBy` is how far the print has sunk at a place, in pixels. Beside a
 * book's spine a line can fall so far over the width of a cell that it touches the next one.
 */
export function splitBentLines(
  marks: readonly Mark[],
  glyph: number,
  sunkBy: (x: number, y: number) => number,
): readonly MarkLine[] {
  const originals = new Map(marks.map((mark) => [mark.index, mark]))
  const straight = marks.map((mark) => {
    const shift = Math.round(sunkBy((mark.x0 + mark.x1) / 2, (mark.top + mark.bottom) / 2))
    return { ...mark, top: mark.top - shift, bottom: mark.bottom - shift }
  })
  return splitLines(straight, glyph).map((line) => toLine(line.marks.map((mark) => originals.get(mark.index) ?? mark)))
}

/** Big enough to be a glyph by itself, if only a dash. */
export function isSolid(mark: Mark, glyph: number): boolean {
  const w = mark.x1 - mark.x0
  const h = mark.bottom - mark.top
  const isDash = w >= 0.2 * glyph && w >= 1.8 * h && mark.area >= 0.01 * glyph * glyph
  return isDash || (Math.max(w, h) >= 0.26 * glyph && mark.area >= 0.018 * glyph * glyph)
}

/** Marks of fewer pixels are dirt: a decimal point of small print has more. */
export function speckArea(glyph: number): number {
  return Math.max(3, 0.007 * glyph * glyph)
}

function isBeside(mark: Mark, box: MarkLine, glyph: number): boolean {
  return (
    mark.x0 < box.x1 + 0.9 * glyph &&
    mark.x1 > box.x0 - 0.9 * glyph &&
    mark.bottom > box.top - 0.15 * glyph &&
    mark.top < box.bottom + 0.25 * glyph
  )
}

export function toLine(marks: readonly Mark[]): MarkLine {
  return {
    marks,
    x0: Math.min(...marks.map((mark) => mark.x0)),
    top: Math.min(...marks.map((mark) => mark.top)),
    x1: Math.max(...marks.map((mark) => mark.x1)),
    bottom: Math.max(...marks.map((mark) => mark.bottom)),
  }
}

interface Band {
  readonly top: number
  readonly bottom: number
}

function nearestBand(bands: readonly Band[], mark: Mark): number {
  let best = 0
  let most = Number.NEGATIVE_INFINITY
  for (const [k, band] of bands.entries()) {
    const overlap = Math.min(band.bottom, mark.bottom) - Math.max(band.top, mark.top)
    if (overlap > most) {
      most = overlap
      best = k
    }
  }
  return best
}

/** The cheapest way to cover all rows that hold print with bands of about one glyph, cutting as little print as can be. */
function bandsOf(marks: readonly Mark[], glyph: number): readonly Band[] {
  const origin = Math.min(...marks.map((mark) => mark.top))
  const length = Math.max(...marks.map((mark) => mark.bottom)) - origin
  const profile = rowProfile(marks, origin, length)
  if (length <= FREE_HEIGHT * glyph) return [{ top: origin, bottom: origin + length }]
  const cost = new Float64Array(length + 1).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(length + 1).fill(-1)
  cost[0] = 0
  const most = Math.ceil(MOST_HEIGHT * glyph)
  for (let y = 0; y < length; y++) {
    const here = cost[y] as number
    if (here === Number.POSITIVE_INFINITY) continue
    if (profile[y] === 0) {
      if (here < (cost[y + 1] as number)) {
        cost[y + 1] = here
        from[y + 1] = -1
      }
      continue
    }
    for (let end = y + 1; end <= Math.min(length, y + most); end++) {
      if (profile[end - 1] === 0) continue
      const high = Math.max(0, (end - y) / glyph - FREE_HEIGHT) * 2.5
      const cut = end < length ? Math.min(profile[end - 1] as number, profile[end] as number) / glyph : 0
      const isParted = y > 0 && profile[y - 1] === 0 && end - y >= PARTED_HEIGHT * glyph
      const total = here + (isParted ? PARTED_COST : LINE_COST) + high + (cut > 0 ? 0.3 + 2 * cut : 0)
      if (total < (cost[end] as number)) {
        cost[end] = total
        from[end] = y
      }
    }
  }
  return traceBack(from, length, origin)
}

function traceBack(from: Int32Array, length: number, origin: number): readonly Band[] {
  const bands: Band[] = []
  let y = length
  while (y > 0) {
    const start = from[y] as number
    if (start < 0) {
      y--
      continue
    }
    bands.unshift({ top: origin + start, bottom: origin + y })
    y = start
  }
  return bands
}

/** How much print each row holds, in pixels; a mark's ink is taken as spread evenly over its box. */
function rowProfile(marks: readonly Mark[], origin: number, length: number): Float64Array {
  const profile = new Float64Array(length)
  for (const { top, bottom, area } of marks) {
    for (let y = top; y < bottom; y++) profile[y - origin] = (profile[y - origin] as number) + area / (bottom - top)
  }
  return profile
}
