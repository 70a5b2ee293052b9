import type { GlyphConfusion } from '../../model/glyph-confusion.ts'

/** A figure that a damaged reading may stand for; the weights of one set sum to 1. `text` is a plain decimal. */
export interface AmountHypothesis {
  readonly text: string
  readonly weight: number
  readonly how: string
}

/**
 * All figures that the readings may stand for. `isBounded` is false when too many glyphs are unreadable: then the
 * hypotheses are only the likeliest, and any figure below `ceiling` (printed unit) may be meant.
 */
export interface AmountHypotheses {
  readonly hypotheses: readonly AmountHypothesis[]
  readonly isBounded: boolean
  readonly ceiling: number
}

/**
 * How a column prints its figures: places after the point when it always prints the same, its share of ".00", and whether
 * each has the sign of a currency before it.
 */
export interface FigureHabit {
  readonly decimals: number | null
  readonly roundShare: number
  readonly isSigned?: boolean
}

const MAX_GARBAGE_GLYPHS = 1
const MAX_GLYPHS_PER_GARBAGE = 4
const MAX_HYPOTHESES = 4000
const LOST_POINT = 0.3
const AS_READ = 'as read'
const EVERY_GLYPH = [...'0123456789.']

/** Shapes that stand for a digit or the point whoever reads them. */
const LOOK_ALIKES: Readonly<Record<string, readonly string[]>> = {
  O: ['0'],
  o: ['0'],
  D: ['0'],
  Q: ['0'],
  〇: ['0'],
  '○': ['0'],
  Θ: ['0'],
  S: ['5'],
  s: ['5'],
  $: ['5'],
  l: ['1'],
  I: ['1'],
  i: ['1'],
  '|': ['1'],
  '!': ['1'],
  t: ['1'],
  丨: ['1'],
  B: ['8'],
  Z: ['2'],
  z: ['2'],
  b: ['6'],
  G: ['6'],
  g: ['9'],
  q: ['9'],
  A: ['4'],
  T: ['7'],
  '?': ['7', '2'],
  '。': ['0', '.'],
  ',': ['.', ''],
  '·': ['.'],
  '•': ['.'],
  "'": ['.', ''],
  '`': ['.', ''],
  ':': ['.'],
  ';': ['.'],
  _: ['', '.'],
  '-': ['', '.'],
  '~': [''],
  '"': [''],
}

/**
 * The bounded set of figures that damaged readings may stand for: look-alike glyphs, a lost point, one unreadable
 * glyph as one to four of [0-9.]; `confusions` (what glyphs were seen to stand for) and the column's habit weigh them.
 */
export function amountHypotheses(
  readings: readonly string[],
  habit: FigureHabit,
  confusions: ReadonlyMap<string, readonly GlyphConfusion[]> = new Map(),
): AmountHypotheses {
  const weights = new Map<string, { weight: number; how: string }>()
  let isBounded = true
  let ceiling = 0
  for (const reading of readings.flatMap(withJoinedStrokes)) {
    const glyphs = [...reading.normalize('NFKC').replaceAll(/\s/g, '')]
    const isSpaced = /\d\s+\d/.test(reading.normalize('NFKC').trim())
    const expanded = expandGlyphs(glyphs, habit, confusions)
    isBounded &&= expanded.isBounded
    ceiling = Math.max(ceiling, expanded.ceiling)
    for (const { text, weight, how } of expanded.texts) addFigures(weights, text, weight, how, habit, isSpaced)
  }
  const all = [...weights].map(([text, { weight, how }]) => ({ text, weight, how }))
  const sorted = all.toSorted((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1)).slice(0, MAX_HYPOTHESES)
  const sum = sorted.reduce((total, { weight }) => total + weight, 0)
  return {
    hypotheses: sorted.map((each) => ({ ...each, weight: each.weight / sum })),
    isBounded: isBounded && all.length <= MAX_HYPOTHESES,
    ceiling,
  }
}

/** Two strokes side by side may be one 8 that fell apart ("2ll.OO" is 28.00). */
function withJoinedStrokes(reading: string): readonly string[] {
  const joined = reading.replace(/[lI|!]{2}/, '8')
  return joined === reading ? [reading] : [reading, joined]
}

interface Expansion {
  readonly texts: readonly { readonly text: string; readonly weight: number; readonly how: string }[]
  readonly isBounded: boolean
  readonly ceiling: number
}

function expandGlyphs(
  glyphs: readonly string[],
  habit: FigureHabit,
  confusions: ReadonlyMap<string, readonly GlyphConfusion[]>,
): Expansion {
  const isPlain = (glyph: string) => /[\d.]/.test(glyph) || LOOK_ALIKES[glyph] !== undefined
  const garbage = glyphs.filter((glyph) => !isPlain(glyph)).length
  const longest = glyphs.length - garbage + garbage * MAX_GLYPHS_PER_GARBAGE
  let texts: { text: string; weight: number; how: string }[] = [{ text: '', weight: 1, how: AS_READ }]
  for (const glyph of glyphs) {
    const options = isPlain(glyph) ? plainOptions(glyph) : garbageOptions(glyph, glyphs, garbage, habit, confusions)
    texts = texts.flatMap((begun) =>
      options.map(({ text, weight, how }) => ({
        text: begun.text + text,
        weight: begun.weight * weight,
        how: how === '' ? begun.how : how,
      })),
    )
    if (texts.length > MAX_HYPOTHESES * 4)
      texts = texts.toSorted((a, b) => b.weight - a.weight).slice(0, MAX_HYPOTHESES * 4)
  }
  return { texts, isBounded: garbage <= MAX_GARBAGE_GLYPHS, ceiling: 10 ** Math.min(12, longest) }
}

