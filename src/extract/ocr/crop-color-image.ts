import type { BoundingBox } from '../../model/bounding-box.ts'
import type { ColorImage } from '../raster/image.ts'

/**
 * The part of a rendered page that lies in `bbox` (points), widened to whole pixels; `scale` is pixels a point.
 * `placement` is where that part lies, in points.
 */
export function cropColorImage(
  image: ColorImage,
  bbox: BoundingBox,
  scale: number,
): { readonly image: ColorImage; readonly placement: BoundingBox } {
  const x0 = Math.max(0, Math.floor(bbox.x0 * scale))
  const top = Math.max(0, Math.floor(bbox.top * scale))
  const x1 = Math.max(x0 + 1, Math.min(image.width, Math.ceil(bbox.x1 * scale)))
  const bottom = Math.max(top + 1, Math.min(image.height, Math.ceil(bbox.bottom * scale)))
  const width = x1 - x0
  const data = new Uint8Array(width * (bottom - top) * 3)
  for (let y = top; y < bottom; y++) {
    const start = (y * image.width + x0) * 3
    data.set(image.data.subarray(start, start + width * 3), (y - top) * width * 3)
  }
  return {
    image: { width, height: bottom - top, data },
    placement: { x0: x0 / scale, top: top / scale, x1: x1 / scale, bottom: bottom / scale },
  }
}
