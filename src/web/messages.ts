import { FLAG_MEANINGS, type FlagCode } from '../model/flag.ts'
import { FIELD_NAMES, FLAG_TEXTS, MESSAGES, type MessageKey } from './message-texts.ts'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The words of the page in one language. */
export interface Messages {
  readonly language: Language
  /** A text with `{name}` places filled. */
  readonly say: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string
  readonly field: (name: string) => string
  readonly flag: (code: string) => string
  /** All texts for the browser. */
  readonly texts: Readonly<Record<MessageKey, string>>
}

/** `names` are the forms' own words for fields that are not listed here. */
export function messagesIn(language: Language, names: ReadonlyMap<string, string> = new Map()): Messages {
  const at = LANGUAGES.indexOf(language)
  const texts = Object.fromEntries(Object.entries(MESSAGES).map(([key, pair]) => [key, pair[at] ?? key])) as Record<
    MessageKey,
    string
  >
  return {
    language,
    texts,
    say: (key, values = {}) => texts[key].replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? '')),
    field: (name) => (language === 'zh' ? (FIELD_NAMES[name] ?? names.get(name) ?? name) : name.replaceAll('_', ' ')),
    flag: (code) => {
      if (!(code in FLAG_MEANINGS)) return code
      return language === 'zh' ? FLAG_TEXTS[code as FlagCode] : FLAG_MEANINGS[code as FlagCode]
    },
  }
}

/** The first language that the browser asks for and the page speaks; Chinese otherwise. */
export function chooseLanguage(chosen: string | undefined, accepted: string | undefined): Language {
  const wanted = [chosen ?? '', ...(accepted ?? '').split(',')].map((each) => each.trim().slice(0, 2).toLowerCase())
  return LANGUAGES.find((language) => language === wanted.find((each) => each === 'zh' || each === 'en')) ?? 'zh'
}
