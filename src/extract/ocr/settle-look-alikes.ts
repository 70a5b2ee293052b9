import type { CharacterReading } from '../../model/table.ts'
import { foldText } from './fold-text.ts'

/** Glyphs that print alike, and the place that tells which one it is. */
interface LookAlike {
  readonly seen: RegExp
  readonly meant: string
  readonly before: RegExp
  readonly after: RegExp
}

const HAN = /\p{Script=Han}/u
const DIGIT_OR_POINT = /^[\d.,]$/
const ANY = /^/
/** The reader itself must hold the other glyph for possible. */
const MIN_ALTERNATIVE = 0.02

const LOOK_ALIKES: readonly LookAlike[] = [
  // Beside Han glyphs it is 一 (一般公共预算) where the reader holds that for possible.
  { seen: /^[-—–―－ー]$/, meant: '一', before: ANY, after: HAN },
  { seen: /^[-—–―－ー]$/, meant: '一', before: HAN, after: ANY },
  { seen: /^[oOＯ〇]$/, meant: '0', before: DIGIT_OR_POINT, after: ANY },
  { seen: /^[lI|]$/, meant: '1', before: DIGIT_OR_POINT, after: ANY },
]

/** The letters of item codes are capitals: A02010105, C21040000. */
const SMALL_LETTER = /^[abc]$/
const NO_DIGIT_BEFORE = /^[^\d]*$/
const STROKES = /^[lIi|]$/
/** What a worn decimal point looks like. */
const POINTS = /^[,，:：]$/

/**
 * Gives a glyph that prints like another the identity that its neighbours demand, if the reader held that one for
 * possible too. The two confidences are added: the reader's doubt was about the name of the shape, not the shape.
 */
export function settleLookAlikes(characters: readonly CharacterReading[]): CharacterReading[] {
  const texts = characters.map((character) => character.text)
  return characters.map((character, index) => joinNames(settleOne(character, index, texts), index, texts))
}

function settleOne(character: CharacterReading, index: number, texts: readonly string[]): CharacterReading {
  const [before, after] = [texts[index - 1] ?? '', texts[index + 1] ?? '']
  const rule = LOOK_ALIKES.find(
    (candidate) => candidate.seen.test(character.text) && candidate.before.test(before) && candidate.after.test(after),
  )
  const isCode = SMALL_LETTER.test(character.text) && NO_DIGIT_BEFORE.test(before) && /^\d$/.test(after)
  const isPoint = POINTS.test(character.text) && isDecimalPoint(index, texts)
  const meant = isCode ? character.text.toUpperCase() : isPoint ? '.' : rule?.meant
  const other = character.alternatives.find((alternative) => alternative.text === meant)
  if (other === undefined || other.confidence < MIN_ALTERNATIVE) return character
  return {
    text: other.text,
    confidence: Math.min(1, character.confidence + other.confidence),
    alternatives: [
      { text: character.text, confidence: character.confidence },
      ...character.alternatives.filter((alternative) => alternative !== other),
    ],
  }
}

/** Adds what the reader gave to other names of the same shape: other brackets, a stroke for 1, a comma for the point. */
function joinNames(character: CharacterReading, index: number, texts: readonly string[]): CharacterReading {
  const isSame = (text: string) =>
    foldText(text) === foldText(character.text) ||
    (character.text === '1' && STROKES.test(text)) ||
    (/^[ABC]$/.test(character.text) && text === character.text.toLowerCase() && /^\d$/.test(texts[index + 1] ?? '')) ||
    (character.text === '.' && POINTS.test(text) && isDecimalPoint(index, texts))
  const names = character.alternatives.filter(({ text }) => isSame(text))
  if (names.length === 0) return character
  const sum = names.reduce((total, { confidence }) => total + confidence, character.confidence)
  return { ...character, confidence: Math.min(1, sum) }
}

/** Thousands come in threes: between digits, with one or two to the end, stands a point and no comma. */
function isDecimalPoint(index: number, texts: readonly string[]): boolean {
  return /^\d$/.test(texts[index - 1] ?? '') && /^\d{1,2}$/.test(texts.slice(index + 1).join(''))
}
