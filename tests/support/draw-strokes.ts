import type { LineImage } from '../../src/extract/raster/image.ts'

type Point = readonly [x: number, y: number]
export type Stroke = readonly [from: Point, to: Point]

const PAPER = 225

/** A line with a glyph of these strokes, whose points are in heights of the glyph from its top left corner. */
export function drawStrokes(strokes: readonly Stroke[], size: number): LineImage {
  const [width, height, margin] = [size * 2, size * 2, Math.round(size / 2)]
  const data = new Uint8Array(width * height).fill(PAPER)
  const thick = Math.max(1.6, size / 11)
  for (let i = 0; i < data.length; i += 1) {
    const at: Point = [
      ((i % width) + 0.5 - margin) / (0.8 * size),
      (Math.floor(i / width) + 0.5 - margin) / (0.8 * size),
    ]
    const nearest = Math.min(...strokes.map((stroke) => distance(at, stroke))) * 0.8 * size
    data[i] = Math.round(PAPER - Math.min(1, Math.max(0, thick / 2 + 0.5 - nearest)) * 190)
  }
  const inked = [...data.keys()].filter((i) => (data[i] ?? PAPER) < PAPER - 60)
  const [xs, ys] = [inked.map((i) => i % width), inked.map((i) => Math.floor(i / width))]
  const ink = { x0: Math.min(...xs), x1: Math.max(...xs) + 1, top: Math.min(...ys), bottom: Math.max(...ys) + 1 }
  return { grey: { width, height, data }, bboxPx: ink, inkInCrop: ink, glyphHeightPx: size, paper: PAPER }
}

function distance([x, y]: Point, [[ax, ay], [bx, by]]: Stroke): number {
  const [dx, dy] = [bx - ax, by - ay]
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / Math.max(1e-9, dx * dx + dy * dy)))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}
