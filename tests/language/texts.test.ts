import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { notesOf } from '../../src/cli/command-notes.ts'
import { createProgram } from '../../src/cli.ts'
import { CHINESE } from '../../src/language/chinese.ts'
import { voiceIn } from '../../src/language/voice.ts'
import { openPagePool } from '../../src/main.ts'
import { ERROR_KINDS } from '../../src/model/pipeline-error.ts'

const never = new AbortController().signal
const terminal = {
  messages: { isTerminal: false, write: () => undefined },
  stop: never,
  abort: never,
  environment: {},
  openPool: openPagePool,
}

/** Rooms whose texts a person at a terminal may read. */
const ROOMS = ['cli', 'commands', 'publish', 'queue', 'store', 'input', 'language']
const sources = ROOMS.flatMap((room) =>
  readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('chinese'))
    .map((file) => join('src', room, file)),
)
const texts = [...sources, 'src/cli.ts'].map((file) => ({ file, source: readFileSync(file, 'utf8') }))

/** First arguments of calls, as they are written: a string, or a template with values in it. */
function literalsOf(source: string, call: string): readonly string[] {
  const pattern = new RegExp(`(?<!reporter\\.)\\b${call}\\(\\s*(?:'((?:[^'\\\\\\n]|\\\\.)*)'|"((?:[^"\\\\\\n]|\\\\.)*)"|(\`[^\`]*\`))`, 'g')
  return [...source.matchAll(pattern)].map(([, single, double, template]) => template ?? (single ?? double ?? '').replaceAll(/\\(.)/g, '$1'))
} // biome-ignore format: a pattern

test('help says nothing that has no Chinese', () => {
  const missing: string[] = []
  const program = createProgram(
    terminal,
    () => undefined,
    voiceIn('zh', false, (text) => missing.push(text)),
  )
  for (const command of program.commands) command.helpInformation()
  program.helpInformation()
  expect([program.commands.length > 10, missing]).toEqual([true, []])
})

const commands = createProgram(terminal, () => undefined, voiceIn('en', false)).commands

test.each(commands.filter((each) => each.name() !== 'help').map((each) => each.name()))(
  'the help of %s has examples of it',
  (name) => {
    const notes = notesOf(commands.find((each) => each.name() === name) ?? failNoCommand())
    expect(notes).toMatch(new RegExp(`Examples:\\n(?:.*\\n)*?.*gongkai ${name}\\b`))
  },
)

function failNoCommand(): never {
  throw new Error('there is no such command')
}

test.each(Object.entries(ERROR_KINDS))('%s and its remedy have Chinese', (_code, { meaning, remedy }) => {
  expect([CHINESE[meaning], CHINESE[remedy]]).toEqual([expect.stringMatching(/\p{Script=Han}/u), expect.stringMatching(/\p{Script=Han}/u)])
}) // biome-ignore format: one line

test.each(texts.filter(({ source }) => /\bsay\(|new UsageError\(/.test(source)))(
  'what $file says has Chinese',
  ({ source }) => {
    const said = [...literalsOf(source, 'say'), ...literalsOf(source, 'new UsageError')]
    expect(said.filter((text) => CHINESE[text] === undefined)).toEqual([])
  },
)

describe('the table', () => {
  const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

  test.each(Object.entries(CHINESE))('%s has the same places in Chinese', (english, chinese) => {
    expect(placesOf(chinese)).toEqual(placesOf(english))
    if (/[a-z]{4,} [a-z]{2,}/.test(english)) expect(chinese).toMatch(/\p{Script=Han}/u)
  })

  test('holds nothing that nobody says', () => {
    const all = [...texts.map(({ source }) => source), readFileSync('src/model/pipeline-error.ts', 'utf8')]
      .join('\n')
      .replaceAll(/\\(['`])/g, '$1')
    expect(Object.keys(CHINESE).filter((text) => !all.includes(text) && !all.includes(text.replaceAll('"', '\\"')))).toEqual([
      // of commander itself
      'output the version number', 'Usage:', 'Arguments:', 'Options:', 'Commands:',
    ]) // biome-ignore format: a list
  })
})
