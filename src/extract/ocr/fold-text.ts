/**
 * The form in which two readings of one print are compared: compatibility forms folded (full-width digits and
 * punctuation), white space dropped, and bracket shapes that print alike made one.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[【〔［]/g, '[')
    .replaceAll(/[】〕］]/g, ']')
    .replaceAll(/[—–―‐−]/g, '-')
    .replaceAll('、', ',')
}

/** Digits with money punctuation that make a number: 12, -3.50, 1,234.56, (3.10), 60%. */
const NUMBER = /^[-+(]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?%?$/

/** Whether a text is a well-formed number, whatever it counts. */
export function isNumber(text: string): boolean {
  return NUMBER.test(foldText(text))
}
