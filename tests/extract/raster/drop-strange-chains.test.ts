import { describe, expect, test } from 'vitest'
import { dropStrangeChains } from '../../../src/extract/raster/drop-strange-chains.ts'
import type { DashChain } from '../../../src/extract/raster/find-dash-chains.ts'

const SIZE = 400

interface Sketch {
  readonly at: number
  readonly from: number
  readonly to: number
  readonly pitch?: number
  readonly grey?: number
  readonly isRow?: boolean
}

/** Dotted lines as they lie on a page, and the page's darkness. */
function draw(sketches: readonly Sketch[]): { chains: readonly DashChain[]; data: Uint8Array } {
  const data = new Uint8Array(SIZE * SIZE)
  const chains = sketches.map(({ at, from, to, pitch = 6, grey = 200, isRow = false }): DashChain => {
    const along: number[] = []
    for (let start = from; start < to; start += pitch) {
      along.push(start, start + 2)
      for (let t = start; t <= start + 2; t += 1) data[isRow ? at * SIZE + t : t * SIZE + at] = grey
    }
    return { isRow, along, across: along.map(() => at), thickness: 2 }
  })
  return { chains, data }
}

const RULINGS: readonly Sketch[] = [20, 90, 160, 230, 300].map((at) => ({ at, from: 10, to: 390 }))
function kept(...others: readonly Sketch[]): readonly number[] {
  const { chains, data } = draw([...RULINGS, ...others])
  return dropStrangeChains(chains, { width: SIZE, height: SIZE, data }).map(({ across }) => across[0] ?? 0)
}
const rulings = RULINGS.map(({ at }) => at)

describe('dotted lines amid dotted rulings', () => {
  test.each<[string, Sketch]>([
    ['strokes of words that repeat row by row, at another pitch', { at: 120, from: 60, to: 160, pitch: 13 }],
    ['rulings of the other side of the sheet, fainter', { at: 120, from: 60, to: 200, grey: 90 }],
  ])('are none: %s', (_, other) => expect(kept(other)).toEqual(rulings))

  test.each<[string, Sketch]>([
    ['like the others, though they part only some rows', { at: 120, from: 60, to: 160 }],
    ['a little fainter', { at: 120, from: 60, to: 160, grey: 150 }],
    ['of another pitch, from top to bottom', { at: 120, from: 10, to: 380, pitch: 13 }],
    ['of another pitch in the other direction', { at: 120, from: 60, to: 160, pitch: 13, isRow: true }],
  ])('stay: %s', (_, other) => expect(kept(other)).toEqual(expect.arrayContaining([...rulings, 120])))

  test('all stay where those of another pitch are many', () => {
    const many = [50, 120, 190, 260].map((at) => ({ at, from: 60, to: 210, pitch: 13 }))
    expect(kept(...many)).toHaveLength(RULINGS.length + many.length)
  })
})
