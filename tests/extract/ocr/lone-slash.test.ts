import { describe, expect, test } from 'vitest'
import { charactersToReading, type OcrEngine } from '../../../src/extract/ocr/ocr-engine.ts'
import { readLines } from '../../../src/extract/ocr/read-lines.ts'
import type { LineImage } from '../../../src/extract/raster/image.ts'

type Point = readonly [x: number, y: number]
type Stroke = readonly [from: Point, to: Point]

const PAPER = 225

/** A line with a glyph of these strokes, whose points are in heights of the glyph from its top left corner. */
function draw(strokes: readonly Stroke[], size: number): LineImage {
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

async function readAs(line: LineImage, text: string, confidence: number): Promise<string | undefined> {
  const engine: OcrEngine = {
    name: 'paddle',
    recognize: async (lines) => lines.map(() => charactersToReading([{ text, confidence, alternatives: [] }])),
    close: async () => undefined,
  }
  const [reading] = await readLines(engine, [line], 'any', new AbortController().signal)
  return reading?.text
}

/** A stroke that leans to the right by so much of its height. */
const leaning = (lean: number): Stroke => [
  [lean, 0],
  [0, 1],
]
const UPRIGHT: Stroke = [
  [0.3, 0],
  [0.3, 1],
]
const FLAG: Stroke = [
  [0.3, 0],
  [0.08, 0.2],
]

describe.each([18, 24, 40])('a lone stroke of %d pixels that a reader calls a 1', (size) => {
  test.each<[string, readonly Stroke[], number, string]>([
    ['leans by 16 degrees: a slash', [leaning(0.28)], 0.6, '/'],
    ['leans by 27 degrees: a slash', [leaning(0.5)], 0.8, '/'],
    ['leans as far, and is read surely: what it is read as', [leaning(0.28)], 0.97, '1'],
    ['stands upright', [UPRIGHT], 0.6, '1'],
    ['stands upright with a flag', [UPRIGHT, FLAG], 0.6, '1'],
    [
      'leans to the left',
      [
        [
          [0, 0],
          [0.4, 1],
        ],
      ],
      0.6,
      '1',
    ],
    [
      'leans with a flag',
      [
        leaning(0.25),
        [
          [0.25, 0],
          [0, 0.25],
        ],
      ],
      0.6,
      '1',
    ],
    [
      'is a 7',
      [
        leaning(0.3),
        [
          [0, 0.02],
          [0.35, 0.02],
        ],
      ],
      0.6,
      '1',
    ],
  ])('%s', async (_name, strokes, confidence, meant) => {
    expect(await readAs(draw(strokes, size), '1', confidence)).toBe(meant)
  })
})
