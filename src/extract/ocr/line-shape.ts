import type { LineImage } from '../raster/image.ts'

const DIRT_SIZE = 0.22
const FLAT_HEIGHT = 0.3
const FLAT_ASPECT = 1.8
const SOLID_SHARE = 0.55

function inkSize(line: LineImage): { readonly width: number; readonly height: number } {
  const { x0, x1, top, bottom } = line.inkInCrop
  return { width: x1 - x0, height: bottom - top }
}

/** Whether the ink is no larger than a full stop: alone in its line it is dirt, no text. */
export function isDirt(line: LineImage): boolean {
  const { width, height } = inkSize(line)
  return Math.max(width, height) < DIRT_SIZE * line.glyphHeightPx
}

/**
 * Whether the ink is one flat solid stroke: a dash or 一, never a digit. Solidity keeps whole words out even when the
 * page's glyph height is misjudged.
 */
export function isFlatStroke(line: LineImage): boolean {
  const { width, height } = inkSize(line)
  if (height > FLAT_HEIGHT * line.glyphHeightPx || width < FLAT_ASPECT * height) return false
  return darkShare(line) >= SOLID_SHARE
}

/** The share of pixels in the ink box that are nearer to its darkest grey than to the paper. */
function darkShare({ grey, inkInCrop, paper }: LineImage): number {
  const pixels: number[] = []
  for (let y = Math.floor(inkInCrop.top); y < Math.ceil(inkInCrop.bottom); y++) {
    for (let x = Math.floor(inkInCrop.x0); x < Math.ceil(inkInCrop.x1); x++) {
      pixels.push(grey.data[y * grey.width + x] ?? paper)
    }
  }
  const darkest = pixels.reduce((least, value) => Math.min(least, value), 255)
  const threshold = (darkest + paper) / 2
  return pixels.filter((value) => value <= threshold).length / Math.max(1, pixels.length)
}
