const SUBTYPE = Buffer.from('/Image')
/** The dictionary of an image is looked for this many bytes around the word that names it. */
const NEIGHBOURHOOD = 600

/**
 * Looks in the file's own bytes for an image of more than `maxPixels`: pdf.js leaves such images out without a word, and
 * a page that seems empty may be one of them. Gives its size in words; null where there is none.
 */
export function findOversizedImage(bytes: Uint8Array, maxPixels: number): string | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = buffer.indexOf(SUBTYPE); at >= 0; at = buffer.indexOf(SUBTYPE, at + SUBTYPE.length)) {
    const text = dictionaryAround(buffer, at)
    const [width, height] = [numberAfter(text, '/Width'), numberAfter(text, '/Height')]
    if (width * height > maxPixels) return `an image of ${width} x ${height} pixels`
  }
  return null
}

function dictionaryAround(buffer: Buffer, at: number): string {
  const before = buffer.subarray(Math.max(0, at - NEIGHBOURHOOD), at).toString('latin1')
  const after = buffer.subarray(at, at + NEIGHBOURHOOD).toString('latin1')
  const begins = Math.max(before.lastIndexOf(' obj'), before.lastIndexOf('endobj'), 0)
  const ends = after.indexOf('stream')
  return before.slice(begins) + (ends < 0 ? after : after.slice(0, ends))
}

function numberAfter(text: string, key: string): number {
  const match = new RegExp(`${key}\\s+(\\d{1,9})(?!\\s+\\d+\\s+R)`).exec(text)
  return match === null ? 0 : Number(match[1])
}
