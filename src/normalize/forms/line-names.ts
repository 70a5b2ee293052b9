/** What a line's printed name says beside its name: its numbering, or that it is a total or a part of the line above. */
export interface LineName {
  readonly name: string
  readonly kind: 'line' | 'total' | 'subtotal' | 'of_which'
  /** The manner of its number: 一、 (一) 1、 (1) ①; null without one. */
  readonly numbering: NumberingStyle | null
  /** Which of its manner (二、 is 2); null where it cannot be told. */
  readonly ordinal: number | null
}

export type NumberingStyle = 'han' | 'han-bracket' | 'digit' | 'digit-bracket' | 'circle'

const HAN = '[一二三四五六七八九十百]+'
/** What readers of pixels take the mark 、 for. */
const READ_MARKS = '丶·・～~'
const NUMBERINGS: readonly (readonly [NumberingStyle, RegExp])[] = [
  ['han', new RegExp(`^${HAN}[、.．,，:：${READ_MARKS}]`)],
  ['han-bracket', new RegExp(`^[（(]${HAN}[）)][、.．]?`)],
  ['digit', /^\d{1,2}(?:[、．,，:：丶]|\.(?!\d))/],
  ['digit-bracket', /^[（(]\d{1,2}[）)][、.．]?|^\d{1,2}[）)]/],
  ['circle', /^[①-⑳][、.．]?/],
]
const OF_WHICH = /^其中[:：]?/
const TOTAL = /^.{0,10}(?:合计|总计|共计|总合计|合计数)$/
const GRAND_TOTAL = /(?:总计|总合计|共计)$|^合计数?$/
const SUBTOTAL = /^.{0,12}小计$/

/** Reads the name of a line; blanks and line ends inside it carry nothing. */
export function readLineName(printed: string): LineName {
  const compact = printed.normalize('NFKC').replaceAll(/\s/g, '')
  const ofWhich = OF_WHICH.test(compact)
  const told = compact.replace(OF_WHICH, '')
  const found = NUMBERINGS.find(([, pattern]) => pattern.test(told))
  const bare = found === undefined ? told : told.replace(found[1], '')
  const name = bare === '' ? told : bare
  const numbering = found === undefined || bare === '' ? null : found[0]
  // （一）支出合计 is one of the lines under 一、, not the total of the table.
  const isPart = numbering !== null && numbering !== 'han'
  return {
    name: keepPrinted(printed, name),
    kind: ofWhich ? 'of_which' : isPart ? 'line' : kindOf(name),
    numbering,
    ordinal: found === undefined ? null : ordinalOf(found[1].exec(told)?.[0] ?? ''),
  }
}

const HAN_DIGITS = '一二三四五六七八九'

function ordinalOf(mark: string): number | null {
  const digits = /\d+/.exec(mark)?.[0]
  if (digits !== undefined) return Number(digits)
  const [, tens = '', ones = ''] = /([一二三四五六七八九]?)十([一二三四五六七八九]?)/.exec(mark) ?? []
  if (mark.includes('十')) return (tens === '' ? 10 : valueOfHan(tens) * 10) + (ones === '' ? 0 : valueOfHan(ones))
  const one = [...mark].find((glyph) => HAN_DIGITS.includes(glyph))
  return one === undefined ? null : valueOfHan(one)
}

function valueOfHan(glyph: string): number {
  return HAN_DIGITS.indexOf(glyph) + 1
}

/** Words that begin with a number. */
const BEGINS_WITH_NUMBER = /^(?:一般|一次|二级|三公|三农|三峡|四级|五保|五险|八一|十三五|十四五)/

/** The name of a line whose first characters are the number `ordinal` without its mark; the name as it is where they are not. */
export function withNumber(line: LineName, ordinal: number): LineName {
  const [, number = '', rest = ''] = new RegExp(`^(${HAN})(.{2,})$`).exec(line.name) ?? []
  if (number === '' || ordinal < 2 || ordinalOf(number) !== ordinal || BEGINS_WITH_NUMBER.test(line.name)) return line
  return { ...line, name: rest, numbering: 'han', ordinal }
}

/** Whether a text is the name of a total or sub-total ("收入总计", "合 计", "小计"). */
export function isTotalName(text: string): boolean {
  return kindOf(text.normalize('NFKC').replaceAll(/\s/g, '')) !== 'line'
}

/** Whether a total is one over others ("收入总计"), not just of its block's lines ("本年收入合计"). */
export function isGrandTotal(name: string): boolean {
  return GRAND_TOTAL.test(name)
}

function kindOf(name: string): 'line' | 'total' | 'subtotal' {
  if (TOTAL.test(name)) return 'total'
  return SUBTOTAL.test(name) ? 'subtotal' : 'line'
}

/** The page's own spelling of the name (full-width brackets) where only blanks and the number were taken off. */
function keepPrinted(printed: string, name: string): string {
  const compact = printed.replaceAll(/\s/g, '')
  for (let from = 0; from < compact.length; from += 1) {
    const tail = compact.slice(from)
    if (tail.normalize('NFKC') === name) return tail
  }
  return name
}
