import { z } from 'zod'

/**
 * One time step of a recogniser (CTC): what it holds for possible there. `blank` is the probability of no glyph, `rest`
 * what all glyphs that are not listed share; with those of `glyphs` they sum to 1.
 */
export interface PosteriorFrame {
  readonly blank: number
  readonly glyphs: readonly { readonly text: string; readonly probability: number }[]
  readonly rest: number
}

/** Levels of probability, one digit each: fine near 1, where it is multiplied often, coarse near the least. */
const LEVELS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-'
const TOP_LEVEL = LEVELS.length - 1
/** Probabilities below this are not kept: they are part of the rest. */
export const LEAST_KEPT = 0.002
const MOST_NATS = -Math.log(LEAST_KEPT)
/** Stands for no glyph: a recogniser's blanks and white space are one here. */
const NO_GLYPH = ' '
/** A frame in which some glyph is likelier than this is written out. */
export const LEAST_INK = 0.02
export const MOST_GLYPHS = 8

/**
 * The posteriors of one line as text, made for JSON: a run of frames without a glyph is a blank and its length; every
 * other frame is the number of its entries, then for each its glyph (a blank: no glyph) and its probability on a scale
 * of 64 (squares of equal steps in -log p, down to 0.002). Lengths and numbers are digits of base 64.
 */
export const LinePosteriors = z.string().refine((text) => parseFrames(text) !== null, 'not posteriors of a line')
export type LinePosteriors = z.infer<typeof LinePosteriors>

/** Writes frames down; glyphs beyond the eight likeliest of a frame and below 0.002 become part of its rest. */
export function encodePosteriors(frames: readonly PosteriorFrame[]): LinePosteriors {
  let text = ''
  let blanks = 0
  const flush = (): void => {
    for (; blanks > 0; blanks -= TOP_LEVEL) text += NO_GLYPH + LEVELS.charAt(Math.min(blanks, TOP_LEVEL))
    blanks = 0
  }
  for (const { blank, glyphs } of frames) {
    const kept = glyphs
      .filter(({ probability }) => probability >= LEAST_KEPT)
      .toSorted((a, b) => b.probability - a.probability)
      .slice(0, MOST_GLYPHS)
    if (blank > 1 - LEAST_INK || kept.length === 0) {
      blanks += 1
      continue
    }
    flush()
    const entries = blank >= LEAST_KEPT ? [...kept, { text: NO_GLYPH, probability: blank }] : kept
    text += LEVELS.charAt(entries.length)
    for (const { text: glyph, probability } of entries) text += glyph + toLevel(probability)
  }
  flush()
  return text
}

/** @throws RangeError where the text is none that encodePosteriors writes */
export function decodePosteriors(text: LinePosteriors): readonly PosteriorFrame[] {
  const frames = parseFrames(text)
  if (frames === null) throw new RangeError(`no posteriors of a line: ${text}`)
  return frames
}

const BLANK_FRAME: PosteriorFrame = { blank: 1, glyphs: [], rest: 0 }

function parseFrames(text: string): readonly PosteriorFrame[] | null {
  const frames: PosteriorFrame[] = []
  let at = 0
  while (at < text.length) {
    const isRun = text[at] === NO_GLYPH
    const count = LEVELS.indexOf(text[isRun ? at + 1 : at] ?? NO_GLYPH)
    if (count < 1) return null
    at += isRun ? 2 : 1
    if (isRun) {
      for (let step = 0; step < count; step += 1) frames.push(BLANK_FRAME)
      continue
    }
    const frame = parseFrame(text.slice(at, at + 2 * count), count)
    if (frame === null) return null
    frames.push(frame)
    at += 2 * count
  }
  return frames
}

function parseFrame(entries: string, count: number): PosteriorFrame | null {
  let blank = 0
  let sum = 0
  const glyphs: { text: string; probability: number }[] = []
  for (let entry = 0; entry < count; entry += 1) {
    const glyph = entries[2 * entry]
    const level = LEVELS.indexOf(entries[2 * entry + 1] ?? NO_GLYPH)
    if (glyph === undefined || level < 0) return null
    const probability = Math.exp(-MOST_NATS * (level / TOP_LEVEL) ** 2)
    sum += probability
    if (glyph === NO_GLYPH) blank = probability
    else glyphs.push({ text: glyph, probability })
  }
  // Rounding to levels can take a sum over 1.
  const scale = sum > 1 ? 1 / sum : 1
  return {
    blank: blank * scale,
    glyphs: glyphs.map(({ text, probability }) => ({ text, probability: probability * scale })),
    rest: Math.max(0, 1 - sum * scale),
  }
}

function toLevel(probability: number): string {
  const nats = -Math.log(Math.min(1, Math.max(LEAST_KEPT, probability)))
  return LEVELS.charAt(Math.round(TOP_LEVEL * Math.sqrt(nats / MOST_NATS)))
}
