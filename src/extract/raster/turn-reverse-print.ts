import type { BoundingBox } from '../../model/bounding-box.ts'
import { around, dilate } from './dilate.ts'
import type { BitImage, GreyImage } from './image.ts'
import { type Components, labelComponents } from './label-components.ts'
import { shareOfStrokes } from './share-of-strokes.ts'

/** The page is looked at in squares of so many pixels: a filled area shows in them, and strokes of print do not. */
const SQUARE_PX = 3
/** What is darker than this share of the paper about it may be a filled area. */
const FILLED = 0.8
/** A filled area is so many squares wide and high where no print stands in it; the boldest stroke of a title is not. */
const SOLID_SQUARES = 4
/** Letters part the filled area of a heading by up to this much, in squares. */
const ACROSS_SQUARES = 12
const DOWN_SQUARES = 10
/** A solid part is at least so many squares; the blots in a dense glyph are less. */
const LEAST_SOLID = 40
/** The smallest area that holds print, in pixels. */
const LEAST_AREA_PX = 3000
/** Print that is paler than its ground takes up this share of it (two short headings on a wide band take up little), and hardly anything there but rules is darker than the ground. */
const LEAST_PRINT = 0.004
const MOST_PRINT = 0.5
const MOST_DARKER = 0.3
/** From where between ground and paper on a pixel is print, and how far below the ground, as a share of the paper, it is something darker. */
const PRINT = 0.5
const DARKER = 0.15
/** What a ground this dark still shows of darker lines is mostly grain. */
const BLACK = 0.35
/** The ground is of one darkness: this share of it lies within this share of the paper's level. */
const EVEN_SHARE = 0.7
const EVEN = 0.12

/**
 * Turns white print on a dark ground (headings of many office styles) into dark print on paper: everything later takes dark
 * for print, and light for paper. The ground's edge is left as a line. Dark pictures, lids and shadows stay as they are, and
 * so does a ground with dark print. The same image where there is nothing to turn; `grounds` are where it turned any.
 */
export function turnReversePrint(grey: GreyImage): {
  readonly grey: GreyImage
  readonly grounds: readonly BoundingBox[]
} {
  const squares = toSquares(grey)
  const paper = paperAround(squares)
  const solid = solidSquares(squares, paper)
  if (!solid.data.includes(1)) return { grey, grounds: [] }
  const grounds = close(solid)
  const components = labelComponents(grounds)
  const data = new Uint8Array(grey.data)
  const turnedGrounds: BoundingBox[] = []
  for (let k = 0; k < components.count; k++) {
    if (touchesEdge(components, k, grounds)) continue
    const own = pixelsOf(components, k, grey)
    const ground = measureGround(grey, own, solid, paper)
    if (ground === null) continue
    turnGround(grey, ground, data)
    turnedGrounds.push(boxOf(components, k))
  }
  return { grey: turnedGrounds.length === 0 ? grey : { ...grey, data }, grounds: turnedGrounds }
}

function boxOf({ x0, top, x1, bottom }: Components, k: number): BoundingBox {
  const scale = (values: Int32Array): number => SQUARE_PX * (values[k] as number)
  return { x0: scale(x0), top: scale(top), x1: scale(x1), bottom: scale(bottom) }
}

interface Ground {
  /** Where it lies, its print with it. */
  readonly pixels: readonly number[]
  readonly level: number
  readonly paper: number
}

/** Paper beyond a ground's edge, which the squares took in. */
function paperBeyond({ width, data }: GreyImage, own: readonly number[], bright: number): ReadonlySet<number> {
  const isOwn = new Set(own)
  const beyond = new Set<number>()
  let edge = own.filter((i) => (data[i] as number) >= bright && neighboursOf(i, width).some((n) => !isOwn.has(n)))
  for (const i of edge) beyond.add(i)
  while (edge.length > 0) {
    edge = edge
      .flatMap((i) => neighboursOf(i, width))
      .filter((n) => {
        if (!isOwn.has(n) || beyond.has(n) || (data[n] as number) < bright) return false
        beyond.add(n)
        return true
      })
  }
  return beyond
}

function neighboursOf(i: number, width: number): readonly number[] {
  return [i - width, i - 1, i + 1, i + width]
}

/** Turns a ground with its print; the paper beyond its edge stays, and a line is left between the two. */
function turnGround({ width, data }: GreyImage, ground: Ground, target: Uint8Array): void {
  const isOwn = new Set(ground.pixels)
  for (const i of ground.pixels) {
    const isEdge = neighboursOf(i, width).some((n) => !isOwn.has(n))
    target[i] = isEdge ? 0 : turned(data[i] as number, ground)
  }
}

