import type { BitImage } from '../../../src/extract/raster/image.ts'
import { encodeFax } from './encode-fax.ts'

/** States of the arithmetic coder (ITU-T T.88, table E.1): probability, next after the likely and the unlikely, switch. */
const STATES =
  '5601 1 1 1,3401 2 6 0,1801 3 9 0,0AC1 4 12 0,0521 5 29 0,0221 38 33 0,5601 7 6 1,5401 8 14 0,4801 9 14 0,3801 10 14 0,3001 11 17 0,2401 12 18 0,1C01 13 20 0,1601 29 21 0,5601 15 14 1,5401 16 14 0,5101 17 15 0,4801 18 16 0,3801 19 17 0,3401 20 18 0,3001 21 19 0,2801 22 19 0,2401 23 20 0,2201 24 21 0,1C01 25 22 0,1801 26 23 0,1601 27 24 0,1401 28 25 0,1201 29 26 0,1101 30 27 0,0AC1 31 28 0,09C1 32 29 0,08A1 33 30 0,0521 34 31 0,0441 35 32 0,02A1 36 33 0,0221 37 34 0,0141 38 35 0,0111 39 36 0,0085 40 37 0,0049 41 38 0,0025 42 39 0,0015 43 40 0,0009 44 41 0,0005 45 42 0,0001 45 43 0,5601 46 46 0'
    .split(',')
    .map((state) => {
      const [qe = '', likely = '', unlikely = '', switches = ''] = state.split(' ')
      return { qe: Number.parseInt(qe, 16), likely: +likely, unlikely: +unlikely, switches: switches === '1' }
    })

class ArithmeticEncoder {
  readonly #index = new Uint8Array(1 << 16)
  readonly #likely = new Uint8Array(1 << 16)
  readonly #out: number[] = [0]
  #a = 0x8000
  #c = 0
  #count = 12

  add(context: number, bit: number): void {
    const state = STATES[this.#index[context] ?? 0]
    if (state === undefined) throw new Error('there is no such state')
    const { qe } = state
    this.#a -= qe
    if (bit === this.#likely[context]) {
      if ((this.#a & 0x8000) !== 0) {
        this.#c += qe
        return
      }
      if (this.#a < qe) this.#a = qe
      else this.#c += qe
      this.#index[context] = state.likely
    } else {
      if (this.#a < qe) this.#c += qe
      else this.#a = qe
      if (state.switches) this.#likely[context] = 1 - (this.#likely[context] ?? 0)
      this.#index[context] = state.unlikely
    }
    do {
      this.#a = (this.#a << 1) & 0xffff
      this.#c *= 2
      this.#count--
      if (this.#count === 0) this.#byteOut()
    } while ((this.#a & 0x8000) === 0)
  }

  #byteOut(): void {
    const last = this.#out.length - 1
    if (this.#out[last] !== 0xff && this.#c >= 0x8000000) {
      this.#out[last] = (this.#out[last] ?? 0) + 1
      this.#c -= 0x8000000
    }
    const shift = this.#out[last] === 0xff ? 20 : 19
    this.#out.push(Math.floor(this.#c / 2 ** shift) & 0xff)
    this.#c %= 2 ** shift
    this.#count = shift === 20 ? 7 : 8
  }

  finish(): Uint8Array {
    const limit = this.#c + this.#a
    this.#c = Math.floor(this.#c / 0x10000) * 0x10000 + 0xffff
    if (this.#c >= limit) this.#c -= 0x8000
    for (let i = 0; i < 2; i++) {
      this.#c *= 2 ** this.#count
      this.#byteOut()
    }
    return Uint8Array.from([...this.#out.slice(1), 0xff, 0xac])
  }
}

/** Pixels that a pixel's context is made of (x, y from it): the nominal ones of template 0. */
const TEMPLATE = [
  [-1, -2], [0, -2], [1, -2], [-2, -1], [-1, -1], [0, -1], [1, -1], [2, -1],
  [-4, 0], [-3, 0], [-2, 0], [-1, 0], [3, -1], [-3, -1], [2, -2], [-2, -2],
] as const // biome-ignore format: a picture of the template

function codeArithmetically({ width, height, data }: BitImage): Uint8Array {
  const encoder = new ArithmeticEncoder()
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width ? 0 : (data[y * width + x] ?? 0))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const context = TEMPLATE.reduce((sum, [dx, dy]) => sum * 2 + at(x + dx, y + dy), 0)
      encoder.add(context, at(x, y))
    }
  }
  return encoder.finish()
}

function uint32(...values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, index * 4)
  return buffer
}

function segment(index: number, type: number, page: number, data: Uint8Array): Buffer {
  return Buffer.concat([uint32(index), Buffer.from([type, 0, page]), uint32(data.length), data])
}

/** JBIG2 as PDF holds it (no file header): a page of one generic region, coded as fax (MMR) or arithmetically. 1 is black. */
export function encodeJbig2(image: BitImage, coding: 'mmr' | 'arithmetic'): Uint8Array {
  const { width, height } = image
  const page = Buffer.concat([uint32(width, height, 0, 0), Buffer.from([0, 0, 0])])
  const nominal = Buffer.from([3, -1, -3, -1, 2, -2, -2, -2])
  const coded =
    coding === 'mmr'
      ? [Buffer.from([1]), encodeFax(image, { k: -1 })]
      : [Buffer.from([0]), nominal, codeArithmetically(image)]
  const region = Buffer.concat([uint32(width, height, 0, 0), Buffer.from([0]), ...coded])
  return Buffer.concat([segment(0, 48, 1, page), segment(1, 38, 1, region)])
}
