import type { BoundingBox } from '../../model/bounding-box.ts'
import { around, dilate } from './dilate.ts'
import type { BitImage, ColorImage, GreyImage } from './image.ts'
import { labelComponents } from './label-components.ts'

/** A pixel counts as coloured when its channels differ by this much, after the paper's own tint is taken out. */
const COLOURED = 45
/** Where a stamp is worn it still shows this much; it holds its figure together, but makes none by itself. */
const TINTED = 26
const COLOURED_SHARE = 0.35
/** A4 at 200 dpi, the unit of the sizes below. */
const A4_LONG_SIDE_PX = 2339
/** 11 mm: the smallest stamps are bigger, print in colour is smaller. */
const MIN_SEAL_PX = 88
const MAX_SEAL_PX = 560

type Hue = 'red' | 'blue'

/**
 * Colour to grey, with red and blue seals taken off the paper. Print under a seal stays; coloured text that is not a
 * seal (its strokes form no stamp-sized figure) becomes ordinary grey. `sealShare` is the share of pixels lifted.
 */
export function liftSeals(image: ColorImage): { grey: GreyImage; sealShare: number } {
  const { width, height, data } = image
  const grey = new Uint8Array(width * height)
  for (let i = 0, j = 0; i < grey.length; i++, j += 3) {
    grey[i] = (77 * (data[j] as number) + 150 * (data[j + 1] as number) + 29 * (data[j + 2] as number)) >> 8
  }
  const paper = paperColour(image)
  let lifted = 0
  if (paper !== null) {
    for (const hue of ['red', 'blue'] as const) {
      const coloured = colouredPixels(image, paper, hue)
      if (coloured === null) continue
      for (const box of sealBoxes(coloured.tinted, coloured.strong)) lifted += liftSeal(image, grey, paper, hue, box)
    }
  }
  return { grey: { width, height, data: grey }, sealShare: lifted / grey.length }
}

/** The paper's own colour (80th percentile of each channel), or null when the page has no colour at all. */
function paperColour({ data }: ColorImage): readonly [number, number, number] | null {
  const [reds, greens, blues] = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)]
  let isGrey = true
  let seen = 0
  for (let j = 0; j + 2 < data.length; j += 3 * 5) {
    const r = data[j] as number
    const g = data[j + 1] as number
    const b = data[j + 2] as number
    if (r !== g || g !== b) isGrey = false
    reds[r] = (reds[r] as number) + 1
    greens[g] = (greens[g] as number) + 1
    blues[b] = (blues[b] as number) + 1
    seen++
  }
  if (isGrey) return null
  const [r, g, b] = [reds, greens, blues].map((histogram) => {
    let above = 0
    let level = 255
    while (level > 60 && above < seen * 0.2) above += histogram[level--] ?? 0
    return level + 1
  })
  return [r ?? 255, g ?? 255, b ?? 255]
}

/** How strongly a pixel shows the hue (0 none, 255 pure), against the paper's tint. */
function hueStrength(hue: Hue, r: number, g: number, b: number): number {
  return hue === 'red' ? r - Math.max(g, b) : b - Math.max(r, Math.min(g, (r + 2 * g) / 3))
}

/** The pixels that show the hue at all, and among them those that show it plainly. */
interface ColouredPixels {
  readonly tinted: BitImage
  readonly strong: Uint8Array
}

function colouredPixels(image: ColorImage, paper: readonly [number, number, number], hue: Hue): ColouredPixels | null {
  const { width, height, data } = image
  const [pr, pg, pb] = paper
  const tinted = new Uint8Array(width * height)
  const strong = new Uint8Array(width * height)
  let count = 0
  for (let i = 0, j = 0; i < tinted.length; i++, j += 3) {
    const r = ((data[j] as number) * 255) / pr
    const g = ((data[j + 1] as number) * 255) / pg
    const b = ((data[j + 2] as number) * 255) / pb
    const strength = hueStrength(hue, r, g, b)
    if (strength < TINTED) continue
    tinted[i] = 1
    if (strength < COLOURED) continue
    strong[i] = 1
    count++
  }
  return count < 200 ? null : { tinted: { width, height, data: tinted }, strong }
}

