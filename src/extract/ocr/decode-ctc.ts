import type { CharacterReading } from '../../model/table.ts'
import type { LostGlyph, SeenGlyph } from './find-lost-glyphs.ts'

/** What a recogniser says per time step: `steps` x `classes` probabilities, class 0 is "no character". */
export interface Posteriors {
  readonly data: Float32Array
  readonly steps: number
  readonly classes: number
}

/** Time steps of one class, `start` to `end` (both included); `peak` is the surest of them. */
interface Run {
  readonly glyph: number
  readonly start: number
  readonly end: number
  readonly peak: number
}

/** The likeliest glyph among steps that decode to none. */
interface Rival {
  readonly glyph: number
  readonly step: number
  readonly probability: number
}

const BLANK = 0
const WIDE_GLYPH = /^\p{Script=Han}$/u
const MAX_ALTERNATIVES = 4
const MIN_ALTERNATIVE = 0.001
/** A letter, a digit or a Han glyph that "no character" hides is one from this probability on: specks look like points. */
const MIN_HIDDEN = 0.1
/** What else may stand there counts from this probability on. */
const MIN_DOUBT = 0.02
const LETTER = /[\p{L}\p{N}]/u

/**
 * Greedy CTC decoding: a run of the same best class is one character, with the run's highest probability as its
 * confidence and the runners-up at that step as alternatives. Where the recogniser holds a glyph that it hardly knows
 * for no character at all, that glyph is given with its own, low confidence; a point or a dash that may be there takes
 * its probability from the confidence of the character beside it. With `allowed`, other classes are not considered,
 * but the probabilities stay those of the full alphabet: what was forced shows as a low confidence. `findLost` names the
 * steps at which ink stands that gave no character all the same: there the best one is taken, however improbable.
 */
export function decodeCtc(
  posteriors: Posteriors,
  alphabet: readonly string[],
  allowed: readonly number[] | null,
  findLost: (seen: readonly SeenGlyph[]) => readonly LostGlyph[] = () => [],
): CharacterReading[] {
  const runs = findRuns(posteriors, allowed)
  const found: Found[] = []
  const take = (glyph: number, step: number, doubt = 0): void => {
    found.push({ character: weakened(toCharacter(posteriors, glyph, step, alphabet, allowed), doubt), step })
  }
  for (let index = 0; index <= runs.length; index++) {
    const [before, after] = [runs[index - 1], runs[index]]
    const rival = findRival(posteriors, before, after, alphabet, allowed)
    const isHidden = rival.probability >= MIN_HIDDEN && LETTER.test(alphabet[rival.glyph] ?? '')
    if (isHidden) take(rival.glyph, rival.step)
    const doubt = isHidden || rival.probability < MIN_DOUBT ? 0 : rival.probability
    const last = found.at(-1)
    if (after !== undefined) take(after.glyph, after.peak, doubt)
    else if (last !== undefined) found[found.length - 1] = { ...last, character: weakened(last.character, doubt) }
  }
  const lost = findLost(found.map(({ character, step }) => ({ step, isWide: WIDE_GLYPH.test(character.text) })))
  for (const stretch of lost.toReversed()) {
    const { glyph, step } = likeliestWithin(posteriors, stretch, alphabet)
    found.splice(stretch.position, 0, { character: toCharacter(posteriors, glyph, step, alphabet, allowed), step })
  }
  return trimSpaces(found.map(({ character }) => character))
}

/** A decoded character and the step at which it is most probable. */
interface Found {
  readonly character: CharacterReading
  readonly step: number
}

function weakened(character: CharacterReading, doubt: number): CharacterReading {
  return { ...character, confidence: character.confidence * (1 - doubt) }
}

/** The Han glyph that is most probable at any step of a stretch in which none was decoded. */
function likeliestWithin({ data, classes }: Posteriors, { from, to }: LostGlyph, alphabet: readonly string[]): Rival {
  let best: Rival = { glyph: BLANK + 1, step: from, probability: -1 }
  for (let step = from; step <= to; step++) {
    for (let glyph = 1; glyph < classes; glyph++) {
      const probability = data[step * classes + glyph] ?? 0
      if (probability > best.probability && WIDE_GLYPH.test(alphabet[glyph] ?? '')) best = { glyph, step, probability }
    }
  }
  return best
}