/** Paper where the ground was; print and whatever is darker than the ground become dark. */
function turned(value: number, { level, paper }: Pick<Ground, 'level' | 'paper'>): number {
  const share =
    value >= level ? (value - level) / Math.max(1, paper - level) : (level - value) / Math.max(level, BLACK * paper)
  return Math.round(paper * (1 - Math.min(1, share)))
}

/** Means of squares of pixels. */
function toSquares({ width, height, data }: GreyImage): GreyImage {
  const [columns, rows] = [Math.floor(width / SQUARE_PX), Math.floor(height / SQUARE_PX)]
  const means = new Uint8Array(columns * rows)
  const sums = new Uint16Array(columns)
  for (let r = 0; r < rows; r++) {
    sums.fill(0)
    for (let y = r * SQUARE_PX; y < (r + 1) * SQUARE_PX; y++) {
      for (let c = 0, i = y * width; c < columns; c++, i += SQUARE_PX) {
        let sum = sums[c] as number
        for (let k = 0; k < SQUARE_PX; k++) sum += data[i + k] as number
        sums[c] = sum
      }
    }
    for (let c = 0; c < columns; c++) means[r * columns + c] = (sums[c] as number) / SQUARE_PX ** 2
  }
  return { width: columns, height: rows, data: means }
}

/** The level of the paper about a square: that of the brightest of the wide blocks around it. */
interface PaperLevels {
  readonly levels: Uint8Array
  readonly columns: number
  readonly block: number
}

function levelAt({ levels, columns, block }: PaperLevels, x: number, y: number): number {
  return levels[Math.floor(y / block) * columns + Math.floor(x / block)] as number
}

function paperAround({ width, height, data }: GreyImage): PaperLevels {
  const block = Math.max(8, Math.round(Math.max(width, height) / 24))
  const [columns, rows] = [Math.ceil(width / block), Math.ceil(height / block)]
  const bright = new Uint8Array(columns * rows)
  const histogram = new Uint32Array(256)
  for (let b = 0; b < bright.length; b++) {
    histogram.fill(0)
    let count = 0
    const [x0, y0] = [(b % columns) * block, Math.floor(b / columns) * block]
    for (let y = y0; y < Math.min(height, y0 + block); y++) {
      for (let x = x0; x < Math.min(width, x0 + block); x++, count++) {
        const level = data[y * width + x] as number
        histogram[level] = (histogram[level] as number) + 1
      }
    }
    let level = 255
    for (let above = 0; level > 0 && above < count / 4; level--) above += histogram[level] as number
    bright[b] = level
  }
  const levels = bright.map((_, b) => {
    const [c, r] = [b % columns, Math.floor(b / columns)]
    let best = 0
    for (let v = Math.max(0, r - 1); v <= Math.min(rows - 1, r + 1); v++) {
      for (let u = Math.max(0, c - 1); u <= Math.min(columns - 1, c + 1); u++) {
        best = Math.max(best, bright[v * columns + u] as number)
      }
    }
    return best
  })
  return { levels, columns, block }
}

/** Squares in filled areas, where no print stands in them. */
function solidSquares({ width, height, data }: GreyImage, paper: PaperLevels): BitImage {
  const dark = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if ((data[i] as number) < FILLED * levelAt(paper, x, y)) dark[i] = 1
    }
  }
  const seeds = erode({ width, height, data: dark }, SOLID_SQUARES, SOLID_SQUARES)
  const solid = dilate(seeds, { left: 0, right: SOLID_SQUARES - 1, up: 0, down: SOLID_SQUARES - 1 })
  const components = labelComponents(solid)
  const { runY, runStart, runEnd, runOf, area } = components
  const even = evenShares(components, { width, height, data }, paper)
  for (const [run, k] of runOf.entries()) {
    // The blots in the bold glyphs of a title are large on a coarse scan, but of no one darkness.
    if ((area[k] as number) >= LEAST_SOLID && (even[k] as number) >= EVEN_SHARE) continue
    const base = (runY[run] as number) * width
    solid.data.fill(0, base + (runStart[run] as number), base + (runEnd[run] as number))
  }
  return solid
}

