import { foldText } from './fold-text.ts'
import { type GlyphLattice, shapeOf } from './glyph-lattice.ts'

/** One glyph of a string to score: its shape, how likely each frame shows it, the weight of its not being printed (0: it must be). */
export interface ScoredGlyph {
  readonly glyph: number
  readonly emission: Float64Array
  readonly omission: number
}

/**
 * Log probability (nats) that a text is what the posteriors spell: the sum over all alignments of its folded glyphs with
 * the frames (connectionist temporal classification, Graves et al. 2006). -Infinity for what no alignment can give.
 */
export function ctcForwardLogProbability(lattice: GlyphLattice, text: string): number {
  const folded = foldText(text)
  const glyphs = Array.from({ length: folded.length }, (_, at) => toScored(lattice, folded.charCodeAt(at)))
  const column = forwardColumn(lattice, glyphs)
  return Math.log(column[lattice.length] ?? 0) + lattice.logScale
}

export function toScored(lattice: GlyphLattice, glyph: number, omission = 0): ScoredGlyph {
  return { glyph: shapeOf(glyph), emission: lattice.emissionOf(glyph), omission }
}

/**
 * For every i the probability, in the lattice's scale, that frames [0, i) spell the glyphs. Glyphs that may be missing
 * must not stand side by side.
 */
export function forwardColumn({ length, blank }: GlyphLattice, glyphs: readonly ScoredGlyph[]): Float64Array {
  return run(length, (frame) => frame, blank, glyphs).column
}

/**
 * For every i the probability, in the lattice's scale, that frames [i, length) spell the glyphs and the first of them
 * begins in frame i. With `forwardColumn` of what stands before, the sum of products is the probability of both: each
 * alignment of the whole begins its second part in just one frame.
 */
export function backwardColumn({ length, blank }: GlyphLattice, glyphs: readonly ScoredGlyph[]): Float64Array {
  const { entries } = run(length, (frame) => length - 1 - frame, blank, glyphs.toReversed())
  return entries.reverse()
}

function run(
  length: number,
  frameAt: (step: number) => number,
  blank: Float64Array,
  glyphs: readonly ScoredGlyph[],
): { readonly column: Float64Array; readonly entries: Float64Array } {
  const count = glyphs.length
  const column = new Float64Array(length + 1)
  const entries = new Float64Array(length + 1)
  // after[j]: j glyphs are done and the last frame is blank. within[j]: the last frame shows glyph j.
  const after = new Float64Array(count + 1)
  const within = new Float64Array(count)
  const last = glyphs[count - 1]
  after[0] = 1
  const ended = () =>
    (after[count] ?? 0) +
    (within[count - 1] ?? 0) +
    (last === undefined ? 0 : last.omission * ((after[count - 1] ?? 0) + (within[count - 2] ?? 0)))
  column[0] = ended()
  if (count === 0) entries[0] = 1
  for (let step = 0; step < length; step += 1) {
    const frame = frameAt(step)
    const none = blank[frame] ?? 0
    // From the right, so that what stands to the left is still that of the frame before.
    for (let j = count; j >= 0; j -= 1) {
      const before = within[j - 1] ?? 0
      if (j < count) {
        const own = glyphs[j]
        if (own === undefined) continue
        const previous = glyphs[j - 1]
        const isRepeat = previous?.glyph === own.glyph
        let entering = (after[j] ?? 0) + (isRepeat ? 0 : before)
        if (previous !== undefined && previous.omission > 0) {
          const skipped = glyphs[j - 2]
          const beside = skipped?.glyph === own.glyph ? 0 : (within[j - 2] ?? 0)
          entering += previous.omission * ((after[j - 1] ?? 0) + beside)
        }
        within[j] = ((within[j] ?? 0) + entering) * (own.emission[frame] ?? 0)
      }
      after[j] = ((after[j] ?? 0) + before) * none
    }
    column[step + 1] = ended()
    entries[step + 1] = count === 0 ? 0 : (within[count - 1] ?? 0)
  }
  return { column, entries }
}
