import type { BoundingBox } from '../../model/bounding-box.ts'
import type { AffineNumbers } from '../../model/inspection.ts'
import { roundTo } from '../to-json-lines.ts'

/** A number as SVG has it, two places. */
export function num(value: number): string {
  return String(roundTo(value, 2))
}

/** The attributes of a rectangle. */
export function boxAttributes({ x0, top, x1, bottom }: BoundingBox): string {
  return `x="${num(x0)}" y="${num(top)}" width="${num(Math.max(0, x1 - x0))}" height="${num(Math.max(0, bottom - top))}"`
}

/** The attribute that lays upright pixels on the page; more places, since pixels are small and many. */
export function transformAttribute(map: AffineNumbers): string {
  return `transform="matrix(${map.map((value) => String(roundTo(value, 6))).join(' ')})"`
}
