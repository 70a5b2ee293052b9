import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { completionScript, SHELLS, type Shell } from '../../src/cli/completion-script.ts'
import { createProgram } from '../../src/cli.ts'
import { openPagePool } from '../../src/main.ts'

const never = new AbortController().signal
const terminal = {
  messages: { isTerminal: false, write: () => undefined },
  stop: never,
  abort: never,
  environment: {},
  openPool: openPagePool,
}
const program = createProgram(terminal, () => undefined)
const folder = mkdtempSync(join(tmpdir(), 'gongkai-completion-'))
writeFileSync(join(folder, 'report.pdf'), '')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scripts = Object.fromEntries(
  SHELLS.map((shell) => {
    const path = join(folder, shell)
    writeFileSync(path, completionScript(program, shell))
    return [shell, path]
  }),
) as Record<Shell, string>

const isThere = (shell: Shell): boolean => spawnSync(shell, ['--version']).status === 0

function run(shell: Shell, script: string): string {
  const parameters = { bash: ['--norc', '-c', script], zsh: ['-f', '-c', script], fish: ['--no-config', '-c', script] }
  const { stdout, stderr, status } = spawnSync(shell, parameters[shell], { encoding: 'utf8', cwd: folder })
  expect([status, stderr]).toEqual([0, ''])
  return stdout
}

/** What a shell offers for the last of these words. */
function complete(shell: 'bash' | 'fish', words: string): readonly string[] {
  const line =
    shell === 'bash'
      ? `source ${scripts.bash}; COMP_WORDS=(${words.endsWith(' ') ? `${words}''` : words}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _gongkai; printf '%s\\n' "\${COMPREPLY[@]}"`
      : `source ${scripts.fish}; complete -C '${words}'`
  const offered = run(shell, line).split('\n')
  return offered.map((each) => each.split('\t')[0] ?? '').filter((each) => each !== '')
}

describe.each(['bash', 'fish'] as const)('%s', (shell) => {
  test.runIf(isThere(shell)).each([
    ['commands', 'gongkai in', ['ingest', 'inspect']],
    ['options of a command', 'gongkai tables --f', ['--format']],
    ['choices of an option', 'gongkai ingest --ocr ', ['both', 'paddle', 'tesseract']],
    ['files', 'gongkai tables rep', ['report.pdf']],
    ['shells', 'gongkai completion z', ['zsh']],
  ])(`${shell} offers %s`, (_what, words, offered) => {
    expect([...complete(shell, words)].sort()).toEqual(offered)
  })
})

test.runIf(isThere('zsh'))('zsh takes the script for its completion of gongkai', () => {
  const load = `autoload -U compinit; compinit -u -d ${join(folder, 'dump')}; source ${scripts.zsh}; print $_comps[gongkai]`
  expect(run('zsh', load)).toBe('_gongkai\n')
})

test.each(SHELLS)('the %s script names every command and every long option', (shell) => {
  const script = completionScript(program, shell)
  const names = program.commands.map((command) => command.name())
  const flags = program.commands.flatMap((command) => command.options.flatMap(({ long }) => long ?? []))
  const missing = [...names, ...flags.map((flag) => flag.slice(2))].filter((name) => !script.includes(name))
  expect([names.length > 10, missing]).toEqual([true, []])
})
