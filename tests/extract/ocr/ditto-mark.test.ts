import { describe, expect, test } from 'vitest'
import { isDittoMark } from '../../../src/extract/ocr/find-ditto-mark.ts'
import { drawStrokes, type Stroke } from '../../support/draw-strokes.ts'

/** Two strokes of a length, `apart` from each other, that lean to the right by so much of their length; in glyphs. */
const pair = (length: number, apart: number, lean: number): readonly Stroke[] =>
  [0, apart].map(
    (x): Stroke => [
      [x + lean * length, 0],
      [x, length],
    ],
  )

describe.each([16, 24, 40])('at glyphs of %d pixels', (size) => {
  const isDitto = (strokes: readonly Stroke[]) => isDittoMark(drawStrokes(strokes, size))

  test.each<[string, readonly Stroke[]]>([
    ['two slanted strokes', pair(0.5, 0.28, 0.25)],
    ['two steep ones', pair(0.6, 0.3, 0.2)],
    ['two upright marks of quotation', pair(0.36, 0.26, 0)],
    ['two that lean far', pair(0.5, 0.4, 0.6)],
  ])('%s are the same as above', (_name, strokes) => {
    expect(isDitto(strokes)).toBe(true)
  })

  test.each<[string, readonly Stroke[]]>([
    ['an 11', pair(0.9, 0.5, 0)],
    ['an 11 in italics', pair(0.9, 0.5, 0.25)],
    ['one stroke', pair(0.5, 0.3, 0.25).slice(0, 1)],
    [
      'two that part (八)',
      [
        [
          [0.3, 0],
          [0, 0.5],
        ],
        [
          [0.6, 0],
          [0.9, 0.5],
        ],
      ],
    ],
    [
      'three',
      [
        ...pair(0.5, 0.3, 0.25),
        [
          [0.725, 0],
          [0.6, 0.5],
        ],
      ],
    ],
    [
      'two joined by a bar (H)',
      [
        ...pair(0.6, 0.4, 0),
        [
          [0, 0.3],
          [0.4, 0.3],
        ],
      ],
    ],
    [
      'an equals sign',
      [
        [
          [0, 0.1],
          [0.5, 0.1],
        ],
        [
          [0, 0.4],
          [0.5, 0.4],
        ],
      ],
    ],
    [
      'a long stroke beside a short one',
      [
        [
          [0.1, 0],
          [0, 0.6],
        ],
        [
          [0.4, 0.3],
          [0.37, 0.6],
        ],
      ],
    ],
  ])('%s: not', (_name, strokes) => {
    expect(isDitto(strokes)).toBe(false)
  })
})

describe('a fax of it', () => {
  const rough = [
    '....###......#.#.',
    ...Array<string>(6).fill('....####....###..'),
    ...Array<string>(6).fill('...####....###...'),
  ]
  const fax = [...rough, ...Array<string>(4).fill('.####....###.....'), '.#.......##......']
  const glyphOf = (rows: readonly string[]) => {
    const [width, height] = [rows[0]?.length ?? 0, rows.length]
    const data = Uint8Array.from(rows.flatMap((row) => [...row].map((pixel) => (pixel === '#' ? 0 : 255))))
    const ink = { x0: 0, top: 0, x1: width, bottom: height }
    return { grey: { width, height, data }, bboxPx: ink, inkInCrop: ink, glyphHeightPx: 36, paper: 255 }
  }

  test('with rough ends of strokes is the same', () => {
    expect(isDittoMark(glyphOf(fax))).toBe(true)
  })

  test('joined by a bar it is an H', () => {
    const bar = Array<string>(4).fill('...#########.....')
    expect(isDittoMark(glyphOf([...fax.slice(0, 7), ...bar, ...fax.slice(11)]))).toBe(false)
  })
})
