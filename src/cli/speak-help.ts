import type { Command, Option } from 'commander'
import { displayWidth, type Voice, wrapDisplay } from '../main.ts'
import type { MessageValues } from '../model/message-template.ts'
import { notesOf, translateNotes } from './command-notes.ts'
import { translateComplaint } from './translate-complaint.ts'

const values = new WeakMap<Option, MessageValues>()

/** Gives an option a description with `{name}` places, which are filled in whatever language the help is in. */
export function describeWith(option: Option, places: MessageValues): Option {
  values.set(option, places)
  return option
}

/**
 * Lets a program and all its commands speak: help in the language and colours of `voice`, complaints to `complain`.
 */
export function speakHelp(program: Command, voice: Voice, complain: (text: string) => void): void {
  const { say } = voice
  program.helpCommand('help [command]', say('display help for command'))
  for (const command of [program, ...program.commands]) {
    command.description(say(command.description()))
    for (const argument of command.registeredArguments) argument.description = say(argument.description)
    for (const option of command.options) option.description = say(option.description, values.get(option))
    command.helpOption('-h, --help', say('display help for command'))
    command.configureHelp({
      styleTitle: (title) => voice.paint('strong', say(title)),
      optionDescription: (option) => describeOption(option, voice),
      displayWidth: (text) => displayWidth(withoutColors(text)),
      boxWrap: (text, width) => wrapDisplay(text, width),
    })
    command.configureOutput({
      writeErr: complain,
      outputError: (text, write) => write(translateComplaint(text, voice)),
    })
    const notes = notesOf(command)
    if (notes !== '') command.addHelpText('after', `\n${translateNotes(notes, voice)}`)
  }
}

/** What an option is for, its choices, its default and the variable that sets it. */
function describeOption(option: Option, { say, language }: Voice): string {
  const { description, argChoices, defaultValue, presetArg, envVar } = option
  // A switch has a default that says nothing; --no-… has true.
  const hasDefault = defaultValue !== undefined && (option.required || option.optional)
  const remarks = [
    ...(argChoices === undefined ? [] : [say('choices: {value}', { value: argChoices.join(', ') })]),
    ...(hasDefault ? [say('default: {value}', { value: String(option.defaultValueDescription ?? defaultValue) })] : []),
    ...(presetArg === undefined ? [] : [say('preset: {value}', { value: String(presetArg) })]),
    ...(envVar === undefined ? [] : [say('env: {value}', { value: envVar })]),
  ]
  if (remarks.length === 0) return description
  return language === 'zh' ? `${description}（${remarks.join('；')}）` : `${description} (${remarks.join(', ')})`
}

function withoutColors(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  return text.replaceAll(/\u001b\[\d+m/g, '')
}
