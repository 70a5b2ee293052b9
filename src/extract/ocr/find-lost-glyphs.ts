import type { GreyImage } from '../raster/image.ts'

/** A run of CTC steps (first to last, inclusive) in which a glyph's ink stands that the decoder gave no character. */
export interface LostGlyph {
  readonly from: number
  readonly to: number
  /** How many of the decoded characters stand before it. */
  readonly position: number
}

/** What the decoder saw: the step of its highest probability, and whether the glyph is as wide as a Han glyph. */
export interface SeenGlyph {
  readonly step: number
  readonly isWide: boolean
}

/** The recogniser halves its input three times: a step stands for so many columns of the strip. */
const COLUMNS_PER_STEP = 8
const NARROW = 0.5
/** Pitches outside these shares of the glyph height are measured wrongly, on a line that has lost much. */
const [LEAST_PITCH, MOST_PITCH] = [0.8, 1.25]
/** Room for more than this share of a glyph beside what was decoded is room for another one. */
const ROOM = 0.6
/** Of the room, this share of the columns must carry ink, and ink is this much darker than paper (of the contrast). */
const INKED_SHARE = 0.45
const INK_CONTRAST = 0.4

/**
 * Finds glyphs that a recogniser passed over: rare characters (涞, 缮) that it holds for nothing although their ink is
 * there. Han glyphs stand at an even pitch (about `glyphPx` columns of the strip); where two neighbours are further apart
 * than they are wide, or the ink goes on beyond the first or the last one, and the columns between carry ink, one is lost.
 */
export function findLostGlyphs(strip: GreyImage, seen: readonly SeenGlyph[], glyphPx: number): LostGlyph[] {
  if (seen.length === 0) return []
  const pitchPx = pitchOf(seen, glyphPx)
  const inked = inkedColumns(strip)
  const [first, last] = [inked.indexOf(true), inked.lastIndexOf(true)]
  if (first < 0) return []
  const halfOf = (glyph: SeenGlyph): number => ((glyph.isWide ? 1 : NARROW) * pitchPx) / 2
  const centreOf = (glyph: SeenGlyph): number => (glyph.step + 0.5) * COLUMNS_PER_STEP
  const lost: LostGlyph[] = []
  for (let position = 0; position <= seen.length; position++) {
    const [before, after] = [seen[position - 1], seen[position]]
    const x0 = before === undefined ? first : centreOf(before) + halfOf(before)
    const x1 = after === undefined ? last + 1 : centreOf(after) - halfOf(after)
    // Beside a digit or a bracket the paper is uneven: only among Han glyphs is the pitch known.
    if (before?.isWide === false || after?.isWide === false) continue
    lost.push(...splitRoom(inked, x0, x1, pitchPx).map((room) => ({ ...room, position })))
  }
  return lost
}

/** The usual distance of two neighbouring Han glyphs, where the line has some and they are plausibly set. */
function pitchOf(seen: readonly SeenGlyph[], glyphPx: number): number {
  const distances = seen.slice(1).flatMap((glyph, index) => {
    const before = seen[index]
    return glyph.isWide && before?.isWide === true ? [(glyph.step - before.step) * COLUMNS_PER_STEP] : []
  })
  const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? glyphPx
  return Math.min(MOST_PITCH * glyphPx, Math.max(LEAST_PITCH * glyphPx, usual))
}

function splitRoom(inked: readonly boolean[], x0: number, x1: number, pitchPx: number): Omit<LostGlyph, 'position'>[] {
  const count = Math.round((x1 - x0) / pitchPx)
  if (x1 - x0 < ROOM * pitchPx || count < 1) return []
  const width = (x1 - x0) / count
  return Array.from({ length: count }, (_, index) => [x0 + index * width, x0 + (index + 1) * width] as const)
    .filter(([from, to]) => {
      const columns = inked.slice(Math.max(0, Math.round(from)), Math.max(0, Math.round(to)))
      return columns.filter((isInked) => isInked).length >= INKED_SHARE * pitchPx
    })
    .map(([from, to]) => ({
      from: Math.max(0, Math.floor(from / COLUMNS_PER_STEP)),
      to: Math.max(0, Math.ceil(to / COLUMNS_PER_STEP) - 1),
    }))
}

/** For each column of the strip whether some pixel in it is nearer to the line's ink than to its paper. */
function inkedColumns({ width, height, data }: GreyImage): boolean[] {
  const lows = new Uint8Array(width).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) lows[x] = Math.min(lows[x] ?? 255, data[y * width + x] ?? 255)
  }
  const paper = data[0] ?? 255
  const darkest = lows.toSorted()[Math.floor(width / 10)] ?? paper
  const threshold = paper - INK_CONTRAST * (paper - darkest)
  return Array.from(lows, (low) => low < threshold)
}
