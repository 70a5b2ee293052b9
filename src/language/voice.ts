import type { Language } from '../model/language.ts'
import { fillTemplate, type MessageValues } from '../model/message-template.ts'
import { CHINESE } from './chinese.ts'

export type Style = 'good' | 'doubtful' | 'bad' | 'quiet' | 'strong'

/** How a command speaks to the person at the terminal. */
export interface Voice {
  readonly language: Language
  /** The English text, or what the table has for it in the voice's language, with its `{name}` places filled. */
  readonly say: (text: string, values?: MessageValues) => string
  /** Whether the table has something for the English text. */
  readonly knows: (text: string) => boolean
  /** The text in a colour where the terminal shows colours. It must be printable before: colours are control characters. */
  readonly paint: (style: Style, text: string) => string
}

type Environment = Readonly<Record<string, string | undefined>>

const CODES: Readonly<Record<Style, number>> = { good: 32, doubtful: 33, bad: 31, quiet: 2, strong: 1 }

/** English without colours: what a file or another program gets. */
export const PLAIN_VOICE: Voice = voiceIn('en', false)

/** `onMissing` hears of every text that the table lacks; it is said in English. */
export function voiceIn(
  language: Language,
  hasColors: boolean,
  onMissing: (text: string) => void = () => undefined,
): Voice {
  function say(text: string, values: MessageValues = {}): string {
    if (language === 'en') return fillTemplate(text, values)
    const known = CHINESE[text]
    if (known === undefined) onMissing(text)
    return fillTemplate(known ?? text, values)
  }
  return {
    language,
    say,
    knows: (text) => language === 'zh' && CHINESE[text] !== undefined,
    paint: (style, text) => (hasColors && text !== '' ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text),
  }
}

/** The voice for an environment: its language, and colours where `isTerminal` and nothing forbids them. */
export function voiceFor(environment: Environment, isTerminal: boolean): Voice {
  return voiceIn(languageOf(environment), mayColor(environment, isTerminal))
}

/**
 * Chinese where GONGKAI_LANG, or else the locale (the first of LC_ALL, LC_MESSAGES and LANG that is set), says so;
 * English otherwise.
 */
export function languageOf(environment: Environment): Language {
  const { GONGKAI_LANG, LC_ALL, LC_MESSAGES, LANG } = environment
  const wanted = [GONGKAI_LANG, LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '')
  return /^zh(?:$|[-_.@])/i.test(wanted ?? '') ? 'zh' : 'en'
}

/** NO_COLOR (https://no-color.org) forbids, FORCE_COLOR wants; else a terminal that is not a dumb one has colours. */
export function mayColor({ NO_COLOR, FORCE_COLOR, TERM }: Environment, isTerminal: boolean): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return isTerminal && TERM !== 'dumb'
}
