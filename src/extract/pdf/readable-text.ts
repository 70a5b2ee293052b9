/**
 * Radicals that Unicode's normal forms leave alone, each above the character that it looks like; the first three would
 * become traditional characters (戶靑黃), but simplified fonts draw 户青黄 with their glyphs.
 */
const RADICALS = '⼾⾭⿈⺌⺟⺠⺫⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳'
const CHARACTERS = '户青黄小母民目虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟'
/** Forms of Han characters that look like the ordinary ones: radicals and compatibility ideographs. */
const DISGUISED_HAN = /[\u2e80-\u2fdf\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu
/** Ligatures of Latin letters. */
const LIGATURES = /[\ufb00-\ufb06]/g
const UNPRINTABLE = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g
/** Fonts without a proper encoding give control characters: glyphs that nobody can name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NAMELESS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g

/**
 * The text of a glyph with ordinary characters for look-alikes (the radical ⼀ becomes 一) and without characters that
 * print nothing; U+FFFD stands for a glyph that the font does not name. Nothing else is normalised: full-width forms stay as printed.
 */
export function readableText(text: string): string {
  return text
    .replace(DISGUISED_HAN, (character) => CHARACTERS[RADICALS.indexOf(character)] ?? character.normalize('NFKC'))
    .replace(LIGATURES, (character) => character.normalize('NFKC'))
    .replace(UNPRINTABLE, '')
    .replace(NAMELESS, '\ufffd')
}