/** Boxes of stamp-sized figures: a ring, a star or a square frame is one connected figure, text is not. */
function sealBoxes(coloured: BitImage, strong: Uint8Array): BoundingBox[] {
  const unit = Math.max(coloured.width, coloured.height) / A4_LONG_SIDE_PX
  const radius = Math.max(1, Math.round(2 * unit))
  const components = labelComponents(dilate(coloured, around(radius, radius)))
  const boxes: BoundingBox[] = []
  for (let k = 0; k < components.count; k++) {
    const x0 = components.x0[k] as number
    const x1 = components.x1[k] as number
    const top = components.top[k] as number
    const bottom = components.bottom[k] as number
    const small = Math.min(x1 - x0, bottom - top)
    const big = Math.max(x1 - x0, bottom - top)
    // The ring may leave the page or be broken: half of one is twice as wide as high.
    const isSealSized = small >= MIN_SEAL_PX * unit && big <= MAX_SEAL_PX * unit && big <= 2.6 * small
    if (isSealSized && strongShare(coloured, strong, { x0, top, x1, bottom }) >= COLOURED_SHARE) {
      const margin = Math.round(4 * unit)
      boxes.push({ x0: x0 - margin, top: top - margin, x1: x1 + margin, bottom: bottom + margin })
    }
  }
  return boxes
}

/** The share of the coloured pixels of a box that are plainly coloured: noise about black print is not. */
function strongShare({ width, data }: BitImage, strong: Uint8Array, box: BoundingBox): number {
  let [all, plain] = [0, 0]
  for (let y = box.top; y < box.bottom; y++) {
    for (let i = y * width + box.x0; i < y * width + box.x1; i++) {
      all += data[i] ?? 0
      plain += strong[i] ?? 0
    }
  }
  return plain / Math.max(1, all)
}

/**
 * Divides the stamp's own colour out of the channel in which it is palest: paper under the stamp becomes paper again,
 * print stays as dark as it is. Returns the number of pixels changed.
 */
function liftSeal(
  image: ColorImage,
  grey: Uint8Array,
  paper: readonly [number, number, number],
  hue: Hue,
  box: BoundingBox,
): number {
  const { width, height, data } = image
  const channel = hue === 'red' ? 0 : 2
  const [pr, pg, pb] = paper
  const paperLevel = (77 * pr + 150 * pg + 29 * pb) / 256
  const strengths: number[] = []
  const levels: number[] = []
  const greys: number[] = []
  const visit = (action: (i: number, strength: number, level: number) => void): void => {
    for (let y = Math.max(0, box.top); y < Math.min(height, box.bottom); y++) {
      for (let x = Math.max(0, box.x0); x < Math.min(width, box.x1); x++) {
        const j = (y * width + x) * 3
        const r = ((data[j] as number) * 255) / pr
        const g = ((data[j + 1] as number) * 255) / pg
        const b = ((data[j + 2] as number) * 255) / pb
        const strength = hueStrength(hue, r, g, b)
        if (strength >= 12) action(y * width + x, strength, channel === 0 ? r : b)
      }
    }
  }
  visit((i, strength, level) => {
    if (strength < COLOURED) return
    strengths.push(strength)
    levels.push(level)
    greys.push(grey[i] as number)
  })
  if (strengths.length === 0) return 0
  const core = percentile(strengths, 0.75)
  // Print under the stamp is dark in every channel; the stamp on paper is the brighter half of its pixels.
  const stampLevel = Math.min(255, Math.max(60, percentile(levels, 0.4)))
  const stampGrey = Math.min(paperLevel, Math.max(40, percentile(greys, 0.15)))
  let lifted = 0
  visit((i, strength, level) => {
    const share = Math.min(1, strength / core)
    const byChannel = (Math.min(255, (1.04 * level) / (1 - share * (1 - stampLevel / 255))) * paperLevel) / 255
    // JPEG smears colour but not brightness: where print lies under the stamp, brightness tells.
    const byBrightness = (1.04 * (grey[i] as number)) / (1 - share * (1 - stampGrey / paperLevel))
    grey[i] = Math.max(grey[i] as number, Math.round(Math.min(byChannel, byBrightness, paperLevel)))
    lifted++
  })
  return lifted
}

function percentile(values: number[], share: number): number {
  values.sort((a, b) => a - b)
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
}
