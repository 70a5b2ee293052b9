import { tmpdir } from 'node:os'
import type { Voice } from '../language/voice.ts'
import { fillTemplate } from '../model/message-template.ts'
import { printableText } from '../publish/printable-text.ts'
import { readLimits } from '../queue/read-limits.ts'
import { checkDisk, checkMemory, checkNode } from './doctor/check-machine.ts'
import { checkReaders } from './doctor/check-readers.ts'
import type { Finding } from './doctor/finding.ts'
import { type CommandResult, EXIT_CODES, outputVoiceOf, type Terminal, toPoolLimits } from './terminal.ts'
import type { Place } from './workplace.ts'

export interface DoctorCommand {
  readonly place: Place
  readonly format: 'text' | 'json'
}

const MARKS = { good: '✓', doubtful: '!', bad: '✗' } as const

/** `gongkai doctor`: whether all that reading needs is here and works. Fails when something will not work. */
export async function runDoctor({ place, format }: DoctorCommand, terminal: Terminal): Promise<CommandResult> {
  // What it looks at is large, and the other commands start without it.
  const { checkDictionaries, checkFonts, checkStorage } = await import('./doctor/check-parts.ts')
  const { checkServers } = await import('./doctor/check-servers.ts')
  const pool = terminal.openPool(toPoolLimits(readLimits(terminal.environment), 1))
  try {
    const findings = [
      checkNode(),
      checkMemory(),
      await checkDisk(place.out ?? tmpdir()),
      checkDictionaries(),
      await checkStorage(),
      await checkFonts(),
      ...(await checkReaders(pool, terminal.abort)),
      ...(await checkServers(place)),
    ]
    const isWell = findings.every(({ health }) => health !== 'bad')
    return {
      exitCode: isWell ? EXIT_CODES.done : EXIT_CODES.failed,
      output: format === 'json' ? toJson(findings) : formatFindings(findings, outputVoiceOf(terminal)),
    }
  } finally {
    await pool.close()
  }
}

function formatFindings(findings: readonly Finding[], { say, paint }: Voice): string {
  const lines = findings.flatMap(({ health, found, remedy, values }) => [
    `${paint(health, MARKS[health])} ${printableText(say(found, values))}`,
    ...(remedy === null ? [] : [`  ${printableText(say(remedy, values))}`]),
  ])
  const count = (health: Finding['health']) => findings.filter((finding) => finding.health === health).length
  const [wrong, doubtful] = [count('bad'), count('doubtful')]
  const end =
    wrong + doubtful === 0
      ? say('all is well')
      : say('{wrong} of {all} will not work, {doubtful} could be better', { wrong, doubtful, all: findings.length })
  return `${lines.join('\n')}\n${end}\n`
}

/** Keys are stable; texts are English. */
function toJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ id, health, found, remedy, values }) => ({
    id,
    health,
    found: fillTemplate(found, values),
    remedy: remedy === null ? null : fillTemplate(remedy, values),
  }))
  return `${JSON.stringify({ healthy: findings.every(({ health }) => health !== 'bad'), checks }, null, 2)}\n`
}
