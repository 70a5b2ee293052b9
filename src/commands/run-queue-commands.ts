import { findingIn } from '../publish/findings.ts'
import { readLimits } from '../queue/read-limits.ts'
import { type RetryChoice, retryFailures } from '../queue/retry-failures.ts'
import { planWork } from './at-work.ts'
import { type CommandResult, EXIT_CODES, outputVoiceOf, type Terminal, voiceOf } from './terminal.ts'
import { openWorkplace, type Place, type Workplace } from './workplace.ts'

export interface RetryCommand extends RetryChoice {
  readonly place: Place
}

/** `gongkai retry`: failed pages and documents wait again; whoever works takes them up. */
export async function runRetry({ place, ...choice }: RetryCommand, terminal: Terminal): Promise<CommandResult> {
  return withWorkplace(place, terminal, async ({ store, queue }) => {
    const retried = await retryFailures(store, queue, planWork(readLimits(terminal.environment)), choice)
    const { say } = outputVoiceOf(terminal)
    const next = retried.jobs === 0 ? '' : say(' (`gongkai work` takes them up, and so does the next ingest)')
    return `${say('{jobs} jobs of {documents} documents wait again', { ...retried })}${next}\n`
  })
}

/** `gongkai pause`: workers finish what they have and take nothing more. */
export async function runPause(place: Place, terminal: Terminal): Promise<CommandResult> {
  return withWorkplace(place, terminal, async ({ queue }) => {
    await queue.pause()
    return `${outputVoiceOf(terminal).say('paused: what is in work is finished, nothing more is begun')}\n`
  })
}

/** `gongkai resume`. */
export async function runResume(place: Place, terminal: Terminal): Promise<CommandResult> {
  return withWorkplace(place, terminal, async ({ queue }) => {
    await queue.resume()
    return `${outputVoiceOf(terminal).say('resumed')}\n`
  })
}

async function withWorkplace(
  place: Place,
  terminal: Terminal,
  work: (workplace: Workplace) => Promise<string>,
): Promise<CommandResult> {
  const workplace = await openWorkplace(place, 'existing', (notice) =>
    terminal.messages.write(`${findingIn(voiceOf(terminal).language, notice)}\n`),
  )
  try {
    return { exitCode: EXIT_CODES.done, output: await work(workplace) }
  } finally {
    await workplace.close()
  }
}
