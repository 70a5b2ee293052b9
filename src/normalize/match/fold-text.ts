const BRACKETS: Readonly<Record<string, string>> = {
  '【': '[',
  '〔': '[',
  '「': '[',
  '『': '[',
  '】': ']',
  '〕': ']',
  '」': ']',
  '』': ']',
  '〈': '(',
  '《': '(',
  '{': '(',
  '〉': ')',
  '》': ')',
  '}': ')',
  '“': '"',
  '”': '"',
  '„': '"',
  '〝': '"',
  '〞': '"',
  '‘': "'",
  '’': "'",
}

const ALREADY_FOLDED = /^[\u4e00-\u9fffA-Za-z0-9[\]().,]*$/

/**
 * One spelling for texts that differ only in how they are set: full and half width, kinds of brackets and quotation marks, blanks and line
 * ends. Used to compare, never to publish.
 */
export function foldText(text: string): string {
  if (ALREADY_FOLDED.test(text)) return text
  let folded = ''
  for (const character of text.normalize('NFKC').replaceAll(/[\s\u200B\uFEFF]/g, '')) {
    folded += BRACKETS[character] ?? character
  }
  return folded
}

/** A folded name without a closing remark in brackets that the catalogue does not have: 审计服务(省级第二版). */
export function withoutRemark(foldedName: string): string {
  return foldedName.replace(/[([][^()[\]]*[)\]]$/, '')
}

export function isHan(codePoint: number): boolean {
  return (codePoint >= 0x3400 && codePoint <= 0x9fff) || codePoint === 0x3007
}

export function isDigit(codePoint: number): boolean {
  return codePoint >= 0x30 && codePoint <= 0x39
}

export function isLatinLetter(codePoint: number): boolean {
  return (codePoint >= 0x41 && codePoint <= 0x5a) || (codePoint >= 0x61 && codePoint <= 0x7a)
}

/** How many characters two texts have in common in the same order. */
export function commonLength(a: string, b: string): number {
  const lengths = Array.from({ length: b.length + 1 }, () => 0)
  for (let i = 0; i < a.length; i += 1) {
    let diagonal = 0
    for (let j = 0; j < b.length; j += 1) {
      const above = lengths[j + 1] ?? 0
      lengths[j + 1] = a[i] === b[j] ? diagonal + 1 : Math.max(above, lengths[j] ?? 0)
      diagonal = above
    }
  }
  return lengths[b.length] ?? 0
}

/** A code with ordinary letters and figures: full-width ones are a way to set it, not another code. */
export function halfWidthCode(code: string): string {
  return code.replaceAll(/[０-９Ａ-Ｚａ-ｚ]/g, (glyph) => glyph.normalize('NFKC'))
}

const LETTERS_FOR_DIGITS: Readonly<Record<string, string>> = { O: '0', o: '0', I: '1', l: '1', '|': '1' }

/** A code that was read from pixels, with figures for the letters behind its first that look like them: CO801 is C0801. */
export function codeOfFigures(code: string): string {
  if (!/^[A-Z][0-9OoIl|]{2,14}$/.test(code) || !/\d/.test(code)) return code
  return code.slice(0, 1) + code.slice(1).replaceAll(/[OoIl|]/g, (letter) => LETTERS_FOR_DIGITS[letter] ?? letter)
}
