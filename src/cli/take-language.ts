import { LANGUAGES, type Language } from '../main.ts'
import { UsageError } from '../model/usage-error.ts'

const FLAG = '--lang'

/** Takes --lang out of a command line, wherever it stands before a `--`: commands need to know it before they are made. */
export function takeLanguage(parameters: readonly string[]): {
  readonly language: string | null
  readonly others: readonly string[]
} {
  const end = parameters.indexOf('--')
  const own = end < 0 ? parameters : parameters.slice(0, end)
  const at = own.findIndex((parameter) => parameter === FLAG || parameter.startsWith(`${FLAG}=`))
  if (at < 0) return { language: null, others: parameters }
  const isJoined = own[at] !== FLAG
  const language = isJoined ? (own[at] ?? '').slice(FLAG.length + 1) : (own[at + 1] ?? '')
  return { language, others: parameters.toSpliced(at, isJoined ? 1 : 2) }
}

/** Whether a language is spoken. */
export function isLanguage(language: string | null): language is Language {
  return LANGUAGES.some((known) => known === language)
}

/** Throws UsageError for a language that is not spoken; null is fine. */
export function assertLanguage(language: string | null): void {
  if (language === null || isLanguage(language)) return
  throw new UsageError('--lang is "{value}"; it must be zh or en', { value: language })
}
