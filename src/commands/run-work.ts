import { findingIn } from '../publish/findings.ts'
import { loadDictionaries } from '../queue/load-dictionaries.ts'
import { publish, workOff } from '../queue/work-off.ts'
import { atWork, type WorkCommand } from './at-work.ts'
import { type CommandResult, EXIT_CODES, type Terminal, voiceOf } from './terminal.ts'

export interface WorkerCommand extends WorkCommand {
  /** Also waits for jobs that are still to come, until it is stopped. */
  readonly staysOn: boolean
}

/**
 * `gongkai work`: takes jobs from a queue that an ingest fills, here or on another machine. Given an output folder it
 * writes the output files when nothing is left to do.
 */
export async function runWork(command: WorkerCommand, terminal: Terminal): Promise<CommandResult> {
  loadDictionaries()
  const { say, language } = voiceOf(terminal)
  return atWork(command, 'existing', terminal, async ({ services, options, finishProgress }) => {
    if (command.staysOn) terminal.messages.write(`${say('waiting for jobs; Ctrl-C ends')}\n`)
    const until = command.staysOn ? 'stopped' : 'empty'
    const { pagesDone, notices } = await workOff(services, { ...options, until })
    const isOver = !terminal.stop.aborted
    if (isOver && command.place.out !== null) await publish(services, options)
    finishProgress()
    for (const notice of notices)
      terminal.messages.write(`${say('note: {notice}', { notice: findingIn(language, notice) })}\n`)
    terminal.messages.write(`${say('{count} pages read here', { count: pagesDone })}\n`)
    return { exitCode: EXIT_CODES.done, output: '' }
  })
}