function findRuns(posteriors: Posteriors, allowed: readonly number[] | null): Run[] {
  const runs: Run[] = []
  let previous = BLANK
  let most = 0
  for (let step = 0; step < posteriors.steps; step++) {
    const glyph = bestClass(posteriors, step, allowed)
    const probability = posteriors.data[step * posteriors.classes + glyph] ?? 0
    const last = runs.at(-1)
    if (glyph !== BLANK && glyph === previous && last !== undefined) {
      runs[runs.length - 1] = { ...last, end: step, peak: probability > most ? step : last.peak }
      most = Math.max(most, probability)
    } else if (glyph !== BLANK) {
      runs.push({ glyph, start: step, end: step, peak: step })
      most = probability
    }
    previous = glyph
  }
  return runs
}

function bestClass({ data, classes }: Posteriors, step: number, allowed: readonly number[] | null): number {
  const origin = step * classes
  let best = BLANK
  let most = data[origin] ?? 0
  if (allowed !== null) {
    for (const index of allowed) {
      const value = data[origin + index] ?? 0
      if (value > most) [best, most] = [index, value]
    }
    return best
  }
  // More than half is more than any other.
  for (let index = 1; index < classes && most <= 0.5; index++) {
    const value = data[origin + index] ?? 0
    if (value > most) [best, most] = [index, value]
  }
  return best
}

/** What may stand, unread, between two runs. The tails of the runs themselves are not it. */
function findRival(
  posteriors: Posteriors,
  before: Run | undefined,
  after: Run | undefined,
  alphabet: readonly string[],
  allowed: readonly number[] | null,
): Rival {
  const { data, classes } = posteriors
  let best: Rival = { glyph: BLANK, step: -1, probability: MIN_ALTERNATIVE }
  for (let step = (before?.end ?? -1) + 1; step < (after?.start ?? posteriors.steps); step++) {
    const origin = step * classes
    if (1 - (data[origin] ?? 0) <= best.probability) continue
    const count = allowed?.length ?? classes - 1
    for (let k = 0; k < count; k++) {
      const glyph = allowed?.[k] ?? k + 1
      const probability = data[origin + glyph] ?? 0
      if (probability <= best.probability || alphabet[glyph] === ' ') continue
      const isTail =
        (glyph === before?.glyph && step <= before.end + 1) || (glyph === after?.glyph && step >= after.start - 1)
      if (!isTail) best = { glyph, step, probability }
    }
  }
  return best
}

function toCharacter(
  { data, classes }: Posteriors,
  glyph: number,
  step: number,
  alphabet: readonly string[],
  allowed: readonly number[] | null,
): CharacterReading {
  const origin = step * classes
  const rivals: { index: number; confidence: number }[] = []
  const consider = (index: number) => {
    const confidence = data[origin + index] ?? 0
    if (confidence >= MIN_ALTERNATIVE && index !== glyph && index !== BLANK) rivals.push({ index, confidence })
  }
  if (allowed === null) for (let index = 1; index < classes; index++) consider(index)
  else for (const index of allowed) consider(index)
  rivals.sort((a, b) => b.confidence - a.confidence)
  return {
    text: alphabet[glyph] ?? '',
    confidence: Math.min(1, Math.max(0, data[origin + glyph] ?? 0)),
    alternatives: rivals
      .slice(0, MAX_ALTERNATIVES)
      .map(({ index, confidence }) => ({ text: alphabet[index] ?? '', confidence: Math.min(1, confidence) })),
  }
}

function trimSpaces(characters: readonly CharacterReading[]): CharacterReading[] {
  const isInk = (character: CharacterReading) => character.text.trim() !== ''
  const first = characters.findIndex(isInk)
  return first < 0 ? [] : characters.slice(first, characters.findLastIndex(isInk) + 1)
}
