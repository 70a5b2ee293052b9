import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dilate } from '../../../src/extract/raster/dilate.ts'

test('a pixel is set where a set one lies within reach, and nowhere else', () => {
  const [width, height] = [9, 7]
  const reaches = fc.record({ left: fc.nat(3), right: fc.nat(3), up: fc.nat(3), down: fc.nat(3) })
  const masks = fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: width * height, maxLength: width * height })
  fc.assert(
    fc.property(masks, reaches, (bits, reach) => {
      const { data } = dilate({ width, height, data: Uint8Array.from(bits) }, reach)
      const expected = bits.map((_, i) => {
        const [x, y] = [i % width, Math.floor(i / width)]
        return bits.some((bit, j) => {
          const [dx, dy] = [x - (j % width), y - Math.floor(j / width)]
          return bit === 1 && dx >= -reach.left && dx <= reach.right && dy >= -reach.up && dy <= reach.down
        })
          ? 1
          : 0
      })
      expect([...data]).toEqual(expected)
    }),
  )
})
