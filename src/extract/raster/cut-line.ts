import type { GreyImage, LineImage, UprightPage } from './image.ts'
import type { PageMarks } from './page-marks.ts'
import { type MarkLine, speckArea } from './split-lines.ts'

/** Where a line may take raw pixels from: its cell without the rulings, in pixels, row by row and column by column. */
export interface CutRegion {
  contains(x: number, y: number): boolean
}

/** Pixels around a mark that still carry its blur. */
const HALO_PX = 2

/**
 * Cuts one line from the raw grey with half a glyph of margin. Its own marks and their blur are kept wherever they
 * reach; rulings, marks of other lines and what lies outside the region become paper.
 */
export function cutLine(
  page: UprightPage,
  marks: PageMarks,
  line: MarkLine,
  region: CutRegion,
  glyphHeightPx: number,
): LineImage {
  const { width, height } = page.grey
  const marginX = Math.max(4, Math.round(0.5 * glyphHeightPx))
  // A dash gets the room of a glyph: its height in the line is what tells it from a point.
  const marginY = Math.round(Math.max(3, 0.3 * glyphHeightPx, (1.3 * glyphHeightPx - (line.bottom - line.top)) / 2))
  const x0 = Math.max(0, line.x0 - marginX)
  const x1 = Math.min(width, line.x1 + marginX)
  const top = Math.max(0, line.top - marginY)
  const bottom = Math.min(height, line.bottom + marginY)
  const window = { x0, top, width: x1 - x0, height: bottom - top }
  const kinds = pixelKinds(page, marks, line, region, window, glyphHeightPx)
  const paper = paperOf(page, kinds, window)
  const data = new Uint8Array(window.width * window.height).fill(paper)
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      const i = y * window.width + x
      if (kinds[i] !== FOREIGN) data[i] = page.grey.data[(top + y) * width + x0 + x] as number
    }
  }
  const grey: GreyImage = { width: window.width, height: window.height, data }
  return {
    grey,
    bboxPx: { x0: line.x0, top: line.top, x1: line.x1, bottom: line.bottom },
    inkInCrop: { x0: line.x0 - x0, top: line.top - top, x1: line.x1 - x0, bottom: line.bottom - top },
    glyphHeightPx,
    paper,
  }
}

interface Window {
  readonly x0: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const PAPER = 0
const OWN = 1
const FOREIGN = 2

function pixelKinds(
  page: UprightPage,
  marks: PageMarks,
  line: MarkLine,
  region: CutRegion,
  window: Window,
  glyphHeightPx: number,
): Uint8Array {
  const pageWidth = page.grey.width
  // Specks are left as they are: they are part of this paper.
  const speck = speckArea(glyphHeightPx)
  const own = new Set(line.marks.map((mark) => mark.index + 1))
  const kinds = new Uint8Array(window.width * window.height)
  const ownPixels: number[] = []
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      const source = (window.top + y) * pageWidth + window.x0 + x
      const label = marks.labels[source] as number
      const i = y * window.width + x
      if (label > 0 && own.has(label)) ownPixels.push(i)
      else if (label > 0 && (marks.components.area[label - 1] as number) >= speck) kinds[i] = FOREIGN
      else if (marks.rulings[source] === 1 || !region.contains(window.x0 + x, window.top + y)) kinds[i] = FOREIGN
    }
  }
  widen(kinds, window, marks, pageWidth)
  // Own ink comes last: its blur is kept even where it touches a ruling or a neighbour.
  for (const i of ownPixels) spread(kinds, window, i, HALO_PX)
  return kinds
}

/** The blur of foreign marks is foreign too. */
function widen(kinds: Uint8Array, window: Window, marks: PageMarks, pageWidth: number): void {
  const foreign: number[] = []
  for (let i = 0; i < kinds.length; i++) {
    const x = i % window.width
    const y = (i - x) / window.width
    const source = (window.top + y) * pageWidth + window.x0 + x
    if (kinds[i] === FOREIGN && (marks.labels[source] as number) > 0) foreign.push(i)
  }
  for (const i of foreign) {
    const x = i % window.width
    const y = (i - x) / window.width
    for (let v = Math.max(0, y - 1); v <= Math.min(window.height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(window.width - 1, x + 1); u++)
        kinds[v * window.width + u] = FOREIGN
    }
  }
}

function spread(kinds: Uint8Array, window: Window, i: number, reach: number): void {
  const x = i % window.width
  const y = (i - x) / window.width
  for (let v = Math.max(0, y - reach); v <= Math.min(window.height - 1, y + reach); v++) {
    for (let u = Math.max(0, x - reach); u <= Math.min(window.width - 1, x + reach); u++) {
      kinds[v * window.width + u] = OWN
    }
  }
}

/** The middle grey of the pixels that are paper and nothing else. */
function paperOf(page: UprightPage, kinds: Uint8Array, window: Window): number {
  const histogram = new Uint32Array(256)
  let count = 0
  for (let y = 0; y < window.height; y++) {
    for (let x = 0; x < window.width; x++) {
      if (kinds[y * window.width + x] !== PAPER) continue
      const level = page.grey.data[(window.top + y) * page.grey.width + window.x0 + x] as number
      histogram[level] = (histogram[level] as number) + 1
      count++
    }
  }
  if (count === 0) return 255
  let seen = 0
  let level = 0
  while (level < 255 && seen + (histogram[level] as number) < count / 2) seen += histogram[level++] as number
  return level
}
