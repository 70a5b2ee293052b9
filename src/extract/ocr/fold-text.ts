/**
 * The form in which two readings of one print are compared: compatibility forms folded (full-width digits and
 * punctuation), white space dropped, and brackets and quotation marks that print alike made one.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[【〔［]/g, '[')
    .replaceAll(/[】〕］]/g, ']')
    .replaceAll(/[—–―‐−]/g, '-')
    .replaceAll(/[“”„‟″〝〞]/g, '"')
    .replaceAll(/[‘’‛′]/g, "'")
    .replaceAll('、', ',')
}

/** Points and strokes at either end: dust beside print reads so. A comma or a point inside is never one. */
const EDGE_SPECKS = /^[-.,·'`:;_~]+(?=[^-.,·'`:;_~])|(?<=[^-.,·'`:;_~])[-.,·'`:;_~]+$/g

/** The text without what dust can have put at its ends; a text without a letter or a Han glyph is left as it is. */
export function withoutEdgeSpecks(text: string): string {
  return /\p{L}/u.test(text) ? text.replaceAll(EDGE_SPECKS, '') : text
}

/** Digits with money punctuation that make a number: 12, -3.50, 1,234.56, (3.10), 60%. */
const NUMBER = /^[-+(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?%?$/

/** Whether a text is a well-formed number, whatever it counts. */
export function isNumber(text: string): boolean {
  return NUMBER.test(foldText(text))
}

const PAIRS: readonly (readonly [string, string])[] = [
  ['[', ']'],
  ['(', ')'],
]

/** Whether brackets pair up, and digits with points and commas make a number. */
export function isWellFormed(text: string): boolean {
  const folded = foldText(text)
  const countOf = (glyph: string) => folded.split(glyph).length - 1
  if (PAIRS.some(([open, close]) => countOf(open) !== countOf(close))) return false
  return !/^[\d.,]*[.,][\d.,]*$/.test(folded) || isNumber(folded)
}

/** The text without punctuation: letters, digits and Han glyphs. */
export function withoutPunctuation(text: string): string {
  return foldText(text).replaceAll(/[^\p{L}\p{N}]/gu, '')
}
