import { z } from 'zod'

/** A rectangle in points, origin top left of the page as displayed; x0 <= x1 and top <= bottom. */
export interface BoundingBox {
  readonly x0: number
  readonly top: number
  readonly x1: number
  readonly bottom: number
}
/** Its schema. @hidden */
export const BoundingBox: z.ZodType<BoundingBox> = z
  .object({ x0: z.number(), top: z.number(), x1: z.number(), bottom: z.number() })
  .readonly()

export function boxWidth(box: BoundingBox): number {
  return box.x1 - box.x0
}

export function boxHeight(box: BoundingBox): number {
  return box.bottom - box.top
}

/** The smallest box around all of `boxes`; null for none. */
export function unionOfBoxes(boxes: readonly BoundingBox[]): BoundingBox | null {
  const [first, ...rest] = boxes
  if (first === undefined) return null
  return rest.reduce(
    (union, box) => ({
      x0: Math.min(union.x0, box.x0),
      top: Math.min(union.top, box.top),
      x1: Math.max(union.x1, box.x1),
      bottom: Math.max(union.bottom, box.bottom),
    }),
    first,
  )
}

/** The common area of two boxes in square points; 0 when they do not meet. */
export function overlapArea(a: BoundingBox, b: BoundingBox): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0)
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  return width > 0 && height > 0 ? width * height : 0
}

/** Whether the centre of `inner` lies in `outer`. */
export function centreIsInside(inner: BoundingBox, outer: BoundingBox): boolean {
  const x = (inner.x0 + inner.x1) / 2
  const y = (inner.top + inner.bottom) / 2
  return x >= outer.x0 && x <= outer.x1 && y >= outer.top && y <= outer.bottom
}
