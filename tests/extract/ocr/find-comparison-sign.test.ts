import { describe, expect, test } from 'vitest'
import { findComparisonSign } from '../../../src/extract/ocr/find-comparison-sign.ts'
import { charactersToReading, type OcrEngine } from '../../../src/extract/ocr/ocr-engine.ts'
import { readLines } from '../../../src/extract/ocr/read-lines.ts'
import type { LineImage } from '../../../src/extract/raster/image.ts'

type Point = readonly [x: number, y: number]
type Stroke = readonly [Point, Point]

const PAPER = 225
/** Strokes in a box of one by one. */
const ARMS: readonly Stroke[] = [
  [
    [0, 0],
    [1, 0.36],
  ],
  [
    [1, 0.36],
    [0, 0.72],
  ],
]
const SLANTED: Stroke = [
  [1, 0.6],
  [0, 1],
]
const LEVEL: Stroke = [
  [0, 1],
  [1, 1],
]
const CENTRE = 0.5
const turn = (strokes: readonly Stroke[]) =>
  strokes.map((stroke) => stroke.map(([x, y]): Point => [2 * CENTRE - x, y]) as unknown as Stroke)

/** A line that begins with a glyph of these strokes, then has as many bars as `more` says. */
function draw(strokes: readonly Stroke[], size: number, more = 0): LineImage {
  const [width, height, margin] = [size * (2 + more), size * 2, Math.round(size / 2)]
  const [w, h] = [0.75 * size, 0.8 * size]
  const data = new Uint8Array(width * height).fill(PAPER)
  const thick = Math.max(1.6, size / 14)
  const all = [
    ...strokes.map((stroke) => stroke.map(([x, y]): Point => [margin + x * w, margin + y * h])),
    ...Array.from({ length: more }, (_, k): Point[] => {
      const x = margin + w + (k + 0.5) * 0.6 * size
      return [
        [x, margin],
        [x, margin + h],
      ]
    }),
  ]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const nearest = Math.min(...all.map(([a, b]) => distance([x + 0.5, y + 0.5], a ?? [0, 0], b ?? [0, 0])))
      const cover = Math.min(1, Math.max(0, thick / 2 + 0.5 - nearest))
      data[y * width + x] = Math.round(PAPER - cover * 190)
    }
  }
  const inked = Array.from(data.keys()).filter((i) => (data[i] ?? PAPER) < PAPER - 60)
  const [xs, ys] = [inked.map((i) => i % width), inked.map((i) => Math.floor(i / width))]
  const ink = { x0: Math.min(...xs), x1: Math.max(...xs) + 1, top: Math.min(...ys), bottom: Math.max(...ys) + 1 }
  return { grey: { width, height, data }, bboxPx: ink, inkInCrop: ink, glyphHeightPx: size, paper: PAPER }
}

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / Math.max(1e-9, dx * dx + dy * dy)))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

describe.each([18, 22, 28, 40])('with glyphs of %d pixels', (size) => {
  test.each([
    ['≥ with a level stroke', [...ARMS, LEVEL], '≥'],
    ['≥ with a slanted stroke', [...ARMS, SLANTED], '≥'],
    ['≤ with a level stroke', turn([...ARMS, LEVEL]), '≤'],
    ['≤ with a slanted stroke', turn([...ARMS, SLANTED]), '≤'],
    ['> has no stroke below', ARMS, null],
    ['= has no arms', [LEVEL, [[0, 0.5] as const, [1, 0.5] as const] as const], null],
    [
      'Z has no mouth',
      [[[0, 0] as const, [1, 0] as const] as const, [[1, 0] as const, [0, 1] as const] as const, LEVEL],
      null,
    ],
    ['V', [[[0, 0] as const, [0.5, 1] as const] as const, [[0.5, 1] as const, [1, 0] as const] as const], null],
  ])('%s', (_, strokes, sign) => {
    expect(findComparisonSign(draw(strokes, size))).toBe(sign)
    expect(findComparisonSign(draw(strokes, size, 2))).toBe(sign)
  })
})

describe('what a reader said of a line that begins with ≥', () => {
  const line = draw([...ARMS, SLANTED], 28, 2)
  const readAs = async (text: string) => {
    const characters = [...text].map((each) => ({ text: each, confidence: 0.97, alternatives: [] }))
    const engine: OcrEngine = {
      name: 'paddle',
      recognize: async (lines) => lines.map(() => charactersToReading(characters)),
      close: async () => undefined,
    }
    const [reading] = await readLines(engine, [line], 'any', new AbortController().signal)
    return reading?.text
  }

  test.each([
    ['V', '≥'],
    ['之', '≥'],
    ['', '≥'],
    ['90%', '≥90%'],
    ['M90%', '≥90%'],
    ['≥90%', '≥90%'],
    ['V.85', '≥85'],
    ['2次', '≥2次'],
    ['之江路整治', '之江路整治'],
  ])('%s is %s', async (text, meant) => expect(await readAs(text)).toBe(meant))
})
