import type { RecordType } from '../model/record.ts'
import { RECORD_TITLES } from '../publish/field-titles.ts'
import { findingIn } from '../publish/findings.ts'
import { fieldIn, fillPlaces, flagIn, LANGUAGES, type Language, textsIn } from '../publish/languages.ts'
import { MESSAGES, type MessageKey } from './message-texts.ts'

export { LANGUAGES, type Language } from '../publish/languages.ts'

/** The words of the page in one language. */
export interface Messages {
  readonly language: Language
  /** A text with `{name}` places filled. */
  readonly say: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string
  readonly field: (name: string) => string
  readonly flag: (code: string) => string
  readonly recordType: (type: RecordType) => string
  /** A sentence of the pipeline about a page or a value. */
  readonly finding: (text: string) => string
  /** All texts for the browser. */
  readonly texts: Readonly<Record<MessageKey, string>>
}

/** How evidence names the list that is made of the document itself. */
const OWN_WORDS = /^document-document(?=[:：])/

/** `names` are the forms' own words for fields that are not listed here. */
export function messagesIn(language: Language, names: ReadonlyMap<string, string> = new Map()): Messages {
  const texts = textsIn(language, MESSAGES)
  return {
    language,
    texts,
    say: (key, values = {}) => fillPlaces(texts[key], values),
    field: (name) => fieldIn(language, name, names),
    flag: (code) => flagIn(language, code),
    recordType: (type) => (language === 'zh' ? RECORD_TITLES[type] : type.replaceAll('_', ' ')),
    finding: (text) => findingIn(language, text).replace(OWN_WORDS, texts['own-words']),
  }
}

/** The first language that the browser asks for and the page speaks; Chinese otherwise. */
export function chooseLanguage(chosen: string | undefined, accepted: string | undefined): Language {
  const wanted = [chosen ?? '', ...(accepted ?? '').split(',')].map((each) => each.trim().slice(0, 2).toLowerCase())
  return LANGUAGES.find((language) => language === wanted.find((each) => each === 'zh' || each === 'en')) ?? 'zh'
}
