import { BitWriter } from './bit-writer.ts'

/** Samples (0 to 1) of `channels` a pixel as PDF packs them: `bits` each, rows begin in a whole byte. */
export function packSamples(samples: readonly number[], rowLength: number, bits: number): Uint8Array {
  const writer = new BitWriter()
  for (const [index, sample] of samples.entries()) {
    if (index % rowLength === 0) writer.align()
    const value = Math.round(sample * (2 ** bits - 1))
    writer.add(value, bits)
  }
  return writer.bytes()
}

/** The PNG predictor `kind` (0 none, 1 sub, 2 up, 3 average, 4 Paeth) before each row of `rowBytes`. */
export function predictPng(
  bytes: Uint8Array,
  rowBytes: number,
  pixelBytes: number,
  kindOf: (row: number) => number,
): Uint8Array {
  const rows = bytes.length / rowBytes
  const out = new Uint8Array(rows * (rowBytes + 1))
  const at = (row: number, i: number): number => (row < 0 || i < 0 ? 0 : (bytes[row * rowBytes + i] ?? 0))
  for (let row = 0; row < rows; row++) {
    const kind = kindOf(row)
    out[row * (rowBytes + 1)] = kind
    for (let i = 0; i < rowBytes; i++) {
      const [left, up, corner] = [
        at(row, i - pixelBytes),
        at(row - 1, i),
        i < pixelBytes ? 0 : at(row - 1, i - pixelBytes),
      ]
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind] ?? 0
      out[row * (rowBytes + 1) + 1 + i] = at(row, i) - guess
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

/** TIFF's predictor: each 8-bit sample less the one of the pixel to its left. */
export function predictTiff(bytes: Uint8Array, rowBytes: number, channels: number): Uint8Array {
  return bytes.map((byte, i) => (i % rowBytes < channels ? byte : byte - (bytes[i - channels] ?? 0)))
}

/** Base 85 as PDF has it, ended by ~>. */
export function encodeAscii85(bytes: Uint8Array): Uint8Array {
  let text = ''
  for (let i = 0; i < bytes.length; i += 4) {
    const group = [0, 1, 2, 3].map((k) => bytes[i + k] ?? 0)
    const length = Math.min(4, bytes.length - i)
    let value = group.reduce((sum, byte) => sum * 256 + byte, 0)
    if (value === 0 && length === 4) {
      text += 'z'
      continue
    }
    let digits = ''
    for (let k = 0; k < 5; k++) {
      digits = String.fromCharCode(33 + (value % 85)) + digits
      value = Math.floor(value / 85)
    }
    text += digits.slice(0, length + 1)
  }
  return Buffer.from(`${text}~>`, 'latin1')
}

/** Runs of bytes as PDF has them: each byte by itself or repeated, ended by 128. */
export function encodeRunLength(bytes: Uint8Array): Uint8Array {
  const out: number[] = []
  for (let i = 0; i < bytes.length; ) {
    let count = 1
    while (count < 128 && bytes[i + count] === bytes[i]) count++
    if (count > 1) out.push(257 - count, bytes[i] ?? 0)
    else out.push(0, bytes[i] ?? 0)
    i += count
  }
  return Uint8Array.from([...out, 128])
}
