import { readLimits } from '../queue/read-limits.ts'
import { type RetryChoice, retryFailures } from '../queue/retry-failures.ts'
import { planWork } from './at-work.ts'
import { type CommandResult, EXIT_CODES, type Terminal } from './terminal.ts'
import { openWorkplace, type Place, type Workplace } from './workplace.ts'

export interface RetryCommand extends RetryChoice {
  readonly place: Place
}

/** `gongkai retry`: failed pages and documents wait again; whoever works takes them up. */
export async function runRetry({ place, ...choice }: RetryCommand, terminal: Terminal): Promise<CommandResult> {
  return withWorkplace(place, terminal, async ({ store, queue }) => {
    const retried = await retryFailures(store, queue, planWork(readLimits(terminal.environment)), choice)
    const next = retried.jobs === 0 ? '' : ' (`gongkai work` takes them up, and so does the next ingest)'
    return `${retried.jobs} jobs of ${retried.documents} documents wait again${next}\n`
  })
}

/** `gongkai pause`: workers finish what they have and take nothing more. */
export async function runPause(place: Place, terminal: Terminal): Promise<CommandResult> {
  return withWorkplace(place, terminal, async ({ queue }) => {
    await queue.pause()
    return 'paused: what is in work is finished, nothing more is begun\n'
  })
}

/** `gongkai resume`. */
export async function runResume(place: Place, terminal: Terminal): Promise<CommandResult> {
  return withWorkplace(place, terminal, async ({ queue }) => {
    await queue.resume()
    return 'resumed\n'
  })
}

async function withWorkplace(
  place: Place,
  terminal: Terminal,
  work: (workplace: Workplace) => Promise<string>,
): Promise<CommandResult> {
  const workplace = await openWorkplace(place, 'existing', (notice) => terminal.messages.write(`${notice}\n`))
  try {
    return { exitCode: EXIT_CODES.done, output: await work(workplace) }
  } finally {
    await workplace.close()
  }
}
