import { z } from 'zod'

/**
 * Glyphs that readers confuse. `observed` is what stands in a reading, `truth` what was printed; either may be longer
 * than one character (嗣 for 060). `count` is how often the pair was seen in `source`.
 */
export const GlyphConfusion = z
  .object({ observed: z.string(), truth: z.string(), count: z.number().int().min(1), source: z.string() })
  .readonly()
export type GlyphConfusion = z.infer<typeof GlyphConfusion>
