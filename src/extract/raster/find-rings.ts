import type { BitImage } from './image.ts'
import { type Components, labelComponents, rootOf } from './label-components.ts'

/** A circle of ink, in pixels. */
export interface Ring {
  readonly x: number
  readonly y: number
  readonly radius: number
}

/** Points of one figure that are tried; so many circles through three of them, taken at fixed steps, are held against all. */
const POINTS = 600
const TRIES = 400
/** A ring is seen in this share of so many sectors; where the page ends or another stamp lies over it, it is open. */
const SECTORS = 36
const SEEN_SHARE = 0.75
/** How far from the circle its ink may lie, as a share of the radius and in pixels at least. */
const TOLERANCE = 0.03
const TOLERANCE_PX = 1.5

/** Pieces of ink smaller than this share of the smallest radius, squared, are print and dust. */
const LEAST_PIECE = 0.02
/** Pieces of a ring that print interrupts lie within this share of the smallest radius. */
const GAP = 2
/** More pieces than this are the grain of a picture. */
const MOST_PIECES = 2000
/** Long runs give a point every so many pixels. */
const POINT_STEP_PX = 3

/**
 * Circles of `smallest` to `largest` pixels' radius in a mask, one among pieces that lie near each other at most. They may have
 * more to them than the circle: print that touches, rulings that cross it, what is written in it.
 */
export function findRings(mask: BitImage, smallest: number, largest: number): readonly Ring[] {
  return groupPieces(labelComponents(mask), smallest).flatMap((points) => {
    const ring = fitRing(points, smallest, largest)
    return ring === null ? [] : [ring]
  })
}

interface Point {
  readonly x: number
  readonly y: number
}

/** Points of pieces that lie near each other. */
function groupPieces(components: Components, smallest: number): Point[][] {
  const { count, area, x0, x1, top, bottom, runY, runStart, runEnd, runOf } = components
  const gap = GAP * smallest
  const pieces = Array.from({ length: count }, (_, k) => k).filter(
    (k) => (area[k] as number) >= LEAST_PIECE * smallest ** 2,
  )
  if (pieces.length > MOST_PIECES) return []
  const parent = Int32Array.from({ length: count }, (_, k) => k)
  for (const [index, a] of pieces.entries()) {
    for (const b of pieces.slice(index + 1)) {
      const isNear =
        Math.max(x0[a] as number, x0[b] as number) - Math.min(x1[a] as number, x1[b] as number) <= gap &&
        Math.max(top[a] as number, top[b] as number) - Math.min(bottom[a] as number, bottom[b] as number) <= gap
      if (isNear) parent[rootOf(parent, b)] = rootOf(parent, a)
    }
  }
  const wanted = new Set(pieces)
  const groups = new Map<number, Point[]>()
  for (const [run, k] of runOf.entries()) {
    if (!wanted.has(k)) continue
    const root = rootOf(parent, k)
    const points = groups.get(root) ?? []
    groups.set(root, points)
    for (let x = runStart[run] as number; x < (runEnd[run] as number); x += POINT_STEP_PX) {
      points.push({ x: x + 0.5, y: (runY[run] as number) + 0.5 })
    }
  }
  return [...groups.values()]
}

/** The circle that passes most sectors' ink, if it is closed enough. */
function fitRing(figure: readonly Point[], smallest: number, largest: number): Ring | null {
  const step = Math.max(1, Math.floor(figure.length / POINTS))
  const points = figure.filter((_, index) => index % step === 0)
  let best: Ring | null = null
  let bestSeen = Math.ceil(SEEN_SHARE * SECTORS) - 1
  const next = numbersBelow(points.length)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const [a, b, c] = [points[next()], points[next()], points[next()]]
    if (a === undefined || b === undefined || c === undefined) break
    const ring = circleThrough(a, b, c)
    if (ring === null || ring.radius < smallest || ring.radius > largest) continue
    const seen = sectorsSeen(ring, points)
    if (seen > bestSeen) {
      best = ring
      bestSeen = seen
    }
  }
  return best
}

function circleThrough(a: Point, b: Point, c: Point): Ring | null {
  const d = 2 * (a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y))
  if (Math.abs(d) < 1) return null
  const [aa, bb, cc] = [a.x ** 2 + a.y ** 2, b.x ** 2 + b.y ** 2, c.x ** 2 + c.y ** 2]
  const x = (aa * (b.y - c.y) + bb * (c.y - a.y) + cc * (a.y - b.y)) / d
  const y = (aa * (c.x - b.x) + bb * (a.x - c.x) + cc * (b.x - a.x)) / d
  return { x, y, radius: Math.hypot(a.x - x, a.y - y) }
}

function sectorsSeen({ x, y, radius }: Ring, points: readonly Point[]): number {
  const tolerance = Math.max(TOLERANCE_PX, TOLERANCE * radius)
  const seen = new Set<number>()
  for (const point of points) {
    const [dx, dy] = [point.x - x, point.y - y]
    if (Math.abs(Math.hypot(dx, dy) - radius) > tolerance) continue
    seen.add(Math.floor(((Math.atan2(dy, dx) + Math.PI) / (2 * Math.PI)) * SECTORS) % SECTORS)
  }
  return seen.size
}

/** The same numbers every time (Lehmer's generator), so that a page is read alike whenever it is read. */
function numbersBelow(limit: number): () => number {
  let state = 1
  return () => {
    state = (state * 48271) % 2147483647
    return state % Math.max(1, limit)
  }
}
