import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextSet, nextUnset, toMaskBytes } from '../../../src/extract/raster/scan-mask.ts'

const masks = fc
  .array(fc.tuple(fc.nat({ max: 12 }), fc.constantFrom(0, 1, 255)), { minLength: 1, maxLength: 12 })
  .map((runs) => runs.flatMap(([length, value]) => Array.from({ length }, () => value)))

/** Indexes from `from` on that `isWanted`, as one would look for them byte by byte. */
function firstOf(bytes: readonly number[], from: number, to: number, isWanted: (byte: number) => boolean): number {
  for (let i = from; i < to; i++) if (isWanted(bytes[i] ?? 0)) return i
  return to
}

test('four bytes at a time the same places are found as one by one, wherever the mask begins in its memory', () => {
  fc.assert(
    fc.property(masks, fc.nat({ max: 5 }), fc.nat(), fc.nat(), (bytes, shift, a, b) => {
      const memory = new Uint8Array(bytes.length + shift)
      memory.set(bytes, shift)
      const mask = toMaskBytes(memory.subarray(shift))
      const [from, to] = [a % (bytes.length + 1), b % (bytes.length + 1)].toSorted((p, q) => p - q) as [number, number]
      expect(nextSet(mask, from, to)).toBe(firstOf(bytes, from, to, (byte) => byte !== 0))
      expect(nextUnset(mask, from, to)).toBe(firstOf(bytes, from, to, (byte) => byte === 0))
    }),
  )
})

test('a search ends where it is told to, also within a word', () => {
  const mask = toMaskBytes(Uint8Array.from([0, 0, 0, 0, 0, 0, 1, 0]))
  expect(nextSet(mask, 0, 6)).toBe(6)
  expect(nextSet(mask, 0, 8)).toBe(6)
  expect(nextSet(mask, 7, 8)).toBe(8)
})
