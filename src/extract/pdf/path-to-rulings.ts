import type { BoundingBox } from '../../model/bounding-box.ts'
import { boxHeight, boxWidth } from '../../model/bounding-box.ts'
import type { Ruling } from '../../model/page.ts'
import { applyTo, boxOfPoints, type Matrix, type Point } from './matrix.ts'
import { PATH_STEP } from './pdfjs-door.ts'

/** A filled shape thinner than this is a line, in points. */
export const THICKEST_RULING = 3.2
/** A line of no width is painted as thin as the device can; 0 is kept for the edges of filled areas. */
const HAIRLINE = 0.1
/** A straight stroke may leave its axis by this much over its whole length, in points, or by this slope. */
const AXIS_TOLERANCE = 0.6
const AXIS_SLOPE = 0.01
/** Shapes with curves that are smaller than this in both directions can be glyphs, in points. */
const LARGEST_OUTLINE = 60

export interface SubPath {
  readonly points: readonly Point[]
  readonly isClosed: boolean
  readonly hasCurves: boolean
}

/** How a path is painted. `lineWidth` is in points as displayed; null where it is not stroked. */
export interface PathPaint {
  readonly lineWidth: number | null
  readonly isFilled: boolean
}

/** Splits packed path steps into sub-paths, mapped to the page as displayed. Curves keep their end points only. */
export function toSubPaths(steps: ArrayLike<number>, toPage: Matrix): SubPath[] {
  const subPaths: SubPath[] = []
  let points: Point[] = []
  let [isClosed, hasCurves] = [false, false]
  const finish = (): void => {
    if (points.length > 1) subPaths.push({ points, isClosed, hasCurves })
    points = []
    isClosed = false
    hasCurves = false
  }
  let index = 0
  const take = (count: number): Point => {
    index += count
    return applyTo(toPage, steps[index - 2] ?? Number.NaN, steps[index - 1] ?? Number.NaN)
  }
  while (index < steps.length) {
    const step = steps[index]
    index += 1
    if (step === PATH_STEP.moveTo) {
      finish()
      points.push(take(2))
    } else if (step === PATH_STEP.lineTo) points.push(take(2))
    else if (step === PATH_STEP.curveTo || step === PATH_STEP.quadraticCurveTo) {
      hasCurves = true
      points.push(take(step === PATH_STEP.curveTo ? 6 : 4))
    } else if (step === PATH_STEP.closePath) {
      isClosed = true
      const start = points[0]
      finish()
      if (start !== undefined) points.push(start)
    } else break
  }
  finish()
  return subPaths.filter((path) => path.points.every((point) => Number.isFinite(point.x + point.y)))
}

/** The rulings that a painted path leaves inside `clip`: straight strokes, thin fills, edges of filled areas. */
export function pathToRulings(subPaths: readonly SubPath[], paint: PathPaint, clip: BoundingBox): Ruling[] {
  const rulings: Ruling[] = []
  for (const path of subPaths) {
    if (paint.lineWidth !== null) rulings.push(...strokesOf(path, paint.lineWidth))
    else if (paint.isFilled && !path.hasCurves) rulings.push(...fillToRulings(path))
  }
  return rulings.flatMap((ruling) => clipRuling(ruling, clip) ?? [])
}

/** Whether a filled path looks like the outline of a glyph: small, with curves or many corners. */
export function countOutlines(subPaths: readonly SubPath[]): number {
  return subPaths.filter((path) => {
    const box = boxOfPoints(path.points)
    const isSmall = Math.max(boxWidth(box), boxHeight(box)) < LARGEST_OUTLINE
    return isSmall && (path.hasCurves || path.points.length > 6)
  }).length
}

function strokesOf(path: SubPath, lineWidth: number): Ruling[] {
  if (path.hasCurves) return []
  const box = boxOfPoints(path.points)
  // A thick, short stroke stands for a filled rectangle: its own axis is across it.
  const points = path.isClosed && path.points.length > 2 ? [...path.points, ...path.points.slice(0, 1)] : path.points
  if (lineWidth > THICKEST_RULING) return thickStroke(path, box, lineWidth)
  return points
    .slice(1)
    .flatMap((end, index) => segmentToRuling(points[index] ?? end, end, Math.max(lineWidth, HAIRLINE)) ?? [])
}

