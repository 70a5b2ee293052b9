import { foldRadicals } from '../../model/fold-radicals.ts'

/** Ligatures of Latin letters. */
const LIGATURES = /[\ufb00-\ufb06]/g
const UNPRINTABLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g
/** Fonts without a proper encoding give control characters, or halves of characters: glyphs that nobody can name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NAMELESS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\p{Cs}]/gu

/**
 * The text of a glyph with ordinary characters for look-alikes (the radical ⼀ becomes 一) and without characters that
 * print nothing; U+FFFD stands for a glyph that the font does not name. Nothing else is normalised: full-width forms stay as printed.
 */
export function readableText(text: string): string {
  return foldRadicals(text)
    .replace(LIGATURES, (character) => character.normalize('NFKC'))
    .replace(UNPRINTABLE, '')
    .replace(NAMELESS, '\ufffd')
}
