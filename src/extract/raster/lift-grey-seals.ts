import type { BoundingBox } from '../../model/bounding-box.ts'
import { findRings, type Ring } from './find-rings.ts'
import type { BitImage, Darkness, GreyImage } from './image.ts'
import { labelComponents } from './label-components.ts'

/** A4 at 200 dpi, the unit of the sizes below: stamps of 11 to 70 mm across. */
const A4_LONG_SIDE_PX = 2339
const SMALLEST_RADIUS_PX = 44
const LARGEST_RADIUS_PX = 280
/** A stamp that was copied in grey is between these shares of the darkest print: what is as dark as print cannot be told from it. */
const PALEST = 0.2
const DARKEST = 0.8
/** One pixel in so many tells how dark print is. */
const SAMPLED = 3
/** The middle of a stroke is as dark as anything so near; the pale edge of print has print beside it. */
const REACH_PX = 2
const GRAIN = 5
const LEAST_GRAIN = 16
/** The ink of one stamp varies by this share of the darkness of print. */
const SPREAD = 0.12
/** Pieces of a stamp's strokes are bigger than this share of the smallest radius, squared; chance bits of print's edges are not. */
const LEAST_PIECE = 0.01
/** Where print crosses a stroke, its ink is known by so many of its eight neighbours; along the pale edge of print there are fewer. */
const LIKE_NEIGHBOURS = 5
const LONE_LIKE_NEIGHBOURS = 7
const ROUNDS = 6
/** How far a stroke's edge reaches beyond its middle, in pixels, and the stamp's ink beyond the middle of its ring. */
const EDGE_PX = 3
const BEYOND_RING = 1.08
/** The ring's own strokes are middles this near to its circle, as a share of its radius. */
const RING_DEPTH = 0.06
/** What is left of a stamp hangs on print by this share of its radius at most. */
const CRUMB = 0.04
const EDGE = 1
const MIDDLE = 2

/**
 * Takes round stamps off a page that was copied or scanned in grey, where they are paler than print: their colour, by which
 * others are known, is lost, and their strokes tie the print of many rows together. Print under them stays.
 * `flat` is the darkness of `grey`. The same image where there is none.
 */
export function liftGreySeals(
  grey: GreyImage,
  flat: Darkness,
): { readonly grey: GreyImage; readonly sealShare: number } {
  const { width, height } = grey
  const unit = Math.max(width, height) / A4_LONG_SIDE_PX
  const print = printLevel(flat)
  const strokes = paleStrokes(flat, print)
  const rings = findRings(strokes, SMALLEST_RADIUS_PX * unit, LARGEST_RADIUS_PX * unit)
  if (rings.length === 0) return { grey, sealShare: 0 }
  const data = new Uint8Array(grey.data)
  const leastPiece = LEAST_PIECE * (SMALLEST_RADIUS_PX * unit) ** 2
  const lifted = rings.reduce((sum, ring) => sum + liftRing(data, flat, print, strokes, ring, leastPiece), 0)
  return { grey: { width, height, data }, sealShare: lifted / data.length }
}

/** The darkness that a tenth of the print exceeds. */
function printLevel({ data, ink }: Darkness): number {
  const histogram = new Uint32Array(256)
  const from = Math.round(ink / 3)
  let count = 0
  for (let i = 0; i < data.length; i += SAMPLED) {
    const level = data[i] as number
    if (level < from) continue
    histogram[level] = (histogram[level] as number) + 1
    count++
  }
  let level = 255
  for (let above = 0; level > from && above < count / 10; level--) above += histogram[level] as number
  return level
}

/** The middles of strokes that are paler than print. */
function paleStrokes({ width, height, data, noise }: Darkness, print: number): BitImage {
  const mask = new Uint8Array(width * height)
  const [palest, darkest] = [PALEST * print, DARKEST * print]
  const grain = Math.max(LEAST_GRAIN, GRAIN * noise)
  for (let y = REACH_PX; y < height - REACH_PX; y++) {
    for (let i = y * width + REACH_PX; i < (y + 1) * width - REACH_PX; i++) {
      const level = data[i] as number
      if (level >= palest && level <= darkest && isDarkest(data, width, i, level + grain, REACH_PX)) mask[i] = 1
    }
  }
  return { width, height, data: mask }
}

