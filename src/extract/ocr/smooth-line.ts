import type { LineImage } from '../raster/image.ts'

/** The line with its grain smoothed (binomial, 3 x 3 pixels): noisy scans read far better, clean ones hardly worse. */
export function smoothLine(line: LineImage): LineImage {
  const { width, height, data } = line.grey
  const at = (x: number, y: number) =>
    data[Math.max(0, Math.min(height - 1, y)) * width + Math.max(0, Math.min(width - 1, x))] ?? 0
  const smooth = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const corners = at(x - 1, y - 1) + at(x + 1, y - 1) + at(x - 1, y + 1) + at(x + 1, y + 1)
      const sides = at(x, y - 1) + at(x - 1, y) + at(x + 1, y) + at(x, y + 1)
      smooth[y * width + x] = Math.round((corners + 2 * sides + 4 * at(x, y)) / 16)
    }
  }
  return { ...line, grey: { width, height, data: smooth } }
}
