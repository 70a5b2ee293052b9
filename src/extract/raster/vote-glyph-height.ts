import type { Components } from './label-components.ts'
import type { Mark } from './page-marks.ts'
import type { MarkLine } from './split-lines.ts'

/**
 * A first idea of the height of a full glyph in pixels, from all the marks of a page: the most common height among
 * marks that are shaped like glyphs, then the upper part of that heap (digits are lower than Han glyphs, radicals
 * smaller still). `longSide` bounds what is possible: print of 4 to 40 points on A4.
 */
export function voteComponentHeight(components: Components, longSide: number): number {
  const smallest = Math.max(5, longSide * 0.0045)
  const biggest = longSide * 0.045
  const heap = new Float64Array(Math.ceil(biggest) + 2)
  const square = new Float64Array(heap.length)
  const flat = new Float64Array(heap.length)
  for (let k = 0; k < components.count; k++) {
    const w = (components.x1[k] as number) - (components.x0[k] as number)
    const h = (components.bottom[k] as number) - (components.top[k] as number)
    const big = Math.max(w, h)
    const small = Math.min(w, h)
    if (small < 0.6 * big && small >= smallest && small <= biggest) flat[small] = (flat[small] as number) + 1
    if (big < smallest || big > biggest || small < 0.25 * big) continue
    if (isBar(w, h, components.area[k] as number)) continue
    heap[big] = (heap[big] as number) + big
    if (small >= 0.75 * big) square[big] = (square[big] as number) + 1
  }
  const usual = modeOf(heap, smallest, biggest)
  if (usual === 0) return Math.max(8, longSide * 0.009)
  const voted = upperPart(heap, usual)
  // On a coarse scan the glyphs of a word run together: what is as high as single glyphs and much longer are words.
  const single = upperPart(square, modeOf(square, smallest, biggest))
  const isMerged =
    single < MERGED * voted &&
    near(square, single) >= FEWEST_SINGLE &&
    near(flat, single) >= MERGED * (near(heap, usual) / usual)
  return isMerged ? single : voted
}

/** A vote for what is this many times as large as single glyphs is one of words. */
const MERGED = 0.6
const FEWEST_SINGLE = 40

/** What lies within 15 % of a size: the same print differs by a pixel or two. */
function near(heap: Float64Array, size: number): number {
  let sum = 0
  for (let s = Math.floor(size * 0.87); s <= Math.ceil(size * 1.13) && s < heap.length; s++) sum += heap[s] as number
  return sum
}

/** The size about which most lies; 0 where nothing does. */
function modeOf(heap: Float64Array, smallest: number, biggest: number): number {
  let mode = 0
  let most = 0
  for (let size = Math.floor(smallest); size < biggest; size++) {
    const sum = near(heap, size)
    if (sum > most) {
      most = sum
      mode = size
    }
  }
  return mode
}

/** A filled stroke: dashes of rulings would outvote the print. */
function isBar(w: number, h: number, area: number): boolean {
  return Math.min(w, h) < 0.65 * Math.max(w, h) && area >= 0.8 * w * h
}

/** The 80th percentile of the heap between 0.75 and 1.7 times the mode. */
function upperPart(heap: Float64Array, mode: number): number {
  const from = Math.floor(mode * 0.75)
  const to = Math.min(heap.length - 1, Math.ceil(mode * 1.7))
  let total = 0
  for (let s = from; s <= to; s++) total += heap[s] as number
  let seen = 0
  for (let s = from; s <= to; s++) {
    seen += heap[s] as number
    if (seen >= 0.8 * total) return s
  }
  return mode
}

/** What Western digits lack of a Han glyph's height in the usual Chinese fonts. */
const DIGIT_HEIGHT = 0.76

/** Enough full glyphs on a page to outvote its digits. */
const ENOUGH_GLYPHS = 12

/**
 * The height of a full (Han) glyph, voted by all lines of a page: the upper middle of the heights of figures that are
 * about as wide as high; where there are hardly any, digits vote, scaled up. `fallback` is returned for no lines.
 */
export function voteLineHeight(lines: readonly MarkLine[], fallback: number): number {
  const full: number[] = []
  const digits: number[] = []
  for (const line of lines) {
    for (const { width, height } of figuresOf(line.marks)) {
      if (height < 0.45 * fallback || height > 1.8 * fallback) continue
      const aspect = width / height
      if (aspect >= 0.75 && aspect <= 1.35) full.push(height)
      else if (aspect >= 0.3 && aspect <= 0.7) digits.push(height / DIGIT_HEIGHT)
    }
  }
  if (full.length >= ENOUGH_GLYPHS || full.length > digits.length) return percentile(full, 0.6)
  return digits.length > 0 ? percentile(digits, 0.5) : fallback
}

/** Boxes of marks that stand over each other taken as one: 二 and 言 are one glyph. */
function figuresOf(marks: readonly Mark[]): { width: number; height: number }[] {
  const figures: { x0: number; x1: number; top: number; bottom: number }[] = []
  for (const { x0, x1, top, bottom } of marks.toSorted((a, b) => a.x0 - b.x0)) {
    const last = figures.at(-1)
    if (last !== undefined && x0 < last.x1) {
      last.x1 = Math.max(last.x1, x1)
      last.top = Math.min(last.top, top)
      last.bottom = Math.max(last.bottom, bottom)
    } else {
      figures.push({ x0, x1, top, bottom })
    }
  }
  return figures.map((figure) => ({ width: figure.x1 - figure.x0, height: figure.bottom - figure.top }))
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
}
