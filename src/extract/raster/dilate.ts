import type { BitImage } from './image.ts'
import { nextSet, nextUnset, toMaskBytes } from './scan-mask.ts'

/** How far a set pixel spreads to each side, in pixels. */
export interface Reach {
  readonly left: number
  readonly right: number
  readonly up: number
  readonly down: number
}

/** The same reach left and right, and up and down. */
export function around(across: number, down: number): Reach {
  return { left: across, right: across, up: down, down }
}

/** Sets every pixel that has a set one within reach of it (dilation by a rectangle). The work does not grow with the reach. */
export function dilate({ width, height, data }: BitImage, { left, right, up, down }: Reach): BitImage {
  const bytes = toMaskBytes(data)
  const all = new Uint8Array(data.length)
  // For each column the row of the canvas, moved down by `up`, to which the last set pixel above reaches.
  const until = new Int32Array(width).fill(-1)
  for (let y = 0; y < height + up; y++) {
    const [base, limit] = y < height ? [y * width, (y + 1) * width] : [0, 0]
    for (let i = nextSet(bytes, base, limit); i < limit; ) {
      const end = nextUnset(bytes, i, limit)
      until.fill(y + up + down, Math.max(0, i - base - left), Math.min(width, end - base + right))
      i = nextSet(bytes, end, limit)
    }
    if (y < up) continue
    for (let x = 0, i = (y - up) * width; x < width; x++, i++) if ((until[x] as number) >= y) all[i] = 1
  }
  return { width, height, data: all }
}
