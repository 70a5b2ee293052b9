import type { GreyImage, LineImage } from '../raster/image.ts'
import { resampleGrey } from './resample-grey.ts'

export interface StripShape {
  /** Height in pixels that a full glyph gets. */
  readonly glyphPx: number
  readonly heightPx: number
  /** Paper left and right of the crop. */
  readonly sidePx: number
  readonly minWidthPx: number
  /** The width is rounded up to a multiple of this. */
  readonly widthStepPx: number
}

/** Rows of paper that stay free above and below the ink, and rows of the crop that carry the ink's blur. */
const FREE_ROWS_PX = 2
const BLUR_PX = 1
const MAX_STRIP_WIDTH_PX = 6000

/**
 * Scales a line by the page's glyph height (never by its own: a lone "1" or "一" must not be blown up) and lays it on
 * its own paper. Ink is never cut: a line taller than the strip is scaled down to fit.
 */
export function lineToStrip(line: LineImage, shape: StripShape): GreyImage {
  const inkHeight = Math.max(1, line.inkInCrop.bottom - line.inkInCrop.top)
  const fitting = (shape.heightPx - 2 * FREE_ROWS_PX) / (inkHeight + 2 * BLUR_PX)
  const widest = (MAX_STRIP_WIDTH_PX - 2 * shape.sidePx) / line.grey.width
  const scale = Math.min(shape.glyphPx / Math.max(1, line.glyphHeightPx), fitting, widest)
  const width = Math.max(1, Math.round(line.grey.width * scale))
  const height = Math.max(1, Math.round(line.grey.height * scale))
  const scaled = resampleGrey(line.grey, width, height)
  const inkCentre = ((line.inkInCrop.top + line.inkInCrop.bottom) / 2) * (height / line.grey.height)
  return layOnPaper(scaled, Math.round(shape.heightPx / 2 - inkCentre), line.paper, shape)
}

function layOnPaper(scaled: GreyImage, offsetY: number, paper: number, shape: StripShape): GreyImage {
  const wanted = Math.max(scaled.width + 2 * shape.sidePx, shape.minWidthPx)
  const width = Math.ceil(wanted / shape.widthStepPx) * shape.widthStepPx
  const data = new Uint8Array(width * shape.heightPx).fill(Math.round(paper))
  for (let y = 0; y < scaled.height; y++) {
    const target = y + offsetY
    if (target < 0 || target >= shape.heightPx) continue
    data.set(scaled.data.subarray(y * scaled.width, (y + 1) * scaled.width), target * width + shape.sidePx)
  }
  return { width, height: shape.heightPx, data }
}
