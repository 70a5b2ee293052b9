import { describe, expect, test } from 'vitest'
import { findComb } from '../../../src/extract/raster/find-comb.ts'
import type { RulingLine } from '../../../src/extract/raster/ruling-lines.ts'

const GLYPH = 20
const lines = (...positions: number[]): RulingLine[] =>
  positions.map((position) => ({ position, isVirtual: false, segments: [] }) as unknown as RulingLine)

describe('verticals of a row between two merged ones', () => {
  const frame = [1, 1, 1]
  const tooth = [0, 1, 0]
  test.each([
    [
      'stand where several stand whole',
      [frame, tooth, tooth, tooth, frame],
      lines(0, 43, 86, 130),
      [false, true, true, true, false],
    ],
    ['do not where the row is as low as print', [frame, tooth, tooth, tooth, frame], lines(0, 43, 68, 130), undefined],
    ['do not by twos (the ring of a seal)', [frame, frame, tooth, tooth, frame], lines(0, 43, 86, 130), undefined],
    [
      'do not where a stroke covers them in part',
      [frame, tooth, [0, 0.8, 0], tooth, tooth, frame],
      lines(0, 43, 86, 130),
      [false, true, false, true, true, false],
    ],
  ])('%s', (_, scores, rows, expected) => {
    expect(findComb(scores, rows, GLYPH)).toEqual(expected ?? scores.map(() => false))
  })
})
