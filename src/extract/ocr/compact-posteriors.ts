import {
  encodePosteriors,
  LEAST_INK,
  LEAST_KEPT,
  type LinePosteriors,
  type PosteriorFrame,
} from '../../model/line-posteriors.ts'
import type { Posteriors } from './decode-ctc.ts'

const BLANK = 0

/** What a recogniser says of a line in the form in which it is kept: the likeliest glyphs of each step, white space as none. */
export function compactPosteriors(posteriors: Posteriors, alphabet: readonly string[]): LinePosteriors {
  return encodePosteriors(Array.from({ length: posteriors.steps }, (_, step) => toFrame(posteriors, step, alphabet)))
}

function toFrame({ data, classes }: Posteriors, step: number, alphabet: readonly string[]): PosteriorFrame {
  const origin = step * classes
  let blank = data[origin + BLANK] ?? 0
  if (blank > 1 - LEAST_INK) return { blank, glyphs: [], rest: 1 - blank }
  const glyphs: { text: string; probability: number }[] = []
  let sum = 0
  for (let index = BLANK + 1; index < classes; index += 1) {
    const probability = data[origin + index] ?? 0
    if (probability < LEAST_KEPT) continue
    const text = alphabet[index] ?? ''
    if (text.trim() === '') blank += probability
    else glyphs.push({ text, probability })
    sum += text.trim() === '' ? 0 : probability
  }
  return { blank, glyphs, rest: Math.max(0, 1 - blank - sum) }
}
