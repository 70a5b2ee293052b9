import type { CatalogueEntry } from '../../src/model/catalogue.ts'
import type { Random } from '../generate/random.ts'

/** A cell as a bad recogniser leaves it, with the entry that was printed. */
export interface DamagedCell {
  readonly text: string
  readonly truth: CatalogueEntry
}

const HAN = { first: 0x4e00, last: 0x9fa5 }
/** Unicode orders Han by radical and strokes: characters this near mostly share their radical. */
const NEAREST_HAN = 8
const GARBAGE = '囗巨吕册冊凹凸皿罒罔囿曰臼田甲由电'
const BRACKETS: readonly string[] = ['[', '(', '{', '|', 'f', '', '「']
const CLOSINGS: readonly string[] = [']', ')', 'J', '}', 'i', '', '」']
const LETTER_FOR_DIGIT: Readonly<Record<string, string>> = {
  '0': 'DQU',
  '1': 'Ji/',
  '2': 'Za',
  '3': 'Eε',
  '4': 'AY',
  '5': 'Ss',
  '6': 'Gb',
  '7': 'TЛ',
  '8': 'R&',
  '9': 'gP',
}
const LONGEST_RUN = 3

/**
 * The cell "[code]name" after damage at `rate` a glyph. The model shares nothing with the one that restores: Han turn into
 * neighbours in Unicode, runs of digits into square glyphs, digits into letters; glyphs are lost and brackets misread.
 */
export function damageCell(truth: CatalogueEntry, rate: number, random: Random): DamagedCell {
  const open = random.chance(rate) ? random.pick(BRACKETS) : '['
  const close = random.chance(rate) ? random.pick(CLOSINGS) : ']'
  return { text: open + damageCode(truth.code, rate, random) + close + damageName(truth.name, rate, random), truth }
}

function damageCode(code: string, rate: number, random: Random): string {
  let damaged = ''
  let at = 0
  while (at < code.length) {
    const glyph = code[at] ?? ''
    at += 1
    if (!random.chance(rate)) {
      damaged += glyph
      continue
    }
    const kind = random.next()
    if (kind < 0.45) {
      at += random.integer(1, LONGEST_RUN) - 1
      damaged += random.pick([...GARBAGE])
    } else if (kind < 0.8) damaged += random.pick([...(LETTER_FOR_DIGIT[glyph] ?? 'ΛHN')])
    else if (kind < 0.9) damaged += `${glyph}${random.pick(["'", '.', '一'])}`
    // The rest is lost.
  }
  return damaged
}

function damageName(name: string, rate: number, random: Random): string {
  return [...name].map((glyph) => (random.chance(rate) ? damageHan(glyph, random) : glyph)).join('')
}

function damageHan(glyph: string, random: Random): string {
  const codePoint = glyph.codePointAt(0) ?? 0
  if (codePoint < HAN.first || codePoint > HAN.last) return glyph
  if (random.chance(0.1)) return ''
  const step = random.integer(1, NEAREST_HAN) * (random.chance(0.5) ? 1 : -1)
  return String.fromCodePoint(Math.min(HAN.last, Math.max(HAN.first, codePoint + step)))
}
