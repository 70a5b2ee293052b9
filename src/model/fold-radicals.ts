/**
 * Radicals that Unicode's normal forms leave alone, each above the character that it looks like; the first three would
 * become traditional characters (戶靑黃), but simplified fonts draw 户青黄 with their glyphs.
 */
const RADICALS = '⼾⾭⿈⺌⺟⺠⺫⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳'
const CHARACTERS = '户青黄小母民目虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟'
/** Forms of Han characters that look like the ordinary ones: radicals and compatibility ideographs. */
const DISGUISED_HAN = /[\u2e80-\u2fdf\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu

/** The text with ordinary characters for the radicals and compatibility ideographs that fonts put in their place. */
export function foldRadicals(text: string): string {
  return text.replace(DISGUISED_HAN, (glyph) => CHARACTERS[RADICALS.indexOf(glyph)] ?? glyph.normalize('NFKC'))
}
