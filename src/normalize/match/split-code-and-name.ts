import { foldText } from './fold-text.ts'

/** One way to part a cell into code and name. '' stands for a part that is not there. */
export interface CodeNameSplit {
  readonly code: string
  readonly name: string
  readonly reason: string
}

const CODE = '(?:[A-Z]\\d{2,14}|\\d{3,14})'
const CLEAN_FORMS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^\\[(${CODE})\\](.*)$`), 'code in square brackets'],
  [new RegExp(`^\\((${CODE})\\)(.*)$`), 'code in round brackets'],
  [new RegExp(`^(${CODE})$`), 'code alone'],
  [new RegExp(`^(${CODE})[-—–_:：.、|/]+(.+)$`), 'code, a separator, name'],
  [new RegExp(`^(${CODE})([^\\d\\]).,].*)$`), 'code, then words'],
  [new RegExp(`^([^\\d]*[\\u3400-\\u9fff][^\\d]*?)[[(](${CODE})[\\])]$`), 'name, then the code in brackets'],
]
const CLOSING = '])}lI1|!iJjtη”"」'
/** A code with its brackets; several glyphs of damage may stand before the name begins. */
const LONGEST_CODE = 18
const SHORTEST_CODE = 3
/** Names begin with "3D" or "110", hardly with more digits. */
const LONGEST_NUMBER_OF_NAME = 4

/**
 * The ways to part "[A02010105]台式计算机" and its damaged kin into code and name, the likeliest first: a clean form
 * gives one way; otherwise every place where the code may end is offered with its reason. Lines are joined, widths and
 * bracket kinds folded; nothing else is altered.
 */
export function splitCodeAndName(raw: string): readonly CodeNameSplit[] {
  const text = foldText(raw)
  for (const [form, reason] of CLEAN_FORMS) {
    const found = form.exec(text)
    if (found === null) continue
    const [first = '', second = ''] = [found[1], found[2]]
    return [reason.startsWith('name') ? { code: second, name: first, reason } : { code: first, name: second, reason }]
  }
  if (!/\d/.test(text) && !/^[[(I|l]/.test(text)) return [{ code: '', name: text, reason: 'no digit: a name alone' }]
  return damagedSplits(text)
}

/**
 * Other places where a code without brackets may end, when the name behind it may begin with a digit itself
 * ("A020210053D打印机"); the longest code first. A catalogue has to tell which is meant.
 */
export function shorterCodes({ code, name }: CodeNameSplit): readonly CodeNameSplit[] {
  const cuts: CodeNameSplit[] = []
  for (let at = code.length - 1; at >= Math.max(SHORTEST_CODE, code.length - LONGEST_NUMBER_OF_NAME); at -= 1) {
    cuts.push({
      code: code.slice(0, at),
      name: code.slice(at) + name,
      reason: 'code, then a name that begins with a digit',
    })
  }
  return cuts
}

function damagedSplits(text: string): readonly CodeNameSplit[] {
  // No code begins with I, l or |: there it is a bracket, too.
  const opened = /^[[(I|l!]/.test(text) ? 1 : 0
  const splits: CodeNameSplit[] = []
  const unclosed: CodeNameSplit[] = []
  const limit = Math.min(text.length - 1, LONGEST_CODE)
  for (let at = limit; at > opened; at -= 1) {
    const glyph = text[at] ?? ''
    if (text.slice(opened, at).includes('(')) continue
    if (')]'.includes(glyph)) splits.unshift(part(text, opened, at, at + 1, `closing bracket ${glyph}`))
    else if (CLOSING.includes(glyph) && isWordStart(text, at + 1)) {
      splits.push(part(text, opened, at, at + 1, `closing bracket read as ${glyph}`))
    } else if (/\d/.test(text[at - 1] ?? '') && isWordStart(text, at)) {
      unclosed.push(part(text, opened, at, at, 'closing bracket missing, words after the last digit'))
    }
  }
  // What was opened was closed, too, and the bracket misread rather than lost.
  const ordered = opened === 1 ? [...splits, ...unclosed] : [...unclosed, ...splits]
  if (ordered.length > 0) return ordered
  return [{ code: '', name: text, reason: 'no place where a code could end' }]
}

function isWordStart(text: string, at: number): boolean {
  return /^[\u3400-\u9fff(,"]/.test(text.slice(at))
}

function part(text: string, from: number, to: number, nameFrom: number, reason: string): CodeNameSplit {
  return { code: text.slice(from, to), name: text.slice(nameFrom), reason }
}