/** A stroke as wide as a cell is a filled area; only its edges are lines. */
function thickStroke(path: SubPath, box: BoundingBox, lineWidth: number): Ruling[] {
  if (path.points.length !== 2) return []
  const half = lineWidth / 2
  const isHorizontal = boxWidth(box) >= boxHeight(box)
  const area = isHorizontal
    ? { ...box, top: box.top - half, bottom: box.bottom + half }
    : { ...box, x0: box.x0 - half, x1: box.x1 + half }
  return boxToRulings(area)
}

function segmentToRuling(start: Point, end: Point, thickness: number): Ruling | null {
  const [width, height] = [Math.abs(end.x - start.x), Math.abs(end.y - start.y)]
  const [x0, x1] = [Math.min(start.x, end.x), Math.max(start.x, end.x)]
  const [top, bottom] = [Math.min(start.y, end.y), Math.max(start.y, end.y)]
  if (width >= height && height <= Math.max(AXIS_TOLERANCE * Math.min(1, width), AXIS_SLOPE * width)) {
    return { orientation: 'horizontal', position: (top + bottom) / 2, start: x0, end: x1, thickness }
  }
  if (height > width && width <= Math.max(AXIS_TOLERANCE * Math.min(1, height), AXIS_SLOPE * height)) {
    return { orientation: 'vertical', position: (x0 + x1) / 2, start: top, end: bottom, thickness }
  }
  return null
}

function fillToRulings(path: SubPath): Ruling[] {
  const box = boxOfPoints(path.points)
  if (!isRectangle(path, box)) return polygonEdges(path)
  return boxToRulings(box)
}

/** Whether a path follows the sides of its box and nothing else. */
export function isRectangle(path: SubPath, box: BoundingBox): boolean {
  if (path.points.length > 6) return false
  return path.points.every((point) => {
    const onSide = Math.min(Math.abs(point.x - box.x0), Math.abs(point.x - box.x1)) < AXIS_TOLERANCE
    const onLevel = Math.min(Math.abs(point.y - box.top), Math.abs(point.y - box.bottom)) < AXIS_TOLERANCE
    return onSide && onLevel
  })
}

/** A frame can be filled as one polygon with steps; its long straight edges are lines. */
function polygonEdges(path: SubPath): Ruling[] {
  const points = [...path.points, ...path.points.slice(0, 1)]
  return points
    .slice(1)
    .flatMap((end, index) => segmentToRuling(points[index] ?? end, end, 0) ?? [])
    .filter((ruling) => ruling.end - ruling.start > LARGEST_OUTLINE)
}

function thick(thickness: number): number {
  return Math.max(thickness, HAIRLINE)
}

/** A thin box is one line along its middle, a dot is both, a wide one has four edges. */
export function boxToRulings(box: BoundingBox): Ruling[] {
  const [width, height] = [boxWidth(box), boxHeight(box)]
  const horizontal = (position: number, thickness: number): Ruling => {
    return { orientation: 'horizontal', position, start: box.x0, end: box.x1, thickness }
  }
  const vertical = (position: number, thickness: number): Ruling => {
    return { orientation: 'vertical', position, start: box.top, end: box.bottom, thickness }
  }
  const middle = { x: (box.x0 + box.x1) / 2, y: (box.top + box.bottom) / 2 }
  if (Math.max(width, height) <= THICKEST_RULING)
    return [horizontal(middle.y, thick(height)), vertical(middle.x, thick(width))]
  if (height <= THICKEST_RULING) return [horizontal(middle.y, thick(height))]
  if (width <= THICKEST_RULING) return [vertical(middle.x, thick(width))]
  return [horizontal(box.top, 0), horizontal(box.bottom, 0), vertical(box.x0, 0), vertical(box.x1, 0)]
}

function clipRuling(ruling: Ruling, clip: BoundingBox): Ruling | null {
  const slack = ruling.thickness / 2 + AXIS_TOLERANCE
  const isHorizontal = ruling.orientation === 'horizontal'
  const [low, high] = isHorizontal ? [clip.top, clip.bottom] : [clip.x0, clip.x1]
  if (ruling.position < low - slack || ruling.position > high + slack) return null
  const [from, to] = isHorizontal ? [clip.x0, clip.x1] : [clip.top, clip.bottom]
  const [start, end] = [Math.max(ruling.start, from), Math.min(ruling.end, to)]
  return end >= start ? { ...ruling, start, end } : null
}