function isDarkest(data: Uint8Array, width: number, i: number, limit: number, reach: number): boolean {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let j = i + dy * width - reach; j <= i + dy * width + reach; j++) if ((data[j] as number) > limit) return false
  }
  return true
}

/** Takes the stamp's own darkness away: what is no darker becomes paper, what is darker is print. Returns the number of pixels changed. */
function liftRing(
  data: Uint8Array,
  flat: Darkness,
  print: number,
  strokes: BitImage,
  ring: Ring,
  leastPiece: number,
): number {
  const box = boxAround(ring, flat)
  const { level, inner, outer } = measureRing(flat, strokes, ring, box)
  const stamped = stampedPixels(flat, strokes, box, { level, spread: SPREAD * print, leastPiece })
  const floor = level + Math.max(LEAST_GRAIN / 2, 3 * flat.noise)
  const left = { width: box.x1 - box.x0, height: box.bottom - box.top, data: new Uint8Array(stamped.length) }
  let lifted = 0
  const setDarkness = (i: number, dark: number): void => {
    const paper = (data[i] as number) / (1 - Math.min(254, flat.data[i] as number) / 255)
    data[i] = Math.min(255, paper * (1 - dark / 255))
    lifted++
  }
  for (let k = 0; k < stamped.length; k++) {
    const [x, y] = [box.x0 + (k % left.width), box.top + Math.floor(k / left.width)]
    const i = y * flat.width + x
    const dark = flat.data[i] as number
    const distance = Math.hypot(x - ring.x, y - ring.y)
    if (distance > BEYOND_RING * ring.radius) continue
    const kind = distance >= inner && distance <= outer ? MIDDLE : (stamped[k] as number)
    // A stroke's edge goes with it, but not where it is the edge of print as well.
    const isKept = kind === 0 || (kind === EDGE && !isDarkest(flat.data, flat.width, i, floor + LEAST_GRAIN, 1))
    const rest = dark <= floor ? 0 : Math.min(dark, ((dark - floor) * print) / Math.max(1, print - floor))
    if (!isKept) setDarkness(i, rest)
    if (dark >= PALEST * print && (isKept || rest > 0)) left.data[k] = 1
  }
  const isPrint = (k: number): boolean => (flat.data[indexAt(flat, box, k)] as number) > floor + LEAST_GRAIN
  for (const k of crumbs(left, isPrint, CRUMB * ring.radius)) setDarkness(indexAt(flat, box, k), 0)
  return lifted
}

function indexAt({ width }: Darkness, { x0, top, x1 }: BoundingBox, k: number): number {
  return (top + Math.floor(k / (x1 - x0))) * width + x0 + (k % (x1 - x0))
}

/** The pixels of a mask that lie farther than `reach` from all print, along the mask's own ink: crumbs of the stamp, whether they touch print or not. */
function crumbs({ width, height, data }: BitImage, isPrint: (k: number) => boolean, reach: number): number[] {
  const isNear = new Uint8Array(data.length)
  let edge: number[] = []
  for (const [k, bit] of data.entries()) {
    if (bit === 0 || !isPrint(k)) continue
    isNear[k] = 1
    edge.push(k)
  }
  for (let step = 0; step < reach && edge.length > 0; step++) {
    edge = edge.flatMap((k) =>
      neighboursOf(k, width, height).filter((n) => {
        if (data[n] === 0 || isNear[n] === 1) return false
        isNear[n] = 1
        return true
      }),
    )
  }
  return [...data.keys()].filter((k) => data[k] === 1 && isNear[k] === 0)
}

function neighboursOf(k: number, width: number, height: number): number[] {
  const x = k % width
  return [k - width - 1, k - width, k - width + 1, k - 1, k + 1, k + width - 1, k + width, k + width + 1].filter(
    (n) => n >= 0 && n < width * height && Math.abs((n % width) - x) <= 1,
  )
}

