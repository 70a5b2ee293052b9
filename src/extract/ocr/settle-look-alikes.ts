import type { CharacterReading } from '../../model/table.ts'

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

/**
 * Gives a glyph that prints like another the identity that its neighbours demand, if the reader held that one for
 * possible too. The two confidences are added: the reader's doubt was about the name of the shape, not the shape.
 */
export function settleLookAlikes(characters: readonly CharacterReading[]): CharacterReading[] {
  return characters.map((character, index) => {
    const before = characters[index - 1]?.text ?? ''
    const after = characters[index + 1]?.text ?? ''
    const rule = LOOK_ALIKES.find(
      (candidate) =>
        candidate.seen.test(character.text) && candidate.before.test(before) && candidate.after.test(after),
    )
    const other = character.alternatives.find((alternative) => alternative.text === rule?.meant)
    if (rule === undefined || other === undefined || other.confidence < MIN_ALTERNATIVE) return character
    return {
      text: rule.meant,
      confidence: Math.min(1, character.confidence + other.confidence),
      alternatives: [
        { text: character.text, confidence: character.confidence },
        ...character.alternatives.filter((alternative) => alternative !== other),
      ],
    }
  })
}
