import type { Command } from 'commander'
import type { Voice } from '../main.ts'

const notes = new WeakMap<Command, string>()

/** Keeps the paragraphs that stand under the options in the help of a command; speakHelp puts them there. */
export function addNotes(command: Command, text: string): Command {
  notes.set(command, text)
  return command
}

/** The paragraphs of a command; '' where it has none. */
export function notesOf(command: Command): string {
  return notes.get(command) ?? ''
}

/**
 * Notes in another language: paragraphs are said as wholes, except examples, of which only the title and the lines that
 * are in the table are.
 */
export function translateNotes(text: string, { say, knows }: Voice): string {
  return text
    .split('\n\n')
    .map((paragraph) => {
      if (!paragraph.startsWith('Examples:\n')) return say(paragraph)
      const [title = '', ...lines] = paragraph.split('\n')
      return [say(title), ...lines.map((line) => (knows(line) ? say(line) : line))].join('\n')
    })
    .join('\n\n')
}
