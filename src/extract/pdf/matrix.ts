import type { BoundingBox } from '../../model/bounding-box.ts'

/** An affine map as PDF writes it: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export interface Point {
  readonly x: number
  readonly y: number
}

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** The map that does `inner` first and `outer` then. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  return [
    outer[0] * inner[0] + outer[2] * inner[1],
    outer[1] * inner[0] + outer[3] * inner[1],
    outer[0] * inner[2] + outer[2] * inner[3],
    outer[1] * inner[2] + outer[3] * inner[3],
    outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
    outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
  ]
}

export function applyTo(matrix: Matrix, x: number, y: number): Point {
  return { x: matrix[0] * x + matrix[2] * y + matrix[4], y: matrix[1] * x + matrix[3] * y + matrix[5] }
}

/** The box around the image of the rectangle x0..x1, y0..y1. */
export function boxOfRectangle(matrix: Matrix, x0: number, y0: number, x1: number, y1: number): BoundingBox {
  return boxOfPoints([
    applyTo(matrix, x0, y0),
    applyTo(matrix, x1, y0),
    applyTo(matrix, x1, y1),
    applyTo(matrix, x0, y1),
  ])
}

/** The box around some points; an empty box at infinity for none. */
export function boxOfPoints(points: readonly Point[]): BoundingBox {
  let [x0, top, x1, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    x0 = Math.min(x0, x)
    x1 = Math.max(x1, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return { x0, top, x1, bottom }
}

/** The common part of two boxes; null when they do not meet. */
export function intersectionOf(a: BoundingBox, b: BoundingBox): BoundingBox | null {
  const box = {
    x0: Math.max(a.x0, b.x0),
    top: Math.max(a.top, b.top),
    x1: Math.min(a.x1, b.x1),
    bottom: Math.min(a.bottom, b.bottom),
  }
  return box.x0 <= box.x1 && box.top <= box.bottom ? box : null
}

/** How much the map enlarges lengths, on average over directions. */
export function scaleOf(matrix: Matrix): number {
  return Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))
}

/** Takes six finite numbers from an operand; null for anything else. */
export function toMatrix(operand: unknown): Matrix | null {
  if (operand === null || typeof operand !== 'object') return null
  const numbers = Array.from(operand as ArrayLike<unknown>)
  const [a, b, c, d, e, f] = numbers
  if (![a, b, c, d, e, f].every((value) => typeof value === 'number' && Number.isFinite(value))) return null
  return [a, b, c, d, e, f] as Matrix
}
