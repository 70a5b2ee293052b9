import { decodePosteriors, type LinePosteriors, type PosteriorFrame } from '../../model/line-posteriors.ts'
import { foldText } from './fold-text.ts'

/**
 * A reader's posteriors of one cell, ready to score strings on. Frames are scaled so that the likeliest event of each is 1;
 * `logScale` (nats) takes that back.
 */
export interface GlyphLattice {
  readonly length: number
  /** Per frame: how likely it shows no glyph. */
  readonly blank: Float64Array
  readonly logScale: number
  /** Per frame: how likely it shows the glyph, or another one of its shape; by UTF-16 unit of folded text. */
  emissionOf(glyph: number): Float64Array
  /** Per frame: how likely it shows any of the glyphs that count, by their weights (0 to 1). */
  emissionLike(weightOf: (read: string) => number): Float64Array
}

/** What a reader is believed beyond its own posteriors: its own misreadings, and glyphs that it lost or made up. */
export interface ReaderErrors {
  /** For a glyph that the reader holds for certain: the probability of that where `printed` stands. */
  misreadingsOf(read: string): (printed: number) => number
  /** Probability that it sees nothing where a glyph stands. */
  readonly lost: number
  /** Probability that it sees `read` where no glyph stands. */
  madeUp(read: string): number
  /** Where it sees ink and cannot say which glyph, it leans to none: of that, so much means none. */
  readonly noneOverInk: number
}

/** A glyph that is in none of a frame's entries has at most this share of what the entries leave. */
const REST_SHARE = 0.01
/** … and never less than this: the least that a network's softmax is worth. */
const FLOOR = 1e-5

/** A reader whose every doubt is in its posteriors. */
export const FAITHFUL_READER: ReaderErrors = { misreadingsOf: () => () => 0, lost: 0, madeUp: () => 0, noneOverInk: 1 }

/**
 * Glyphs that the reader names by their shape as much as by their meaning; its doubt between them is none about the print.
 * Points stand together, strokes, dashes, zeros, and brackets of one side; small letters with their capitals.
 */
const SHAPES = ['0Oo〇○', '1lI|丨∣', '一-—–―_ー', '.,:;·•。、', '([{〈<', ')]}〉>', '\'`"´']
const SHAPE_OF = new Map(
  SHAPES.flatMap((glyphs) => Array.from(glyphs, (glyph) => [glyph, glyphs.charCodeAt(0)] as const)),
)

/** The shape of one glyph of folded text, as a UTF-16 unit. */
export function shapeOf(glyph: number): number {
  const text = String.fromCharCode(glyph)
  return SHAPE_OF.get(text) ?? text.toUpperCase().charCodeAt(0)
}

/** Lays the lines of a cell one behind the other; between two lines there is no glyph. A run of empty frames is one. */
export function createGlyphLattice(
  lines: readonly LinePosteriors[],
  errors: ReaderErrors = FAITHFUL_READER,
): GlyphLattice {
  const frames = lines.flatMap((line, index) => [
    ...(index > 0 ? [NO_GLYPH] : []),
    ...withoutRuns(decodePosteriors(line)),
  ])
  const shown = frames.map((frame, at) => toShown(isOverInk(frames, at) ? withInk(frame, errors) : frame, errors))
  const scales = shown.map(({ blank, glyphs }) =>
    Math.max(blank, ...glyphs.map(({ probability }) => probability), FLOOR),
  )
  const sightings = collectSightings(shown, errors)
  const scaled = (sums: Float64Array) => {
    for (let at = 0; at < sums.length; at += 1) sums[at] = Math.min(1, sums[at] ?? 0) / (scales[at] ?? 1)
    return sums
  }
  const others = Float64Array.from(shown, ({ other }) => other)
  const known = new Map<number, Float64Array>()
  const emissionOf = (glyph: number): Float64Array => {
    const ready = known.get(glyph)
    if (ready !== undefined) return ready
    const shape = shapeOf(glyph)
    const sums = others.slice()
    for (const sighting of sightings) {
      if (sighting.shape === shape) addSightings(sums, sighting.all, 1)
      else if (sighting.held.length > 0) addSightings(sums, sighting.held, sighting.misread(glyph))
    }
    const emission = scaled(sums)
    known.set(glyph, emission)
    return emission
  }
  return {
    length: frames.length,
    blank: Float64Array.from(shown, ({ blank }, at) => blank / (scales[at] ?? 1)),
    logScale: scales.reduce((sum, scale) => sum + Math.log(scale), 0),
    emissionOf,
    emissionLike: (weightOf) => {
      const sums = new Float64Array(shown.length).fill(FLOOR)
      for (const { text, all } of sightings) addSightings(sums, all, weightOf(text))
      return scaled(sums)
    },
  }
}

