import { encodePosteriors, type LinePosteriors, type PosteriorFrame } from '../../src/model/line-posteriors.ts'

/** What a network may show: glyphs that it is sure of, or { 审: 0.5, 价: 0.3 } where it hesitates; the rest of it is no glyph. */
export type Shown = string | Readonly<Record<string, number>>

const NOTHING: PosteriorFrame = { blank: 1, glyphs: [], rest: 0 }

/** Posteriors of one line, a frame for each glyph with empty ones between. */
export function showGlyphs(...shown: readonly Shown[]): LinePosteriors {
  const frames = shown.flatMap((one) =>
    typeof one === 'string' ? [...one].map((glyph) => ({ [glyph]: 0.995 })) : [one],
  )
  return encodePosteriors(
    frames.flatMap((frame): PosteriorFrame[] => {
      const glyphs = Object.entries(frame).map(([text, probability]) => ({ text, probability }))
      const sum = glyphs.reduce((total, { probability }) => total + probability, 0)
      return [NOTHING, { blank: 1 - sum, glyphs, rest: 0 }, NOTHING]
    }),
  )
}
