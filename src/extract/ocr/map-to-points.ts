import type { BoundingBox } from '../../model/bounding-box.ts'
import type { AffineMap, ColorImage } from '../raster/image.ts'
import { mapPoint } from '../raster/resample.ts'

/** Maps boxes from upright pixels to points of the page as displayed. */
export type BoxToPoints = (boxPx: BoundingBox) => BoundingBox

/**
 * The way from upright pixels through the picture's own pixels to the page, where the picture lies at `placement`
 * (points). A turned or slanted box becomes the smallest upright box around it, kept on the picture.
 */
export function boxToPoints(toSource: AffineMap, image: ColorImage, placement: BoundingBox): BoxToPoints {
  const scaleX = (placement.x1 - placement.x0) / image.width
  const scaleY = (placement.bottom - placement.top) / image.height
  return ({ x0, top, x1, bottom }) => {
    const corners = [
      mapPoint(toSource, x0, top),
      mapPoint(toSource, x1, top),
      mapPoint(toSource, x0, bottom),
      mapPoint(toSource, x1, bottom),
    ]
    const xs = corners.map(({ x }) => placement.x0 + clamp(x, image.width) * scaleX)
    const ys = corners.map(({ y }) => placement.top + clamp(y, image.height) * scaleY)
    return {
      x0: roundPoints(Math.min(...xs)),
      top: roundPoints(Math.min(...ys)),
      x1: roundPoints(Math.max(...xs)),
      bottom: roundPoints(Math.max(...ys)),
    }
  }
}

function clamp(value: number, limit: number): number {
  return Math.max(0, Math.min(limit, value))
}

/** A hundredth of a point: finer than any scanner, and stable in print. */
function roundPoints(value: number): number {
  return Math.round(value * 100) / 100
}

/** A box in a unit of which `scale` is the old one. */
export function scaleBox({ x0, top, x1, bottom }: BoundingBox, scale: number): BoundingBox {
  return { x0: x0 * scale, top: top * scale, x1: x1 * scale, bottom: bottom * scale }
}
