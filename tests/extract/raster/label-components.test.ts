import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelComponents } from '../../../src/extract/raster/label-components.ts'

/** The same by flooding, slowly. */
function areasByFlooding(width: number, height: number, data: Uint8Array): number[] {
  const rest = Uint8Array.from(data)
  const areas: number[] = []
  for (let seed = 0; seed < rest.length; seed++) {
    if (rest[seed] === 0) continue
    rest[seed] = 0
    const queue = [seed]
    for (const i of queue) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          const x = (i % width) + dx
          const y = Math.floor(i / width) + dy
          if (x < 0 || y < 0 || x >= width || y >= height || rest[y * width + x] === 0) continue
          rest[y * width + x] = 0
          queue.push(y * width + x)
        }
      }
    }
    areas.push(queue.length)
  }
  return areas.sort((a, b) => a - b)
}

test('components are those that flooding finds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 140 }),
      (width, bits) => {
        const height = Math.floor(bits.length / width)
        const data = Uint8Array.from(bits.slice(0, width * height))
        const { area } = labelComponents({ width, height, data })
        expect([...area].sort((a, b) => a - b)).toEqual(areasByFlooding(width, height, data))
      },
    ),
  )
})
