/** Bits one after another, the highest of a byte first; `bytes` fills the last byte with zeros. */
export class BitWriter {
  readonly #bytes: number[] = []
  #filled = 0

  /** Adds a number of `length` bits, or a code given as its bits in text. */
  add(value: number | string, length = 0): this {
    const bits = typeof value === 'string' ? value : value.toString(2).padStart(length, '0')
    for (const bit of bits) {
      if (this.#filled % 8 === 0) this.#bytes.push(0)
      if (bit === '1') {
        this.#bytes[this.#bytes.length - 1] = (this.#bytes.at(-1) ?? 0) | (0x80 >> (this.#filled % 8))
      }
      this.#filled++
    }
    return this
  }

  /** Goes on at the next whole byte. */
  align(): this {
    this.#filled = this.#bytes.length * 8
    return this
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes)
  }
}