interface GlyphOption {
  readonly text: string
  readonly weight: number
  readonly how: string
}

function plainOptions(glyph: string): readonly GlyphOption[] {
  const looksLike = LOOK_ALIKES[glyph]
  if (looksLike === undefined) return [{ text: glyph, weight: 1, how: '' }]
  return looksLike.map((text, index) => ({
    text,
    weight: 1 / (1 + index),
    how: `${glyph} stands for ${text === '' ? 'nothing' : text}`,
  }))
}

const TAIL_WEIGHT = 0.6
const SEEN_WEIGHT = 0.3
const ANY_WEIGHT = 0.1

/** What one unreadable glyph may stand for: what it was seen for, a ".00" tail, and, for a lone one, anything. */
function garbageOptions(
  glyph: string,
  glyphs: readonly string[],
  garbageCount: number,
  habit: FigureHabit,
  confusions: ReadonlyMap<string, readonly GlyphConfusion[]>,
): readonly GlyphOption[] {
  const options: GlyphOption[] = []
  const add = (text: string, weight: number, how: string) => options.push({ text, weight, how })
  const round = TAIL_WEIGHT * habit.roundShare
  for (const [text, share] of [
    ['.00', 0.5],
    ['00', 0.2],
    ['0.00', 0.2],
    ['0', 0.1],
  ] as const) {
    add(text, round * share, `${glyph} read as ${text}, as most figures of the column end`)
  }
  const seen = (confusions.get(glyph) ?? []).filter(({ truth }) => /^[\d.]+$/.test(truth))
  const count = seen.reduce((sum, each) => sum + each.count, 0)
  for (const { truth, count: times } of seen) {
    const weight = (SEEN_WEIGHT * times) / count / 2
    add(truth, weight, `${glyph} was seen for ${truth}`)
    if (!truth.includes('.')) add(`.${truth}`, weight, `${glyph} was seen for ${truth}`)
  }
  if (garbageCount > MAX_GARBAGE_GLYPHS)
    return [...options, ...EVERY_GLYPH.map((text) => ({ text, weight: ANY_WEIGHT / 11, how: '' }))]
  const fits = frameOf(glyph, glyphs, habit)
  for (const texts of EVERY_TEXT) {
    const weight = ANY_WEIGHT / MAX_GLYPHS_PER_GARBAGE / texts.length
    for (const text of texts) if (fits(text)) add(text, weight, `${glyph} stands for ${text}`)
  }
  return options
}

/** Every text of one to four digits with at most one point among them, by length. */
const EVERY_TEXT: readonly (readonly string[])[] = listTexts()

function listTexts(): readonly (readonly string[])[] {
  const lists: (readonly string[])[] = []
  let texts: readonly string[] = ['']
  for (let length = 1; length <= MAX_GLYPHS_PER_GARBAGE; length += 1) {
    texts = texts
      .flatMap((text) => EVERY_GLYPH.map((next) => text + next))
      .filter((text) => text.indexOf('.') === text.lastIndexOf('.'))
    lists.push(texts)
  }
  return lists
}

/** An unreadable glyph that also hides a lost point stands for one or two digits, not more. */
const MAX_DIGITS_WITH_LOST_POINT = 2

/** Whether a text in the place of the unreadable glyph gives a figure as the column prints them. */
function frameOf(glyph: string, glyphs: readonly string[], habit: FigureHabit): (text: string) => boolean {
  const at = glyphs.indexOf(glyph)
  const plain = (list: readonly string[]) => list.map((each) => LOOK_ALIKES[each]?.[0] ?? each).join('')
  const before = plain(glyphs.slice(0, at))
  const after = plain(glyphs.slice(at + 1))
  const { decimals } = habit
  return (text) => {
    const whole = before + text + after
    const point = whole.indexOf('.')
    if (point === -1) return decimals === null || text.length <= MAX_DIGITS_WITH_LOST_POINT
    const places = whole.length - 1 - point
    const isOnly = whole.lastIndexOf('.') === point
    return isOnly && point > 0 && places > 0 && (decimals === null || places === decimals)
  }
}

/** Weight of a whole number in a column that prints points, as it stands. */
const AGAINST_HABIT = 0.15

/** Adds the figures that a string of digits and points can be: as it is, or with the point that was lost. */
function addFigures(
  weights: Map<string, { weight: number; how: string }>,
  text: string,
  weight: number,
  how: string,
  habit: FigureHabit,
  isSpaced: boolean,
): void {
  const add = (figure: string, added: number, reason: string) => {
    if (!/^\d+(?:\.\d+)?$/.test(figure) || /^0\d/.test(figure)) return
    const decimals = figure.includes('.') ? figure.length - figure.indexOf('.') - 1 : 0
    if (habit.decimals !== null && decimals !== habit.decimals && (decimals > 0 || how !== AS_READ)) return
    const known = weights.get(figure)
    weights.set(figure, {
      weight: (known?.weight ?? 0) + added,
      how: known !== undefined && known.weight >= added ? known.how : reason,
    })
  }
  const isAgainstHabit = habit.decimals !== null && !text.includes('.')
  add(text, isAgainstHabit ? weight * AGAINST_HABIT : weight, how)
  const places = habit.decimals
  if (places === null || places === 0 || text.includes('.') || text.length <= places) return
  const pointed = `${text.slice(0, -places)}.${text.slice(-places)}`
  add(pointed, weight * (isSpaced ? 1 : LOST_POINT), `${how}, its point lost`)
}
