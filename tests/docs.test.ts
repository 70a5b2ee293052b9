import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FLAG_MEANINGS } from '../src/model/flag.ts'
import { ERROR_KINDS } from '../src/model/pipeline-error.ts'

const flags = readFileSync('docs/flags.md', 'utf8')
const errors = readFileSync('docs/errors.md', 'utf8')

/** First cells of a Markdown table's rows that hold a code. */
function codesOf(page: string): string[] {
  return [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '')
}

test('docs/flags.md explains exactly the flags that exist', () => {
  expect(codesOf(flags).sort()).toEqual(Object.keys(FLAG_MEANINGS).sort())
})

test.each(Object.entries(FLAG_MEANINGS))('flag %s is explained in the same words', (code, meaning) => {
  expect(flags).toContain(`| \`${code}\` | ${meaning} |`)
})

test('docs/errors.md explains exactly the errors that exist', () => {
  expect(codesOf(errors).sort()).toEqual(Object.keys(ERROR_KINDS).sort())
})

test.each(['user', 'container', 'read-only', 'disk space', '--out'])(
  'the remedy for a folder that cannot be written thinks of: %s',
  (word) => expect(ERROR_KINDS['output/not-writable'].remedy).toContain(word),
)

test.each(Object.entries(ERROR_KINDS))('error %s is explained with its remedy', (code, kind) => {
  expect(errors).toContain(`| \`${code}\` | ${kind.meaning} | ${kind.retryable ? 'yes' : 'no'} | ${kind.remedy} |`)
})

const readme = readFileSync('README.md', 'utf8')
const scripts: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).scripts

test.each([...readme.matchAll(/npm run ([a-z:]+)/g)].map((match) => match[1] ?? ''))(
  'npm run %s, which the README names, exists',
  (name) => expect(Object.keys(scripts)).toContain(name),
)

test.each([...readme.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? ''))(
  'the README links to %s, which exists',
  (path) => expect(() => readFileSync(path)).not.toThrow(),
)

test('the Chinese README has the same samples, figures and commands as the English one', () => {
  const chinese = readFileSync('README.zh.md', 'utf8')
  const blocksOf = (text: string) =>
    [...text.matchAll(/```(?:text|sh)\n.*?```/gs)].map(([block]) => block.replaceAll(/ +#.*/g, ''))
  expect(blocksOf(chinese)).toEqual(blocksOf(readme))
  const figuresOf = (text: string) => [...text.matchAll(/\d+(?:\.\d+)? %/g)].map(String)
  expect(figuresOf(chinese)).toEqual(figuresOf(readme))
  const commandsOf = (text: string) =>
    [...new Set([...text.matchAll(/`gongkai ([a-z]+)/g)].map((match) => match[1]))].sort()
  expect(commandsOf(chinese)).toEqual(commandsOf(readme))
})