/** Of each component of squares the share that lies near its middle darkness. */
function evenShares(
  { runY, runStart, runEnd, runOf, count }: Components,
  squares: GreyImage,
  paper: PaperLevels,
): Float64Array {
  const levels = Array.from({ length: count }, (): number[] => [])
  const papers = new Float64Array(count)
  for (const [run, k] of runOf.entries()) {
    const y = runY[run] as number
    papers[k] = levelAt(paper, runStart[run] as number, y)
    for (let x = runStart[run] as number; x < (runEnd[run] as number); x++)
      levels[k]?.push(squares.data[y * squares.width + x] as number)
  }
  return Float64Array.from(levels, (own, k) => {
    const middle = own.toSorted((a, b) => a - b)[own.length >> 1] ?? 0
    return own.filter((level) => Math.abs(level - middle) <= EVEN * (papers[k] as number)).length / own.length
  })
}

/** Whether all of the `across` by `down` squares from each one on, to the right and down, are set. */
function erode({ width, height, data }: BitImage, across: number, down: number): BitImage {
  const runs = new Uint16Array(width + 1)
  const depths = new Uint16Array(width)
  const kept = new Uint8Array(data.length)
  for (let y = height - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--) {
      const run = data[y * width + x] === 0 ? 0 : 1 + (runs[x + 1] as number)
      runs[x] = run
      const depth = run >= across ? 1 + (depths[x] as number) : 0
      depths[x] = depth
      if (depth >= down) kept[y * width + x] = 1
    }
  }
  return { width, height, data: kept }
}

/** Fills the gaps that letters leave in filled areas; a square more on each side takes in the area's edge. */
function close(solid: BitImage): BitImage {
  const { width, height } = solid
  const wide = dilate(solid, around(ACROSS_SQUARES, DOWN_SQUARES))
  const outside = { width, height, data: wide.data.map((bit) => 1 - bit) }
  const narrow = dilate(outside, around(ACROSS_SQUARES - 1, DOWN_SQUARES - 1))
  return { width, height, data: narrow.data.map((bit) => 1 - bit) }
}

function touchesEdge({ x0, top, x1, bottom }: Components, k: number, { width, height }: BitImage): boolean {
  return (
    (x0[k] as number) <= 1 ||
    (top[k] as number) <= 1 ||
    (x1[k] as number) >= width - 1 ||
    (bottom[k] as number) >= height - 1
  )
}

/** The pixels of a component of squares. */
function pixelsOf({ runY, runStart, runEnd, runOf }: Components, k: number, { width }: GreyImage): number[] {
  const pixels: number[] = []
  for (const [run, owner] of runOf.entries()) {
    if (owner !== k) continue
    const [from, to] = [(runStart[run] as number) * SQUARE_PX, (runEnd[run] as number) * SQUARE_PX]
    for (let y = (runY[run] as number) * SQUARE_PX; y < ((runY[run] as number) + 1) * SQUARE_PX; y++) {
      for (let x = from; x < to; x++) pixels.push(y * width + x)
    }
  }
  return pixels
}

/** The level of an even ground that carries paler print, and the paper's; null where it is no such ground. */
function measureGround(grey: GreyImage, own: readonly number[], solid: BitImage, paper: PaperLevels): Ground | null {
  if (own.length < LEAST_AREA_PX) return null
  const squareOf = (i: number): number => {
    const [x, y] = [Math.floor((i % grey.width) / SQUARE_PX), Math.floor(Math.floor(i / grey.width) / SQUARE_PX)]
    return y * solid.width + x
  }
  const paperOf = (i: number): number => {
    return levelAt(paper, (i % grey.width) / SQUARE_PX, Math.floor(i / grey.width) / SQUARE_PX)
  }
  const levels = own.filter((i) => solid.data[squareOf(i)] === 1).map((i) => grey.data[i] as number)
  const level = levels.toSorted((a, b) => a - b)[levels.length >> 1] ?? 0
  const around = own.reduce((sum, i) => sum + paperOf(i), 0) / own.length
  if (level > FILLED * around) return null
  const bright = level + PRINT * (around - level)
  const beyond = paperBeyond(grey, own, bright)
  const inner = own.filter((i) => !beyond.has(i))
  const share = (isAsked: (value: number) => boolean): number =>
    inner.filter((i) => isAsked(grey.data[i] as number)).length / Math.max(1, inner.length)
  const print = share((value) => value > bright)
  const even = levels.filter((value) => Math.abs(value - level) <= EVEN * around).length / levels.length
  if (print < LEAST_PRINT || print > MOST_PRINT || even < EVEN_SHARE) return null
  const darker = shareOfStrokes(inner, (i) => (grey.data[i] as number) < level - DARKER * around, grey.width)
  return darker <= MOST_DARKER * print ? { pixels: inner, level, paper: around } : null
}
