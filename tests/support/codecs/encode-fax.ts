import type { BitImage } from '../../../src/extract/raster/image.ts'
import { BitWriter } from './bit-writer.ts'

/** How a fax is coded: each row by itself (K = 0), by the row above (K > 0, every fourth row by itself), only by it (K < 0). */
export interface FaxOptions {
  readonly k: number
  /** Whether each row begins with an end-of-line code, and in a whole byte. */
  readonly endOfLine?: boolean
  readonly byteAlign?: boolean
  readonly endOfBlock?: boolean
}

const WHITE_ENDS =
  '00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010 101011 0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010 00000011 00011010 00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 00101001 00101010 00101011 00101100 00101101 00000100 00000101 00001010 00001011 01010010 01010011 01010100 01010101 00100100 00100101 01011000 01011001 01011010 01011011 01001010 01001011 00110010 00110011 00110100'.split(
    ' ',
  )
const WHITE_STEPS =
  '11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 011010010 011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 010011000 010011001 010011010 011000 010011011'.split(
    ' ',
  )
const BLACK_ENDS =
  '0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000 0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111 00000011000 000011001010 000011001011 000011001100 000011001101 000001101000 000001101001 000001101010 000001101011 000011010010 000011010011 000011010100 000011010101 000011010110 000011010111 000001101100 000001101101 000011011010 000011011011 000001010100 000001010101 000001010110 000001010111 000001100100 000001100101 000001010010 000001010011 000000100100 000000110111 000000111000 000000100111 000000101000 000001011000 000001011001 000000101011 000000101100 000001011010 000001100110 000001100111'.split(
    ' ',
  )
const BLACK_STEPS =
  '0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100 0000001101101 0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 0000001110100 0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 0000001010100 0000001010101 0000001011010 0000001011011 0000001100100 0000001100101'.split(
    ' ',
  )
const VERTICAL: Readonly<Record<number, string>> = {
  0: '1',
  1: '011',
  2: '000011',
  3: '0000011',
  [-1]: '010',
  [-2]: '000010',
  [-3]: '0000010',
}
const [PASS, HORIZONTAL, END_OF_LINE] = ['0001', '001', '000000000001']

/** Fax coding (ITU-T T.4 and T.6) of a mask: 1 is coded as black. Rows of at most 1791 pixels of one colour. */
export function encodeFax({ width, height, data }: BitImage, options: FaxOptions): Uint8Array {
  const { k, endOfLine = false, byteAlign = false, endOfBlock = true } = options
  const writer = new BitWriter()
  let above: readonly number[] = []
  for (let y = 0; y < height; y++) {
    const changes = changesOf(data.subarray(y * width, (y + 1) * width))
    const isAlone = k === 0 || (k > 0 && y % Math.min(k, 4) === 0)
    if (byteAlign) writer.align()
    if (endOfLine || k > 0) writer.add(END_OF_LINE + (k > 0 ? (isAlone ? '1' : '0') : ''))
    if (isAlone) addRuns(writer, changes, width)
    else addByRowAbove(writer, changes, above, width)
    above = changes
  }
  if (endOfBlock) {
    if (byteAlign) writer.align()
    if (k < 0) writer.add(END_OF_LINE + END_OF_LINE)
    else for (let i = 0; i < 6; i++) writer.add(END_OF_LINE + (k > 0 ? '1' : ''))
  }
  return writer.bytes()
}

/** Where the colour changes, beginning in white. */
function changesOf(row: Uint8Array): number[] {
  const changes: number[] = []
  let last = 0
  for (const [x, bit] of row.entries()) {
    if (bit !== last) changes.push(x)
    last = bit
  }
  return changes
}

function addRuns(writer: BitWriter, changes: readonly number[], width: number): void {
  let at = 0
  for (const [index, next] of [...changes, width].entries()) {
    addRun(writer, next - at, index % 2 === 1)
    at = next
  }
}

function addRun(writer: BitWriter, length: number, isBlack: boolean): void {
  const [ends, steps] = isBlack ? [BLACK_ENDS, BLACK_STEPS] : [WHITE_ENDS, WHITE_STEPS]
  if (length >= 64) writer.add(steps[Math.floor(length / 64) - 1] ?? '')
  writer.add(ends[length % 64] ?? '')
}

function addByRowAbove(writer: BitWriter, changes: readonly number[], above: readonly number[], width: number): void {
  const nextChange = (list: readonly number[], after: number): number => list.find((x) => x > after) ?? width
  let at = -1
  let isBlack = false
  while (at < width) {
    const a1 = nextChange(changes, at)
    // The first change above, right of here, to the colour that we are not in.
    const b1 = above.find((x, i) => x > at && (i % 2 === 1) === isBlack) ?? width
    const b2 = nextChange(above, b1)
    if (b2 < a1) {
      writer.add(PASS)
      at = b2
      continue
    }
    if (Math.abs(a1 - b1) <= 3) {
      writer.add(VERTICAL[a1 - b1] ?? '')
      at = a1
      isBlack = !isBlack
    } else {
      const a2 = nextChange(changes, a1)
      writer.add(HORIZONTAL)
      addRun(writer, a1 - Math.max(0, at), isBlack)
      addRun(writer, a2 - a1, !isBlack)
      at = a2
    }
  }
}
