import type { CharacterReading } from '../../model/table.ts'
import type { LostGlyph, SeenGlyph } from './find-lost-glyphs.ts'

/** What a recogniser says per time step: `steps` x `classes` probabilities, class 0 is "no character". */
export interface Posteriors {
  readonly data: Float32Array
  readonly steps: number
  readonly classes: number
}

const BLANK = 0
const WIDE_GLYPH = /^\p{Script=Han}$/u
const MAX_ALTERNATIVES = 4
const MIN_ALTERNATIVE = 0.001

/**
 * Greedy CTC decoding: a run of the same best class is one character, with the run's highest probability as its
 * confidence and the runners-up at that step as alternatives. With `allowed`, other classes are not considered, but
 * the probabilities stay those of the full alphabet: what was forced shows as a low confidence. `findLost` names the
 * steps at which ink stands that gave no character: there the best character is taken, however improbable.
 */
export function decodeCtc(
  posteriors: Posteriors,
  alphabet: readonly string[],
  allowed: readonly number[] | null,
  findLost: (seen: readonly SeenGlyph[]) => readonly LostGlyph[] = () => [],
): CharacterReading[] {
  const peaks = findPeaks(posteriors, allowed)
  const toReading = ({ step, best }: Peak) => toCharacter(posteriors, step, best, alphabet, allowed)
  const lost = findLost(peaks.map(({ step, best }) => ({ step, isWide: WIDE_GLYPH.test(alphabet[best] ?? '') })))
  const characters = peaks.map(toReading)
  for (const glyph of lost.toReversed()) {
    characters.splice(glyph.position, 0, toReading(likeliestWithin(posteriors, glyph, alphabet)))
  }
  return trimSpaces(characters)
}

/** The step at which a character is most probable, and its class. */
interface Peak {
  readonly step: number
  readonly best: number
}

function findPeaks(posteriors: Posteriors, allowed: readonly number[] | null): Peak[] {
  const peaks: Peak[] = []
  let previous = BLANK
  let peak = { step: -1, probability: -1 }
  const flush = () => {
    if (previous !== BLANK) peaks.push({ step: peak.step, best: previous })
  }
  for (let step = 0; step < posteriors.steps; step++) {
    const best = bestClass(posteriors, step, allowed)
    const probability = posteriors.data[step * posteriors.classes + best] ?? 0
    if (best !== previous) {
      flush()
      peak = { step, probability }
    } else if (probability > peak.probability) peak = { step, probability }
    previous = best
  }
  flush()
  return peaks
}

/** The Han glyph that is most probable at any step of a stretch in which none was decoded. */
function likeliestWithin({ data, classes }: Posteriors, { from, to }: LostGlyph, alphabet: readonly string[]): Peak {
  let [most, step, best] = [-1, from, BLANK + 1]
  for (let at = from; at <= to; at++) {
    for (let index = 1; index < classes; index++) {
      const value = data[at * classes + index] ?? 0
      if (value > most && WIDE_GLYPH.test(alphabet[index] ?? '')) [most, step, best] = [value, at, index]
    }
  }
  return { step, best }
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
  for (let index = 1; index < classes; index++) {
    const value = data[origin + index] ?? 0
    if (value > most) [best, most] = [index, value]
  }
  return best
}

function toCharacter(
  { data, classes }: Posteriors,
  step: number,
  chosen: number,
  alphabet: readonly string[],
  allowed: readonly number[] | null,
): CharacterReading {
  const origin = step * classes
  const rivals: { index: number; confidence: number }[] = []
  const consider = (index: number) => {
    const confidence = data[origin + index] ?? 0
    if (index !== chosen && index !== BLANK && confidence >= MIN_ALTERNATIVE) rivals.push({ index, confidence })
  }
  if (allowed === null) for (let index = 1; index < classes; index++) consider(index)
  else for (const index of allowed) consider(index)
  rivals.sort((a, b) => b.confidence - a.confidence)
  return {
    text: alphabet[chosen] ?? '',
    confidence: Math.min(1, Math.max(0, data[origin + chosen] ?? 0)),
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
