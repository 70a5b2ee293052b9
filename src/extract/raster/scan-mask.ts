import type { BitImage } from './image.ts'

/** A mask's bytes, and the same bytes four at a time, to be walked over quickly: most of a page is paper. */
export interface MaskBytes {
  readonly data: Uint8Array
  readonly words: Uint32Array
}

/** The words of `data`, which is copied only where it does not begin at a word's start in its memory. */
export function toMaskBytes(data: Uint8Array): MaskBytes {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice()
  return { data: aligned, words: new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2) }
}

/** The first index from `from` on whose byte is not 0; `to` where there is none before it. */
export function nextSet({ data, words }: MaskBytes, from: number, to: number): number {
  let i = from
  while (i < to) {
    if ((i & 3) === 0) {
      while (i + 4 <= to && words[i >> 2] === 0) i += 4
      if (i >= to) break
    }
    if (data[i] !== 0) return i
    i++
  }
  return to
}

/** The first index from `from` on whose byte is 0; `to` where there is none before it. */
export function nextUnset({ data, words }: MaskBytes, from: number, to: number): number {
  let i = from
  while (i < to) {
    if ((i & 3) === 0) {
      while (i + 4 <= to && !hasZeroByte(words[i >> 2] as number)) i += 4
      if (i >= to) break
    }
    if (data[i] === 0) return i
    i++
  }
  return to
}

/** The well-known test: a byte that is 0 borrows from the one above it. */
function hasZeroByte(word: number): boolean {
  return ((word - 0x01010101) & ~word & 0x80808080) !== 0
}

/** Rows become columns; 1 for all that is set. */
export function transposeMask({ width, height, data }: BitImage): BitImage {
  const bytes = toMaskBytes(data)
  const flipped = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    const base = y * width
    const limit = base + width
    for (let i = nextSet(bytes, base, limit); i < limit; i = nextSet(bytes, i + 1, limit)) {
      flipped[(i - base) * height + y] = 1
    }
  }
  return { width: height, height: width, data: flipped }
}
