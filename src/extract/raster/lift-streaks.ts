import type { GreyImage } from './image.ts'

/** Dirt on a scanner's glass is at most this wide, in pixels, and darker than both its sides by this many levels. */
const WIDEST_PX = 6
const LEAST_CONTRAST = 7
/** One as dark as print may run a pixel beside itself where the picture was sampled anew. */
const STRONG_CONTRAST = 60
/** How far beside it its sides are looked at: beyond its own blur. */
const SIDE_PX = 5
/** The page is looked at in so many bands from edge to edge; a streak is seen in this share of each band's rows. */
const BANDS = 24
const SEEN_SHARE = 0.55
/** In one band in so many, print or a picture may hide it. */
const HIDDEN_BANDS = 5
/** What is darker than this is no paper, but a lid or a desk beside it; paper fills most of a streak's way. */
const DARKEST_PAPER = 70
const LEAST_PAPER = 0.7
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
  return liftAlong(liftAlong(grey, 'columns'), 'rows')
}

/** Streaks down the page lie in columns of pixels, those across it in rows. */
type Direction = 'columns' | 'rows'

function liftAlong(grey: GreyImage, direction: Direction): GreyImage {
  const { width, height } = grey
  const ranges = toRanges(streaksOf(grey, direction))
  if (ranges.length === 0 || ranges.length > MOST_STREAKS || isAllTable(grey)) return grey
  const data = new Uint8Array(grey.data)
  const [breadth, length] = direction === 'columns' ? [width, height] : [height, width]
  const [across, along] = direction === 'columns' ? [1, width] : [width, 1]
  for (const [from, to] of ranges) {
    const [before, after] = [Math.max(0, from - 2), Math.min(breadth - 1, to + 2)]
    for (let t = 0; t < length; t++) {
      const a = data[before * across + t * along] as number
      const b = data[after * across + t * along] as number
      for (let s = before + 1; s < after; s++) {
        data[s * across + t * along] = a + ((b - a) * (s - before)) / (after - before)
      }
    }
  }
  return { width, height, data }
}

/** For each column (or row) whether it is darker than its sides from one edge of the page to the other. */
function streaksOf(grey: GreyImage, direction: Direction): boolean[] {
  const [breadth, length] = direction === 'columns' ? [grey.width, grey.height] : [grey.height, grey.width]
  return Array.from(
    { length: breadth },
    (_, place) => place >= SIDE_PX && place < breadth - SIDE_PX && isStreak(grey, direction, place, length),
  )
}

function isStreak(grey: GreyImage, direction: Direction, place: number, length: number): boolean {
  const bands = Math.min(BANDS, length)
  let paper = 0
  let hidden = 0
  let isLastSeen = false
  // Nearly every place is ruled out by its first band.
  for (let band = 0; band < bands; band++) {
    const from = Math.ceil((band * length) / bands)
    const to = Math.ceil(((band + 1) * length) / bands)
    const seen = isSeen(grey, direction, place, from, to)
    // The black of a lid that lies open beside the paper shows no streak.
    if (seen === null) continue
    paper++
    isLastSeen = seen
    if (seen) continue
    hidden++
    // At the paper's edges nothing else is drawn: what is not seen there is no streak.
    if (paper === 1 || hidden > bands / HIDDEN_BANDS) return false
  }
  return isLastSeen && paper > LEAST_PAPER * bands
}

/**
 * Whether the column (or row) at `place` is darker than its sides in most of the places `from` to `to` along it; null
 * where no paper is.
 */
function isSeen(
  { width, data }: GreyImage,
  direction: Direction,
  place: number,
  from: number,
  to: number,
): boolean | null {
  const [across, along] = direction === 'columns' ? [1, width] : [width, 1]
  const beside = SIDE_PX * across
  let seen = 0
  let asked = 0
  let isPaper = false
  for (let t = from, i = place * across + from * along; t < to; t++, i += along) {
    const here = data[i] as number
    const a = data[i - beside] as number
    const b = data[i + beside] as number
    const low = a < b ? a : b
    const high = a < b ? b : a
    if (high < DARKEST_PAPER) continue
    isPaper = true
    if (high - low > PRINT_CONTRAST / 2 && high - Math.min(low, here) > PRINT_CONTRAST) continue
    asked++
    const near = Math.min(data[i - across] as number, data[i + across] as number)
    if (low - here >= LEAST_CONTRAST || low - near >= STRONG_CONTRAST) seen++
  }
  return isPaper ? asked > 0 && seen >= SEEN_SHARE * asked : null
}

function toRanges(places: readonly boolean[]): (readonly [number, number])[] {
  const ranges: [number, number][] = []
  for (const [x, isThere] of places.entries()) {
    if (!isThere) continue
    const last = ranges.at(-1)
    if (last !== undefined && x - last[1] <= 2) last[1] = x
    else ranges.push([x, x])
  }
  return ranges.filter(([from, to]) => to - from < WIDEST_PX)
}

/** Whether lines run along the upper and the lower edge of the picture: it is cut to its table. One alone is the paper's edge. */
function isAllTable({ width, height, data }: GreyImage): boolean {
  const depth = Math.max(3, Math.round(height / 40))
  const isLine = (y: number): boolean => {
    let dark = 0
    let asked = 0
    for (let x = 0; x < width; x += 3) {
      // Where the picture ends beside the line there is one side only; the edge of a lid is dark on one side.
      const above = y < SIDE_PX ? 255 : (data[(y - SIDE_PX) * width + x] as number)
      const below = y >= height - SIDE_PX ? 255 : (data[(y + SIDE_PX) * width + x] as number)
      asked++
      if (Math.min(above, below) - (data[y * width + x] as number) > 3 * LEAST_CONTRAST) dark++
    }
    return dark > 0.5 * asked
  }
  const depths = Array.from({ length: depth }, (_, d) => d)
  return depths.some(isLine) && depths.some((d) => isLine(height - 1 - d))
}
