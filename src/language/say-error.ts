import { ERROR_KINDS, type ErrorCode, PipelineError } from '../model/pipeline-error.ts'
import { UsageError } from '../model/usage-error.ts'
import { CHINESE_DETAILS } from './chinese-details.ts'
import { createTranslator } from './sentence-patterns.ts'
import { PLAIN_VOICE, type Voice } from './voice.ts'

const NUMBERS = [
  'size',
  'limit',
  'width',
  'height',
  'count',
  'share',
  'page',
  'pages',
  'read',
  'lines',
  'status',
  'time',
]
const detailIn = createTranslator(CHINESE_DETAILS, {
  forms: Object.fromEntries(NUMBERS.map((name) => [name, '[\\d.]+'])),
  sayPlace: (_name, text) => text,
})

/** A failure as it is kept: in English. */
export interface ToldError {
  readonly code: ErrorCode
  readonly message: string
  readonly remedy: string
}

/** The same in the voice's language. What a library or the system said is left as it is. */
export function sayError({ code, message, remedy }: ToldError, { say, language }: Voice): ToldError {
  const { meaning } = ERROR_KINDS[code]
  const detail = message.startsWith(`${meaning}: `) ? message.slice(meaning.length + 2) : null
  if (detail === null) return { code, message, remedy: say(remedy) }
  const told = language === 'zh' ? `：${detailIn(detail) ?? detail}` : `: ${detail}`
  return { code, message: `${say(meaning)}${told}`, remedy: say(remedy) }
}

/** An error in words: what happened and, where it is known, what to do. */
export function describeError(error: unknown, voice: Voice = PLAIN_VOICE): string {
  if (error instanceof PipelineError) {
    const { code, message, remedy } = sayError(error, voice)
    return `${voice.paint('bad', code)}: ${message}\n  ${remedy}`
  }
  if (error instanceof UsageError) return voice.say(error.template, error.values)
  return error instanceof Error ? error.message : String(error)
}
