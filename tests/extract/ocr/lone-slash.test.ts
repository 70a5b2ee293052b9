import { describe, expect, test } from 'vitest'
import { charactersToReading, type OcrEngine } from '../../../src/extract/ocr/ocr-engine.ts'
import { readLines } from '../../../src/extract/ocr/read-lines.ts'
import type { LineImage } from '../../../src/extract/raster/image.ts'
import { drawStrokes, type Stroke } from '../../support/draw-strokes.ts'

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
    expect(await readAs(drawStrokes(strokes, size), '1', confidence)).toBe(meant)
  })
})
