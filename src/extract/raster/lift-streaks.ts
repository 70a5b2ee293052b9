import type { GreyImage } from './image.ts'
import { transpose } from './resample.ts'

/** Dirt on a scanner's glass is at most this wide, in pixels, and darker than both its sides by this many levels. */
const WIDEST_PX = 6
const LEAST_CONTRAST = 7
/** How far beside it its sides are looked at: beyond its own blur. */
const SIDE_PX = 5
/** The page is looked at in so many bands from edge to edge; a streak is seen in this share of each band's rows. */
const BANDS = 24
const SEEN_SHARE = 0.55
/** In one band in so many, print or a picture may hide it. */
const HIDDEN_BANDS = 5
/** More of them than this are no dirt but a pattern: rulings of a picture that is all table, a shaded form. */
const MOST_STREAKS = 8
/** Print is this much darker than the lighter side: there nothing is learnt. */
const PRINT_CONTRAST = 90

/**
 * Takes out the thin straight lines that dirt on a scanner's glass draws from edge to edge of a page, along its rows
 * or its columns: they would pass for rulings and cut glyphs. What lies under them is filled in from both sides. A
 * ruling of a table ends with its table, before the paper does; a picture cut to its table is left alone.
 */
export function liftStreaks(grey: GreyImage): GreyImage {
  const upright = liftColumns(grey)
  const flipped = transpose(upright)
  const lifted = liftColumns(flipped)
  return lifted === flipped ? upright : transpose(lifted)
}

function liftColumns(grey: GreyImage): GreyImage {
  const columns = streakColumns(grey)
  const ranges = toRanges(columns)
  if (ranges.length === 0 || ranges.length > MOST_STREAKS || isAllTable(grey)) return grey
  const { width, height } = grey
  const data = new Uint8Array(grey.data)
  for (const [from, to] of ranges) {
    const [left, right] = [Math.max(0, from - 2), Math.min(width - 1, to + 2)]
    for (let y = 0; y < height; y++) {
      const a = data[y * width + left] as number
      const b = data[y * width + right] as number
      for (let x = left + 1; x < right; x++) {
        data[y * width + x] = a + ((b - a) * (x - left)) / (right - left)
      }
    }
  }
  return { width, height, data }
}

/** For each column whether it is darker than its sides from the first band of rows to the last. */
function streakColumns({ width, height, data }: GreyImage): boolean[] {
  const bands = Math.min(BANDS, height)
  const seen = new Uint32Array(width * bands)
  const asked = new Uint32Array(width * bands)
  for (let y = 0; y < height; y++) {
    const band = Math.min(bands - 1, Math.floor((y * bands) / height))
    for (let x = SIDE_PX; x < width - SIDE_PX; x++) {
      const i = y * width + x
      const here = data[i] as number
      const a = data[i - SIDE_PX] as number
      const b = data[i + SIDE_PX] as number
      if (Math.max(a, b) - Math.min(a, b, here) > PRINT_CONTRAST && Math.abs(a - b) > PRINT_CONTRAST / 2) continue
      const at = band * width + x
      asked[at] = (asked[at] as number) + 1
      if (Math.min(a, b) - here >= LEAST_CONTRAST) seen[at] = (seen[at] as number) + 1
    }
  }
  return Array.from({ length: width }, (_, x) => {
    let hidden = 0
    for (let band = 0; band < bands; band++) {
      const at = band * width + x
      const isSeen = (seen[at] as number) >= SEEN_SHARE * (asked[at] as number) && (asked[at] as number) > 0
      if (isSeen) continue
      hidden++
      // At the paper's edges nothing else is drawn: what is not seen there is no streak.
      if (band === 0 || band === bands - 1 || hidden > bands / HIDDEN_BANDS) return false
    }
    return true
  })
}

function toRanges(columns: readonly boolean[]): (readonly [number, number])[] {
  const ranges: [number, number][] = []
  for (const [x, isStreak] of columns.entries()) {
    if (!isStreak) continue
    const last = ranges.at(-1)
    if (last !== undefined && x - last[1] <= 2) last[1] = x
    else ranges.push([x, x])
  }
  return ranges.filter(([from, to]) => to - from < WIDEST_PX)
}

/** Whether a line runs along the upper or the lower edge of the picture: it is cut to its table. */
function isAllTable({ width, height, data }: GreyImage): boolean {
  const depth = Math.max(3, Math.round(height / 40))
  const isLine = (y: number): boolean => {
    let dark = 0
    let asked = 0
    for (let x = 0; x < width; x += 3) {
      const above = data[Math.max(0, y - SIDE_PX) * width + x] as number
      const below = data[Math.min(height - 1, y + SIDE_PX) * width + x] as number
      asked++
      if (Math.max(above, below) - (data[y * width + x] as number) > 3 * LEAST_CONTRAST) dark++
    }
    return dark > 0.5 * asked
  }
  for (let d = 0; d < depth; d++) if (isLine(d) || isLine(height - 1 - d)) return true
  return false
}
