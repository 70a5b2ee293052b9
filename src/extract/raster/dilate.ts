import type { BitImage } from './image.ts'

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

/** Sets every pixel that has a set one within reach of it (dilation by a rectangle). */
export function dilate({ width, height, data }: BitImage, { left, right, up, down }: Reach): BitImage {
  const wide = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    const base = y * width
    // Up to where the last set pixel so far reaches.
    let until = -1
    for (let x = 0; x < width + left; x++) {
      if (x < width && data[base + x] !== 0) until = x + left + right
      if (x >= left && until >= x) wide[base + x - left] = 1
    }
  }
  const all = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let v = Math.max(0, y - down), to = Math.min(height - 1, y + up); v <= to; v++) {
      for (let x = 0; x < width; x++) if (wide[v * width + x] !== 0) all[y * width + x] = 1
    }
  }
  return { width, height, data: all }
}
