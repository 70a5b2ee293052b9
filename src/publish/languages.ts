import { sayError, type ToldError } from '../language/say-error.ts'
import { voiceIn } from '../language/voice.ts'
import { FLAG_MEANINGS, type FlagCode } from '../model/flag.ts'
import { LANGUAGES, type Language } from '../model/language.ts'
import { findTitle } from './field-titles.ts'
import { FLAG_TEXTS } from './flag-texts.ts'

export { LANGUAGES, type Language } from '../model/language.ts'

export type TextPairs<Key extends string> = Readonly<Record<Key, readonly [chinese: string, english: string]>>

/** The texts of one language. */
export function textsIn<Key extends string>(language: Language, pairs: TextPairs<Key>): Readonly<Record<Key, string>> {
  const at = LANGUAGES.indexOf(language)
  const texts = (Object.keys(pairs) as Key[]).map((key) => [key, pairs[key][at] ?? key] as const)
  return Object.fromEntries(texts) as Record<Key, string>
}

/** A text with its `{name}` places filled. */
export function fillPlaces(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''))
}

/** What a field is called; `names` are the forms' own words for fields without a name. */
export function fieldIn(language: Language, name: string, names: ReadonlyMap<string, string> = new Map()): string {
  return language === 'zh' ? (findTitle(name) ?? names.get(name) ?? name) : name.replaceAll('_', ' ')
}

/** A flag in words. */
export function flagIn(language: Language, code: string): string {
  if (!(code in FLAG_MEANINGS)) return code
  return language === 'zh' ? FLAG_TEXTS[code as FlagCode] : FLAG_MEANINGS[code as FlagCode]
}

/** What failed and what to do about it, in words. */
export function errorIn(language: Language, error: ToldError): string {
  const { message, remedy } = sayError(error, voiceIn(language, false))
  return language === 'zh' ? `${message}。${remedy}` : `${message}. ${remedy}`
}
