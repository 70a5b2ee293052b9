import type { GreyImage, LineImage, UprightPage } from './image.ts'
import type { PageMarks } from './page-marks.ts'
import { type MarkLine, speckArea } from './split-lines.ts'

/**
 * Where a line may take raw pixels from: its cell without the rulings, in pixels. Sides may lean or bow: left and right
 * are asked row by row, the upper and the lower side column by column; what lies on a side is outside.
 */
export interface CutRegion {
  leftAt(y: number): number
  rightAt(y: number): number
  topAt(x: number): number
  bottomAt(x: number): number
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
  const kinds = pixelKinds(marks, line, region, window, width, glyphHeightPx)
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
  marks: PageMarks,
  line: MarkLine,
  region: CutRegion,
  window: Window,
  pageWidth: number,
  glyphHeightPx: number,
): Uint8Array {
  const kinds = regionKinds(marks.rulings, region, window, pageWidth)
  // Specks are left as they are: they are part of this paper.
  const speck = speckArea(glyphHeightPx)
  const own = new Set(line.marks.map((mark) => mark.index))
  const runs = runsIn(marks, window)
  const ownRuns = runs.filter(({ mark }) => own.has(mark))
  const otherRuns = runs.filter(({ mark }) => !own.has(mark))
  for (const { y, start, end } of ownRuns) kinds.fill(PAPER, y * window.width + start, y * window.width + end)
  for (const { y, start, end, mark } of otherRuns) {
    if ((marks.components.area[mark] as number) < speck) continue
    kinds.fill(FOREIGN, y * window.width + start, y * window.width + end)
  }
  // The blur of foreign marks is foreign too, and of specks beyond the region.
  const foreign = otherRuns.flatMap((run) => foreignParts(kinds, window, run))
  for (const run of foreign) fillAround(kinds, window, run, 1, FOREIGN)
  // Own ink comes last: its blur is kept even where it touches a ruling or a neighbour.
  for (const run of ownRuns) fillAround(kinds, window, run, HALO_PX, OWN)
  return kinds
}

/** What the window holds apart from marks: paper, and foreign what is ruling or beyond the region. */
function regionKinds(rulings: Uint8Array, region: CutRegion, window: Window, pageWidth: number): Uint8Array {
  const { x0, top, width, height } = window
  const kinds = new Uint8Array(width * height)
  const tops = Float64Array.from({ length: width }, (_, x) => region.topAt(x0 + x))
  const bottoms = Float64Array.from({ length: width }, (_, x) => region.bottomAt(x0 + x))
  for (let y = 0; y < height; y++) {
    const middle = top + y + 0.5
    const left = region.leftAt(top + y)
    const right = region.rightAt(top + y)
    const source = (top + y) * pageWidth + x0
    for (let x = 0; x < width; x++) {
      const isInside =
        x0 + x + 0.5 > left && x0 + x + 0.5 < right && middle > (tops[x] as number) && middle < (bottoms[x] as number)
      if (!isInside || rulings[source + x] === 1) kinds[y * width + x] = FOREIGN
    }
  }
  return kinds
}

/** A run of a mark within a window, in the window's pixels (half-open). */
interface WindowRun {
  readonly y: number
  readonly start: number
  readonly end: number
  readonly mark: number
}

function runsIn({ components, firstRun }: PageMarks, { x0, top, width, height }: Window): WindowRun[] {
  const { runStart, runEnd, runOf } = components
  const runs: WindowRun[] = []
  for (let y = 0; y < height; y++) {
    const last = firstRun[top + y + 1] ?? 0
    for (let i = firstRun[top + y] ?? 0; i < last; i++) {
      const start = Math.max(0, (runStart[i] as number) - x0)
      const end = Math.min(width, (runEnd[i] as number) - x0)
      if (start < end) runs.push({ y, start, end, mark: runOf[i] as number })
    }
  }
  return runs
}

/** The parts of a run that are foreign. */
function foreignParts(kinds: Uint8Array, window: Window, run: WindowRun): WindowRun[] {
  const parts: WindowRun[] = []
  const isForeign = (x: number): boolean => x < run.end && kinds[run.y * window.width + x] === FOREIGN
  for (let x = run.start; x < run.end; x++) {
    if (!isForeign(x)) continue
    const start = x
    while (isForeign(x)) x++
    parts.push({ ...run, start, end: x })
  }
  return parts
}

function fillAround(
  kinds: Uint8Array,
  window: Window,
  { y, start, end }: WindowRun,
  reach: number,
  kind: number,
): void {
  const from = Math.max(0, start - reach)
  const to = Math.min(window.width, end + reach)
  for (let v = Math.max(0, y - reach); v <= Math.min(window.height - 1, y + reach); v++) {
    kinds.fill(kind, v * window.width + from, v * window.width + to)
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