function boxAround({ x, y, radius }: Ring, { width, height }: Darkness): BoundingBox {
  const reach = BEYOND_RING * radius
  return {
    x0: Math.max(0, Math.floor(x - reach)),
    top: Math.max(0, Math.floor(y - reach)),
    x1: Math.min(width, Math.ceil(x + reach)),
    bottom: Math.min(height, Math.ceil(y + reach)),
  }
}

/** How dark the stamp is (the median of the middles of its ring's strokes), and from where to where its ring reaches, in pixels from its middle. */
function measureRing(
  { width, data }: Darkness,
  strokes: BitImage,
  { x, y, radius }: Ring,
  box: BoundingBox,
): { readonly level: number; readonly inner: number; readonly outer: number } {
  const levels: number[] = []
  const distances: number[] = []
  for (let v = box.top; v < box.bottom; v++) {
    for (let u = box.x0; u < box.x1; u++) {
      const i = v * width + u
      const distance = Math.hypot(u - x, v - y)
      if (strokes.data[i] === 0 || Math.abs(distance - radius) > RING_DEPTH * radius) continue
      levels.push(data[i] as number)
      distances.push(distance)
    }
  }
  levels.sort((a, b) => a - b)
  distances.sort((a, b) => a - b)
  const at = (values: readonly number[], share: number) => values[Math.floor(share * (values.length - 1))] ?? 0
  return { level: at(levels, 0.5), inner: at(distances, 0.1) - 1, outer: at(distances, 0.9) + 1 }
}

/** The pixels of `box` on the stamp's strokes and on their edges: middles of strokes, and what is all of one darkness beside print. */
function stampedPixels(
  { width, data }: Darkness,
  strokes: BitImage,
  { x0, top, x1, bottom }: BoundingBox,
  ink: { readonly level: number; readonly spread: number; readonly leastPiece: number },
): Uint8Array {
  const [w, h] = [x1 - x0, bottom - top]
  const isLike = new Uint8Array(w * h)
  const isMiddle = new Uint8Array(w * h)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = (y + top) * width + x + x0
      if (Math.abs((data[i] as number) - ink.level) > ink.spread) continue
      isLike[y * w + x] = 1
      isMiddle[y * w + x] = strokes.data[i] as number
    }
  }
  const mask = { width: w, height: h, data: isMiddle }
  grow(mask, isLike)
  return widened(mask, ink.leastPiece)
}

/** Adds to `mask` what lies beside it and is like it on most sides, up to where print begins. */
function grow({ width, height, data }: BitImage, isLike: Uint8Array): void {
  const inner = { from: width + 1, to: width * (height - 1) - 1 }
  for (let round = 0; round < ROUNDS; round++) {
    const more: number[] = []
    for (let i = inner.from; i < inner.to; i++) {
      if (isLike[i] === 0 || data[i] === 1) continue
      const wanted = neighboursSet(data, i, width) > 0 ? LIKE_NEIGHBOURS : LONE_LIKE_NEIGHBOURS
      if (neighboursSet(isLike, i, width) >= wanted) more.push(i)
    }
    for (const i of more) data[i] = 1
  }
}

function neighboursSet(mask: Uint8Array, i: number, width: number): number {
  let set = -(mask[i] as number)
  for (let dy = -1; dy <= 1; dy++)
    for (let j = i + dy * width - 1; j <= i + dy * width + 1; j++) set += mask[j] as number
  return set
}

/** The pieces of a mask that are big enough, with the edges about them. */
function widened(mask: BitImage, leastPiece: number): Uint8Array {
  const { width, height } = mask
  const { runY, runStart, runEnd, runOf, area } = labelComponents(mask)
  const wide = new Uint8Array(width * height)
  for (const [run, k] of runOf.entries()) {
    if ((area[k] as number) < leastPiece) continue
    const [y, from, to] = [runY[run] as number, runStart[run] as number, runEnd[run] as number]
    for (let v = Math.max(0, y - EDGE_PX); v <= Math.min(height - 1, y + EDGE_PX); v++) {
      for (let x = Math.max(0, from - EDGE_PX); x < Math.min(width, to + EDGE_PX); x++) {
        const isMiddle = v === y && x >= from && x < to
        if (wide[v * width + x] !== MIDDLE) wide[v * width + x] = isMiddle ? MIDDLE : EDGE
      }
    }
  }
  return wide
}
