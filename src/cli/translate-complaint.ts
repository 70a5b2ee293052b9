import type { Voice } from '../main.ts'
import type { MessageValues } from '../model/message-template.ts'

/** What commander says of a command line that it cannot understand, as texts with `{name}` places. */
const COMPLAINTS = [
  "unknown command '{name}'",
  "unknown option '{name}'",
  "missing required argument '{name}'",
  "required option '{name}' not specified",
  "option '{name}' argument missing",
  "option '{name}' argument '{value}' is invalid. {reason}",
  "command-argument value '{value}' is invalid for argument '{name}'. {reason}",
  "too many arguments for '{name}'. Expected {expected} arguments but got {given}.",
  'Allowed choices are {value}.',
  '(Did you mean {name}?)',
  'It must be a whole number.',
  'It must be a whole number from 1.',
  'It must be 0 to {most}.',
] as const

const PREFIX = 'error: '

/** A complaint, line by line, in the voice's language; lines that are not known stay as they are. */
export function translateComplaint(text: string, voice: Voice): string {
  return text
    .split('\n')
    .map((line) => {
      if (!line.startsWith(PREFIX)) return translateLine(line, voice)
      return voice.say('error: {text}', { text: translateLine(line.slice(PREFIX.length), voice) })
    })
    .join('\n')
}

function translateLine(line: string, voice: Voice): string {
  // Commander has a form of its own for one argument.
  const plural = line.replace(/Expected 1 argument but/, 'Expected 1 arguments but')
  for (const template of COMPLAINTS) {
    const found = matchTemplate(template, plural)
    if (found === null) continue
    const { reason } = found
    const values = typeof reason === 'string' ? { ...found, reason: translateLine(reason, voice) } : found
    return voice.language === 'en' ? line : voice.say(template, values)
  }
  return line
}

/** The values with which a template gives a text; null where none do. */
function matchTemplate(template: string, text: string): MessageValues | null {
  const pattern = template.replaceAll(/[.?()]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '(?<$1>.+?)')
  const match = new RegExp(`^${pattern}$`, 's').exec(text)
  return match === null ? null : { ...match.groups }
}
