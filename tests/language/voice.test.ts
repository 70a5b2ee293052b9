import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { displayWidth, padDisplay, wrapDisplay } from '../../src/language/display-width.ts'
import { describeError } from '../../src/language/say-error.ts'
import { languageOf, mayColor, PLAIN_VOICE, voiceFor, voiceIn } from '../../src/language/voice.ts'
import { PipelineError } from '../../src/model/pipeline-error.ts'
import { UsageError } from '../../src/model/usage-error.ts'

test.each([
  ['nothing is set', {}, 'en'],
  ['LANG is Chinese', { LANG: 'zh_CN.UTF-8' }, 'zh'],
  ['LANG is of Taiwan', { LANG: 'zh_TW.UTF-8' }, 'zh'],
  ['LC_ALL wins over LANG', { LANG: 'zh_CN.UTF-8', LC_ALL: 'C.UTF-8' }, 'en'],
  ['LC_MESSAGES wins over LANG', { LANG: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN' }, 'zh'],
  ['an empty LC_ALL says nothing', { LANG: 'zh_CN.UTF-8', LC_ALL: '' }, 'zh'],
  ['GONGKAI_LANG wins over all', { LANG: 'zh_CN.UTF-8', LC_ALL: 'zh_CN.UTF-8', GONGKAI_LANG: 'en' }, 'en'],
  ['a language that begins alike', { LANG: 'zhx' }, 'en'],
] as const)('where %s', (_when, environment, language) => expect(languageOf(environment)).toBe(language))

test.each([
  ['a terminal has colours', {}, true, true],
  ['a file has none', {}, false, false],
  ['NO_COLOR forbids', { NO_COLOR: '1' }, true, false],
  ['NO_COLOR forbids even where FORCE_COLOR wants', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['an empty NO_COLOR forbids nothing', { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR wants', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0 forbids', { FORCE_COLOR: '0' }, true, false],
  ['a dumb terminal has none', { TERM: 'dumb' }, true, false],
] as const)('%s', (_what, environment, isTerminal, has) => {
  expect(mayColor(environment, isTerminal)).toBe(has)
  expect(voiceFor(environment, isTerminal).paint('bad', 'x').includes('\u001b')).toBe(has)
})

describe('an error is said', () => {
  const damaged = new PipelineError('document/damaged', 'Invalid PDF structure.')
  test('in English with its remedy', () => {
    expect(describeError(damaged)).toMatch(/^document\/damaged: the PDF is damaged beyond repair: Invalid PDF structure\.\n {2}Download it again/)
  }) // biome-ignore format: one line
  test('in Chinese with its remedy, the words of a library as they are', () => {
    expect(describeError(damaged, voiceIn('zh', false))).toBe(
      'document/damaged: PDF 已损坏，无法修复：Invalid PDF structure.\n  请重新下载，或尝试修复（例如用 qpdf）。',
    )
  })
  test('with its values in either language', () => {
    const error = new UsageError('port {port} is taken: choose another with --port', { port: 80 })
    expect([error.message, describeError(error), describeError(error, voiceIn('zh', false))]).toEqual([
      'port 80 is taken: choose another with --port',
      'port 80 is taken: choose another with --port',
      '端口 80 已被占用：请用 --port 另选',
    ])
  })
  test('in English where the table has nothing', () => {
    expect(voiceIn('zh', false).say('nobody says this {x}', { x: 1 })).toBe('nobody says this 1')
  })
})

test('values are put in as they are', () => {
  expect(PLAIN_VOICE.say('{reason}', { reason: '{reason} $& $1' })).toBe('{reason} $& $1')
})

describe('Han characters take two columns', () => {
  test.each([
    ['abc', 3],
    ['文件', 4],
    ['（a）', 5],
    ['', 0],
  ])('%s', (text, width) => expect(displayWidth(text)).toBe(width))
  test('and are padded so', () => expect(padDisplay('文件', 6)).toBe('文件  '))

  test('and a text breaks behind a comma between Latin words, too', () => {
    expect(wrapDisplay('，1，bbaa', 8)).toBe('，1，\nbbaa')
  })

  const texts = fc.string({ unit: fc.constantFrom('字', '表', '，', 'a', 'b', ' ', '1'), maxLength: 60 })
  test('wrapped lines fit where their parts do, and nothing is lost', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 8, max: 40 }), (text, width) => {
        const lines = wrapDisplay(text, width).split('\n')
        const longest = Math.max(
          ...text.split(/\s+/).flatMap((word) => (word.match(/[ab1]+|字|表/g) ?? []).map(displayWidth)),
          0,
        )
        const closing = Math.max(...(text.match(/，+/g) ?? []).map(displayWidth), 0)
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, longest + closing + 2))
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
      }),
    )
  })
})
