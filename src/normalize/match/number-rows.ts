/** Numbers of one piece of memory; some thousand short rows fit in. */
const PIECE = 16_384

/**
 * Gives rows of zeros that are cut from larger pieces: a catalogue is weighed with millions of short rows, and memory of its
 * own for each would cost more than what is worked out in it. A piece is given back when none of its rows is in use.
 */
export function createNumberRows(): (length: number) => Float64Array {
  let piece = new Float64Array(0)
  let used = 0
  return (length) => {
    if (used + length > piece.length) {
      piece = new Float64Array(Math.max(PIECE, length))
      used = 0
    }
    used += length
    return piece.subarray(used - length, used)
  }
}
