import { foldText, isHan } from './fold-text.ts'
import { isOdd, isSound } from './likelier-words.ts'
import type { PlaceOfBody } from './mend-place.ts'

/** What tells a word from garble. */
export interface KnownLanguage {
  /** Whether two characters stand side by side in known texts. */
  readonly isKnownPair: (pair: string) => boolean
  readonly placeOfBody: PlaceOfBody
}

/**
 * Whether what one reader saw is garble beside what another did: glyph for glyph the same, but for some that spell a
 * place that exists, or words that known texts have, in `read`, and neither in `rival` (西宁市涅源县 beside 西宁市湟源县,
 * 院仅馆 beside 殡仪馆). False where both make sense, where neither does, and where they differ in length.
 */
export function isGarbleBeside(read: string, rival: string, { isKnownPair, placeOfBody }: KnownLanguage): boolean {
  const [own, other] = [foldText(read), foldText(rival)]
  if (own.length !== other.length || own === other) return false
  const place = placeOfBody(own)
  const isOtherPlace = other.slice(0, place.length) !== place
  if (isOtherPlace && !isUnknownPlace(other, place, placeOfBody)) return false
  const [word, garble] = [own.slice(place.length), other.slice(place.length)]
  return [...word].every((glyph, at) => glyph === garble[at] || isSettled(word, garble, at, isKnownPair))
}

/** A glyph too many in the place's stead would be another word: half of the place's own must stand. */
function isUnknownPlace(other: string, place: string, placeOfBody: PlaceOfBody): boolean {
  const kept = [...place].filter((glyph, at) => glyph === other[at]).length
  return placeOfBody(other).length < place.length && kept * 2 >= place.length
}

function isSettled(word: string, garble: string, at: number, isKnownPair: (pair: string) => boolean): boolean {
  if (!isHan(word.charCodeAt(at)) || !isSound(word, at, isKnownPair)) return false
  return !isHan(garble.charCodeAt(at)) || isOdd(garble, at, isKnownPair)
}
