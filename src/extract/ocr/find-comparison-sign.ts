import type { LineImage } from '../raster/image.ts'

export type ComparisonSign = '≥' | '≤'

/** The sizes of a sign, in glyphs, and how wide it is for its height. */
const HEIGHT = { least: 0.35, most: 1.15 }
const WIDTH = { least: 0.35, most: 1.15 }
const ASPECT = { least: 0.6, most: 2 }

/** How far down, of its height, the point of the sign lies, and how straight the arm that leads to it is. */
const POINT = { least: 0.2, most: 0.65 }
const STRAIGHT = { mean: 0.07, most: 0.16 }
/** The mouth of the sign is this open, of its height. */
const OPEN = 0.18
/** Parts of the width: the mouth, the middle, where a second stroke lies under both arms, and before the point. */
const MOUTH = { from: 0.08, to: 0.28 }
const MIDDLE = { from: 0.32, to: 0.58 }
const BEFORE_POINT = { from: 0.76, to: 0.93 }
const ENDS = 0.06

/** Ink of one column, top to bottom, as shares of the sign's height. */
interface Run {
  readonly top: number
  readonly bottom: number
}

/**
 * The sign that a line begins with by its shape alone: two arms that meet in a point, and a stroke below them, level or
 * slanted. Recognisers of Chinese do not know it by itself (V, 之) or pass it over (90% for ≥90%). Null for anything else.
 */
export function findComparisonSign(line: LineImage): ComparisonSign | null {
  const columns = firstGlyph(line)
  if (columns === null) return null
  if (isSign(columns)) return '≥'
  return isSign(columns.toReversed()) ? '≤' : null
}

/** Columns of the first connected stretch of ink, where it has the size of a sign. */
function firstGlyph({ grey, inkInCrop, glyphHeightPx, paper }: LineImage): readonly (readonly Run[])[] | null {
  const { x0, x1, top, bottom } = inkInCrop
  const darkest = darkestOf(grey.data)
  const isInk = (x: number, y: number) => (grey.data[y * grey.width + x] ?? paper) <= (darkest + paper) / 2
  const hasInk = (x: number) => {
    for (let y = top; y < bottom; y += 1) if (isInk(x, y)) return true
    return false
  }
  let start = x0
  while (start < x1 && !hasInk(start)) start += 1
  let end = start
  while (end < x1 && hasInk(end) && end - start <= WIDTH.most * glyphHeightPx) end += 1
  const width = end - start
  if (width < WIDTH.least * glyphHeightPx || width > WIDTH.most * glyphHeightPx) return null
  const rows: number[] = []
  for (let y = top; y < bottom; y += 1) for (let x = start; x < end; x += 1) if (isInk(x, y)) rows.push(y)
  const [first = 0, last = 0] = [rows[0], rows.at(-1)]
  const height = last + 1 - first
  if (height < HEIGHT.least * glyphHeightPx || height > HEIGHT.most * glyphHeightPx) return null
  if (width < ASPECT.least * height || width > ASPECT.most * height) return null
  return Array.from({ length: width }, (_, k) => runsOf((y) => isInk(start + k, first + y), height))
}

function darkestOf(data: Uint8Array): number {
  let darkest = 255
  for (const level of data) darkest = Math.min(darkest, level)
  return darkest
}

function runsOf(isInk: (y: number) => boolean, height: number): readonly Run[] {
  const runs: Run[] = []
  for (let y = 0; y < height; y += 1) {
    if (!isInk(y)) continue
    const from = y
    while (y < height && isInk(y)) y += 1
    runs.push({ top: from / height, bottom: y / height })
  }
  return runs
}

/** Whether columns from the mouth to the point are those of ≥. */
function isSign(columns: readonly (readonly Run[])[]): boolean {
  const between = ({ from, to }: { readonly from: number; readonly to: number }) =>
    columns.slice(Math.round(from * columns.length), Math.max(1, Math.round(to * columns.length)))
  const isMostly = (part: readonly (readonly Run[])[], isSo: (runs: readonly Run[]) => boolean) =>
    part.length > 0 && part.filter(isSo).length >= 0.6 * part.length
  return (
    hasStraightArm(columns) &&
    between(MOUTH).every(([first, second]) => second !== undefined && second.top - (first?.bottom ?? 1) >= OPEN) &&
    isMostly(between(MIDDLE), (runs) => runs.length >= 3) &&
    isMostly(between(BEFORE_POINT), (runs) => runs.length >= 2)
  )
}

/** Whether the upper edge falls in a straight line from the upper corner to the point. */
function hasStraightArm(columns: readonly (readonly Run[])[]): boolean {
  const cut = Math.max(1, Math.round(ENDS * columns.length))
  const tops = columns.slice(cut, columns.length - cut).map(([first]) => first?.top ?? 1)
  const [start = 1, end = 0] = [tops[0], tops.at(-1)]
  if (start > 0.12 || end < POINT.least || end > POINT.most) return false
  const off = tops.map((top, k) => Math.abs(top - (start + ((end - start) * k) / Math.max(1, tops.length - 1))))
  return off.reduce((sum, each) => sum + each, 0) <= STRAIGHT.mean * off.length && Math.max(...off) <= STRAIGHT.most
}
