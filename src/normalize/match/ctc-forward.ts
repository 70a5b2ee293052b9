import { foldText } from './fold-text.ts'
import { type GlyphLattice, shapeOf } from './glyph-lattice.ts'
import { createNumberRows } from './number-rows.ts'

const newRow = createNumberRows()

/** One glyph of a string to score: its shape, how likely each frame shows it, the weight of its not being printed (0: it must be). */
export interface ScoredGlyph {
  readonly glyph: number
  readonly emission: Float64Array
  readonly omission: number
}

/**
 * How likely the frames of one end of a lattice spell some glyphs (connectionist temporal classification, Graves et al.
 * 2006), for every number of frames, in the lattice's scale. Strings that begin alike share what they begin with.
 */
export interface Spelling {
  readonly frames: Frames
  /** Null where nothing is spelt. */
  readonly last: ScoredGlyph | null
  readonly before: Spelling | null
  /** After so many frames, the last of which is blank. */
  readonly ended: Float64Array
  /** After so many frames, the last of which shows the last glyph. */
  readonly showing: Float64Array
  /** Fewer frames than this cannot spell it. */
  readonly shortest: number
  readonly longer: Map<ScoredGlyph, Spelling>
}

/** The frames of a lattice in the order in which they are gone through: from `first` on, each `onward` (1 or -1) from the last. */
interface Frames {
  readonly length: number
  readonly blank: Float64Array
  readonly first: number
  readonly onward: number
}

/**
 * Log probability (nats) that a text is what the posteriors spell: the sum over all alignments of its folded glyphs with
 * the frames. -Infinity for what no alignment can give.
 */
export function ctcForwardLogProbability(lattice: GlyphLattice, text: string): number {
  const folded = foldText(text)
  const glyphs = Array.from({ length: folded.length }, (_, at) => toScored(lattice, folded.charCodeAt(at)))
  const column = forwardColumn(spellForward(lattice), glyphs)
  return Math.log(column[lattice.length] ?? 0) + lattice.logScale
}

export function toScored(lattice: GlyphLattice, glyph: number, omission = 0): ScoredGlyph {
  return { glyph: shapeOf(glyph), emission: lattice.emissionOf(glyph), omission }
}

/** Nothing yet, from the first frame on. */
export function spellForward({ length, blank }: GlyphLattice): Spelling {
  return spellNothing({ length, blank, first: 0, onward: 1 })
}

/** Nothing yet, from the last frame back. */
export function spellBackward({ length, blank }: GlyphLattice): Spelling {
  return spellNothing({ length, blank, first: length - 1, onward: -1 })
}

/**
 * For every i the probability, in the lattice's scale, that frames [0, i) spell the glyphs. Glyphs that may be missing
 * must not stand side by side. The same glyph objects find again what was worked out for them.
 */
export function forwardColumn(nothing: Spelling, glyphs: readonly ScoredGlyph[]): Float64Array {
  const { last, before, ended, showing } = glyphs.reduce(spellOn, nothing)
  const column = newRow(ended.length)
  const omission = last?.omission ?? 0
  for (let step = 0; step < column.length; step += 1) {
    const without = omission === 0 ? 0 : omission * ((before?.ended[step] ?? 0) + (before?.showing[step] ?? 0))
    column[step] = (ended[step] ?? 0) + (showing[step] ?? 0) + without
  }
  return column
}

/**
 * For every i the probability, in the lattice's scale, that frames [i, length) spell the glyphs and the first of them
 * begins in frame i. With `forwardColumn` of what stands before, the sum of products is the probability of both: each
 * alignment of the whole begins its second part in just one frame.
 */
export function backwardColumn(nothing: Spelling, glyphs: readonly ScoredGlyph[]): Float64Array {
  const entries = Float64Array.from(glyphs.toReversed().reduce(spellOn, nothing).showing)
  if (glyphs.length === 0) entries[0] = 1
  return entries.reverse()
}

function spellNothing(frames: Frames): Spelling {
  const { blank, first, onward } = frames
  const ended = newRow(frames.length + 1)
  ended[0] = 1
  for (let step = 0; step < frames.length; step += 1)
    ended[step + 1] = (ended[step] ?? 0) * (blank[first + onward * step] ?? 0)
  const showing = newRow(frames.length + 1)
  return { frames, last: null, before: null, ended, showing, shortest: 0, longer: new Map() }
}

function spellOn(spelt: Spelling, next: ScoredGlyph): Spelling {
  const known = spelt.longer.get(next)
  if (known !== undefined) return known
  const { frames, last, before } = spelt
  const skipped = last !== null && last.omission > 0 ? before : null
  const longer: Spelling = {
    frames,
    last: next,
    before: spelt,
    ended: newRow(frames.length + 1),
    showing: newRow(frames.length + 1),
    shortest: 1 + (skipped ?? spelt).shortest,
    longer: new Map(),
  }
  goThrough(longer, next, spelt, skipped)
  spelt.longer.set(next, longer)
  return longer
}

/** Fills in what `longer` is worth after every frame; written for speed, a catalogue takes millions of steps. */
function goThrough(
  longer: Spelling,
  { glyph, emission }: ScoredGlyph,
  spelt: Spelling,
  skipped: Spelling | null,
): void {
  const { ended, showing, frames } = longer
  const { blank, first, onward, length } = frames
  const { ended: endedBefore, showing: showingBefore, last } = spelt
  // The same glyph twice needs a blank between.
  const afresh = last?.glyph === glyph ? 0 : 1
  const afreshBeside = skipped?.last?.glyph === glyph ? 0 : 1
  const omission = last?.omission ?? 0
  let [shown, empty] = [0, 0]
  for (let step = longer.shortest - 1; step < length; step += 1) {
    const frame = first + onward * step
    let entering = (endedBefore[step] ?? 0) + afresh * (showingBefore[step] ?? 0)
    if (skipped !== null)
      entering += omission * ((skipped.ended[step] ?? 0) + afreshBeside * (skipped.showing[step] ?? 0))
    empty = (empty + shown) * (blank[frame] ?? 0)
    shown = (shown + entering) * (emission[frame] ?? 0)
    showing[step + 1] = shown
    ended[step + 1] = empty
  }
}
