import type { PrintedLine } from './browser.ts'
import type { Random } from './random.ts'

/** What scanners' recognisers write for what stands there: look-alikes, and one Han glyph for a run of digits. */
const CONFUSIONS: readonly (readonly [string, readonly string[]])[] = [
  ['00', ['曲', '回', '佣', '田', '∞']],
  ['000', ['嗣', '酬']],
  ['.00', ['回', '.O0', ' 00', '.0。']],
  ['0', ['O', '。', 'o']],
  ['1', ['l', 'I', '丨', 't']],
  ['2', ['z', 'Z']],
  ['5', ['S', 's']],
  ['8', ['B', '日']],
  ['[', ['I', '｛', '〔', '(']],
  [']', ['）', 'l', '｝', '1']],
  ['.', [' ', '·', '，']],
  ['C', ['口', 'G', '(']],
  ['A', ['Λ', '八']],
  ['其', ['真', '且', '具']],
  ['他', ['她', '地']],
  ['务', ['奇', '夸', '各']],
  ['服', ['股', '阪']],
  ['支', ['主', '交']],
  ['算', ['草', '篝', '箕']],
  ['拨', ['提', '拔']],
  ['款', ['敦', '歇', '就']],
  ['补', ['孙', '朴']],
  ['助', ['肋', '胁', '朋']],
  ['设', ['没', 'i殳']],
  ['备', ['各', '番']],
  ['维', ['雄', '雏']],
  ['修', ['悻', '俢']],
  ['系', ['矗', '糸']],
  ['统', ['绽', '综']],
  ['费', ['赀', '贾']],
  ['项', ['顶', 'I页']],
  ['目', ['曰', '日']],
  ['单', ['草', '单']],
  ['额', ['颠', '额']],
  ['本', ['木', '夲']],
  ['区', ['匠', '匡']],
  ['市', ['巾', '帀']],
  ['教', ['敦', '教']],
  ['育', ['商', '肓']],
  ['管', ['官', '菅']],
  ['理', ['埋', '理']],
  ['程', ['理', '呈']],
  ['件', ['什', '仵']],
  ['购', ['构', '赠']],
  ['置', ['宣', '量']],
]

/** The text as a bad recogniser writes it: about `rate` of the confusable places are hit. */
export function garbleText(text: string, rate: number, random: Random): string {
  let garbled = ''
  let at = 0
  while (at < text.length) {
    const [glyphs, looks] = CONFUSIONS.find(([truth]) => text.startsWith(truth, at)) ?? [text[at] ?? '', []]
    garbled += looks.length > 0 && random.chance(rate) ? random.pick(looks) : glyphs
    at += glyphs.length
  }
  return garbled
}

/** A layer of garbled lines over a page; some short lines get lost altogether. */
export function garbleLines(lines: readonly PrintedLine[], rate: number, random: Random): PrintedLine[] {
  return lines
    .filter((line) => line.text.length > 2 || !random.chance(rate / 4))
    .map((line) => ({ ...line, text: garbleText(line.text, rate, random) }))
}

/**
 * Puts a known garble (by cell key) where the cell's true lines stand, cut in proportion to their lengths, or line by
 * line where it is given as several. Lines of cells without a garble keep their text.
 */
export function placeGarble(
  lines: readonly PrintedLine[],
  garble: ReadonlyMap<string, readonly string[]>,
): PrintedLine[] {
  return lines.map((line) => {
    const known = line.key === '' ? undefined : garble.get(line.key)
    if (known === undefined) return line
    const siblings = lines.filter((other) => other.key === line.key)
    return { ...line, text: partOf(known, siblings, siblings.indexOf(line)) }
  })
}

function partOf(known: readonly string[], siblings: readonly PrintedLine[], index: number): string {
  if (known.length === siblings.length) return known[index] ?? ''
  const whole = known.join('')
  const lengths = siblings.map((line) => line.text.length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const cut = (end: number): number =>
    Math.round((lengths.slice(0, end).reduce((sum, length) => sum + length, 0) / total) * whole.length)
  return whole.slice(cut(index), cut(index + 1))
}
