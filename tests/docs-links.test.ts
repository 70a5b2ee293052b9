import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from '../src/cli.ts'
import { openPagePool } from '../src/main.ts'

const pages = [
  'README.md',
  'README.zh.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
  'dictionaries/README.md',
  'samples/README.md',
  'bench/generate/README.md',
].map((path) => ({ path, text: readFileSync(path, 'utf8') }))

/** The anchors that headings of a page give, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? '')
  const own = [...text.matchAll(/<a id="([^"]+)"/g)].map((match) => match[1] ?? '')
  return [
    ...own,
    ...headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  ]
}

const withoutCode = (text: string): string => text.replaceAll(/```.*?```/gs, '').replaceAll(/`[^`\n]*`/g, '')
const links = pages.flatMap(({ path, text }) =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => ({ path, link: match[1] ?? '' })),
)
const relativeLinks = links.filter(({ link }) => !/^[a-z]+:/.test(link))

test('there are links to look at', () => expect(relativeLinks.length).toBeGreaterThan(50))

test.each(relativeLinks)('$path links to $link, which exists', ({ path, link }) => {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? path : join(dirname(path), file)
  expect(existsSync(target), target).toBe(true)
  if (anchor !== undefined) expect(anchorsOf(readFileSync(target, 'utf8'))).toContain(anchor)
})

/** Every command line of a page: whole in a block of shell, a mention elsewhere. */
function commandsOf(text: string): readonly { readonly line: string; readonly isWhole: boolean }[] {
  const blocks = [...text.matchAll(/```(?:sh|bash|console)\n(.*?)```/gs)].flatMap((match) =>
    (match[1] ?? '').replaceAll(/\\\n\s*/g, ' ').split('\n'),
  )
  const prose = text.replaceAll(/```.*?```/gs, '')
  const mentions = [...prose.matchAll(/`((?:npx )?gongkai [^`\n]+)`/g)].map((match) => match[1] ?? '')
  return [
    ...blocks.map((line) => ({ line, isWhole: true })),
    ...mentions.map((line) => ({ line: line.replaceAll(/\\\|[^\s]*/g, ''), isWhole: false })),
  ].filter(({ line }) => /(?:^|[\s;&|])gongkai\s/.test(line))
}

/** The parameters of each gongkai in a line of shell; values that a reader fills in become some value. */
function parametersOf(line: string): readonly (readonly string[])[] {
  return line
    .replace(/\s#.*$/, '')
    .split(/&&|\||;|[<>]\s*\S+/)
    .filter((part) => /(?:^|\s)gongkai\s/.test(part))
    .map((part) => part.replace(/^.*?(?:^|\s)gongkai\s+(?:--\s+)?/, ''))
    .map((rest) =>
      [...rest.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? ''),
    )
    .map((words) => words.map((word) => (/^(?:N|…|\d…)$/.test(word) ? '1' : word)))
}

const never = new AbortController().signal

/** What the real command line says of parameters, without doing anything; null where all is well. */
async function complaintOf(parameters: readonly string[]): Promise<string | null> {
  let said = ''
  const write = (text: string): void => {
    said += text
  }
  const messages = { isTerminal: false, write }
  const terminal = { messages, stop: never, abort: never, environment: {}, openPool: openPagePool }
  const program = createProgram(terminal, () => undefined)
  program.configureOutput({ writeOut: () => undefined })
  for (const command of program.commands) command.action(() => undefined).configureOutput({ writeOut: () => undefined })
  try {
    await program.parseAsync([...parameters], { from: 'user' })
    return null
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null
    return `${said}${error instanceof Error ? error.message : String(error)}`
  }
}

const commands = pages.flatMap(({ path, text }) => commandsOf(text).map((command) => ({ path, ...command })))

test.each([
  [['tables', 'x.pdf', '--fromat', 'csv'], /unknown option/],
  [['ingest', 'x.pdf'], /required option/],
  [['frobnicate'], /unknown command/],
])('the command line complains of %j', async (parameters, complaint) => {
  expect(await complaintOf(parameters)).toMatch(complaint)
})

test('there are commands to look at', () => expect(commands.length).toBeGreaterThan(60))

test.each(commands)('$path: $line', async ({ line, isWhole }) => {
  for (const parameters of parametersOf(line)) {
    const complaint = await complaintOf(parameters)
    // A mention names a command and may leave out what a whole command line must have.
    if (isWhole) expect(complaint).toBe(null)
    else expect(complaint ?? '').not.toMatch(/unknown|invalid/)
  }
})

/** What a page has whatever its language: how many sections, its links, commands, tables and figures. */
function skeletonOf(text: string): object {
  const neutral = text.replaceAll('.zh.md', '.md')
  const prose = neutral.replaceAll(/```.*?```/gs, '')
  return {
    sections: [...neutral.matchAll(/^(#+) /gm)].map((match) => match[1]),
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]).toSorted(),
    commands: [...prose.matchAll(/`(?:gongkai|npm run) [\w:-]+/g)].map((match) => match[0]).toSorted(),
    rows: [...prose.matchAll(/^\|.*\|$/gm)].length,
    shares: [...prose.matchAll(/[\d.]+ %/g)].map((match) => match[0]).toSorted(),
    counts: [...prose.matchAll(/\d{4,}/g)].map((match) => match[0]).toSorted(),
    blocks: [...neutral.matchAll(/```(\w+)\n(?:.*?)```/gs)].map((match) => match[1]),
  }
}

test.each([
  ['README.md', 'README.zh.md'],
  ['docs/quick-start.md', 'docs/quick-start.zh.md'],
])('%s says in Chinese what it says in English, section by section', (english, chinese) => {
  expect(skeletonOf(readFileSync(chinese, 'utf8'))).toEqual(skeletonOf(readFileSync(english, 'utf8')))
})
