import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { LineImage } from '../../src/extract/raster/image.ts'
import type { CatalogueEntry } from '../../src/model/catalogue.ts'
import type { Random } from '../generate/random.ts'

/** A cell "[code]name" as a bad scan shows it, with the entry that was printed. */
export interface DrawnCell {
  readonly truth: CatalogueEntry
  readonly line: LineImage
}

/** How badly cells are printed and scanned; pixels and grey levels. */
export interface CellWear {
  readonly name: string
  /** Height of a glyph, lowest and highest. */
  readonly glyphPx: readonly [number, number]
  /** Radius of the blur, as a share of the glyph's height. */
  readonly blur: readonly [number, number]
  /** Standard deviation of the grain. */
  readonly noise: readonly [number, number]
  /** How dark the ink is against its paper. */
  readonly contrast: readonly [number, number]
  /** Strokes of ink or of white across the line. */
  readonly strokes: number
}

export const CELL_WEARS: readonly CellWear[] = [
  { name: 'small print', glyphPx: [14, 18], blur: [0.03, 0.06], noise: [6, 14], contrast: [110, 190], strokes: 0 },
  { name: 'tiny print', glyphPx: [10, 13], blur: [0.03, 0.07], noise: [6, 14], contrast: [110, 190], strokes: 0 },
  {
    name: 'blurred and noisy',
    glyphPx: [14, 18],
    blur: [0.05, 0.09],
    noise: [12, 20],
    contrast: [80, 130],
    strokes: 0,
  },
  { name: 'struck through', glyphPx: [15, 20], blur: [0.03, 0.06], noise: [6, 14], contrast: [110, 190], strokes: 3 },
]

const FONTS = ['AR PL UMing CN', 'Noto Serif CJK SC', 'Noto Sans CJK SC', 'AR PL UKai CN', 'WenQuanYi Zen Hei']
const PAPER = 238
const MARGIN = 0.4
/** Glyphs are drawn so much larger and averaged down: that is what a scanner does. */
const OVERSAMPLING = 4

/** Draws `count` cells of random entries. The same seed gives the same cells; the same pixels only with the same fonts. */
export function drawCells(
  entries: readonly CatalogueEntry[],
  wear: CellWear,
  count: number,
  random: Random,
): readonly DrawnCell[] {
  return Array.from({ length: count }, () => {
    const truth = random.pick(entries)
    return { truth, line: drawLine(`[${truth.code}]${truth.name}`, wear, random) }
  })
}

export function drawLine(text: string, wear: CellWear, random: Random): LineImage {
  const glyphPx = random.between(...wear.glyphPx)
  const size = glyphPx * OVERSAMPLING
  const margin = size * MARGIN
  const font = `${size}px "${random.pick(FONTS)}"`
  const measuring = createCanvas(1, 1).getContext('2d')
  measuring.font = font
  const width = Math.ceil((measuring.measureText(text).width + 2 * margin) / OVERSAMPLING)
  const height = Math.ceil((size * 1.1 + 2 * margin) / OVERSAMPLING)
  const canvas = createCanvas(width * OVERSAMPLING, height * OVERSAMPLING)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  const blur = random.between(...wear.blur) * size
  context.filter = `blur(${blur}px)`
  context.fillStyle = '#000'
  context.font = font
  context.textBaseline = 'middle'
  context.fillText(text, margin + random.next(), canvas.height / 2)
  for (let stroke = 0; stroke < wear.strokes; stroke += 1) drawStroke(context, size, random)
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
  const grey = averageDown(data, width, height, random.between(...wear.contrast), random.between(...wear.noise), random)
  const inset = (MARGIN - 0.05) * glyphPx
  const ink = { x0: inset, top: inset, x1: width - inset, bottom: height - inset }
  return { grey: { width, height, data: grey }, bboxPx: ink, inkInCrop: ink, glyphHeightPx: glyphPx, paper: PAPER }
}

function drawStroke(context: SKRSContext2D, size: number, random: Random): void {
  const { width, height } = context.canvas
  const x = random.between(0, width)
  context.strokeStyle = random.chance(0.5) ? '#000' : '#fff'
  context.lineWidth = size * random.between(0.06, 0.16)
  context.beginPath()
  context.moveTo(x, random.between(0, height))
  context.lineTo(x + random.between(-2, 2) * size, random.between(0, height))
  context.stroke()
}

function averageDown(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  contrast: number,
  noise: number,
  random: Random,
): Uint8Array {
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0
      for (let dy = 0; dy < OVERSAMPLING; dy += 1) {
        for (let dx = 0; dx < OVERSAMPLING; dx += 1) {
          sum += rgba[4 * ((y * OVERSAMPLING + dy) * width * OVERSAMPLING + x * OVERSAMPLING + dx)] ?? 0
        }
      }
      const light = sum / (255 * OVERSAMPLING ** 2)
      const level = PAPER - contrast * (1 - light) + noise * random.normal()
      grey[y * width + x] = Math.round(Math.max(0, Math.min(255, level)))
    }
  }
  return grey
}