/** Where the reader held one glyph for possible. */
interface Sighting {
  readonly text: string
  readonly shape: number
  readonly all: readonly Sight[]
  readonly held: readonly Sight[]
  readonly misread: (printed: number) => number
}

interface Sight {
  readonly frame: number
  readonly probability: number
}

/** A glyph that is held for less likely is not what the reader took another one for. */
const HELD = 0.05

function collectSightings(shown: readonly ShownFrame[], errors: ReaderErrors): readonly Sighting[] {
  const byText = new Map<string, { text: string; shape: number; all: Sight[]; held: Sight[] }>()
  for (const [frame, { glyphs }] of shown.entries()) {
    for (const { text, shape, probability } of glyphs) {
      const sighting = byText.get(text) ?? { text, shape, all: [], held: [] }
      byText.set(text, sighting)
      sighting.all.push({ frame, probability })
      if (probability >= HELD) sighting.held.push({ frame, probability })
    }
  }
  return Array.from(byText.values(), (each) => ({ ...each, misread: errors.misreadingsOf(each.text) }))
}

function addSightings(sums: Float64Array, sights: readonly Sight[], weight: number): void {
  if (weight === 0) return
  for (const { frame, probability } of sights) sums[frame] = (sums[frame] ?? 0) + probability * weight
}

const NO_GLYPH: PosteriorFrame = { blank: 1, glyphs: [], rest: 0 }

function withoutRuns(frames: readonly PosteriorFrame[]): readonly PosteriorFrame[] {
  return frames.filter((frame, at) => frame.glyphs.length > 0 || frames[at - 1]?.glyphs.length !== 0)
}

/** From this share for all glyphs together on, some ink stands there. */
const INK = 0.15

/** Whether a frame is the middle of some glyph: the likeliest frame to show one among its neighbours. */
function isOverInk(frames: readonly PosteriorFrame[], at: number): boolean {
  const blankAt = (index: number) => frames[index]?.blank ?? 1
  return blankAt(at) <= 1 - INK && blankAt(at) <= blankAt(at - 1) && blankAt(at) < blankAt(at + 1)
}

function withInk({ blank, glyphs, rest }: PosteriorFrame, { noneOverInk }: ReaderErrors): PosteriorFrame {
  return { blank: blank * noneOverInk, glyphs, rest: rest + blank * (1 - noneOverInk) }
}

interface ShownFrame {
  readonly blank: number
  readonly glyphs: readonly { readonly text: string; readonly shape: number; readonly probability: number }[]
  /** What the reader itself gives to any glyph that it does not name, and to one that it lost. */
  readonly other: number
}

function toShown({ blank, glyphs, rest }: PosteriorFrame, errors: ReaderErrors): ShownFrame {
  const folded = glyphs.map(({ text, probability }) => ({ text: foldText(text), probability }))
  const madeUp = folded.reduce((sum, { text, probability }) => sum + probability * errors.madeUp(text), 0)
  return {
    blank: blank + madeUp,
    glyphs: folded.map(({ text, probability }) => ({ text, shape: shapeOf(text.charCodeAt(0)), probability })),
    other: Math.max(FLOOR, REST_SHARE * rest) + errors.lost * blank,
  }
}
