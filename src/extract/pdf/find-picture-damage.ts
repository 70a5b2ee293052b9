import type { ColorImage } from '../raster/image.ts'

/** A decoder without data repeats its last block of 8 x 8 pixels; so many rows of that, and this share, are no chance. */
const BLOCK_PX = 8
const FEWEST_REPEATED_ROWS = 16
const REPEATED_SHARE = 0.02
/** Clean paper repeats as well. */
const PAPER = 250

/** What the decoder says of itself: filters that it does not know, data that end early or make no sense. */
const UNKNOWN_FILTER = /Filter "(?!Crypt")([^"]*)" is not supported/
const NO_END = /without finding an EOI marker/
const NO_DATA = /^(?:Empty|Invalid) .*stream/i
const NOT_DECODED = /^Unable to decode image "[^"]*": "(.*?)\.?\s*"\.?$/s

/**
 * Why decoded pixels are not what was put into the file, in words; null where nothing shows it. `pixels` is null where
 * there are none; `complaints` is what the decoder said while it read the page.
 */
export function findPictureDamage(pixels: ColorImage | null, complaints: readonly string[]): string | null {
  const filter = firstMatch(complaints, UNKNOWN_FILTER)
  if (filter !== null) return `its filter ${filter} is not known`
  if (pixels === null) return firstMatch(complaints, NOT_DECODED) ?? 'its data make no sense'
  if (complaints.some((complaint) => NO_DATA.test(complaint)) && isOneTone(pixels))
    return 'its data are empty or broken'
  if (!complaints.some((complaint) => NO_END.test(complaint))) return null
  const rows = countRepeatedRows(pixels)
  if (rows < Math.max(FEWEST_REPEATED_ROWS, REPEATED_SHARE * pixels.height)) return null
  return `its data end early: the lower ${Math.round((100 * rows) / pixels.height)} % of it are missing`
}

function firstMatch(texts: readonly string[], pattern: RegExp): string | null {
  for (const text of texts) {
    const match = pattern.exec(text)
    if (match !== null) return match[1] ?? text
  }
  return null
}

function isOneTone({ data }: ColorImage): boolean {
  const first = data[0]
  return data.every((level) => level === first)
}

/** How many rows at the lower end are the same as those a block above, and made of blocks that repeat; 0 on paper. */
function countRepeatedRows({ width, height, data }: ColorImage): number {
  const rowLength = width * 3
  const isRepeated = (y: number): boolean => {
    for (let i = y * rowLength; i < (y + 1) * rowLength; i++) {
      if (data[i] !== data[i - BLOCK_PX * rowLength]) return false
    }
    return true
  }
  let y = height - 1
  while (y >= BLOCK_PX && isRepeated(y)) y--
  const rows = height - 1 - y
  const tail = data.subarray((height - rows) * rowLength)
  return tail.every((level) => level >= PAPER) ? 0 : rows
}
