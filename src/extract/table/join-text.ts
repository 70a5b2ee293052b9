const HAN_OR_WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/u
const NUMBER_PART = /[\d.,\-%]/
const CODE_TAIL = /[A-Za-z]*\d[A-Za-z\d]*$/
const CODE_HEAD = /^[A-Za-z\d]/

/**
 * Joins two pieces of one cell or paragraph that stood on two lines: no space beside Han text, none inside a number or a
 * code that was broken, one between Latin words.
 */
export function joinBrokenLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    if (text === '' || line === '') return text + line
    const [before, after] = [text.at(-1) ?? '', line.at(0) ?? '']
    if (HAN_OR_WIDE.test(before) || HAN_OR_WIDE.test(after)) return text + line
    if (NUMBER_PART.test(before) && NUMBER_PART.test(after)) return text + line
    if (CODE_TAIL.test(text) && CODE_HEAD.test(line)) return text + line
    return `${text} ${line}`
  }, '')
}

/** Whether two neighbours on a line need a space: `gapEm` is the distance between them in ems. */
export function needsSpace(before: string, after: string, gapEm: number): boolean {
  const isHan = HAN_OR_WIDE.test(before.at(-1) ?? '') || HAN_OR_WIDE.test(after.at(0) ?? '')
  return gapEm > (isHan ? 0.8 : 0.15)
}
